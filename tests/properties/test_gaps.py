"""A gap of protection is told of exactly the days on which an act meets none at a place, in `semantics`.

One act is tried on every day on which something may change, and on the day before it.
"""

import datetime
from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

import brute
import laws
from amparo.core.law import Law, Norm, Provision
from amparo.core.world import Event, World
from amparo.verify.check import protections
from amparo.verify.inquiry import ALWAYS
from amparo.verify.lapses import lapse_findings
from strategies.laws import PLACES, Act, Placed
from strategies.norms import Norm as Said
from tally import count
from trying import trying

WORDS = """
vocabulary words
kind Person.
event Notice {}.
official act Levy { from: Person }.
power act Appeal { by: Person, against: Levy }.
"""
RULES = (
    "forbid Levy l",
    "when Levy l require some Notice n within 3 days",
    "guarantee Appeal a when a.by = a.against.from",
)
CHANGES = ("2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01")
DAYS = tuple(laws.on(each) + datetime.timedelta(days=step) for each in CHANGES for step in (-1, 0))


@st.composite
def protected(draw: st.DrawFn) -> str:
    """Return a constitution whose protections come and go, and bills that take one away and back."""
    placed: list[Placed] = []
    for number in range(draw(st.integers(2, 5))):
        since, until = _two_days(draw)
        since, until = f" in force from {since}", f" until {until}"
        period = draw(st.sampled_from([f" in force{until}", since, since + until, ""]))
        said = Said(f"n{number}", draw(st.sampled_from(RULES)), period=period)
        placed.append(Placed(said, draw(st.sampled_from(PLACES))))
    act = Act("basic", "constitution", "2000-01-01", tuple(placed))
    bills = ""
    whole = [each for each in placed if not each.norm.period]
    if whole:
        gone, back = _two_days(draw)
        one = draw(st.sampled_from(whole))
        bills = _bill("away", gone, f"repeal {one.place} norm {one.norm.name}.")
        bills += _bill("again", back, f"in {one.place} insert {one.norm.text}.")
    return WORDS + act.text + bills


def _two_days(draw: st.DrawFn) -> tuple[str, str]:
    return draw(st.sampled_from(list(combinations(CHANGES, 2))))


def _bill(name: str, day: str, instruction: str) -> str:
    return (
        f'bill {name} "B" rank constitution in force from {day} evidence read\n'
        f" amend basic {instruction}\n"
    )


@trying(300)
@given(protected())
def test_a_gap_is_told_of_exactly_the_days_on_which_nothing_at_a_place_protects(text: str) -> None:
    law = laws.law(text)
    norms = tuple(protections(law, ALWAYS))
    protecting = {day: [each for each in norms if _protects(law, each, day)] for day in DAYS}

    def is_bare(place: Provision, day: datetime.date) -> bool:
        def kept(days: list[datetime.date]) -> bool:
            return any(_within(n.provision, place) for each in days for n in protecting[each])

        before, after = [d for d in DAYS if d < day], [d for d in DAYS if d > day]
        return not kept([day]) and kept(before) and kept(after)

    def taken_up(place: Provision, day: datetime.date) -> bool:
        """Say whether another norm beside ``place`` commences when the gap there begins."""
        start = max(d for d in DAYS if d <= day and not is_bare(place, _before(d)))
        beside = [n for n in norms if replace(n.provision, norm="") == replace(place, norm="")]
        return any(n in protecting[start] and n not in protecting[_before(start)] for n in beside)

    places = {each for norm in norms for each in _around(norm.provision)}
    for day in DAYS:
        told = [each.provision for each in lapse_findings(laws.inquiry(law, f"{day}"), norms, None)]
        assert all(is_bare(each, day) for each in told), (day, told)
        for place in places:
            near = any(_within(place, each) or _within(each, place) for each in told)
            if is_bare(place, day):
                assert near or (place.norm and taken_up(place, day)), (day, place)
                count("days without a protection that are told")
        count("days on which a gap is told" if told else "days on which no gap is told")


def _protects(law: Law, norm: Norm, day: datetime.date) -> bool:
    levy = Event("levy", frozenset({"Levy"}), day, 0, {"from": "person"})
    world = World({"person": frozenset({"Person"})}, {"levy": levy}, day)
    return brute.speaks(law, world, norm)


def _before(day: datetime.date) -> datetime.date:
    return max((each for each in DAYS if each < day), default=day)


def _around(place: Provision) -> tuple[Provision, ...]:
    act, article = Provision(place.act), Provision(place.act, place.article)
    return (act, article, replace(place, norm="", point=""), replace(place, norm=""), place)


def _within(place: Provision, other: Provision) -> bool:
    return other in _around(place)
