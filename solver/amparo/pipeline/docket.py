"""From norm files to decided cases: what each court decided, and what is answered to the same."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from amparo.core.case import Decision, ExpectSecured
from amparo.core.case import Scenario as Case
from amparo.core.from_tree import elaborate_decisions
from amparo.core.law import Law, Norm, NormId
from amparo.diagnostics import Diagnostic, Rejected
from amparo.explain.story import told, told_with
from amparo.names.places import Placed, covers, places
from amparo.pipeline.files import Unusable
from amparo.pipeline.load import Body, load
from amparo.pipeline.trials import Court, bills_of, misread
from amparo.pipeline.whole import write_whole
from amparo.report.docket_pages import WRITTEN, render_pages
from amparo.report.heard import CaseTold, Heard, Instrument, Tried
from amparo.semantics.context import TooManySteps
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import violations
from amparo.semantics.reasons import undecided
from amparo.semantics.secured import secured
from amparo.syntax.tree import Act, Decides, NormDecl, Question, Says, Scenario
from amparo.verify.check import rules_of
from amparo.verify.finding import Finding, Outcome
from amparo.verify.rules import DENIALS

NO_BILLS: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


def docket(paths: Iterable[Path]) -> tuple[Heard, ...]:
    """Return every decision in the bodies of ``paths``, with what is answered to its trials.

    Trials that tell no decision are not run. A decision in a file that several bodies read is
    heard once, by the body in which trials tell it.

    Raises:
        Unusable: there is none.
        Rejected: with every fault of the texts.
    """
    courts = [Court(body) for body in load(paths, misread=misread).bodies]
    problems = [fault for court in courts for fault in _faults(court)]
    if problems:
        raise Rejected(problems)
    several: dict[tuple[str, int], Heard] = {}
    for court in courts:
        for each in _heard(court):
            place = (each.decision.span.source.path, each.decision.span.start)
            if place not in several or not several[place].trials:
                several[place] = each
    if not several:
        raise Unusable("there is nothing to hear: no decision of a court")
    return tuple(several.values())


def _telling(court: Court) -> Iterator[tuple[Scenario | Question, Decides]]:
    """Yield the trials of one body that tell a decision, and what of which they tell."""
    for tree in court.body.trials:
        for each in tree.settings:
            if isinstance(each, Decides):
                yield tree, each


def _faults(court: Court) -> Iterator[Diagnostic]:
    """Yield every fault of a body that has decisions, and of the trials that tell them.

    They are found before anything is asked, which takes longer.
    """
    try:
        if elaborate_decisions(court.body.files):
            court.ready(NO_BILLS)
    except Rejected as rejected:
        yield from rejected.diagnostics
        return
    for tree, _ in _telling(court):
        try:
            court.read(tree, court.ready(bills_of(tree)))
        except Rejected as rejected:
            yield from rejected.diagnostics


def _heard(court: Court) -> Iterator[Heard]:
    """Yield the decisions of one body, which has no faults."""
    decisions = elaborate_decisions(court.body.files)
    if not decisions:
        return
    law = court.ready(NO_BILLS).head.law
    tried: dict[str, list[Tried]] = {each.name: [] for each in decisions}
    for tree, tells in _telling(court):
        tried[tells.decision.text].append(_tried(court, tree, tells))
    for decision in decisions:
        trials = tuple(tried[decision.name])
        challenged = tuple(_challenged(decision, trials, court.body, law))
        yield Heard(court.body.name, decision, trials, law, challenged)


def _tried(court: Court, tree: Scenario | Question, tells: Decides) -> Tried:
    bills = bills_of(tree)
    ready = court.ready(bills)
    law = ready.head.law
    asked = court.read(tree, ready)
    return Tried(
        tells.part,
        tree.title.text,
        tree.span,
        law,
        tuple(_bills(bills[0], court.body)),
        tuple(_bills(bills[1], court.body)),
        asked.as_of,
        asked.readings,
        tuple(court.answers(asked, ready)),
        _case(asked, law) if isinstance(asked, Case) else None,
    )


# -- one case -----------------------------------------------------------------------------------


def _case(case: Case, law: Law) -> CaseTold:
    """Return what is so of the protections that ``case`` asks about; of all, if it names none."""
    named = [e.protection for e in case.expectations if isinstance(e, ExpectSecured)]
    asked = [
        norm
        for norm in law.protections()
        if not named or any(covers(place, norm.provision) for place in named)
    ]
    broken: list[NormId] = []
    gap, kept = "", True
    for norm in asked:
        try:
            if not secured(norm.provision, law, case.world):
                broken.append(norm.id)
            kept = kept and not violations(law, case.world, norm)
        except Unspecified as unspecified:
            gap, kept = gap or undecided(unspecified), False
        except TooManySteps as limit:
            gap, kept = gap or f"undecided: {limit}", False
    story = told_with(law, case.world, lambda _: iter(()))
    if broken:
        story = _breaking(case, law, law.norms[broken[0]])
    return CaseTold(case.world, story, tuple(dict.fromkeys(broken)), kept, gap)


def _breaking(case: Case, law: Law, norm: Norm) -> tuple[str, ...]:
    """Return the story of a case in which everybody obeys, and ``norm`` is broken."""
    rules = rules_of(law, norm)
    breaks = partial(violations, law, case.world, norm)
    rule = next((each for each in rules if breaks(DENIALS.get(each))), rules[0])
    outcome = Outcome(case.readings, "violated", world=case.world)
    finding = Finding(rule, norm.provision, norm.id, "violated", (outcome,))
    return told(law, finding).outcome.story


# -- the law that was challenged ----------------------------------------------------------------


def _challenged(
    decision: Decision, trials: tuple[Tried, ...], body: Body, law: Law
) -> Iterator[Instrument]:
    """Yield the lower acts that stand beside ``decision``, and the bills that it decided on."""
    folder = Path(decision.span.source.path).parent
    for act in body.acts:
        beside = Path(act.span.source.path).parent == folder
        if beside and act.name.text in law.acts and law.acts[act.name.text].rank > 0:
            yield Instrument(act.name.text, act.title.text, act.span.text, tuple(_says(act)))
    outcomes = (each for each in trials if each.part == "outcome")
    yield from dict.fromkeys(bill for each in outcomes for bill in each.bills)


def _bills(names: Iterable[str], body: Body) -> Iterator[Instrument]:
    """Yield the bills of these names."""
    known = {bill.name.text: bill for bill in body.bills}
    for bill in (known[each] for each in names):
        said = [each.text.text for each in bill.headings if isinstance(each, Says)]
        yield Instrument(
            bill.name.text, bill.title.text, bill.span.text, tuple(("", each) for each in said)
        )


def _says(act: Act) -> Iterator[tuple[str, str]]:
    """Yield the paraphrases in ``act``, each with its place as a lawyer cites it."""
    for placed in places(act):
        where = placed.provision
        labels = (
            ("article", where.article),
            ("paragraph", where.paragraph),
            ("point", where.point),
        )
        for note in _notes(placed):
            if isinstance(note, Says):
                yield (
                    ", ".join(f"{word} {label}" for word, label in labels if label),
                    note.text.text,
                )


def _notes(placed: Placed) -> Iterable[object]:
    match placed.element:
        case None:
            return placed.container.headings
        case NormDecl(clauses=clauses):
            return clauses
        case _:
            return ()


# -- the pages ----------------------------------------------------------------------------------


def write_pages(several: Sequence[Heard]) -> tuple[str, ...]:
    """Write a page beside the norm file of every decision, and return where.

    Raises:
        Unusable: there is a page that somebody wrote by hand. Then none is written.
    """
    pages = render_pages(several)
    for path in pages:
        if path.exists() and not (path.is_file() and _begins(path, WRITTEN)):
            raise Unusable(f"`{path.as_posix()}` was written by hand, and is left as it is")
    for path, text in pages.items():
        write_whole(path, text)
    return tuple(path.as_posix() for path in pages)


def _begins(path: Path, words: str) -> bool:
    with path.open("rb") as file:
        return file.read(len(words.encode())) == words.encode()
