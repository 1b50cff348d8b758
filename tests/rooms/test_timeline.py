"""The answer over all time: split on every day on which the law changes, gaps found."""

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest

import amparo
from amparo.core.law import Period
from amparo.verify.check import check, questions
from amparo.verify.finding import Finding
from amparo.verify.inquiry import Inquiry
from amparo.verify.timeline import segments, shifted, timeline
from expect import amparo as run
from laws import editions, inquiry, law, on

WORDS = """
vocabulary words
kind Person reads "a person".
official act Levy { from: Person } reads "{from} pays".
event Order { of: Person } reads "a court decides about {of}".
"""
HAS_ORDER = "some Order o has o.of = l.from and o before l"
CHARTER = f"""
act charter "Charter" rank constitution in force from 2000-01-01 evidence read
  article 1 norm no_levy forbid Levy l unless {HAS_ORDER}.
"""


def code(norms: str) -> str:
    return f'act code "Code" rank law in force from 2001-01-01 evidence read {norms}'


BASIS = f"norm basis permit Levy l when {HAS_ORDER}."


def over_time(text: str) -> tuple[Finding, ...]:
    """Return what is found of the law of ``text`` with its bills, over all time."""
    asked = editions(text)
    head = asked.head().law
    base = asked.base().law if asked.asked else None
    return timeline(inquiry(head), questions(head, base))


def told(finding: Finding) -> list[tuple[str, str, str]]:
    """Return the stretches of a finding: from, until, verdict."""
    return [
        (
            str(each.period.start or ""),
            str(each.period.end or ""),
            each.verdict or "not in force",
        )
        for each in finding.segments
    ]


def one(text: str) -> Finding:
    (found,) = [each for each in over_time(text) if each.rule == "licensed-violation"]
    return found


