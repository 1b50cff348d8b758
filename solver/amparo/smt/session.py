"""Sessions with the solver, each question of which is put to it once.

A session is a function of its script: the solver starts afresh, its seeds are fixed, its effort is
counted and not timed. So what it answered once is what it answers. What was asked and answered is
written down in a transcript; a session follows the transcript of its script as far as it goes, and
calls the solver only where something is asked that stands nowhere. Within `remembering` the
transcripts are kept, from one session to the next and from one run to the next.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal as OneOf
from typing import Protocol, cast

from amparo.smt.tally import Tally, tell
from amparo.smt.z3_backend import VERSION, Answer, Solver

FORM = 1
"""The form of transcripts: of another one none is read."""
AT_ONCE = 100
"""Transcripts kept at a time: what a run that is killed may lose."""

Transcript = dict[str, dict[str, str]]
"""Where a session stands (all that moved it, condensed) to each question there and its answer."""


class Keeper(Protocol):
    """Keeps transcripts from run to run, each under a key of its script."""

    def recalled(self, key: str) -> Transcript | None:
        """Return what is kept under ``key``; None where nothing is, or nothing trustworthy."""

    def keep(self, key: str, transcript: Transcript) -> None:
        """Keep ``transcript`` under ``key`` if it can be kept."""


@dataclass(slots=True)
class Memory:
    """The transcripts of a run, and the keeper of those of earlier ones if there is one."""

    keeper: Keeper | None = None
    away: bool = False
    """Whether what is new is handed over, to be kept elsewhere."""
    _known: dict[str, Transcript] = field(default_factory=dict)
    _new: dict[str, None] = field(default_factory=dict)

    def of(self, key: str) -> Transcript:
        """Return the transcript under ``key``, empty where there is none."""
        if key not in self._known:
            recalled = None if self.keeper is None else self.keeper.recalled(key)
            self._known[key] = {} if recalled is None else recalled
        return self._known[key]

    def grown(self, key: str) -> None:
        """Note that the transcript under ``key`` holds more than is kept of it."""
        if key not in self._new and len(self._new) >= AT_ONCE and not self.away:
            self.settle()
        self._new[key] = None

    def take_over(self, transcripts: Mapping[str, Transcript]) -> None:
        """Remember what was answered elsewhere."""
        for key, told in transcripts.items():
            mine = self.of(key)
            for place, answers in told.items():
                mine.setdefault(place, {}).update(answers)
            self.grown(key)

    def hand_over(self) -> dict[str, Transcript]:
        """Return everything that is new, to be kept elsewhere."""
        new = {key: self._known[key] for key in self._new}
        self._new.clear()
        return new

    def settle(self) -> None:
        """Have everything kept that is new."""
        if self.keeper is not None:
            for key in self._new:
                self.keeper.keep(key, self._known[key])
        self._new.clear()


_REMEMBERED: ContextVar[Memory | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering(keeper: Keeper | None = None) -> Iterator[None]:
    """Remember every session that is held within, and what ``keeper`` kept of earlier runs.

    Without a keeper, within what is remembered already if anything is.
    """
    if keeper is None and _REMEMBERED.get() is not None:
        yield
        return
    memory = Memory(keeper)
    before = _REMEMBERED.set(memory)
    try:
        yield
    finally:
        _REMEMBERED.reset(before)
        memory.settle()


@contextmanager
def handed_over() -> Iterator[dict[str, Transcript]]:
    """Collect what is answered anew within; to be handed to `learn` in another process."""
    new: dict[str, Transcript] = {}
    memory = _REMEMBERED.get()
    if memory is not None:
        memory.away = True
        memory.hand_over()
    yield new
    if memory is not None:
        new.update(memory.hand_over())


def learn(transcripts: Mapping[str, Transcript]) -> None:
    """Remember what was answered in another process."""
    memory = _REMEMBERED.get()
    if memory is not None:
        memory.take_over(transcripts)


class Session:
    """One script, asked repeatedly; the last check decides what a model or a core is of."""

    def __init__(self, script: str, effort: int) -> None:
        """Begin; its checks together may spend ``effort`` of the solver's resource units."""
        self._script, self._effort = script, effort
        said = f"{FORM} {VERSION} {effort}\n{script}"
        self._key = hashlib.sha256(said.encode()).hexdigest()
        self._memory = _REMEMBERED.get()
        self._transcript: Transcript = {} if self._memory is None else self._memory.of(self._key)
        self._solver: Solver | None = None
        self._place = ""
        self._moves: list[str] = []
        self.left = effort
        """What its checks may still spend."""

    def check(
        self,
        assumptions: Sequence[str] = (),
        denied: Sequence[str] = (),
        most: int | None = None,
    ) -> Answer:
        """Decide the script with the Boolean constants ``assumptions`` true and ``denied`` false.

        It spends ``most`` at the most, or all that is left; `unknown` when that is used up.
        """
        limit = self.left if most is None else min(most, self.left)
        answer, left = self._move("check", str(limit), *assumptions, "not", *denied).split()
        self.left = int(left)
        return cast(Answer, answer)

    def core(self) -> tuple[str, ...]:
        """Return assumptions of the last check that are together unsatisfiable."""
        return tuple(self._ask("core").split())

    def add(self, literal: str) -> None:
        """Hold the Boolean constant ``literal`` true from now on; the last model stays readable."""
        self._move("add", literal)

    def truth(self, name: str) -> bool:
        """Return the value of a Boolean constant in the last model."""
        return self._ask("truth", name) == "true"

    def holds(self, predicate: str, sort: str, name: str) -> bool:
        """Return whether ``predicate`` holds of the individual ``name`` in the last model."""
        return self._ask("holds", predicate, sort, name) == "true"

    def number(self, name: str, sort: OneOf["Int", "Real"]) -> int | Fraction:
        """Return the value of a numeric constant in the last model."""
        value = Fraction(self._ask("number", name, sort))
        return int(value) if sort == "Int" else value

    def individual(self, name: str, sort: str) -> str:
        """Return the last model's own name of the individual ``name``: equal iff it is the same."""
        return self._ask("individual", name, sort)

    # -- inside --------------------------------------------------------------------------

    def _move(self, *words: str) -> str:
        """Return the answer to a question after which others are answered otherwise."""
        question = " ".join(words)
        answer = self._ask(*words)
        self._moves.append(question)
        self._place = hashlib.sha256(f"{self._place}\n{question}".encode()).hexdigest()[:16]
        return answer

    def _ask(self, *words: str) -> str:
        question = " ".join(words)
        answers = self._transcript.setdefault(self._place, {})
        if question not in answers:
            answers[question] = self._awake().answer(question)
            if self._memory is not None:
                self._memory.grown(self._key)
        elif self._solver is not None and words[0] in ("check", "add"):
            self._solver.answer(question)
        elif words[0] == "check":
            tell(Tally(remembered=1))
        return answers[question]

    def _awake(self) -> Solver:
        """Return the solver, where the session stands."""
        if self._solver is None:
            self._solver = Solver(self._script, self._effort)
            for each in self._moves:
                self._solver.answer(each)
        return self._solver
