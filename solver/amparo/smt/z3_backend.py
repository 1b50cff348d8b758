"""The one module that knows Z3. It reads SMT-LIB text and answers; nothing of Z3 escapes it.

Z3's Python package looks for its library in the current directory before its own folder, so a
check started in a stranger's checkout would run the stranger's library. The package's folder is
therefore named beforehand, and no other is searched.
"""

import builtins
import importlib.util
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any
from typing import Literal as OneOf

from amparo.smt.tally import one_call


def _import_z3() -> Any:
    found = importlib.util.find_spec("z3")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("the package z3-solver is not installed", name="z3")
    builtins.Z3_LIB_DIRS = [str(Path(found.origin).parent / "lib")]  # type: ignore[attr-defined]
    import z3  # noqa: PLC0415 - only once its library's folder is fixed

    return z3


z3 = _import_z3()

Answer = OneOf["sat", "unsat", "unknown"]
Plain = bool | int | Fraction | str
"""A Boolean, a whole number, a fraction, or the solver's name of an individual."""


class Session:
    """One script, asked repeatedly. Deterministic: a fresh context, fixed seeds, counted effort."""

    def __init__(self, script: str, effort: int) -> None:
        """Read ``script`` in bulk; its checks together may spend ``effort`` of Z3's resource units."""
        self._context = z3.Context()
        self._solver = z3.SimpleSolver(ctx=self._context)
        self._solver.set("random_seed", 0)
        self._solver.set("phase_selection", 0)
        self._solver.from_string(script)
        self._effort = effort
        self._before = self._count()
        self._model: Any = None
        self._found = False

    @property
    def left(self) -> int:
        """What its checks may still spend."""
        return max(0, self._effort - (self._count() - self._before))

    def check(
        self,
        assumptions: Sequence[str] = (),
        denied: Sequence[str] = (),
        most: int | None = None,
    ) -> Answer:
        """Decide the script with the Boolean constants ``assumptions`` true and ``denied`` false.

        It spends ``most`` at the most, or all that is left; `unknown` when that is used up.
        """
        literals = [self._boolean(each) for each in assumptions]
        literals += [z3.Not(self._boolean(each)) for each in denied]
        left = self.left
        if most is not None:
            left = min(left, most)
        if left:
            self._solver.set("rlimit", left)
        answer = "unknown"
        if left:
            with one_call(self._count):
                answer = str(self._solver.check(*literals))
        self._model, self._found = None, answer == "sat"
        return "sat" if answer == "sat" else "unsat" if answer == "unsat" else "unknown"

    def core(self) -> tuple[str, ...]:
        """Return assumptions of the last check that are together unsatisfiable."""
        return tuple(sorted(str(each) for each in self._solver.unsat_core()))

    def add(self, literal: str) -> None:
        """Hold the Boolean constant ``literal`` true from now on; the last model stays readable."""
        if self._model is None and self._found:
            self._model = self._solver.model()
        self._solver.add(self._boolean(literal))

    def truth(self, name: str) -> bool:
        """Return the value of a Boolean constant in the last model."""
        value = self._value(self._boolean(name))
        return bool(z3.is_true(value))

    def holds(self, predicate: str, sort: str, name: str) -> bool:
        """Return whether ``predicate`` holds of the individual ``name`` in the last model."""
        domain = z3.DeclareSort(sort, self._context)
        function = z3.Function(predicate, domain, z3.BoolSort(self._context))
        value = self._value(function(z3.Const(name, domain)))
        return bool(z3.is_true(value))

    def number(self, name: str, sort: OneOf["Int", "Real"]) -> int | Fraction:
        """Return the value of a numeric constant in the last model."""
        make = z3.Int if sort == "Int" else z3.Real
        value = self._value(make(name, self._context))
        if sort == "Int":
            return int(value.as_long())
        return Fraction(value.numerator_as_long(), value.denominator_as_long())

    def individual(self, name: str, sort: str) -> str:
        """Return the last model's own name of the individual ``name``: equal iff it is the same."""
        declared = z3.Const(name, z3.DeclareSort(sort, self._context))
        return str(self._value(declared))

    def _count(self) -> int:
        """Return the resource units that the solver has spent: the same on every machine."""
        # The package's own table of all statistics takes longer than most checks.
        context = self._context.ref()
        found = z3.Z3_solver_get_statistics(context, self._solver.solver)
        z3.Z3_stats_inc_ref(context, found)
        spent = 0
        for each in range(z3.Z3_stats_size(context, found)):
            if z3.Z3_stats_get_key(context, found, each) == "rlimit count":
                spent = int(z3.Z3_stats_get_uint_value(context, found, each))
        z3.Z3_stats_dec_ref(context, found)
        return spent

    def _value(self, term: Any) -> Any:
        """Return the value of ``term`` in the last model, which is fetched when first asked for."""
        if self._model is None:
            self._model = self._solver.model()
        return self._model.eval(term, model_completion=True)

    def _boolean(self, name: str) -> Any:
        return z3.Bool(name, self._context)
