"""What courts decided beside what is answered to the same: verdicts, grounds, table and pages."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from amparo.pipeline.docket import docket
from amparo.report.heard import Heard, over_all
from amparo.report.markdown import escaped, fenced, folded, link
from amparo.verify.finding import Verdict
from expect import REPOSITORY, amparo

WORDS = """
vocabulary home
kind Person reads "a person".
kind Officer is Person reads "an officer".
kind Dwelling reads "a dwelling".
event Order { of: Dwelling } reads "a court orders that {of} be cleared".
official act Eviction { by: Officer, of: Dwelling, from: Person }
  reads "{by} clears {of} of {from}".
open fact needed(e: Eviction) reads "{e} is necessary".
reading home_is "Is a caravan a home?"
  either broad because "people live in it"
  or narrow as written because "it has wheels".

act charter "The charter" rank constitution in force from 2000-01-01 evidence summary
  article 1
    says "Nobody is cleared out of a home without a court's order."
    norm no_eviction
      forbid Eviction e unless some Order o has o.of = e.of and o before e.
  article 2
    norm need forbid Eviction e unless needed(e).
  article 3
    norm nobody_twice
      forbid Eviction e when some Eviction f has f.of = e.of and f.from = e.from and f before e.
"""
HOUSING = """
act housing "The housing act" rank law in force from 2001-01-01 evidence read
  article 1 "Eviction"
    says "A dwelling is cleared if the officer wishes so."
    norm eviction permit Eviction e.
    norm once
      forbid Eviction e when some Eviction f has f.of = e.of and f.from = e.from and f before e.

bill by_court "A court first" rank law in force from 2020-01-01
  amend housing
    in article 1 norm eviction add unless no Order o has o.of = e.of and o before e.
"""
DECISION = """
decision flat "The case of the flat"
  court "High Court"
  decided 2019-05-01
  cites "[2019] HC 7"
  evidence summary
  facts "A flat is cleared on an officer's word"
  held HELD because "No court looked at it"
  about "a court's order".
"""
VIOLATED = "expect charter article 1 violated."
HOLDS = "expect charter article 3 holds."
DEPENDS = "expect charter article 2 depends."
GROUND = """
question "With a court's order it holds"
  ground of flat
  bill by_court
  as of 2020-06-01
  expect charter article 1 holds.
"""
CASE = """
scenario "The flat was no danger"
  outcome of flat
  as of 2019-03-31
  given officer: Officer, flat: Dwelling, tenant: Person, NEEDED.
  when clearing: Eviction { by: officer, of: flat, from: tenant, on: 2019-03-01 }.
  expect not charter article 2 secured.
