"""Which norm prevails, and in which order norms are decided."""

import pytest

from amparo.core.law import Law
from amparo.core.strata import Prevailing, prevailing, strata, yielding
from amparo.diagnostics import Diagnostic
from laws import edited, editions, finding, law

WORDS = """
vocabulary words
kind Person reads "a person".
kind Judge is Person reads "a judge".
fact urgent(p: Person) reads "{p} cannot wait".
official act Levy { from: Person } reads "{from} pays".
"""
CHARTER = """
act charter "Charter" rank constitution in force from 1990-01-01 evidence read
  article 1 norm no_levy forbid Levy l {}.
"""
CODE = """
act code "Code" rank law in force from 2000-01-01 evidence read
  {}
"""
DECREE = """
act decree "Decree" rank decree in force from 2010-01-01 evidence read
  {}
"""


def code(norms: str) -> str:
    return WORDS + CODE.format(norms)


def over(text: str, norm: str) -> tuple[tuple[str, str], ...]:
    """Return what prevails over ``norm``, and on which ground."""
    return law(text).norms[norm].defeated_by


def warned(text: str) -> tuple[Diagnostic, ...]:
    return editions(text).head().warnings


def verdict(norms: str, protection: str = "") -> str:
    return finding(WORDS + CHARTER.format(protection) + CODE.format(norms)).verdict


# -- each ground ------------------------------------------------------------------------------------


BAN = "norm ban forbid Levy l."


@pytest.mark.parametrize(
    ("norms", "expected"),
    [
        ("norm basis permit Levy l.", "violated"),
        # A carve-out: the prohibition itself leaves room.
        (
            f"norm basis permit Levy l. {edited(BAN, ' l.', ' l unless l.from is a Judge.')}",
            "violated",
        ),
        # A prohibition without any words: in one act neither prevails, both are to be obeyed.
        (f"norm basis permit Levy l. {BAN}", "holds"),
        # Precedence, stated by the one that prevails.
        (f"norm basis permit Levy l despite norm ban. {BAN}", "violated"),
        (f"norm basis permit Levy l special to norm ban. {BAN}", "violated"),
        # A proviso, stated by the one that gives way.
        (f"norm basis permit Levy l subject to norm ban. {BAN}", "holds"),
        ("norm basis permit Levy l. norm ban forbid Levy l subject to norm basis.", "violated"),
    ],
)
def test_what_the_words_say_decides_whether_a_protection_can_be_broken(
    norms: str, expected: str
) -> None:
    assert verdict(norms) == expected


@pytest.mark.parametrize(("words", "expected"), [("", "holds"), (" despite norm ban", "violated")])
def test_a_right_that_prevails_over_a_prohibition_lets_its_holder_act(
    words: str, expected: str
) -> None:
    sale = edited(WORDS, "official act", "private act Sale { by: Person }. official act")
    protected = edited(CHARTER, "Levy l {}", "Sale s")
    norms = f"norm ban forbid Sale s. norm right guarantee Sale s{words}."

    found = finding(sale + protected + CODE.format(norms), "2005-01-01")
    assert found.verdict == expected


def test_the_special_rule_prevails_over_a_later_one() -> None:
    text = code("norm basis permit Levy l special to later norm ban.") + (
        'act later "L" rank law in force from 2010-01-01 evidence read norm ban forbid Levy l.'
    )

    assert over(text, "later norm ban") == (("code norm basis", "special"),)
    assert over(text, "code norm basis") == ()


def test_a_higher_norm_may_give_way_to_a_lower_one() -> None:
    text = code("norm ban forbid Levy l subject to decree article 1.") + DECREE.format(
        "article 1 norm basis permit Levy l."
    )

    assert over(text, "code norm ban") == (("decree article 1 norm basis", "subject to"),)
    assert over(text, "decree article 1 norm basis") == ()


@pytest.mark.parametrize("words", ["despite", "special to"])
def test_a_lower_norm_has_no_power_to_lift_itself_over_a_higher_one(words: str) -> None:
    text = code(BAN) + DECREE.format(f"norm basis permit Levy l {words} code norm ban.")

    assert over(text, "code norm ban") == ()
    assert over(text, "decree norm basis") == (("code norm ban", "rank"),)
    (said,) = warned(text)
    assert said.code == "overrides-higher-rank"
    assert said.primary.text == f"{words} code norm ban"


