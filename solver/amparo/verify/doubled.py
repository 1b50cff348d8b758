"""Duties that are made twice: whoever meets or breaches the one meets or breaches the other."""

from collections.abc import Iterator

from amparo.core.law import Norm, NormId
from amparo.smt import term as t
from amparo.smt.applying import subject
from amparo.smt.compile import Compiler
from amparo.smt.ground import Element
from amparo.smt.norms import Duties, kept
from amparo.smt.search import Proved, solve
from amparo.smt.term import Term
from amparo.verify.inquiry import Inquiry
from amparo.verify.matters import HIGHEST


def doubled_by(inquiry: Inquiry, norm: Norm) -> NormId | None:
    """Return another duty of the same side that applies wherever ``norm`` does and ends as it does.

    None if there is none, or none is proved to. A stricter duty is no double: who has breached it
    may still meet the other.
    """
    for other in inquiry.law.norms.values():
        beside = other.id != norm.id and other.modality == "require" and not other.unknown_text
        if beside and (other.rank > HIGHEST) == (norm.rank > HIGHEST):
            ground = inquiry.ground()
            compiler = inquiry.compiler(ground, HIGHEST)
            duties = Duties(inquiry.law)

            def asserts() -> list[Term]:
                ways = _unlike(compiler, duties, norm, other)  # noqa: B023
                return [t.disjunction(ways)]

            if isinstance(solve(ground, asserts, inquiry.budget), Proved):
                return other.id
    return None


def _unlike(compiler: Compiler, duties: Duties, norm: Norm, other: Norm) -> Iterator[Term]:
    """Yield for each case of ``norm`` that it applies to an act, and ``other`` does not end alike."""
    for number, case in enumerate(norm.cases):
        key = ("doubled", norm.id, str(number))
        act, there, _ = subject(compiler, key, case.variable.sort.kind)
        assert isinstance(act, Element)
        applies = compiler.applies(norm, case, act, True)
        released = t.conjunction(compiler.applies(other, each, act, False) for each in other.cases)
        ends = [
            t.and_(
                compiler.applies(other, each, act, True),
                kept(compiler, duties, norm, number, act, so),
                kept(compiler, duties, other, position, act, not so),
            )
            for position, each in enumerate(other.cases)
            # Of what is of another kind no role can be asked.
            if compiler.ground.is_kind(act, each.variable.sort.kind) != t.FALSE
            for so in (True, False)
        ]
        yield t.and_(there, applies, t.disjunction([released, *ends]))
