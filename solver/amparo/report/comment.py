"""A result as Markdown: a comment on a change that is understood without opening anything else.

The verdict first, then each finding that bears on it: the case, the words of the bill that cause
it, the words that cure it. Folded away: what was so before, what holds, what is taken for granted.
A host takes no longer comment than `LIMIT`: what does not fit is told shortly or counted, the
least important first. `MARKER` stands at the top and is not shown: by it a program finds the
comment that it wrote before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal as OneOf

from amparo.core.citation import title
from amparo.core.law import Law
from amparo.diagnostics import Diagnostic
from amparo.report.bills import heading
from amparo.report.days import CHANGES, by_day
from amparo.report.diagnostics import render_diagnostic
from amparo.report.markdown import code, fenced, folded, prose
from amparo.report.quoting import quoted
from amparo.report.result import Examined, Refusal, Result
from amparo.report.said import NO_VERDICT, fault
from amparo.report.telling import (
    by_reading,
    can_happen,
    changes,
    clear,
    headline,
    is_clear,
    lasting,
    notes,
    opening,
    over_time,
    place,
    remarks,
    sentence,
    status,
    taken_for_granted,
    waived,
    with_their_words,
)
from amparo.text import NOWHERE
from amparo.verify.finding import Cause, Finding, Outcome, Stretch, Way

MARKER = "<!-- amparo report -->"
LIMIT = 65_536
"""How many characters GitHub takes as a comment. The summary of a job may be longer."""
RESERVE = 300
"""What the last words of a comment take of it, that something is left out."""
FRAME = 100
"""What a section takes besides its heading and its items."""
Turn = OneOf["bearing", "granted", "beside"]
"""What bears on the verdict; what it takes for granted; what is told beside it."""
TURNS: tuple[tuple[Turn, bool], ...] = (
    ("bearing", False),
    ("granted", False),
    ("bearing", True),
    ("granted", True),
    ("beside", False),
    ("beside", True),
)
"""What is put into a comment first, shortly or at length."""
LONGEST = 2_000
"""How many characters of a sentence are shown."""


def render_markdown(ended: Result | Refusal, limit: int = LIMIT) -> str:
    """Return what a run ended with as a comment of at most ``limit`` characters."""
    match ended:
        case Result():
            (sentence_, _), after = opening(ended)
            head = [f"## {_said(sentence_)}", *(_said(each) for each in after)]
            sections = list(_sections(ended))
        case Refusal(faults, message):
            head = [f"## {NO_VERDICT}", _said(sentence(message))]
            sections = [Section([_fault(each, "error") for each in faults])]
    return _fitted([MARKER, *head], sections, limit)


@dataclass(frozen=True, slots=True)
class Item:
    """A piece that is told at length, or shortly where there is no room; None: not shortly."""

    full: str
    brief: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces, the most important first; folded away under a ``heading`` if there is one."""

    items: Sequence[Item]
    heading: str = ""
    tight: bool = False
    """Whether the pieces are entries of one list."""
    turn: Turn = "bearing"


# -- what goes where --------------------------------------------------------------------------------


def _sections(result: Result) -> Iterator[Section]:
    several = len(result.examined) > 1
    numbers = count(1)
    for each in result.examined:
        found = [one for one in each.findings if not is_clear(one)]
        bearing = [one for one in found if one.verdict != "holds" and each.counts(one)]
        cured = [one for one in found if one.verdict == "holds" and one.status == "cured"]
        others = [one for one in found if one.verdict != "holds" and not each.counts(one)]
        unwaived = [one for one in others if not one.waived]
        held = [one for one in found if one.verdict == "holds"]
        if several:
            yield Section([Item(f"## {_said(each.report.body)}")])
        yield Section([_finding(each, one, f"### {next(numbers)}. ") for one in bearing])
        if cured:
            names = "; ".join(_said(place(each, one)) for one in cured)
            yield Section([Item(f"**Cured:** {names}.")])
        for heading_, those in (
            ("Waived", [one for one in others if one.waived]),
            ("As it was before", [one for one in unwaived if one.level != "note"]),
            ("Bears on no verdict", [one for one in unwaived if one.level == "note"]),
            ("No contradiction", held),
        ):
            items = [_finding(each, one, "#### ") for one in those]
            yield Section(items, f"{heading_}: {len(those)}", turn="beside")
        asked = [Item(f"- {_said(one)}") for one in clear(each)]
        yield Section(asked, "Also asked, and proved", tight=True, turn="beside")
        changed = [Item(_day(day, said)) for day, said in by_day(each)]
        yield Section(changed, f"{CHANGES}: {len(changed)}", turn="beside")
    yield Section([_fault(each, "warning") for each in result.warnings])
    for heading_, entries in (
        ("Notes", notes(result)),
        ("Taken for granted", taken_for_granted(result)),
    ):
        items = [Item(f"- {_said(each)}") for each in entries]
        yield Section(items, f"{heading_}: {len(items)}", tight=True, turn="granted")


