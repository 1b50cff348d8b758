"""Questions spread over processes are answered as in one."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from amparo.cli import run
from amparo.smt.proofs import recorded
from amparo.smt.session import Session, remembering
from amparo.smt.tally import counted
from amparo.verify.spread import spread, workers

HERE = os.getpid()
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def there() -> bool:
    return os.getpid() != HERE


def decided(number: int) -> str:
    """Ask the solver whether a number is even: for no odd one is there a half."""
    script = f"(declare-const half Int)(assert (= (* 2 half) {number}))"
    session = Session(script, 10_000)
    answer = session.check()
    if answer == "unsat":
        from amparo.smt.proofs import record  # noqa: PLC0415 - what a question does

        record(script)
    return answer


def dying(number: int) -> int:
    if there():
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def failing(number: int) -> int:
    if number == 1:
        raise KeyError(number)
    return number


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_is_heard_on_the_way_is_heard_in_order_whatever_the_number(number: int) -> None:
    asked = [partial(decided, each) for each in range(5)]

    with workers(number), recorded() as proofs, counted() as calls, remembering():
        answers = spread("numbers", asked)
        between = calls.calls
        again = spread("numbers", asked[:1]) + tuple(each() for each in asked)

    assert answers == ("sat", "unsat", "sat", "unsat", "sat")
    assert [str(each) in script for each, script in zip((1, 3), proofs, strict=True)] == [True] * 2
    assert calls.calls == between == 5  # what a worker was answered is not asked again
    assert again == ("sat", *answers)


@FORKS
@pytest.mark.slow
@pytest.mark.parametrize(("question", "fails"), [(dying, False), (failing, True)])
def test_what_a_worker_cannot_answer_is_asked_here(
    question: Callable[[int], int], fails: bool
) -> None:
    with workers(2):
        if fails:
            with pytest.raises(KeyError, match="1"):
                spread("numbers", [partial(question, each) for each in range(4)])
        else:
            assert spread("numbers", [partial(question, each) for each in range(4)]) == (0, 1, 2, 3)


def test_a_worker_spreads_nothing_further() -> None:
    def nested() -> tuple[bool, ...]:
        pids = spread("numbers", [os.getpid, os.getpid])
        return tuple(each == os.getpid() for each in pids)

    with workers(2):
        assert spread("several", [nested, nested]) == ((True, True), (True, True))


def test_every_step_is_told() -> None:
    told: list[tuple[str, int, int]] = []

    with workers(1, lambda *step: told.append(step)):
        spread("numbers", [lambda: 1, lambda: 2])

    assert told == [("numbers", 0, 2), ("numbers", 1, 2)]


@pytest.mark.slow
def test_the_number_of_processes_changes_no_byte(
    homes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = set()
    for jobs in ("1", "2", "5"):
        assert run(["check", "law", "--bill", "bill.norm", "--format", "json", "--jobs", jobs]) == 1
        said.add(capsys.readouterr().out)

    assert len(said) == 1
    assert json.loads(said.pop())["verdict"] == "violated"


PATIENT = """
import os, sys
from amparo.cli.ending import ended
from amparo.verify.spread import spread, workers

def wait():
    print(os.getpid(), flush=True)
    os.read(blocked, 1)

blocked, _ = os.pipe()
try:
    with workers(2):
        spread("nothing", [wait, wait])
except KeyboardInterrupt:
    sys.exit(130)
"""


@FORKS
@pytest.mark.slow
def test_an_interruption_ends_every_process() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PATIENT], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as asking:
        assert asking.stdout is not None
        pids = [int(asking.stdout.readline()) for _ in range(2)]

        os.killpg(asking.pid, signal.SIGINT)

        assert asking.wait(timeout=60) == 130
    for each in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(each, 0)


HARD = """
import sys
from amparo.smt.session import Session

n = 12
holes = range(n)
birds = range(n + 1)
lines = [f"(declare-const x{b}_{h} Bool)" for b in birds for h in holes]
lines += ["(assert (or " + " ".join(f"x{b}_{h}" for h in holes) + "))" for b in birds]
lines += [f"(assert (not (and x{b}_{h} x{c}_{h})))" for h in holes for b in birds for c in range(b)]
session = Session("\\n".join(lines), 10**9)
try:
    print("asked", flush=True)
    session.check()
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.slow
def test_an_interruption_ends_a_call_of_the_solver_and_is_no_answer() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HARD], stdout=subprocess.PIPE, text=True
    ) as asking:
        assert asking.stdout is not None
        assert asking.stdout.readline() == "asked\n"

        asking.send_signal(signal.SIGINT)

        assert asking.wait(timeout=60) == 130
