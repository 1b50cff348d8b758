"""The law as it is beside a base version of its files: what is new, and what was so before."""

import json
from pathlib import Path
from typing import Any

import pytest

from amparo import Rejected, Unusable, check
from amparo.report.result import Result
from amparo.verify.finding import Finding
from expect import amparo
from versions import BILL, BODY, CHARTER, HOUSING, WORDS, Project, started

OPEN = HOUSING.replace(
    "        when some Order o has o.on_home = e.from and o before e.\n", ""
).replace("permit Eviction e\n", "permit Eviction e.\n")


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Stand in a checkout whose law keeps its protection in `main`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return started(tmp_path)


def asked(*paths: str, against: str = "main", **options: object) -> Result:
    return check(*(paths or ("law",)), against=against, **options)  # type: ignore[arg-type]


def only(result: Result, rule: str = "licensed-violation") -> Finding:
    (found,) = (each for one in result.examined for each in one.findings if each.rule == rule)
    return found


def notes(result: Result) -> tuple[str, ...]:
    return tuple(note for each in result.examined for note in each.report.notes)


def test_an_edit_that_breaks_a_protection_is_new_and_shown_on_the_changed_line(
    law: Project,
) -> None:
    assert "permit Eviction e." in OPEN
    law.write(housing=OPEN)

    result = asked()
    found = only(result)

    assert (result.verdict, found.status, found.base_verdict) == ("violated", "introduced", "holds")
    (altered,) = found.altered
    assert (altered.what, altered.manner) == ("housing article 1 norm eviction", "changed")
    assert altered.span.text.startswith("permit Eviction e.")
    assert altered.span.source.path == "law/housing.norm"


def test_what_was_so_before_fails_nothing_wherever_it_has_moved(law: Project) -> None:
    law.write(housing=OPEN)
    law.commit()
    was = json.loads(amparo("check", "law", "--format", "json").out)["findings"]
    law.git("mv", "law/housing.norm", "law/жильё.norm")
    law.write(жильё="# moved down\n\n\n" + OPEN.replace('"The housing act"', '"On housing"'))
    law.git("mv", "law", "право")

    ended = amparo("check", "право", "--against", "main", "--format", "json")
    now = json.loads(ended.out)["findings"]

    assert ended.code == 0
    assert [each["id"] for each in now] == [each["id"] for each in was]
    assert {each["status"] for each in now if each["verdict"] == "violated"} == {"pre-existing"}


def test_no_old_fault_hides_a_new_one(law: Project) -> None:
    other = """
  article 2 "Haste"
    norm haste
      permit Eviction e when some Order o has o.on_home = e.from and e before o.
"""
    law.write(housing=HOUSING + other)
    law.commit()
    again = other.replace("article 2", "article 3").replace("haste", "rush")
    law.write(housing=HOUSING + other + again)
    same = asked()
    assert (same.verdict, only(same).status) == ("holds", "pre-existing")

    law.write(housing=HOUSING + other + "  article 3\n    norm rush\n      permit Eviction e.\n")
    found = only(asked())

    assert (found.status, found.base_verdict) == ("introduced", "violated")
    assert "housing article 3 norm rush" in [each.what for each in found.altered]


def test_the_case_of_what_is_new_is_none_that_was_one_before(law: Project) -> None:
    haste = (
        "    norm haste\n      permit Eviction e when not some Order o has o.on_home = e.from.\n"
    )
    law.write(housing=HOUSING + haste)
    law.commit()
    later = "some Order o has o.on_home = e.from and e before o"
    law.write(housing=HOUSING + haste + f"    norm rush\n      permit Eviction e when {later}.\n")

    found = only(asked())

    assert (found.status, found.base_verdict) == ("introduced", "violated")
    assert found.outcome.world is not None
    kinds = [each.kinds for each in found.outcome.world.events.values()]
    assert sorted(map(sorted, kinds)) == [["Eviction"], ["Order"]]


