"""The one module that knows cvc5: a second solver, which reads the text that the first was given.

It is an optional dependency: importing this module fails where it is not installed. Nothing of it
escapes but text. Deterministic: fixed seeds (its default), and effort counted in its own units.
"""

import cvc5

from amparo.smt.z3_backend import Answer

NAME = f"cvc5 {cvc5.__version__}"
EFFORT = 20_000_000
"""Of its resource units, for one script: about a minute."""


def decide(script: str, effort: int = EFFORT) -> Answer:
    """Decide ``script``; `unknown` where ``effort`` is used up."""
    return _answer(_read(script, effort).checkSat())


def _read(script: str, effort: int) -> cvc5.Solver:
    solver = cvc5.Solver(cvc5.TermManager())
    solver.setOption("rlimit", str(effort))
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
