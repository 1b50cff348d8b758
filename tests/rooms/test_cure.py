"""Words that cure a violation: each is pasted, and the whole law checked again."""

from pathlib import Path

import laws
from amparo.pipeline.load import load
from amparo.pipeline.prepare import prepared
from amparo.pipeline.run import inquiry
from amparo.syntax.parse import parse
from amparo.syntax.tree import Act, Forbid, NormDecl
from amparo.syntax.unparse import unparse_node
from amparo.text import Source
from amparo.verify.blame import blamed
from amparo.verify.check import check, protects
from amparo.verify.cure import cured
from amparo.verify.finding import Finding
from amparo.verify.wording import negated
from town import CHARTER, HOUSING, ORDERED, PARADE, WIDE, WORDS, bill

NORMS = Path(__file__).parents[2] / "norms"


def cures(text: str, as_of: str | None = None) -> tuple[Finding, ...]:
    """Return what is found of the law and the bills in ``text``, with cures."""
    asked = laws.editions(text)
    into = laws.inquiry(asked.head().law, as_of)
    found = check(into, asked.base().law if asked.asked else None)
    drafts = asked.drafts()
    if asked.asked:
        found = blamed(into, asked.base().law, drafts, found)
    return cured(into, drafts, found)


def violated(text: str, as_of: str | None = None) -> Finding:
    """Return the only finding on a protection of ``text`` that is violated."""
    several = [each for each in cures(text, as_of) if protects(each.rule)]
    (found,) = [each for each in several if each.verdict == "violated"]
    return found


def squeezed(text: str) -> str:
    """Return ``text`` with single spaces, without its first line if that is a comment."""
    lines = text.split("\n")
    return " ".join(" ".join(each for each in lines if not each.startswith("#")).split())


# -- exceptions and safeguards ------------------------------------------------------------------


def test_the_basis_that_a_bill_brings_gets_the_exception_of_the_protection() -> None:
    found = violated(WORDS + CHARTER + HOUSING + bill(PARADE, WIDE))

    assert found.cure == (
        "# in place of instruction 2 of `change`\n"
        "amend housing\n"
        "  in article 1\n"
        "    replace norm eviction with\n"
        "      norm eviction\n"
        "        permit Eviction e\n"
        "        unless no Order o has o.clears = e.from and o before e.",
        "# at the end of `change`\n"
        "amend housing\n"
        "  in article 1\n"
        "    insert\n"
        "      norm only_by_order\n"
        "        forbid Eviction e\n"
        f"        unless {ORDERED}.",
    )
    assert found.notes[-1].startswith("2 wordings were tried")


def test_what_is_pasted_cures_and_changes_nothing_else() -> None:
    text = WORDS + CHARTER + HOUSING + bill(PARADE, WIDE)
    for number, cure in enumerate(violated(text).cure):
        pasted = "\n".join(each for each in cure.split("\n") if not each.startswith("#"))
        if number == 0:
            instruction = pasted.split("amend housing\n")[1]
            again = text.replace(f"    {WIDE}\n", f"{instruction}\n")
        else:
            again = f"{text}\n{pasted}\n"
        found = laws.finding(again)

        assert again != text
        assert found.verdict == "holds"
        assert found.outcome.world is not None


def test_where_two_norms_permit_the_act_an_exception_from_one_is_no_cure() -> None:
    second = "in article 2 insert norm quick permit Eviction f."
    found = violated(WORDS + CHARTER + HOUSING + bill(WIDE, second))

    (cure,) = found.cure
    assert squeezed(cure).endswith(f"norm only_by_order forbid Eviction e unless {ORDERED}.")


def test_without_a_bill_the_cure_is_a_bill_of_its_own() -> None:
    old = HOUSING.replace(f"permit Eviction e when {ORDERED}", "permit Eviction e")
    found = violated(WORDS + CHARTER + old, "2024-01-01")

    assert squeezed(found.cure[0]) == (
        'use town, housing. bill cure "A cure" rank law in force from 2024-01-01 '
        "amend housing in article 1 norm eviction add unless no Order o has "
        "o.clears = e.from and o before e."
    )
    tree, problems = parse(Source("cure.norm", found.cure[0]))
    assert problems == ()
    again = WORDS + CHARTER + old + found.cure[0].split("\n", 1)[1]
    assert laws.finding(again, "2024-01-01").verdict == "holds"
    assert tree.items


