"""Scenarios and questions as items of pytest."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from expect import amparo
from town import CHARTER, HOUSING, WIDE, WORDS, bill

pytest_plugins = ("pytester",)

TRIALS = """
use town, charter, housing, change.

scenario "Nobody is cleared out without an order"
  given home: Home, debtor: Person.
  when eviction: Eviction { from: home, of: debtor, on: 2024-05-01 }.
  expect eviction unlawful.

scenario "A parade: is it allowed?"
  when parade: Parade { on: 2024-05-01 }.
  expect parade lawful.

question "The home in the law in force"
  law town
  expect charter article 1 holds, relying on housing article 1.

question "The home with the bill"
  law town bill change
  expect charter article 1 violated introduced.
"""
TITLES = (
    "Nobody is cleared out without an order",
    "A parade: is it allowed?",
    "The home in the law in force",
    "The home with the bill",
)
WRONG = TRIALS.replace("eviction unlawful", "eviction lawful").replace(
    "article 1 violated introduced", "article 1 holds"
)


@pytest.fixture(scope="module", autouse=True)
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load what an inner run of pytest would load and forget again, each by itself."""
    file = tmp_path_factory.mktemp("law") / "law.norm"
    file.write_text(
        WORDS + CHARTER + HOUSING + TRIALS.partition("\n\n")[2].partition("question")[0]
    )
    assert amparo("test", file).code == 0


