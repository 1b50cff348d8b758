"""Laws that are written to keep the solver busy: each gets an answer that names the limit.

The limits in seconds are far above what is needed, and far below what each took without a limit:
most had no end.
"""

import re
import time
from pathlib import Path

import pytest

from amparo.core.extent import DEEPEST, MOST_PARTS
from amparo.diagnostics import Rejected
from amparo.semantics import context
from amparo.semantics.context import MOST_STEPS
from amparo.smt.search import Budget
from amparo.sorts.words import DEEPEST_KIND
from amparo.verify.check import check
from amparo.verify.inquiry import MOST_CHOICES
from expect import Run, amparo
from laws import inquiry, law

SECONDS = 120

WORDS = """
vocabulary v
kind Person reads "a person".
kind Home reads "a home".
fact owns(p: Person, h: Home) reads "{p} owns {h}".
event Decision { of: Home } reads "a court decides on {of}".
official act Taking { of: Home, from: Person } reads "{of} is taken from {from}".
"""
LAW = """
act constitution "The constitution" rank constitution in force from 2000-01-01 evidence read
  article 1
    norm home forbid Taking t unless some Decision d has d.of = t.of and d before t.
act code "The code" rank law in force from 2000-01-01 evidence read
  article 1
    norm taking permit Taking t
      when CONDITION and some Decision d has d.of = t.of and d before t.
"""
OWNS = "p owns h"


def text(condition: str, words: str = "") -> str:
    return WORDS + words + LAW.replace("CONDITION", condition)


def defined(levels: int, means: str) -> str:
    """Return a law that rests on ``levels`` definitions, each by the words ``means`` on the next."""
    head = "define d{}(h: Home, p: Person) means {}.\n"
    words = [head.format(each, means.replace("d(", f"d{each + 1}(")) for each in range(levels)]
    return text("d0(t.of, t.from)", "".join((*words, head.format(levels, OWNS))))


def prevailing(levels: int) -> str:
    """Return a law of which each norm prevails over the one before."""
    norm = """
    norm n{} {} Taking t when t.from owns t.of and some Decision d has d.of = t.of and d before t,
      despite norm {}."""
    rivals = ["taking", *(f"n{each}" for each in range(levels))]
    norms = [norm.format(i, ("forbid", "permit")[i % 2], rivals[i]) for i in range(levels)]
    return text("t.from owns t.of") + "".join(norms)


def timed(written: str, project: Path, *arguments: str) -> Run:
    (project / "law.norm").write_text(written)
    start = time.perf_counter()

    ended = amparo(*(arguments or ("check", ".")))

    assert time.perf_counter() - start < SECONDS
    assert "this is a bug in amparo" not in ended.err
    return ended


@pytest.mark.slow
@pytest.mark.parametrize(
    ("written", "limit"),
    [
        (defined(60, "d(h, p) and d(h, p)"), f"`d45` has more than {MOST_PARTS:,} parts"),
        (defined(60, "d(h, p) or d(h, p)"), f"has more than {MOST_PARTS:,} parts"),
        (defined(60, "not (d(h, p) and d(h, p))"), f"has more than {MOST_PARTS:,} parts"),
        (
            defined(60, "(some Home x has d(x, p)) and (every Home y has d(y, p))"),
            f"has more than {MOST_PARTS:,} parts",
        ),
        (defined(3_000, "d(h, p)"), f"goes more than {DEEPEST} levels deep"),
        (defined(30, f"{'not ' * 90} d(h, p)"), f"goes more than {DEEPEST} levels deep"),
        (prevailing(1_000), f"goes more than {DEEPEST} levels deep"),
    ],
    ids=["and", "or", "not", "some and every", "chain", "deep chain", "precedence"],
)
def test_definitions_that_say_a_library_are_refused_with_the_limit(
    project: Path, written: str, limit: str
) -> None:
    ended = timed(written, project)

    assert ended.code == 2
    assert set(re.findall(r"^error\[([a-z-]+)\]", ended.err, re.M)) == {"rests-on-too-much"}
    assert ended.err.count("error[") == 1
    assert limit in ended.err


