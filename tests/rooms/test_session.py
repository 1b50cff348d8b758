"""What the solver answered once is what it answers."""

from dataclasses import dataclass, field
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.smt.session import Session, Transcript, remembering
from amparo.smt.tally import counted

SCRIPT = """
(declare-sort S 0)
(declare-fun k (S) Bool)
(declare-const a S)
(declare-const b S)
(declare-const n Int)
(declare-const r Real)
(declare-const p Bool)
(declare-const q Bool)
(declare-const s Bool)
(assert (not (= a b)))
(assert (and (k a) (not (k b))))
(assert (and (<= 3 n) (< n 6) (= (* 2.0 r) (to_real n))))
(assert (=> p (= n 4)))
(assert (=> q (= n 3)))
(assert (=> s (not q)))
"""
EFFORT = 100_000

Step = tuple[str, tuple[str, ...], tuple[str, ...]]
NAMES = st.lists(st.sampled_from("pqs"), unique=True, max_size=3).map(tuple)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("check"), NAMES, NAMES),
        st.tuples(st.just("add"), st.sampled_from("ps").map(lambda each: (each,)), st.just(())),
        st.tuples(st.just("look"), st.just(()), st.just(())),
    ),
    max_size=6,
)


@dataclass
class Kept:
    """Keeps transcripts in memory."""

    transcripts: dict[str, Transcript] = field(default_factory=dict)

    def recalled(self, key: str) -> Transcript | None:
        return self.transcripts.get(key)

    def keep(self, key: str, transcript: Transcript) -> None:
        self.transcripts[key] = {place: dict(told) for place, told in transcript.items()}


def held(steps: list[Step]) -> list[object]:
    """Hold a session, and return all that it answered."""
    session, said, checked = Session(SCRIPT, EFFORT), list[object](), "unknown"
    for verb, names, denied in steps:
        if verb == "check":
            checked = session.check(names, denied)
            said += [checked, session.left]
        elif verb == "add":
            session.add(names[0])
        if verb == "look" and checked == "sat":
            said += [session.number("n", "Int"), session.number("r", "Real"), session.truth("p")]
            said += [session.holds("k", "S", "a"), session.holds("k", "S", "b")]
            said.append(session.individual("a", "S") == session.individual("b", "S"))
        if verb == "check" and checked == "unsat":
            said.append(session.core())
    return said


@pytest.mark.slow
@given(STEPS, STEPS)
@settings(deadline=None, max_examples=40)
def test_a_session_answers_the_same_whatever_is_remembered(
    before: list[Step], steps: list[Step]
) -> None:
    """The solver is called where another session went elsewhere, and stands where this one does."""
    kept = Kept()
    with remembering(kept):
        held(before)

    with remembering(kept):
        remembered = held(steps)

    assert held(steps) == remembered


def test_what_was_answered_in_another_run_is_not_asked_again() -> None:
    kept = Kept()
    steps: list[Step] = [("check", ("p",), ()), ("look", (), ()), ("check", ("p", "q"), ())]
    with remembering(kept):
        first = held(steps)

    with counted() as calls, remembering(kept):
        again = held(steps)

    assert first == again
    assert Fraction(2) in first
    assert calls.calls == 0


def test_sessions_of_one_run_share_what_was_answered() -> None:
    with counted() as calls, remembering():
        held([("check", (), ())])
        with remembering():
            held([("check", (), ())])
        held([("check", (), ()), ("check", ("q",), ())])

    assert calls.calls == 3  # one; one more to stand where it left off; one that is new


def test_less_effort_is_another_question() -> None:
    with counted() as calls, remembering():
        Session(SCRIPT, EFFORT).check()
        Session(SCRIPT, EFFORT + 1).check()

    assert calls.calls == 2
