"""`amparo diff` and `amparo lint`: what they print, and with which code they end."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from expect import amparo

STRICTER = """
use home, housing.

bill stricter "A stricter eviction" rank law in force from 2020-01-01 evidence inferred
  amend housing
    in article 1 norm eviction add unless some Order o has o.on_home = e.from and o.on < 2010-01-01.
"""
SAME = """
use home, housing.

bill same "The same in other words" rank law in force from 2020-01-01 evidence inferred
  amend housing
    in article 1
      replace norm eviction with
        norm eviction permit Eviction e unless no Order o has o before e and e.from = o.on_home.
"""
TWICE = """
use home, housing.

bill twice "The same twice" rank law in force from 2020-01-01 evidence inferred
  amend housing
    in article 1 insert
      norm again permit Eviction e when some Order o has o.on_home = e.from and o before e.
"""


def shape(command: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(amparo("schema", command).out)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def printed(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(amparo(*arguments, "--format", "json").out)
    jsonschema.validate(found, shape(arguments[0]))
    return found


# -- diff ---------------------------------------------------------------------------------------


def test_a_bill_that_permits_more_is_told_with_a_case_and_ends_with_1(homes: Path) -> None:
    ended = amparo("diff", "law", "--bill", "bill.norm")

    assert ended.code == 1
    assert "Newly permitted: an eviction" in ended.out
    assert "1 January 2020: a person clears a dwelling" in ended.out.replace("the ", "a ")
    assert "Before: the eviction is unlawful: no provision permits it." in ended.out
    assert "article 1." in ended.out


def test_other_words_for_the_same_are_proved_to_change_nothing_and_end_with_0(homes: Path) -> None:
    (homes / "bill.norm").write_text(SAME)
    ended = amparo("diff", "law", "--bill", "bill.norm")

    assert ended.code == 0
    assert ended.out.startswith("Nothing changes: every case is judged as before.\n")
    assert printed("diff", "law", "--bill", "bill.norm")["verdict"] == "unchanged"


def test_two_folders_are_compared_body_by_body(homes: Path) -> None:
    after = homes / "after"
    after.mkdir()
    for each in (homes / "law").iterdir():
        (after / each.name).write_text(each.read_text())

    assert amparo("diff", "law", "after").code == 0
    (after / "housing.norm").write_text(
        (after / "housing.norm")
        .read_text()
        .replace("permit Eviction e when", "permit Eviction e unless")
    )
    found = printed("diff", "law", "after")
    assert found["verdict"] == "changed"
    assert [each["gained"] for each in found["findings"]] == [True, False]
    assert {each["topic"] for each in found["findings"]} == {"act"}


def test_the_json_of_a_change_conforms_to_its_schema(homes: Path) -> None:
    (change,) = printed("diff", "law", "--bill", "bill.norm")["findings"]

    assert (change["rule"], change["verdict"], change["gained"]) == ("change", "violated", True)
    assert change["kind"] == "Eviction"
    assert [each["kinds"] for each in change["world"]["events"]] == [["Eviction"]]


def test_what_cannot_be_compared_is_undecided_and_ends_with_3(homes: Path) -> None:
    after = homes / "after"
    after.mkdir()
    for each in (homes / "law").iterdir():
        text = each.read_text().replace("event Order {", "event Order { by: Person,")
        (after / each.name).write_text(text.replace("o before e.", "o.by = o.by and o before e."))
    ended = amparo("diff", "law", "after")

    assert ended.code == 3
    assert "not comparable: the two laws declare `Order` differently" in " ".join(ended.out.split())


def test_a_day_before_the_bill_commences_is_unchanged(homes: Path) -> None:
    assert amparo("diff", "law", "--bill", "bill.norm", "--as-of", "2019-12-31").code == 0
    assert amparo("diff", "law", "--bill", "bill.norm", "--as-of", "2020-01-01").code == 1


@pytest.mark.parametrize("arguments", [("law",), ("law", "law", "--bill", "bill.norm")])
def test_it_takes_a_second_law_or_a_bill(homes: Path, arguments: tuple[str, ...]) -> None:
    ended = amparo("diff", *arguments)

    assert ended.code == 2
    assert "say what to compare with" in ended.err


def test_a_text_with_faults_is_rejected_with_json_too(homes: Path) -> None:
    (homes / "bill.norm").write_text(STRICTER.replace("some Order", "some Ordre"))
    ended = amparo("diff", "law", "--bill", "bill.norm", "--format", "json")

    assert ended.code == 2
    found = json.loads(ended.out)
    jsonschema.validate(found, shape("diff"))
    assert (found["verdict"], [each["code"] for each in found["diagnostics"]]) == (
        "undecided",
        ["unknown-kind"],
    )


# -- lint ---------------------------------------------------------------------------------------


def test_a_law_without_dead_letters_is_clean(homes: Path) -> None:
    ended = amparo("lint", "law")

    assert (ended.code, ended.out.splitlines()[0][:15]) == (0, "Nothing to look")
    assert printed("lint", "law")["findings"] == []


def test_a_norm_without_effect_is_told_with_what_says_the_same(homes: Path) -> None:
    (homes / "bill.norm").write_text(TWICE)
    ended = amparo("lint", "law", "--bill", "bill.norm")
    told = " ".join(ended.out.split())

    assert ended.code == 1
    assert "NO EFFECT (new with the bill): The housing act, article 1" in told
    assert "Whatever it permits is permitted without it." in told
    found = printed("lint", "law", "--bill", "bill.norm")["findings"]
    assert {each["status"] for each in found} == {"introduced"}
    assert "no-effect" in {each["rule"] for each in found}


def test_what_was_so_before_the_bill_decides_nothing(homes: Path) -> None:
    housing = homes / "law" / "housing.norm"
    housing.write_text(housing.read_text() + "    norm never forbid Eviction e when 2 < 1.\n")

    assert amparo("lint", "law").code == 1
    ended = amparo("lint", "law", "--bill", "bill.norm")
    assert "NEVER APPLIES (was so before)" in ended.out
    assert ended.code == 0


def test_an_instruction_that_changes_no_case_is_told(homes: Path) -> None:
    (homes / "bill.norm").write_text(SAME)
    ended = amparo("lint", "law", "--bill", "bill.norm")

    assert ended.code == 1
    assert "The instruction: amend housing in article 1 replace norm eviction" in " ".join(
        ended.out.split()
    )


# -- the order of bills -------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["check", "diff"])
@pytest.mark.parametrize(
    ("first", "second", "note"),
    [
        (STRICTER, TWICE, "commute: in either order the text is the same"),
        (STRICTER, SAME, "do not commute"),
    ],
)
def test_whether_two_bills_commute_is_noted(
    homes: Path, command: str, first: str, second: str, note: str
) -> None:
    (homes / "bill.norm").write_text(first)
    (homes / "other.norm").write_text(second)
    ended = amparo(command, "law", "--bill", "bill.norm", "--bill", "other.norm")

    assert note in " ".join(ended.out.split()), ended.out + ended.err
