"""The engine's verdicts are those of trying every small world, whatever the question.

Never a wrong `holds`: that is what this program may not say. Each answer that there is no case is
a claim that no small world may belie; each case must be one for `semantics`.
`python tests/long properties` tries harder.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import brute
import laws
from amparo.core.authority import counting_none, counting_only, granted, weighed
from amparo.core.law import Denial, Law
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.verify.check import check
from amparo.verify.classify import unclassified
from amparo.verify.competence_gaps import gaps, overlaps
from amparo.verify.dead import dead
from amparo.verify.finding import Finding, Outcome
from amparo.verify.inquiry import Inquiry
from amparo.verify.powers import Posed, Powers
from amparo.verify.removal import removals
from strategies.bills import Amended, amended
from strategies.laws import texts
from strategies.worlds import MOMENTS
from tally import count
from trying import each_shape, trying

EACH_SHAPE = each_shape(12)
DAYS = tuple(dict.fromkeys(day for day, _ in MOMENTS))
"""The days on which something happens in a small world."""
MOST_OPEN = 6
"""Open facts of a world whose valuations are all tried; worlds with more are passed over."""

BROKEN: Mapping[str, Denial | None] = {
    "licensed-violation": None,
    "missing-safeguard": None,
    "denied-right": "forbidden",
    "right-without-remedy": "no basis",
}
"""The rules of the protections, and how the right of each is denied."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The engine says that no world is as ``shown`` tests, these readings being chosen."""

    what: str
    readings: Mapping[str, str]
    shown: Callable[[World], bool]


@pytest.mark.slow
@trying(40)
@given(texts())
def test_no_small_world_belies_what_is_said_of_protections(text: str) -> None:
    law = laws.law(text)
    found = check(laws.inquiry(law))
    for each in found:
        count(f"{each.rule}: {each.verdict}")
        for outcome in each.outcomes:
            _replays(law, each, outcome)
    _tried(law, [claim for each in found for claim in _of_protection(law, each)])


@pytest.mark.slow
@trying(20)
@given(amended(3, guarded=True), st.sampled_from(DAYS))
def test_no_small_world_belies_what_is_said_of_protections_as_of_a_day(
    written: Amended, day: datetime.date
) -> None:
    law = laws.law(written.text)
    found = check(laws.inquiry(law, day.isoformat()))
    for each in found:
        count(f"as of a day, {each.rule}: {each.verdict}")
        for outcome in each.outcomes:
            _replays(law, each, outcome, day)
    _tried(law, [claim for each in found for claim in _of_protection(law, each, day)])


@pytest.mark.slow
@trying(12)
@given(texts(3))
def test_no_small_world_belies_what_is_said_of_dead_letters_and_competences(text: str) -> None:
    law = laws.law(text)
    inquiry = laws.inquiry(law)
    _tried(law, [*_of_dead_letters(inquiry), *_of_classes(inquiry), *_of_powers(inquiry)])


def _tried(law: Law, claims: list[Claim]) -> None:
    """Hold every claim against every small world."""
    readings = {name: each.options[0][0] for name, each in law.vocabulary.readings.items()}
    count("laws tried")
    count("claims that no world belies", len(claims))
    tried = 0
    for world in brute.small_worlds(law, readings, most=EACH_SHAPE) if claims else ():
        for claim in claims:
            read = replace(world, readings={**readings, **claim.readings})
            assert not claim.shown(read), (claim.what, read)
        tried += 1
    count("worlds tried", tried)
    count("worlds held against a claim", tried * len(claims))


# -- protections ----------------------------------------------------------------------------------


def _replays(law: Law, found: Finding, outcome: Outcome, on: datetime.date | None = None) -> None:
    """Judge the case that is shown, and under every valuation of its open facts."""
    if found.rule not in BROKEN or outcome.verdict not in ("violated", "depends"):
        return
    asked = found.norm, BROKEN[found.rule], found.act, on
    assert outcome.world is not None
    assert brute.shows(law, outcome.world, *asked)
    count("cases replayed")
    if outcome.verdict == "violated" and len(outcome.world.open_facts) <= MOST_OPEN:
        count("cases replayed under every valuation of what is open")
        assert not any(brute.rescued(law, each, *asked) for each in brute.revalued(outcome.world))


def _of_protection(law: Law, found: Finding, on: datetime.date | None = None) -> Iterator[Claim]:
    norm = law.norms[found.norm]
    # What rests on text that nobody has seen depends on it, whatever is open besides.
    seen = not any(each.unknown_text for each in law.norms.values())
    for outcome in found.outcomes:
        what = f"{found.rule} {found.norm} {outcome.verdict}"
        if found.rule in BROKEN and outcome.verdict == "holds":
            asked = found.norm, BROKEN[found.rule], found.act, on
            yield Claim(what, outcome.readings, partial(_shown, law, asked))
        elif found.rule in BROKEN and outcome.verdict == "depends" and seen:
            asked = found.norm, BROKEN[found.rule], found.act, on
            yield Claim(what, outcome.readings, partial(_beyond_rescue, law, asked))
        elif found.rule == "holds-vacuously" and outcome.verdict == "violated":
            such = norm.of_kind(found.act)
            yield Claim(what, outcome.readings, partial(brute.arises, law, norm=such, on=on))
        elif found.rule == "improper-limit" and outcome.verdict == "holds" and not found.beside:
            limits = partial(brute.limits, law, guarantee=norm, on=on)
            yield Claim(what, outcome.readings, limits)