def test_a_protection_that_holds_needs_no_cure_and_an_old_fault_is_not_the_bills() -> None:
    assert not any(each.cure for each in cures(WORDS + CHARTER + HOUSING + bill(PARADE)))
    old = HOUSING.replace(f"permit Eviction e when {ORDERED}", "permit Eviction e")
    assert not any(each.cure for each in cures(WORDS + CHARTER + old + bill(PARADE)))


def test_what_the_protection_says_of_a_general_act_is_said_of_the_act_that_counts() -> None:
    words = WORDS + "general act Loss { home: Home, whose: Person }.\n"
    charter = """
act charter "The charter" rank constitution in force from 2000-01-01 evidence read
  article 1
    norm only_by_order
      forbid Loss d when not old(d.whose)
      unless some Order e has e.clears = d.home and e before d.
    norm evictions count Eviction e as Loss { home: e.from, whose: e.of } when 1 < 2.
"""
    housing = HOUSING.replace(f"permit Eviction e when {ORDERED}", "permit Eviction e")
    found = violated(words + "fact old(p: Person).\n" + charter + housing, "2024-01-01")

    said = "1 < 2 and not old(e.of) and no Order e_2 has e_2.clears = e.from and e_2 before e"
    assert f"norm eviction add unless {said}." in squeezed(found.cure[0])


def test_a_cure_ends_when_the_act_counts_no_longer_as_what_is_protected_against() -> None:
    words = WORDS + "general act Loss { home: Home }.\n"
    charter = """
act charter "The charter" rank constitution in force from 2000-01-01 evidence read
  article 1
    norm only_by_order forbid Loss d unless some Order o has o.clears = d.home and o before d.
    norm evictions count Eviction e as Loss { home: e.from } in force until 2030-01-01.
"""
    found = violated(words + charter + HOUSING + bill(WIDE))

    said = "unless e.on < 2030-01-01 and no Order o has o.clears = e.from and o before e."
    assert f"permit Eviction e {said}" in squeezed(found.cure[0])


def test_the_protections_own_words_are_said_in_full_and_readings_are_left_out() -> None:
    words = WORDS + 'reading late "May it come later?" either yes because "a" or no because "b".\n'
    charter = """
act charter "The charter" rank constitution in force from 2000-01-01 evidence read
  article 1
    norm only_by_order forbid Eviction e unless ordered(e).
  article 2
    define ordered(x: Eviction) means some Order o has o.clears = x.from and o before x.
    define ordered(x: Eviction) means late is yes and some Order o has o.clears = x.from.
"""
    housing = HOUSING.replace(f"permit Eviction e when {ORDERED}", "permit Eviction e")
    found = violated(words + charter + housing, "2024-01-01")

    assert "unless no Order o has o.clears = e.from and o before e." in squeezed(found.cure[0])
    assert "late" not in "".join(found.cure)


def test_no_cure_leaves_a_norm_without_a_case() -> None:
    # Nobody can give such an order: the exception would be a dead letter, and what is left of the
    # basis is what the protection does not speak of.
    words = WORDS + "official act Verdict { clears: Home }.\nfact old(p: Person).\n"
    charter = CHARTER.replace("some Order o", "some Verdict o").replace(
        "forbid Eviction e", "forbid Eviction e when old(e.of)"
    )
    housing = HOUSING.replace(f"permit Eviction e when {ORDERED}", "permit Eviction e")
    found = violated(words + charter + housing, "2024-01-01")

    assert [squeezed(each).split(" add ")[1] for each in found.cure] == ["unless old(e.of)."]


def test_where_everything_would_be_a_dead_letter_nothing_is_proposed() -> None:
    words = WORDS + "official act Verdict { clears: Home }.\n"
    charter = CHARTER.replace("some Order o", "some Verdict o")
    housing = HOUSING.replace(f"permit Eviction e when {ORDERED}", "permit Eviction e")

    assert violated(words + charter + housing, "2024-01-01").cure == ()


