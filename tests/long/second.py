"""Every proof about the law in norms/, decided by a second solver.

`--examples` is how many bodies of law are asked about, of those in the folders written after it
(`norms/docket` if none is). Of each, all is asked that `check`, `lint` and `test` ask, and every
script that is found unsatisfiable meanwhile is given to cvc5.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from amparo.diagnostics import Rejected
from amparo.pipeline.files import Unusable
from amparo.pipeline.lint import lint
from amparo.pipeline.run import examine
from amparo.pipeline.trials import attempt
from amparo.smt.cvc5_backend import decide
from amparo.smt.proofs import recorded
from long.figures import FAULTS, REPOSITORY, Asked, Figures


def run(asked: Asked) -> Figures:
    """Ask about each body, and hold its proofs against the second solver."""
    folders = [Path(REPOSITORY, each) for each in asked.more or ("norms/docket",)]
    found: Counter[str] = Counter()
    for body in list(_bodies(folders))[: asked.examples]:
        found["bodies of law asked about"] += 1
        with recorded() as proofs:
            _asked(body)
        answers = Counter(map(decide, proofs))
        for script in proofs if answers["sat"] else ():
            if decide(script) == "sat":
                print(f"{body.name}: the two do not agree on\n{script}", file=sys.stderr)
        found["proofs made"] += len(proofs)
        found["proofs that a second solver confirms"] += answers["unsat"]
        found["proofs that it could not decide"] += answers["unknown"]
        found[FAULTS] += answers["sat"]
        said = ", ".join(f"{number} {answer}" for answer, number in sorted(answers.items()))
        print(f"{body.name}: {said}", file=sys.stderr, flush=True)
    return {what: found[what] for what in (*(each for each in found if each != FAULTS), FAULTS)}


def _bodies(folders: list[Path]) -> Iterator[Path]:
    """Yield the folder of every body that lies in ``folders``."""
    for folder in folders:
        yield from sorted(each.parent for each in folder.rglob("body.norm")) or [folder]


def _asked(folder: Path) -> None:
    for ask in (examine, lint, attempt):
        try:
            ask([folder])
        except Unusable:
            continue
        except Rejected as rejected:
            raise SystemExit(f"{folder}: {rejected}") from rejected
