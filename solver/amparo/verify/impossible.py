"""Duties that nobody can obey in some situation, alone or together with other norms.

- no-way-to-comply: a duty falls due where nothing that anybody can do obeys the law.
- conflict: the same of a duty and one other norm of its rank; nothing decides between them.
- commanded-violation: what the lower law demands can only be done by breaking a protection.

What is a situation, and what may be done in one, is told in docs/decisions/0012.
"""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Literal as OneOf

from amparo.core.law import Law, Norm, NormId
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, governs, outcome
from amparo.semantics.judge import dues, possible_breaches
from amparo.smt.attention import Attention, Touched
from amparo.smt.continuing import Continuing, Start
from amparo.smt.norms import Duties
from amparo.smt.obey import BASIS, Demand, Side, side
from amparo.smt.search import Budget, Found, Proved, Undecided
from amparo.smt.situation import horizon_of
from amparo.smt.turns import Turns
from amparo.verify.against import WORSE
from amparo.verify.assume import assumptions
from amparo.verify.dilemma import Always, Dilemma, Never, Open, Searching, Ways
from amparo.verify.finding import Finding, Outcome, Verdict
from amparo.verify.inquiry import Inquiry, by_reading
from amparo.verify.resting import with_proofs
from amparo.verify.rules import Rule
from amparo.verify.spread import spread

Decided = dict[tuple[NormId, tuple[tuple[str, str], ...]], Dilemma]
"""What became of the question about a duty, under a choice of readings."""
MOST_WAYS = 3
"""Distinct sets of norms that are looked for, each of which leaves nothing."""
ANYHOW = "a duty of the lower law cannot be obeyed anyhow, or may be so: see there"
"""Why it is not asked whether a protection stands in the way too."""
FURTHER = Budget(effort=1_000_000, rounds=12, individuals=40)
"""What is spent on each further set, when one is known: they are told where they are near."""
LOWER = 1
"""The rank of the lower side: of all below the highest."""


def impossibilities(inquiry: Inquiry, decided: Decided | None = None) -> tuple[Finding, ...]:
    """Return a finding for every duty: whether it can fall due where nobody can obey the law.

    Where it can, one finding for each distinct set of norms that leaves nothing, a few at most.
    ``decided`` is filled in, for `commanded`.
    """
    duties = (
        partial(_about, inquiry, norm)
        for norm in inquiry.law.norms.values()
        if norm.modality == "require" and norm.period.meets(inquiry.when)
    )
    answers = spread("duties", duties)
    if decided is not None:
        for _, known in answers:
            decided.update(known)
    return tuple(finding for found, _ in answers for finding in found)


def _about(inquiry: Inquiry, norm: Norm) -> tuple[tuple[Finding, ...], Decided]:
    known: Decided = {}
    return with_proofs(partial(impossible, inquiry, norm, known)), known


def impossible(inquiry: Inquiry, norm: Norm, decided: Decided | None = None) -> tuple[Finding, ...]:
    """Return the findings about the duty ``norm``."""
    ways: list[Outcome] = []
    known: Decided = {} if decided is None else decided

    def ask(asked: Inquiry) -> Outcome:
        found, *others = _sets(asked, norm, side(asked.law, norm.rank))
        known[norm.id, tuple(sorted(asked.readings.items()))] = found
        ways.extend(_outcome(asked, each) for each in others if isinstance(each, Never))
        return _outcome(asked, found)

    answers = tuple(by_reading(inquiry, ask))
    first = _finding(inquiry, norm, answers)
    return (first, *(_finding(inquiry, norm, (each,)) for each in ways))


def commanded(inquiry: Inquiry, decided: Decided | None = None) -> tuple[Finding, ...]:
    """Return a finding for every prohibition of the highest rank: whether the lower law demands it.

    That is, whether a duty can fall due where norms of the lower law can be obeyed, but not together
    with the prohibition.
    """
    protections = [
        each
        for each in inquiry.law.norms.values()
        if each.rank == 0
        and each.modality == "forbid"
        and each.period.meets(inquiry.when)
        and not each.unknown_text
    ]
    if not protections:
        return ()
    return tuple(
        _finding(inquiry, inquiry.law.norms[each], answers, "commanded-violation")
        for each, answers in _commanded(
            inquiry, protections, {} if decided is None else decided
        ).items()
    )


def obeyable(inquiry: Inquiry, world: World) -> Outcome:
    """Say whether everybody can obey the lower law from ``world`` on, whatever was breached in it.

    ``world`` is history up to its closing date. What somebody answers for may follow, what just
    happens does not. Everything still due, and everything that falls due then, must be met.
    `violated`: nothing can be done, and ``relies_on`` are the norms that leave nothing. `holds`:
    the world of the outcome goes on so.
    """
    asked = inquiry.read({**inquiry.readings, **world.readings})
    (answer, *more) = tuple(by_reading(asked, lambda read: _from_here(read, world)))
    worst = [each for each in (answer, *more) if each.verdict != "holds"]
    return worst[0] if worst else answer