Asked = tuple[str, Denial | None, str | None, datetime.date | None]
"""A protection, how it is denied, by acts of which kind, and on which day; None: any."""


def _shown(law: Law, asked: Asked, world: World) -> bool:
    return brute.shows(law, world, *asked)


def _beyond_rescue(law: Law, asked: Asked, world: World) -> bool:
    few = len(world.open_facts) <= MOST_OPEN
    return (
        few
        and brute.shows(law, world, *asked)
        and not any(brute.rescued(law, each, *asked) for each in brute.revalued(world))
    )


# -- dead letters ---------------------------------------------------------------------------------


def _of_dead_letters(inquiry: Inquiry) -> Iterator[Claim]:
    law = inquiry.law
    without = {(each.norm, each.words): each for each in removals(law)}
    for found in dead(inquiry):
        count(f"{found.rule}: {found.verdict}")
        what = f"{found.rule} {found.norm} {found.notes}"
        for outcome in found.outcomes if found.verdict == "violated" else ():
            if found.rule == "never-applies":
                norm = law.norms[found.norm]
                applies = partial(brute.applies_somewhere, law, norm=norm)
                yield Claim(what, outcome.readings, applies)
            else:
                words = found.notes[0].removeprefix("the words: ") if found.notes else None
                other = without[found.norm, words].united.after
                yield Claim(what, outcome.readings, partial(_differ, law, other))


def _differ(before: Law, after: Law, world: World) -> bool:
    return any(True for _ in brute.differences(before, after, world))


# -- competences ----------------------------------------------------------------------------------


def _of_classes(inquiry: Inquiry) -> Iterator[Claim]:
    for found in unclassified(inquiry):
        count(f"{found.rule}: {found.verdict}")
        general = inquiry.law.norms[found.norm].general
        assert general is not None
        if found.verdict == "holds":
            yield Claim(found.rule, {}, partial(brute.slips, inquiry.law, general=general))
        for outcome in found.outcomes if found.verdict == "violated" else ():
            assert outcome.world is not None
            assert brute.slips(inquiry.law, outcome.world, general)


def _of_powers(inquiry: Inquiry) -> Iterator[Claim]:
    """Yield every "no" of the matrix of competences, and hold the gaps and overlaps against it."""
    powers = Powers(inquiry)
    law, missing, double = inquiry.law, set[str](), set[str]()
    for measure in powers.measures():
        if not powers.demanding(measure):
            continue
        given_, none = weighed(law, measure, granted), weighed(law, measure, counting_none)
        alone = {
            each: weighed(law, measure, counting_only(law.vocabulary, each))
            for each in powers.authorities(measure)
        }
        for each in powers.subjects(measure):
            real = powers.question(each, (law,), ())
            posed = powers.to(given_).question(each, (given_,), ())
            pairs = [
                powers.question(each, (alone[a], alone[b]), (none,))
                for a, b in combinations(alone, 2)
            ]
            for question in (real, posed, *pairs):
                answer = question.answer()
                count(f"competence: {answer}")
                if answer == "no":
                    yield Claim(f"{each}", {}, partial(_competent, question))
            if real.answer() == "no" and posed.answer() == "yes":
                missing.add(measure)
            if any(question.answer() == "yes" for question in pairs):
                double.add(measure)
    fired = {
        each.rule for each in (*gaps(inquiry), *overlaps(inquiry)) if each.verdict == "violated"
    }
    assert ("competence-gap" in fired) == bool(missing)
    assert ("competence-overlap" in fired) == bool(double)


def _competent(posed: Posed, world: World) -> bool:
    """Say whether lawfully there is such a measure, lawful and unlawful by the laws of ``posed``."""
    asked = posed.asked
    law = asked.powers.law
    if brute.obeyed(law, world) is not True:
        return False
    context, told = Context(law, world), asked.powers.kinds

    def just(name: str, kind: str) -> bool:
        narrower = (each for each in law.vocabulary.below(kind)[1:] if each in told)
        return context.is_a(name, kind) and not any(context.is_a(name, each) for each in narrower)

    return any(
        just(name, asked.measure)
        and all(just(str(event.roles[role]), kind) for role, kind in posed.sort.roles())
        and all(brute.lawful(each, world, name) for each in asked.lawful)
        and not any(brute.lawful(each, world, name) for each in asked.unlawful)
        for name, event in world.events.items()
    )
