"""Limits of a right by a norm that may not limit it: of too low a rank, or for no aim that is named.

Who may limit it is read off the guarantee, rank and aim off the limit. Whether the limit touches
what is guaranteed is asked over all worlds: some case must show both norms at one act.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from amparo.core.citation import in_words
from amparo.core.law import Law, Limits, Norm
from amparo.core.limits import faults
from amparo.core.moved import origin
from amparo.core.world import World
from amparo.semantics.context import Context, imagine
from amparo.semantics.evaluate import Unspecified, applies, governs, outcome
from amparo.semantics.judge import claims, guarantee_date
from amparo.semantics.judge import complies as breaches
from amparo.smt import term as t
from amparo.smt.applying import subject
from amparo.smt.compile import Compiler
from amparo.smt.ground import Hypothetical
from amparo.smt.norms import Duties
from amparo.smt.term import Term
from amparo.verify.against import WORSE
from amparo.verify.ask import InvalidModel
from amparo.verify.assume import assumptions
from amparo.verify.finding import Finding, Outcome, Status, Verdict
from amparo.verify.inquiry import Inquiry, by_reading
from amparo.verify.obeying import Part
from amparo.verify.posed import posed


def improper(guarantee: Norm, base: Law | None, inquiry: Inquiry) -> tuple[Finding, ...]:
    """Return a finding for every improper limit of ``guarantee``; one that says so if there is none.

    Raises:
        InvalidModel: a case does not replay.
    """
    found = tuple(_finding(inquiry, guarantee, each, base) for each in suspects(inquiry, guarantee))
    fired = tuple(each for each in found if each.verdict != "holds")
    if fired:
        return fired
    answers = (Outcome(inquiry.readings, "holds"),)
    return (_said(inquiry, guarantee, (), "holds", answers),)


def suspects(inquiry: Inquiry, guarantee: Norm) -> Iterator[Norm]:
    """Yield the lower prohibitions that by their text may not limit ``guarantee``, but may touch it."""
    law = inquiry.law
    kinds = [case.variable.sort.kind for case in guarantee.cases]
    for norm in law.lower(guarantee.rank):
        if norm.modality == "forbid" and faults(norm, guarantee):
            touched = (case.variable.sort.kind for case in norm.cases)
            near = any(law.vocabulary.compatible(a, b) for a in touched for b in kinds)
            if near and norm.period.meets(guarantee.period):
                yield norm


def _finding(inquiry: Inquiry, guarantee: Norm, limit: Norm, base: Law | None) -> Finding:
    answers = tuple(by_reading(inquiry, lambda read: _touches(read, guarantee, limit)))
    ranked = tuple(sorted(answers, key=lambda each: -WORSE[each.verdict]))
    verdicts = {each.verdict for each in ranked}
    verdict: Verdict = ranked[0].verdict
    if len(verdicts) > 1 and "unknown" not in verdicts:
        verdict = "depends"
    if verdict == "holds":
        return _said(inquiry, guarantee, (), verdict, ranked)
    status: Status = "unchanged" if base is None else _status(inquiry, guarantee, limit, base)
    found = _said(inquiry, guarantee, (limit,), verdict, ranked)
    return replace(found, status=status, notes=tuple(wrong(inquiry.law, guarantee, limit)))


def _said(
    inquiry: Inquiry,
    guarantee: Norm,
    limits: tuple[Norm, ...],
    verdict: Verdict,
    answers: tuple[Outcome, ...],
) -> Finding:
    ids = tuple(each.id for each in limits)
    return Finding(
        rule="improper-limit",
        provision=guarantee.provision,
        norm=guarantee.id,
        verdict=verdict,
        outcomes=answers,
        beside=ids,
        assumptions=assumptions(inquiry, [guarantee.id, *ids], answers),
        span=limits[0].provenance.span if limits else guarantee.provenance.span,
    )


def _status(inquiry: Inquiry, guarantee: Norm, limit: Norm, base: Law) -> Status:
    """Say whether the limit was there, as improper as it is, before the bill."""
    before = _same(base, guarantee, inquiry.law)
    then = None if before is None else _same(base, limit, inquiry.law)
    if (
        before is None
        or then is None
        or not set(faults(limit, guarantee)) <= set(faults(then, before))
    ):
        return "introduced"
    asked = by_reading(inquiry.to(base), lambda read: _touches(read, before, then))
    return "pre-existing" if all(each.verdict == "violated" for each in asked) else "introduced"


def _same(law: Law, norm: Norm, of: Law) -> Norm | None:
    """Return the norm of ``law`` that is ``norm`` of the law ``of``."""
    if norm.id in law.norms:
        return law.norms[norm.id]
    place = origin(of, norm)
    versions = (each for each in law.norms.values() if origin(law, each) == place)
    return next((each for each in versions if each.modality == norm.modality), None)


# -- the question -----------------------------------------------------------------------------


def _touches(inquiry: Inquiry, guarantee: Norm, limit: Norm) -> Outcome:
    """Ask for a lawful world in which ``limit`` forbids an act that ``guarantee`` guarantees."""
    ground = inquiry.ground()
    compiler = inquiry.compiler(ground, guarantee.rank)
    duties, part = Duties(inquiry.law), Part(inquiry.law, guarantee.rank)

    def asserts() -> list[Term]:
        both = [_both(compiler, inquiry, guarantee, limit, n) for n in range(len(guarantee.cases))]
        return [t.disjunction(both), part.obeyed(compiler, duties)]

    return posed(inquiry, ground, part, asserts, partial(_replayed, inquiry, guarantee, limit))


def _both(compiler: Compiler, inquiry: Inquiry, guarantee: Norm, limit: Norm, number: int) -> Term:
    case = guarantee.cases[number]
    key = ("limited", guarantee.id, str(number))
    act, there, day = subject(compiler, key, case.variable.sort.kind, imagined=True)
    assert isinstance(act, Hypothetical)
    judged_by = day if act.anchor is None else compiler.law_day(act.anchor)
    return t.and_(
        there,
        inquiry.on(day),
        compiler.applies(guarantee, case, act, True, judged_by),
        t.disjunction(compiler.applies(limit, each, act, True) for each in limit.cases),
    )


def _replayed(inquiry: Inquiry, guarantee: Norm, limit: Norm, world: World) -> None:
    try:
        if faulty := breaches(inquiry.law, world, guarantee.rank):
            raise InvalidModel(guarantee.id, world, f"the lower law is breached: {faulty}")
    except Unspecified as gap:
        raise InvalidModel(guarantee.id, world, str(gap)) from gap
    if limited(inquiry.law, guarantee, limit, world) is None:
        raise InvalidModel(guarantee.id, world, f"{limit.id} forbids nothing that is guaranteed")


def limited(law: Law, guarantee: Norm, limit: Norm, world: World) -> tuple[str, str | None] | None:
    """Return whom ``limit`` forbids in ``world`` what ``guarantee`` guarantees, and against what."""
    context = Context(law, world, guarantee.rank)
    for case, holder, against in claims(guarantee, context):
        act, imagined = imagine(case.variable.sort.kind, holder, against, context)
        day = guarantee_date(against, context)
        given = outcome(partial(applies, guarantee, case, act, imagined, day))
        if given is True and outcome(partial(governs, limit, act, imagined)) is True:
            return holder, against
    return None


# -- what is wrong, in words ------------------------------------------------------------------


def wrong(law: Law, guarantee: Norm, limit: Norm) -> Iterator[str]:
    """Yield what keeps ``limit`` from limiting ``guarantee``, each a sentence without a full stop."""
    allowed = guarantee.limited_by
    assert allowed is not None
    where = in_words(law, limit.provision)
    for fault in faults(limit, guarantee):
        match fault:
            case "rank":
                rank = law.acts[limit.provision.act].rank_name.replace("_", " ")
                yield (
                    f"{where} is of the rank `{rank}`: only the rank "
                    f"`{allowed.rank_name.replace('_', ' ')}` or a higher one may limit this right"
                )
            case "aim":
                stated = _listed(law, limit.provenance.aims)
                yield (
                    f"{where} {f'is for {stated}' if stated else 'states no aim'}: this right may "
                    f"be limited only for {_listed(law, allowed.aims)}"
                )


def proper(law: Law, guarantee: Norm) -> Iterator[str]:
    """Yield which provisions forbid what is guaranteed and may, each a sentence without a full stop."""
    allowed = guarantee.limited_by
    kinds = [case.variable.sort.kind for case in guarantee.cases]
    for norm in law.lower(guarantee.rank):
        if allowed is None or norm.modality != "forbid" or faults(norm, guarantee):
            continue
        touched = (case.variable.sort.kind for case in norm.cases)
        if any(law.vocabulary.compatible(a, b) for a in touched for b in kinds):
            yield f"{in_words(law, norm.provision)} may limit this right, and {_necessity(allowed)}"


def _necessity(allowed: Limits) -> str:
    if not allowed.aims:
        return "whether it needs to was not asked"
    return "whether that is necessary for its aim was not asked"


def _listed(law: Law, aims: tuple[str, ...]) -> str:
    said = [law.vocabulary.phrases.get(each, each.replace("_", " ")) for each in aims]
    return " or ".join(said)