def test_words_changed_in_place_are_seen_though_nothing_moves(law: Project) -> None:
    haste = "    norm haste\n      permit Eviction e when some Order o has e before o.\n"
    law.write(housing=HOUSING + haste)
    law.commit()
    wide = HOUSING.replace("and o before e", "or  o before e") + haste
    assert len(wide) == len(HOUSING + haste)
    law.write(housing=wide)

    found = only(asked())

    assert (found.status, found.base_verdict) == ("introduced", "violated")
    assert [each.what for each in found.altered] == ["housing article 1 norm eviction"]


def test_what_is_cured_is_told_and_fails_nothing(law: Project) -> None:
    law.write(housing=OPEN)
    law.commit()
    law.write(housing=HOUSING)

    ended = amparo("check", "law", "--against", "main")

    assert ended.code == 0
    assert "New since `main`: 0. There before: 0. Cured since: 1." in ended.out
    assert "(cured since `main`)" in ended.out


# -- bills --------------------------------------------------------------------------------------


def test_a_new_bill_that_is_no_law_yet_is_asked_about(law: Project) -> None:
    law.write(quick=BILL)

    result = asked()
    found = only(result)

    assert result.examined[0].report.bills == ("quick",)
    assert (result.verdict, found.status) == ("violated", "introduced")
    assert [each.bill for each in found.cause] == ["quick"]
    assert notes(result) == ("the bill `quick` is new: in `main` there is no such bill",)


def test_a_bill_is_compared_with_what_it_was(law: Project) -> None:
    law.write(quick=BILL)
    law.commit()
    law.git("mv", "law/quick.norm", "law/slow.norm")
    law.write(slow=BILL.replace('"Quick eviction"', '"Eviction"'))
    renamed = asked()
    assert (renamed.verdict, only(renamed).status) == ("holds", "pre-existing")
    assert asked(bills=["law/slow.norm"]).verdict == "holds"

    law.write(slow=BILL.replace("permit Eviction e.", "permit Eviction e when e.by is a Person."))
    assert only(asked()).status == "pre-existing"
    guarded = "permit Eviction e when some Order o has o.on_home = e.from and o before e."
    law.write(slow=BILL.replace("permit Eviction e.", guarded))
    assert only(asked()).status == "cured"


def test_an_untouched_bill_is_not_asked_about(law: Project) -> None:
    law.write(quick=BILL)
    law.commit()

    result = asked()

    assert [each.report.bills for each in result.examined] == [()]
    assert (result.verdict, only(result).status) == ("holds", "unchanged")


def test_a_bill_that_becomes_law_brings_all_that_it_brings(law: Project) -> None:
    law.write(quick=BILL)
    law.commit()
    law.write(quick=BILL.replace("rank law", "rank law enacted"))

    result = asked()
    broken = [each for each in result.examined[0].findings if each.verdict == "violated"]

    assert [each.status for each in broken] == ["introduced"]
    assert [each.bill for each in broken[0].cause] == ["quick"]


def test_bills_that_are_no_law_yet_are_asked_about_one_by_one(law: Project) -> None:
    slow = BILL.replace("bill quick", "bill slow").replace(
        "permit Eviction e.",
        "permit Eviction e when some Order o has o.on_home = e.from and o before e.",
    )
    law.write(quick=BILL, slow=slow)

    several = asked().examined

    assert [each.report.bills for each in several] == [("quick",), ("slow",)]
    assert [only(Result((each,))).status for each in several] == ["introduced", "unchanged"]


def test_a_bill_cures_no_edit_of_the_law_beside_it(law: Project) -> None:
    cure = BILL.replace(
        "permit Eviction e.",
        "permit Eviction e when some Order o has o.on_home = e.from and o before e.",
    ).replace("2020", "2001")
    law.write(housing=OPEN, cure=cure)

    several = asked().examined

    assert [each.report.bills for each in several] == [(), ("quick",)]
    assert only(Result(several[:1])).status == "introduced"


