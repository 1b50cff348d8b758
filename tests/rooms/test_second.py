"""What a second solver says of the proofs on which a finding rests."""

import json
import re
import sys
from dataclasses import replace
from functools import partial
from itertools import combinations
from pathlib import Path

import pytest

import amparo
from amparo.pipeline.second import Disagreement, Second, confirmed, second, seconded
from amparo.report.plain import render_concise, render_plain
from amparo.report.result import Examined, Result
from amparo.report.sarif import render_sarif
from amparo.smt.cvc5_backend import decide, prove
from amparo.verify.finding import Finding, Opinion
from expect import amparo as run

LAW = """
vocabulary home
kind Person reads "a person".
event Decision { against: Person } reads "a court decides against {against}".
event Notice { to: Person } reads "{to} is told".
official act Levy { from: Person } reads "something is taken from {from}".

act basic "The basic law" rank constitution in force from 2000-01-01 evidence read
  article 1
    norm decided forbid Levy l unless some Decision c has c.against = l.from and c before l.
  article 2
    norm told when Levy l require some Notice n has n.to = l.from within 3 days.

act code "The code" rank law in force from 2000-01-01 evidence read
  article 1
    norm basis permit Levy l when some Decision c has c.against = l.from and c before l.
    norm notice when Levy l require some Notice n has n.to = l.from within 2 days.
"""
BILL = """
bill silence "The silence bill"
  rank law in force from 2020-01-01
  amend code
    repeal article 1 norm notice.
"""
OPEN = """
bill opening "The opening bill"
  rank law in force from 2020-01-01
  amend code
    in article 1 replace norm basis with
      norm basis permit Levy l.
"""
FALSE = "(declare-const p Bool)\n(assert (and p (not p)))\n"
TRUE = "(declare-const p Bool)\n(assert p)\n"
HOLES = range(5)
CROWDED = "\n".join(
    [
        *(f"(declare-const p{pigeon}{hole} Bool)" for pigeon in range(6) for hole in HOLES),
        *(f"(assert (or {' '.join(f'p{each}{hole}' for hole in HOLES)}))" for each in range(6)),
        *(
            f"(assert (not (and p{one}{hole} p{other}{hole})))"
            for hole in HOLES
            for one, other in combinations(range(6), 2)
        ),
    ]
)
"""More pigeons than holes: unsatisfiable, and no matter of a moment."""


@pytest.fixture
def law(tmp_path: Path) -> Path:
    path = tmp_path / "law.norm"
    path.write_text(LAW, encoding="utf-8")
    return path


@pytest.fixture
def held(law: Path) -> Result:
    """Return what is found without a second opinion."""
    return amparo.check(law)


def only(result: Result) -> Examined:
    """Return the only body of ``result``."""
    (examined,) = result.examined
    return examined


def resting_on(result: Result, *scripts: str) -> Result:
    """Return ``result`` as if its first finding rested on these scripts and no other on any."""
    examined = only(result)
    first, *others = examined.report.findings
    findings: list[Finding] = [replace(first, proofs=scripts)]
    findings += [replace(each, verdict="unknown", proofs=()) for each in others]
    return Result((replace(examined, report=replace(examined.report, findings=tuple(findings))),))


@pytest.mark.slow
def test_every_finding_says_that_its_proofs_are_confirmed(law: Path, held: Result) -> None:
    result = amparo.check(law, second_opinion=True)

    findings = only(result).report.findings
    opinions = [each.opinion for each in findings]
    assert all(o is not None and o.proofs == o.confirmed > 0 for o in opinions)
    assert {o.solver for o in opinions if o is not None} == {second().name}
    assert [each.verdict for each in findings] == ["holds"] * len(findings)
    bare = tuple(replace(each, opinion=None) for each in findings)
    assert bare == only(held).report.findings
    assert all(not each.proofs for each in only(held).report.findings)


