"""Which instructions of a bill bring a finding, and which part of the bill can stand."""

from collections.abc import Iterator
from itertools import combinations

import pytest

import laws
from amparo.smt.reach import reach
from amparo.verify.blame import blamed_whole
from amparo.verify.check import check
from amparo.verify.finding import Finding
from town import CHARTER, HOUSING, ORDERED, PARADE, SAFE, UNSAFE, WIDE, WORDS, bill


def causes(finding: Finding) -> list[list[tuple[str, int]]]:
    """Return the instructions of each cause."""
    return [[(each.bill, each.instruction) for each in cause] for cause in finding.causes]


def numbers(finding: Finding) -> list[list[int]]:
    """Return the ordinals of each cause."""
    return [[number for _, number in cause] for cause in causes(finding)]


def adoptable(text: str, as_of: str | None = None) -> list[int] | None:
    """Return the ordinals of the largest part that makes nothing worse."""
    asked = laws.editions(text)
    into, base = laws.inquiry(asked.head().law, as_of), asked.base().law
    found = blamed_whole(into, base, asked.drafts(), check(into, base)).adoptable
    return None if found is None else [each.instruction for each in found]


def test_the_instruction_that_breaks_it_is_the_cause_and_the_rest_can_stand() -> None:
    text = WORDS + CHARTER + HOUSING + bill(PARADE, WIDE)
    found = laws.finding(text)

    assert numbers(found) == [[2]]
    assert [each.instruction for each in found.adoptable or ()] == [1]
    assert adoptable(text) == [1]


def test_instructions_that_break_it_only_together_are_one_cause() -> None:
    old = HOUSING.replace(f"permit Eviction e when {ORDERED}", "permit Eviction e")
    guard = f"\n  article 4\n    norm guard forbid Eviction e unless {ORDERED}.\n"
    other = f"  article 5\n    norm twin forbid Eviction e unless {ORDERED}.\n"
    found = laws.finding(
        WORDS + CHARTER + old + guard + other + bill(UNSAFE, "repeal article 5.", PARADE)
    )

    assert numbers(found) == [[1, 2]]
    assert [each.instruction for each in found.adoptable or ()] == [2, 3]


def test_each_instruction_that_breaks_it_by_itself_is_a_cause() -> None:
    second = "in article 2 insert norm quick permit Eviction e when 1 < 2."
    found = laws.finding(WORDS + CHARTER + HOUSING + bill(WIDE, second))

    assert numbers(found) == [[1], [2]]
    assert found.adoptable == ()
    assert [each.instruction for each in found.cause] == [1, 2]


def test_a_third_instruction_that_undoes_the_cure_of_the_second_belongs_to_the_cause() -> None:
    # The first breaks it, the second keeps all evictions to an order, the third lifts that again.
    lifts = "in article 2 insert norm lifts permit Eviction e despite norm but."
    whole = WORDS + CHARTER + HOUSING + bill(WIDE, SAFE, lifts)
    found = laws.finding(whole)

    # The third is a basis that prevails: it breaks it alone. The first does so unless the second
    # is there and the third is not: no part with the first need break it.
    assert numbers(found) == [[3]]
    assert adoptable(whole) == [1, 2]


def test_what_another_instruction_cures_is_no_cause_by_itself() -> None:
    lifts = "in article 4 norm guard add unless 1 < 2."
    base = HOUSING + f"  article 4\n    norm guard forbid Eviction e unless {ORDERED}.\n"
    found = laws.finding(WORDS + CHARTER + base + bill(WIDE, SAFE, lifts))
    assert found.verdict == "holds"

    without_safety = laws.finding(WORDS + CHARTER + base + bill(WIDE, lifts))
    assert numbers(without_safety) == [[1, 2]]


def test_of_a_part_that_makes_no_law_nothing_is_asked() -> None:
    # The second instruction works on what the first brings: without it there is no such norm.
    inserts = "in article 1 insert norm wide permit Eviction e when 2 < 1."
    first = bill(inserts)
    widens = "in article 1 norm wide substitute 2 < 1 with 1 < 2."
    second = bill(widens, name="again", start="2021-01-01")
    found = laws.finding(WORDS + CHARTER + HOUSING + first + second)

    # Every part of the bills that makes law and contains the second contains the first.
    assert causes(found) == [[("again", 1)]]
    assert [each.bill for each in found.adoptable or ()] == ["change"]


def test_an_old_fault_is_no_ground_for_blame() -> None:
    old = HOUSING.replace(f"permit Eviction e when {ORDERED}", "permit Eviction e")
    found = laws.finding(WORDS + CHARTER + old + bill(PARADE))

    assert (found.status, found.causes, found.adoptable) == ("pre-existing", (), None)


