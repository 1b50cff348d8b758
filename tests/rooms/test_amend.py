"""Bills into acts, on the trees of small invented laws."""

import datetime
import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.amend.consolidate import consolidate, fits
from amparo.amend.history import Site, same_law, sites, sliced
from amparo.amend.instructions import instructions, parts
from amparo.amend.redline import redline, render_plain
from amparo.diagnostics import Diagnostic, Rejected
from amparo.syntax.parse import parse
from amparo.syntax.tree import Act, Bill, File, NormDecl
from amparo.syntax.unparse import unparse, unparse_node
from amparo.text import Source

ACT = """
act levies "On levies" rank law in force from 2000-01-01
  article 5 "Levies"
    paragraph 1
      norm levy permit Levy l when owns(l.from, l.of) and proper(l).
      norm notice when Levy l require Notice n has n.to = l.from within 3 days.
      define proper(l: Levy) means small(l).
      define proper(l: Levy) means agreed(l).
    paragraph 2
      norm home forbid Levy l when l.of is a Dwelling.
  article 6
    norm appeal guarantee Appeal a unless late(a).
  article 33
    norm fee permit Fee f.
"""

ACT_OF_ONE = """
act levies "On levies" rank law in force from 2000-01-01
  norm levy permit Levy l when l.from keeps l.of.
"""


def read(text: str) -> tuple[tuple[Act, ...], tuple[Bill, ...]]:
    file, problems = parse(Source("law.norm", text))
    assert problems == ()
    acts = tuple(each for each in file.items if isinstance(each, Act))
    return acts, tuple(each for each in file.items if isinstance(each, Bill))


def bill(instructions: str, name: str = "reform", start: str = "2020-01-01") -> str:
    return f'bill {name} "A bill" in force from {start}\n  amend levies\n{instructions}\n'


def amended(*bills: str, act: str = ACT) -> Act:
    acts, given_bills = read(act + "".join(bills))
    (law,) = consolidate(acts, given_bills).acts
    return law


def on(act: Act, day: str) -> Act:
    return sliced(act, datetime.date.fromisoformat(day))


def law_on(text: str) -> Act:
    """Read an act that is written without its period."""
    (act,), _ = read(text.replace(" in force from 2000-01-01", ""))
    return act


def periods(act: Act, level: str, name: str) -> list[str]:
    found = [each for each in sites(act) if each.address[-1] == (level, name)]
    return [f"{each.period.start} to {each.period.end}" for each in found]


def order_of(act: Act, level: str) -> list[str]:
    return [each.address[-1][1] for each in sites(act) if each.address[-1][0] == level]


def misfits(*bills: str, act: str = ACT) -> tuple[Diagnostic, ...]:
    acts, given_bills = read(act + "".join(bills))
    with pytest.raises(Rejected) as caught:
        consolidate(acts, given_bills)
    return caught.value.diagnostics


def misfit(*bills: str, act: str = ACT) -> tuple[str, str]:
    """Return the code of the only misfit and the words underlined."""
    (found,) = misfits(*bills, act=act)
    return found.code, found.primary.text


# -- what a bill does ----------------------------------------------------------------------


def test_a_replaced_norm_ends_when_the_new_one_begins() -> None:
    law = amended(bill("replace norm home with norm home forbid Levy l."))

    assert periods(law, "norm", "home") == ["2000-01-01 to 2020-01-01", "2020-01-01 to None"]


def test_the_law_before_the_bill_is_what_it_was() -> None:
    law = amended(bill("replace norm home with norm home forbid Levy l.\n repeal article 6."))

    assert on(law, "2019-12-31") == law_on(ACT)


def test_the_law_after_the_bill_is_as_the_bill_says() -> None:
    law = amended(bill("in article 5 paragraph 2 replace norm home with norm home forbid Levy l."))

    assert on(law, "2020-01-01") == law_on(ACT.replace(" when l.of is a Dwelling", ""))


def test_an_instruction_may_commence_on_a_day_of_its_own() -> None:
    law = amended(bill("commencing 2021-06-01 repeal article 6."))

    assert periods(law, "article", "6") == ["2000-01-01 to 2021-06-01"]
    assert periods(law, "norm", "appeal") == ["2000-01-01 to 2021-06-01"]