def gap(text: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return the gaps found, each with its place and its stretches."""
    return [
        (str(each.provision), told(each))
        for each in over_time(text)
        if each.rule == "protection-gap"
    ]


# -- segments ---------------------------------------------------------------------------------------


def test_time_is_split_on_every_day_on_which_any_part_changes() -> None:
    text = (
        WORDS
        + CHARTER
        + code(
            "norm a permit Levy l in force from 2002-01-01 until 2003-01-01. "
            "norm b count Levy l as Taking with effect from 2004-01-01. "
            "norm c judge Levy l by the law on 2001-05-01 in force from 2005-01-01. "
            "define small() means some Order o in force from 2006-01-01. "
            "norm d interpret norm a for Levy l unless some Order o with effect from 2007-01-01."
        )
    )
    words = """
general act Taking {}.
parameter mci: number = 1 from 2008-01-01, = 2 from 2009-01-01.
calendar days from 2010-01-01 until 2011-01-01 rests sunday.
"""
    found = law(text.replace("vocabulary words", "vocabulary words" + words, 1))

    starts = [each.start for each in segments(found)]
    assert starts[0] is None
    assert [each.year for each in starts[1:] if each] == list(range(2000, 2012))
    assert segments(found)[-1].end is None


def test_clause_wise_commencements_of_a_bill_split_time() -> None:
    bill = """
bill change "Change" rank law in force from 2010-01-01 evidence read
  amend code
    insert norm one permit Levy l when l.on < 2011-01-01.
    commencing 2012-06-01 insert norm two permit Levy l when l.on < 2011-01-01.
"""
    days = {each.start for each in segments(law(WORDS + CHARTER + code(BASIS) + bill))}

    assert {on("2010-01-01"), on("2012-06-01")} <= days


# -- answers ----------------------------------------------------------------------------------------


QUICK = "norm quick permit Levy l in force from 2005-01-01 until 2006-01-01. "
AGAIN = "norm again permit Levy l in force from 2010-01-01 until 2016-01-01. "
BESIDE = "norm beside permit Levy l in force from 2012-01-01 until 2014-01-01. "


def test_equal_neighbours_are_one_stretch() -> None:
    found = one(WORDS + CHARTER + code(QUICK + AGAIN + BESIDE + BASIS))

    assert told(found) == [
        ("2000-01-01", "2005-01-01", "holds"),
        ("2005-01-01", "2006-01-01", "violated"),
        ("2006-01-01", "2010-01-01", "holds"),
        ("2010-01-01", "2016-01-01", "violated"),
        ("2016-01-01", "", "holds"),
    ]
    assert found.verdict == "violated"


def test_the_case_of_a_stretch_lies_in_it() -> None:
    found = one(WORDS + CHARTER + code(QUICK + AGAIN + BESIDE + BASIS))

    for each in found.segments:
        if each.verdict == "violated":
            world = each.outcomes[0].world
            assert world is not None
            (act,) = [event for event in world.events.values() if "Levy" in event.kinds]
            assert each.period.covers(act.on)


def test_a_duty_is_told_kind_by_kind_of_the_acts_that_count() -> None:
    text = """
    vocabulary words
    kind Person reads "a person".
    general act Taking { from: Person } reads "{from} loses a thing".
    official act Seizure { from: Person } reads "a thing of {from} is seized".
    official act Sale { from: Person } reads "a thing of {from} is sold".
    event Payment { to: Person } reads "{to} is paid".

    act charter "Charter" rank constitution in force from 2000-01-01 evidence read
      article 1 norm paid
        when Taking t require some Payment p has p.to = t.from within 30 days.

    act code "Code" rank law in force from 2000-01-01 evidence read
      norm sale permit Sale s.
      norm seizure permit Seizure s.
      norm sold count Sale s as Taking { from: s.from }.
      norm seized count Seizure s as Taking { from: s.from }.
      norm pay when Sale s require some Payment p has p.to = s.from within 20 days.
    """

    found = {each.act: told(each) for each in over_time(text) if each.rule == "missing-safeguard"}

    assert found == {
        "Sale": [("2000-01-01", "", "holds")],
        "Seizure": [("2000-01-01", "", "violated")],
    }


def test_a_law_that_always_holds_is_one_stretch_and_one_question() -> None:
    asked: list[Period] = []
    found = law(
        WORDS + CHARTER + code(f"{BASIS} {QUICK.replace(' in', f' when {HAS_ORDER} in', 1)}")
    )
    question = next(questions(found))

    def counted(each: Inquiry) -> tuple[Finding, ...]:
        asked.append(each.when)
        return question.ask(each)

    (finding,) = timeline(inquiry(found), [replace(question, ask=counted)])

    assert told(finding) == [("2000-01-01", "", "holds")]
    assert asked == [Period(on("2000-01-01"))]


@pytest.mark.parametrize("norms", [QUICK + BASIS, AGAIN + BESIDE + BASIS, QUICK + AGAIN, BASIS])
def test_every_stretch_is_answered_as_each_of_its_days_is(norms: str) -> None:
    text = WORDS + CHARTER + code(norms)
    found = law(text)

    for stretch in one(text).segments:
        for day in _days(stretch.period):
            asked = check(inquiry(found, str(day)))
            verdicts = [each.verdict for each in asked if each.rule == "licensed-violation"]
            assert verdicts == [stretch.verdict], day


def _days(period: Period) -> list[datetime.date]:
    """Return the first and the last day of a period, and one in it."""
    first = period.start or datetime.date(1990, 1, 1)
    last = (period.end or datetime.date(2030, 1, 1)) - datetime.timedelta(days=1)
    return sorted({first, first + (last - first) / 2, last})


def test_a_case_that_rests_on_an_earlier_event_is_found_where_only_the_act_is_judged() -> None:
    needs = (
        "norm old permit Levy l when some Order o has o.on < 2002-01-01 in force from 2010-01-01. "
    )
    text = WORDS + CHARTER.replace(HAS_ORDER, "no Person p") + code(needs)

    assert told(one(text)) == [
        ("2000-01-01", "2010-01-01", "holds"),
        ("2010-01-01", "", "violated"),
    ]


def test_moving_a_case_moves_every_day_in_it() -> None:
    found = one(WORDS + CHARTER + code(QUICK + BASIS))
    world = next(each.outcomes[0].world for each in found.segments if each.verdict == "violated")
    assert world is not None
    later = shifted(world, datetime.timedelta(days=30))

    assert {each.on for each in later.events.values()} == {
        each.on + datetime.timedelta(days=30) for each in world.events.values()
    }
    assert later.closing == world.closing + datetime.timedelta(days=30)


def test_with_a_bill_each_stretch_says_what_the_bill_made_of_it() -> None:
    bill = """
bill quick "Quick" rank law in force from 2018-01-01 evidence read
  amend code
    insert norm fast permit Levy l.
"""
    found = one(WORDS + CHARTER + code(QUICK + BASIS) + bill)

    assert [(each.verdict, each.status) for each in found.segments] == [
        ("holds", "unchanged"),
        ("violated", "pre-existing"),
        ("holds", "unchanged"),
        ("violated", "introduced"),
    ]
    assert found.status == "introduced"


def test_what_nobody_can_obey_is_found_in_the_time_in_which_it_is_so(project: Path) -> None:
    duty = "norm told when Levy l require some Notice n has n.to = l.from within 3 days "
    ban = "norm quiet forbid Notice n in force from 2010-01-01 until 2012-01-01."
    notice = "event Notice { to: Person }."
    (project / "law.norm").write_text(
        WORDS + notice + CHARTER + code(f"{BASIS} {duty} in force from 2005-01-01. {ban}")
    )

    findings = amparo.check(project, timeline=True).examined[0].report.findings
    stretches = [
        each
        for finding in findings
        if str(finding.provision) == "code norm told"
        for each in told(finding)
        if each[2] != "not in force"
    ]

    assert sorted(each for each in stretches if each[2] == "violated") == [
        ("2010-01-01", "2012-01-01", "violated")
    ]


# -- gaps -------------------------------------------------------------------------------------------


def charter(first: str, second: str) -> str:
    return f"""
act charter "Charter" rank constitution in force from 2000-01-01 evidence read
  article 1 norm home forbid Levy l unless {HAS_ORDER} {first}.
  article 2 norm other forbid Levy l unless {HAS_ORDER} {second}.
"""


ENDS = "in force until 2010-01-01"


@pytest.mark.parametrize(
    ("starts", "expected"),
    [("2010-01-01", []), ("2010-01-02", [("2010-01-01", "2010-01-02", "violated")])],
)
def test_an_instant_between_two_commencements_is_found(
    starts: str, expected: list[tuple[str, str, str]]
) -> None:
    text = WORDS + charter(ENDS, f"in force from {starts}") + code(BASIS)

    assert gap(text) == ([("charter", expected)] if expected else [])


def test_a_place_that_is_bare_is_told_though_others_protect() -> None:
    successor = "article 1 norm home_again forbid Levy l in force from 2012-01-01.\n  article 2"
    text = WORDS + charter(ENDS, "").replace("article 2", successor) + code(BASIS)
    text = text.replace("article 1 norm home_again", "norm home_again")

    assert gap(text) == [("charter article 1", [("2010-01-01", "2012-01-01", "violated")])]


def test_what_ends_for_good_leaves_no_gap() -> None:
    text = WORDS + charter(ENDS, "") + code(BASIS)

    assert gap(text) == []
    assert [told(each)[-1] for each in over_time(text)] == [
        ("2010-01-01", "", "not in force"),
        ("2000-01-01", "", "holds"),
    ]


def test_a_bill_that_replaces_a_protection_leaves_no_gap() -> None:
    bill = """
bill renewal "Renewal" rank constitution in force from 2015-01-01 evidence read
  amend charter
    in article 1 replace norm no_levy with
      norm no_levy forbid Levy l.
"""
    found = over_time(WORDS + CHARTER + code(BASIS) + bill)

    assert [each.rule for each in found] == ["licensed-violation"]
    assert [verdict for _, _, verdict in told(found[0])] == ["holds", "violated"]


def test_a_gap_that_a_bill_makes_is_introduced() -> None:
    bill = f"""
bill renewal "Renewal" rank constitution in force from 2015-01-01 evidence read
  amend charter
    in article 1 repeal norm no_levy.
    commencing 2015-02-01 in article 1 insert
      norm levy forbid Levy l unless {HAS_ORDER}.
"""
    (found,) = [
        each
        for each in over_time(WORDS + CHARTER + code(BASIS) + bill)
        if each.rule == "protection-gap"
    ]

    assert (found.verdict, found.status) == ("violated", "introduced")
    assert str(found.provision) == "charter article 1"


def test_as_of_a_day_only_the_gap_on_that_day_is_told() -> None:
    found = law(WORDS + charter(ENDS, "in force from 2011-01-01") + code(BASIS))

    def rules(day: str) -> list[str]:
        return [each.rule for each in check(inquiry(found, day))]

    assert rules("2010-05-01") == ["protection-gap"]
    assert rules("2009-05-01") == rules("2011-05-01") == ["licensed-violation"]


# -- the command ------------------------------------------------------------------------------------


@pytest.fixture
def there(project: Path) -> Path:
    (project / "law.norm").write_text(WORDS + CHARTER + code(QUICK + BASIS))
    return project


def test_the_worst_stretch_decides_the_exit_code(there: Path) -> None:
    assert run("check", ".", "--as-of", "2008-01-01").code == 0
    assert run("check", ".", "--timeline").code == 1


def test_the_full_text_has_a_line_for_each_stretch_and_a_case_for_each_violation(
    there: Path,
) -> None:
    text = run("check", ".", "--timeline").out

    assert "    from 2005-01-01 until 2006-01-01  contradicts\n" in text
    assert "    from 2006-01-01                   no contradiction\n" in text
    assert "  From 2005-01-01 until 2006-01-01 this can happen:\n\n     1. " in text


def test_the_concise_text_has_a_line_for_each_stretch(there: Path) -> None:
    lines = run("check", ".", "--timeline", "--format", "concise").out.splitlines()

    cited = "licensed-violation charter article 1 norm no_levy"
    place = "law.norm:8:"
    assert [line for line in lines if cited in line] == [
        f"{place} holds {cited} from 2000-01-01 until 2005-01-01",
        f"{place} violated {cited} from 2005-01-01 until 2006-01-01",
        f"{place} holds {cited} from 2006-01-01",
    ]
    assert any(line.startswith("taken for granted: ") for line in lines)


def test_the_json_has_the_segments(there: Path) -> None:
    findings = json.loads(run("check", ".", "--timeline", "--format", "json").out)["findings"]
    (found,) = [each for each in findings if each["rule"] == "licensed-violation"]

    assert [(each["from"], each["until"], each["verdict"]) for each in found["segments"]] == [
        ("2000-01-01", "2005-01-01", "holds"),
        ("2005-01-01", "2006-01-01", "violated"),
        ("2006-01-01", None, "holds"),
    ]
    assert found["segments"][1]["outcomes"][0]["story"]


def test_a_day_and_all_time_exclude_each_other(there: Path) -> None:
    ended = run("check", ".", "--timeline", "--as-of", "2008-01-01")

    assert ended.code == 2
    assert "give one of them" in ended.err


def test_the_python_interface_answers_over_time(there: Path) -> None:
    findings = amparo.check(there, timeline=True).examined[0].report.findings
    (finding,) = [each for each in findings if each.rule == "licensed-violation"]

    assert [each.verdict for each in finding.segments] == ["holds", "violated", "holds"]