@pytest.mark.slow
@pytest.mark.parametrize(
    "written",
    [
        defined(9, "d(h, p) and d(h, p)"),
        defined(140, "d(h, p)"),
        defined(3, f"{'not ' * 90} d(h, p)"),
    ],
    ids=["parts", "levels", "deep levels"],
)
def test_law_within_the_limits_is_read_by_every_command(project: Path, written: str) -> None:
    scenario = """
scenario "A home is taken"
  given home: Home, owner: Person, owner owns home.
  when decision: Decision { of: home, on: 2024-01-01 },
       taking: Taking { of: home, from: owner, on: 2024-02-01 }.
  expect taking lawful.
"""
    assert timed(written + scenario, project).code == 0
    assert timed(written, project, "lint", ".").code in (0, 3)
    assert timed(written + scenario, project, "test", ".").code == 0
    assert timed(written, project, "explain", "code article 1", ".").code == 0
    assert timed(written, project, "diff", ".", ".").code == 0
    assert timed(written, project, "consolidate", ".").code == 0
    assert timed(written, project, "export", ".").code == 0


def test_readings_that_double_sixty_times_are_asked_up_to_the_limit(project: Path) -> None:
    words = "".join(
        f'reading r{each} "R" either one because "x" or two because "y".\n' for each in range(60)
    )
    condition = " and ".join(f"(r{each} is one or r{each} is two)" for each in range(60))

    ended = timed(text(condition, words), project)

    assert ended.code == 3
    assert f"more than {MOST_CHOICES} choices of readings" in " ".join(ended.out.split())


@pytest.mark.parametrize("number", [201, 10**17])
def test_a_crowd_is_asked_for_up_to_the_limit(project: Path, number: int) -> None:
    ended = timed(text(f"(at least {number} Home h has t.from owns h)"), project)

    assert ended.code == 3
    assert "asks for more than 200" in " ".join(ended.out.split())


def test_a_question_that_outgrows_its_room_is_unknown_and_names_the_limit() -> None:
    written = text("every Home a has every Home b has every Home c has t.from owns c")
    read = law(written)
    (roomy,), (cramped,) = (
        check(inquiry(read, budget=Budget(room=each))) for each in (100_000, 100)
    )

    assert roomy.verdict == "holds"
    assert cramped.verdict == "unknown"
    assert "more than 100 characters" in (cramped.outcomes[0].note or "")


def test_a_chain_is_refused_at_its_end_and_not_at_every_link() -> None:
    with pytest.raises(Rejected) as rejected:
        law(defined(40, "d(h, p) and d(h, p)"))

    assert [each.code for each in rejected.value.diagnostics] == ["rests-on-too-much"]


NESTED = " ".join(f"every Home {each} has" for each in "uvwxyz")


def test_a_case_that_takes_too_many_steps_to_judge_fails_its_scenario_with_the_limit(
    project: Path,
) -> None:
    homes = ", ".join(f"h{each}: Home" for each in range(60))
    scenario = f"""
scenario "Many homes"
  given {homes}, owner: Person.
  when taking: Taking {{ of: h0, from: owner, on: 2024-02-01 }}.
  expect taking lawful.
  expect not taking lawful.
  expect taking permitted by code article 1.
"""
    written = WORDS + LAW.replace("CONDITION and", f"{NESTED} (u = z or z = z) or")
    written = written.replace(
        "norm home forbid Taking t unless", "norm home forbid Taking t when t.of = t.of and"
    )

    ended = timed(written + scenario, project, "test", ".")

    assert ended.code == 1
    assert ended.out.count(f"undecided: judging one case takes more than {MOST_STEPS:,} steps") == 3
    assert "1 failed" in ended.out


@pytest.mark.parametrize("steps", [3, 10])
def test_a_replay_that_takes_too_many_steps_is_unknown(
    project: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    written = text("t.from owns t.of")
    (verdict,) = (each.verdict for each in check(inquiry(law(written))))
    monkeypatch.setattr(context, "MOST_STEPS", steps)

    (finding,) = check(inquiry(law(written)))
    ended = timed(written, project)

    assert verdict == "holds"
    assert finding.verdict == "unknown"
    assert finding.outcome.note == f"judging one case takes more than {steps} steps"
    assert ended.code == 3
    assert f"takes more than {steps} steps" in " ".join(ended.out.split())


def test_a_chain_of_kinds_is_refused_once_with_the_limit(project: Path) -> None:
    def chain(length: int) -> str:
        kinds = (
            f"kind K{each} is {(each and f'K{each - 1}') or 'Home'}." for each in range(length)
        )
        return text("t.from owns t.of", "\n".join(kinds) + "\n")

    refused = timed(chain(10_000), project)

    assert timed(chain(DEEPEST_KIND), project).code == 0
    assert refused.code == 2
    assert refused.err.count("error[kinds-too-deep]") == refused.err.count("error[") == 1
    assert f"`K{DEEPEST_KIND}` has more than {DEEPEST_KIND} kinds above it" in refused.err
