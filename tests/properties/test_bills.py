"""What is said of a bill: whether a breach is new, which instructions bring it, which words cure it.

Each is held against trying everything: every part of the bill, every small world.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, combinations, islice

import hypothesis
import pytest

import brute
import laws
from amparo.core.law import Law, Norm, Period
from amparo.core.world import World
from amparo.pipeline.editions import Editions
from amparo.semantics.context import Context
from amparo.semantics.evaluate import governs, outcome
from amparo.verify.against import WORSE
from amparo.verify.blame import blamed
from amparo.verify.check import check, protects
from amparo.verify.cure import cured
from amparo.verify.finding import Finding, Verdict
from strategies.bills import Amended, amended, restated
from tally import count
from trying import each_shape, trying

EACH_SHAPE = each_shape(8)
MOST_WORLDS = each_shape(1500)
Key = tuple[str, str, str | None]


@pytest.mark.slow
@trying(25)
@hypothesis.given(amended(3))
def test_a_breach_that_is_told_to_be_old_is_new_in_no_small_world(written: Amended) -> None:
    editions = laws.editions(written.text)
    head, base = editions.head().law, editions.base().law
    before = _verdicts(base)
    old = []
    for found in check(laws.inquiry(head), base):
        if not protects(found.rule):
            continue
        count(f"with a bill: {found.status}")
        was = before[_key(found)]
        assert found.base_verdict == was
        if WORSE[found.verdict] != WORSE[was]:
            worse = WORSE[found.verdict] > WORSE[was]
            assert found.status == ("introduced" if worse else "cured")
        elif found.status == "pre-existing" and found.rule == "licensed-violation":
            old.append(found)
    for world in _worlds(head) if old else ():
        for found in old:
            assert not _newly(head, base, found, world), world
            count("worlds in which an old breach is looked for anew")


@pytest.mark.slow
@trying(25)
@hypothesis.given(restated())
def test_a_breach_that_a_changed_state_brings_is_not_told_to_be_old(texts: tuple[str, str]) -> None:
    base, head = map(laws.law, texts)
    (found,) = (
        each for each in check(laws.inquiry(head), base) if each.rule == "licensed-violation"
    )
    count(f"with a changed state: {found.status}")
    for world in _worlds(head) if found.status == "pre-existing" else ():
        assert not _newly(head, base, found, world), world
        count("worlds in which an old breach is looked for anew")


def _newly(head: Law, base: Law, found: Finding, world: World) -> bool:
    """Say whether, all obeying the new law, an act breaks it that was unlawful before, for certain."""
    world = replace(world, readings={**world.readings, **found.outcome.readings})
    norm = head.norms[found.norm].of_kind(found.act)
    if brute.obeyed(head, world) is not True:
        return False
    after, before = Context(head, world), Context(base, world)
    bans = [each for each in base.lower(0) if each.modality == "forbid"]
    return any(
        outcome(partial(governs, norm, event, after)) is True
        and any(outcome(partial(governs, ban, event, before)) is True for ban in bans)
        for event in world.events
    )


@pytest.mark.slow
def test_the_causes_are_the_minimal_sets_that_every_part_with_them_breaks() -> None:
    tried: list[bool] = []

    @trying(25)
    @hypothesis.given(amended(3, guarded=True))
    def told(written: Amended) -> None:
        breaks = _causes_are_told(written)
        hypothesis.event("the bill breaks what held" if breaks else "it breaks nothing that held")
        tried.append(breaks)

    told()
    count("bills whose causes are looked for", len(tried))
    count("bills that break a protection that held", sum(tried))
    assert 10 * sum(tried) >= len(tried), "too few bills break a protection for this to tell much"


def _causes_are_told(written: Amended) -> bool:
    """Hold the causes against trying every part of the bill; say whether it breaks what held."""
    editions = laws.editions(written.text)
    head, base = editions.head().law, editions.base().law
    drafts = editions.drafts()
    into = laws.inquiry(head)
    found = [
        each
        for each in blamed(into, base, drafts, check(into, base))
        if protects(each.rule) and (each.verdict, each.base_verdict) == ("violated", "holds")
    ]
    parts = _parts(editions) if found else {}
    for each in found:
        bad = {part: verdicts[_key(each)] for part, verdicts in parts.items()}
        if not set(bad.values()) <= {"holds", "violated"}:
            count("breaches of which some part of the bill is not decided, passed over")
            continue
        expected = _minimal(
            {part: said == "violated" for part, said in bad.items()}, len(drafts.whole)
        )
        told = {frozenset(one.instruction for one in cause) for cause in each.causes}
        assert told == expected, (told, expected)
        count("breaches whose causes are those of trying every part of the bill")
        if each.adoptable is not None:
            safe = frozenset(one.instruction for one in each.adoptable)
            assert bad[safe] == "holds"
            assert len(safe) == max(len(part) for part, said in bad.items() if said == "holds")
    return bool(found)


def _minimal(bad: Mapping[frozenset[int], bool], number: int) -> set[frozenset[int]]:
    """Return the minimal sets of instructions such that every part that contains one is bad."""
    every = [frozenset(each) for each in _subsets(range(1, number + 1))]
    causes = [each for each in every if all(is_bad for part, is_bad in bad.items() if each <= part)]
    return {each for each in causes if not any(other < each for other in causes)}


def _parts(editions: Editions) -> dict[frozenset[int], dict[Key, Verdict]]:
    """Return what is found of every part of the bill that makes law."""
    found = {}
    (bill,) = editions.asked
    numbers = range(1, len(editions.drafts().whole) + 1)
    for part in _subsets(numbers):
        law = editions.variant(frozenset((bill.name.text, each) for each in part))
        if law is not None:
            found[frozenset(part)] = _verdicts(law)
    return found


def _subsets(numbers: range) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(numbers, each) for each in range(len(numbers) + 1))


@pytest.mark.slow
@trying(12)
@hypothesis.given(amended(3, guarded=True))
def test_a_cure_cures_and_changes_nothing_that_is_not_protected_against(written: Amended) -> None:
    editions = laws.editions(written.text)
    head, base = editions.head().law, editions.base().law
    # A cure is for acts from its commencement on: what was wrong before stays as it was.
    late = any("commencing" in each for each in written.instructions)
    since = laws.on("2024-02-02" if late else written.start)
    before = _verdicts(head, since)
    for found in cured(laws.inquiry(head), editions.drafts(), check(laws.inquiry(head), base)):
        for cure in found.cure:
            law = laws.law(_pasted(written, cure))
            after = _verdicts(law, since)
            assert after[_key(found)] == "holds"
            assert all(WORSE[after[key]] <= WORSE[said] for key, said in before.items())
            count("cures pasted and checked again")
            norm = law.norms[found.norm]
            for world in _worlds(law):
                if all(each.on >= since for each in world.events.values()):
                    assert not brute.shows(law, world, found.norm, None, found.act)
                if found.rule == "licensed-violation":
                    _spares(head, law, norm, world)
                count("worlds judged with a cure")


def _spares(head: Law, law: Law, protection: Norm, world: World) -> None:
    """Hold that whatever is judged otherwise with the cure is what the protection speaks of."""
    bare = replace(
        protection,
        defeated_by=(),
        cases=tuple(replace(each, exceptions=()) for each in protection.cases),
    )
    context = Context(law, world)
    for event in world.events:
        if brute.lawful(head, world, event) and not brute.lawful(law, world, event):
            assert outcome(partial(governs, bare, event, context)) is not False, (event, world)


def _pasted(written: Amended, cure: str) -> str:
    """Return the law and the bill with ``cure`` where its first line says."""
    where, _, said = cure.partition("\n")
    amend = f" amend {written.target}\n"
    listed = [f"{amend}  {each}\n" for each in written.instructions]
    if where.startswith("# in place of instruction "):
        listed[int(where.split(" ")[5]) - 1] = f"{said}\n"
    else:
        assert where.startswith("# at the end of"), where
        listed.append(f"{said}\n")
    head, _, _ = written.text.partition(amend)
    return head + "".join(listed)


def _verdicts(law: Law, since: date | None = None) -> dict[Key, Verdict]:
    inquiry = replace(laws.inquiry(law), when=Period(since))
    return {_key(each): each.verdict for each in check(inquiry) if protects(each.rule)}


def _key(found: Finding) -> Key:
    return found.rule, found.norm, found.act


def _worlds(law: Law) -> Iterator[World]:
    readings = {name: each.options[0][0] for name, each in law.vocabulary.readings.items()}
    return islice(brute.small_worlds(law, readings, most=EACH_SHAPE), MOST_WORLDS)
