"""The reports for people tell the same: whatever the full report says stands in the others."""

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from markdown_it import MarkdownIt

from amparo.core.case import Waiver
from amparo.core.law import Period
from amparo.report.comment import render_markdown
from amparo.report.html import render_html
from amparo.report.plain import render_plain
from amparo.report.result import Examined, Result
from amparo.verify.finding import Alteration, Cause, Finding, Opinion, Stretch, Way

LAYOUT = re.compile(
    r"Over time|What brings it|Also asked|Taken for granted|Notes|It rests on|these together|=="
)


def of_page(page: str) -> str:
    """Return every word of a page, shown or folded."""
    return html.unescape(re.sub(r"(?s)<(style|script)>.*?</\1>|<[^>]*>", "", page))


def of_comment(page: str) -> str:
    """Return every word of a comment, shown or folded."""
    said = []
    for block in MarkdownIt("commonmark").parse(page):
        said.append("\n")
        if block.type in ("fence", "html_block"):
            said.append(html.unescape(re.sub("<[^>]*>", "\n", block.content)))
        said += (each.content for each in block.children or ())
    return "".join(said).replace("\u200b", "")


def spoken(text: str) -> str:
    """Return ``text`` as far as it is heard."""
    return " ".join(text.replace("`", "").split()).replace(": ", " ").replace("**", "").lower()


def told(result: Result) -> list[str]:
    """Return what the full report says, sentence by sentence, without its headings."""
    said = []
    for line in render_plain(result, 10**6).splitlines():
        words = re.sub(r"^(- |\d+\. )", "", line.strip())
        if words and not LAYOUT.match(words):
            words = re.sub(r"^quick, (instruction \d).*", r"\1 of quick", words)
            said += re.split(r"^A lawful case: |(?<=\.) (?=[A-Z\d])|  +|^Another way: ", words)
    return [spoken(each.rstrip(":")) for each in said if each]


@pytest.fixture(scope="module")
def results(taking: Result, towns: tuple[Result, Result]) -> dict[str, Result]:
    (only,) = taking.examined
    (broken,) = (each for each in only.report.findings if each.verdict == "violated")
    rich = every_part(broken)
    over_time = replace(
        broken,
        segments=(
            Stretch(Period(None, date(2024, 1, 1))),
            Stretch(Period(date(2024, 1, 1), date(2025, 1, 1)), broken.norm, "holds"),
            Stretch(Period(date(2025, 1, 1)), broken.norm, "violated", "introduced", rich.outcomes),
        ),
    )
    waiver = Waiver(
        broken.rule, broken.provision, None, "It is known", "The ministry", date(2030, 1, 1)
    )
    before = replace(broken, status="pre-existing")
    return {
        "found": taking,
        "with a bill": towns[0],
        "without": towns[1],
        "every part": with_finding(only, rich),
        "over time": with_finding(only, over_time),
        "waived": with_finding(only, replace(broken, waived=waiver)),
        "before": with_finding(only, before),
        "if read so": with_finding(only, replace(rich, verdict="holds-if-read-so")),
        "two bodies": Result((*towns[0].examined, only)),
        "since": since(only, broken),
    }


def every_part(broken: Finding) -> Finding:
    """Return a finding with all that can be said of one."""
    (outcome,) = broken.outcomes
    assert outcome.world is not None
    way = Way(outcome.world, (broken.norm,), ("On Sunday: a neighbour comes.",))
    first = replace(
        outcome,
        readings={"title": "deed"},
        others=(way, replace(way, story=())),
        relies_on=(broken.norm,),
        note="nothing helps",
    )
    second = replace(outcome, readings={"title": "use"}, verdict="holds", note="nobody owns it")
    (cause,) = broken.cause
    return replace(
        broken,
        outcomes=(first, second),
        causes=((cause,), (cause, Cause("quick", 2, "amend charter repeal article 1", cause.span))),
        notes=("the court was not asked", "Nor was anybody else."),
        opinion=Opinion("other", 3, 2),
    )


def since(examined: Examined, broken: Finding) -> Result:
    """Return what may be found against a base version."""
    altered = (
        Alteration("enforcement article 1 norm taking", "changed", broken.span),
        Alteration("Home", "new"),
    )
    finding = replace(broken, causes=(), altered=altered)
    report = replace(examined.report, bills=(), against="main", findings=(finding,))
    return Result((replace(examined, report=report),))


def test_a_change_that_brings_a_finding_and_the_finding_lead_to_each_other(
    results: dict[str, Result],
) -> None:
    page = render_html(results["since"])

    at = "law-1/enforcement/article-1/norm-taking/2"
    assert f'<a href="#{at}"><code>enforcement article 1 norm taking</code> is changed' in page
    marked = page.partition(f'id="{at}"')[2].partition("</div>")[0]
    assert "its change brings a finding: The charter, article 1</a>" in marked


def with_finding(examined: Examined, finding: Finding) -> Result:
    opinion = Opinion("other", 9, 8)
    report = replace(
        examined.report, findings=(finding,), notes=("a later bill was left out",), opinion=opinion
    )
    return Result((replace(examined, report=report),))


def test_a_page_tells_all_that_the_full_report_tells(results: dict[str, Result]) -> None:
    for name, each in results.items():
        there = spoken(of_page(render_html(each)))

        assert {said for said in told(each) if said not in there} == set(), name


def test_a_comment_tells_all_that_the_full_report_tells(results: dict[str, Result]) -> None:
    for name, each in results.items():
        there = spoken(of_comment(render_markdown(each)))

        assert {said for said in told(each) if said not in there} == set(), name


def test_all_that_is_said_of_a_finding_is_looked_for(results: dict[str, Result]) -> None:
    said = " ".join(told(results["every part"]))

    for each in (
        "this can happen",
        "a neighbour comes",
        "the officer takes the home from the person",
        "instruction 1 of quick",
        "instruction 2 of quick",
        "if title is use no contradiction (nobody owns it)",
        "nothing helps",
        "the court was not asked",
        "not confirmed a second solver, other",
        "a second solver, other, confirms 8 of 9 proofs",
        "a later bill was left out",
        "permit taking t",
    ):
        assert each in said