def _day(day: str, changed: Sequence[str]) -> str:
    return f"**{day}:**\n\n" + "\n".join(f"- {_said(each)}" for each in changed)


def _finding(examined: Examined, finding: Finding, mark: str) -> Item:
    word, _ = headline(examined, finding)
    head = f"{mark}{_said(f'{word}: {place(examined, finding)}')}"
    at = "" if finding.span.source == NOWHERE.source else f", {_at(finding)}"
    cited = f"{code(str(finding.provision))}{at}, {code(finding.rule)}"
    lines = (head, *_quoted(examined.law, finding), cited, *_told(examined, finding))
    return Item("\n\n".join(lines), f"{head}\n\n{cited}. Left out here for want of room.")


def _quoted(law: Law, finding: Finding) -> Iterator[str]:
    if about := title(law, finding.provision):
        yield f"> “{_said(about)}”"


def _told(examined: Examined, finding: Finding) -> Iterator[str]:
    law, outcome = examined.law, finding.outcome
    if finding.waived:
        yield _said(waived(finding))
        return
    if happens := can_happen(finding):
        yield happens
    if finding.segments:
        yield "**Over time:**"
        yield "\n".join(
            f"- {lasting(e)}: {_over_time(examined, finding, e)}" for e in finding.segments
        )
    if finding.verdict == "holds":
        yield from _rests_on(law, outcome)
        if outcome.note:
            yield f"It holds vacuously: {_said(outcome.note)}."
        if outcome.story:
            yield f"A lawful case: {_said(' '.join(outcome.story))}"
    elif finding.segments:
        for each in finding.segments:
            yield from _stretch(finding, each)
    else:
        yield from _case(outcome)
    for other in outcome.others:
        yield f"**Another way:** {_way(law, other)}"
    if finding.verdict != "holds":
        yield from _rests_on(law, outcome)
    yield from _causes(finding.causes)
    if brought := list(changes(examined, finding)):
        yield "**What brings it:**\n\n" + "\n".join(f"- {_said(each)}" for each in brought)
    if not finding.segments:
        yield from _readings(finding.outcomes, finding)
    for number, cure in enumerate(finding.cure):
        yield "**Or:**" if number else "**A cure, verified:**"
        yield "\n".join(fenced(cure, "norm"))
    yield from map(_said, remarks(finding))


def _case(outcome: Outcome) -> Iterator[str]:
    if outcome.note:
        yield _said(sentence(outcome.note))
    if outcome.story:
        yield "\n".join(f"{n}. {_said(each)}" for n, each in enumerate(outcome.story, start=1))


def _over_time(examined: Examined, finding: Finding, stretch: Stretch) -> str:
    word, _ = over_time(finding.rule, stretch)
    against = (
        f" ({status(examined, stretch)})" if examined.report.compares and stretch.verdict else ""
    )
    return f"{word}{against}"


def _stretch(finding: Finding, stretch: Stretch) -> Iterator[str]:
    if stretch.verdict in (None, "holds"):
        return
    first, (word, _) = stretch.outcomes[0], over_time(finding.rule, stretch)
    can = stretch.verdict == "violated" and first.story
    yield f"**{lasting(stretch).capitalize()}{' this can happen:' if can else f': {word}.'}**"
    yield from _case(first)
    yield from _readings(stretch.outcomes, finding)