"""


def question(*expected: str, settings: str = "") -> str:
    asked = "\n  ".join((settings, "as of 2019-03-01", *expected))
    return f'\nquestion "May a flat be cleared?"\n  outcome of flat\n  {asked}\n'


def law(*trials: str, held: str = "inconsistent", decision: str = DECISION) -> str:
    return WORDS + HOUSING + decision.replace("HELD", held) + "".join(trials)


def heard(folder: Path, *trials: str, held: str = "inconsistent") -> Heard:
    (folder / "law.norm").write_text(law(*trials, held=held))
    (only,) = docket([folder])
    return only


# -- the verdict --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "verdict"),
    [
        ((VIOLATED,), "inconsistent"),
        ((HOLDS,), "consistent"),
        ((VIOLATED, HOLDS), "split"),
        ((DEPENDS,), "depends"),
        ((DEPENDS, VIOLATED), "depends"),
        ((DEPENDS, HOLDS, VIOLATED), "split"),
    ],
)
def test_the_verdict_is_read_off_the_answers(
    project: Path, expected: tuple[str, ...], verdict: str
) -> None:
    assert heard(project, question(*expected)).verdict == verdict


def test_the_verdict_is_not_read_off_what_is_expected(project: Path) -> None:
    found = heard(project, question("expect charter article 1 holds."), held="consistent")

    assert (found.verdict, found.outcome) == ("inconsistent", "differs")


@pytest.mark.parametrize(
    ("verdicts", "all_of_them"),
    [
        (["holds"], "consistent"),
        (["holds", "holds-if-read-so"], "consistent if read so"),
        (["violated", "holds-if-read-so"], "split"),
        (["violated", "unknown"], "unknown"),
        (["depends", "unknown"], "unknown"),
        (["holds", "unknown"], "unknown"),
        (["violated", "holds", "unknown"], "split"),
        ([], "not expressed"),
    ],
)
def test_what_several_places_come_to(verdicts: list[Verdict], all_of_them: str) -> None:
    assert over_all(verdicts) == all_of_them


def test_a_law_that_holds_only_if_read_so(project: Path) -> None:
    text = law(question("expect charter article 1 holds if read so."), held="consistent if read so")
    narrow = "permit Eviction e when some Order o has o.of = e.of and o before e"
    text = text.replace(
        "permit Eviction e.", f"{narrow}.\n    norm wide permit Eviction e when home_is is narrow."
    )
    (project / "law.norm").write_text(text)

    (found,) = docket([project])

    assert (found.verdict, found.outcome) == ("consistent if read so", "agrees")
    page = _page(project)
    assert "holds if “Is a caravan a home?” is answered “broad”" in page


def test_a_case_that_breaks_a_protection_is_a_fault_of_the_application(project: Path) -> None:
    case = CASE.replace("NEEDED", "not needed(clearing)")

    found = heard(project, case, held="inconsistent as applied")

    assert (found.verdict, found.outcome) == ("inconsistent as applied", "agrees")
    # What breaks whatever the case is the text's own fault.
    assert heard(project, case, question(VIOLATED)).verdict == "inconsistent"
    assert heard(project, case, question(DEPENDS)).verdict == "inconsistent as applied"


def test_a_case_in_which_nothing_is_broken_speaks_of_that_case_alone(project: Path) -> None:
    case = CASE.replace("NEEDED", "needed(clearing)").replace("expect not", "expect")

    found = heard(project, case, held="consistent")

    assert (found.verdict, found.outcome) == ("consistent as applied", "agrees")
    assert heard(project, case, held="inconsistent as applied").outcome == "differs"


def test_a_case_that_leaves_open_what_matters_is_undecided(project: Path) -> None:
    found = heard(project, CASE.replace(", NEEDED", ""), held="inconsistent as applied")

    assert (found.verdict, found.outcome) == ("depends", "undecided")
    assert amparo("docket", ".").code == 3


def test_a_split_elsewhere_than_where_the_court_split_it_is_none(project: Path) -> None:
    swapped = question("expect charter article 1 holds.", "expect charter article 3 violated.")

    found = heard(project, swapped, held="split")

    assert (found.verdict, found.outcome) == ("split", "differs")
    assert heard(project, question(VIOLATED, HOLDS), held="split").outcome == "agrees"


# -- the ground ---------------------------------------------------------------------------------


def test_the_ground_agrees_where_every_trial_of_it_comes_out(project: Path) -> None:
    assert heard(project, question(VIOLATED)).ground == "not tested"
    assert heard(project, question(VIOLATED), GROUND).ground == "agrees"
    found = heard(project, question(VIOLATED), GROUND.replace("holds.", "violated."))
    assert (found.outcome, found.ground) == ("agrees", "differs")


def test_what_an_outcome_relies_on_is_ground(project: Path) -> None:
    relies = "expect charter article 3 holds, relying on housing article 1 norm {}."

    right = heard(project, question(relies.format("once")), held="consistent")
    wrong = heard(project, question(relies.format("eviction")), held="consistent")

    assert (right.outcome, right.ground) == ("agrees", "agrees")
    assert (wrong.outcome, wrong.ground) == ("agrees", "differs")


def test_a_ground_that_depends_is_undecided(project: Path) -> None:
    ground = GROUND.replace("charter article 1 holds", "charter article 2 holds")

    assert heard(project, question(VIOLATED), ground).ground == "undecided"


# -- exit codes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trials", "held", "code"),
    [
        ((question(VIOLATED), GROUND), "inconsistent", 0),
        ((), "inconsistent", 0),
        ((question(VIOLATED),), "consistent", 1),
        ((question(VIOLATED), GROUND.replace("holds.", "violated.")), "inconsistent", 1),
        ((question(DEPENDS),), "inconsistent", 3),
        ((question(DEPENDS), GROUND.replace("holds.", "violated.")), "inconsistent", 1),
        ((question("expect charter article 9 holds."),), "inconsistent", 2),
    ],
)
def test_the_exit_code(project: Path, trials: tuple[str, ...], held: str, code: int) -> None:
    (project / "law.norm").write_text(law(*trials, held=held))

    ended = amparo("docket", ".", "--quiet")

    assert (ended.code, ended.out) == (code, "")


def test_without_a_decision_there_is_nothing_to_hear(project: Path) -> None:
    (project / "law.norm").write_text(WORDS + HOUSING)

    ended = amparo("docket", ".")

    assert ended.code == 2
    assert "no decision of a court" in ended.err


def test_trials_that_tell_no_decision_are_not_run(project: Path) -> None:
    other = question("expect charter article 3 violated.").replace("  outcome of flat\n", "")

    found = heard(project, question(VIOLATED), other)

    assert [each.title for each in found.trials] == ["May a flat be cleared?"]
    assert found.outcome == "agrees"


# -- what is shown ------------------------------------------------------------------------------

SECOND = """
decision mast "The *mast* case"
  court "Land Court"
  decided 1972
  cites "LC 1"
  evidence inferred
  facts "A mast | a fence"
  held consistent because "It costs nothing"
  about "a court's order"
  untranslated "The mast was small" because "sizes are not compared".