def test_an_article_may_be_replaced_by_several() -> None:
    law = amended(bill("replace article 6 with article 6 norm a permit Levy l. article 6-1"))

    assert order_of(law, "article") == ["5", "6", "6", "6-1", "33"]
    assert order_of(on(law, "2020-01-01"), "norm") == ["levy", "notice", "home", "a", "fee"]


def test_a_definition_is_replaced_with_all_its_clauses() -> None:
    new = "replace definition proper with define proper(l: Levy) means lawful(l)."
    law = amended(bill(new))

    assert order_of(on(law, "2020-01-01"), "definition") == ["proper"]
    assert order_of(on(law, "2019-01-01"), "definition") == ["proper", "proper"]


def test_what_is_inserted_goes_to_the_end_of_its_place() -> None:
    law = amended(bill("in article 5 paragraph 2 insert norm x forbid Fee f."))

    assert order_of(law, "norm") == ["levy", "notice", "home", "x", "appeal", "fee"]
    assert periods(law, "norm", "x") == ["2020-01-01 to None"]


@pytest.mark.parametrize(
    ("where", "order"), [("after", ["5", "6", "7", "33"]), ("before", ["5", "7", "6", "33"])]
)
def test_an_article_is_inserted_beside_another(where: str, order: list[str]) -> None:
    law = amended(bill(f"{where} article 6 insert article 7"))

    assert order_of(law, "article") == order


def test_an_article_may_be_inserted_after_one_that_the_same_bill_repeals() -> None:
    law = amended(bill("repeal article 6.\n after article 6 insert article 7"))

    assert order_of(law, "article") == ["5", "6", "7", "33"]


def test_an_article_may_be_inserted_after_one_that_the_same_bill_inserts() -> None:
    law = amended(bill("after article 6 insert article 7\n after article 7 insert article 8"))

    assert order_of(law, "article") == ["5", "6", "7", "8", "33"]


def test_text_inserted_after_a_provision_follows_all_its_versions() -> None:
    law = amended(
        bill("replace article 6 with article 6", "first", "2020-01-01"),
        bill("after article 6 insert article 7", "second", "2019-01-01"),
    )

    assert order_of(law, "article") == ["5", "6", "6", "7", "33"]


def test_a_repealed_number_may_be_used_again() -> None:
    law = amended(
        bill("repeal article 6.", "first", "2010-01-01"),
        bill("insert article 6 norm b permit Levy l.", "second", "2015-01-01"),
    )

    assert order_of(law, "article") == ["5", "6", "6", "33"]
    assert periods(law, "article", "6") == ["2000-01-01 to 2010-01-01", "2015-01-01 to None"]


def test_a_renumbered_article_keeps_its_words() -> None:
    law = amended(bill("renumber article 6 as article 7."))

    assert periods(law, "article", "6") == ["2000-01-01 to 2020-01-01"]
    assert periods(law, "article", "7") == ["2020-01-01 to None"]
    assert on(law, "2020-01-01") == law_on(ACT.replace("article 6", "article 7"))


def test_articles_may_be_moved_up_from_the_last_to_the_first() -> None:
    law = amended(bill("renumber article 6 as article 7.\n renumber article 5 as article 6."))

    assert on(law, "2020-01-01") == law_on(
        ACT.replace("article 6", "article 7").replace("article 5", "article 6")
    )


CITING = """
act levies "On levies" rank law in force from 2000-01-01
  article 5
    norm levy permit Levy l.
    norm inside forbid Levy l when small(l) despite norm levy.
  article 6
    norm near forbid Levy l when large(l) despite article 5.
    norm named forbid Levy l when late(l) subject to norm levy.
  article 7
    norm far forbid Levy l when early(l) despite article 6 norm near despite article 5 norm levy.

act other "Another act" rank law in force from 2000-01-01
  norm without permit Fee f subject to levies article 5.
  norm ended forbid Fee f despite levies article 6 in force until 2010-01-01.
"""


def cited(acts: Sequence[Act], day: str) -> dict[str, str]:
    """Return by what words each norm in force on a day cites others."""
    found = {}
    for site in (each for act in acts for each in sites(on(act, day))):
        if isinstance(site.part, NormDecl):
            said = " ".join(unparse_node(site.part).split()).rstrip(".")
            found[site.part.name.text] = re.sub("^.*?(?=despite|subject to|$)", "", said)
    return found


def test_who_cites_what_is_renumbered_goes_on_to_cite_it() -> None:
    acts, bills = read(
        CITING
        + bill(
            "renumber article 6 as article 8. renumber article 5 as article 6."
            " after article 7 insert article 7-1 norm new forbid Levy l when b(l) despite article 6."
        )
    )
    law = consolidate(acts, bills).acts

    before, after = cited(law, "2019-12-31"), cited(law, "2020-01-01")
    assert before["near"] == "despite article 5"
    assert before["named"] == "subject to article 5 norm levy"
    assert after["near"] == "despite article 6"
    assert after["named"] == "subject to article 6 norm levy"
    assert after["far"] == "despite article 8 norm near despite article 6 norm levy"
    assert before["inside"] == after["inside"] == "despite norm levy"
    assert after["new"] == "despite article 6", "the bill itself knows the new numbers"
    assert after["without"] == "subject to levies article 6"
    assert cited(law, "2009-12-31")["ended"] == "despite levies article 6"


def test_who_cites_a_place_within_an_article_goes_on_to_cite_it() -> None:
    act = """
act levies "On levies" rank law in force from 2000-01-01
  article 5
    paragraph 1 norm levy permit Levy l.
    paragraph 2
      point a norm seizure permit Levy l when large(l).
  article 6
    norm near forbid Levy l despite article 5 paragraph 1.
    norm far forbid Levy l despite article 5 paragraph 2 point a norm seizure.
"""
    acts, bills = read(
        act
        + bill(
            "renumber article 5 paragraph 1 as article 5 paragraph 3."
            " renumber article 5 paragraph 2 point a as article 5 paragraph 2 point b."
        )
    )
    law = consolidate(acts, bills).acts

    assert cited(law, "2019-12-31")["near"] == "despite article 5 paragraph 1"
    assert cited(law, "2020-01-01") == {
        "levy": "",
        "seizure": "",
        "near": "despite article 5 paragraph 3",
        "far": "despite article 5 paragraph 2 point b norm seizure",
    }


def test_words_are_substituted_where_they_stand_within_others() -> None:
    law = amended(bill("in article 5 substitute l.of with l.from."), act=ACT.replace("l.of)", "x)"))

    assert on(law, "2020-01-01") == law_on(
        ACT.replace("l.of)", "x)").replace("l.of is", "l.from is")
    )


def test_substituted_words_keep_their_parentheses() -> None:
    law = amended(bill("in article 5 substitute proper(l) with fair(l) or agreed(l)."))

    assert on(law, "2020-01-01") == law_on(
        ACT.replace("and proper(l)", "and (fair(l) or agreed(l))")
    )


CONTEXTS = (
    "{}",
    "not {}",
    "{} and b(l)",
    "b(l) and {}",
    "{} or b(l)",
    "b(l) or {}",
    "({}) or b(l)",
)
CONDITIONS = (
    "a(l) and c(l)",
    "a(l) or c(l)",
    "not a(l)",
    "l.of = l.from",
    "some Notice n has a(n) and c(n)",
    "c(l) and some Notice n has a(n) or c(n)",
)


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("old", ["q(l)", "some Notice m has q(m)"])
@pytest.mark.parametrize("new", CONDITIONS)
def test_a_substituted_condition_means_what_it_says_when_printed(
    context: str, old: str, new: str
) -> None:
    if old != "q(l)" and context in ("{} and b(l)", "{} or b(l)"):
        old = f"({old})"
    act = ACT_OF_ONE.replace("l.from keeps l.of", context.format(old))
    law = amended(bill(f"in norm levy substitute {old} with {new}."), act=act)

    assert read(unparse(File((law,))))[0] == (law,)


def test_a_date_is_substituted_in_the_rule_and_not_in_its_time_in_force() -> None:
    since = "norm fee permit Fee f when f.on >= {} in force from 2010-01-01."
    act = ACT.replace("norm fee permit Fee f.", since.format("2010-01-01"))
    law = amended(bill("in norm fee substitute 2010-01-01 with 2012-01-01."), act=act)

    assert periods(law, "norm", "fee") == ["2010-01-01 to 2020-01-01", "2020-01-01 to None"]
    assert on(law, "2020-01-01") == on(
        law_on(ACT.replace("norm fee permit Fee f.", since.format("2012-01-01"))), "2020-01-01"
    )


def test_a_period_of_time_may_be_substituted() -> None:
    law = amended(bill("in article 5 substitute 3 days with 5 days."))

    assert on(law, "2020-01-01") == law_on(ACT.replace("3 days", "5 days"))


def test_around_a_relation_a_term_makes_it_a_call() -> None:
    law = amended(bill("in norm levy substitute l.from with chief(l)."), act=ACT_OF_ONE)

    assert on(law, "2020-01-01") == law_on(
        ACT_OF_ONE.replace("l.from keeps l.of", "keeps(chief(l), l.of)")
    )


def test_an_exception_is_added_to_the_only_norm_of_a_place() -> None:
    law = amended(bill("in article 6 add unless waived(a)."))

    assert on(law, "2020-01-01") == law_on(
        ACT.replace("unless late(a)", "unless late(a) unless waived(a)")
    )


def test_an_amended_norm_points_at_its_instruction() -> None:
    law = amended(bill("in article 6 add unless waived(a)."))
    new = [each for each in sites(law) if each.address[-1] == ("norm", "appeal")][-1]

    assert new.part.span.text == "in article 6 add unless waived(a)."


def test_only_the_version_in_force_on_the_day_is_touched() -> None:
    law = amended(
        bill("replace norm fee with norm fee permit Fee f when due(f).", "first", "2020-01-01"),
        bill("in article 33 add unless paid(f).", "second", "2010-01-01"),
    )

    assert periods(law, "norm", "fee") == [
        "2000-01-01 to 2010-01-01",
        "2010-01-01 to 2020-01-01",
        "2020-01-01 to None",
    ]
    assert on(law, "2020-01-01") == law_on(ACT.replace("Fee f.", "Fee f when due(f)."))


def test_a_version_that_would_never_be_in_force_is_dropped() -> None:
    law = amended(
        bill("replace norm fee with norm fee permit Fee f when due(f).", "first"),
        bill("replace norm fee with norm fee permit Fee f when paid(f).", "second"),
    )

    assert periods(law, "norm", "fee") == ["2000-01-01 to 2020-01-01", "2020-01-01 to None"]


def test_new_text_ends_when_the_old_would_have_ended() -> None:
    act = ACT.replace("permit Fee f.", "permit Fee f in force until 2022-01-01.")
    law = amended(bill("replace norm fee with norm fee permit Fee f when due(f)."), act=act)

    assert periods(law, "norm", "fee") == ["2000-01-01 to 2020-01-01", "2020-01-01 to 2022-01-01"]


def test_a_later_bill_sees_what_an_earlier_one_made() -> None:
    law = amended(
        bill("after article 6 insert article 7 norm x permit Levy l.", "first"),
        bill("in article 7 add unless late(l).", "second", "2021-01-01"),
    )

    assert periods(law, "norm", "x") == ["2020-01-01 to 2021-01-01", "2021-01-01 to None"]


def test_consolidated_law_prints_and_parses_back_equal() -> None:
    law = amended(
        bill("replace article 6 with article 6 norm appeal guarantee Appeal a."),
        bill("in article 5 substitute proper(l) with fair(l) or agreed(l).", "second"),
        bill("repeal definition proper.\n repeal article 33.", "third", "2021-01-01"),
    )

    assert read(unparse(File((law,))))[0] == (law,)


def test_changes_say_which_instruction_made_them() -> None:
    acts, bills = read(ACT + bill("repeal norm fee.\n replace norm home with norm x permit Fee f."))
    changes = consolidate(acts, bills).changes

    assert [(each.ordinal, each.manner, each.bill) for each in changes] == [
        (1, "repealed", "reform"),
        (2, "replaced", "reform"),
    ]
    assert [each.new is None for each in changes] == [True, False]


# -- parts of bills ------------------------------------------------------------------------


def test_a_part_of_a_bill_numbers_its_instructions_as_the_whole_does() -> None:
    text = "repeal article 5.\n repeal article 6.\n repeal article 33."
    acts, (whole,) = read(ACT + bill(text))
    some = parts(whole, frozenset({1, 3}))

    assert [each for each, _, _ in instructions(some)] == [1, 3]
    assert [each for each, _, _ in instructions(parts(some, frozenset({2, 3})))] == [3]
    assert [each.ordinal for each in consolidate(acts, [some]).changes] == [1, 3]


