"""Faults put into the modules that carry meaning, one at a time, and which of them no test finds.

The faults are those of mutmut's operators (a comparison turned round, a constant off by one, an
argument left out, `and` for `or`), each in the body of a function; a text with a space in it is
for people, and is left alone. `--examples` of each module are tried, drawn by `--seed`: the same
ones each time. What else is written names modules: `semantics/judge.py`. Each fault is tried in a
process of its own, against those tests of the module that run the function it is in, the quickest
first; what they do not find is told with its line. A fault that makes them take `PATIENCE` times as
long as they do is found.
"""

import contextlib
import hashlib
import importlib
import importlib.abc
import importlib.machinery
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from long import reaching
from long.figures import FAULTS, REPOSITORY, Asked, Figures
from long.reaching import Reach

SOURCE = REPOSITORY / "solver" / "amparo"
PATIENCE = 4
START = 20
"""Seconds of processor time that a process may need before its first test."""
MEANING = ("tests/rooms/test_semantics.py", "tests/rooms/test_verify.py")
COMPILED = (
    "tests/rooms/test_smt.py",
    "tests/rooms/test_rights.py",
    "tests/rooms/test_verify.py",
    "tests/rooms/test_completeness.py",
    "tests/rooms/test_impossible.py",
    "tests/rooms/test_remedies.py",
    "tests/properties/test_agreement.py",
)
SITUATED = ("tests/rooms/test_impossible.py", "tests/rooms/test_remedies.py")
ASKED = ("tests/rooms/test_verify.py", "tests/rooms/test_rights.py", "tests/rooms/test_time.py")
CORE = ("tests/rooms/test_core.py", "tests/rooms/test_precedence.py", "tests/test_mistakes.py")
RULED = (
    *CORE,
    "tests/rooms/test_names.py",
    "tests/rooms/test_acts.py",
    "tests/rooms/test_classify.py",
    "tests/rooms/test_verify.py",
)
AMENDED = ("tests/rooms/test_amend.py", "tests/properties/test_consolidation.py")
TESTS: Mapping[str, tuple[str, ...]] = {
    "semantics/judge.py": MEANING,
    "semantics/evaluate.py": MEANING,
    "smt/compile.py": COMPILED,
    "smt/norms.py": COMPILED,
    "smt/search.py": COMPILED,
    "smt/situation.py": SITUATED,
    "verify/ask.py": ASKED,
    "verify/outcome.py": ASKED,
    "core/precedence.py": CORE,
    "core/strata.py": CORE,
    "core/rules.py": RULED,
    "core/counting.py": RULED,
    "core/standing.py": ("tests/rooms/test_precedence.py", "tests/properties/test_precedence.py"),
    "amend/carry_out.py": AMENDED,
    "amend/settle.py": AMENDED,
    "amend/history.py": AMENDED,
    "amend/consolidate.py": AMENDED,
    "amend/follow.py": AMENDED,
    "amend/place.py": AMENDED,
    "amend/substitute.py": AMENDED,
}
"""Which tests are to find a fault of a module."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one fault: its line, the words that were and that are; ``text`` is all of it.

    ``around`` are the lines of the function that it is in.
    """

    module: str
    text: Callable[[], str]
    line: int
    around: range
    was: str
    now: str


def run(asked: Asked) -> Figures:
    """Try faults of each module."""
    chosen = asked.more or tuple(TESTS)
    found, survived, tried = 0, 0, 0
    for module in chosen:
        known = _reached(module)
        for each in _drawn(module, asked):
            tried += 1
            tests = reaching.reaching(known, each.around)
            if not _passes(each, tests):
                found += 1
                continue
            survived += 1
            print(
                f"{module}:{each.line}: {each.was!r} -> {each.now!r} ({len(tests)} tests)",
                file=sys.stderr,
                flush=True,
            )
    return {"faults put in": tried, "found by the tests": found, FAULTS: survived}


