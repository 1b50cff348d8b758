"""Scenarios and questions: what the law is expected to say, and whether it does."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from amparo.core.case import Claim, ExpectedOutcome, Prospect
from amparo.core.case import Question as Inquest
from amparo.core.case import Scenario as Case
from amparo.core.citation import located
from amparo.core.from_tree import elaborate_question, elaborate_scenario
from amparo.core.law import Norm, NormId, Provision
from amparo.diagnostics import Diagnostic, Rejected
from amparo.pipeline.claims import Faults, Unlike, prospect_fault
from amparo.pipeline.editions import Editions
from amparo.pipeline.files import Unusable
from amparo.pipeline.load import Body, Corpus, load
from amparo.pipeline.prepare import Prepared
from amparo.pipeline.run import findings_of, inquiry
from amparo.report.heard import Answer
from amparo.semantics.context import TooManySteps
from amparo.semantics.scenario import run
from amparo.syntax.tree import Bill, Place, Question, Scenario, WithBills, WithoutBills
from amparo.text import Span
from amparo.verify.against import WORSE
from amparo.verify.blame import blamed
from amparo.verify.check import acts_of, protections, protects
from amparo.verify.finding import Finding
from amparo.verify.inquiry import Inquiry, one_day
from amparo.verify.spread import spread

Bills = tuple[tuple[str, ...], tuple[str, ...]]
"""The bills that a scenario or question adds to the law in force, and those that it takes out."""
Asked = tuple[Bills, datetime.date | None, tuple[tuple[str, str], ...], NormId, str | None]
"""Bills, day and readings of a question, and what it asks about, as far as which act.

Questions alike in these share what was found.
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """A scenario or question that was tried. It passed if it has no ``faults``."""

    title: str
    span: Span
    faults: tuple[str, ...]


def attempt(paths: Iterable[Path], only: str | None = None) -> tuple[Trial, ...]:
    """Run every scenario and question of the bodies in ``paths``, in the order of the files.

    ``only`` those in whose title these words stand, if they are given.

    Raises:
        Unusable: there is none.
        Rejected: with every fault of the texts.
    """
    courts = [Court(body) for body in load(paths, misread=misread).bodies]
    several = [
        (court, tree)
        for court in courts
        for tree in court.body.trials
        if only is None or only.casefold() in tree.title.text.casefold()
    ]
    if not several:
        named = "" if only is None else f" with `{only}` in its title"
        raise Unusable(f"there is nothing to test: no scenario and no question{named}")
    tried = spread("trials", (partial(_tried, court, tree) for court, tree in several))
    problems = [fault for each in tried if not isinstance(each, Trial) for fault in each]
    if problems:
        raise Rejected(problems)
    return tuple(each for each in tried if isinstance(each, Trial))


def _tried(court: "Court", tree: Scenario | Question) -> "Trial | tuple[Diagnostic, ...]":
    try:
        return court.tried(tree)
    except Rejected as rejected:
        return tuple(rejected.diagnostics)


