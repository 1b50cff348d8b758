"""Findings as sentences, read off the world and the trace of its replay."""

import datetime
from fractions import Fraction

import pytest

import laws
from amparo.core.condition import Condition, Days, Money, Months, WorkingDays
from amparo.core.world import Event, World
from amparo.explain.labels import Labels, a, day, label, money, noun, plural
from amparo.explain.words import Speaker, length

WORDS = """
vocabulary home
currency KZT reads "tenge".
enumeration Cause: debt reads "a debt", crime reads "a crime".
kind Person reads "a person".
kind Court is Person reads "a court".
kind Dwelling reads "a dwelling".
fact owns(p: Person, d: Dwelling) reads "{d} belongs to {p}".
fact value(d: Dwelling): money.
open fact fair(l: Levy) reads "taking {l.of} is fair".
event Decision { of: Dwelling } reads "a court decides on {of}".
official act Levy { of: Dwelling, from: Person, sum: money, cause: Cause }
  reads "{of} is taken from {from} for {sum} because of {cause}".
power act NoticeOfAppeal { by: Person, against: Levy }.
define sole(p: Person, d: Dwelling) reads "{d} is the only home of {p}" means p owns d.
"""
LAW = """
act basic "The basic law" rank constitution in force from 2000-01-01 evidence read
 article 25 "The home"
  norm protection
    forbid Levy l unless some Decision c has c.of = l.of and c before l
    says "Nobody loses a dwelling except by a decision.".
act code "The code" rank law in force from 2000-01-01 evidence read
 article 7
  norm levy permit Levy l when l.from owns l.of.
"""
MONDAY = datetime.date(2024, 1, 8)


def written(condition: str) -> Condition:
    """Return a condition about a levy `l`, as the norm `levy` states it."""
    law = laws.law(laws.edited(WORDS + LAW, "when l.from owns l.of.", f"when {condition}."))
    (case,) = law.norms["code article 7 norm levy"].cases
    return case.condition


def small_world() -> World:
    levy = Event(
        "levy",
        frozenset({"Levy"}),
        MONDAY,
        0,
        {"of": "home", "from": "p1", "sum": 12_345_67, "cause": "debt"},
    )
    return World(
        {
            "p1": frozenset({"Person"}),
            "p2": frozenset({"Person"}),
            "home": frozenset({"Dwelling"}),
        },
        {"levy": levy},
        MONDAY,
    )


def labels() -> Labels:
    return label(laws.law(WORDS).vocabulary, small_world())


# -- labels, money, dates --------------------------------------------------------------------------


def test_who_is_alone_of_his_kind_is_the_one_and_several_have_letters() -> None:
    assert labels().names == {
        "p1": "person A",
        "p2": "person B",
        "home": "the dwelling",
        "levy": "the levy",
    }


def test_an_act_is_called_by_its_name_taken_apart() -> None:
    vocabulary = laws.law(WORDS).vocabulary

    assert noun(vocabulary, "NoticeOfAppeal") == "notice of appeal"
    assert noun(vocabulary, "Court") == "court"


@pytest.mark.parametrize(
    ("hundredths", "said"),
    [(500_000, "5,000 tenge"), (0, "0 tenge"), (1_234_567, "12,345.67 tenge"), (150, "1.50 tenge")],
)
def test_amounts_are_said_with_their_currency(hundredths: int, said: str) -> None:
    assert money(hundredths, "tenge") == said


def test_values_are_said_by_their_sort() -> None:
    said = labels()

    assert day(datetime.date(2024, 5, 1)) == "1 May 2024"
    assert said.value(MONDAY, "date") == "8 January 2024"
    assert said.value(Fraction(1, 4), "share") == "25 %"
    assert said.value(100, Money("KZT")) == "1 tenge"
    assert said.value(3, "number") == "3"
    assert said.value("p2", "number") == "person B"


def test_the_indefinite_article_follows_the_sound() -> None:
    assert (a("act"), a("levy")) == ("an act", "a levy")


def test_several_are_said_in_the_plural() -> None:
    said = [plural(each) for each in ("tax authority", "sum of wages", "person", "box", "day")]

    assert said == ["tax authorities", "sums of wages", "people", "boxes", "days"]


def test_lengths_of_time_are_counted() -> None:
    assert length(Days(1)) == "1 day"
    assert length(Months(3, "down")) == "3 months"
    assert length(WorkingDays(2, "office")) == "2 working days"


# -- conditions in words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "so", "not_so"),
    [
        (
            "l.from owns l.of",
            "the dwelling belongs to person A",
            "it is not so that the dwelling belongs to person A",
        ),
        ("fair(l)", "taking the dwelling is fair", "it is not so that taking the dwelling is fair"),
        (
            "sole(l.from, l.of)",
            "the dwelling is the only home of person A",
            "it is not so that the dwelling is the only home of person A",
        ),
        ("l.from is a Court", "person A is a court", "person A is not a court"),
        (
            "not l.from is a Court and fair(l)",
            "person A is not a court and taking the dwelling is fair",
            "person A is a court, or it is not so that taking the dwelling is fair",
        ),
        (
            "value(l.of) < 5_000 KZT",
            "the value of the dwelling is less than 5,000 tenge",
            "the value of the dwelling is at least 5,000 tenge",
        ),
        (
            "some Decision c has c before l",
            "a court decides on a dwelling before the levy",
            "it is not so that a court decides on a dwelling before the levy",
        ),
        (
            "NoticeOfAppeal is open to l.from against l",
            "a notice of appeal is open to person A against the levy",
            "a notice of appeal is not open to person A against the levy",
        ),
        (
            "value(l.of) > 5_000 KZT",
            "the value of the dwelling is more than 5,000 tenge",
            "the value of the dwelling is at most 5,000 tenge",
        ),
        (
            "some Person p has p != l.from and p owns l.of",
            "there is a person other than person A such that the dwelling belongs to that person",
            "there is no person other than person A such that the dwelling belongs to that person",
        ),
        (
            "at least 2 Person p has p owns l.of",
            "there are at least 2 people such that the dwelling belongs to that person",
            "there are fewer than 2 people such that the dwelling belongs to that person",
        ),
        (
            "every Person p has p owns l.of",
            "for every person: the dwelling belongs to that person",
            "there is a person such that it is not so that the dwelling belongs to that person",
        ),
    ],
)
def test_a_condition_is_said_as_a_clause_and_so_is_its_denial(
    condition: str, so: str, not_so: str
) -> None:
    law, stated = laws.law(WORDS), written(condition)
    names = {"l": "levy", **dict.fromkeys(_variables(stated), "levy")}
    speaker = Speaker(law, labels())

    assert speaker.says(stated, names) == so
    assert speaker.says(stated, names, so=False) == not_so


def _variables(condition: Condition) -> set[str]:
    """Return the names that a levy `l` may have become: variables are unique within a law."""
    return {word for word in repr(condition).split("'") if word.split("#")[0] == "l"}


# -- the whole story ---------------------------------------------------------------------------------


STORY = """\
The dwelling belongs to the person.
8 May 2024: the dwelling is taken from the person for 1,000,000 tenge because of a debt.
Everybody obeys the law: the levy rests on The code, article 7.
The basic law, article 25 forbids the levy: Nobody loses a dwelling except by a decision.
Its exception does not apply: it is not so that a court decides on the dwelling before the levy."""


def test_a_case_is_told_from_its_setting_to_what_it_breaks() -> None:
    found = laws.finding(WORDS + LAW, near="2024-05-08")

    assert found.verdict == "violated"
    assert "\n".join(found.outcome.story) == STORY
