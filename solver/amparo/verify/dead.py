"""Dead letters: norms that never apply, and words without which every case is judged the same.

That something changes nothing is asked of every judgement of every act by itself, not of whole
worlds: what is said for the case that somebody has already breached the law is not dead.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain

from amparo.core.judgement import Matter, Subject
from amparo.core.law import Law, Norm, NormId, Provision
from amparo.core.world import World
from amparo.semantics.conduct import says
from amparo.semantics.context import Context
from amparo.semantics.evaluate import outcome
from amparo.smt import term as t
from amparo.smt.applying import applying
from amparo.smt.compile import Compiler
from amparo.smt.conduct import Judge
from amparo.smt.norms import Duties
from amparo.smt.search import Proved, Result, Undecided, question, solve
from amparo.smt.session import Session
from amparo.smt.term import Term
from amparo.text import Span
from amparo.verify.applicable import applied_in
from amparo.verify.ask import InvalidModel
from amparo.verify.compare import differences
from amparo.verify.differ import Differing, minimal
from amparo.verify.doubled import doubled_by
from amparo.verify.finding import Cause, Finding, Outcome, Verdict
from amparo.verify.inquiry import Inquiry, by_reading
from amparo.verify.matters import HIGHEST, each_protection, matters
from amparo.verify.removal import Removal, removals
from amparo.verify.resting import with_proofs
from amparo.verify.rules import Rule
from amparo.verify.seek import witness
from amparo.verify.spread import spread
from amparo.verify.united import unite

ITSELF = "its own words leave no case to which it could apply"
PREVAILED_OVER = "in every case to which its words apply, another norm prevails over it"
DOUBLED = "whatever it requires is required without it"
ALL_FORBIDDEN = "whatever it permits is forbidden all the same"


Ask = Callable[[Inquiry], Outcome]
"""Holds: it is no dead letter; violated: in what is asked, it is one."""


def dead(
    inquiry: Inquiry, *, only: Callable[[Provision], bool] = lambda _: True
) -> Iterator[Finding]:
    """Yield for every norm, exception, counting norm and definition whether it is a dead letter.

    What never applies is not told again as being without effect. ``only`` tells which provisions
    are asked about.
    """
    law, idle = inquiry.law, set[NormId]()
    norms = (
        norm
        for norm in law.norms.values()
        if only(norm.provision) and not norm.unknown_text and norm.period.meets(inquiry.when)
    )
    for found in _spread("norms", (partial(_never_applies, inquiry, each) for each in norms)):
        if found.verdict == "violated":
            idle.add(found.norm)
        yield found
    words = (
        each
        for each in removals(law)
        if each.norm not in idle and only(each.provision) and _in_force(law, each, inquiry)
    )
    yield from _spread("words", (partial(_without_effect, inquiry, each) for each in words))


def _spread(about: str, asked: Iterable[Callable[[], Iterable[Finding]]]) -> Iterator[Finding]:
    return chain.from_iterable(spread(about, (partial(with_proofs, each) for each in asked)))


def _never_applies(inquiry: Inquiry, norm: Norm) -> Iterator[Finding]:
    outcomes = _unless_alive(
        inquiry, [partial(_never, norm=norm)], partial(_because_never, norm=norm)
    )
    yield _finding("never-applies", norm.id, norm.provision, norm.provenance.span, outcomes)


def _without_effect(inquiry: Inquiry, removal: Removal) -> Iterator[Finding]:
    asked = [partial(_inert, removal=removal, matter=each) for each in _judged(removal)]
    outcomes = _unless_alive(inquiry, asked, partial(_because_inert, removal=removal))
    yield _finding(
        "no-effect", removal.norm, removal.provision, removal.span, outcomes, removal.words
    )


def _unless_alive(inquiry: Inquiry, asked: Iterable[Ask], because: Ask) -> tuple[Outcome, ...]:
    """Return an outcome under which it is not dead, or else all that are not known.

    It is dead where none of ``asked`` says otherwise under any choice of readings; then the
    outcomes are those of ``because``, with the reasons. Each question splits only the readings on
    which it turns itself.
    """
    unknown = list[Outcome]()
    for ask in asked:
        for each in by_reading(inquiry, ask):
            if each.verdict == "holds":
                return (each,)
            if each.verdict == "unknown":
                unknown.append(each)
    return tuple(unknown) or tuple(by_reading(inquiry, because))


def _finding(
    rule: Rule,
    norm: NormId,
    provision: Provision,
    span: Span,
    outcomes: tuple[Outcome, ...],
    words: str | None = None,
) -> Finding:
    order = {"holds": 0, "unknown": 1, "depends": 2, "violated": 3}
    ranked = tuple(sorted(outcomes, key=lambda each: order[each.verdict]))
    verdict: Verdict = ranked[0].verdict
    notes = () if words is None else (f"the words: {words}",)
    return Finding(rule, provision, norm, verdict, ranked, notes=notes, span=span)


def _in_force(law: Law, removal: Removal, inquiry: Inquiry) -> bool:
    """Say whether what is taken out is in force on any day asked about.

    An interpretation has its effect where and when what it interprets is in force.
    """
    read = law.interpretations.get(removal.norm)
    if read is not None:
        interpreted = (each for each in law.norms.values() if each.provision == read.target)
        return any(each.period.meets(inquiry.when) for each in interpreted)
    clauses = {each.id: each for each in chain(*law.definitions.values())}
    words = law.norms.get(removal.norm) or law.counts.get(removal.norm) or clauses[removal.norm]
    return words.period.meets(inquiry.when)


# -- norms that never apply ---------------------------------------------------------------------


def _never(inquiry: Inquiry, norm: Norm) -> Outcome:
    """Ask whether ``norm`` applies to any act; of a permission, to one that nothing forbids.

    Others may have breached the law by then: it may be a remedy for that.
    """
    ground = inquiry.ground()
    asserts = some_case(inquiry, norm, inquiry.compiler(ground, HIGHEST))
    result, world = witness(inquiry, ground, asserts)
    if world is not None:
        if not _applies_in(inquiry, norm, world):
            raise InvalidModel(norm.id, world, "the norm does not apply")
        return Outcome(inquiry.readings, "holds")
    if not isinstance(result, Proved):
        return Outcome(inquiry.readings, "unknown", note=_limit(result))
    return Outcome(inquiry.readings, "violated")


def _because_never(inquiry: Inquiry, norm: Norm) -> Outcome:
    """Return why ``norm``, of which it is proved, never applies."""
    reasons = _core(inquiry, norm)
    note = _why_never(inquiry.law, norm, reasons)
    return Outcome(inquiry.readings, "violated", reasons, note=note)


def some_case(inquiry: Inquiry, norm: Norm, compiler: Compiler) -> Callable[[], list[Term]]:
    """Return asserts that are unsatisfiable iff ``norm`` never applies."""
    judge = Judge(compiler, Duties(inquiry.law), lambda _: True)
    permits = norm.modality == "permit" and norm.rank > HIGHEST

    def asserts() -> list[Term]:
        ways = (
            t.and_(applies, judge.unforbidden(act) if permits else t.TRUE)
            for _, act, applies in applying(compiler, norm, inquiry.on)
        )
        return [t.disjunction(ways)]

    return asserts


def _applies_in(inquiry: Inquiry, norm: Norm, world: World) -> bool:
    acts = applied_in(inquiry, norm, world)
    if norm.modality != "permit" or norm.rank == HIGHEST:
        return bool(acts)
    context = Context(inquiry.law, world, HIGHEST)
    matter = Matter("act", norm.cases[0].variable.sort.kind)
    return any(outcome(partial(says, matter, Subject(each), context)) is True for each in acts)


def _core(inquiry: Inquiry, norm: Norm) -> tuple[NormId, ...]:
    """Return minimal norms whose words leave ``norm`` no case, whatever the others say.

    Its own words are not named.
    """
    ground = inquiry.ground()
    asserts = some_case(inquiry, norm, inquiry.compiler(ground, HIGHEST))
    solve(ground, asserts, inquiry.budget)
    compiler = inquiry.compiler(ground, HIGHEST, guarded=True)
    script = question(ground, some_case(inquiry, norm, compiler))
    guards = {guard: each for each, guard in compiler.guards.items()}
    found = minimal(Session(script, inquiry.budget.effort), sorted(guards))
    return tuple(sorted({guards[each] for each in found} - {norm.id}))


def _why_never(law: Law, norm: Norm, reasons: tuple[NormId, ...]) -> str:
    others = [law.norms[each] for each in reasons if each in law.norms]
    stronger = {each for each, _ in norm.defeated_by}
    if any(each.id in stronger for each in others):
        return PREVAILED_OVER
    if norm.modality == "permit" and any(each.modality == "forbid" for each in others):
        return ALL_FORBIDDEN
    return ITSELF


# -- words without effect -----------------------------------------------------------------------


def _judged(removal: Removal) -> Iterator[Matter]:
    """Yield the judgements that may be others without what ``removal`` takes out."""
    yield from matters(removal.united)
    yield from each_protection(removal.united)


def _inert(inquiry: Inquiry, removal: Removal, matter: Matter) -> Outcome:
    """Ask whether any act is judged otherwise in ``matter`` without what ``removal`` takes out."""
    if _twin(inquiry, removal) is not None:
        return Outcome(inquiry.readings, "violated")
    result, world = Differing(removal.united, inquiry, matter).instance()
    if world is not None:
        return Outcome(inquiry.readings, "holds")
    if isinstance(result, Proved):
        return Outcome(inquiry.readings, "violated")
    return Outcome(inquiry.readings, "unknown", note=_limit(result))


def _because_inert(inquiry: Inquiry, removal: Removal) -> Outcome:
    """Return why what ``removal`` takes out has no effect, of which that is proved."""
    twin = _twin(inquiry, removal)
    if twin is not None:
        return Outcome(inquiry.readings, "violated", (twin,), note=DOUBLED)
    asked = [Differing(removal.united, inquiry, each) for each in _judged(removal)]
    reasons = tuple(sorted({norm for each in asked for norm in each.reasons()} - {removal.norm}))
    note = _why_inert(inquiry.law, removal, reasons, used=bool(asked))
    return Outcome(inquiry.readings, "violated", reasons, note=note)


def _twin(inquiry: Inquiry, removal: Removal) -> NormId | None:
    """Return a duty that requires whatever a duty does that is taken out; None if there is none."""
    norm = inquiry.law.norms.get(removal.norm)
    if norm is None or norm.modality != "require" or removal.words is not None:
        return None
    return doubled_by(inquiry, norm)


def _why_inert(law: Law, removal: Removal, reasons: tuple[NormId, ...], *, used: bool) -> str:
    if not used:
        return "nothing in the law turns on it"
    if removal.words is not None:
        return "wherever these words could matter, the case is judged the same without them"
    said = {law.norms[each].modality for each in reasons if each in law.norms}
    norm = law.norms.get(removal.norm)
    match norm.modality if norm is not None else None:
        case "forbid" if "forbid" in said:
            return "whatever it forbids is forbidden without it"
        case "forbid":
            return "nothing permits what it forbids, so that it is unlawful without it"
        case "permit" if "permit" in said:
            return "whatever it permits is permitted without it"
        case "permit" if "forbid" in said:
            return ALL_FORBIDDEN
        case "permit":
            return "such acts need no permission, and it lifts no prohibition"
        case "require":
            return DOUBLED
        case "guarantee":
            return "whatever it guarantees is guaranteed without it"
        case None:
            return "wherever it could matter, the case is judged the same without it"


def idle_instructions(
    inquiry: Inquiry,
    instructions: Iterable[Cause],
    variant: Callable[[frozenset[tuple[str, int]]], Law | None],
    only: Callable[[Cause], bool] = lambda _: True,
) -> Iterator[Finding]:
    """Yield the instructions of the bills, of those ``only``, without which every case is judged alike.

    One without which the others do not make law is left out, and one whose text is not modelled.
    """
    every = tuple(instructions)
    for each in filter(only, every):
        others = frozenset((o.bill, o.instruction) for o in every if o is not each)
        law = variant(others)
        if law is None or law.untranslated != inquiry.law.untranslated:
            continue
        found = differences(unite(law, inquiry.law), inquiry)
        verdicts = {one.verdict for one in found}
        if verdicts:
            continue
        place = Provision(each.text.split()[1])
        yield Finding(
            "no-effect",
            place,
            f"{each.bill}, instruction {each.instruction}",
            "violated",
            (Outcome({}, "violated", note="the law judges every case as it would without it"),),
            causes=((each,),),
            notes=(f"the instruction: {each.text}",),
            span=each.span,
        )


def _limit(result: Result) -> str:
    return result.reason if isinstance(result, Undecided) else ""
