import datetime
import json
from fractions import Fraction

import jsonschema
import pytest

from amparo.core.condition import Money
from amparo.core.law import ActInfo, Fact, Law, Norm, Provision, Vocabulary
from amparo.core.world import Event, World
from amparo.diagnostics import Diagnostic, Label
from amparo.report.diagnostics import render_diagnostic
from amparo.report.escape import visible
from amparo.report.json import render_json, render_rejected
from amparo.report.plain import render_concise, render_plain
from amparo.report.result import Examined, Result
from amparo.report.schemas import schema
from amparo.report.style import in_colour
from amparo.text import NOWHERE, Source, Span
from amparo.verify.finding import Cause, Finding, Outcome, Report, Status, Verdict

SOURCE = Source("law.norm", "norm libel\tpermits publish.\nnorm дом 住宅 permits.\nlast")
HOME = Provision("charter", "1", norm="home")
BASIS = Provision("act", "2", "3", norm="basis")
LAW = Law(
    "law",
    Vocabulary({}, {"worth": Fact("worth", "attribute", (), Money("KZT"))}),
    {"charter": ActInfo("charter", "The charter", 0, "constitution")},
    {
        "home": Norm("home", HOME, "forbid", (), 0),
        "basis": Norm("basis", BASIS, "permit", (), 1),
    },
    titles={Provision("charter", "1"): "The home"},
)
WORLD = World(
    {"debtor": frozenset({"Person"})},
    {"levy": Event("levy", frozenset({"Levy"}), datetime.date(2024, 5, 1), 0, {"from": "debtor"})},
    datetime.date(2024, 5, 2),
    relations=frozenset({("owes", ("debtor",))}),
    attributes={("worth", ("debtor",)): -123456, ("part", ("debtor",)): Fraction(1, 2)},
)


def words(text: str) -> Span:
    start = SOURCE.text.index(text)
    return Span(SOURCE, start, start + len(text))


def finding(verdict: Verdict, status: Status = "unchanged") -> Finding:
    match verdict:
        case "holds":
            outcome = Outcome({}, "holds", ("basis",))
        case "violated":
            outcome = Outcome({}, "violated", (), WORLD, ("On 1 May 2024 the bailiff comes.",))
        case "unknown":
            outcome = Outcome({}, "unknown", note="the limit of effort was hit")
        case "depends" | "holds-if-read-so":
            outcome = Outcome({"judgment": "suffices"}, "violated")
    return Finding(
        "licensed-violation",
        HOME,
        "home",
        verdict,
        (outcome,),
        status=status,
        causes=((Cause("bill", 2, "amend act repeal article 9", words("libel")),),),
        assumptions=("the text was read",),
        span=words("libel"),
    )


def result(*findings: Finding, bills: tuple[str, ...] = ()) -> Result:
    return Result((Examined(Report("law", findings, bills), LAW),))


@pytest.mark.parametrize(
    ("verdicts", "overall"),
    [
        (["holds"], "holds"),
        (["holds", "depends"], "depends"),
        (["holds-if-read-so", "holds"], "depends"),
        (["depends", "unknown"], "undecided"),
        (["unknown", "violated", "holds"], "violated"),
    ],
)
def test_the_worst_finding_is_the_verdict(verdicts: list[Verdict], overall: str) -> None:
    assert result(*map(finding, verdicts)).verdict == overall


def test_with_a_bill_only_what_it_introduces_counts() -> None:
    old = finding("violated", "pre-existing")

    assert result(old).verdict == "violated"
    assert result(old, bills=("bill",)).verdict == "holds"
    assert result(old, finding("unknown", "introduced"), bills=("bill",)).verdict == "undecided"


EVERY: list[Verdict] = ["holds", "violated", "unknown", "depends", "holds-if-read-so"]


def test_the_verdict_comes_first_and_never_says_constitutional() -> None:
    for verdict in EVERY:
        text = render_plain(result(finding(verdict)))

        assert "onstitutional" not in text
        assert text.splitlines()[0].startswith("The law")
        assert max(map(len, text.splitlines())) <= 80


def test_a_contradiction_is_told_with_its_case_and_its_cause() -> None:
    text = render_plain(result(finding("violated", "introduced"), bills=("bill",)))

    assert text == (
        "The law with the bill `bill` contradicts what is protected.\n"
        "New with the bill: 1. There before: 0. Cured by it: 0.\n"
        "\n"
        "CONTRADICTS (new with the bill): The charter, article 1\n"
        "  “The home”\n"
        "  charter article 1 norm home\n"
        "  This can happen: everybody can obey the law, and the protection still be\n"
        "  broken.\n"
        "\n"
        "     1. On 1 May 2024 the bailiff comes.\n"
        "\n"
        "  The cause in the bill:\n"
        "    - law.norm:1\n"
        "      bill, instruction 2: amend act repeal article 9\n"
        "\n"
        "Taken for granted:\n"
        "  - the text was read\n"
    )


