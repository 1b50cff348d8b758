"""Precedence compiled away says what precedence interpreted says; a slice, what the periods say."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import laws
from amparo.core.law import Law, Norm, NormId, Period
from amparo.core.strata import same_side, strata
from amparo.core.world import Event, World
from amparo.diagnostics import Rejected
from amparo.semantics.context import Context
from amparo.semantics.evaluate import governs, holds, with_effect
from amparo.semantics.judge import complies, violations
from amparo.verify.check import check, questions
from amparo.verify.timeline import timeline
from trying import trying

FACTS = ("poor", "old", "urgent")
DAYS = tuple(datetime.date(year, 6, 1) for year in (2001, 2004, 2007))
PROTECTION = "charter norm protection"
WORDS = """
vocabulary words
kind Person.
official act Levy { from: Person }.
official act Fine is Levy.
""" + "".join(f"fact {each}(p: Person).\n" for each in FACTS)


@st.composite
def conditions(draw: st.DrawFn) -> str:
    """Return a condition on the facts of whoever pays."""
    found = [f"{draw(st.sampled_from(['', 'not ']))}{each}(l.from)" for each in FACTS]
    parts = draw(st.lists(st.sampled_from(found), max_size=2, unique=True))
    return f" {draw(st.sampled_from([' and ', ' or ']))} ".join(parts)


@st.composite
def norms(draw: st.DrawFn, name: str, others: list[str]) -> str:
    """Return a norm called ``name`` that may say how it stands to ``others``."""
    rule = draw(st.sampled_from(["permit", "forbid"]))
    text = f"norm {name} {rule} {draw(st.sampled_from(['Levy', 'Levy', 'Fine']))} l"
    when, unless = draw(conditions()), draw(conditions())
    text += f" when {when}" if when else ""
    text += f" unless {unless}" if unless else ""
    if others:
        for other in draw(st.lists(st.sampled_from(others), max_size=2, unique=True)):
            text += f" {draw(st.sampled_from(['despite', 'subject to', 'special to']))} {other}"
    start = draw(st.sampled_from(["", "", " in force from 2003-01-01"]))
    end = draw(st.sampled_from(["", "", " in force until 2006-01-01"]))
    return f"  {text}{start}{end}.\n"


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return a law of a protection and up to three acts of two ranks and several ages."""
    acts = draw(
        st.lists(
            st.tuples(st.sampled_from(["law", "law", "decree"]), st.sampled_from(["2000", "2002", "2005"])),
            min_size=1,
            max_size=3,
        )
    )  # fmt: skip
    counts = [draw(st.integers(1, 3)) for _ in acts]
    names = [f"act{a} norm n{a}{n}" for a, count in enumerate(counts) for n in range(count)]
    protected = draw(conditions())
    text = WORDS + 'act charter "C" rank constitution in force from 2000-01-01 evidence read\n'
    text += f"  norm protection forbid Levy l{f' when {protected}' if protected else ''}.\n"
    for number, ((rank, year), count) in enumerate(zip(acts, counts, strict=True)):
        text += f'act act{number} "A" rank {rank} in force from {year}-01-01 evidence read\n'
        for each in range(count):
            name = f"n{number}{each}"
            text += draw(norms(name, [other for other in names if not other.endswith(name)]))
    return text


@st.composite
def judged(draw: st.DrawFn) -> World:
    """Return a world of one act."""
    so = draw(st.lists(st.sampled_from(FACTS), unique=True))
    day, kind = draw(st.sampled_from(DAYS)), draw(st.sampled_from(["Levy", "Fine"]))
    act = Event("act", frozenset({kind}), day, 0, {"from": "somebody"})
    return World(
        {"somebody": frozenset({"Person"})},
        {"act": act},
        day,
        relations=frozenset((fact, ("somebody",)) for fact in so),
    )


def read(text: str) -> Law | None:
    """Return the law of ``text``; None where its words go round."""
    try:
        return laws.law(text)
    except Rejected as rejected:
        if {each.code for each in rejected.diagnostics} == {"precedence-cycle"}:
            return None
        raise


def applying(law: Law, world: World) -> Mapping[NormId, bool]:
    """Return which norms apply to the act, decided stratum by stratum, each once."""
    context, found = Context(law, world), dict[NormId, bool]()
    order = strata(law, context.rank)
    for norm in sorted(law.norms.values(), key=lambda each: order[each.id]):
        stronger = [law.norms[each] for each, _ in norm.defeated_by]
        found[norm.id] = _by_itself(norm, context) and not any(
            found[each.id] for each in stronger if same_side(each, norm, context.rank)
        )
    return found


def _by_itself(norm: Norm, context: Context) -> bool:
    day = context.event("act").on
    return norm.period.covers(day) and any(
        context.is_a("act", case.variable.sort.kind)
        and holds(case.condition, {case.variable.name: "act"}, context)
        and not any(
            holds(each.condition, {case.variable.name: "act"}, context)
            for each in with_effect(case.exceptions, day)
        )
        for case in norm.cases
    )


def sliced(law: Law, day: datetime.date) -> Law:
    """Return what is in force on ``day`` as law for all time."""
    kept = {name: each for name, each in law.norms.items() if each.period.covers(day)}
    return replace(
        law,
        norms={
            name: replace(
                each,
                period=Period(),
                defeated_by=tuple(pair for pair in each.defeated_by if pair[0] in kept),
            )
            for name, each in kept.items()
        },
    )


@trying(100)
@given(texts(), judged())
def test_the_strata_decide_as_the_norms_do(text: str, world: World) -> None:
    law = read(text)
    if law is None:
        return

    context = Context(law, world)

    assert applying(law, world) == {
        each.id: governs(each, "act", context) for each in law.norms.values()
    }


@trying(100)
@given(texts(), judged())
def test_what_is_in_force_on_a_day_judges_it_as_all_law_with_its_periods_does(
    text: str, world: World
) -> None:
    law = read(text)
    if law is None:
        return

    day_s = sliced(law, world.closing)

    assert complies(day_s, world) == complies(law, world)
    assert violations(day_s, world, day_s.norms[PROTECTION]) == violations(
        law, world, law.norms[PROTECTION]
    )


@pytest.mark.slow
@trying(5)
@given(texts())
def test_a_stretch_of_time_is_answered_as_each_of_its_days_and_as_its_slices_are(text: str) -> None:
    law = read(text)
    if law is None:
        return
    found = timeline(laws.inquiry(law), questions(law))
    (finding,) = [each for each in found if each.rule == "licensed-violation"]

    for day in DAYS:
        (over_time,) = [each for each in finding.segments if each.period.covers(day)]
        for same in (law, sliced(law, day)):
            (asked,) = check(
                laws.inquiry(same, str(day)), only=lambda norm, _: norm.id == PROTECTION
            )[:1]
            assert asked.verdict == over_time.verdict, (day, text)
