"""A world in which the lower law is obeyed, looked for with no more of that law than it takes.

Most of the law has nothing to say of most questions. So a part of it is asked for first. Where
that part already rules the question out, so does the whole: fewer demands, and still none of the
worlds is left. Where a world is found, `semantics` judges it by the whole law; what is breached in
it, or turns on what the world leaves open, joins the part, and the question is asked again
(counterexample-guided refinement: Clarke, Grumberg, Jha, Lu, Veith, CAV 2000). It ends, for the
law has finitely many norms.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from amparo.core.law import Law, NormId
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import outcome
from amparo.semantics.judge import possible_breaches
from amparo.smt.compile import Compiler
from amparo.smt.decode import decode
from amparo.smt.ground import Ground
from amparo.smt.norms import Duties, Scope, complies
from amparo.smt.prefer import plausible
from amparo.smt.search import Found, Proved, Result, Undecided, solve
from amparo.smt.session import Session
from amparo.smt.spare import leave, sparing
from amparo.smt.term import Term
from amparo.verify.inquiry import Inquiry

LIGHTER = 4
"""How much more a preference may cost where a part of the law is asked about."""


@dataclass(slots=True)
class Part:
    """The part of ``law`` below ``rank`` that is asked for; it grows."""

    law: Law
    rank: int
    norms: set[NormId] = field(default_factory=set)
    """The prohibitions and duties."""
    acts: set[str] = field(default_factory=set)
    """The kinds of acts of which a basis is asked for."""
    whole: bool = False
    """Whether all of the law is asked for."""

    def about(self, kind: str) -> "Part":
        """Add what the law says of acts of ``kind``; return this part."""
        compatible = self.law.vocabulary.compatible
        self.norms.update(
            norm.id
            for norm in self.law.lower(self.rank)
            if any(compatible(case.variable.sort.kind, kind) for case in norm.cases)
        )
        self.acts.add(kind)
        return self

    def obeyed(self, compiler: Compiler, duties: Duties) -> Term:
        """Return that nobody breaches this part of the law."""
        if self.whole:
            return complies(compiler, duties, positive=True)
        scope = Scope(lambda norm: norm.id in self.norms, frozenset(self.acts))
        return complies(compiler, duties, positive=True, scope=scope)

    def takes(self, world: World) -> bool:
        """Add whatever ``world`` breaches, or may breach, of the whole law; say whether it does.

        Where that is in this part already, what the world leaves open decides: all of the law is
        asked for then, and nothing is left open.
        """
        faults = tuple(self._faults(world))
        size = len(self.norms) + len(self.acts)
        for norm, kinds in faults:
            if norm is None:
                self.acts |= kinds
            else:
                self.norms.add(norm)
        self.whole = bool(faults) and len(self.norms) + len(self.acts) == size
        return bool(faults)

    def _faults(self, world: World) -> Iterator[tuple[NormId | None, frozenset[str]]]:
        for breach, is_so in possible_breaches(Context(self.law, world, self.rank)):
            if outcome(is_so) is not False:
                yield breach.norm, world.events[breach.event].kinds


def sought(
    inquiry: Inquiry,
    ground: Ground,
    part: Part | None,
    asserts: Callable[[], list[Term]],
) -> tuple[Result, World | None]:
    """Decide ``asserts``, which ask that ``part`` be obeyed; return a world that obeys all the law.

    No ``part``: nobody's obedience is asked for.

    It has no event to spare; it is for a replay and not for a reader.
    """
    result, session = _obeying(inquiry, ground, part, asserts, _sparing)
    return result, None if session is None else _world(inquiry, ground, session)


def pleasing(
    inquiry: Inquiry,
    ground: Ground,
    part: Part | None,
    asserts: Callable[[], list[Term]],
) -> tuple[Result, World | None]:
    """Return the same with the small and plausible world, if it is found within the budget."""
    result, session = _obeying(inquiry, ground, part, asserts, _sparing)
    if session is None:
        return result, None
    spare = _world(inquiry, ground, session)
    # Whoever took part in the search and not in what was found would burden the next.
    leave(ground, session)
    preferred, session = _obeying(inquiry, ground, part, asserts, _plausible)
    return (result, spare) if session is None else (preferred, _world(inquiry, ground, session))


def _world(inquiry: Inquiry, ground: Ground, session: Session) -> World:
    return decode(ground, session, dict(inquiry.readings))


def _obeying(
    inquiry: Inquiry,
    ground: Ground,
    part: Part | None,
    asserts: Callable[[], list[Term]],
    choose: Callable[[Inquiry, Ground, Callable[[], list[Term]]], Session | None],
) -> tuple[Result, Session | None]:
    """Return a session whose last model obeys all of the law, if there is one; ``part`` grows."""
    while True:
        result = solve(ground, asserts, inquiry.budget)
        if isinstance(result, Found):
            session = choose(inquiry, ground, asserts)
            if session is None:
                return Undecided("no case within the budget"), None
            if part is None or part.whole or not part.takes(_world(inquiry, ground, session)):
                return result, session
        elif part is None or part.whole or isinstance(result, Proved):
            return result, None
        else:
            part.whole = True


def _sparing(inquiry: Inquiry, ground: Ground, asserts: Callable[[], list[Term]]) -> Session | None:
    return sparing(ground, asserts, inquiry.budget)


def _plausible(
    inquiry: Inquiry, ground: Ground, asserts: Callable[[], list[Term]]
) -> Session | None:
    # What a preference may cost is reckoned for questions about all of the law.
    budget = replace(inquiry.budget, effort=LIGHTER * inquiry.budget.effort)
    return plausible(ground, asserts, budget, inquiry.near.toordinal())
