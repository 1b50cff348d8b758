"""The one module that knows Z3. It reads SMT-LIB text and answers; nothing of Z3 escapes it.

Z3's Python package looks for its library in the current directory before its own folder, so a
check started in a stranger's checkout would run the stranger's library. The package's folder is
therefore named beforehand, and no other is searched.
"""

import builtins
import importlib.util
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from typing import Literal as OneOf

from amparo.smt.memory import OutOfMemory, most
from amparo.smt.tally import one_call


def _import_z3() -> Any:
    found = importlib.util.find_spec("z3")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("the package z3-solver is not installed", name="z3")
    builtins.Z3_LIB_DIRS = [str(Path(found.origin).parent / "lib")]  # type: ignore[attr-defined]
    try:
        import z3  # noqa: PLC0415 - only once its library's folder is fixed
    except ImportError:
        raise
    except Exception as fault:  # of a type that is declared within
        raise OSError(
            f"the solver cannot be loaded, for lack of memory or a file: {fault}"
        ) from fault
    return z3


z3 = _import_z3()

Answer = OneOf["sat", "unsat", "unknown"]
PER_CHARACTER = 32
"""Bytes that reading a character of a script may take, and more: Z3 ends the process where it has
too few for that, so it is not asked to read what there may be no room for."""
VERSION = f"z3 {z3.get_full_version()}"
"""The solver: another may answer otherwise."""


class Solver:
    """One script, asked repeatedly. Deterministic: a fresh context, fixed seeds, counted effort.

    Questions and answers are text (`session` puts them), so that both can be written down.
    """

    def __init__(self, script: str, effort: int) -> None:
        """Read ``script`` in bulk; its checks together may spend ``effort`` of Z3's resource units.

        Raises:
            OutOfMemory: there may be too little to read it.
        """
        self._room = most()
        needed = z3.Z3_get_estimated_alloc_size() + PER_CHARACTER * len(script)
        if self._room is not None and needed > self._share() << 20:
            raise OutOfMemory
        self._context = z3.Context()
        self._solver = z3.SimpleSolver(ctx=self._context)
        self._solver.set("random_seed", 0)
        self._solver.set("phase_selection", 0)
        self._solver.from_string(script)
        self._effort = effort
        self._before = self._count()
        self._model: Any = None
        self._found = False

    def answer(self, question: str) -> str:
        """Return the answer to one question, as `session` puts them.

        `check LIMIT ASSUMED… not DENIED…` spends ``LIMIT`` at the most and answers with what is
        left; `add` holds a constant true from now on; the others are of the last check.

        Raises:
            OutOfMemory: it takes too much.
        """
        verb, *names = question.split()
        match verb:
            case "check":
                end = names.index("not")
                answer = self._check(int(names[0]), names[1:end], names[end + 1 :])
                return f"{answer} {max(0, self._effort - (self._count() - self._before))}"
            case "core":
                return " ".join(sorted(str(each) for each in self._solver.unsat_core()))
            case "add":
                if self._model is None and self._found:
                    self._model = self._solver.model()
                self._solver.add(self._boolean(names[0]))
                return ""
            case "truth":
                return _truth(self._value(self._boolean(names[0])))
            case "holds":
                predicate, sort, name = names
                domain = z3.DeclareSort(sort, self._context)
                function = z3.Function(predicate, domain, z3.BoolSort(self._context))
                return _truth(self._value(function(z3.Const(name, domain))))
            case "number":
                make = z3.Int if names[1] == "Int" else z3.Real
                value = self._value(make(names[0], self._context))
                if names[1] == "Int":
                    return str(value.as_long())
                return f"{value.numerator_as_long()}/{value.denominator_as_long()}"
            case "individual":
                declared = z3.Const(names[0], z3.DeclareSort(names[1], self._context))
                return str(self._value(declared))
            case _:
                raise ValueError(f"no question: {question}")

    def _check(self, limit: int, assumptions: Sequence[str], denied: Sequence[str]) -> Answer:
        literals = [self._boolean(each) for each in assumptions]
        literals += [z3.Not(self._boolean(each)) for each in denied]
        answer = "unknown"
        if limit:
            self._solver.set("rlimit", limit)
            with one_call(self._count), self._bounded():
                answer = self._interruptible(literals, limit)
                if answer == "unknown" and "memout" in self._solver.reason_unknown():
                    raise OutOfMemory
        self._model, self._found = None, answer == "sat"
        return "sat" if answer == "sat" else "unsat" if answer == "unsat" else "unknown"

    def _interruptible(self, literals: Sequence[Any], limit: int) -> str:
        """Return Z3's answer; an interruption ends the call at once, and is one.

        Z3 itself takes it for a wish to give up this question only, and calls it canceled, as it
        calls one whose effort is used up: so it is one that had effort left. Where interruptions
        are ignored, as in a worker, Z3 ignores them too.

        Raises:
            KeyboardInterrupt: the user has interrupted the call.
        """
        heard = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
        self._solver.set("ctrl_c", heard)
        before = self._count()
        answer = str(self._solver.check(*literals))
        canceled = answer == "unknown" and self._solver.reason_unknown() == "canceled"
        if heard and canceled and self._count() - before < limit:
            raise KeyboardInterrupt
        return answer

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        """Hold Z3 to its share of the memory within: its limit is one of the whole process."""
        if self._room is not None:
            z3.set_param("memory_max_size", self._share())
        try:
            yield
        except z3.Z3Exception as fault:
            if self._room is not None and "out of memory" in str(fault):
                raise OutOfMemory from fault
            raise
        finally:
            if self._room is not None:
                z3.set_param("memory_max_size", 0)

    def _share(self) -> int:
        """Return the megabytes that Z3 may take."""
        return 0 if self._room is None else self._room // 2

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


def _truth(value: Any) -> str:
    return "true" if z3.is_true(value) else "false"