def test_what_holds_names_what_it_rests_on() -> None:
    text = render_plain(result(finding("holds")))

    assert "no contradiction under this reading" in text
    assert "- act, article 2, paragraph 3 (act article 2 paragraph 3 norm basis)" in text


def test_the_worst_finding_is_told_first() -> None:
    text = render_concise(result(*map(finding, EVERY)))

    lines = [each for each in text.splitlines() if not each.startswith("taken for granted")]
    assert [line.split()[1] for line in lines] == [
        "violated",
        "unknown",
        "depends",
        "holds-if-read-so",
        "holds",
    ]


def test_a_concise_line_is_place_verdict_rule_and_citation() -> None:
    text = render_concise(result(finding("holds")))

    assert text == (
        "law.norm:1: holds licensed-violation charter article 1 norm home\n"
        "taken for granted: the text was read\n"
    )


def test_colour_marks_whole_lines_only() -> None:
    plain = render_plain(result(finding("violated")))
    coloured = render_plain(result(finding("violated")), paint=in_colour)

    assert "\x1b" not in plain
    assert "\x1b[1;31mCONTRADICTS" in coloured


@pytest.mark.parametrize("verdict", EVERY)
def test_what_is_printed_as_json_conforms_to_the_published_schema(verdict: Verdict) -> None:
    published = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(published)

    printed = json.loads(render_json(result(finding(verdict))))

    jsonschema.validate(printed, published)
    assert printed["findings"][0]["verdict"] == verdict


def test_a_rejection_conforms_to_the_schema_and_is_undecided() -> None:
    fault = Diagnostic("unknown-name", "what", words("libel"), related=(Label(NOWHERE, "x"),))

    printed = json.loads(render_rejected([fault], "the text was rejected"))

    jsonschema.validate(printed, json.loads(schema()))
    assert printed["verdict"] == "undecided"
    assert printed["diagnostics"][0]["code"] == "unknown-name"


def test_the_case_in_json_loses_nothing() -> None:
    printed = json.loads(render_json(result(finding("violated"))))["findings"][0]

    assert printed["world"]["individuals"] == [{"name": "debtor", "kinds": ["Person"]}]
    assert printed["world"]["events"][0]["on"] == "2024-05-01"
    assert {each["fact"]: each["value"] for each in printed["world"]["facts"]} == {
        "owes": True,
        "worth": {"amount": "-1234.56", "currency": "KZT"},
        "part": "1/2",
    }
    assert printed["cause"][0]["line"] == 1


def test_a_diagnostic_underlines_its_words() -> None:
    fault = Diagnostic(
        "duplicate-norm",
        "norm `libel` is defined twice",
        words("libel"),
        related=(Label(words("дом 住宅"), "first defined here"),),
        help="to replace a norm, amend it",
    )

    assert render_diagnostic(fault) == (
        "error[duplicate-norm]: norm `libel` is defined twice\n"
        " --> law.norm:1:6\n"
        "1 | norm libel    permits publish.\n"
        "  |      ^^^^^\n"
        " --> law.norm:2:6\n"
        "2 | norm дом 住宅 permits.\n"
        "  |      ^^^^^^^^ first defined here\n"
        "help: to replace a norm, amend it\n"
    )


def test_words_over_several_lines_show_the_first() -> None:
    span = Span(SOURCE, SOURCE.text.index("publish"), len(SOURCE.text))

    assert "^" * len("publish.") in render_diagnostic(Diagnostic("x", "y", span))


def test_the_end_of_a_text_can_be_pointed_at() -> None:
    end = Span(SOURCE, len(SOURCE.text), len(SOURCE.text))

    assert render_diagnostic(Diagnostic("x", "y", end)).endswith("3 | last\n  |     ^\n")


def test_a_long_line_is_shown_as_a_window() -> None:
    source = Source("long.norm", "a" * 5000 + "!" + "b" * 5000)

    text = render_diagnostic(Diagnostic("x", "y", Span(source, 5000, 5001)))

    assert max(map(len, text.splitlines())) < 200
    assert "aaa!bbb" in text


def test_no_control_character_of_a_text_reaches_the_terminal() -> None:
    source = Source("\x1b[2J.norm", "norm \x1b[31mred \u202egnorw\x07")
    hostile = Diagnostic("x", "say `\x9b31m`", Span(source, 5, 9), label="\r\n", help="\x00")

    text = render_diagnostic(hostile)

    assert all(each == "\n" or each.isprintable() for each in text)
    assert visible("\x1b") == "\\u{1b}"
    assert "\x9b" not in render_rejected([hostile])
