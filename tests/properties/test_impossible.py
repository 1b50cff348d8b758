"""That nobody can obey, or that somebody always can, is what trying all conduct comes to.

On tiny laws whose norms speak of kinds and days only, so that all conduct near a situation can be
tried one after another. So it is of what a protection forbids and the law demands.
`python tests/long properties` tries harder.
"""

import datetime
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, product

import pytest

import laws
from amparo.core.law import Law
from amparo.core.world import Event, World
from amparo.semantics.judge import obeyed, violations
from amparo.verify.finding import Finding
from amparo.verify.impossible import impossibilities
from amparo.verify.obstacles import obstacles
from tally import count
from trying import SEED, often

HEAD = """
vocabulary v
event A {}.
event D {}.
private act B {}.
private act C {}.
act code "C" rank law in force from 2000-01-01 evidence inferred article 1
"""
PROTECTION = """
act basic "B" rank constitution in force from 2000-01-01 evidence inferred article 1
norm protection forbid """
FIRST = datetime.date(2024, 5, 1)
CONDUCT = "BC"
ACTS = tuple(product(CONDUCT, range(6)))
"""Conduct: an act, and on which day; the situation is on the days 2 and 3."""
MOST = 4


def _text(seed: int) -> str:
    return _drawn(random.Random(seed))


def _drawn(chance: random.Random) -> str:
    return HEAD + "".join(_norm(chance, number) for number in range(chance.randint(2, 3)))


def _protected(seed: int) -> str:
    """Return a law with a protection that forbids some of the conduct."""
    chance = random.Random(seed)
    kind, other, days = chance.choice("BC"), chance.choice("ADBC"), chance.randint(0, 2)
    differs = " and f != b" if other == kind else ""
    side, word = chance.choice(["after", "before", "of"]), chance.choice(["when", "unless"])
    near = f" {word} some {other} f has (b is within {days} days {side} f{differs})"
    said = chance.choice(["", near, near])
    return f"{_drawn(chance)}{PROTECTION}{kind} b{said}.\n"


def _norm(chance: random.Random, number: int) -> str:
    days = chance.randint(0, 2)
    if chance.random() < 0.5:
        # To do the one thing may let another fall due; that may turn on what happened before.
        trigger = chance.choice("AADB")
        due = "C" if trigger == "B" else chance.choice("BC")
        has = chance.choice(
            ["", "", " has (some D d has d before t)", " has (no A a has a.on > t.on)"]
        )
        on = chance.choice(["b.on >= t.on", "b.on >= t.on", "b.on = t.on and b before t"])
        what = f"when {trigger} t{has} require some {due} b has ({on}) within {days} days"
        if chance.random() < 0.2:
            what += f" otherwise require some {chance.choice('BC')} o has o after t within 1 days"
        if chance.random() < 0.2:
            what += " unless some D f has f.on = t.on"
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
        count(f"{each.rule}: {each.verdict}")
        if each.verdict == "violated":
            trigger = _trigger(law, each.norm)
            assert trigger is not None
            assert not any(obeyed(law, world) for world in _from(law, each, trigger))
    if found and all(each.verdict == "holds" for each in found):
        for situation in _situations():
            assert any(obeyed(law, world) for world in _conduct(situation)), situation


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEED * 1000, SEED * 1000 + often(25)))
def test_a_violation_is_commanded_where_all_conduct_breaks_the_law_or_the_protection(
    seed: int,
) -> None:
    law = laws.law(_protected(seed))
    protection = law.norms["basic article 1 norm protection"]

    def keeps(world: World) -> bool:
        return obeyed(law, world) and not violations(law, world, protection)

    found = obstacles(laws.inquiry(law))

    commanded = [each for each in found if each.rule == "commanded-violation"]
    for each in commanded:
        count(f"{each.rule}: {each.verdict}")
        triggers = {_trigger(law, norm) for norm in each.beside} - {None}
        # Of several duties, the finding does not say at which of them conduct begins.
        if each.verdict == "violated" and (len(triggers) == 1 or not triggers & {*CONDUCT}):
            (trigger, *_) = sorted(map(str, triggers))
            assert not any(map(keeps, _from(law, each, trigger)))
            assert any(obeyed(law, world) for world in _from(law, each, trigger))
            count("commanded violations held against all conduct")
    if commanded and all(each.verdict == "holds" for each in found):
        for situation in _situations():
            assert any(map(keeps, _conduct(situation))), situation
        count("laws that command no violation held against all conduct")


def _trigger(law: Law, norm: str) -> str | None:
    """Return at what the duty ``norm`` falls due; None: it is none."""
    (case,) = law.norms[norm].cases
    return case.variable.sort.kind if law.norms[norm].modality == "require" else None


def _situations() -> Iterator[tuple[tuple[str, int], ...]]:
    happening = tuple(product("AD", (2, 3)))
    yield from combinations_with_replacement(happening, 1)
    yield from combinations_with_replacement(happening, 2)


def _conduct(situation: tuple[tuple[str, int], ...]) -> Iterator[World]:
    there = {
        f"event {place}": _event(kind, FIRST + datetime.timedelta(days=day), 10 + place)
        for place, (kind, day) in enumerate(situation)
    }
    for number in range(MOST + 1):
        for acts in combinations_with_replacement(ACTS, number):
            dated = [(kind, FIRST + datetime.timedelta(days=day)) for kind, day in acts]
            yield from _done(there, dated, FIRST + datetime.timedelta(days=8))


def _from(law: Law, finding: Finding, trigger: str) -> Iterator[World]:
    """Yield the situation of ``finding`` with conduct around it; after ``trigger``, if that is conduct."""
    situation = finding.outcome.world
    assert situation is not None
    begins = [e.on for e in situation.events.values() if trigger in e.kinds]
    since = max(begins) if trigger in CONDUCT else datetime.date.min
    around = {
        each.on + datetime.timedelta(days=day)
        for each in situation.events.values()
        for day in range(-2, 5)
    }
    near = sorted(day for day in around if since <= day <= situation.closing)
    for number in range(MOST):
        for acts in combinations_with_replacement(tuple(product(CONDUCT, near)), number):
            for world in _done(situation.events, acts, situation.closing):
                moments = {name: each.moment for name, each in world.events.items()}
                started = [moments[n] for n, e in situation.events.items() if e.on in begins]
                done = [at for name, at in moments.items() if name not in situation.events]
                if since == datetime.date.min or all(at > max(started) for at in done):
                    yield world


def _done(
    there: Mapping[str, Event], acts: Sequence[tuple[str, datetime.date]], closing: datetime.date
) -> Iterator[World]:
    """Yield ``there`` with ``acts`` in five orders within the day.

    As listed, the other way round, all at once; and before what is there, either way round.
    """
    number = len(acts)
    orders: list[Sequence[int]] = [range(50, 50 + number), range(50 + number, 50, -1)]
    orders += [[50] * number, range(-number, 0), range(-1, -number - 1, -1)]
    for order in orders if number else orders[:1]:
        added = {
            f"done {place}": _event(kind, on, order[place]) for place, (kind, on) in enumerate(acts)
        }
        yield World({}, {**there, **added}, closing)


def _event(kind: str, on: datetime.date, order: int) -> Event:
    return Event(f"{kind} {on} {order}", frozenset({kind}), on, order, {})


def test_the_random_laws_are_of_every_sort() -> None:
    found = [_laws_verdicts(laws.law(_text(seed))) for seed in range(12)]

    assert {"holds"} in found
    assert any("violated" in each for each in found)


def _laws_verdicts(law: Law) -> set[str]:
    return {each.verdict for each in impossibilities(laws.inquiry(law))}
