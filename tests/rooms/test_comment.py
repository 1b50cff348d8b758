"""A result as a comment on a change, read back by a reader of Markdown that is not ours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from amparo.core.law import Period
from amparo.report.comment import LIMIT, MARKER, render_markdown
from amparo.report.markdown import prose
from amparo.report.result import Refusal, Result
from amparo.verify.finding import Finding, Stretch
from results import ENDED, REFUSALS, UNPRINTABLE, finding, result

FOLD = re.compile(r"<details><summary>[^<>]*</summary>\n?|</details>\n?")
REFERS = re.compile(r"[@#!~%$^&*][\w\"\[]|GH-\d|\w://|www\.|:[a-z+-]+:")
"""What hosts make links and notices of, wherever it stands in the text."""


def read(page: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page)


def flat(tokens: Sequence[Token]) -> Iterator[Token]:
    for each in tokens:
        yield each
        yield from flat(each.children or ())


def headings(page: str) -> list[str]:
    tokens = read(page)
    pairs = pairwise(tokens)
    return [f"{a.tag} {shown(b)}" for a, b in pairs if a.type == "heading_open"]


def shown(inline: Token) -> str:
    return "".join(each.content for each in inline.children or ()).replace("\u200b", "")


def blocks(page: str) -> list[str]:
    return [each.content for each in flat(read(page)) if each.type == "fence"]


# -- what a drafter reads ---------------------------------------------------------------------------


def test_the_verdict_comes_first_then_what_is_new(towns: tuple[Result, Result]) -> None:
    page = render_markdown(towns[0])

    assert page.startswith(f"{MARKER}\n\n## ")
    assert headings(page)[:3] == [
        "h2 The law with the bill quick contradicts what is protected.",
        "h3 1. CONTRADICTS (new with the bill): The charter, article 1",
        "h3 2. DEPENDS (new with the bill): The charter, article 2",
    ]
    assert "New with the bill: 2. There before: 0. Cured by it: 0." in page


def test_a_finding_tells_its_case_its_cause_and_its_cure(towns: tuple[Result, Result]) -> None:
    page = render_markdown(towns[0])
    tokens = read(page)

    story = towns[0].examined[0].findings[0].outcome.story
    start = next(i for i, each in enumerate(tokens) if each.type == "ordered_list_open")
    end = next(i for i, each in enumerate(tokens) if each.type == "ordered_list_close")
    assert [shown(each) for each in tokens[start:end] if each.type == "inline"] == list(story)
    cause, cure, *_ = blocks(page)
    assert (
        cause
        == "in article 1\n  replace norm eviction with\n    norm eviction permit Eviction e.\n"
    )
    assert cure == towns[0].examined[0].findings[0].cure[0] + "\n"
    assert "`bill.norm:6`, instruction 1 of `quick`" in page


def test_what_is_taken_for_granted_and_what_holds_is_folded(towns: tuple[Result, Result]) -> None:
    page = render_markdown(towns[0])
    folds = [each.content for each in read(page) if each.type == "html_block"]

    summaries = re.findall("<summary>(.*)</summary>", "".join(folds))
    assert [each.partition(":")[0] for each in summaries] == [
        "No contradiction",
        "Also asked, and proved",
        "Taken for granted",
    ]
    for each in towns[0].examined[0].findings[0].assumptions:
        assert f"- {prose(each)}\n" in page


def test_every_number_of_a_case_counts_on_from_one_finding_to_the_next() -> None:
    bodies = [result(finding("violated"), finding("depends")).examined[0] for _ in range(2)]

    numbers = [each.split(" ")[1] for each in headings(render_markdown(Result(tuple(bodies))))]

    assert numbers[1:] == ["law", "1.", "2.", "law", "3.", "4."]


def test_what_was_so_before_is_folded_apart() -> None:
    ended = result(finding("violated", "pre-existing"), finding("holds", "cured"), bills=("b",))

    page = render_markdown(ended)

    assert headings(page)[0].endswith("no contradiction under this reading.")
    assert not any(each.startswith("h3") for each in headings(page))
    assert "<summary>As it was before: 1</summary>" in page
    assert "**Cured:** The charter" in page


def test_every_stretch_of_time_is_told() -> None:
    (told,) = finding("violated").outcomes
    told = replace(told, story=("A bailiff comes.",))
    over = replace(
        finding("violated"),
        segments=(
            Stretch(Period(None, None)),
            Stretch(Period(None, None), "home", "violated", outcomes=(told,)),
        ),
    )

    page = render_markdown(result(over))

    assert "- at all times: not in force\n- at all times: contradicts\n" in page
    assert "**At all times this can happen:**\n\n1. A bailiff comes.\n" in page


@pytest.mark.parametrize("refusal", REFUSALS)
def test_without_a_verdict_it_says_so(refusal: Refusal) -> None:
    assert headings(render_markdown(refusal)) == ["h2 There is no verdict."]


# -- what does not fit ------------------------------------------------------------------------------


def long(count: int, letters: int) -> Result:
    """Return ``count`` findings with cases of ``letters``, and as much that is taken for granted."""
    told = finding("violated")
    outcome = replace(told.outcome, story=("y" * letters,))
    several: list[Finding] = [
        replace(told, outcomes=(outcome,), assumptions=(f"assumed {number}",))
        for number in range(count)
    ]
    return result(*several, replace(finding("holds"), notes=("beside",)))


@pytest.mark.parametrize(("count", "letters"), [(3, 10), (100, 1500), (500, 10), (3, 10**6)])
@pytest.mark.parametrize("limit", [1000, 5000, LIMIT])
def test_it_never_is_longer_than_a_host_takes(count: int, letters: int, limit: int) -> None:
    page = render_markdown(long(count, letters), limit)

    assert len(page.encode("utf-16-le")) // 2 <= limit
    assert headings(page)[0] == "h2 The law contradicts what is protected."
    assert page.count("<details>") == page.count("</details>")
    cut = "Left out here for want of room" in page
    assert cut is (len(render_markdown(long(count, letters), 10**9)) > len(page))


def test_what_is_left_out_is_counted_and_the_worst_is_told_first() -> None:
    page = render_markdown(long(100, 1500), 40_000)

    told = len(re.findall("^1\\. y+$", page, re.M))
    shortly = page.count("Left out here for want of room.")
    assert 5 < told < 100
    assert told + shortly == 100
    first = page.partition("Left out here")[0]
    assert len(re.findall("^1\\. y+$", first, re.M)) == told
    assert "assumed 99" in page


# -- strangers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ended", ENDED)
def test_nothing_of_a_stranger_is_more_than_words(ended: Result | Refusal) -> None:
    page = render_markdown(ended)

    assert UNPRINTABLE.search(page) is None
    for each in flat(read(page)):
        assert each.type not in ("html_inline", "link_open", "image", "table_open", "hr")
        if each.type == "html_block":
            assert FOLD.sub("", each.content.replace(MARKER, "")).strip() == ""
        if each.type in ("text", "text_special"):
            assert not REFERS.search(each.content), each.content


@pytest.mark.parametrize(
    "text",
    [
        "@team/all see #1, GH-2, !3, a/b#4, ~label, %milestone, $5, &6, :tada:, x@y.example",
        "http://evil.example www.evil.example <http://evil.example> [a](http://x) ![b](http://y)",
        "<script>alert(1)</script> <!-- x --> &lt; &#64;team <details>",
        "| a | b |",
        "# heading",
        "- item",
        "1. item",
        "1) item",
        "> quote",
        "/close",
        "--- x",
        "```x",
        "a `b` ``c`` `@d` ` e",
        "`@a``@b`",
        "\\@team \\` *x* _y_ ~~z~~",
        "    four spaces",
        "===",
    ],
)
def test_words_are_shown_as_they_are(text: str) -> None:
    (_, inline, _) = tokens = read(prose(text))

    assert [each.type for each in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    kinds = {each.type for each in inline.children or ()}
    assert kinds <= {"text", "text_special", "code_inline"}
    plain = " ".join(text.split())
    assert shown(inline).replace("`", "") == plain.replace("`", "")
    beside = "".join(
        each.content if each.type != "code_inline" else " " for each in inline.children or ()
    )
    assert not REFERS.search(beside)
    assert not beside.startswith("/") or text == "/close"
