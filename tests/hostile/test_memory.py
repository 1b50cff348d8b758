"""A budget of memory: what needs more is unknown, says so, and is not remembered."""

import subprocess
import sys
from pathlib import Path

import pytest

from amparo.smt.memory import LEAST
from expect import REPOSITORY

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")

HUNGRY = """
(declare-fun g (Int Int) Int)
(declare-fun p (Int) Bool)
(assert (forall ((x Int) (y Int))
  (! (=> (and (p x) (p y)) (p (g x y))) :pattern ((p x) (p y)))))
(assert (forall ((x Int) (y Int)) (! (> (g x y) (+ x y)) :pattern ((g x y)))))
(assert (p 1))
"""
LONG = "(declare-const a Bool)\n(assert a)\n"
ASKED = """
import sys
from amparo.smt.memory import LEAST, OutOfMemory, bounded
from amparo.smt.session import Session, remembering

class Keeper:
    def recalled(self, key):
        return None
    def keep(self, key, transcript):
        print("kept", [each for each in transcript.values() if each])

script = sys.stdin.read()
with remembering(Keeper()):
    with bounded(LEAST):
        try:
            print(Session(script, 10**10).check())
        except OutOfMemory as limit:
            print(limit)
    print(Session("(declare-const a Bool)\\n(assert a)", 10**6).check())
"""
LAW = """
vocabulary v
kind Person reads "a person".
kind Home reads "a home".
fact owns(p: Person, h: Home) reads "{p} owns {h}".
fact near(a: Home, b: Home) reads "{a} is near {b}".
event Decision { of: Home } reads "a court decides on {of}".
official act Taking { of: Home, from: Person } reads "{of} is taken from {from}".
act constitution "The constitution" rank constitution in force from 2000-01-01 evidence read
  article 1
    norm home forbid Taking t unless some Decision d has d.of = t.of and d before t.
act code "The code" rank law in force from 2000-01-01 evidence read
  article 1
    norm taking permit Taking t
      when (at least 68 Home h has t.from owns h) and (every Home a has every Home b has
        every Home c has near(a, b) or near(b, c) or near(c, t.of)).
"""


def called(
    *call: str, given: str = "", folder: Path = REPOSITORY
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", *call],
        input=given, cwd=folder, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "script",
    [HUNGRY, LONG + f"(assert (or {'a ' * 6_000_000}))"],
    ids=["a hungry search", "a script too long to read"],
)
def test_a_solver_that_runs_out_of_memory_says_so_and_nothing_is_remembered(script: str) -> None:
    ended = called(ASKED, given=script)

    said = ended.stdout.splitlines()
    assert ended.returncode == 0, ended.stderr
    assert said[:2] == [f"the memory of {LEAST} MB is used up", "sat"]
    kept = [each for each in said[2:] if each != "kept []"]
    assert len(kept) == 1
    assert "sat" in kept[0]


@pytest.mark.slow
def test_a_question_that_needs_more_memory_than_given_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "law.norm").write_text(LAW)
    main = "from amparo.cli import main; main()"

    ended = called(main, "check", ".", "--memory", str(LEAST), "--no-cache", folder=tmp_path)

    assert ended.returncode == 3, ended.stderr
    assert f"the memory of {LEAST} MB is used up" in " ".join(ended.stdout.split())
    assert called(main, "check", ".", "--memory", "10", folder=tmp_path).returncode == 2
