"""Decided cases as pages of Markdown: the table of all, and a page for the decisions of a folder."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from amparo.report.docket import counts, summary
from amparo.report.docket_words import (
    RESTS_ON,
    answered,
    differences,
    full_stop,
    in_this_case,
    on,
    protected,
    rests_on,
    terms,
    year,
)
from amparo.report.heard import Answer, Heard, Instrument, Tried, pairs
from amparo.report.markdown import escaped, fenced, folded, link

PAGE = "README.md"
WRITTEN = "<!-- Written by `amparo docket --pages`: change the norm files, not this page. -->"
MOST_LINES = 100
"""How many lines of norms a page shows; of longer law it says what the provisions say."""


def page_of(heard: Heard) -> Path:
    """Return where the page of a decision stands: beside its norm file."""
    return Path(heard.decision.span.source.path).parent / PAGE


# -- the table of all ---------------------------------------------------------------------------


def render_docket_markdown(several: Sequence[Heard], folder: Path) -> str:
    """Return a page, to stand in ``folder``, with every decision and the cases side by side."""
    lines = [
        "# What courts decided, and what Amparo answers",
        "",
        f"{escaped(summary(several))} {' '.join(map(escaped, counts(several)))}",
        "",
        "| case | court | date | the court held | Amparo answers | ground |",
        "|---|---|---|---|---|---|",
        *(_line(each, folder) for each in several),
    ]
    found = pairs(several)
    if found:
        lines += ["", "## Side by side", ""]
        lines += ["Cases on one point that came out alike, or not.", ""]
        lines += ["| point | cases |", "|---|---|"]
    for each in found:
        cases = [
            f"**{held}**: {'; '.join(_named(heard, folder) for heard in those)}"
            for held, those in each.by_holding().items()
        ]
        lines.append(f"| {escaped(each.about)} | {'<br>'.join(cases)} |")
    apart = [each for each in several if any(differences(each))]
    if apart:
        lines += ["", "## Where they part"]
    for heard in apart:
        lines += ["", f"### {_named(heard, folder)}", ""]
        lines += [f"- {escaped(said)}" for said in differences(heard)]
    unsaid = [(h, *pair) for h in several for pair in h.decision.untranslated]
    if unsaid:
        lines += ["", "## What the language cannot say", ""]
    for heard, sentence, because in unsaid:
        why = f"{escaped(full_stop(sentence))} *Not said, because {escaped(full_stop(because))}*"
        lines.append(f"- {_named(heard, folder)}: {why}")
    return "\n".join(lines) + "\n"


def _line(heard: Heard, folder: Path) -> str:
    decision = heard.decision
    said = (
        heard.verdict
        if heard.outcome in ("agrees", "not expressed")
        else (f"{heard.verdict} (**{heard.outcome}**)")
    )
    ground = f"**{heard.ground}**" if heard.ground in ("differs", "undecided") else heard.ground
    named = link(decision.title, _to(heard, folder))
    cells = (named, escaped(decision.court), on(decision.decided), decision.held, said, ground)
    return f"| {' | '.join(cells)} |"


def _named(heard: Heard, folder: Path) -> str:
    return f"{link(heard.decision.title, _to(heard, folder))} ({year(heard)})"


def _to(heard: Heard, folder: Path) -> str:
    return Path(os.path.relpath(page_of(heard), folder)).as_posix()


# -- the pages ----------------------------------------------------------------------------------


def render_pages(several: Sequence[Heard]) -> dict[Path, str]:
    """Return the page of every folder in which a decision stands, by its path."""
    beside: dict[Path, list[Heard]] = {}
    for each in several:
        beside.setdefault(page_of(each), []).append(each)
    return {
        path: "\n".join([WRITTEN, *_page(those, several, path.parent)]) + "\n"
        for path, those in beside.items()
    }


def _page(those: Sequence[Heard], several: Sequence[Heard], folder: Path) -> Iterator[str]:
    for heard in those:
        yield ""
        yield from _decision(heard, several, folder)


def _decision(heard: Heard, several: Sequence[Heard], folder: Path) -> Iterator[str]:
    decision = heard.decision
    yield f"# {escaped(decision.title)}"
    yield ""
    yield f"{escaped(decision.court)}, {on(decision.decided)}. {escaped(full_stop(decision.cites))}"
    yield f"The decision is {RESTS_ON[decision.evidence]}."
    yield ""
    yield "| the court held | Amparo answers | outcome | ground |"
    yield "|---|---|---|---|"
    yield f"| {decision.held} | {heard.verdict} | {heard.outcome} | {heard.ground} |"
    yield from _titled("The facts", [escaped(full_stop(decision.facts))])
    said = [
        f"- {escaped(place)}" + (f": {escaped(full_stop(words))}" if words else "")
        for place, words in protected(heard)
    ]
    yield from _titled("What is protected", said)
    for each in heard.challenged:
        yield from _challenged(each)
    because = escaped(full_stop(decision.because))
    yield from _titled("What the court held", [f"**{decision.held.capitalize()}.** {because}"])
    yield from _answers(heard)
    yield from _titled("Where they part", [f"- {escaped(each)}" for each in differences(heard)])
    yield from _titled("Beside it", list(_beside(heard, several, folder)))
    unsaid = [
        f"- {escaped(full_stop(sentence))} *Not said, because {escaped(full_stop(because))}*"
        for sentence, because in decision.untranslated
    ]
    yield from _titled("What the language cannot say", unsaid)


def _titled(title: str, lines: Sequence[str]) -> Iterator[str]:
    """Yield ``lines`` under a heading; nothing where there are none."""
    if lines:
        yield from ("", f"## {title}", "", *lines)


def _challenged(instrument: Instrument) -> Iterator[str]:
    title = f"The law that was challenged: {escaped(instrument.title)}"
    said = [
        f"- {escaped(f'{place[:1].upper()}{place[1:]}: {words}' if place else words)}"
        for place, words in instrument.says
    ]
    words = list(_words(instrument, "The same in the language of Amparo"))
    yield from _titled(title, [*said, *words])


def _words(instrument: Instrument, about: str) -> Iterator[str]:
    """Yield the words of an act or bill, folded away; nothing if they are many."""
    if instrument.words.count("\n") < MOST_LINES:
        yield from ("", *folded(about, fenced(instrument.words, "norm")))


def _answers(heard: Heard) -> Iterator[str]:
    """Yield what is answered to every trial, with the case told where there is one."""
    if not heard.trials:
        said = "Nothing: what the court decided on cannot be asked in the language yet."
        yield from _titled("What Amparo answers", [said])
        return
    yield from ("", "## What Amparo answers")
    for part, about in (("outcome", "On the outcome"), ("ground", "On the ground")):
        tried = [each for each in heard.trials if each.part == part]
        if tried:
            yield from ("", f"### {about}")
        for each in tried:
            yield from _tried(each)
            # What a court decided on is told above.
            for bill in each.bills if part == "ground" else ():
                yield from _words(bill, f"The bill: {bill.title}")


def _tried(tried: Tried) -> Iterator[str]:
    asked = terms(tried)
    yield ""
    yield f"**{escaped(full_stop(tried.title))}**" + (
        f" Asked of {_asked(asked)}." if asked else ""
    )
    if tried.case is not None:
        yield from ("", escaped(in_this_case(tried)), "")
        yield from _numbered(tried.case.story)
    for each in tried.answers:
        if tried.case is None or each.tells_why or each.faults:
            yield from _answer(tried, each)


def _asked(asked: str) -> str:
    return escaped(asked if asked.startswith("the law of") else f"the law {asked}")


def _answer(tried: Tried, answer: Answer) -> Iterator[str]:
    about, said = answered(tried.law, answer)
    yield ""
    yield f"{escaped(about)}: **{escaped(full_stop(said))}**"
    finding = answer.finding
    if finding is None:
        return
    if finding.verdict != "holds" and finding.outcome.story:
        yield ""
        yield from _numbered(finding.outcome.story)
    rests = rests_on(tried.law, answer)
    if rests:
        yield from ("", *(f"- It rests on {escaped(full_stop(each))}" for each in rests))


def _numbered(sentences: Iterable[str]) -> Iterator[str]:
    for number, each in enumerate(sentences, start=1):
        yield f"{number}. {escaped(each)}"


def _beside(heard: Heard, several: Sequence[Heard], folder: Path) -> Iterator[str]:
    for each in pairs(several):
        if heard in each.heard:
            cases = [
                f"*{held}*: {'; '.join(_named(other, folder) for other in those)}"
                for held, those in each.by_holding(apart=heard).items()
            ]
            yield f"- {escaped(each.about)}: {'. '.join(cases)}."
