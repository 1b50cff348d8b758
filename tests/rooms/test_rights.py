"""Rights: denied by a prohibition, left without a basis, limited by who may not; and idle protections."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

import laws
from amparo.core.law import Limits
from amparo.core.world import World
from amparo.diagnostics import Rejected
from amparo.semantics.judge import Violation, complies, violations
from amparo.verify.check import check
from amparo.verify.finding import Finding
from amparo.verify.rules import Rule
from expect import amparo
from laws import edited, findings
from strategies.laws import texts

WORDS = """
vocabulary assembly
kind Person reads "a person".
kind Official is Person reads "an official".
kind Guard is Official reads "a guard".
enumeration Aim: public_order reads "public order", health reads "health", custom reads "custom".
open fact fit(p: Person) reads "{p} is fit".
event Riot { by: Person } reads "{by} riots".
private act Assembly { by: Person } reads "{by} assembles".
official act Search { by: Official, of: Person } reads "{by} searches {of}".
power act Petition { by: Person } reads "{by} petitions".
power act Complaint { by: Person, against: Search } reads "{by} complains about {against}".
general act Intrusion { of: Person }.
reading riot "Is shouting a riot?"
  either narrow as written because "nobody is hurt" or wide because "it frightens".
"""
TOP = 'act basic "The basic law" rank constitution in force from 2000-01-01 evidence read\n'
CODE = 'act code "The code" rank law in force from 2000-01-01 evidence read\n'
ORDER = 'act order "The order" rank decree in force from 2000-01-01 evidence read\n'
RIOTER = "some Riot r has r.by = a.by"


def text(protection: str, *norms: str, decree: tuple[str, ...] = (), more: str = "") -> str:
    """Return a law of one protection, lower norms `n1`, `n2`, ..., and norms `d1`, ... of a decree."""
    lower = "".join(f"  norm n{number} {each}.\n" for number, each in enumerate(norms, 1))
    lowest = "".join(f"  norm d{number} {each}.\n" for number, each in enumerate(decree, 1))
    top = f"{TOP} article 1\n  norm protection {protection}.\n"
    code = f"{CODE} article 1\n{lower}" if norms else ""
    order = f"{ORDER} article 1\n{lowest}" if decree else ""
    return f"{WORDS}{top}{code}{order}{more}"


def of(rule: Rule, law: str, as_of: str | None = None) -> tuple[Finding, ...]:
    return tuple(each for each in findings(law, as_of) if each.rule == rule)


def verdicts(law: str, as_of: str | None = None) -> dict[Rule, str]:
    """Return the verdict of each rule that was asked about or fired."""
    return {each.rule: each.verdict for each in findings(law, as_of)}


def world(found: Finding) -> World:
    assert found.outcome.world is not None
    return found.outcome.world


# -- a right that is forbidden, a right without a basis -------------------------------------------


def test_a_prohibition_denies_a_right_and_the_absence_of_a_basis_leaves_it_without_a_remedy() -> (
    None
):
    allowed = text("guarantee Petition a", "permit Petition a")
    forbidden = text(
        "guarantee Petition a", "permit Petition a", f"forbid Petition a when {RIOTER}"
    )
    silent = text("guarantee Petition a", "permit Assembly a")

    assert verdicts(allowed) == {"denied-right": "holds", "right-without-remedy": "holds"}
    assert verdicts(forbidden) == {"denied-right": "violated", "right-without-remedy": "holds"}
    assert verdicts(silent) == {"denied-right": "holds", "right-without-remedy": "violated"}


def test_a_private_act_can_only_be_denied() -> None:
    assert verdicts(text("guarantee Assembly a", "permit Petition a")) == {"denied-right": "holds"}
    (found,) = findings(text("guarantee Assembly a", f"forbid Assembly a when {RIOTER}"))
    assert found.verdict == "violated"
    assert [each.kinds for each in world(found).events.values()] == [frozenset({"Riot"})]


def test_a_prohibition_of_what_is_not_guaranteed_denies_nothing() -> None:
    right = "guarantee Assembly a when a.by is not an Official"

    assert verdicts(text(right, "forbid Assembly a when a.by is an Official")) == {
        "denied-right": "holds"
    }
    assert verdicts(text(right, "forbid Assembly a when a.by is not a Guard")) == {
        "denied-right": "violated"
    }


def test_a_permission_that_prevails_over_the_prohibition_restores_the_right() -> None:
    ban = f"forbid Assembly a when {RIOTER}"

    assert verdicts(text("guarantee Assembly a", ban, "permit Assembly a")) == {
        "denied-right": "violated"
    }
    assert verdicts(text("guarantee Assembly a", ban, "permit Assembly a despite norm n1")) == {
        "denied-right": "holds"
    }


def test_a_right_against_an_act_is_denied_at_that_act() -> None:
    right = "guarantee Complaint a when a.by = a.against.of"
    (denied, _) = findings(
        text(
            right,
            "permit Search s",
            "permit Complaint a",
            "forbid Complaint a when a.by is an Official",
        )
    )

    assert (denied.rule, denied.verdict) == ("denied-right", "violated")
    (search,) = world(denied).events.values()
    assert world(denied).things[str(search.roles["of"])] == frozenset({"Official"})
    assert "forbids it" in " ".join(denied.outcome.story)


def test_a_prohibition_counts_while_it_is_in_force() -> None:
    law = text(
        "guarantee Assembly a", "forbid Assembly a in force from 2010-01-01 until 2011-01-01"
    )

    assert verdicts(law, "2009-06-01") == {"denied-right": "holds"}
    assert verdicts(law, "2010-06-01") == {"denied-right": "violated"}
    assert verdicts(law, "2011-01-01") == {"denied-right": "holds"}


def test_a_denial_that_turns_on_an_open_fact_depends() -> None:
    law = text("guarantee Assembly a", "forbid Assembly a when not fit(a.by)")
    (found,) = findings(law)

    assert (found.verdict, found.outcome.turns_on) == ("depends", ("fit",))


def test_a_denial_is_told_by_the_reading() -> None:
    law = text("guarantee Assembly a", "forbid Assembly a when riot is wide")

    (found,) = of("denied-right", law)

    assert {each.readings["riot"]: each.verdict for each in found.outcomes} == {
        "narrow": "holds",
        "wide": "violated",
    }


def test_a_right_without_a_basis_is_not_denied_until_a_bill_forbids_it() -> None:
    bill = """
