"""The one module that knows Z3."""

import os
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from amparo.smt.session import Session
from expect import REPOSITORY

FALSE_LIBRARY = """
#include <stdlib.h>
#include <unistd.h>
__attribute__((constructor)) static void loaded(void) {
    (void)!write(1, "the false library runs\\n", 23);
    _exit(66);
}
"""
ASK = """
from amparo.smt.session import Session
print(Session("(declare-const p Bool)(assert (and p (not p)))", 100_000).check())
"""
SCRIPT = """
(declare-sort S 0)
(declare-fun k (S) Bool)
(declare-const a S)
(declare-const b S)
(declare-const n Int)
(declare-const r Real)
(declare-const p Bool)
(declare-const q Bool)
(assert (not (= a b)))
(assert (and (k a) (not (k b))))
(assert (and (<= 3 n) (< n 5) (= (* 2.0 r) (to_real n))))
(assert (=> p (= n 4)))
(assert (=> q (= n 3)))
"""


def ask_in(folder: Path) -> subprocess.CompletedProcess[str]:
    """Ask the solver in a process that stands in ``folder``."""
    path = os.pathsep.join([str(REPOSITORY / "solver"), *filter(None, sys.path)])
    return subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_library_that_is_none_in_the_current_folder_is_not_loaded(tmp_path: Path) -> None:
    for name in ("libz3.so", "libz3.dylib", "libz3.dll"):
        (tmp_path / name).write_bytes(b"this is no library")

    asked = ask_in(tmp_path)

    assert (asked.stdout, asked.returncode) == ("unsat\n", 0), asked.stderr


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("gcc") is None or not sys.platform.startswith("linux"),
    reason="a false library must be built",
)
def test_a_false_library_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    source = tmp_path / "false.c"
    source.write_text(FALSE_LIBRARY)
    library = tmp_path / "libz3.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source], check=True)
    loaded = [sys.executable, "-c", f"import ctypes; ctypes.CDLL({str(library)!r})"]
    run = subprocess.run(loaded, capture_output=True, text=True, check=False)
    assert (run.stdout, run.returncode) == ("the false library runs\n", 66)

    asked = ask_in(tmp_path)

    assert (asked.stdout, asked.returncode) == ("unsat\n", 0), asked.stderr


def test_what_can_be_is_satisfiable_and_the_model_says_how() -> None:
    session = Session(SCRIPT, 1_000_000)

    assert session.check(["p"]) == "sat"

    assert session.truth("p")
    assert session.number("n", "Int") == 4
    assert session.number("r", "Real") == Fraction(2)
    assert session.holds("k", "S", "a")
    assert not session.holds("k", "S", "b")
    assert session.individual("a", "S") != session.individual("b", "S")


def test_what_cannot_be_is_unsatisfiable_and_the_core_says_why() -> None:
    session = Session(SCRIPT + "(declare-const unconcerned Bool)", 1_000_000)

    assert session.check(["p", "q", "unconcerned"]) == "unsat"

    assert session.core() == ("p", "q")


def test_a_literal_added_stays() -> None:
    session = Session(SCRIPT, 1_000_000)
    session.add("q")

    assert session.check(["p"]) == "unsat"
    assert session.check() == "sat"
    assert session.number("n", "Int") == 3
    assert session.number("r", "Real") == Fraction(3, 2)


def test_the_same_script_gets_the_same_model() -> None:
    def model() -> list[object]:
        session = Session(SCRIPT, 1_000_000)
        assert session.check() == "sat"
        return [
            session.number("n", "Int"),
            session.number("r", "Real"),
            session.individual("a", "S"),
            session.truth("p"),
        ]

    assert all(model() == model() for _ in range(3))


def test_effort_has_a_limit() -> None:
    holes = 9
    lines = [f"(declare-const x{pigeon} Int)" for pigeon in range(holes + 1)]
    lines += [f"(assert (and (<= 1 x{each}) (<= x{each} {holes})))" for each in range(holes + 1)]
    lines.append(f"(assert (distinct {' '.join(f'x{each}' for each in range(holes + 1))}))")

    assert Session("\n".join(lines), 20_000).check() == "unknown"
