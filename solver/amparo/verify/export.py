"""What the solver was asked, as SMT-LIB text that another solver can decide again."""

from collections.abc import Callable, Iterable, Iterator
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
from amparo.verify.finding import Finding
from amparo.verify.inquiry import MOST_CHOICES, Inquiry, choices
from amparo.verify.matters import HIGHEST
from amparo.verify.outcome import outcomes
from amparo.verify.remedies import opening
from amparo.verify.rules import DENIALS, Rule


@dataclass(frozen=True, slots=True)
class Question:
    """A question as text, and what of it the solver reads; ``result`` of one that can be put.

    The text begins with ``(reset)``, so that several make one script; the comment before
    ``(check-sat)`` says what to expect.
    """

    text: str
    script: str = ""
    result: Result | None = None
    rests: tuple[str, ...] = ()
    """What rests on it, where it is a proof."""


def export(inquiry: Inquiry, *, protection: str | None) -> tuple[Question, ...]:
    """Return the question of each protection under each choice of readings, with its answer.

    Where the answer is that nothing can be done, the proof of that too: of a right without a
    remedy, that in the case found no step of its holder opens it; then, for every norm that never
    applies, that it does not.

    ``protection`` is a citation that those asked about begin with; None means all.
    """
    questions: list[Question] = []
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
    return tuple(questions)


def proofs(findings: Iterable[Finding], made: Iterable[str]) -> Iterator[Question]:
    """Yield every proof of those ``made``, with the ``findings`` that rest on it."""
    resting: dict[str, list[Finding]] = {script: [] for script in made}
    for finding in findings:
        for script in finding.proofs or ():
            resting.setdefault(script, []).append(finding)
    for script, several in resting.items():
        rests = tuple(dict.fromkeys(map(_rests, several)))
        said = tuple(f"; {_plain(each)}" for each in rests)
        head = "; a proof on which rests" if said else "; a proof on the way to causes and cures"
        text = script.rstrip("\n")
        yield Question(_text((head, *said), text, "unsat"), text, Proved(), rests)


def _rests(finding: Finding) -> str:
    act = "" if finding.act is None else f" as to {finding.act}"
    return f"{finding.rule}: {finding.provision}{act}: {finding.verdict}"


def _cited(provision: Provision, citation: str | None) -> bool:
    return citation is None or f"{provision} ".startswith(f"{citation} ")


def _by_reading(
    inquiry: Inquiry, norm: Norm, ask: Callable[[Inquiry], Iterator[Question]]
) -> Iterator[Question]:
    where = _plain(str(norm.provision))
    waiting, asked = [inquiry], 0
    while waiting:
        read = waiting.pop()
        if asked == MOST_CHOICES:
            limit = f"it turns on more than {MOST_CHOICES} choices of readings"
            yield Question(f"; the rest is not exported: {where}: {limit}\n")
            return
        try:
            found = tuple(ask(read))
        except NotCompiled as construct:
            found = (Question(f"; not exported: {where}: {_plain(str(construct))}\n"),)
        except ReadingNeeded as needed:
            waiting += reversed([*choices(read, needed)])
            continue
        asked += 1
        yield from found


# -- what is asked ------------------------------------------------------------------------------


def _broken(rule: Rule, norm: Norm, act: str | None, inquiry: Inquiry) -> Iterator[Question]:
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


def _never(norm: Norm, inquiry: Inquiry) -> Iterator[Question]:
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
) -> Question:
    script = question(ground, asserts)
    match result:
        case Proved():
            expected = "unsat"
        case Found():
            script += f"(assert {CLOSED})\n"
            expected = "sat"
        case _:
            expected = "unknown"
    script = script.rstrip("\n")
    return Question(_text(comments, script, expected), script, result)


def _text(comments: tuple[str, ...], script: str, expected: str) -> str:
    lines = ["(reset)", "(set-logic ALL)", *comments, script, f"; expect: {expected}"]
    return "\n".join([*lines, "(check-sat)\n"])


def _plain(text: str) -> str:
    escaped = text.encode("ascii", "backslashreplace").decode()
    return "".join(each if each.isprintable() else " " for each in escaped)
