"""Decisions of courts: what each must say, and the scenarios and questions that tell them."""

import datetime
from pathlib import Path

import pytest

from amparo.core.case import Decision, Question, Scenario
from amparo.core.from_tree import elaborate, elaborate_cases, elaborate_decisions
from amparo.diagnostics import Rejected
from amparo.pipeline.texts import consolidated
from amparo.pipeline.trials import attempt
from amparo.syntax.parse import parse
from amparo.syntax.tree import Act, File
from amparo.text import Source

RANKS = ("constitution", "law")
FIRST = """
decision first "First v State"
  court "The high court"
  decided 2004-10-08
  cites "K1"
  evidence read
  facts "A clerk sells a home."
  held split because "No court weighs it; the rest stands."
  about "a clerk or a judge", "the only home"
  untranslated "The means were mild." because "no means are compared"
  about "a small debt"
  untranslated "It was late." because "time is not modelled".
"""
SECOND = """
decision second "Second v State" court "The high court" decided 1972 cites "K2" evidence summary
  facts "A car is taken." held inconsistent as applied because "The term was not kept.".
"""
LAW = """
vocabulary home
kind Person.
official act Sale { from: Person }.
act basic "The basic law" rank constitution evidence read
  norm no_sale forbid Sale s.
"""
QUESTION = """
question "A sale"
  outcome of first
  law body
  as of 2004-01-15
  expect basic holds.
"""
SCENARIO = """
scenario "A sale to a debtor"
  ground of second
  given debtor: Person.
  when sale: Sale { from: debtor, on: 2004-01-15 }.
  expect sale unlawful.
"""


def read(text: str) -> File:
    file, problems = parse(Source("law.norm", text))
    assert problems == ()
    return file


def decisions(*texts: str) -> tuple[Decision, ...]:
    return elaborate_decisions([read(text) for text in texts])


def told(text: str) -> tuple[tuple[Scenario, ...], tuple[Question, ...]]:
    """Return what is asked of the law of a text, whose decisions are in order."""
    file = read(text)
    acts = [item for item in file.items if isinstance(item, Act)]
    law = elaborate("body", RANKS, [file], acts, []).law
    return elaborate_cases(law, [file])


def faults(text: str) -> list[tuple[str, str, str | None]]:
    """Return what is wrong with the decisions of a text, and then with what is asked of its law."""
    with pytest.raises(Rejected) as caught:
        told(LAW + text)
    return [(each.code, each.primary.text, each.help) for each in caught.value.diagnostics]


def test_a_decision_says_all_that_is_written() -> None:
    (found,) = decisions(FIRST)

    assert found == Decision(
        "first",
        "First v State",
        "The high court",
        datetime.date(2004, 10, 8),
        "K1",
        "read",
        "A clerk sells a home.",
        "split",
        "No court weighs it; the rest stands.",
        ("a clerk or a judge", "the only home", "a small debt"),
        (
            ("The means were mild.", "no means are compared"),
            ("It was late.", "time is not modelled"),
        ),
    )


def test_a_decision_may_be_known_by_its_year_alone() -> None:
    first, second = decisions(FIRST, SECOND)

    assert (second.decided, second.held) == (1972, "inconsistent as applied")
    assert (second.about, second.untranslated) == ((), ())
    assert first.name == "first"


@pytest.mark.parametrize(
    "part",
    [
        'court "The high court"',
        "decided 2004-10-08",
        'cites "K1"',
        "evidence read",
        'facts "A clerk sells a home."',
        'held split because "No court weighs it; the rest stands."',
    ],
)
def test_what_a_decision_must_say_is_asked_for_and_said_once(part: str) -> None:
    word = part.split(maxsplit=1)[0]

    ((code, words, advice),) = faults(FIRST.replace(part, ""))
    ((twice, said, _),) = faults(FIRST.replace(part, f"{part} {part}"))

    assert (code, words) == ("decision-incomplete", "first")
    assert advice is not None
    assert advice.startswith(f"write `{word} ")
    assert (twice, said) == ("said-twice", part)


def test_a_year_that_no_calendar_has_is_a_fault() -> None:
    assert faults(SECOND.replace("1972", "19720")) == [("invalid-date", "19720", None)]


def test_two_decisions_of_one_name_are_a_fault() -> None:
    ((code, words, _),) = faults(FIRST + SECOND.replace("decision second", "decision first"))

    assert (code, words) == ("duplicate-name", "first")


def test_a_decision_may_have_the_name_of_an_act() -> None:
    basic = LAW + FIRST.replace("decision first", "decision basic")

    (), (question,) = told(basic + QUESTION.replace("of first", "of basic"))

    assert question.decides == ("outcome", "basic")


def test_scenarios_and_questions_tell_a_decision() -> None:
    silent = QUESTION.replace("outcome of first", "")

    (scenario,), (question, other) = told(LAW + FIRST + SECOND + QUESTION + SCENARIO + silent)

    assert question.decides == ("outcome", "first")
    assert scenario.decides == ("ground", "second")
    assert other.decides is None


def test_an_unknown_decision_is_underlined_and_the_nearest_offered() -> None:
    asked = faults(FIRST + QUESTION.replace("of first", "of frist"))
    told = faults(FIRST + SCENARIO.replace("of second", "of nobody"))

    assert asked == [("unknown-decision", "frist", "did you mean `first`?")]
    assert told == [("unknown-decision", "nobody", "known here: `first`")]


@pytest.mark.parametrize("second", ["ground of first", "outcome of second", "outcome of first"])
def test_a_question_tells_one_thing_of_one_decision(second: str) -> None:
    text = QUESTION.replace("outcome of first", f"outcome of first {second}")

    ((code, words, _),) = faults(FIRST + SECOND + text)

    assert (code, words) == ("two-decisions", second)


def test_a_faulty_decision_is_told_by_whatever_reads_the_law(project: Path) -> None:
    (project / "law.norm").write_text(LAW + FIRST.replace("evidence read\n", "") + SCENARIO)

    with pytest.raises(Rejected) as caught:
        attempt([project])

    assert [each.code for each in caught.value.diagnostics] == ["decision-incomplete"]


def test_consolidated_law_is_without_decisions(project: Path) -> None:
    (project / "law.norm").write_text(LAW + FIRST + QUESTION)

    text = consolidated([project])

    assert 'act basic "The basic law"' in text
    assert "First v State" not in text


def test_a_misspelt_word_of_a_decision_is_offered() -> None:
    for right, wrong in [
        ("decision first", "decison first"),
        ("held split", "hled split"),
        ("held split", "held splitt"),
        ("decided 2004", "decidd 2004"),
        ("facts", "fcts"),
        ("about", "abuot"),
    ]:
        _, problems = parse(Source("law.norm", FIRST.replace(right, wrong, 1)))

        assert [each.code for each in problems] == ["misspelt-keyword"], wrong
    _, problems = parse(Source("law.norm", QUESTION.replace("outcome of", "outcom of")))
    assert [each.help for each in problems] == ["did you mean `outcome of`?"]
    _, problems = parse(Source("law.norm", FIRST.rstrip().rstrip(".") + QUESTION))
    assert [each.code for each in problems] == ["missing-full-stop"]
    _, problems = parse(Source("law.norm", FIRST.replace(' because "No', ' "No')))
    assert [each.code for each in problems] == ["missing-word"]


def test_the_words_of_decisions_stay_names_elsewhere() -> None:
    read(
        "vocabulary held fact about(court: Facts, decided: Decision). event split { facts: court }."
        ' act decision "D" norm held forbid about held when held.court = decided.'
    )