bill b "A bill" rank law in force from 2020-01-01
  amend code in article 1 insert norm ban forbid Petition a.
"""
    found = {
        each.rule: (each.base_verdict, each.verdict, each.status)
        for each in findings(text("guarantee Petition a", "forbid Assembly a", more=bill))
    }

    assert found["denied-right"] == ("holds", "violated", "introduced")
    assert found["right-without-remedy"] == ("violated", "violated", "pre-existing")


def test_a_bill_that_forbids_introduces_the_denial_and_one_that_repeals_cures_it() -> None:
    bill = """
bill b "A bill" rank law in force from 2020-01-01
  amend code
    in article 1 {}
"""
    free = text(
        "guarantee Assembly a",
        "permit Petition a",
        more=bill.format("insert norm ban forbid Assembly a when a.by is a Guard."),
    )
    bound = text("guarantee Assembly a", "forbid Assembly a", more=bill.format("repeal norm n1."))

    (introduced,) = of("denied-right", free, "2021-01-01")
    (cured,) = of("denied-right", bound, "2021-01-01")

    assert (introduced.verdict, introduced.status, introduced.base_verdict) == (
        "violated",
        "introduced",
        "holds",
    )
    assert [each.bill for each in introduced.cause] == ["b"]
    assert (cured.verdict, cured.status) == ("holds", "cured")


def test_an_old_denial_does_not_hide_a_new_one() -> None:
    law = text(
        "guarantee Assembly a",
        "forbid Assembly a when a.by is a Guard",
        more="""
bill b "A bill" rank law in force from 2020-01-01
  amend code
    in article 1 insert norm more forbid Assembly a when some Riot r has r.by = a.by.