def test_no_cure_makes_another_protection_worse() -> None:
    words = WORDS + "power act Appeal { by: Person, against: Eviction }.\n"
    charter = CHARTER.split("  article 1")[0]
    charter += "  article 1\n    norm appeal guarantee Appeal a when a.by = a.against.of.\n"
    assert violated(words + charter + HOUSING, "2024-01-01").cure

    # A basis for the appeal would let it come after an order, which is protected against.
    strict = charter + "    norm before_orders forbid Appeal b when some Order o has o before b.\n"
    assert violated(words + strict + HOUSING, "2024-01-01").cure == ()


# -- duties and rights ----------------------------------------------------------------------------

NOTICE = "event Notice { about: Home }.\n"
TELL = "when Eviction e require some Notice n has n.about = e.from within 3 days"


def test_a_duty_that_the_lower_law_lacks_is_inserted() -> None:
    charter = CHARTER.split("  article 1")[0] + f"  article 1\n    norm tell {TELL}.\n"
    found = violated(WORDS + NOTICE + charter + HOUSING, "2024-01-01")

    assert f"in article 1 insert norm tell {TELL}." in squeezed(found.cure[0])


def test_a_remedy_without_a_basis_gets_one() -> None:
    words = WORDS + "power act Appeal { by: Person, against: Eviction }.\n"
    charter = CHARTER.split("  article 1")[0]
    charter += "  article 1\n    norm appeal guarantee Appeal a when a.by = a.against.of.\n"
    found = violated(words + charter + HOUSING, "2024-01-01")

    assert "insert norm appeal permit Appeal a when a.by = a.against.of." in squeezed(found.cure[0])


def test_a_right_that_is_forbidden_is_excepted_from_what_forbids_it() -> None:
    words = WORDS + "private act Petition { by: Person }.\n"
    charter = CHARTER.split("  article 1")[0] + "  article 1\n    norm ask guarantee Petition p.\n"
    housing = HOUSING + "  article 5\n    norm quiet forbid Petition q when q.by is a Officer.\n"
    words = words.replace("kind Home.", "kind Home.\nkind Officer is Person.")
    found = violated(words + charter + housing, "2024-01-01")

    # The whole right is guaranteed: no exception leaves anything of the prohibition.
    assert found.cure == ()
    narrower = charter.replace("guarantee Petition p", "guarantee Petition p when old(p.by)")
    words += "fact old(p: Person).\n"
    found = violated(words + narrower + housing, "2024-01-01")
    assert "norm quiet add unless old(q.by)." in squeezed(found.cure[0])


# -- wording --------------------------------------------------------------------------------------


def test_negation_is_said_as_one_would_write_it() -> None:
    def said(condition: str) -> str:
        tree = laws.read(f'act a "A"\n norm n forbid E e when {condition}.\n')
        (act,) = tree.items
        assert isinstance(act, Act)
        (norm,) = act.elements
        assert isinstance(norm, NormDecl)
        assert isinstance(norm.rule, Forbid)
        assert norm.rule.condition is not None
        return unparse_node(negated(norm.rule.condition))

    assert said("some X x has p(x)") == "no X x has p(x)"
    assert said("e is a Levy") == "e is not a Levy"
    assert said("not p(e)") == "p(e)"
    assert said("p(e) or q(e)") == "not p(e) and not q(e)"


# -- the law of Kazakhstan ------------------------------------------------------------------------


def test_the_home_is_cured_by_the_courts_decision_and_not_by_repeal() -> None:
    (ready,) = prepared(load([NORMS / "kz"], [NORMS / "kz" / "bills" / "217-VI.norm"]))
    assert ready.base is not None
    into = inquiry(ready.head.law, laws.on("2024-05-01"))
    only = check(
        into,
        ready.base.law,
        only=lambda norm, act: norm.provision.article in ("25", "26") and act == "Levy",
    )
    drafts = ready.editions.drafts()
    found = cured(into, drafts, blamed(into, ready.base.law, drafts, only))
    (home,) = [each for each in found if each.provision.article == "25"]

    assert [[each.instruction for each in cause] for cause in home.causes] == [[1, 4]]
    assert home.cure[0].startswith("# in place of instruction 1 of `law_217_vi`\n")
    assert (
        "permit Levy l when l.of is not a BankMoney and l.of is not a Wages and l.from owns l.of "
        "and some Sanction s has (s.for = l and s.by is a Prosecutor and s before l) "
        "unless l.of is a Dwelling and no CourtDecision c has "
        "(c.of = l.of and c.against = l.from and c before l)" in squeezed(home.cure[0])
    )