"""


def _page(folder: Path) -> str:
    (folder / "README.md").unlink(missing_ok=True)
    amparo("docket", folder, "--pages", "--quiet")
    return (folder / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def two(project: Path) -> Path:
    (project / "law.norm").write_text(law(question(VIOLATED), GROUND) + SECOND)
    return project


def test_the_table_and_what_stands_side_by_side(two: Path) -> None:
    ended = amparo("docket", ".")

    assert ended.code == 0
    assert ended.out.startswith("2 decisions of 2 courts under 1 text of the highest rank.\n")
    lines = [" ".join(line.split()) for line in ended.out.splitlines()]
    assert "The *mast* case Land Court 1972 consistent not not tested" in lines
    assert "a court's order" in lines
    assert "- inconsistent: The case of the flat (2019)" in lines
    assert "- consistent: The *mast* case (1972)" in lines
    assert "Outcomes: 1 agrees, 1 is not expressed." in lines
    assert "Grounds: 1 agrees, 1 is not tested." in lines
    assert "Not said, because sizes are not compared." in " ".join(lines)
    assert "Where they part:" not in lines


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_the_table_keeps_to_the_width(
    two: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    out = amparo("docket", ".").out

    assert max(map(len, out.splitlines())) <= int(columns)
    assert "The *mast* case" in out


def test_where_they_part_each_side_is_told(project: Path) -> None:
    (project / "law.norm").write_text(law(question(HOLDS), GROUND))

    out = " ".join(amparo("docket", ".").out.split())

    assert "(differs)" in out
    assert "The court held: inconsistent. No court looked at it. Amparo answers: consistent." in out


def test_a_ground_that_differs_is_told_with_the_reason(project: Path) -> None:
    (project / "law.norm").write_text(
        law(question(VIOLATED), GROUND.replace("holds.", "violated."))
    )

    out = " ".join(amparo("docket", ".").out.split())

    assert "With a court's order it holds (ground): expected `charter article 1 violated`" in out


def test_concise_is_one_line_for_each(two: Path) -> None:
    first, second = amparo("docket", ".", "--format", "concise").out.splitlines()

    assert first.startswith("law.norm:")
    assert "flat agrees: held inconsistent, answered inconsistent, ground agrees" in first
    assert "mast not expressed: held consistent" in second


def test_the_json_conforms_to_the_published_schema(two: Path) -> None:
    with (two / "law.norm").open("a") as file:
        file.write(CASE.replace("NEEDED", "not needed(clearing)"))

    printed = json.loads(amparo("docket", ".", "--format", "json").out)

    published = json.loads(amparo("schema", "docket").out)
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.validate(printed, published)
    first, second = printed["decisions"]
    assert (first["decided"], second["decided"]) == ("2019-05-01", "1972")
    assert (first["answered"], first["outcome"], first["ground"]) == (
        "inconsistent",
        "agrees",
        "agrees",
    )
    asked, ground, case = first["trials"]
    assert asked["answers"][0]["finding"]["outcomes"][0]["story"]
    assert ground["bills"] == ["by_court"]
    assert [each["article"] for each in case["case"]["broken"]] == ["2"]
    assert [each["name"] for each in printed["pairs"][0]["decisions"]] == ["flat", "mast"]
    assert printed["agreement"] == "agrees"


def test_the_markdown_table_links_to_the_pages_from_where_it_is_written(two: Path) -> None:
    (two / "docs").mkdir()
    (two / "cases").mkdir()
    (two / "law.norm").rename(two / "cases" / "law.norm")

    amparo("docket", ".", "--format", "markdown", "--output", "docs/docket.md")

    text = (two / "docs" / "docket.md").read_text(encoding="utf-8")
    assert "| [The case of the flat](<../cases/README.md>) | High Court | 1 May 2019 |" in text
    assert r"[The \*mast\* case](<../cases/README.md>)" in text


# -- the pages ----------------------------------------------------------------------------------


def test_a_page_tells_the_case_the_law_and_what_is_answered(two: Path) -> None:
    page = _page(two)

    order = [
        "# The case of the flat",
        "High Court, 1 May 2019. \\[2019\\] HC 7.",
        "modelled from a summary",
        "| inconsistent | inconsistent | agrees | agrees |",
        "## The facts",
        "A flat is cleared on an officer's word.",
        "## What is protected",
        "The charter, article 1: Nobody is cleared out of a home without a court's order.",
        "## The law that was challenged: The housing act",
        "- Article 1: A dwelling is cleared if the officer wishes so.",
        "norm eviction permit Eviction e.",
        "## What the court held",
        "**Inconsistent.** No court looked at it.",
        "### On the outcome",
        "**contradicted: everybody can obey the law",
        ". Everybody obeys the law",
        "### On the ground",
        "with the bill “A court first”",
        "**holds: whoever obeys the law keeps it.**",
        "bill by_court",
        "## Beside it",
        "- a court's order: *consistent*: [The \\*mast\\* case]",
        "# The \\*mast\\* case",
        "A mast \\| a fence.",
        "Nothing: what the court decided on cannot be asked",
        "## What the language cannot say",
        "- The mast was small. *Not said, because sizes are not compared.*",
    ]
    places = [page.find(each) for each in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    # The words of the constitution are no part of what was challenged.
    assert "norm no_eviction" not in page


def test_the_page_of_a_case_tells_what_is_so_in_it(project: Path) -> None:
    (project / "law.norm").write_text(law(CASE.replace("NEEDED", "not needed(clearing)")))

    page = _page(project)

    assert "In this case everybody obeys the law, and it breaks The charter, article 2." in page


def test_what_a_case_expects_is_said_in_words(project: Path) -> None:
    expects = """expect clearing permitted by housing article 1.
  expect not clearing lawful.
  expect that flat is a Dwelling.
  expect charter article 1 secured.
  expect the law can be obeyed."""
    case = CASE.replace("NEEDED", "needed(clearing)").replace("outcome", "ground")
    (project / "law.norm").write_text(
        law(case.replace("expect not charter article 2 secured.", expects))
    )

    page = _page(project)

    assert "The clearing is permitted by The housing act, article 1: **it is so.**" in page
    assert "The clearing is not lawful: **it is so.**" in page
    assert "that flat is a Dwelling: **it is so.**" in page
    assert (
        "The charter, article 1 is secured: **it is not so: everybody obeys the lower law" in page
    )
    assert "From here on the law can be obeyed: **it is so.**" in page


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("", "In this case everybody obeys the law, and it breaks The charter, article 1."),
        (
            "order: Order { of: flat, on: 2019-02-01 },",
            "In this case nothing that is protected is broken.",
        ),
        (
            "first: Eviction { by: officer, of: flat, from: tenant, on: 2019-01-01 },",
            "In this case a protection is broken, and somebody does not obey the law.",
        ),
    ],
)
def test_whether_a_case_is_kept_broken_or_unlawful(project: Path, order: str, said: str) -> None:
    case = CASE.replace("NEEDED", "needed(clearing)").replace("  when", f"  when {order}")
    case = case.replace("not charter article 2 secured", "charter article 1 secured")
    (project / "law.norm").write_text(law(case))

    assert said in _page(project)


LOSSES = """
vocabulary losses
kind Person reads "a person".
official act Levy { from: Person } reads "a thing of {from} is levied on".
official act Fine { from: Person } reads "{from} is fined".
official act Toll { from: Person } reads "{from} pays a toll".
event Trial { of: Person } reads "{of} is tried".
general act Loss { from: Person } reads "{from} loses".
act charter "The charter" rank constitution evidence read
  article 1
    norm levy_is_loss count Levy l as Loss.
    norm fine_is_loss count Fine f as Loss.
    norm toll_is_loss count Toll t as Loss.
    norm by_trial forbid Loss l unless some Trial t has t.of = l.from and t before l.