# -- one duty ---------------------------------------------------------------------------------


def _decided(inquiry: Inquiry, norm: Norm, obeyed: Side, demanded: Side) -> Dilemma:
    """Return the first way that leaves nothing, else what could not be decided."""
    open_: Open | None = None
    touched = Touched()
    ways = Ways.around(inquiry, norm, obeyed)
    for position in range(len(norm.cases)):
        match Searching(inquiry, norm, position, obeyed, demanded, ways).search():
            case Never() as found:
                return found
            case Open() as found:
                open_ = open_ or found
            case Always(more):
                touched |= more
    return open_ or Always(touched)


def _sets(inquiry: Inquiry, norm: Norm, obeyed: Side) -> Iterator[Dilemma]:
    """Yield what became of the question, and of the search for further sets that leave nothing.

    Any other minimal set lacks some demand of each one known: so it is looked for in the law
    without these (Reiter, "A Theory of Diagnosis from First Principles", Artificial Intelligence
    32, 1987). All that there are, unless an `Open` is among them.
    """
    known: list[Never] = []
    ahead, done = [frozenset[Demand]()], set[frozenset[Demand]]()
    while ahead:
        left_out = ahead.pop(0)
        if left_out in done:
            continue
        done.add(left_out)
        if len(known) == MOST_WAYS:
            yield Open(f"{MOST_WAYS} other sets of norms leave nothing already")
            return
        hit = next((each for each in known if each.demands.isdisjoint(left_out)), None)
        if hit is None:
            demanded = obeyed.only(frozenset(obeyed.demands()) - left_out)
            asked = replace(inquiry, budget=FURTHER) if left_out else inquiry
            found = _decided(asked, norm, obeyed, demanded)
            if isinstance(found, Never):
                hit = found
                known.append(found)
            if hit is not None or isinstance(found, Open) or not left_out:
                yield found
        if hit is not None:
            ahead += [left_out | {each} for each in sorted(hit.demands - {norm.id})]


# -- protections ------------------------------------------------------------------------------


def _commanded(
    inquiry: Inquiry, protections: list[Norm], decided: Decided
) -> dict[NormId, tuple[Outcome, ...]]:
    """Return the outcome for each protection over all duties that might demand what it forbids."""
    duties = [
        each
        for each in inquiry.law.lower(0)
        if each.modality == "require" and each.period.meets(inquiry.when)
    ]
    found: dict[NormId, tuple[Outcome, ...]] = {}
    for protection in protections:
        answers: list[Outcome] = [Outcome(inquiry.readings, "holds")]
        for duty in duties:
            ask = partial(_demanding, duty, protection, decided=decided)
            answers += by_reading(inquiry, ask)
        worst = max(WORSE[each.verdict] for each in answers)
        found[protection.id] = tuple(each for each in answers if WORSE[each.verdict] == worst)[:1]
    return found


def _demanding(duty: Norm, protection: Norm, inquiry: Inquiry, *, decided: Decided) -> Outcome:
    """Return whether to meet ``duty`` can take what ``protection`` forbids."""
    own = _own(inquiry, duty, decided)
    if not isinstance(own, Always):
        return Outcome(inquiry.readings, "unknown", note=ANYHOW)
    if _untouched(inquiry.law, protection, own.touched):
        return Outcome(inquiry.readings, "holds")
    whole = side(inquiry.law, LOWER).also(protection)
    open_: Open | None = None
    for found in _sets(inquiry, duty, whole):
        match found:
            case Never(demands=demands) if protection.id in demands:
                return _outcome(inquiry, found)
            case Open():
                open_ = open_ or found
            case _:
                pass
    return _outcome(inquiry, open_ or Always(Touched()))


def _own(inquiry: Inquiry, duty: Norm, decided: Decided) -> Dilemma:
    """Return what became of the question about the duty itself, asked once."""
    key = duty.id, tuple(sorted(inquiry.readings.items()))
    if key not in decided:
        obeyed = side(inquiry.law, duty.rank)
        decided[key] = _decided(inquiry, duty, obeyed, obeyed)
    return decided[key]


def _untouched(law: Law, protection: Norm, touched: Touched) -> bool:
    """Say whether nothing of the kinds ``touched`` breaks or decides ``protection``.

    Then the plans that always leave a way leave one that keeps it: they do nothing that it forbids,
    and change nothing of what it says of the rest.
    """
    compatible = law.vocabulary.compatible
    kinds = [case.variable.sort.kind for case in protection.cases]
    if any(compatible(kind, each) for kind in kinds for each in touched.added):
        return False
    return not Attention(law, Turns(law, 0)).heeds(protection.id, touched)


# -- from here --------------------------------------------------------------------------------


