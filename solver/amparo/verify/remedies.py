"""Whether a right that nothing gives straight after an act is opened by what the holder does next.

A case of a right without a remedy stands only where no step of the holder, nor what officials
then have to do, leads to a lawful use of it (`smt.opening`): exists a case, for all steps. A case
in which some steps do is none; others are looked for in which the same steps fail.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from amparo.core.law import Law
from amparo.core.limits import may_limit
from amparo.core.standing import as_it_stood
from amparo.core.world import Event, World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.evaluate import outcome as outcome_of
from amparo.semantics.judge import claims, complies, denied
from amparo.smt import term as t
from amparo.smt.compile import Compiler, NotCompiled, ReadingNeeded
from amparo.smt.decode import decode, terms_of
from amparo.smt.ground import LAST_DAY, Element
from amparo.smt.norms import Duties
from amparo.smt.obey import DOER, nobody, obedience, side
from amparo.smt.opening import Claim, Opening
from amparo.smt.plan import Plan, Unplanned
from amparo.smt.planning import Planning
from amparo.smt.prefer import plausible
from amparo.smt.search import Found, Proved, Undecided, solve
from amparo.smt.situation import MARGIN
from amparo.smt.term import TRUE, Term
from amparo.verify.ask import Asking, InvalidModel
from amparo.verify.finding import Outcome

MOST_CASES = 6
"""Cases that are looked for in which the steps found so far do not help."""
LOWER = 1
"""The rank of the lower side: of all below the highest."""


@dataclass(frozen=True, slots=True)
class Shut:
    """Nothing the holder can do opens the right: a proof."""


@dataclass(frozen=True, slots=True)
class Opened:
    """``after`` is the case with steps by which ``claim`` is used; the law that judged them."""

    claim: Claim
    after: World


@dataclass(frozen=True, slots=True)
class Unclear:
    """Neither was found within the budget."""

    reason: str


Tried = Shut | Opened | Unclear


def confirmed(
    asking: Asking, outcome: Outcome, as_case: Callable[[World], World | None]
) -> Outcome:
    """Return ``outcome`` where no step of the holder opens the right in its case.

    Else one with another case in which none does; or that it is not known. ``as_case`` leaves out
    of a world what plays no part; None where it is no case of what is asked.

    Raises:
        NotCompiled: the law uses a construct that cannot be decided for all worlds.
        ReadingNeeded: the answer turns on a declared reading that is not chosen.
        InvalidModel: the steps that were found do not replay.
    """
    fired = outcome.verdict in ("violated", "depends")
    if asking.denial != "no basis" or not fired or outcome.world is None:
        return outcome
    decided = outcome.verdict == "violated"
    tried = _tried(asking, outcome.world, valued=not decided)
    match tried:
        case Shut():
            return outcome
        case Unclear(reason):
            note = f"whether a step of the holder opens the right: {reason}"
        case Opened():
            note = _said(outcome.world, tried)
            other = _Others(replace(asking, declared=True), as_case).search() if decided else None
            if other is not None:
                return replace(outcome, world=other)
    return Outcome(outcome.readings, "unknown", note=note)


def shut(asking: Asking, world: World) -> bool:
    """Say whether ``world`` is a case for good: no step of the holder of a right opens it.

    Always so where something else than a right without a remedy is asked about.

    Raises:
        InvalidModel: the steps that were found do not replay.
    """
    if asking.denial != "no basis":
        return True
    try:
        return isinstance(_tried(asking, world, valued=False), Shut)
    except (NotCompiled, ReadingNeeded):
        return False


def opening(asking: Asking, world: World, *, valued: bool = False) -> Opening:
    """Return the question whether the right that is denied first in ``world`` can be opened."""
    claim = next(_denied(asking, world))
    act = None if claim.against is None else world.events.get(claim.against)
    stood = as_it_stood(asking.law, world.closing if act is None else act.on)
    return Opening(
        stood,
        asking.inquiry.readings,
        Duties(stood),
        asking.inquiry.budget,
        world,
        stood.norms[asking.norm.id].of_kind(asking.act),
        claim,
        side(stood, LOWER),
        valued,
    )


def _tried(asking: Asking, world: World, *, valued: bool) -> Tried:
    """Try to open the right that is denied first in ``world``."""
    if world.closing.toordinal() > LAST_DAY - MARGIN:
        return Unclear("the case lies near the last day of the calendar")
    asked = opening(asking, world, valued=valued)
    match asked.decide():
        case Proved():
            return Shut()
        case Undecided(reason):
            return Unclear(reason)
        case Found():
            after = asked.shown()
    if after is None:
        return Unclear("no plain way to use it within the budget")
    _replay(asking, asked.law, asked.claim, after)
    return Opened(asked.claim, after)


def _denied(asking: Asking, world: World) -> Iterator[Claim]:
    """Yield who is denied what, on a day that is asked about."""
    norm, context = asking.norm, Context(asking.law, world, asking.norm.rank)
    for case, holder, against in claims(norm, context):
        act = None if against is None else world.events.get(against)
        day = world.closing if act is None else act.on
        test = partial(denied, norm, case, holder, against, context, asking.denial)
        if asking.inquiry.when.covers(day) and outcome_of(test) is True:
            yield Claim(case.variable.sort.kind, holder, against)


def _replay(asking: Asking, stood: Law, claim: Claim, after: World) -> None:
    """Hold the steps against `semantics`.

    Raises:
        InvalidModel: somebody breaches the law, or the right is not used.
    """
    norm = asking.norm
    used = [each.name for each in after.events.values() if _uses(stood, each, claim)]
    try:
        breaches = complies(stood, after, norm.rank)
    except Unspecified as gap:
        raise InvalidModel(norm.id, after, str(gap)) from gap
    for each in breaches:
        allowed = each.norm is not None and may_limit(stood.norms[each.norm], norm)
        if not (allowed and each.fault == "forbidden" and each.event in used):
            raise InvalidModel(norm.id, after, f"the steps breach the law: {each}")
    if not used:
        raise InvalidModel(norm.id, after, "the steps do not use the right")


def _uses(law: Law, event: Event, claim: Claim) -> bool:
    is_one = any(claim.kind in law.vocabulary.lineage(each) for each in event.kinds)
    against = claim.against is None or event.roles.get("against") == claim.against
    return is_one and event.roles.get(DOER) == claim.holder and against


def _said(before: World, opened: Opened) -> str:
    """Return which steps open the right, in the order in which they are taken."""
    events = sorted(opened.after.events.values(), key=lambda each: (each.moment, each.name))
    added = [each for each in events if each.name not in before.events]
    claim = opened.claim
    steps = [each for each in added if claim.kind not in each.kinds]
    own = [each for each in steps if each.roles.get(DOER) == claim.holder]
    owed = [each for each in steps if each not in own]
    if not steps:
        use = next((each for each in added if claim.kind in each.kinds), None)
        day = "" if use is None else f", on {use.on} for one,"
        return (
            f"nothing is open to the holder straight after the act, but later{day} he can do "
            f"`{claim.kind}`; no case was found in which he cannot"
        )
    said = [f"the holder can first do {_listed(own)}"] if own else []
    if owed:
        said.append(f"what others then have to do is {_listed(owed)}")
    return (
        f"nothing is open to the holder straight after the act, but {'; '.join(said)}; then "
        f"`{claim.kind}` is open to him; no case was found in which it is not"
    )


def _listed(events: list[Event]) -> str:
    return ", ".join(f"`{min(sorted(each.kinds))}` ({each.on})" for each in events)


@dataclass(slots=True)
class _Others:
    """Looks for a case in which the steps that opened the right in those found so far fail.

    What is left out by that may be too much: that none is left proves nothing.
    """

    asking: Asking
    as_case: Callable[[World], World | None]
    compiler: Compiler = field(init=False)
    plans: list[tuple[Plan, Element, Compiler]] = field(default_factory=list)
    """What was done, the event after which it was, and the compiler of what is so then."""

    def __post_init__(self) -> None:
        """Begin with nobody."""
        self.compiler = self.asking.compiler(self.asking.ground())

    def search(self) -> World | None:
        """Return such a case, in which nothing the holder can do opens the right; None: not found.

        Raises:
            InvalidModel: a case or the steps in it do not replay.
        """
        ground, inquiry = self.compiler.ground, self.asking.inquiry
        for _ in range(MOST_CASES):
            try:
                if not isinstance(solve(ground, self.asserts, inquiry.budget), Found):
                    return None
                session = plausible(ground, self.asserts, inquiry.budget, inquiry.near.toordinal())
            except Unplanned:
                return None
            if session is None:
                return None
            world = self.as_case(decode(ground, session, dict(inquiry.readings)))
            if world is None:
                return None
            match _tried(self.asking, world, valued=False):
                case Shut():
                    return world
                case Unclear():
                    return None
                case Opened() as opened:
                    plan = self._planned(world, terms_of(ground, session), opened)
            if plan is None:
                return None
            self.plans.append(plan)
        return None

    def asserts(self) -> list[Term]:
        """Return asserts of a case in which every plan fails."""
        fails = (self._fails(*each) for each in self.plans)
        return [*self.asking.broken(self.compiler), *fails]

    def _planned(
        self, world: World, terms: Mapping[str, list[Element]], opened: Opened
    ) -> tuple[Plan, Element, Compiler] | None:
        """Return what was done in ``world`` in the terms of the question; None: it cannot be told."""
        about = opened.claim.against
        if about is None or about not in world.events:
            return None
        number, ground = len(self.plans), self.compiler.ground
        planning = Planning(self.asking.law, ground, terms, world, opened.after, about, number)
        plan = planning.plan()

        def member(somebody: Element) -> Term:
            return plan.keeps(ground, somebody) if ground.is_event(somebody) else TRUE

        compiler = replace(self.compiler, tag=f"steps {number}", plan=plan, member=member)
        return plan, terms[about][0], compiler

    def _fails(self, plan: Plan, about: Element, compiler: Compiler) -> Term:
        """Return that ``plan`` breaches the law, or that those whom it needs are not there."""
        lower = side(self.asking.law, LOWER)
        unmet = obedience(compiler, self.asking.duties, lower, nobody, positive=False)
        late = (
            t.not_(compiler.values.before(about, each))
            for each in plan.added
            if self.asking.law.vocabulary.kinds[each.kind].category != "thing"
        )
        absent = (t.not_(each.active) for each in plan.spoken_of())
        return t.disjunction([*unmet.values(), *late, *absent])