def misread(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield every fault of what is tried, and of the laws that it is tried by."""
    for body in corpus.bodies:
        court = Court(body)
        for tree in body.trials:
            try:
                court.read(tree, court.ready(bills_of(tree)))
            except Rejected as rejected:
                yield from rejected.diagnostics


@dataclass(slots=True)
class Court:
    """Tries what is written about one body, and keeps the laws that it was tried by."""

    body: Body
    prepared: dict[Bills, Prepared] = field(default_factory=dict)
    found: dict[Asked, tuple[Finding, ...]] = field(default_factory=dict)

    def tried(self, tree: Scenario | Question) -> Trial:
        """Return how ``tree`` came out."""
        ready = self.ready(bills_of(tree))
        answers = self.answers(self.read(tree, ready), ready)
        faults = (
            f"expected {words(each.asked.span)}: {fault}"
            for each in answers
            for fault in each.faults
        )
        return Trial(tree.title.text, tree.span, tuple(faults))

    def answers(self, asked: Case | Inquest, ready: Prepared) -> Iterator[Answer]:
        """Yield what the law that is ``ready`` answers to each expectation, in their order."""
        match asked:
            case Case():
                yield from _case_answers(asked, ready)
            case Inquest():
                yield from self._question_answers(asked, ready)

    def read(self, tree: Scenario | Question, ready: Prepared) -> Case | Inquest:
        """Return what ``tree`` says of the law that is ``ready``."""
        if isinstance(tree, Scenario):
            return elaborate_scenario(ready.head.law, tree, self.body.files)
        return elaborate_question(ready.head.law, tree, self.body.files)

    def _question_answers(self, question: Inquest, ready: Prepared) -> Iterator[Answer]:
        terms = inquiry(ready.head.law, question.as_of, readings=question.readings)
        faults = Faults(terms)
        for each in question.outcomes:
            match each:
                case ExpectedOutcome():
                    findings = self.findings(ready, question, each)
                    if each.caused_by and ready.base is not None:
                        drafts = ready.editions.drafts()
                        findings = blamed(terms, ready.base.law, drafts, findings)
                    yield _compared(each, findings, ready)
                case Claim():
                    yield _answer(each, faults.differing(each))

    def ready(self, bills: Bills) -> Prepared:
        """Return the law with the bills of these names, and without them if there are any.

        A name that no bill has is passed over here: the scenario or question that has it is
        rejected for it.
        """
        if bills not in self.prepared:
            by_name = {bill.name.text: bill for bill in self.body.bills}
            asked, left_out = (
                tuple(by_name[name] for name in names if name in by_name) for names in bills
            )
            editions = Editions(self.body, asked, left_out)
            base = editions.base() if asked else None
            self.prepared[bills] = Prepared(editions, editions.head(), base)
        return self.prepared[bills]

    def findings(
        self, ready: Prepared, question: Inquest, expected: ExpectedOutcome
    ) -> tuple[Finding, ...]:
        """Return what is found of the protections that are ``expected`` to come out so, found once."""
        editions, law = ready.editions, ready.head.law
        bills = (_names(editions.asked), _names(editions.left_out))
        readings = tuple(sorted(question.readings.items()))
        meant: list[Finding] = []
        for norm in protections(law, one_day(question.as_of)):
            for act in _acts(norm, expected):
                key = (bills, question.as_of, readings, norm.id, act)
                if key not in self.found:
                    self.found[key] = findings_of(
                        ready,
                        as_of=question.as_of,
                        readings=question.readings,
                        only=partial(_is_just, norm, act),
                    )
                meant += self.found[key]
        return tuple(each for each in meant if protects(each.rule))


def _acts(norm: Norm, expected: ExpectedOutcome) -> tuple[str | None, ...]:
    """Return of which acts ``norm`` is asked for what is ``expected``."""
    if not _under(norm.provision, expected.protection):
        return ()
    acts = acts_of(norm)
    if expected.act is None or acts == (None,):
        return acts
    return tuple(each for each in acts if each == expected.act)


def _is_just(norm: Norm, act: str | None, other: Norm, another: str | None) -> bool:
    return (norm.id, act) == (other.id, another)


def _case_answers(case: Case, ready: Prepared) -> Iterator[Answer]:
    """Yield what the law says of ``case``, and then what of all that can follow on it."""
    for result in run(ready.head.law, case):
        faults = () if result.ok else (result.detail,)
        yield Answer(result.expectation, faults, undecided=result.undecided)
    terms = Inquiry(ready.head.law, case.world.closing, case.readings)
    for each in case.expectations:
        if isinstance(each, Prospect):
            try:
                fault = prospect_fault(each, terms, case.world)
            except TooManySteps as limit:
                fault = Unlike(f"undecided: {limit}", undecided=True)
            yield _answer(each, fault)


def _answer(asked: Claim | Prospect, fault: Unlike | None) -> Answer:
    return (
        Answer(asked) if fault is None else Answer(asked, (fault.said,), undecided=fault.undecided)
    )


def bills_of(tree: Scenario | Question) -> Bills:
    """Return the bills that ``tree`` asks about, and those that it leaves out."""
    added: list[str] = []
    left_out: list[str] = []
    for setting in tree.settings:
        match setting:
            case WithBills(names):
                added.extend(each.text for each in names)
            case WithoutBills(names):
                left_out.extend(each.text for each in names)
            case _:
                pass
    return tuple(added), tuple(left_out)


def _names(bills: Iterable[Bill]) -> tuple[str, ...]:
    return tuple(each.name.text for each in bills)


def words(span: Span) -> str:
    """Return the words at ``span`` on one line, as they are quoted."""
    return f"`{' '.join(span.text.split())}`"


def _compared(expected: ExpectedOutcome, findings: tuple[Finding, ...], ready: Prepared) -> Answer:
    """Return what is not as ``expected`` of the protections that it names.

    A place may hold several protections, and one may be asked about in several ways: what is
    expected is the worst of it, and one of the worst is to be all that is expected.
    """
    if not findings:
        return Answer(expected, (f"there is no protection at {expected.protection} on that day",))
    most = max(WORSE[each.verdict] for each in findings)
    worst = [each for each in findings if WORSE[each.verdict] == most]
    pairs = [(tuple(_unlike(expected, each, ready)), each) for each in worst]
    # Of two that hold, that tells more which has a case to hold in.
    faults, decides = min(pairs, key=lambda pair: (len(pair[0]), bool(pair[1].outcome.note)))
    others = tuple(each for each in findings if each is not decides)
    is_open = decides.verdict in ("unknown", "depends")
    return Answer(expected, faults, decides, others, undecided=is_open)


def _unlike(expected: ExpectedOutcome, finding: Finding, ready: Prepared) -> Iterator[str]:
    """Yield in what ``finding`` is not as ``expected``."""
    subject = f"`{finding.provision}`"
    note = f" ({finding.outcome.note})" if finding.outcome.note else ""
    if finding.verdict != expected.verdict.replace(" ", "-"):
        yield f"{subject} is {finding.verdict}{note}"
        return
    if expected.status not in (None, finding.status):
        yield f"{subject} is {finding.verdict}, {finding.status}"
    touched = _touched(finding, ready)
    for bill, place in expected.caused_by:
        if not any(
            name == bill and (place is None or _under(each, place) or _under(place, each))
            for name, each in touched
        ):
            causes = ", ".join(cause.text for cause in finding.cause) or "nothing in the bill"
            yield f"{subject} is caused by {causes}"
    relied = [located(ready.head.law, norm) for norm in finding.outcome.relies_on]
    for place in expected.relying_on:
        if not any(_under(each, place) for each in relied):
            listed = ", ".join(f"`{each}`" for each in relied) or "nothing"
            yield f"{subject} relies on {listed}"


def _touched(finding: Finding, ready: Prepared) -> list[tuple[str, Provision]]:
    """Return the provisions that the instructions named as the cause change, each with its bill."""
    causes = {(cause.bill, cause.instruction) for cause in finding.cause}
    return [
        (change.bill, _provision(change.act, change.place))
        for change in ready.editions.consolidated().changes
        if (change.bill, change.ordinal) in causes
    ]


def _provision(act: str, place: Place) -> Provision:
    article, paragraph, point = (
        "" if label is None else label.text
        for label in (place.article, place.paragraph, place.point)
    )
    name = place.norm or place.definition
    return Provision(act, article, paragraph, point, "" if name is None else name.text)


def _under(place: Provision, whole: Provision) -> bool:
    """Say whether ``place`` is ``whole`` or lies in it."""
    pairs = (
        (place.act, whole.act),
        (place.article, whole.article),
        (place.paragraph, whole.paragraph),
        (place.point, whole.point),
        (place.norm, whole.norm),
    )
    return all(mine == theirs or not theirs for mine, theirs in pairs)
