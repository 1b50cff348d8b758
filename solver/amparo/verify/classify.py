"""Acts of authority that no protection's terms reach, and none leaves out.

A protection may speak of a general act: a deprivation of property. Whether an act is one is said
by the norms that count it, or never count it. An act of authority on the same objects of which
neither is said slips through: nobody decided that it is protected against, or that it is not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from amparo.core.authority import objects_of
from amparo.core.citation import in_words
from amparo.core.condition import Individual
from amparo.core.law import Law, Norm, Period
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, law_date
from amparo.semantics.judge import complies as breaches
from amparo.smt import term as t
from amparo.smt.applying import subject
from amparo.smt.norms import Duties
from amparo.smt.term import Term
from amparo.verify.against import WORSE
from amparo.verify.ask import InvalidModel
from amparo.verify.assume import assumptions
from amparo.verify.finding import Finding, Outcome, Verdict
from amparo.verify.inquiry import Inquiry, by_reading
from amparo.verify.obeying import Part
from amparo.verify.posed import posed

HIGHEST = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Acts of ``kind``, and of no kind under it, are not told to be ``general`` acts or none.

    ``said`` are the kinds of which it is told, and until when; ``spoken`` the protections that speak of
    the general act.
    """

    kind: str
    general: str
    said: tuple[tuple[str, Period], ...]
    spoken: tuple[Norm, ...]


def unclassified(inquiry: Inquiry) -> Iterable[Finding]:
    """Yield a finding for every kind of lawful act of authority that is not classified.

    Each kind is asked about by itself, and told where the kind above it is not told already. Of a
    general act on whose objects every act is classified there is one finding that says so.

    Raises:
        InvalidModel: a case does not replay.
    """
    for general, spoken in _spoken_of(inquiry).items():
        told: dict[str, Finding] = {}
        above = inquiry.law.vocabulary.lineage
        for kind in near(inquiry.law, general):
            if any(each in told for each in above(kind)):
                continue
            gap = Gap(kind, general, tuple(_said(inquiry.law, general)), spoken)
            found = _finding(inquiry, gap)
            if found.verdict != "holds":
                told[kind] = found
        if told:
            yield from told.values()
        else:
            yield _told(
                inquiry, Gap("", general, (), spoken), (Outcome(inquiry.readings, "holds"),)
            )


def _spoken_of(inquiry: Inquiry) -> dict[str, tuple[Norm, ...]]:
    """Return the general acts of which protections speak, with these."""
    found: dict[str, tuple[Norm, ...]] = {}
    for norm in inquiry.law.protections():
        if norm.general is not None and norm.period.meets(inquiry.when):
            found[norm.general] = (*found.get(norm.general, ()), norm)
    return found


def near(law: Law, general: str) -> Iterator[str]:
    """Yield the kinds of acts of authority on the objects of ``general``, each after those above it.

    The objects are what the roles of the general act name that are persons or things, the doer
    (``by``) aside. An act is on the same objects if it has every such role, under its name, for a
    kind that may be the same: if it could be counted without a word on who is who.
    """
    vocabulary = law.vocabulary
    objects = dict(objects_of(vocabulary, general))
    for kind in sorted(vocabulary.kinds.values(), key=lambda k: len(vocabulary.lineage(k.name))):
        roles = dict(kind.roles)
        if kind.category == "official act" and objects:
            sorts = [(sort, roles.get(role)) for role, sort in objects.items()]
            if all(
                isinstance(own, Individual) and vocabulary.compatible(own.kind, wanted)
                for wanted, own in sorts
            ):
                yield kind.name


def _said(law: Law, general: str) -> Iterator[tuple[str, Period]]:
    """Yield of which kinds of acts it is told, and until when, that they are ``general`` or not.

    What is told one day says what was left open until then: nobody can classify the past anew.
    """
    for count in law.counts.values():
        if general in law.vocabulary.lineage(count.general):
            yield count.variable.sort.kind, Period(None, count.period.end)
    for exclusion in law.exclusions:
        # What is excluded from a more general act is no act of the narrower one either.
        if exclusion.general in law.vocabulary.lineage(general):
            yield exclusion.kind, Period(None, exclusion.period.end)