def test_a_bill_that_does_not_fit_is_no_fault_of_the_base(law: Project) -> None:
    law.write(quick=BILL.replace("in article 1", "in article 9"))

    with pytest.raises(Rejected) as rejected:
        asked()

    (fault,) = rejected.value.diagnostics
    assert fault.primary.source.path == "law/quick.norm"
    assert "base" not in fault.message


RENUMBERED = """
use home, charter, housing.

bill renumbered "New numbers" rank constitution enacted in force from 2020-01-01 evidence inferred
  amend charter
    renumber article 2 as article 3.
    renumber article 1 as article 2.
"""


def test_a_renumbered_provision_is_the_same_one(law: Project) -> None:
    two = CHARTER + "  article 2\n    norm no_haste\n      forbid Eviction e.\n"
    law.write(charter=two, housing=OPEN)
    law.commit()
    before = printed("--as-of", "2021-01-01")
    law.write(numbers=RENUMBERED)
    after = printed("--against", "main", "--as-of", "2021-01-01")

    assert {each["status"] for each in after.values()} <= {"pre-existing", "unchanged"}
    moved = {each["provision"]["article"]: name for name, each in after.items()}
    assert sorted(moved) == ["2", "3"]
    assert after.keys() == before.keys()
    assert notes(asked()) == ("the bill `renumbered` is new: in `main` there is no such bill",)


def printed(*options: str) -> dict[str, Any]:
    """Return what is found to be violated, by its identity."""
    ended = amparo("check", "law", *options, "--format", "json")
    found = json.loads(ended.out)["findings"]
    return {each["id"]: each for each in found if each["verdict"] == "violated"}


# -- waivers --------------------------------------------------------------------------------------

WAIVER = """
use home, charter, housing.

waive licensed-violation of charter article 1 norm no_eviction
  because "It is being redrafted." by "The ministry" until 2200-01-01.
"""


def test_a_waiver_that_comes_with_the_edit_it_is_for_covers_it(law: Project) -> None:
    law.write(housing=OPEN, waived=WAIVER)

    result = asked()

    assert (result.verdict, only(result).status) == ("holds", "introduced")
    assert only(result).waived is not None


def test_a_waiver_of_the_law_does_not_cover_what_a_bill_brings(law: Project) -> None:
    law.write(quick=BILL, waived=WAIVER)
    assert only(asked()).waived is None

    law.write(waived=WAIVER.replace("norm no_eviction", "norm no_eviction caused by quick"))
    result = asked()
    assert (result.verdict, only(result).status) == ("holds", "introduced")


def test_a_waiver_too_many_fails_only_the_change_that_brings_it(law: Project) -> None:
    law.write(waived=WAIVER)
    assert only(asked(), "unused-waiver").status == "introduced"
    assert asked().verdict == "violated"
    law.commit()
    assert only(asked(), "unused-waiver").status == "pre-existing"
    assert asked().verdict == "holds"


# -- other words, other bodies --------------------------------------------------------------------


def test_a_new_word_changes_no_old_answer(law: Project) -> None:
    law.write(housing=OPEN)
    law.commit()
    more = WORDS + 'fact lives_in(p: Person, d: Dwelling) reads "{p} lives in {d}".\n'
    law.write(
        home=more, housing=OPEN.replace("Eviction e.", "Eviction e when lives_in(e.by, e.from).")
    )

    assert only(asked()).status == "pre-existing"


def test_a_word_that_is_gone_is_compared_too(law: Project) -> None:
    more = WORDS + 'fact lives_in(p: Person, d: Dwelling) reads "{p} lives in {d}".\n'
    law.write(
        home=more, housing=OPEN.replace("Eviction e.", "Eviction e when lives_in(e.by, e.from).")
    )
    law.commit()
    law.write(home=WORDS, housing=OPEN)

    found = only(asked())

    assert (found.status, found.base_verdict) == ("introduced", "violated")


