"""How many findings there are of a kind, and what a run took."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from amparo.smt.session import Session
from amparo.smt.tally import Tally, counted, tell
from expect import amparo

BROKEN = ("check", "law", "--bill", "bill.norm", "--statistics")


def test_findings_are_counted_by_kind_and_calls_of_the_solver_beside_them(homes: Path) -> None:
    plain = amparo(*BROKEN[:-1])
    told = amparo(*BROKEN)
    ended = amparo(*BROKEN, "--format", "json")
    again = amparo(*BROKEN, "--format", "json")

    printed = json.loads(ended.out)
    jsonschema.validate(printed, json.loads(amparo("schema").out))
    statistics = printed["statistics"]
    counts = {(each["rule"], each["verdict"]): each["count"] for each in statistics["findings"]}
    assert counts["licensed-violation", "violated"] == 1
    assert sum(counts.values()) == len(printed["findings"])
    assert statistics["solver"]["calls"] > 1
    assert statistics["milliseconds"] >= statistics["solver"]["milliseconds"]
    # Effort is counted, not timed: it is the same in every run.
    assert [statistics["solver"][each] for each in ("calls", "effort")] == [
        json.loads(again.out)["statistics"]["solver"][each] for each in ("calls", "effort")
    ]
    assert ended.err == ""
    assert told.out == plain.out
    assert re.search(r"^ *1  licensed-violation +violated +introduced$", told.err, re.M)
    assert f"{statistics['solver']['calls']:,} calls of the solver" in told.err
    assert told.code == ended.code == 1


def test_answers_that_were_kept_are_counted_apart(
    homes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AMPARO_NO_CACHE", raising=False)
    monkeypatch.setenv("AMPARO_CACHE_KEY", "a secret")
    asked = (*BROKEN, "--format", "json", "--cache", "kept")

    first, second = (json.loads(amparo(*asked).out)["statistics"]["solver"] for _ in range(2))

    assert first["calls"] > 0
    assert second["calls"] == 0
    assert second["remembered"] == first["calls"] + first["remembered"]


def test_without_being_asked_a_run_counts_nothing(homes: Path) -> None:
    ended = amparo("check", "law", "--format", "json")

    assert "statistics" not in json.loads(ended.out)


def test_lint_counts_too_and_quiet_is_quiet(homes: Path) -> None:
    told = amparo("lint", "law", "--statistics")
    quiet = amparo("lint", "law", "--statistics", "--quiet")

    assert "calls of the solver" in told.err
    assert quiet.out + quiet.err == ""


def test_a_call_is_counted_by_everybody_who_listens_with_the_effort_it_took() -> None:
    with counted() as outer:
        Session("(declare-const p Bool)\n(assert p)", effort=1_000_000).check()
        with counted() as inner:
            session = Session("(declare-const p Bool)\n(assert (not p))", effort=1_000_000)
            session.check(["p"])
        tell(Tally(2, 10, 0.5))

    assert (inner.calls, outer.calls) == (1, 4)
    assert 0 < inner.effort == 1_000_000 - session.left
    assert outer.effort > inner.effort + 10
    assert outer.seconds > 0.5