@pytest.mark.parametrize(
    "norms",
    ["norm a permit Levy l despite norm ban.", "norm a permit Levy l despite code norm ban."],
)
def test_words_between_equals_are_not_warned_of(norms: str) -> None:
    text = code(f"{norms} {BAN}")

    assert over(text, "code norm ban") == (("code norm a", "despite"),)
    assert warned(text) == ()


def test_competence_comes_before_rank() -> None:
    power = (
        'act enabling "E" rank law in force from 1990-01-01 {} evidence read norm p permit Levy l.'
    )
    made = (
        ' act order "O" rank law in force from 2015-01-01 evidence read made under enabling norm p. '
        "norm ban forbid Levy l."
    )
    decree = DECREE.format("norm basis permit Levy l.")

    lapsed = WORDS + power.format("until 2012-01-01") + made + decree
    valid = WORDS + power.format("") + made + decree

    assert over(valid, "decree norm basis") == (("order norm ban", "rank"),)
    assert over(lapsed, "decree norm basis") == ()


def test_words_in_an_act_made_without_power_are_empty() -> None:
    power = 'act enabling "E" rank law in force from 1990-01-01 until 2012-01-01 evidence read norm p permit Levy l.'
    made = (
        ' act order "O" rank law in force from 2015-01-01 evidence read made under enabling norm p. '
        "norm basis permit Levy l despite code norm ban."
    )

    assert over(code(BAN) + power + made, "code norm ban") == ()


# -- on a condition: a norm of its own ------------------------------------------------------------


SPLIT = (
    "norm basis permit Levy l. norm urgent_basis permit Levy l when urgent(l.from) despite norm ban. "
    f"{BAN}"
)


@pytest.mark.parametrize(
    ("protection", "expected"),
    [
        ("", "violated"),
        ("when urgent(l.from)", "violated"),
        ("when not urgent(l.from)", "holds"),
    ],
)
def test_an_override_on_a_condition_prevails_exactly_where_it_holds(
    protection: str, expected: str
) -> None:
    assert verdict(SPLIT, protection) == expected


# -- in time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "expected"), [("2003-01-01", "holds"), ("2006-01-01", "violated")])
def test_what_prevails_counts_only_while_it_is_in_force(day: str, expected: str) -> None:
    lifted = "norm basis permit Levy l despite norm ban in force from 2005-01-01."
    text = WORDS + CHARTER.format("") + CODE.format(f"norm old permit Levy l. {lifted} {BAN}")

    assert finding(text, day).verdict == expected


def test_what_a_bill_puts_in_prevails_from_its_commencement() -> None:
    bill = """
bill lift "Lift" rank law in force from 2020-01-01 evidence read
  amend code
    insert norm basis permit Levy l despite norm ban.
"""
    text = WORDS + CHARTER.format("") + CODE.format(f"norm old permit Levy l. {BAN}") + bill

    assert finding(text, "2019-12-31").verdict == "holds"
    now = finding(text, "2020-01-01")
    assert (now.verdict, now.status) == ("violated", "introduced")


# -- the stratified tree --------------------------------------------------------------------------


CHAIN = (
    "norm a permit Levy l. norm b forbid Levy l despite norm a. "
    "norm c permit Levy l despite norm b. norm d forbid Levy l despite norm c."
)


def named(found: Law) -> dict[str, int]:
    return {name.removeprefix("code norm "): stratum for name, stratum in strata(found, 0).items()}


def test_a_norm_is_decided_after_all_that_prevail_over_it() -> None:
    assert named(law(code(CHAIN))) == {"a": 3, "b": 2, "c": 1, "d": 0}


def test_the_tree_of_a_norm_is_told_with_its_grounds() -> None:
    found = law(code(CHAIN))

    (b,) = prevailing(found, found.norms["code norm a"], 0)
    assert b == Prevailing(
        "code norm b",
        "despite",
        (Prevailing("code norm c", "despite", (Prevailing("code norm d", "despite", ()),)),),
    )
    assert yielding(found, found.norms["code norm b"]) == (("code norm a", "despite"),)


def test_a_protection_is_no_part_of_the_tree_of_the_lower_law() -> None:
    found = law(WORDS + CHARTER.format("") + CODE.format("norm basis permit Levy l."))
    basis = found.norms["code norm basis"]

    assert basis.defeated_by == (("charter article 1 norm no_levy", "rank"),)
    assert prevailing(found, basis, 0) == ()
    assert strata(found, 0)["code norm basis"] == 0
    # Seen from nowhere in particular, all law is on one side.
    assert [each.norm for each in prevailing(found, basis, -1)] == [
        "charter article 1 norm no_levy"
    ]
