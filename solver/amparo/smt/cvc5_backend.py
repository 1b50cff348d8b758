"""The one module that knows cvc5: a second solver, which reads the text that the first was given.

It is an optional dependency: importing this module fails where it is not installed. Nothing of it
escapes but text. Deterministic: fixed seeds (its default), and effort counted in its own units.
"""

from collections.abc import Mapping

import cvc5

from amparo.smt.proofs import Proof
from amparo.smt.z3_backend import Answer

NAME = f"cvc5 {cvc5.__version__}"
EFFORT = 20_000_000
"""Of its resource units, for one script: about a minute."""


def decide(script: str, effort: int = EFFORT) -> Answer:
    """Decide ``script``; `unknown` where ``effort`` is used up."""
    return _answer(_read(script, effort, {}).checkSat())


def _read(script: str, effort: int, options: Mapping[str, str]) -> cvc5.Solver:
    solver = cvc5.Solver(cvc5.TermManager())
    for name, value in {"rlimit": str(effort), **options}.items():
        solver.setOption(name, value)
    solver.setLogic("ALL")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, script, "question")
    while not (command := parser.nextCommand()).isNull():
        command.invoke(solver, parser.getSymbolManager())
    return solver


def _answer(result: cvc5.Result) -> Answer:
    if result.isUnsat():
        return "unsat"
    return "sat" if result.isSat() else "unknown"


def prove(script: str, effort: int = EFFORT) -> Proof | None:
    """Return a proof that ``script`` is unsatisfiable; None where ``effort`` is used up."""
    solver = _read(
        script,
        effort,
        {
            "produce-proofs": "true",
            "proof-granularity": "dsl-rewrite",
            "check-proofs": "true",
            "proof-check": "eager",
        },
    )
    if not solver.checkSat().isUnsat():
        return None
    (proof, *_) = solver.getProof()
    text = solver.proofToString(proof, cvc5.ProofFormat.CPC).decode()
    return Proof(text, text.count(":rule trust"))