@pytest.mark.slow
def test_what_a_bill_brings_comes_with_an_opinion_of_its_causes(law: Path) -> None:
    for name, text in (("silence.norm", BILL), ("opening.norm", OPEN)):
        (law.parent / name).write_text(text, encoding="utf-8")

    result = amparo.check(law, bills=[law.parent / "silence.norm"], second_opinion=True)

    violated, *_ = (e for e in only(result).findings if e.verdict == "violated")
    # The case was replayed; that there was none before the bill is a proof.
    assert violated.opinion is not None
    assert violated.opinion.confirmed == violated.opinion.proofs > 0
    whole = only(result).report.opinion
    assert whole is not None
    scripts = {script for each in only(result).findings for script in each.proofs or ()}
    assert (whole.proofs, whole.confirmed) == (len(scripts), len(scripts))
    assert any("on the way to causes" in note for note in only(result).report.notes)


@pytest.mark.slow
def test_an_answer_over_time_rests_on_the_proofs_of_every_stretch(law: Path) -> None:
    until = LAW.replace("2 days.", "2 days in force until 2020-01-01.")
    law.write_text(until, encoding="utf-8")

    findings = only(amparo.check(law, timeline=True, second_opinion=True)).report.findings

    told = next(each for each in findings if each.rule == "missing-safeguard")
    assert [each.verdict for each in told.segments][-1] == "violated"
    assert told.opinion is not None
    assert told.opinion.confirmed == told.opinion.proofs > 0


@pytest.mark.slow
def test_the_opinion_is_told_in_every_format(law: Path) -> None:
    full = run("check", law, "--second-opinion")
    concise = run("check", law, "--second-opinion", "--format", "concise")
    printed = json.loads(run("check", law, "--second-opinion", "--format", "json").out)

    name = second().name
    assert full.code == 0
    assert f"A second solver, {name}, confirms all" in full.out
    opinions = [each["second_opinion"] for each in printed["findings"]]
    assert all(each["proofs"] == each["confirmed"] > 0 for each in opinions)
    assert {each["solver"] for each in opinions} == {name}
    body = printed["bodies"][0]["second_opinion"]
    assert f"a second solver, {name}, confirms {body['proofs']} of {body['proofs']} proofs" in (
        concise.out
    )
    assert "not-confirmed" not in concise.out


def test_without_the_question_there_is_no_opinion(law: Path) -> None:
    printed = json.loads(run("check", law, "--format", "json").out)

    assert {each["second_opinion"] for each in printed["findings"]} == {None}
    assert printed["bodies"][0]["second_opinion"] is None


def test_what_cannot_be_decided_again_is_said_to_be_unconfirmed(held: Result) -> None:
    hasty = Second("a hasty solver", partial(decide, effort=1), partial(prove, effort=1))
    result = confirmed(resting_on(held, CROWDED), [CROWDED], hasty)

    first = only(result).report.findings[0]
    assert first.opinion == Opinion("a hasty solver", 1, 0)
    assert first.verdict == "holds"
    assert "Not confirmed: a second solver, a hasty solver, confirms 0 of the" in " ".join(
        render_plain(result).split()
    )
    lines = render_concise(result).splitlines()
    assert [
        line.endswith(" not-confirmed") for line in lines[: len(held.examined[0].findings)]
    ] == [each is first for each in only(result).findings]


def test_a_disagreement_is_a_failure_and_keeps_the_script(held: Result) -> None:
    with pytest.raises(Disagreement, match="kept in") as failure:
        confirmed(resting_on(held, FALSE, TRUE), [FALSE, TRUE], second())

    kept = Path(str(failure.value).rpartition(" ")[2])
    assert kept.read_text(encoding="utf-8") == f"(set-logic ALL)\n{TRUE}(check-sat)\n"
    kept.unlink()


def test_a_proof_that_was_not_recorded_is_not_taken_for_confirmed(held: Result) -> None:
    with pytest.raises(AssertionError):
        confirmed(resting_on(held), [], second())


