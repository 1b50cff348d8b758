"""Findings as a page shows them: each with its case, its pictures, and links into the law."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from amparo.core.citation import located, title
from amparo.core.law import Law, NormId
from amparo.core.world import World
from amparo.explain.labels import as_to
from amparo.explain.scene import Scene, scene
from amparo.report.bills import heading
from amparo.report.chronicle import time_line
from amparo.report.html_law import Remark, Text
from amparo.report.identity import identified
from amparo.report.picture import who_and_what
from amparo.report.quoting import quoted
from amparo.report.result import Examined
from amparo.report.style import Role
from amparo.report.telling import (
    by_reading,
    can_happen,
    changes,
    headline,
    is_clear,
    lasting,
    over_time,
    place,
    remarks,
    sentence,
    status,
    waived,
    with_their_words,
)
from amparo.text import NOWHERE
from amparo.verify.finding import Cause, Finding, Outcome, Stretch
from amparo.verify.rules import DENIALS


@dataclass(frozen=True, slots=True)
class Provided:
    """Words about a provision, and its place in the page (empty: none)."""

    said: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class CaseOfPage:
    """A case in sentences and pictures. ``acts`` are those of authority, with what each rests on."""

    heading: str
    notes: tuple[str, ...]
    story: tuple[str, ...]
    pictures: tuple[Markup, ...] = ()
    acts: tuple[Provided, ...] = ()
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CauseOfPage:
    """An instruction of a bill: where it stands, what it is, in its own words."""

    at: str
    said: str
    words: str


@dataclass(frozen=True, slots=True)
class FindingOfPage:
    """A finding, in the order in which it is told; what is empty is not told."""

    id: str
    headline: str
    role: Role
    place: str
    about: str
    cited: Provided
    at: str
    rule: str
    verdict: str
    status: str
    bears: bool
    waived: str
    can_happen: str
    over_time: tuple[str, ...]
    cases: tuple[CaseOfPage, ...]
    others: tuple[CaseOfPage, ...]
    rests_on: tuple[Provided, ...]
    causes_heading: str
    causes: tuple[tuple[CauseOfPage, ...], ...]
    brought: tuple[Provided, ...]
    readings: tuple[str, ...]
    cures: tuple[str, ...]
    notes: tuple[str, ...]
    assumptions: tuple[str, ...]
    remarks: Mapping[str, Sequence[Remark]] = field(repr=False)
    """What is said of it at the provisions of the law."""


def findings_of(examined: Examined, text: Text) -> Iterator[FindingOfPage]:
    """Yield what is told of a body by itself, what bears on the verdict first."""
    for name, each in identified(examined):
        if not is_clear(each):
            yield _Telling(examined, each, text, f"finding-{name}").told()


@dataclass(frozen=True, slots=True)
class _Telling:
    """One finding, about to be told."""

    examined: Examined
    finding: Finding
    text: Text
    name: str

    @property
    def law(self) -> Law:
        return self.examined.law

    def told(self) -> FindingOfPage:
        """Return the finding as it is told."""
        examined, finding = self.examined, self.finding
        word, role = headline(examined, finding)
        quiet = finding.waived is not None
        cases = () if quiet else tuple(self.cases())
        rests_on = () if quiet else tuple(self.rests_on(finding.outcome.relies_on))
        span = finding.span
        return FindingOfPage(
            id=self.name,
            headline=word,
            role=role,
            place=place(examined, finding),
            about=title(self.law, finding.provision),
            cited=Provided(str(finding.provision), self.at()),
            at="" if span.source == NOWHERE.source else f"{span.source.path}:{span.line}",
            rule=finding.rule,
            verdict=finding.verdict,
            status=status(examined, finding) if examined.report.compares else "",
            bears=finding.verdict != "holds" and examined.counts(finding),
            waived=waived(finding),
            can_happen="" if quiet else can_happen(finding),
            over_time=() if quiet else tuple(map(self.stretch, finding.segments)),
            cases=cases,
            others=() if quiet else tuple(self.others()),
            rests_on=tuple({each.said: each for each in reversed(rests_on)}.values())[::-1],
            causes_heading=heading(finding.causes) if finding.causes and not quiet else "",
            causes=() if quiet else tuple(tuple(map(_cause, each)) for each in finding.causes),
            readings=() if quiet or finding.segments else self.readings(finding.outcomes),
            cures=() if quiet else finding.cure,
            brought=() if quiet else tuple(self.brought()),
            notes=() if quiet else tuple(remarks(finding)),
            assumptions=finding.assumptions,
            remarks=self.remarks(cases, rests_on),
        )

    def cases(self) -> Iterator[CaseOfPage]:
        """Yield the case, or one for every stretch of time in which something was found."""
        finding, outcome = self.finding, self.finding.outcome
        if finding.verdict == "holds":
            notes = (f"It holds vacuously: {outcome.note}.",) if outcome.note else ()
            yield self.case("A lawful case" if outcome.story else "", outcome, notes, "0")
            return
        if not finding.segments:
            yield self.case("", outcome, (outcome.note,) if outcome.note else (), "0")
        for number, each in enumerate(finding.segments):
            if each.verdict not in (None, "holds"):
                first, (word, _) = each.outcomes[0], over_time(finding.rule, each)
                can = each.verdict == "violated" and first.story
                said = f"{lasting(each).capitalize()}{' this can happen' if can else f': {word}'}"
                notes = (first.note,) if first.note else ()
                yield self.case(said, first, notes, str(number), self.readings(each.outcomes))

    def case(
        self,
        said: str,
        outcome: Outcome,
        notes: tuple[str, ...],
        number: str,
        readings: tuple[str, ...] = (),
    ) -> CaseOfPage:
        """Return a case with its pictures."""
        shown = None if outcome.world is None else self.scene(outcome.world, outcome.verdict)
        return CaseOfPage(
            said,
            tuple(map(sentence, notes)),
            outcome.story,
            () if shown is None else self.pictures(shown, number),
            () if shown is None else tuple(self.acts(shown)),
            readings,
        )

    def others(self) -> Iterator[CaseOfPage]:
        """Yield every other way of going wrong: what is other in it, and its pictures."""
        for number, each in enumerate(self.finding.outcome.others, start=1):
            by = "; ".join(with_their_words(self.law, each.norms))
            shown = self.scene(each.world, "violated")
            story = (" ".join(each.story) or f"{by}.",)
            yield CaseOfPage(
                "Another way",
                (),
                story,
                self.pictures(shown, f"other-{number}"),
                tuple(self.acts(shown)),
            )

    def scene(self, world: World, verdict: str) -> Scene:
        """Return a case, with the act in it that breaks the protection, where one does."""
        norm = self.law.norms.get(self.finding.norm)
        broken = verdict in ("violated", "depends") and self.finding.rule in BREAKABLE
        if norm is not None:
            norm = norm.of_kind(self.finding.act)
        return scene(self.law, world, norm, DENIALS.get(self.finding.rule), broken=broken)

    def pictures(self, shown: Scene, number: str) -> tuple[Markup, ...]:
        """Return the time line of a case, and who is and acts in it."""
        drawn = (
            time_line(f"{self.name}-{number}-time", shown),
            who_and_what(f"{self.name}-{number}-who", shown),
        )
        return tuple(each for each in drawn if each)

    def acts(self, shown: Scene) -> Iterator[Provided]:
        """Yield on which provision each act of authority rests."""
        for number, each in enumerate(shown.happenings, start=1):
            if each.rests_on is not None:
                where = located(self.law, each.rests_on)
                yield Provided(f"{number}: {where}", self.text.of(self.law, each.rests_on))

    def rests_on(self, norms: Sequence[NormId]) -> Iterator[Provided]:
        """Yield the provisions that an answer rests on, with their words."""
        for each in norms:
            (said,) = with_their_words(self.law, (each,))
            yield Provided(said, self.text.of(self.law, each))

    def brought(self) -> Iterator[Provided]:
        """Yield which changes since the base version bring it."""
        said = changes(self.examined, self.finding)
        for each, words in zip(self.finding.altered, said, strict=True):
            yield Provided(words, self.text.cited(each.what))

    def stretch(self, stretch: Stretch) -> str:
        """Return what is answered of a stretch of time."""
        word, _ = over_time(self.finding.rule, stretch)
        new = bool(self.examined.report.compares and stretch.verdict)
        return f"{lasting(stretch)}: {word}" + (
            f" ({status(self.examined, stretch)})" if new else ""
        )

    def readings(self, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
        """Return what comes out under each reading."""
        return tuple(by_reading(outcomes, self.finding.level))

    def remarks(
        self, cases: Sequence[CaseOfPage], rests_on: Sequence[Provided]
    ) -> dict[str, list[Remark]]:
        """Return what is to be said of this finding at the provisions that it speaks of."""
        found: dict[str, list[Remark]] = {}

        def put(to: str, said: str, role: str) -> None:
            if to:
                found.setdefault(to, []).append(Remark(said, self.name, role))

        finding = self.finding
        word = headline(self.examined, finding)[0] + as_to(self.law.vocabulary, finding.act)
        broken = finding.verdict != "holds" and finding.level != "note" and not finding.waived
        put(self.at(), word, "broken" if broken else "asked")
        where = place(self.examined, finding)
        for each in rests_on:
            said = "a proof rests on it" if finding.verdict == "holds" else "it follows from this"
            put(each.to, f"{said}: {where}", "proof")
        for each in () if finding.waived else self.brought():
            put(each.to, f"its change brings a finding: {where}", "bringing")
        for case in cases:
            for act in case.acts:
                put(act.to, f"an act in the case rests on it: {where}", "basis")
        return found

    def at(self) -> str:
        """Return where the provision stands that is asked about."""
        law, finding = self.law, self.finding
        known = finding.norm in law.norms
        return self.text.of(law, finding.norm) if known else self.text.place(finding.provision)


BREAKABLE = ("licensed-violation", "missing-safeguard", *DENIALS)
"""The rules whose case shows a protection that is broken."""


def _cause(cause: Cause) -> CauseOfPage:
    placed = cause.span.source != NOWHERE.source
    at = f"{cause.span.source.path}:{cause.span.line}" if placed else ""
    return CauseOfPage(at, f"instruction {cause.instruction} of `{cause.bill}`", quoted(cause))
