"""A second solver is asked for every proof on which what was found rests.

That a case breaks a protection is replayed by `semantics`, and needs no second opinion. That no
case does is what only a solver says: so another one decides the same text.
"""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from amparo.pipeline.files import Unusable
from amparo.pipeline.proofs import Written, empty, write
from amparo.report.result import Examined, Result
from amparo.smt.proofs import Proof, recorded
from amparo.smt.z3_backend import Answer
from amparo.verify.check import protects
from amparo.verify.export import proofs
from amparo.verify.finding import Finding, Opinion


class Disagreement(Exception):
    """A script is unsatisfiable to one solver and satisfiable to the other: one of them is wrong."""

    def __init__(self, solver: str, script: str, kept: Path) -> None:
        """Keep the script, and say where it was written to."""
        self.script = script
        super().__init__(
            f"z3 finds this question unsatisfiable and {solver} satisfiable: it is kept in {kept}"
        )


@dataclass(frozen=True, slots=True)
class Second:
    """The second solver: its name and version, its answer to a script, and its proof of one."""

    name: str
    decide: Callable[[str], Answer]
    prove: Callable[[str], Proof | None]


def second() -> Second:
    """Return the second solver.

    Raises:
        Unusable: it is not installed.
    """
    try:
        from amparo.smt.cvc5_backend import NAME, decide, prove  # noqa: PLC0415 - may be missing
    except ModuleNotFoundError as missing:
        if missing.name != "cvc5":
            raise
        raise Unusable(
            "a second opinion needs the solver cvc5, which is not installed: "
            "install `amparo[second-opinion]`"
        ) from missing
    return Second(NAME, decide, prove)


def seconded(ask: Callable[[], Result], folder: Path | None = None) -> Result:
    """Return what ``ask`` finds, with what a second solver says of the proofs it rests on.

    Its own proofs are written to ``folder``.

    Raises:
        Unusable: there is no second solver, or something is in the folder.
        Disagreement: it finds a case where the first proves that there is none.
    """
    solver = second()
    if folder is not None:
        empty(folder)
    with recorded() as made:
        result = ask()
    found = confirmed(result, made, solver)
    return found if folder is None else _with_proofs(found, made, solver, folder)


def confirmed(result: Result, made: Iterable[str], solver: Second) -> Result:
    """Return ``result`` with what ``solver`` says of its proofs, and of all that were ``made``."""
    agrees = {script: _agrees(script, solver) for script in made}

    def opinion(scripts: Iterable[str]) -> Opinion:
        said = [agrees[each] for each in dict.fromkeys(scripts)]
        return Opinion(solver.name, len(said), sum(said))

    def told(finding: Finding) -> Finding:
        proved = finding.verdict == "holds" and protects(finding.rule)
        # Whatever was not recorded is not confirmed.
        assert finding.proofs or not proved, finding
        return replace(finding, opinion=opinion(finding.proofs or ()))

    examined = []
    used = set[str]()
    for each in result.examined:
        findings = tuple(map(told, each.report.findings))
        scripts = [script for finding in findings for script in finding.proofs or ()]
        used.update(scripts)
        report = replace(each.report, findings=findings, opinion=opinion(scripts))
        examined.append(replace(each, report=report))
    beside = opinion(each for each in agrees if each not in used)
    return replace(result, examined=tuple(_noted(each, beside) for each in examined))


def _agrees(script: str, solver: Second) -> bool:
    """Say whether ``solver`` proves ``script`` unsatisfiable within its effort."""
    answer = solver.decide(script)
    if answer == "sat":
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="amparo-", suffix=".smt2", delete=False
        ) as kept:
            kept.write(f"(set-logic ALL)\n{script}(check-sat)\n")
        raise Disagreement(solver.name, script, Path(kept.name))
    return answer == "unsat"


def _with_proofs(result: Result, made: Iterable[str], solver: Second, folder: Path) -> Result:
    """Return ``result``, which says what was written of the proofs, and write them."""
    findings = [each for one in result.examined for each in one.report.findings]
    written = [
        Written(question, solver.prove(question.script)) for question in proofs(findings, made)
    ]
    note = write(folder, solver.name, written)
    examined = (
        replace(each, report=replace(each.report, notes=(*each.report.notes, note)))
        for each in result.examined
    )
    return replace(result, examined=tuple(examined))


def _noted(examined: Examined, beside: Opinion) -> Examined:
    """Return ``examined`` with what is said of the proofs on which no finding rests by itself."""
    if not beside.proofs:
        return examined
    note = (
        f"on the way to causes, cures and other cases {beside.proofs} more proofs were made: "
        f"{beside.solver} confirms {beside.confirmed}"
    )
    report = replace(examined.report, notes=(*examined.report.notes, note))
    return replace(examined, report=report)
