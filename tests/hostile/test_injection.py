"""Whatever a stranger writes is shown as words, in every text of a law and in every output.

One law, bill, scenario, question, decision and waiver has an attack in every text that the
language lets anybody write, and in the names of its files; every command prints it in every
format, and no format takes any of it for anything but words.
"""

import html.parser
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from expect import Run, amparo

POISONS = (
    "\\u{1b}[31mred".replace("\\u{1b}", "\x1b"),
    "::error file=x::boo",
    "##[error]boo",
    "%0A::error::boo",
    "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "[a](javascript:alert(1)) ![b](http://evil.example/i)",
    "`</details>` | --- | @everyone #1",
    "{{ 7 * 7 }} {0} %s $(touch owned)",
    "=cmd|' /C calc'!A0",
    "\x9b31m \x07 \x85 \x0b \u2028",
)
"""What would be a command, markup, code or a formula if it were taken for more than words."""

EVIL = " ".join(POISONS)
FORMATS = ("full", "concise", "json", "sarif", "junit", "github", "gitlab", "html", "markdown")
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")
NAME = "a ::error::b <img src=x onerror=1> ](javascript:1) %0A\x1b[31m {0}.norm"
"""The name of a file: it can hold anything but a slash."""

LAW = """
body b "EVIL" ranks constitution, law.

vocabulary v "EVIL"
kind Person reads "EVIL".
kind Home reads "EVIL".
fact owns(p: Person, h: Home) reads "EVIL {p} EVIL {h}".
event Decision { of: Home } reads "EVIL {of}".
official act Taking { of: Home, from: Person } reads "EVIL {of} EVIL {from}".
reading broad "EVIL" either yes because "EVIL" or no because "EVIL".

act constitution "EVIL" rank constitution in force from 2000-01-01 cites "EVIL" evidence read
  says "EVIL"
  article 1 "EVIL"
    norm home
      forbid Taking t unless some Decision d has d.of = t.of and d before t
      says "EVIL"
      cites "EVIL".
    untranslated "EVIL" because "EVIL".

act code "EVIL" rank law in force from 2000-01-01 evidence summary
  article 1 "EVIL"
    norm taking
      permit Taking t when broad is yes and some Decision d has d.of = t.of and d before t
      says "EVIL"
      cites "EVIL".
    norm never permit Taking t when not t.of = t.of says "EVIL".
"""
BILL = """
use b, v, constitution, code from "a.norm".

bill evil "EVIL" rank law in force from 2001-01-01 evidence inferred
  amend code
    in article 1
      replace norm taking with
        norm taking permit Taking t when t.from owns t.of says "EVIL".
"""
TRIALS = """
scenario "EVIL"
  given home: Home, owner: Person, owner owns home.
  when taking: Taking { of: home, from: owner, on: 2024-02-01 }.
  expect taking lawful.

waive licensed-violation of constitution article 1 caused by evil
  because "EVIL"
  by "EVIL"
  until 2999-01-01.
never waive code because "EVIL".

decision court "EVIL"
  court "EVIL"
  decided 2005
  cites "EVIL"
  evidence read
  facts "EVIL"
  held consistent because "EVIL".

question "EVIL"
  law b
  expect constitution article 1 violated.
"""


@pytest.fixture
def evil(project: Path) -> Path:
    told = EVIL.replace("\\", "\\\\").replace('"', '\\"')
    bill = BILL.replace('use b, v, constitution, code from "a.norm".', "use v, constitution, code.")
    (project / "law").mkdir()
    (project / "law" / "body.norm").write_text(LAW.replace("EVIL", told), encoding="utf-8")
    (project / "law" / NAME).write_text(
        ("use v, constitution, code.\n" + TRIALS).replace("EVIL", told), encoding="utf-8"
    )
    (project / NAME).write_text(bill.replace("EVIL", told), encoding="utf-8")
    return project


def test_no_text_of_a_stranger_is_taken_for_more_than_words(evil: Path) -> None:
    calls: list[tuple[str, ...]] = [
        *(("check", "law", "--bill", NAME, "--format", style) for style in FORMATS),
        *(("lint", "law", "--format", style) for style in FORMATS),
        ("check", "law", "--timeline"),
        ("test", "law"),
        ("explain", "code article 1", "law"),
        ("diff", "law", "--bill", NAME),
        ("competences", "law"),
        ("consolidate", "law", "--bill", NAME, "--redline"),
        ("export", "law"),
        ("mutate", "law"),
        *(("docket", "law", "--format", style) for style in ("full", "json")),
        ("fmt", "--check", "law"),
    ]
    for call in calls:
        ended = amparo(*call)
        assert ended.code in (0, 1, 3), (call, ended.err[:800])
        harmless(ended, call[-1] if call[-2] == "--format" else "full", call)
        printed = ("boo", "2999-01-01" if call[0] == "check" and call[-1] == "json" else "")
        told = call[0] in ("check", "docket") and call[-1] in ("json", "full")
        assert not told or all(each in ended.out for each in printed), call


def test_nor_where_the_text_is_rejected(evil: Path) -> None:
    told = EVIL.replace('"', '\\"')
    (evil / "law" / "x.norm").write_text(
        f'vocabulary w\nkind K reads "{told}"\nkind K reads "{told}".\nuse n from "{told}".\n',
        encoding="utf-8",
    )
    for style in FORMATS:
        ended = amparo("check", "law", "--format", style)
        assert ended.code == 2
        harmless(ended, style, ("check", style))


def harmless(ended: Run, style: str, call: tuple[str, ...]) -> None:
    assert not UNPRINTABLE.search(ended.out + ended.err), call
    for line in ended.err.splitlines():
        assert not re.match(r"\s*(::|##\[)", line), (call, line)
    match style:
        case "json" | "sarif" | "gitlab":
            json.loads(ended.out)
        case "junit":
            ET.fromstring(ended.out)
        case "html":
            page = Page()
            page.feed(ended.out)
            assert page.evil == [], call
        case "markdown":
            assert foreign(ended.out) == [], call
        case "github":
            for line in ended.out.splitlines():
                assert re.match(r"::(error|warning|notice) ", line), (call, line)
        case _:
            for line in ended.out.splitlines():
                assert not re.match(r"\s*(::|##\[)", line), (call, line)


def foreign(page: str) -> list[str]:
    """Return what in a page of Markdown is markup that Amparo does not write, or leads away."""
    ours = re.compile(r"<!--.*?-->|</?(details|summary|ins|del|b|code|br)( open)?/?>", re.DOTALL)
    found: list[str] = []
    for block in MarkdownIt("commonmark", {"html": True}).enable("table").parse(page):
        for token in (block, *(block.children or ())):
            if token.type in ("html_block", "html_inline"):
                found += re.findall(r"<[^>]*>?", ours.sub("", token.content))
            elif token.type == "image" or re.match(r"\w+:", str(token.attrs.get("href", ""))):
                found.append(str(token.attrs))
    return found


class Page(html.parser.HTMLParser):
    """Collects what in a page would run, or be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.evil: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("img", "iframe", "object", "embed", "link"):
            self.evil.append(tag)
        for name, value in attrs:
            if name.startswith("on") or re.match(r"\s*(javascript|data):", value or ""):
                self.evil.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and "alert" in data:
            self.evil.append(data)
