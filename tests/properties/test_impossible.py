"""That nobody can obey, or that somebody always can, is what trying all conduct comes to.

On tiny laws whose norms speak of kinds and days only, so that all conduct near a situation can be
tried one after another. `python tests/long properties` tries harder.
"""

import datetime
import random
from collections.abc import Iterator
from itertools import combinations_with_replacement, product

import pytest

import laws
from amparo.core.law import Law
from amparo.core.world import Event, World
from amparo.semantics.judge import obeyed
from amparo.verify.finding import Finding
from amparo.verify.impossible import impossibilities
from trying import SEED, often

HEAD = """
vocabulary v
event A {}.
event D {}.
private act B {}.
private act C {}.
act code "C" rank law in force from 2000-01-01 evidence inferred article 1
"""
FIRST = datetime.date(2024, 5, 1)
ACTS = tuple(product("BC", range(6)))
"""Conduct: an act, and on which day; the situation is on the days 2 and 3."""
MOST = 4


def _text(seed: int) -> str:
    chance = random.Random(seed)
    return HEAD + "".join(_norm(chance, number) for number in range(chance.randint(2, 3)))


def _norm(chance: random.Random, number: int) -> str:
    days = chance.randint(0, 2)
    if chance.random() < 0.5:
        trigger, due = chance.choice("AAD"), chance.choice("BC")
        what = f"when {trigger} t require some {due} b has b.on >= t.on within {days} days"
    else:
        kind, other = chance.choice("BC"), chance.choice("ADBC")
        differs = " and f != b" if other == kind else ""
        side = chance.choice(["after", "of"])
        word = chance.choice(["when", "when", "unless"])
        what = (
            f"forbid {kind} b {word} some {other} f has (b is within {days} days {side} f{differs})"
        )
    return f"norm n{number} {what}.\n"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEED * 1000, SEED * 1000 + often(25)))
def test_it_is_what_trying_all_conduct_comes_to(seed: int) -> None:
    law = laws.law(_text(seed))

    found = impossibilities(laws.inquiry(law))

    for each in found:
        if each.verdict == "violated":
            assert not any(obeyed(law, world) for world in _from(each))
    if found and all(each.verdict == "holds" for each in found):
        for situation in _situations():
            assert any(obeyed(law, world) for world in _conduct(situation)), situation


def _situations() -> Iterator[tuple[tuple[str, int], ...]]:
    happening = tuple(product("AD", (2, 3)))
    yield from combinations_with_replacement(happening, 1)
    yield from combinations_with_replacement(happening, 2)


def _conduct(situation: tuple[tuple[str, int], ...]) -> Iterator[World]:
    for number in range(MOST + 1):
        for acts in combinations_with_replacement(ACTS, number):
            yield _world((*situation, *acts), FIRST + datetime.timedelta(days=8))


def _from(finding: Finding) -> Iterator[World]:
    """Yield the situation of ``finding`` with conduct around it."""
    situation = finding.outcome.world
    assert situation is not None
    first = min(each.on for each in situation.events.values())
    near = [first + datetime.timedelta(days=day) for day in range(-2, 5)]
    for number in range(MOST):
        for acts in combinations_with_replacement(tuple(product("BC", near)), number):
            added = {
                f"done {place}": Event(f"done {place}", frozenset({kind}), on, 50 + place, {})
                for place, (kind, on) in enumerate(acts)
                if on <= situation.closing
            }
            yield World({}, {**situation.events, **added}, situation.closing)


def _world(events: tuple[tuple[str, int], ...], closing: datetime.date) -> World:
    made = {
        f"event {place}": Event(
            f"event {place}",
            frozenset({kind}),
            FIRST + datetime.timedelta(days=day),
            place,
            {},
        )
        for place, (kind, day) in enumerate(events)
    }
    return World({}, made, closing)


def test_the_random_laws_are_of_every_sort() -> None:
    found = [_laws_verdicts(laws.law(_text(seed))) for seed in range(12)]

    assert {"holds"} in found
    assert any("violated" in each for each in found)


def _laws_verdicts(law: Law) -> set[str]:
    return {each.verdict for each in impossibilities(laws.inquiry(law))}