def test_without_the_second_solver_it_is_said_what_to_install(
    law: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cvc5", None)
    monkeypatch.delitem(sys.modules, "amparo.smt.cvc5_backend", raising=False)

    ended = run("check", law, "--second-opinion")

    assert (ended.code, ended.out) == (2, "")
    assert "install `amparo[second-opinion]`" in ended.err
    assert run("check", law, "--quiet").code == 0


def test_the_second_solver_reads_the_text_and_answers() -> None:
    assert (decide(FALSE), decide(TRUE), decide(CROWDED)) == ("unsat", "sat", "unsat")
    assert decide(CROWDED, effort=1) == "unknown"


def test_what_it_cannot_read_is_no_answer() -> None:
    with pytest.raises(RuntimeError):
        decide("(declare-const p Nothing)\n")


def test_a_run_is_asked_once(held: Result) -> None:
    asked: list[None] = []

    def ask() -> Result:
        asked.append(None)
        return replace(held, examined=())

    assert seconded(ask) == Result(())
    assert len(asked) == 1


@pytest.mark.slow
def test_what_is_exported_is_every_proof_and_is_decided_alike(law: Path) -> None:
    idle = "    norm idle forbid Notice n when 2 < 1.\n"
    again = (
        "    norm again permit Levy l when some Decision c has c.against = l.from and c before l.\n"
    )
    law.write_text(LAW + idle + again, encoding="utf-8")

    ended = run("export", law)

    questions = ended.out.split("(reset)\n(set-logic ALL)\n")[1:]
    expected = [each.rpartition("; expect: ")[2].split()[0] for each in questions]
    assert [decide(each.replace("(check-sat)\n", "")) for each in questions] == expected
    for rests in ("no-way-to-comply: code article 1 norm notice: holds", "no-effect: code"):
        assert f"; {rests}" in ended.out
    assert "; rule: never-applies" in ended.out
    checked = amparo.check(law, second_opinion=True)
    proofs = {p.rstrip("\n") for each in only(checked).findings for p in each.proofs or ()}
    assert all(any(proof in each for each in questions) for proof in proofs)


@pytest.mark.slow
def test_proofs_are_kept_with_what_rests_on_them(law: Path) -> None:
    folder = law.parent / "proofs"

    ended = run("check", law, "--proofs", folder)

    index = json.loads((folder / "proofs.json").read_text(encoding="utf-8"))
    assert ended.code == 0
    assert index["solver"] == second().name == index["checked_by"]
    assert all(each["proof"] and each["unchecked_steps"] == 0 for each in index["proofs"])
    rests = [said for each in index["proofs"] for said in each["rests"]]
    assert "licensed-violation: basic article 1 norm decided: holds" in rests
    for each in index["proofs"]:
        question = (folder / each["question"]).read_text(encoding="utf-8")
        proof = (folder / each["proof"]).read_text(encoding="utf-8")
        assert question.startswith("(set-logic ALL)\n; a proof on which rests\n")
        script = question.removeprefix("(set-logic ALL)\n").removesuffix("(check-sat)\n")
        assert decide(script) == "unsat"
        assert proof.count("(step ") > 0
        assert re.search(r"\(step @p\d+ false :rule ", proof)
    files = {each[key] for each in index["proofs"] for key in ("question", "proof")}
    assert {each.name for each in folder.iterdir()} == {*files, "proofs.json"}
    said = " ".join(ended.out.split())
    assert f"{len(index['proofs'])} proofs of {len(index['proofs'])} questions were written" in said
    assert f"checked step by step by {second().name} itself, and by nothing else" in said


def test_proofs_are_not_written_among_other_files(law: Path) -> None:
    ended = run("check", law, "--proofs", law.parent)

    assert (ended.code, ended.out) == (2, "")
    assert "proofs are written to an empty folder" in ended.err
    assert [each.name for each in law.parent.iterdir()] == ["law.norm"]


def test_a_proof_beyond_the_effort_is_none() -> None:
    assert prove(CROWDED, effort=1) is None
    assert prove(FALSE) is not None


def test_formats_for_programs_say_what_is_not_confirmed(held: Result) -> None:
    hasty = Second("a hasty solver", partial(decide, effort=1), partial(prove, effort=1))
    result = resting_on(held, CROWDED)
    examined = only(result)
    first, *others = examined.report.findings
    undecided = (replace(first, verdict="unknown"), *others)
    report = replace(examined.report, findings=undecided)

    written = render_sarif(confirmed(Result((replace(examined, report=report),)), [CROWDED], hasty))

    said = "Not confirmed: a second solver, a hasty solver, confirms 0 of the proof"
    assert said in written
    assert "A second solver, a hasty solver, confirms 0 of 1 proofs." in written