def test_a_new_fault_beside_an_old_one_has_its_own_cause() -> None:
    old = HOUSING.replace(f"when {ORDERED}", "when some Stamp s has s.for = e and s before e")
    stamps = "  article 3\n    norm stamps permit Stamp s.\n"
    found = laws.finding(WORDS + CHARTER + old + stamps + bill(PARADE, WIDE))

    assert (found.base_verdict, found.status) == ("violated", "introduced")
    assert numbers(found) == [[2]]


def test_bills_that_break_it_only_together_are_named() -> None:
    guard = f"  article 4\n    norm guard forbid Eviction e unless {ORDERED}.\n"
    both = bill(WIDE, name="wider") + bill(UNSAFE, name="shorter")
    found = laws.finding(WORDS + CHARTER + HOUSING + guard + both)

    assert causes(found) == [[("wider", 1), ("shorter", 1)]]
    assert found.notes == (
        "each of the bills `wider` and `shorter` keeps it by itself; together they break it",
    )


def test_bills_of_which_one_breaks_it_are_not_called_so() -> None:
    both = bill(WIDE, name="wider") + bill(PARADE, name="parades")
    found = laws.finding(WORDS + CHARTER + HOUSING + both)

    assert causes(found) == [[("wider", 1)]]
    assert found.notes == ()


def test_the_parts_that_were_not_tried_are_owned_up_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amparo.verify.blame.MOST_PARTS", 4)
    old = HOUSING.replace(f"permit Eviction e when {ORDERED}", "permit Eviction e")
    guards = "".join(
        f"  article {n}\n    norm g{n} forbid Eviction e unless {ORDERED}.\n" for n in range(4, 8)
    )
    repeals = [f"repeal article {n}." for n in range(4, 8)]
    found = laws.finding(WORDS + CHARTER + old + guards + bill(*repeals))

    assert numbers(found) == [[1, 2, 3, 4]]
    assert found.adoptable is None
    assert "not every part of the bills was tried" in found.notes[0]


# -- against all parts --------------------------------------------------------------------------

PIECES = (
    WIDE,
    SAFE,
    "in article 2 insert norm quick permit Eviction e when some Stamp s has s.for = e.",
    "in article 3 replace norm stamps with norm stamps forbid Stamp s.",
    "in article 4 norm guard add unless some Stamp s has s.for = e.",
    PARADE,
)
GUARDED = (
    HOUSING
    + "  article 3\n    norm stamps permit Stamp s.\n"
    + f"  article 4\n    norm guard forbid Eviction e unless {ORDERED}.\n"
)


def every_part(pieces: tuple[int, ...]) -> Iterator[frozenset[int]]:
    """Yield every set of ``pieces``."""
    for number in range(len(pieces) + 1):
        yield from map(frozenset, combinations(pieces, number))


@pytest.mark.parametrize("pieces", [(0, 2, 4, 5), (0, 1, 2, 4), (0, 3, 4), (1, 2, 3, 4), (0, 4)])
def test_causes_are_what_trying_every_part_says(pieces: tuple[int, ...]) -> None:
    text = WORDS + CHARTER + GUARDED + bill(*(PIECES[each] for each in pieces))
    found = laws.finding(text)
    ordinals = tuple(range(1, len(pieces) + 1))
    asked = laws.editions(text)
    breaking = {
        part
        for part in every_part(ordinals)
        if (law := asked.variant(frozenset(("change", each) for each in part))) is not None
        and any(each.verdict != "holds" for each in check(laws.inquiry(law)))
    }
    lawful = {
        part
        for part in every_part(ordinals)
        if asked.variant(frozenset(("change", each) for each in part)) is not None
    }
    enough = [
        part
        for part in every_part(ordinals)
        if all(other in breaking for other in lawful if part <= other)
    ]
    minimal = [each for each in enough if not any(other < each for other in enough)]
    if not breaking & {frozenset(ordinals)}:
        minimal = []

    assert [frozenset(each) for each in numbers(found)] == minimal
    if minimal:
        safe = max(len(each) for each in lawful - breaking)
        assert len(found.adoptable or ()) == safe


def test_the_basis_of_what_fills_a_role_is_within_reach() -> None:
    words = WORDS.replace(
        "{ from: Home, of: Person }", "{ from: Home, of: Person, under: Warrant }"
    )
    words += "official act Warrant { by: Person }.\n"
    wide = HOUSING.replace(f"permit Eviction e when {ORDERED}", "permit Eviction e")
    warrants = "  article 5\n    norm warrants permit Warrant w when 2 < 1.\n"
    opened = "in article 5 norm warrants substitute 2 < 1 with 1 < 2."
    found = laws.finding(words + CHARTER + wide + warrants + bill(PARADE, opened))

    assert (found.base_verdict, found.status) == ("holds", "introduced")
    assert numbers(found) == [[2]]


def test_what_no_case_can_need_is_out_of_reach() -> None:
    law = laws.law(WORDS + CHARTER + HOUSING)
    within = reach([law], "charter article 1 norm only_by_order")

    assert {"Eviction", "Order"} <= within.kinds
    assert "Parade" not in within.kinds