def _reached(module: str) -> tuple[Reach, ...]:
    """Run the tests of ``module`` as it is; return what each of them runs of it.

    They pass, and fail without it: otherwise nothing that is found with them would mean anything.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reach.json"

        def look() -> int:
            watch = reaching.Watch(SOURCE / module)
            code = _run(TESTS[module], watch)
            reaching.write(file, tuple(watch.seen()))
            return code

        if not _ends_well(look):
            raise SystemExit(f"{module}: its tests fail as it is")
        known = reaching.read(file)
    broken = Mutant(module, lambda: "raise AssertionError", 1, range(0), "", "")
    if _passes(broken, known[:1]):
        raise SystemExit(f"{module}: its tests pass without it")
    return known


def _drawn(module: str, asked: Asked) -> Sequence[Mutant]:
    """Return so many mutants of ``module``, in an order that is chance and the same each time."""

    def drawn(each: Mutant) -> str:
        said = f"{asked.seed} {each.line} {each.was} {each.now}"
        return hashlib.sha256(said.encode()).hexdigest()

    return sorted(_mutants(module), key=drawn)[: asked.examples]


def _mutants(module: str) -> Iterator[Mutant]:
    import libcst  # noqa: PLC0415 - mutmut and what it needs are an extra
    from libcst.metadata import MetadataWrapper, PositionProvider  # noqa: PLC0415
    from mutmut.mutation.file_mutation import (  # noqa: PLC0415
        Mutation,
        create_mutations,
        deep_replace,
    )

    tree, mutations, _, _ = create_mutations(module, (SOURCE / module).read_text(encoding="utf-8"))
    places = MetadataWrapper(tree, unsafe_skip_copy=True).resolve(PositionProvider)
    for each in mutations:
        was, now = (tree.code_for_node(node) for node in (each.original_node, each.mutated_node))
        words = isinstance(each.original_node, libcst.SimpleString) and " " in was
        if each.contained_by_top_level_function is None or words:
            continue

        def text(fault: Mutation = each) -> str:
            faulty = deep_replace(tree, fault.original_node, fault.mutated_node)
            assert isinstance(faulty, libcst.Module)
            code: str = faulty.code  # where libcst is not installed its types are not known
            return code

        function = places[each.contained_by_top_level_function]
        around = range(function.start.line, function.end.line + 1)
        yield Mutant(module, text, places[each.original_node].start.line, around, was, now)


def _passes(mutant: Mutant, tests: Sequence[Reach]) -> bool:
    """Say whether ``tests`` pass on ``mutant``."""
    most = int(sum(each.seconds for each in tests) * PATIENCE) + START
    name = "amparo." + mutant.module.removesuffix(".py").replace("/", ".")

    def trying() -> int:
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        sys.meta_path.insert(0, _Faulty(name, mutant))
        return _run([each.test for each in tests])

    return _ends_well(trying)


def _ends_well(what: Callable[[], int]) -> bool:
    """Do ``what`` in a process of its own; say whether it came to 0."""
    child = os.fork()
    if not child:
        code = 1
        with contextlib.suppress(BaseException):
            code = what()
        os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _run(tests: Sequence[str], *plugins: object) -> int:
    """Run ``tests`` in this process; return what pytest ends with."""
    for name in [each for each in sys.modules if each.split(".")[0] == "amparo"]:
        # Another command may have loaded it, without the fault.
        del sys.modules[name]
    os.chdir(REPOSITORY)
    # The modules of a plugin are loaded by pytest itself, and amparo is one: then from their files.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    given = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    return int(pytest.main(given, plugins))


class _Faulty(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Gives the text of a mutant for its module."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        self.name, self.mutant = name, mutant

    def find_spec(
        self,
        fullname: str,
        path: object,  # noqa: ARG002 - what the interpreter hands to every finder
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        where = str(SOURCE / self.mutant.module)
        return importlib.machinery.ModuleSpec(fullname, self, origin=where)

    def get_source(self, fullname: str) -> str:  # noqa: ARG002
        return self.mutant.text()


def _warm() -> None:
    """Load what the tests need and does not change, once, before the processes part."""
    for name in ("z3", "lark"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


_warm()
