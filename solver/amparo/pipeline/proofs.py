"""Proofs by the second solver, kept in a folder for whoever wants to check them.

A file for each question, ``0001.smt2``, and one for the proof of it, ``0001.cpc``, in the
calculus of cvc5; ``proofs.json`` says what rests on which, and what was checked.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from amparo.pipeline.files import Unusable
from amparo.pipeline.whole import write_whole
from amparo.smt.proofs import Proof
from amparo.verify.export import Question

INDEX = "proofs.json"
CHECK = """\
; A proof that the question beside this file is unsatisfiable.
; To have it checked by a program of its own, ethos, with the rules of the calculus (Cpc.eo in
; proofs/eo/cpc of the sources of cvc5, of the version that made it):
;   (echo '(include "Cpc.eo")'; cat THIS-FILE) > check.eo && ethos check.eo
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A question and the proof of it; None where there was none within the effort."""

    question: Question
    proof: Proof | None


def empty(folder: Path) -> None:
    """Make ``folder`` where it is not there.

    Raises:
        Unusable: something is in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Unusable(f"proofs are written to an empty folder, and `{folder}` is none")
    folder.mkdir(parents=True, exist_ok=True)


def write(folder: Path, solver: str, proofs: Iterable[Written]) -> str:
    """Write ``proofs`` by ``solver`` to ``folder``; return what was written, as a sentence."""
    listed = []
    for number, each in enumerate(proofs, start=1):
        asked, proved = f"{number:04}.smt2", f"{number:04}.cpc"
        write_whole(folder / asked, each.question.text.removeprefix("(reset)\n"))
        if each.proof is not None:
            write_whole(folder / proved, CHECK + each.proof.text)
        listed.append(
            {
                "question": asked,
                "proof": None if each.proof is None else proved,
                "unchecked_steps": None if each.proof is None else each.proof.trusted,
                "rests": list(each.question.rests),
            }
        )
    made = [each for each in listed if each["proof"]]
    index = {"solver": solver, "checked_by": solver, "proofs": listed}
    write_whole(folder / INDEX, json.dumps(index, ensure_ascii=False, indent=2) + "\n")
    unchecked = sum(bool(each["unchecked_steps"]) for each in made)
    return (
        f"{len(made)} proofs of {len(listed)} questions were written to {folder}: each was checked "
        f"step by step by {solver} itself, and by nothing else"
        + f"; {unchecked} of them have steps that it takes on trust"
        * bool(unchecked)
    )