@pytest.fixture
def town(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project with a body of law, its trials, and a test in Python."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    pytester.makeini("[pytest]\naddopts = --strict-markers -p no:hypothesispytest")
    root = pytester.path
    (root / "amparo.toml").write_text("")
    (root / "law").mkdir()
    (root / "law" / "body.norm").write_text('body town "A town" ranks constitution, law.\n')
    (root / "law" / "law.norm").write_text(WORDS + CHARTER + HOUSING)
    (root / "law" / "change.norm").write_text("use town, housing.\n" + bill(WIDE))
    (root / "law" / "trials.norm").write_text(TRIALS)
    (root / "test_other.py").write_text("def test_other() -> None: ...\n")
    return root


def ids(*titles: str) -> list[str]:
    return [f"law/trials.norm::{each}" for each in titles]


@pytest.mark.slow
def test_scenarios_and_questions_are_items_beside_tests_in_python(
    town: Path, pytester: pytest.Pytester
) -> None:
    run = pytester.runpytest_inprocess("-v")

    run.assert_outcomes(passed=5)
    run.stdout.fnmatch_lines([f"{each} PASSED*" for each in ids(*TITLES)])
    run.stdout.fnmatch_lines(["test_other.py::test_other PASSED*"])


@pytest.mark.slow
def test_they_are_collected_in_the_order_of_the_text_and_chosen_by_title_id_and_mark(
    town: Path, pytester: pytest.Pytester
) -> None:
    def chosen(*arguments: str) -> list[str]:
        run = pytester.runpytest_inprocess("--collect-only", "-q", *arguments)
        return [line for line in run.outlines if "::" in line]

    assert chosen("law") == ids(*TITLES)
    assert chosen("law", "-k", "parade") == ids(TITLES[1])
    assert chosen("law", "-m", "question") == ids(*TITLES[2:])
    assert chosen(ids(TITLES[1])[0]) == ids(TITLES[1])
    assert chosen("-p", "no:amparo") == ["test_other.py::test_other"]


@pytest.mark.slow
def test_what_fails_is_told_in_the_words_of_amparo_test(
    town: Path, pytester: pytest.Pytester
) -> None:
    (town / "law" / "trials.norm").write_text(WRONG)
    told = amparo("test", "law")
    faults = [line.strip() for line in told.out.splitlines() if line.startswith("       ")]

    run = pytester.runpytest_inprocess("law")

    run.assert_outcomes(passed=2, failed=2)
    assert run.ret == 1
    assert len(faults) == 2
    shown = run.stdout.str()
    assert all(f"\n    {each}\n" in shown for each in faults)
    assert f"\nlaw/trials.norm:4: {TITLES[0]}\n" in shown
    assert "Traceback" not in shown
    assert "pytest_plugin" not in shown


@pytest.mark.slow
def test_only_what_failed_last_is_tried_again_and_the_first_failure_ends_the_run(
    town: Path, pytester: pytest.Pytester
) -> None:
    (town / "law" / "trials.norm").write_text(WRONG)
    pytester.runpytest_inprocess("law").assert_outcomes(passed=2, failed=2)

    first = pytester.runpytest_inprocess("law", "-x")
    (town / "law" / "trials.norm").write_text(TRIALS)
    again = pytester.runpytest_inprocess("law", "--lf")

    first.assert_outcomes(failed=1)
    again.assert_outcomes(passed=2)


@pytest.mark.slow
def test_two_processes_try_the_same(town: Path) -> None:
    (town / "law" / "trials.norm").write_text(WRONG)
    call = [sys.executable, "-m", "pytest", "-n", "2", "-v", "law"]

    ended = subprocess.run(call, cwd=town, capture_output=True, text=True, check=False)

    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "2 failed, 2 passed" in ended.stdout
    for title, how in zip(TITLES, ("FAILED", "PASSED", "PASSED", "FAILED"), strict=True):
        assert re.search(rf"{how} {re.escape(ids(title)[0])}", ended.stdout)


@pytest.mark.slow
def test_answers_are_kept_as_by_amparo_test(
    town: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.runpytest_inprocess("law", "-k", "home").assert_outcomes(passed=2, deselected=2)
    assert not (town / ".amparo-cache").exists()
    monkeypatch.delenv("AMPARO_NO_CACHE", raising=False)
    monkeypatch.setenv("AMPARO_CACHE_KEY", "a secret")

    for _ in range(2):
        pytester.runpytest_inprocess("law", "-k", "home").assert_outcomes(passed=2, deselected=2)

    assert any((town / ".amparo-cache").rglob("*"))


@pytest.mark.slow
def test_a_rejected_body_is_an_error_once_with_its_diagnostics(
    town: Path, pytester: pytest.Pytester
) -> None:
    (town / "law" / "change.norm").write_text("use town, housing.\nvocabulary x\nkind .\n")

    run = pytester.runpytest_inprocess("law")

    run.assert_outcomes(errors=1)
    assert run.ret == 2
    run.stdout.fnmatch_lines(["error[[]*]: *", " --> law/change.norm:3:6"])
    assert "Traceback" not in run.stdout.str()


@pytest.mark.slow
def test_a_trial_that_says_nothing_of_this_law_is_an_error_with_its_diagnostics(
    town: Path, pytester: pytest.Pytester
) -> None:
    (town / "law" / "trials.norm").write_text(TRIALS.replace("Eviction {", "Evicton {"))

    run = pytester.runpytest_inprocess("law")

    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines(["error[[]unknown-*]: *`Evicton`*", " --> law/trials.norm:6:*"])


@pytest.mark.slow
def test_files_of_no_body_form_one_and_can_be_named_one_by_one(
    town: Path, pytester: pytest.Pytester
) -> None:
    (town / "law" / "body.norm").unlink()
    (town / "law" / "trials.norm").write_text(TRIALS.partition("question")[0])

    whole = pytester.runpytest_inprocess("law")
    one = pytester.runpytest_inprocess(ids(TITLES[0])[0])

    whole.assert_outcomes(passed=2)
    one.assert_outcomes(passed=1)


@pytest.mark.slow
def test_titles_that_are_alike_or_hold_what_parts_ids_can_be_told_apart(
    town: Path, pytester: pytest.Pytester
) -> None:
    text = 'use town, charter, housing.\nscenario "A::b [c]" when p: Parade { on: 2024-05-01 }. expect p lawful.\n'
    (town / "law" / "trials.norm").write_text(text + text.partition("\n")[2])

    listed = pytester.runpytest_inprocess("--collect-only", "-q", "law").outlines

    assert listed[:2] == ids("A:b [c]", "A:b [c] (2)")
    for each in listed[:2]:
        pytester.runpytest_inprocess(each).assert_outcomes(passed=1)


@pytest.mark.slow
def test_a_run_that_collects_no_norm_file_loads_neither_parser_nor_solver(town: Path) -> None:
    (town / "test_other.py").write_text(
        "import sys\ndef test_other() -> None:\n    assert not {'z3', 'lark', 'rich', 'click', 'amparo.syntax.tree'} & set(sys.modules)\n"
    )
    call = [sys.executable, "-m", "pytest", "-p", "no:xdist", "test_other.py"]

    ended = subprocess.run(call, cwd=town, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout
