"""What two laws judge differently: one small pair of laws for each kind of change."""

import laws
from amparo.core.judgement import Topic
from amparo.core.world import World
from amparo.semantics.judge import complies
from amparo.verify.compare import Change, Comparison, alike, compare
from amparo.verify.differ import BREACH_NEEDED
from laws import edited
from levies import DECIDED, RIGHT, WORDS, text


def compared(before: str, after: str, as_of: str | None = None) -> Comparison:
    first, second = laws.law(before), laws.law(after)
    return compare(laws.inquiry(first, as_of), laws.inquiry(second, as_of))


def told(found: Comparison) -> set[tuple[Topic, str, bool]]:
    return {(each.matter.topic, each.matter.kind, each.gained) for each in found.changes}


def only(found: Comparison) -> Change:
    assert found.undecided == ()
    (change,) = found.changes
    return change


def case(change: Change) -> World:
    assert change.outcome.world is not None
    return change.outcome.world


def kinds(world: World) -> list[str]:
    ordered = sorted(world.events.values(), key=lambda each: each.moment)
    return [kind for each in ordered for kind in each.kinds]


# -- acts ---------------------------------------------------------------------------------------


def test_a_permission_that_is_added_newly_permits_and_one_taken_away_no_longer() -> None:
    without, permitted = text("forbid Sale s"), text("forbid Sale s", "permit Levy l")

    assert told(compared(without, permitted)) == {("act", "Levy", True)}
    assert told(compared(permitted, without)) == {("act", "Levy", False)}
    assert kinds(case(only(compared(without, permitted)))) == ["Levy"]


def test_a_prohibition_forbids_what_needs_no_permission() -> None:
    found = only(compared(text("permit Levy l"), text("permit Levy l", "forbid Sale s")))

    assert (found.matter.topic, found.matter.kind, found.gained) == ("act", "Sale", False)


def test_a_condition_that_is_exchanged_permits_some_acts_and_forbids_others() -> None:
    before, after = text(f"permit Levy l when {DECIDED}"), text("permit Levy l when l.of is a Car")
    found = compared(before, after)

    assert told(found) == {("act", "Levy", True), ("act", "Levy", False)}
    for change in found.changes:
        assert ("Decision" in kinds(case(change))) is not change.gained


def test_other_words_that_mean_the_same_are_proved_to_change_nothing() -> None:
    before = text(f"permit Levy l when {DECIDED}")
    after = text("permit Levy l unless no Decision c has c before l and l.of = c.of")
    found = compared(before, after)

    assert found.unchanged
    assert found.asked > 0
    assert alike(laws.inquiry(laws.law(before)), laws.inquiry(laws.law(after)))
    assert not compared(before, edited(after, " and l.of = c.of")).unchanged


def test_the_same_words_in_another_file_are_not_even_asked_about() -> None:
    before = text(f"permit Levy l when {DECIDED}")
    after = "# a comment that moves everything\n\n" + before.replace("Decision c", "Decision other")
    after = after.replace("c.of", "other.of").replace("c before", "other before")
    found = compared(before, after)

    assert (found.unchanged, found.asked) == (True, 0)


def test_everybody_obeys_the_law_in_a_case_if_that_can_be() -> None:
    more = "forbid Levy l when l.from is a Bailiff"
    found = only(
        compared(text("forbid Sale s", more), text("forbid Sale s", more, "permit Levy l"))
    )

    after = laws.law(text("forbid Sale s", more, "permit Levy l"))
    assert complies(after, case(found)) == ()
    assert found.outcome.note == ""


def test_what_follows_a_breach_alone_is_a_change_and_says_so() -> None:
    # A levy is never lawful, so that an annulment can only follow a breach.
    found = only(compared(text("forbid Levy l"), text("forbid Levy l", "permit Annulment a")))

    assert (found.matter.kind, found.gained) == ("Annulment", True)
    assert found.outcome.note == BREACH_NEEDED


def test_a_later_act_that_prevails_makes_lawful_what_was_forbidden() -> None:
    before = text("permit Levy l", "forbid Levy l when l.of is a Car")
    later = 'act later "A later law" rank law in force from 2010-01-01 evidence read\n'
    found = compared(before, f"{before}{later} article 1\n  norm cars permit Levy l.\n")

    assert ("act", "Levy", True) in told(found)
    levy = next(each for each in found.changes if each.matter.topic == "act")
    assert next(iter(case(levy).events.values())).on >= laws.on("2010-01-01")


def test_a_change_of_one_permission_among_others_is_none_where_another_permits_the_same() -> None:
    before = text("permit Levy l", "permit Levy l when l.of is a Car")

    assert compared(before, text("permit Levy l")).unchanged


# -- duties, remedies, protections --------------------------------------------------------------


def test_a_duty_that_is_added_is_newly_required_and_is_shown_by_who_obeyed_before() -> None:
    duty = "when Levy l require some Notice n has n.to = l.from within 3 days"
    found = only(compared(text("permit Levy l"), text("permit Levy l", duty)))

    assert (found.matter.topic, found.matter.kind, found.gained) == ("duty", "Levy", True)
    assert complies(laws.law(text("permit Levy l")), case(found)) == ()


def test_more_time_for_a_duty_only_takes_away() -> None:
    duty = "when Levy l require some Notice n has n.to = l.from within {} days"
    before, after = text("permit Levy l", duty.format(3)), text("permit Levy l", duty.format(5))

    assert told(compared(before, after)) == {("duty", "Levy", False)}
    assert told(compared(after, before)) == {("duty", "Levy", True)}


def test_a_remedy_opens_and_closes() -> None:
    before, after = text("permit Levy l"), text("permit Levy l", "permit Appeal a")

    assert told(compared(before, after)) == {("remedy", "Appeal", True)}
    assert told(compared(after, before)) == {("remedy", "Appeal", False)}


def test_a_counting_norm_moves_what_is_protected_against() -> None:
    before, after = text("permit Levy l"), text("permit Levy l", "count Levy l as Deprivation")

    assert told(compared(before, after)) == {("protection", "Levy", True)}
    assert told(compared(after, before)) == {("protection", "Levy", False)}


def test_a_right_is_newly_guaranteed() -> None:
    top = RIGHT + "  norm right guarantee Appeal a when a.by = a.against.from.\n"
    found = compared(text("permit Levy l"), text("permit Levy l", top=top))

    assert told(found) == {("right", "Appeal", True)}


def test_a_duty_of_the_highest_law_is_newly_demanded() -> None:
    top = RIGHT + "  norm duty when Levy l require some Notice n within 3 days.\n"
    found = compared(text("permit Levy l"), text("permit Levy l", top=top))

    assert told(found) == {("safeguard", "Levy", True)}


# -- untouched articles -------------------------------------------------------------------------


def test_an_amended_definition_shows_the_untouched_norm_whose_meaning_it_moves() -> None:
    definition = "  define small(x: Property) means value(x) < 100 KZT.\n"
    norms = ("permit Levy l", "forbid Levy l when small(l.of)")
    before = text(*norms, more=definition)
    found = compared(before, edited(before, "100 KZT.", "90 KZT."))

    assert told(found) == {("act", "Levy", True), ("norm", "Levy", False)}
    (moved,) = (each for each in found.changes if each.matter.topic == "norm")
    assert moved.matter.among == ("code article 1 norm n2",)


def test_an_amended_parameter_moves_the_norm_that_reckons_with_it() -> None:
    before = text("permit Levy l", "forbid Levy l when value(l.of) < 5 unit")
    found = compared(before, edited(before, "= 10 KZT from 2000-01-01", "= 11 KZT from 2000-01-01"))

    assert told(found) == {("act", "Levy", False), ("norm", "Levy", True)}
    assert set(case(found.changes[0]).attributes.values()) <= set(range(5_000, 5_500))


def test_a_parameter_that_one_law_knows_from_an_earlier_day_is_compared_from_that_day() -> None:
    before = text("permit Levy l", "forbid Levy l when value(l.of) < 5 unit")
    after = edited(before, "= 10 KZT from 2000-01-01", "= 10 KZT from 2010-01-01")

    assert told(compared(before, after)) >= {("act", "Levy", False)}
    assert told(compared(after, before)) >= {("act", "Levy", False)}


def test_other_events_that_begin_a_state_move_the_norms_that_ask_for_it() -> None:
    before = text("permit Levy l", "forbid Levy l when arrested(l.of)")
    found = compared(before, edited(before, "when d.of = x\n", "when d.of = x and x is a Car\n"))

    assert told(found) == {("act", "Levy", True), ("norm", "Levy", False)}
    assert kinds(case(found.changes[0])) == ["Decision", "Levy"]