def _way(law: Law, way: Way) -> str:
    return _said(" ".join(way.story) or f"{'; '.join(with_their_words(law, way.norms))}.")


def _rests_on(law: Law, outcome: Outcome) -> Iterator[str]:
    if said := with_their_words(law, outcome.relies_on):
        yield "It rests on:"
        yield "\n".join(f"- {_said(each)}" for each in said)


def _readings(outcomes: Sequence[Outcome], finding: Finding) -> Iterator[str]:
    said = tuple(by_reading(outcomes, finding.level))
    if said:
        yield "\n".join(f"{'- ' if len(said) > 1 else ''}{_said(each)}" for each in said)


def _causes(causes: tuple[tuple[Cause, ...], ...]) -> Iterator[str]:
    if not causes:
        return
    yield f"**{heading(causes)}**"
    for cause in causes:
        if len(causes) > 1 and len(cause) > 1:
            yield "These together:"
        for each in cause:
            lines = fenced(quoted(each), "norm")
            where = (
                f"{code(f'{each.span.source.path}:{each.span.line}')}, "
                if each.span.source != NOWHERE.source
                else ""
            )
            yield "\n".join(
                (
                    f"- {where}instruction {each.instruction} of {code(each.bill)}:",
                    "",
                    *(f"  {line}" for line in lines),
                )
            )


def _fault(diagnostic: Diagnostic, severity: str) -> Item:
    head = f"**{severity}** {code(diagnostic.code)}: {_said(fault(diagnostic))}"
    shown = render_diagnostic(diagnostic, "error" if severity == "error" else "warning")
    return Item("\n\n".join((head, "\n".join(fenced(shown.rstrip("\n"), "text")))), head)


def _at(finding: Finding) -> str:
    return code(f"{finding.span.source.path}:{finding.span.line}")


def _said(text: str) -> str:
    """Return ``text`` as words, of which no more than `LONGEST` are shown."""
    more = len(text) - LONGEST
    return prose(text if more <= 0 else f"{text[:LONGEST]} … ({more} more characters)")


# -- what fits --------------------------------------------------------------------------------------


def _fitted(head: Sequence[str], sections: Sequence[Section], limit: int) -> str:
    """Return the page with as much of each item as fits: every one shortly before any at length."""
    left = limit - RESERVE - sum(map(_cost, head))
    kept: dict[tuple[int, int], str] = {}
    begun: set[int] = set()
    keys = [(s, i) for s, section in enumerate(sections) for i in range(len(section.items))]
    for turn, at_length in TURNS:
        for key in keys:
            if sections[key[0]].turn != turn:
                continue
            section = sections[key[0]]
            item = section.items[key[1]]
            text = item.full if at_length or item.brief is None else item.brief
            cost = _cost(text) - _cost(kept.get(key, ""))
            if key[0] not in begun:
                cost += _cost(section.heading) + FRAME
            if cost <= left:
                kept[key] = text
                begun.add(key[0])
                left -= cost
    parts = [*head, *_laid_out(sections, kept)]
    missing = len(keys) - len(kept)
    shortened = sum(text != sections[s].items[i].full for (s, i), text in kept.items())
    if missing or shortened:
        parts.append(
            f"**Left out here for want of room: {missing} entries, and what is to be told of "
            f"{shortened} more.** `--format html` tells all of it."
        )
    return "\n\n".join(parts) + "\n"


def _laid_out(sections: Sequence[Section], kept: Mapping[tuple[int, int], str]) -> Iterator[str]:
    for number, section in enumerate(sections):
        texts = [kept[number, i] for i in range(len(section.items)) if (number, i) in kept]
        if not texts:
            continue
        page = ("\n" if section.tight else "\n\n").join(texts)
        if missing := len(section.items) - len(texts):
            page += f"\n\nAnd {missing} more."
        yield "\n".join(folded(section.heading, [page])) if section.heading else page


def _cost(text: str) -> int:
    """Return how much room ``text`` takes: for a host a rare character is as long as two."""
    return len(text.encode("utf-16-le")) // 2 + 2 if text else 0
