"""Whether a protection can be broken in a way in which it could not be before.

So that no old fault hides a new one, and nothing that merely became lawful beside the matter
makes an old fault new.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from amparo.core.world import World
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies as breaches
from amparo.semantics.judge import violations
from amparo.smt import term as t
from amparo.smt.compile import Compiler
from amparo.smt.norms import Scope, breaks, complies, unlawful
from amparo.smt.search import Found, Proved, Result, Undecided
from amparo.smt.term import Term
from amparo.smt.turns import supporting
from amparo.verify.ask import Asking
from amparo.verify.obeying import Part, sought
from amparo.verify.shared import ground, scope

MOST_TRIES = 4


def introduced(now: Asking, base: Asking) -> Result:
    """Ask whether ``now`` can be broken in a way in which ``base`` could not.

    First by an act that was itself unlawful before, or not protected against; then by one that
    rests on an act that was unlawful before. A case that is broken before too when some of its
    events are left out shows nothing new: it is asked again without acts of their kinds.
    """
    direct = directly(now, base)
    if not isinstance(direct, Proved):
        return direct
    support = supporting(now.law, base.law, now.norm, scope(now, base))
    beside: frozenset[str] = frozenset()
    for _ in range(MOST_TRIES):
        result, world = _by_support(now, base, support, beside)
        if not isinstance(result, Found):
            return result
        assert world is not None
        spare = _spare(base, world)
        if spare is None:
            return result
        beside |= spare
    return Undecided(f"{MOST_TRIES} cases that show nothing new")


def _before(now: Asking, base: Asking, compiler: Compiler) -> Compiler:
    """Return a compiler of the law before: of its own, for states may begin and end otherwise there."""
    then = replace(base, inquiry=base.inquiry.read(now.inquiry.readings))
    return replace(then.compiler(compiler.ground), tag="base")


def directly(now: Asking, base: Asking) -> Result:
    """Ask whether an act breaks it that was itself unlawful before, or not protected against."""
    compiler, part, asserts = _direct(now, base)
    return sought(now.inquiry, compiler.ground, part, asserts)[0]


def new_case(now: Asking, base: Asking) -> World | None:
    """Return a small and plausible case of what is `introduced`, replayed; None if none is found.

    Raises:
        InvalidModel: the case does not obey the lower law, or keeps the protection.
    """
    compiler, part, asserts = _direct(now, base)
    direct = now.shown(compiler.ground, part, asserts).world
    if direct is not None:
        return direct
    support = supporting(now.law, base.law, now.norm, scope(now, base))
    compiler, part, asserts = _supported(now, base, support, frozenset())
    world = now.shown(compiler.ground, part, asserts).world
    return world if world is not None and _spare(base, world) is None else None


_Question = tuple[Compiler, Part, Callable[[], list[Term]]]


def _direct(now: Asking, base: Asking) -> _Question:
    within, part = scope(now, base), now.part()
    compiler = now.compiler(ground(now, base))
    before = _before(now, base, compiler)

    def asserts() -> list[Term]:
        return [
            breaks(
                compiler,
                now.duties,
                now.norm,
                now.inquiry.on,
                of=lambda act: unlawful(before, base.norm, act, within, base.denial),
                denial=now.denial,
            ),
            part.obeyed(compiler, now.duties),
        ]

    return compiler, part, asserts


def _by_support(
    now: Asking, base: Asking, support: Scope, beside: frozenset[str]
) -> tuple[Result, World | None]:
    """Ask whether it is broken in a world where an act of the ``support`` was unlawful before."""
    compiler, part, asserts = _supported(now, base, support, beside)
    return sought(now.inquiry, compiler.ground, part, asserts)


def _supported(now: Asking, base: Asking, support: Scope, beside: frozenset[str]) -> _Question:
    compiler, part = now.compiler(ground(now, base)), now.part()
    before = _before(now, base, compiler)

    def asserts() -> list[Term]:
        return [
            *now.broken(compiler, part),
            complies(before, base.duties, positive=False, scope=support),
            *(t.not_(is_one) for kind in sorted(beside) for _, is_one in compiler.domain(kind)),
        ]

    return compiler, part, asserts


def _spare(base: Asking, world: World) -> frozenset[str] | None:
    """Return the kinds of events without which ``world`` obeys the base law and breaks it too.

    None when there are none: then what breaks it is new.
    """
    law, norm = base.law, base.norm
    for names in _subsets(world):
        events = {name: each for name, each in world.events.items() if name not in names}
        smaller = replace(world, events=events)
        try:
            obeyed = not breaches(law, smaller, norm.rank)
            if obeyed and violations(law, smaller, norm, base.denial):
                return frozenset(kind for name in names for kind in world.events[name].kinds)
        except Unspecified:
            continue
    return None


def _subsets(world: World) -> Iterator[frozenset[str]]:
    """Yield sets of events that nothing left over refers to, the smallest first."""
    for number in range(1, len(world.events)):
        for names in combinations(sorted(world.events), number):
            gone = frozenset(names)
            left = (each for name, each in world.events.items() if name not in gone)
            if not any(gone.intersection(map(str, each.roles.values())) for each in left):
                yield gone