def test_what_is_declared_differently_counts_as_new_and_says_so(law: Project) -> None:
    words = WORDS + 'fact urgent(d: Dwelling) reads "{d} is urgent".\n'
    law.write(home=words, housing=OPEN.replace("Eviction e.", "Eviction e when urgent(e.from)."))
    law.commit()
    law.write(
        home=words.replace('d: Dwelling) reads "{d}', 'd: Person) reads "{d}'),
        housing=OPEN.replace("Eviction e.", "Eviction e when urgent(e.by)."),
    )

    found = only(asked())

    assert (found.status, found.base_verdict) == ("introduced", "violated")
    assert any("declares `urgent` differently" in each for each in found.notes)


def test_a_protection_that_goes_is_lost_at_its_act(law: Project) -> None:
    law.write(
        charter=CHARTER
        + "  article 2\n    norm no_haste\n      forbid Eviction e unless some Order o has o before e.\n"
    )
    law.commit()
    law.write(charter=CHARTER)

    (examined,) = asked().examined
    found = {each.rule: each for each in examined.findings}["lost-protection"]

    assert (found.verdict, found.status) == ("depends", "introduced")
    assert str(found.provision) == "charter article 2 norm no_haste"
    assert found.span.source.path == "law/charter.norm"
    assert found.outcome.note == "It protects without this change, and no more with it."


def test_a_new_body_of_law_is_new_altogether(law: Project) -> None:
    law.git("rm", "-r", "--quiet", "law")
    law.commit()
    law.write(body=BODY, home=WORDS, charter=CHARTER, housing=OPEN)

    result = asked()

    assert (result.verdict, only(result).status) == ("violated", "introduced")
    assert notes(result) == ("nothing of the body of law `homes` is in `main`: all of it is new",)


# -- which version --------------------------------------------------------------------------------


def test_a_base_that_is_no_law_is_told_as_the_base_s(law: Project) -> None:
    law.write(housing=HOUSING + "  artcle 2\n")
    law.commit()
    law.write(housing=HOUSING)

    ended = amparo("check", "law", "--against", "main")

    assert ended.code == 2
    assert ended.out == ""
    assert "in the base version `main`: " in ended.err
    assert "--> main:law/housing.norm:9:3" in ended.err


def test_a_folder_may_be_the_base(law: Project) -> None:
    law.write(housing=OPEN)
    law.git("worktree", "add", "--quiet", "--detach", "old", "main")

    assert only(asked(against="old")).status == "introduced"
    assert only(asked(against="./old/law")).status == "introduced"
    assert only(asked(against=str(law.folder / "law"))).status == "pre-existing"
    law.git("branch", "old")
    with pytest.raises(Unusable, match=r"is a folder and a version: say `\./old`"):
        asked(against="old")


def test_it_is_found_from_anywhere_in_the_checkout(
    law: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    law.write(housing=OPEN)
    law.git("worktree", "add", "--quiet", "--detach", "../beside", "main")
    # What git tells a hook's commands is of its own repository.
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/other")
    monkeypatch.chdir(law.folder / "law")

    assert only(asked(".")).status == "introduced"
    assert only(asked("../law/charter.norm")).status == "introduced"
    assert only(asked("../../beside/law")).status == "unchanged"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("--upload-pack=touch run", "is no name of a version"),
        ("-x", "is no name of a version"),
        ("", "is no name of a version"),
        ("main\nmain", "is no name of a version"),
        ("main\0", "is no name of a version"),
        ("main:law", "neither a folder nor a version"),
        ("mian", "neither a folder nor a version"),
        ("./mian", "there is no folder"),
        ("next", "say `origin/next`"),
    ],
)
def test_a_version_that_is_none_is_refused(law: Project, name: str, said: str) -> None:
    law.git("update-ref", "refs/remotes/origin/next", "main")

    with pytest.raises(Unusable, match=said):
        asked(against=name)
    assert not (law.folder / "run").exists()


