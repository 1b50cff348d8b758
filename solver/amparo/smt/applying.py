"""That a norm applies to some act: to an act that happens, or, of a right, to one thought of."""

from amparo.core.condition import Individual
from amparo.core.law import Case, Norm
from amparo.smt import term as t
from amparo.smt.compile import Compiler
from amparo.smt.ground import CLOSING, Element, Hypothetical
from amparo.smt.norms import Dates, Judged
from amparo.smt.term import Term

Subject = tuple[Judged, Term, Term]
"""An act, that it is there, and its day."""


def applying(compiler: Compiler, norm: Norm, on: Dates) -> list[tuple[Case, Judged, Term]]:
    """Return for each case of ``norm`` an act, and that the norm applies to it on a day as ``on`` says.

    Each act is a witness of its own: some case applies to somebody iff one of these can be.
    """
    found = []
    for number, case in enumerate(norm.cases):
        key = ("applying", norm.id, str(number))
        imagined = norm.modality == "guarantee"
        act, there, day = subject(compiler, key, case.variable.sort.kind, imagined=imagined)
        judged_by = None
        if isinstance(act, Hypothetical):
            judged_by = day if act.anchor is None else compiler.law_day(act.anchor)
        applies = compiler.applies(norm, case, act, True, judged_by)
        found.append((case, act, t.and_(there, on(day), applies)))
    return found


def subject(
    compiler: Compiler, key: tuple[str, ...], kind: str, *, imagined: bool = False
) -> Subject:
    """Return a witness act of ``kind`` for ``key``; a thought-of one has witnesses as its roles."""
    if not imagined:
        act, there = _witness(compiler, (*key, "act"), kind)
        return act, there, compiler.ground.day(act)
    roles = dict(compiler.law.vocabulary.kinds[kind].roles)
    holder_sort, against_sort = roles["by"], roles.get("against")
    assert isinstance(holder_sort, Individual)
    holder, there = _witness(compiler, (*key, "holder"), holder_sort.kind)
    if not isinstance(against_sort, Individual):
        return Hypothetical(kind, (("by", holder),), None), there, CLOSING
    against, is_there = _witness(compiler, (*key, "against"), against_sort.kind)
    act_of = Hypothetical(kind, (("by", holder), ("against", against)), against)
    return act_of, t.and_(there, is_there), compiler.ground.day(against)


def _witness(compiler: Compiler, key: tuple[str, ...], kind: str) -> tuple[Element, Term]:
    """Return a witness that has all the roles of its kind, whichever norm is first to ask for one."""
    witness = compiler.ground.witness(key, key, kind)
    compiler.ground.close(witness)
    return witness, t.and_(witness.active, compiler.ground.is_kind(witness, kind))