# -- what does not fit ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instruction", "code", "underlined"),
    [
        ("repeal article 7.", "unknown-place", "article 7"),
        ("in article 5 paragraph 3 repeal norm x.", "unknown-place", "article 5 paragraph 3"),
        ("repeal norm leevy.", "unknown-place", "norm leevy"),
        ("repeal paragraph 1.", "unknown-place", "paragraph 1"),
        ("in article 6 repeal article 5.", "wrong-level", "article 5"),
        ("replace norm fee with article 7", "wrong-level", "norm fee"),
        ("in article 5 insert article 7", "wrong-level", "article 5"),
        ("in norm fee insert norm x permit Fee f.", "wrong-level", "norm fee"),
        ("after norm fee insert article 7", "wrong-level", "norm fee"),
        ("renumber article 6 as paragraph 7.", "wrong-level", "paragraph 7"),
        ("renumber article 6 as article 33.", "already-exists", "article 6"),
        ("insert article 33", "already-exists", "article 33"),
        ("in article 6 substitute early(a) with late(a).", "nothing-to-substitute", "early(a)"),
        ("in article 5 substitute l.of with l.from.", "several-to-substitute", "l.of"),
        ("in article 5 add unless late(l).", "ambiguous-target", "article 5"),
        ("commencing 1999-01-01 repeal article 6.", "not-in-force", "1999-01-01"),
        ("insert article 7 in force until 2019-01-01", "not-in-force", "article 7"),
    ],
)
def test_an_instruction_that_does_not_fit_is_named(
    instruction: str, code: str, underlined: str
) -> None:
    found_code, found_words = misfit(bill(instruction))

    assert found_code == code
    assert found_words.startswith(underlined)


def test_every_misfit_is_told() -> None:
    found = misfits(bill("repeal article 7.\n repeal article 6.\n repeal article 8."))

    assert [each.primary.text for each in found] == ["article 7", "article 8"]


def test_a_misfit_names_its_instruction() -> None:
    (found,) = misfits(bill("repeal article 6.\n repeal article 7."))

    assert found.message == (
        "instruction 2 of `reform`, `repeal article 7`: `levies` has no article 7"
    )


def test_a_misfit_suggests_what_is_near() -> None:
    (number,) = misfits(bill("repeal article 7."))
    (name,) = misfits(bill("repeal norm apeal."))

    assert number.help == "the nearest: article 6, article 5, article 33"
    assert name.help == "did you mean `appeal`?"


LETTERED = """
act levies "On levies" rank law in force from 2000-01-01
  article 7A
    paragraph 1
      point a norm first permit Levy l.
      point c norm third permit Levy l.
"""


def test_provisions_with_letters_are_amended_as_those_with_numbers() -> None:
    found = amended(
        bill(
            "in article 7A paragraph 1 after point a insert point b norm new permit Levy l.\n"
            "before article 7A insert article 7 norm before forbid Levy l.\n"
            "repeal article 7A paragraph 1 point c.\n"
            "in article 7A paragraph 1 replace point a with point a norm first forbid Levy l.\n"
            "in article 7A paragraph 1 insert point iv norm last forbid Levy l.\n"
        ),
        bill(
            "in article 7A renumber paragraph 1 point b as paragraph 1 point bb.\n",
            "second",
            "2021-01-01",
        ),
        act=LETTERED,
    )

    assert on(found, "2021-06-01") == law_on(
        """
        act levies "On levies" rank law
          article 7 norm before forbid Levy l.
          article 7A
            paragraph 1
              point a norm first forbid Levy l.
              point bb norm new permit Levy l.
              point iv norm last forbid Levy l.
        """
    )


def test_a_misfit_suggests_the_nearest_letters_and_numbers() -> None:
    wrong = bill("in article 7A paragraph 1 repeal point d.\n repeal article 7B.")
    acts, bills = read(LETTERED + ACT.replace("act levies", "act other") + wrong)
    with pytest.raises(Rejected) as caught:
        consolidate(acts, bills)

    assert [each.help for each in caught.value.diagnostics] == [
        "the nearest: point c, point a",
        "the nearest: article 7A",
    ]


def test_a_norm_that_stands_elsewhere_is_said_to() -> None:
    (found,) = misfits(bill("in article 6 repeal norm home."))

    assert (found.code, found.primary.text) == ("unknown-place", "norm home")
    assert found.help == "it stands in article 5 paragraph 2"


