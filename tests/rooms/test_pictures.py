"""What a page is drawn and quoted from: pictures without a browser, the law with its redline."""

import datetime
import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.amend.passages import Passage, passages
from amparo.amend.redline import redline
from amparo.explain.scene import Happening, Scene, Sentence, scene
from amparo.report.chronicle import time_line
from amparo.report.drawing import breadth, wrapped
from amparo.report.picture import who_and_what
from amparo.syntax.unparse import unparse_node
from laws import editions, findings, law

# -- cases ------------------------------------------------------------------------------------------

PEOPLE = st.sampled_from([f"person {letter}" for letter in "abcdef"])
SAID = st.text(st.sampled_from("abc дом, "), max_size=120).map(lambda said: f"{said}.")
SENTENCES = st.builds(Sentence, SAID, st.lists(PEOPLE, max_size=4, unique=True).map(tuple))
DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 1, 1))


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Return any case of a few people, whatever is said of them."""
    facts = draw(st.lists(SENTENCES, max_size=5))
    days = sorted(draw(st.lists(DAYS, max_size=5)))
    happenings = []
    for number, on in enumerate(days):
        what = draw(SENTENCES)
        doer = draw(st.sampled_from([None, *what.of]))
        happenings.append(Happening(f"event {number}", on, what, doer))
    spoken_of = [each for said in (*facts, *(h.what for h in happenings)) for each in said.of]
    names = {each: draw(SAID) for each in dict.fromkeys(spoken_of)}
    closing = days[-1] if days else datetime.date(2024, 1, 1)
    return Scene(names, tuple(facts), tuple(happenings), closing, "event 0")


@settings(max_examples=60, deadline=None)
@given(scenes())
def test_no_two_cards_touch_and_all_are_within_the_picture(case: Scene) -> None:
    drawn = str(who_and_what("x-who", case))
    found = [
        tuple(map(float, each))
        for each in re.findall(r'<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"', drawn)
    ]

    if case.individuals:
        (size,) = re.findall(r'viewBox="-2 -2 (\S+) (\S+)"', drawn)
        wide, high = map(float, size)
        for x, y, width, height in found:
            assert x >= 0
            assert y >= -0.05
            assert x + width <= wide - 4 + 0.05
            assert y + height <= high - 4 + 0.2
    for one, other in combinations(found, 2):
        beside = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
        above = one[1] + one[3] < other[1] + 0.2 or other[1] + other[3] < one[1] + 0.2
        assert beside or above
    if case.individuals:
        cards = len(case.individuals) + len(case.facts) + len(case.happenings)
        assert len(found) == cards


@settings(max_examples=60, deadline=None)
@given(scenes())
def test_on_a_time_line_every_event_stands_under_the_one_before(case: Scene) -> None:
    drawn = str(time_line("x-time", case))
    heights = [float(each) for each in re.findall(r'<circle cx="100" cy="(\S+)"', drawn)]

    assert len(heights) == len(case.happenings)
    for before, after in pairwise(heights):
        assert after - before >= 36  # two lines at least, for a date has two


@given(st.text(max_size=80), st.integers(30, 300))
def test_words_are_broken_into_lines_that_fit_and_none_is_lost(text: str, room: int) -> None:
    lines = wrapped(text, room)

    assert all(breadth(each) <= room or len(each) == 1 for each in lines)
    whole = "".join(lines).replace(" ", "")
    assert len(whole) >= len("".join(text.split()))


CASE = """
vocabulary v
kind Person reads "a person".
kind Officer is Person reads "an officer".
kind Home reads "a home".
fact owns(p: Person, h: Home) reads "{h} belongs to {p}".
event Request { by: Officer, for: Taking } reads "{by} asks for the taking".
official act Taking { by: Officer, of: Home, from: Person } reads "{by} takes {of} from {from}".
act c "The charter" rank constitution evidence read
  article 1 "The home" norm home forbid Taking t.
