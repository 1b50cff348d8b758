"""The page that says where each provision of the law of Kazakhstan stands, held to the law."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from amparo.core.citation import parts
from amparo.core.law import Law, Provision
from amparo.pipeline.editions import is_enacted
from amparo.pipeline.load import load
from amparo.pipeline.prepare import laws

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "kazakhstan-coverage.md"
NORMS = ROOT / "norms" / "kz"
ROW = re.compile(r"^\| (?P<what>[^|]+) \|(?P<where>[^|]*)\|(?P<left_out>[^|]*)\|$", re.MULTILINE)
HEADS = ("what it says", "article", "act", "decision", "---")


@pytest.fixture(scope="module")
def places() -> frozenset[str]:
    """Every place of the law as it now stands, in the words of the language, and every law that amended it."""
    (law,) = laws([NORMS])
    enacted = (
        each.name.text for body in load([NORMS]).bodies for each in body.bills if is_enacted(each)
    )
    return frozenset(chain(map(str, _places(law)), enacted))


def _places(law: Law) -> Iterator[Provision]:
    yield from (Provision(act) for act in law.acts)
    yield from (each.provision for each in parts(law) if each.provision.act in law.acts)
    yield from (each.provision for each in law.untranslated)


def rows() -> list[tuple[str, tuple[str, ...], str]]:
    """Return what every row is about, the citations in it, and what it says is left out."""
    found = ROW.finditer(PAGE.read_text(encoding="utf-8"))
    return [
        (each["what"], tuple(re.findall(r"`([^`]+)`", each["where"])), each["left_out"].strip())
        for each in found
        if not each["what"].startswith(HEADS)
    ]


def test_every_citation_of_the_page_is_a_place_in_the_law(places: frozenset[str]) -> None:
    cited = [(what, each) for what, where, _ in rows() for each in where]

    assert len(cited) > 150
    assert [(what, each) for what, each in cited if not _holds(places, each)] == []


def test_what_stands_nowhere_in_the_law_says_why() -> None:
    bare = [(what, left_out) for what, where, left_out in rows() if not where]

    assert bare
    assert all(left_out.startswith("not modelled: ") for _, left_out in bare)


def test_every_article_of_the_law_is_on_the_page(places: frozenset[str]) -> None:
    cited = {each for _, where, _ in rows() for each in where}
    articles = {_article(each) for each in places}

    assert sorted(each for each in articles if not _holds(cited, each)) == []


def _holds(places: frozenset[str] | set[str], citation: str) -> bool:
    return any(f"{each} ".startswith(f"{citation} ") for each in places)


def _article(place: str) -> str:
    """Return the article in which a place lies; an act that has none, or its root, is its own."""
    return re.sub(
        r"^(\w+)(?: article (\S+))?.*$", lambda m: f"{m[1]} article {m[2]}" if m[2] else m[1], place
    )