def test_an_unknown_act_is_told_once_with_a_suggestion() -> None:
    text = bill("repeal article 6.\n repeal article 5.").replace("amend levies", "amend levvies")
    (found,) = misfits(text)

    assert (found.code, found.primary.text) == ("unknown-act", "levvies")
    assert found.help == "did you mean `levies`?"


def test_a_bill_without_commencement_is_rejected() -> None:
    text = bill("repeal article 6.").replace(" in force from 2020-01-01", "")

    assert misfit(text) == ("no-commencement", "reform")


def test_a_bill_that_ends_is_rejected() -> None:
    text = bill("repeal article 6.").replace("2020-01-01", "2020-01-01 until 2021-01-01")

    assert misfit(text) == ("temporary-bill", "2021-01-01")


def test_what_was_repealed_cannot_be_amended_and_the_bill_that_did_it_is_shown() -> None:
    (found,) = misfits(
        bill("repeal article 6.", "first"),
        bill("in article 6 add unless waived(a).", "second", "2021-01-01"),
    )

    assert (found.code, found.primary.text) == ("already-repealed", "article 6")
    assert [(each.span.text, each.text) for each in found.related] == [
        ("repeal article 6.", "ended by `first`")
    ]


def test_what_is_not_yet_in_force_cannot_be_amended() -> None:
    found = misfit(
        bill("insert article 7", "first", "2021-01-01"),
        bill("repeal article 7.", "second", "2020-01-01"),
    )

    assert found == ("not-in-force", "article 7")


@pytest.mark.parametrize(
    ("start", "said", "expected"),
    [
        ("2000-01-01", "", None),
        ("1999-12-31", "", ("not-in-force", "levies")),
        ("1999-12-01", "commencing 1999-12-31 ", ("not-in-force", "1999-12-31")),
        ("2009-12-31", "", None),
        ("2010-01-01", "", ("already-repealed", "levies")),
        ("2009-12-31", "commencing 2010-01-01 ", ("already-repealed", "2010-01-01")),
    ],
)
def test_an_act_is_amended_while_it_is_in_force(
    start: str, said: str, expected: tuple[str, str] | None
) -> None:
    act = ACT.replace("from 2000-01-01", "from 2000-01-01 until 2010-01-01")
    text = bill(f"{said}in article 6 add unless waived(a).", start=start)

    if expected is None:
        assert amended(text, act=act)
    else:
        assert misfit(text, act=act) == expected


def test_a_norm_of_two_places_must_be_cited_with_its_place() -> None:
    act = ACT.replace("norm fee", "norm home")

    (found,) = misfits(bill("repeal norm home."), act=act)
    assert (found.code, found.primary.text) == ("ambiguous-target", "norm home")
    assert [(each.span.text[:16], each.text) for each in found.related] == [
        ("norm home forbid", "article 5 paragraph 2 norm home"),
        ("norm home permit", "article 33 norm home"),
    ]
    assert amended(bill("in article 33 repeal norm home."), act=act)


@pytest.mark.parametrize(
    ("first", "second", "underlined"),
    [
        ("repeal norm fee.", "replace norm fee with norm fee permit Fee f.", "norm fee"),
        ("repeal article 33.", "repeal norm fee.", "norm fee"),
        ("repeal norm fee.", "repeal article 33.", "article 33"),
        ("in norm fee add unless a(f).", "in norm fee add unless b(f).", "norm fee"),
        ("repeal article 33.", "in article 33 insert norm x permit Fee f.", "article 33"),
        ("in article 33 insert norm x permit Fee f.", "repeal article 33.", "article 33"),
        ("insert article 7", "repeal article 7.", "article 7"),
        ("insert norm x permit Fee f.", "in norm x add unless late(f).", "norm x"),
        ("renumber article 6 as article 7.", "in article 6 add unless x(a).", "article 6"),
    ],
)
def test_two_instructions_on_the_same_text_on_one_day_are_rejected(
    first: str, second: str, underlined: str
) -> None:
    (found,) = misfits(bill(f"{first}\n    {second}"))

    assert (found.code, found.primary.text) == ("overlapping-instructions", underlined)
    assert [each.span.text for each in found.related] == [first]


def test_one_bill_may_amend_the_same_text_in_stages() -> None:
    law = amended(bill("in norm fee add unless a(f).\n commencing 2021-01-01 repeal norm fee."))

    assert periods(law, "norm", "fee") == ["2000-01-01 to 2020-01-01", "2020-01-01 to 2021-01-01"]