""",
    )
    same = edited(law, "when some Riot r has r.by = a.by.", "when a.by is a Guard.")

    assert [each.status for each in of("denied-right", law, "2021-01-01")] == ["introduced"]
    assert [each.status for each in of("denied-right", same, "2021-01-01")] == ["pre-existing"]


# -- limits ----------------------------------------------------------------------------------------

LIMITED = "guarantee Assembly a may be limited by law for public_order and health"


def test_a_proper_limit_denies_nothing_and_is_named() -> None:
    found = findings(text(LIMITED, f"forbid Assembly a when {RIOTER} aim public_order"))

    assert [(each.rule, each.verdict) for each in found] == [
        ("denied-right", "holds"),
        ("improper-limit", "holds"),
    ]
    assert found[0].notes == (
        "The code, article 1 may limit this right, and whether that is necessary for its aim was "
        "not asked",
    )


def test_in_one_case_too_a_proper_limit_denies_nothing_and_an_improper_one_does() -> None:
    case = World({"ann": frozenset({"Person"})}, {}, datetime.date(2020, 1, 1))
    right = "basic article 1 norm protection"

    def denied(norm: str) -> tuple[Violation, ...]:
        law = laws.law(text(LIMITED, norm))
        return violations(law, case, law.norms[right], "forbidden")

    assert denied("forbid Assembly a aim health") == ()
    assert denied("forbid Assembly a aim custom") == (Violation(right, None, "ann"),)


@pytest.mark.parametrize(
    ("law", "wrong"),
    [
        (text(LIMITED, "forbid Assembly a aim custom"), ("is for custom",)),
        (text(LIMITED, "forbid Assembly a"), ("states no aim",)),
        (
            text(LIMITED, "permit Petition a", decree=("forbid Assembly a aim health",)),
            ("is of the rank `decree`",),
        ),
        (
            text(LIMITED, "permit Petition a", decree=("forbid Assembly a",)),
            ("is of the rank `decree`", "states no aim"),
        ),
    ],
)
def test_a_limit_of_too_low_a_rank_or_without_a_listed_aim_is_improper(
    law: str, wrong: tuple[str, ...]
) -> None:
    (found,) = of("improper-limit", law)

    assert found.verdict == "violated"
    assert found.level == "error"
    assert len(found.notes) == len(wrong)
    assert all(words in note for words, note in zip(wrong, found.notes, strict=True))
    assert verdicts(law)["denied-right"] == "violated"


def test_the_rank_may_be_one_that_no_act_of_the_body_has() -> None:
    law = text(LIMITED, decree=("forbid Assembly a aim health",))

    assert verdicts(law) == {"denied-right": "violated", "improper-limit": "violated"}


def test_without_named_aims_only_the_rank_counts() -> None:
    law = text("guarantee Assembly a may be limited by law", "forbid Assembly a")
    decree = text("guarantee Assembly a may be limited by law", decree=("forbid Assembly a",))

    assert verdicts(law) == {"denied-right": "holds", "improper-limit": "holds"}
    assert verdicts(decree) == {"denied-right": "violated", "improper-limit": "violated"}


def test_a_limit_must_touch_what_is_guaranteed() -> None:
    right = f"{LIMITED}".replace("Assembly a", "Assembly a when a.by is not an Official")
    apart = text(right, "forbid Assembly a when a.by is a Guard")
    touching = text(right, "forbid Assembly a when a.by is not a Guard")

    assert verdicts(apart) == {"denied-right": "holds", "improper-limit": "holds"}
    assert verdicts(touching) == {"denied-right": "violated", "improper-limit": "violated"}


def test_each_improper_limit_is_found_by_itself() -> None:
    law = text(
        LIMITED,
        "forbid Assembly a when a.by is a Guard",
        f"forbid Assembly a when {RIOTER}",
        "forbid Assembly a when a.by is an Official aim health",
    )

    assert [each.beside for each in of("improper-limit", law)] == [
        ("code article 1 norm n1",),
        ("code article 1 norm n2",),
    ]


def test_a_limit_that_a_permission_undoes_is_none() -> None:
    law = text(LIMITED, "forbid Assembly a", "permit Assembly a despite norm n1")

    assert verdicts(law)["improper-limit"] == "holds"


def test_an_improper_limit_is_new_with_the_bill_that_brings_it() -> None:
    bill = 'bill b "A bill" rank law in force from 2020-01-01 amend code in article 1 {}\n'
    inserted = "insert norm more forbid Assembly a when a.by is a Guard."
    law = text(LIMITED, "forbid Assembly a when a.by is an Official", more=bill.format(inserted))

    old, new = of("improper-limit", law, "2021-01-01")

    assert (old.beside, old.status) == (("code article 1 norm n1",), "pre-existing")
    assert (new.beside, new.status) == (("code article 1 norm more",), "introduced")


def test_a_right_that_names_no_limits_has_no_improper_ones() -> None:
    assert of("improper-limit", text("guarantee Assembly a", "forbid Assembly a")) == ()


def test_limits_are_kept_with_their_rank() -> None:
    law = laws.law(text(LIMITED, "permit Petition a"))

    limits = law.norms["basic article 1 norm protection"].limited_by
    assert limits == Limits(1, "law", ("public_order", "health"))


# -- protections that nothing tests ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "reason", "rests_on"),
    [
        (
            text("forbid Search s unless some Riot r has r before s", "permit Petition a"),
            "no norm of the lower law permits any such act",
            (),
        ),
        (
            text("forbid Search s when s.of is a Guard", "permit Search s", "forbid Search s"),
            "every such act is forbidden by The code, article 1",
            ("code article 1 norm n2",),
        ),
        (
            text("forbid Intrusion i", "permit Search s"),
            "no norm counts any act as `Intrusion`",
            (),
        ),
        (
            text("guarantee Complaint a", "permit Complaint a"),
            "no norm of the lower law permits any act against which the right is given",
            (),
        ),
        (
            text(
                "forbid Search s when s.of is a Guard", "permit Search s when s.of is not a Guard"
            ),
            "The code, article 1 can permit no such act",
            ("code article 1 norm n1",),
        ),
        (
            text(
                "forbid Search s when s.of is a Guard and s.of is not a Person", "permit Search s"
            ),
            "there can be no such act, whatever the lower law says",
            (),
        ),
    ],
)
def test_what_holds_because_nothing_tests_it_is_noted_with_the_reason(
    law: str, reason: str, rests_on: tuple[str, ...]
) -> None:
    protecting, *_ = findings(law)
    (note,) = of("holds-vacuously", law)

    assert (protecting.verdict, protecting.outcome.note) == ("holds", reason)
    assert (note.level, note.verdict, note.outcome.note) == ("note", "violated", reason)
    assert note.outcome.relies_on == rests_on


def test_a_protection_that_a_lawful_case_tests_is_not_noted() -> None:
    law = text("forbid Search s unless s.by is a Guard", "permit Search s when s.by is a Guard")

    assert verdicts(law) == {"licensed-violation": "holds"}


def test_a_bill_that_leaves_a_protection_untested_is_told_from_one_that_found_it_so() -> None:
    law = text(
        "forbid Search s unless s.by is a Guard",
        "permit Search s when s.by is a Guard",
        more='bill b "A bill" rank law in force from 2020-01-01 amend code in article 1 repeal'
        " norm n1.\n",
    )
    idle = text(
        "forbid Search s",
        "permit Petition a",
        more='bill b "A bill" rank law in force from 2020-01-01 amend code in article 1 insert'
        " norm n2 permit Assembly a.\n",
    )

    assert [each.status for each in of("holds-vacuously", law, "2021-01-01")] == ["introduced"]
    assert [each.status for each in of("holds-vacuously", idle, "2021-01-01")] == ["pre-existing"]


def test_a_note_decides_no_verdict() -> None:
    law = laws.law(text("forbid Search s", "permit Petition a"))

    assert {each.rule: each.level for each in check(laws.inquiry(law))} == {
        "licensed-violation": "error",
        "holds-vacuously": "note",
    }


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(texts())
def test_the_world_in_which_nothing_happens_obeys_every_law(written: str) -> None:
    try:
        law = laws.law(written)
    except Rejected:
        return
    nothing = World({}, {}, datetime.date(2020, 1, 1))

    assert [complies(law, nothing, rank) for rank in (0, 1)] == [(), ()]


@pytest.mark.parametrize(
    ("expected", "met"),
    [
        ("basic article 1 violated", True),
        ("basic article 1 holds", False),
        ("basic article 2 holds, relying on code article 1", True),
        ("basic holds", False),
    ],
)
def test_a_question_expects_of_a_place_the_worst_that_is_found_there(
    project: Path, expected: str, met: bool
) -> None:
    law = text(
        "guarantee Petition a",
        "permit Petition a",
        f"forbid Petition a when {RIOTER}",
        "permit Complaint a",
        "permit Search s",
    )
    both = edited(law, CODE, f" article 2 norm other guarantee Complaint c.\n{CODE}")
    (project / "law.norm").write_text(
        f'{both}question "What is expected"\n  law law\n  expect {expected}.\n'
    )

    ended = amparo("test", ".")

    assert ended.code == (0 if met else 1), ended.out


def test_check_reports_a_denial_and_an_improper_limit(project: Path) -> None:
    (project / "law.norm").write_text(
        text(LIMITED, "permit Petition a", decree=("forbid Assembly a aim health",))
    )

    ended = amparo("check", ".")

    assert ended.code == 1
    assert "DENIES A RIGHT: The basic law, article 1" in ended.out
    assert "IMPROPER LIMIT: The basic law, article 1" in ended.out
    assert "only the rank `law` or a higher one may limit this right" in " ".join(ended.out.split())
