"""What it is to obey one side of the law, norm by norm, so that a proof can name what it took.

Like `norms.complies`, with three things more: what has been excused, what is known already, and
a plan's own acts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from amparo.core.condition import Individual
from amparo.core.law import Law, Norm
from amparo.smt import term as t
from amparo.smt.compile import Compiler
from amparo.smt.ground import Somebody
from amparo.smt.norms import Duties, kept
from amparo.smt.term import FALSE, Term

DOER = "by"
"""The role of whoever acts."""
ACTS = ("official act", "power act", "private act")
BASIS = "basis "
"""What the name of the demand that acts of a kind have a basis begins with."""
Demand = str
"""A norm's identity, or `BASIS` and a kind."""
Excused = Callable[[Demand, Somebody], Term]
"""Whether a demand is not made of an act."""


@dataclass(frozen=True, slots=True)
class Side:
    """What is to be obeyed: prohibitions and duties, and that acts of these kinds have a basis."""

    norms: tuple[Norm, ...]
    based: tuple[str, ...]

    def demands(self) -> tuple[Demand, ...]:
        """Return the name of everything that is demanded."""
        return (*(each.id for each in self.norms), *(BASIS + each for each in self.based))

    def only(self, demands: frozenset[Demand]) -> "Side":
        """Return the part of this side that makes only ``demands``."""
        return Side(
            tuple(each for each in self.norms if each.id in demands),
            tuple(each for each in self.based if BASIS + each in demands),
        )

    def also(self, *norms: Norm) -> "Side":
        """Return this side with ``norms``."""
        return Side((*self.norms, *norms), self.based)


def side(law: Law, rank: int) -> Side:
    """Return the side that a norm of ``rank`` is on: the highest rank, or all below it.

    A basis is demanded by the lower side only, for only there are there permissions.
    """
    among = law.higher(0) if rank == 0 else law.lower(0)
    kinds = law.vocabulary.kinds.values()
    based = tuple(
        each.name
        for each in kinds
        if rank > 0 and each.parent is None and each.category in ("official act", "power act")
    )
    return Side(tuple(each for each in among if each.modality in ("forbid", "require")), based)


def obedience(
    compiler: Compiler,
    duties: Duties,
    obeyed: Side,
    excused: Excused,
    positive: bool,
    known: Callable[[Demand], bool] = lambda _: False,
) -> Mapping[Demand, Term]:
    """Return of each demand that it is met by everybody; or that it is not met by somebody.

    ``known``: it is met by everybody but those whom the compiler's plan adds.
    """
    found: dict[Demand, Term] = {}
    for norm in obeyed.norms:
        parts = [
            _of_case(compiler, duties, norm, position, excused, positive, known=known(norm.id))
            for position in range(len(norm.cases))
        ]
        found[norm.id] = t.conjunction(parts) if positive else t.disjunction(parts)
    for kind in obeyed.based:
        demand = BASIS + kind
        found[demand] = _based(compiler, kind, excused, positive, known=known(demand))
    return found


def _of_case(
    compiler: Compiler,
    duties: Duties,
    norm: Norm,
    position: int,
    excused: Excused,
    positive: bool,
    *,
    known: bool,
) -> Term:
    case = norm.cases[position]

    def obeyed(act: Somebody, so: bool) -> Term:
        says = [
            t.signed(excused(norm.id, act), so),
            compiler.applies(norm, case, act, not so),
        ]
        if norm.modality == "require":
            says.append(kept(compiler, duties, norm, position, act, so))
        return t.disjunction(says) if so else t.conjunction(says)

    key = f"obeys {norm.id} {position}"
    return compiler.every(key, case.variable.sort.kind, obeyed, positive, known=known)


def _based(compiler: Compiler, kind: str, excused: Excused, positive: bool, *, known: bool) -> Term:
    permits = compiler.law.lower(0, "permit")

    def based(act: Somebody, so: bool) -> Term:
        bases = [compiler.applies(norm, case, act, so) for norm in permits for case in norm.cases]
        has = t.disjunction(bases) if so else t.conjunction(bases)
        lets = t.signed(excused(BASIS + kind, act), so)
        return t.or_(lets, has) if so else t.and_(lets, has)

    return compiler.every(f"has {BASIS}{kind}", kind, based, positive, known=known)


def nobody(_: Demand, __: Somebody) -> Term:
    """Excuse nobody."""
    return FALSE


def controlled(law: Law) -> tuple[str, ...]:
    """Return the kinds of events that somebody answers for, each topmost.

    Those that a norm forbids, permits, guarantees or demands, and every official, power and private
    act. All other events happen, whatever anybody decides.
    """
    kinds = law.vocabulary.kinds
    found = {each.name for each in kinds.values() if each.category in ACTS}
    for norm in law.norms.values():
        if norm.modality != "require":
            found |= {case.variable.sort.kind for case in norm.cases}
        found |= {each.variable.sort.kind for each in norm.obligations}
    return _topmost(law, found)


def done_by_somebody(law: Law) -> tuple[str, ...]:
    """Return the kinds of other events that have a doer, a role ``by``, each topmost.

    They may happen whatever anybody decides, and somebody may also decide to bring one about.
    """
    kinds = law.vocabulary.kinds.values()
    having = {each.name for each in kinds if each.category == "event" and DOER in dict(each.roles)}
    return _topmost(law, having)


def _topmost(law: Law, kinds: set[str]) -> tuple[str, ...]:
    lineage = law.vocabulary.lineage
    return tuple(
        each
        for each in law.vocabulary.kinds
        if each in kinds and kinds.isdisjoint(lineage(each)[1:])
    )


def is_controlled(compiler: Compiler, act: Somebody, kinds: tuple[str, ...]) -> Term:
    """Return that ``act`` is of one of ``kinds``."""
    return t.disjunction(compiler.ground.is_kind(act, each) for each in kinds)


def event_roles(law: Law) -> tuple[tuple[str, str, str], ...]:
    """Return each role that an event fills, where it is declared: (kind, role, kind of filler)."""
    kinds = law.vocabulary.kinds
    return tuple(
        (kind.name, role, sort.kind)
        for kind in kinds.values()
        for role, sort in kind.roles
        if isinstance(sort, Individual)
        and kinds[sort.kind].category != "thing"
        and kind.category != "general act"
        and (kind.parent is None or role not in dict(kinds[kind.parent].roles))
    )