act l "The act" rank law evidence read
  article 1 "Taking" norm taking permit Taking t
    when owns(t.from, t.of) and (some Request r has r.for = t and r before t).
"""


def test_a_scene_says_of_whom_each_sentence_is() -> None:
    found = law(CASE)
    (only, *_) = (each for each in findings(CASE) if each.verdict == "violated")
    assert only.outcome.world is not None

    shown = scene(found, only.outcome.world, found.norms[only.norm], broken=True)

    called = shown.individuals
    assert sorted(called.values()) == ["the home", "the officer", "the person"]
    (owned,) = shown.facts
    assert owned.said == "The home belongs to the person."
    assert [called[each] for each in owned.of] == ["the home", "the person"]
    request, taking = shown.happenings
    assert request.what.events == (taking.name,)
    assert [called[each] for each in taking.what.of] == ["the officer", "the home", "the person"]
    assert taking.doer is not None
    assert called[taking.doer] == "the officer"
    assert (request.rests_on, taking.rests_on) == (None, "l article 1 norm taking")
    assert shown.breaks == taking.name


# -- the law ----------------------------------------------------------------------------------------

LAW = """
vocabulary v
kind Person reads "a person".
event Act { by: Person } reads "{by} acts".
act l "The act" rank law evidence read in force from 2001-01-01
  norm all permit Act a.
  article 1 "One"
    norm one forbid Act a.
    untranslated "More is said" because "it names no act".
  article 2 "Two" in force until 2015-01-01
    norm two permit Act a.
bill b "The bill" rank law in force from 2010-01-01 evidence read
  amend l
    in article 1 replace norm one with norm one permit Act a.
    after article 1 insert article 1-1 "New" norm fresh forbid Act a.
    repeal article 2.
"""


@pytest.fixture(scope="module")
def text() -> tuple[Passage, ...]:
    asked = editions(LAW)
    return passages(asked.unamended().acts, asked.consolidated().acts)


def told(passage: Passage, *marks: str) -> str:
    return "".join(words for mark, words in passage.words if mark in marks)


def test_every_provision_stands_in_its_place_with_its_time(text: tuple[Passage, ...]) -> None:
    standing = [
        ("/".join(name for _, name in each.address), str(each.start), str(each.end), each.changed)
        for each in text
    ]

    assert standing == [
        ("", "2001-01-01", "None", False),
        ("all", "2001-01-01", "None", False),
        ("1", "2001-01-01", "None", False),
        ("1/one", "2001-01-01", "2010-01-01", False),
        ("1/one", "2010-01-01", "None", True),
        ("1/More is said", "2001-01-01", "None", False),
        ("2", "2001-01-01", "2010-01-01", False),
        ("2", "2010-01-01", "2015-01-01", True),
        ("2/two", "2001-01-01", "2010-01-01", False),
        ("2/two", "2010-01-01", "2015-01-01", True),
        ("1-1", "2010-01-01", "None", True),
        ("1-1/fresh", "2010-01-01", "None", True),
    ]


def test_what_is_changed_is_the_redline(text: tuple[Passage, ...]) -> None:
    asked = editions(LAW)
    edits = redline(asked.unamended().acts, asked.consolidated().acts)

    assert [(each.act, each.words) for each in text if each.changed] == [
        (each.act, each.words) for each in edits
    ]
    (one,) = (each for each in text if each.changed and each.address[-1] == ("norm", "one"))
    assert "forbid Act a" in told(one, "keep", "delete")
    assert "permit Act a" in told(one, "keep", "insert")


def test_without_an_amendment_nothing_is_changed_and_all_of_it_stands_there() -> None:
    (act,) = editions(LAW).unamended().acts

    same = passages((act,), (act,))

    assert not any(each.changed for each in same)
    words = " ".join(told(each, "keep") for each in same)
    for part in (*act.elements, *act.articles[0].elements):
        assert " ".join(unparse_node(part).split()) in " ".join(words.split())