# -- the question -----------------------------------------------------------------------------


def _finding(inquiry: Inquiry, gap: Gap) -> Finding:
    answers = by_reading(inquiry, lambda read: _asked(read, gap))
    return _told(inquiry, gap, tuple(sorted(answers, key=lambda each: -WORSE[each.verdict])))


def _asked(inquiry: Inquiry, gap: Gap) -> Outcome:
    """Ask for a lawful world with an act of the kind that is not classified."""
    law, ground = inquiry.law, inquiry.ground()
    compiler = inquiry.compiler(ground, HIGHEST)
    duties, part = Duties(law), Part(law, HIGHEST).about(gap.kind)

    def asserts() -> list[Term]:
        act, there, day = subject(compiler, ("unclassified", gap.kind), gap.kind)
        judged_by = compiler.law_day(act)
        covers = compiler.values.covers
        return [
            there,
            inquiry.on(day),
            *(t.not_(ground.is_kind(act, each)) for each in _below(law, gap.kind)),
            *(
                t.not_(t.and_(ground.is_kind(act, kind), covers(period, judged_by)))
                for kind, period in gap.said
            ),
            t.disjunction(covers(each.period, judged_by) for each in gap.spoken),
            part.obeyed(compiler, duties),
        ]

    return posed(inquiry, ground, part, asserts, partial(_replayed, inquiry, gap))


def _below(law: Law, kind: str) -> Iterator[str]:
    """Yield the kinds directly under ``kind``."""
    return (each.name for each in law.vocabulary.kinds.values() if each.parent == kind)


def _replayed(inquiry: Inquiry, gap: Gap, world: World) -> None:
    law, norm = inquiry.law, gap.spoken[0].id
    context = Context(law, world, HIGHEST)
    try:
        if faults := breaches(law, world, HIGHEST):
            raise InvalidModel(norm, world, f"the lower law is breached: {faults}")
        if not any(_slips(gap, each, context) for each in world.events):
            raise InvalidModel(norm, world, f"every `{gap.kind}` is classified")
    except Unspecified as lacking:
        raise InvalidModel(norm, world, str(lacking)) from lacking


def _slips(gap: Gap, event: str, context: Context) -> bool:
    """Say whether ``event`` is an act of the kind that is not classified on its day."""
    if not context.is_a(event, gap.kind):
        return False
    day = law_date(event, context)
    told = (context.is_a(event, kind) and period.covers(day) for kind, period in gap.said)
    return not any(told) and any(each.period.covers(day) for each in gap.spoken)


# -- what is found ----------------------------------------------------------------------------


def _told(inquiry: Inquiry, gap: Gap, outcomes: tuple[Outcome, ...]) -> Finding:
    law, protection = inquiry.law, gap.spoken[0]
    verdicts = {each.verdict for each in outcomes}
    verdict: Verdict = outcomes[0].verdict
    if len(verdicts) > 1 and "unknown" not in verdicts:
        verdict = "depends"
    notes: tuple[str, ...] = ()
    span = protection.provenance.span
    if verdict != "holds":
        where = " and ".join(dict.fromkeys(in_words(law, each.provision) for each in gap.spoken))
        notes = (
            f"no norm counts `{gap.kind}` as `{gap.general}`, and none says that it never counts "
            f"as one: of such acts {where} may speak or not",
        )
        span = law.vocabulary.kinds[gap.kind].span
    return Finding(
        rule="unclassified-act",
        provision=protection.provision,
        norm=protection.id,
        verdict=verdict,
        outcomes=outcomes,
        beside=tuple(each.id for each in gap.spoken[1:]),
        notes=notes,
        assumptions=assumptions(inquiry, [each.id for each in gap.spoken], outcomes),
        span=span,
    )