def test_a_shallow_clone_is_told_how_to_be_deepened(
    law: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    law.git("tag", "first")
    law.commit()
    law.git("clone", "--quiet", "--depth", "1", "--no-tags", f"file://{law.folder}", "clone")
    monkeypatch.chdir("clone")

    with pytest.raises(Unusable, match="`fetch-depth: 0`"):
        asked(against="first")


def test_outside_a_checkout_there_is_no_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    Project(tmp_path).write(body=BODY, home=WORDS, charter=CHARTER, housing=HOUSING)

    with pytest.raises(Unusable, match="not a git repository"):
        asked()


def test_nothing_of_a_stranger_s_checkout_is_run_and_nothing_is_touched(law: Project) -> None:
    law.write(housing=OPEN)
    trap = law.folder / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {law.folder}/sprung\ncat\n")
    trap.chmod(0o755)
    (law.folder / ".gitattributes").write_text(
        "*.norm filter=trap diff=trap text working-tree-encoding=UTF-8\n"
    )
    law.git("add", ".gitattributes")
    law.git("commit", "--quiet", "--message", "attributes")
    for setting in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "diff.trap.textconv",
        "filter.trap.smudge",
        "filter.trap.process",
        "alias.cat-file",
        "alias.ls-tree",
        "core.alternateRefsCommand",
        "uploadpack.packObjectsHook",
    ):
        law.git("config", setting, f"{'!' if setting.startswith('alias') else ''}{trap}")
    law.git("config", "extensions.partialClone", "origin")
    law.git("config", "remote.origin.promisor", "true")
    law.git("config", "remote.origin.url", f"ext::{trap}")
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        (law.folder / ".git" / "hooks" / hook).write_text(trap.read_text())
        (law.folder / ".git" / "hooks" / hook).chmod(0o755)
    index = law.folder / ".git" / "index"
    before, files = index.read_bytes(), sorted(law.folder.rglob("*"))

    assert only(asked()).status == "introduced"

    assert not (law.folder / "sprung").exists()
    assert (index.read_bytes(), sorted(law.folder.rglob("*"))) == (before, files)
    law.git("status")
    assert (law.folder / "sprung").exists(), "the trap springs where it is not avoided"


