"""Questions that do not rest on each other, spread over processes.

The answers come back in the order of the questions and are those that one process gives: what is
asked is a function of the law, and what a worker heard of the solver meanwhile (answers to be
remembered, proofs, effort) is heard here as if it had been asked here, in that same order.

Workers are forks, which know the law already and need no question sent; where a system cannot
fork, or where one worker would have nothing to do, everything is asked here. So is whatever a
worker could not answer: it fails here as it failed there, and a worker that was killed costs time.
"""

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from amparo.smt.proofs import are_wanted, record, recorded
from amparo.smt.session import Transcript, handed_over, learn
from amparo.smt.tally import Tally, counted, tell

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Told of every step: what is asked about, how many questions are answered, and how many there are."""


def _nobody(_: str, __: int, ___: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class _Crew:
    workers: int = 1
    progress: Progress = _nobody


_ALONE = _Crew()
_CREW: ContextVar[_Crew | None] = ContextVar("crew", default=None)


@contextmanager
def workers(number: int, progress: Progress = _nobody) -> Iterator[None]:
    """Spread over ``number`` processes whatever is asked within, and tell ``progress`` of it."""
    before = _CREW.set(_Crew(number, progress))
    try:
        yield
    finally:
        _CREW.reset(before)


def spread(about: str, questions: Iterable[Callable[[], T]]) -> tuple[T, ...]:
    """Return the answers of ``questions``, in their order."""
    asked, crew = tuple(questions), _CREW.get() or _ALONE
    number = min(crew.workers, len(asked))
    if number > 1 and _can_fork():
        return tuple(_forked(about, asked, number, crew.progress))
    found: list[T] = []
    for each in asked:
        crew.progress(about, len(found), len(asked))
        found.append(each())
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Heard(Generic[T]):
    """An answer, and what was heard of the solver on the way to it."""

    answer: T
    proofs: tuple[str, ...]
    tally: Tally
    transcripts: dict[str, Transcript]


def _can_fork() -> bool:
    return hasattr(os, "fork") and threading.active_count() == 1


def _forked(
    about: str, questions: Sequence[Callable[[], T]], number: int, progress: Progress
) -> Iterator[T]:
    heard: dict[int, _Heard[T] | None] = {}
    fork = multiprocessing.get_context("fork")
    waiting = iter(range(len(questions)))
    ours: dict[Connection, int | None] = {}
    crew = []
    try:
        for _ in range(number):
            mine, theirs = fork.Pipe()
            worker = fork.Process(
                target=_work, args=(questions, theirs, (*ours, mine)), daemon=True
            )
            worker.start()
            theirs.close()
            crew.append(worker)
            ours[mine] = None
            _hand(mine, ours, waiting)
        while busy := [each for each, at in ours.items() if at is not None]:
            progress(about, len(heard), len(questions))
            for each in wait(busy):
                assert isinstance(each, Connection)
                at = ours[each]
                assert at is not None
                try:
                    said = each.recv_bytes()
                except (EOFError, OSError):  # it was killed
                    heard[at], ours[each] = None, None
                else:
                    heard[at] = pickle.loads(said) if said else None
                    _hand(each, ours, waiting)
    finally:
        for worker in crew:
            worker.kill()
            worker.join()
        for each in ours:
            each.close()
    for at, question in enumerate(questions):
        known = heard.get(at)
        if known is None:
            yield question()
        else:
            for script in known.proofs:
                record(script)
            tell(known.tally)
            learn(known.transcripts)
            yield known.answer


def _hand(to: Connection, ours: dict[Connection, int | None], waiting: Iterator[int]) -> None:
    """Hand the next question to a worker, if there is one."""
    ours[to] = next(waiting, None)
    if ours[to] is not None:
        try:
            to.send(ours[to])
        except BrokenPipeError:  # it was killed
            ours[to] = None


def _work(
    questions: Sequence[Callable[[], object]], to: Connection, others: Iterable[Connection]
) -> None:
    """Answer in a fork, until whoever asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks ends this
    for each in others:
        each.close()
    _CREW.set(None)
    while True:
        try:
            at = to.recv()
        except EOFError:
            return
        to.send_bytes(_answered(questions[at]))


def _answered(question: Callable[[], object]) -> bytes:
    """Return what is heard, as bytes; nothing where it fails, which it will again where it counts."""
    try:
        listening = recorded() if are_wanted() else nullcontext(dict[str, None]())
        with listening as proofs, counted() as tally, handed_over() as transcripts:
            answer = question()
        return pickle.dumps(_Heard(answer, tuple(proofs), tally, transcripts))
    except Exception:
        return b""