def _from_here(inquiry: Inquiry, world: World) -> Outcome:
    law = inquiry.law
    context = Context(law, world, 0)
    last = max(world.events.values(), key=lambda each: (each.moment, each.name), default=None)
    start = Start(
        world,
        _all_due(context),
        excused=frozenset(_final(context)),
        after=None if last is None else last.name,
        since=world.closing,
        about=None if last is None else last.name,
    )

    def going_on(demanded: Side) -> Continuing:
        return Continuing(law, inquiry.readings, Duties(law), inquiry.budget, start, demanded)

    whole = side(law, LOWER)
    asked = going_on(whole)
    match asked.decide():
        case Undecided(reason):
            return Outcome(inquiry.readings, "unknown", world=world, note=reason)
        case Found():
            return Outcome(inquiry.readings, "holds", world=asked.shown())
        case Proved():
            kept = asked.core()
            for demand in sorted(kept):
                if isinstance(going_on(whole.only(kept - {demand})).decide(), Proved):
                    kept -= {demand}
            relies_on = named(law, kept)
            return Outcome(inquiry.readings, "violated", relies_on, world=world)


def _final(context: Context) -> Iterator[tuple[Demand, str]]:
    """Yield what is breached already: the demand, and of which event."""
    for breach, is_so in possible_breaches(context):
        if outcome(is_so) is True:
            if breach.norm is not None:
                yield breach.norm, breach.event
                continue
            kinds = context.world.events[breach.event].kinds
            yield from ((BASIS + context.law.vocabulary.root(each), breach.event) for each in kinds)


def _all_due(context: Context) -> datetime.date:
    """Return a day by which all is due: what is pending, and each duty once more in turn."""
    days = [context.world.closing]
    for norm in context.law.lower(0):
        if norm.modality != "require":
            continue
        for event in sorted(context.world.events):
            if outcome(partial(governs, norm, event, context)) is True:
                days += _pending(norm, event, context)
    horizon = datetime.timedelta(days=horizon_of(context.law) + 1)
    return max(days) + horizon


def _pending(norm: Norm, event: str, context: Context) -> list[datetime.date]:
    try:
        return [each.by for each in dues(norm, event, context)]
    except Unspecified:
        # A day that no calendar tells: the horizon leaves room for it.
        return []


# -- findings ---------------------------------------------------------------------------------


def _outcome(inquiry: Inquiry, found: Dilemma) -> Outcome:
    match found:
        case Always():
            return Outcome(inquiry.readings, "holds")
        case Open(reason):
            return Outcome(inquiry.readings, "unknown", note=reason)
        case Never(situation, demands=demands, turns_on=turns_on):
            verdict: OneOf["violated", "depends"] = "depends" if turns_on else "violated"
            return Outcome(
                inquiry.readings,
                verdict,
                named(inquiry.law, demands),
                world=situation,
                note=_baseless(inquiry.law, demands),
                turns_on=turns_on,
            )


def _finding(
    inquiry: Inquiry, norm: Norm, answers: tuple[Outcome, ...], rule: Rule | None = None
) -> Finding:
    answers = tuple(sorted(answers, key=lambda each: -WORSE[each.verdict]))
    beside = tuple(each for each in answers[0].relies_on if each != norm.id)
    return Finding(
        rule=rule or _rule(inquiry.law, norm, answers[0]),
        provision=norm.provision,
        norm=norm.id,
        verdict=_verdict(answers),
        outcomes=answers,
        beside=beside,
        assumptions=assumptions(inquiry, [norm.id], answers),
        span=norm.provenance.span,
    )


def _rule(law: Law, norm: Norm, answer: Outcome) -> Rule:
    """Return `conflict` where it takes one other prohibition or duty of the same rank."""
    others = [law.norms[each] for each in answer.relies_on if each != norm.id]
    if (
        len(others) == 1
        and not answer.note
        and others[0].modality != "permit"
        and others[0].rank == norm.rank
    ):
        return "conflict"
    return "no-way-to-comply"


def _verdict(answers: tuple[Outcome, ...]) -> Verdict:
    verdicts = {each.verdict for each in answers}
    if len(verdicts) == 1:
        return answers[0].verdict
    return "unknown" if "unknown" in verdicts else "depends"


def named(law: Law, demands: frozenset[Demand]) -> tuple[NormId, ...]:
    """Return the norms that make ``demands``; of a basis, the permissions that are too narrow."""
    found: set[NormId] = set()
    for each in demands:
        found |= {*_permits(law, each)} if each.startswith(BASIS) else {each}
    return tuple(sorted(found))


def _permits(law: Law, demand: Demand) -> Iterator[NormId]:
    """Yield the norms that might be the basis which ``demand`` asks for."""
    kind = demand.removeprefix(BASIS)
    for norm in law.lower(0):
        kinds = (case.variable.sort.kind for case in norm.cases)
        if norm.modality == "permit" and any(law.vocabulary.compatible(kind, k) for k in kinds):
            yield norm.id


def _baseless(law: Law, demands: frozenset[Demand]) -> str:
    """Return that there is no basis at all for what is demanded, where that is so."""
    for each in sorted(demands):
        if each.startswith(BASIS) and not any(_permits(law, each)):
            kind = each.removeprefix(BASIS)
            return f"no norm of the law is a basis for any act of the kind `{kind}`"
    return ""