def test_what_a_clone_lacks_is_not_fetched_from_where_it_says(law: Project) -> None:
    blob = law.git("rev-parse", "main:law/housing.norm").strip()
    (law.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    law.git("config", "extensions.partialClone", "origin")
    law.git("config", "remote.origin.promisor", "true")
    law.git("config", "remote.origin.url", f"ext::touch {law.folder}/sprung")
    law.git("config", "protocol.ext.allow", "always")

    with pytest.raises(Unusable, match=r"the clone lacks what"):
        asked()
    assert not (law.folder / "sprung").exists()


def test_what_looks_like_a_repository_among_the_norms_is_not_taken_for_one(law: Project) -> None:
    law.git("init", "--quiet", "--bare", "planted")
    for entry in (law.folder / "planted").iterdir():
        entry.rename(law.folder / "law" / entry.name)
    (law.folder / "law" / "config").write_text("[core]\n bare = false\n worktree = /\n")

    with pytest.raises(Unusable, match="git does not say which version"):
        asked()


def test_links_of_the_base_are_not_followed(law: Project, tmp_path: Path) -> None:
    secret = tmp_path / "secret.norm"
    secret.write_text("act stolen")
    (law.folder / "law" / "link.norm").symlink_to(secret)
    (law.folder / "law" / "beside").symlink_to(law.folder)
    law.git("add", "law")
    law.git("commit", "--quiet", "--message", "links")

    assert only(asked()).status == "unchanged"


# -- the other commands ---------------------------------------------------------------------------


def test_a_warning_is_new_or_was_so_before(law: Project) -> None:
    never = "  article 2\n    norm never\n      permit Eviction e when e.by is a Person and not e.by is a Person.\n"
    law.write(housing=HOUSING + never)
    law.commit()
    kept = amparo("lint", "law", "--against", "main")
    law.write(housing=HOUSING + never + never.replace("2", "3").replace("never", "not_ever"))
    new = amparo("lint", "law", "--against", "main", "--format", "json")

    assert kept.code == 0
    assert "(was so in `main`)" in kept.out
    assert new.code == 1
    status = {each["provision"]["norm"]: each["status"] for each in json.loads(new.out)["findings"]}
    assert (status["never"], status["not_ever"]) == ("pre-existing", "introduced")


def test_an_instruction_that_was_idle_before_is_no_news(law: Project) -> None:
    idle = (
        "    in article 1\n      insert\n        norm again\n"
        "          permit Eviction e when some Order o has o.on_home = e.from and o before e.\n"
    )
    again = idle.replace("again", "once_more")
    law.write(bill=f"{BILL}{idle}")
    law.commit()
    law.write(bill=f"{BILL}{idle}{again}")

    ended = amparo("lint", "law", "--against", "main", "--format", "json")

    status = {
        each["cause"][0]["ordinal"]: each["status"]
        for each in json.loads(ended.out)["findings"]
        if each["cause"] and "the instruction" in "".join(each["notes"])
    }
    assert status == {2: "pre-existing", 3: "introduced"}


def test_two_versions_are_compared_by_what_they_judge(law: Project) -> None:
    law.git("checkout", "--quiet", "-b", "draft")
    law.write(housing=OPEN)
    law.commit()

    assert amparo("diff", "main", "law").code == 1
    assert amparo("diff", "draft", "law").code == 0
    assert "Newly permitted: an eviction" in amparo("diff", "main", "draft").out
    assert "No longer permitted: an eviction" in amparo("diff", "law", "main").out
    missing = amparo("diff", "mian", "law")
    assert (missing.code, "neither a folder nor a version" in missing.err) == (2, True)


# -- what is told ---------------------------------------------------------------------------------


def test_every_format_says_how_a_finding_stands_to_the_base(law: Project) -> None:
    law.write(
        charter=CHARTER + "  article 2\n    norm never\n      forbid Eviction e.\n", housing=HOUSING
    )
    law.commit()
    law.write(housing=OPEN)
    law.git("checkout", "--quiet", "--detach")
    told = {
        style: amparo("check", "law", "--against", "main", "--format", style)
        for style in (
            "full",
            "concise",
            "json",
            "sarif",
            "junit",
            "github",
            "gitlab",
            "markdown",
            "html",
        )
    }

    assert {each.code for each in told.values()} == {1}
    assert "CONTRADICTS (new since `main`): The charter, article 1" in told["full"].out
    assert "`housing article 1 norm eviction` is changed since `main`" in told["full"].out
    assert "norm never introduced" in told["concise"].out
    body = json.loads(told["json"].out)
    assert body["bodies"][0]["against"] == "main"
    assert body["findings"][0]["altered"][0]["line"] == 7
    assert body["findings"][0]["shown_at"] == {"file": "law/housing.norm", "line": 7}
    assert body["findings"][0]["file"] == "law/charter.norm"
    assert told["concise"].out.startswith("law/housing.norm:7: violated licensed-violation")
    (run,) = json.loads(told["sarif"].out)["runs"]
    states = {each["properties"]["provision"]: each["baselineState"] for each in run["results"]}
    assert states["charter article 1 norm no_eviction"] == "new"
    lines = [
        each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in run["results"]
    ]
    assert lines[0] == 7
    assert "::error file=law/housing.norm,line=7" in told["github"].out
    assert json.loads(told["gitlab"].out)[0]["location"]["lines"]["begin"] == 7
    assert "new since `main`" in told["markdown"].out
    assert "new since `main`" in told["html"].out
    assert 'failures="' in told["junit"].out


def test_without_a_base_no_format_speaks_of_one(law: Project) -> None:
    law.write(housing=OPEN)

    assert "baselineState" not in amparo("check", "law", "--format", "sarif").out
    assert "new since" not in amparo("check", "law").out
