"""What the solver was asked, as SMT-LIB text that another solver can decide again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

from amparo.core.law import Norm, Provision
from amparo.smt.compile import NotCompiled, ReadingNeeded
from amparo.smt.ground import Ground
from amparo.smt.search import CLOSED, Found, Proved, Result, question, solve
from amparo.smt.term import Term
from amparo.verify.ask import Asking
from amparo.verify.check import acts_of, protections, rules_of
from amparo.verify.dead import some_case
from amparo.verify.inquiry import Inquiry
from amparo.verify.matters import HIGHEST
from amparo.verify.outcome import outcomes
from amparo.verify.remedies import opening
from amparo.verify.rules import DENIALS, Rule


def export(inquiry: Inquiry, *, protection: str | None) -> str:
    """Return the question of each protection under each choice of readings, with its answer.

    Where the answer is that nothing can be done, the proof of that too: of a right without a
    remedy, that in the case found no step of its holder opens it; then, for every norm that never
    applies, that it does not.

    ``protection`` is a citation that those asked about begin with; None means all. The text is
    empty when there is nothing to ask at such a place. Each question begins with ``(reset)``, so
    that the whole is one script; the comment before ``(check-sat)`` says what to expect.
    """
    questions: list[_Question] = []
    for norm in protections(inquiry.law, inquiry.when):
        if _cited(norm.provision, protection):
            for rule, act in product(rules_of(inquiry.law, norm), acts_of(norm)):
                questions += _by_reading(inquiry, norm, partial(_broken, rule, norm, act))
    for norm in inquiry.law.norms.values():
        asked = norm.period.meets(inquiry.when) and not norm.unknown_text
        if asked and _cited(norm.provision, protection):
            cases = tuple(_by_reading(inquiry, norm, partial(_never, norm)))
            if all(isinstance(each.result, Proved) for each in cases):
                questions += cases
    return "".join(each.text for each in questions)


@dataclass(frozen=True, slots=True)
class _Question:
    """A question as text; ``result`` is None where it cannot be put."""

    text: str
    result: Result | None = None


def _cited(provision: Provision, citation: str | None) -> bool:
    return citation is None or f"{provision} ".startswith(f"{citation} ")


def _by_reading(
    inquiry: Inquiry, norm: Norm, ask: Callable[[Inquiry], Iterator[_Question]]
) -> Iterator[_Question]:
    try:
        yield from tuple(ask(inquiry))
    except NotCompiled as construct:
        where = _plain(str(norm.provision))
        yield _Question(f"; not exported: {where}: {_plain(str(construct))}\n")
    except ReadingNeeded as needed:
        for option, _ in inquiry.law.vocabulary.readings[needed.reading].options:
            chosen = {**inquiry.readings, needed.reading: option}
            yield from _by_reading(inquiry.read(chosen), norm, ask)


# -- what is asked ------------------------------------------------------------------------------


def _broken(rule: Rule, norm: Norm, act: str | None, inquiry: Inquiry) -> Iterator[_Question]:
    """Yield whether the protection can be broken; and the proof that a right cannot be opened."""
    asking = Asking(inquiry, norm, DENIALS.get(rule), act)
    ground = asking.ground()
    compiler = asking.compiler(ground)
    asserts = partial(asking.broken, compiler)
    result = solve(ground, asserts, inquiry.budget)
    kind = () if act is None else (f"as to: {act}",)
    about = f"protection: {norm.provision}", *kind, f"rule: {rule}"
    means = "no world that obeys the lower law breaks the protection"
    yield _question(ground, asserts, result, _lines(inquiry, about, means))
    if rule == "right-without-remedy" and isinstance(result, Found):
        for outcome in outcomes(asking, brief=True):
            if outcome.verdict == "violated" and outcome.world is not None:
                case = replace(asking, inquiry=inquiry.read(outcome.readings))
                opened = opening(case, outcome.world)
                answer = opened.decide()
                means = "in the case found, nothing that the holder of the right can do opens it"
                said = _lines(case.inquiry, about, means)
                yield _question(opened.fixed.ground, opened.asserts, answer, said)


def _never(norm: Norm, inquiry: Inquiry) -> Iterator[_Question]:
    """Yield whether ``norm`` applies to any act."""
    ground = inquiry.ground()
    asserts = some_case(inquiry, norm, inquiry.compiler(ground, HIGHEST))
    result = solve(ground, asserts, inquiry.budget)
    about = f"norm: {norm.provision}", "rule: never-applies"
    yield _question(ground, asserts, result, _lines(inquiry, about, "the norm never applies"))


# -- how it is written --------------------------------------------------------------------------


def _lines(inquiry: Inquiry, about: tuple[str, ...], means: str) -> tuple[str, ...]:
    """Return the comments that say what is asked: ``means`` is what unsatisfiable means."""
    read = ", ".join(f"{reading} is {option}" for reading, option in inquiry.readings.items())
    said = [*about, *([f"read so: {read}"] if read else []), f"unsatisfiable iff {means}"]
    return tuple(f"; {_plain(each)}" for each in said)


def _question(
    ground: Ground, asserts: Callable[[], list[Term]], result: Result, comments: tuple[str, ...]
) -> _Question:
    script = question(ground, asserts)
    match result:
        case Proved():
            expected = "; expect: unsat"
        case Found():
            script += f"(assert {CLOSED})\n"
            expected = "; expect: sat"
        case _:
            expected = "; expect: unknown"
    lines = ["(reset)", "(set-logic ALL)", *comments, script.rstrip("\n"), expected]
    return _Question("\n".join([*lines, "(check-sat)\n"]), result)


def _plain(text: str) -> str:
    escaped = text.encode("ascii", "backslashreplace").decode()
    return "".join(each if each.isprintable() else " " for each in escaped)