act code "The code" rank law evidence read
  article 1 says "After a trial there is a levy."
    norm levy permit Levy l when some Trial t has t.of = l.from and t before l.
  article 2 says "After a trial there is a fine."
    norm fine permit Fine f when some Trial t has t.of = f.from and t before f.
"""


def test_what_holds_is_said_of_all_kinds_of_acts_and_of_what_each_rests_on(project: Path) -> None:
    trial = question("expect charter article 1 holds.")
    (project / "law.norm").write_text(LOSSES + DECISION.replace("HELD", "consistent") + trial)

    page = _page(project)

    assert "The charter, article 1: **holds: whoever obeys the law keeps it.**" in page
    assert "- It rests on The code, article 1: After a trial there is a levy." in page
    assert "- It rests on The code, article 2: After a trial there is a fine." in page


def test_a_page_that_somebody_wrote_by_hand_is_left_alone(two: Path) -> None:
    (two / "README.md").write_text("By hand.\n")

    ended = amparo("docket", ".", "--pages")

    assert ended.code == 2
    assert "written by hand" in ended.err
    assert (two / "README.md").read_text() == "By hand.\n"


def test_pages_are_written_anew_and_named(two: Path) -> None:
    page = _page(two)

    ended = amparo("docket", ".", "--pages")

    assert (ended.code, ended.out) == (0, "README.md written\n")
    assert (two / "README.md").read_text(encoding="utf-8") == page


def test_what_would_be_markup_is_shown_as_it_is() -> None:
    assert escaped("a *b* _c_ `d` [e] <f> | &amp; \x1b[31m") == (
        r"a \*b\* \_c\_ \`d\` \[e\] \<f\> \| \&amp; \\u{1b}\[31m"
    )
    assert [escaped(each) for each in ("1. May", "- so", "May 1. so", "20-P")] == [
        r"1\. May",
        r"\- so",
        "May 1. so",
        "20-P",
    ]
    assert link("a]b", "x>y.md") == r"[a\]b](<xy.md>)"
    assert fenced("a\n```\nb", "norm") == ["````norm", "a", "```", "b", "````"]
    assert folded("<b>", ["x"])[0] == "<details><summary>&lt;b&gt;</summary>"


# -- what is committed --------------------------------------------------------------------------


@pytest.mark.slow
def test_the_committed_pages_are_what_the_program_writes(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Hold `docs/docket.md` and the pages beside the norm files to what the program says.

    With `--bless` they are written anew, and the test fails all the same where they differ.
    """
    copy = tmp_path / "project"
    shutil.copytree(
        REPOSITORY / "norms", copy / "norms", ignore=shutil.ignore_patterns("README.md")
    )
    (copy / "docs").mkdir()

    ran = subprocess.run(
        [sys.executable, "-c", "from amparo.cli import main; main()", *COMMAND.split()],
        cwd=copy,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    # Where they part is said in the pages.
    assert ran.returncode != 2, ran.stderr
    written = [
        copy / TABLE,
        *(copy / each.split(" written")[0] for each in ran.stdout.splitlines()),
    ]
    unlike = []
    for page in written:
        committed = REPOSITORY / page.relative_to(copy)
        before = committed.read_text(encoding="utf-8") if committed.exists() else ""
        if before != page.read_text(encoding="utf-8"):
            unlike.append(committed)
        if request.config.getoption("--bless"):
            shutil.copyfile(page, committed)
    assert unlike == []
    pages = {page.relative_to(copy) for page in written[1:]}
    assert pages == {page.relative_to(REPOSITORY) for page in _committed()}


COMMAND = "docket norms/kz norms/docket --pages --format markdown --output docs/docket.md"
TABLE = "docs/docket.md"


def _committed() -> list[Path]:
    pages = (REPOSITORY / "norms").rglob("README.md")
    return [each for each in pages if "amparo docket --pages" in each.read_text(encoding="utf-8")]