# -- words --------------------------------------------------------------------------------------


def test_a_word_declared_in_two_ways_is_not_compared_and_nothing_is_said_to_be_unchanged() -> None:
    before = text("permit Levy l when l.from is a Bailiff")
    after = edited(before, "official act Levy {", "official act Levy { for: Property,")
    found = compared(before, edited(after, "kind Car is Property", "kind Car is Dwelling"))

    assert "kind Levy" in found.united.incomparable
    assert not found.unchanged
    assert found.changes == ()
    assert all("not comparable" in each.outcome.note for each in found.undecided)


def test_new_words_are_united_and_old_cases_are_judged_as_before() -> None:
    before = text("permit Levy l")
    words = edited(WORDS, "kind Car is Property", "kind Ship is Property.\nkind Car is Property")
    after = text("permit Levy l", "forbid Levy l when l.of is a Ship", words=words)
    found = only(compared(before, after))

    assert (found.matter.topic, found.gained) == ("act", False)
    assert [(each.role, each.reached) for each in found.reach] == [("of", ("Ship",))]


# -- how far ------------------------------------------------------------------------------------


def test_whom_a_change_reaches_is_asked_of_every_kind() -> None:
    found = only(
        compared(text("forbid Sale s"), text("forbid Sale s", "permit Levy l when l.of is a Car"))
    )

    (reach,) = found.reach
    assert (reach.role, reach.reached, reach.spared) == ("of", ("Car",), ("Dwelling",))


def test_a_change_that_reaches_everybody_has_nothing_to_say_on_whom() -> None:
    assert only(compared(text("forbid Sale s"), text("forbid Sale s", "permit Levy l"))).reach == ()


def test_a_change_under_one_reading_only_is_told_for_each() -> None:
    before = text("permit Levy l", "forbid Levy l when l.of is a Car and paper is formal")
    found = only(compared(before, text("permit Levy l")))

    assert [(dict(each.readings), each.verdict) for each in found.outcomes] == [
        ({"paper": "formal"}, "violated"),
        ({"paper": "loose"}, "holds"),
    ]


# -- time ---------------------------------------------------------------------------------------

BILL = """
bill change "A change" rank law in force from 2020-05-01 evidence read
  amend code
    in article 1 replace norm n1 with
      norm n1 permit Levy l.
"""


def test_a_bill_changes_nothing_before_it_commences() -> None:
    asked = laws.editions(text(f"permit Levy l when {DECIDED}", more=BILL))
    before, after = asked.base().law, asked.head().law

    found = compare(laws.inquiry(before), laws.inquiry(after))
    early = compare(laws.inquiry(before, "2020-04-30"), laws.inquiry(after, "2020-04-30"))
    late = compare(laws.inquiry(before, "2020-05-01"), laws.inquiry(after, "2020-05-01"))

    assert told(found) == told(late) == {("act", "Levy", True)}
    (levy,) = case(found.changes[0]).events.values()
    assert levy.on >= laws.on("2020-05-01")
    assert early.unchanged
    assert early.asked > 0


def test_what_is_newly_due_after_a_breach_is_a_change_though_the_breach_was_one_before() -> None:
    primary = "when Levy l require some Notice n has n.to = l.from within 3 days"
    sequel = (
        "when Levy l has no Notice n has n.to = l.from require some Decision d has d.of = l.of "
        "within 9 days"
    )
    before, after = text("permit Levy l", primary), text("permit Levy l", primary, sequel)

    assert told(compared(before, after)) == {("duty", "Levy", True)}
    assert told(compared(after, before)) == {("duty", "Levy", False)}


def test_a_duty_that_moves_to_another_place_is_no_change() -> None:
    duty = "when Levy l require some Notice n has n.to = l.from within 3 days"
    before = text("permit Levy l", duty)

    assert compared(before, edited(before, "norm n2", "norm elsewhere")).unchanged


def test_duties_after_acts_of_different_kinds_are_told_apart() -> None:
    norms = ["permit Levy l", "when Sale s require some Notice n has n.to = s.to within 3 days"]
    levy = "when Levy l require some Notice n has n.to = l.from within 3 days"
    before, after = text(*norms), text(*norms, levy)

    assert told(compared(before, after)) == {("duty", "Levy", True)}
    assert told(compared(after, before.replace("3 days", "4 days"))) == {
        ("duty", "Levy", False),
        ("duty", "Sale", False),
    }