def test_fits_says_what_keeps_a_bill_from_being_applied() -> None:
    acts, (good, bad) = read(ACT + bill("repeal article 6.") + bill("repeal article 7.", "worse"))

    assert fits(acts, good) == ()
    assert [each.code for each in fits(acts, bad)] == ["unknown-place"]


# -- the redline ---------------------------------------------------------------------------


def redlined(*bills: str) -> str:
    acts, given_bills = read(ACT + "".join(bills))
    return render_plain(redline(acts, consolidate(acts, given_bills).acts))


def test_a_redline_marks_the_words_that_change() -> None:
    text = redlined(bill("in article 5 substitute proper(l) with fair(l)."))

    assert "levies article 5 paragraph 1 norm levy, from 2020-01-01" in text
    assert "[-proper-]{+fair+}(l)" in text


def test_a_redline_of_the_same_law_is_empty() -> None:
    acts, _ = read(ACT)

    assert redline(acts, acts) == ()
    assert render_plain(()) == ""


def test_a_redline_tells_each_change_once() -> None:
    text = redlined(
        bill("repeal article 33.", "first"),
        bill("in article 6 add unless x(a).", "b", "2021-01-01"),
    )

    assert text.count("levies article 33 norm fee") == 1
    assert text.index("article 33") < text.index("article 6")


# -- equations -----------------------------------------------------------------------------

DISJOINT = (
    "repeal article 33.",
    "in article 6 add unless waived(a).",
    "replace norm home with norm home forbid Levy l.",
    "in article 5 substitute proper(l) with fair(l).",
    "after article 6 insert article 7 norm x permit Levy l.",
    "repeal definition proper.",
    "in article 5 paragraph 2 insert norm y permit Fee f.",
)
DAYS = st.dates(datetime.date(2001, 1, 1), datetime.date(2030, 1, 1))


def outcome(acts: Sequence[Act], bills: Sequence[Bill]) -> tuple[Act, ...]:
    return consolidate(acts, bills).acts


@given(st.lists(st.sampled_from(DISJOINT), min_size=2, unique=True), DAYS, DAYS, st.data())
@settings(deadline=None, max_examples=30)
def test_bills_on_different_texts_commute(
    chosen: list[str], first_day: datetime.date, second_day: datetime.date, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(chosen) - 1))
    acts, (first, second) = read(
        ACT
        + bill("\n".join(chosen[:cut]), "first", str(first_day))
        + bill("\n".join(chosen[cut:]), "second", str(second_day))
    )

    assert same_law(outcome(acts, [first, second]), outcome(acts, [second, first]))


@given(st.lists(st.sampled_from(DISJOINT), unique=True), DAYS)
@settings(deadline=None, max_examples=30)
def test_the_past_stays_and_what_is_consolidated_prints_and_parses_back(
    chosen: list[str], day: datetime.date
) -> None:
    acts, bills = read(ACT + bill("\n".join(chosen), start=str(day)))
    (law,) = outcome(acts, bills)
    eve = day - datetime.timedelta(days=1)

    assert sliced(law, eve) == sliced(acts[0], eve)
    assert read(unparse(File((law,))))[0] == (law,)


@given(st.permutations(DISJOINT))
@settings(deadline=None, max_examples=30)
def test_the_order_of_instructions_carries_no_meaning(chosen: list[str]) -> None:
    acts, (one, other) = read(
        ACT + bill("\n".join(DISJOINT), "one") + bill("\n".join(chosen), "other")
    )

    assert same_law(outcome(acts, [one]), outcome(acts, [other]))


def test_the_empty_bill_changes_nothing() -> None:
    acts, bills = read(ACT + 'bill empty "Nothing" in force from 2020-01-01')

    assert outcome(acts, bills) == acts


def test_two_bills_on_one_text_do_not_commute() -> None:
    acts, (first, second) = read(
        ACT
        + bill("replace norm fee with norm fee permit Fee f when a(f).", "first")
        + bill("replace norm fee with norm fee permit Fee f when b(f).", "second")
    )

    assert not same_law(outcome(acts, [first, second]), outcome(acts, [second, first]))


def test_every_part_stands_where_its_path_says() -> None:
    (act,), _ = read(ACT)

    assert [each.address[-1] for each in sites(act)].count(("definition", "proper")) == 2
    assert all(isinstance(each, Site) and each.period.start for each in sites(act))
