"""What a law says of one act in one world, and by which norms."""

from collections.abc import Iterator
from functools import partial

from amparo.core.condition import Individual, Sort
from amparo.core.judgement import Matter, Subject, asked
from amparo.core.law import Norm, NormId
from amparo.semantics.context import Context, imagine
from amparo.semantics.evaluate import applies, both, governs, outcome, some
from amparo.semantics.judge import breached, guarantee_date, has_basis, needs_basis


def subjects(matter: Matter, context: Context) -> Iterator[Subject]:
    """Yield everything in the world of which ``matter`` may be judged, in order of names."""
    if not matter.imagined:
        yield from (
            Subject(each) for each in context.of_kind(matter.kind) if context.is_event(each)
        )
        return
    roles = dict(context.law.vocabulary.kinds[matter.kind].roles)
    against = _of_sort(roles["against"], context) if "against" in roles else (None,)
    for anchor in against:
        for holder in _of_sort(roles["by"], context):
            yield Subject(anchor, holder)


def says(matter: Matter, subject: Subject, context: Context) -> bool:
    """Return the judgement of the law of ``context`` on ``subject``.

    Raises:
        Unspecified: the world leaves open what it turns on.
    """
    law = context.law
    act, within = _act(matter, subject, context)
    norms = asked(matter.topic, law, context.rank, matter.among)
    if matter.topic in ("act", "remedy"):
        forbids = [each for each in norms if each.modality == "forbid"]
        permits = [each for each in norms if each.modality == "permit"]
        return both(
            lambda: not some(lambda each: governs(each, act, within), forbids),
            lambda: not needs_basis(act, within) or has_basis(act, permits, within),
        )
    return some(lambda each: _counts(each, matter, subject, context), norms)


def grounds(matter: Matter, subject: Subject, context: Context) -> tuple[NormId, ...]:
    """Return the norms that make the judgement what it is, in the order of the text.

    Of a lawful act, its bases; of an unlawful one, what forbids it: nothing if it has no basis.
    """
    norms = asked(matter.topic, context.law, context.rank, matter.among)
    if matter.topic not in ("act", "remedy"):
        counting = partial(_counts, matter=matter, subject=subject, context=context)
        return tuple(each.id for each in norms if outcome(partial(counting, each)) is True)
    act, within = _act(matter, subject, context)
    lawful = outcome(lambda: says(matter, subject, context)) is True
    modality = "permit" if lawful else "forbid"
    return tuple(
        each.id
        for each in norms
        if each.modality == modality and outcome(partial(governs, each, act, within)) is True
    )


def _counts(norm: Norm, matter: Matter, subject: Subject, context: Context) -> bool:
    """Say whether ``norm`` makes the judgement so."""
    act, within = _act(matter, subject, context)
    if norm.modality == "guarantee":
        day = guarantee_date(subject.act, context) if matter.imagined else None
        return some(lambda case: applies(norm, case, act, within, day), norm.cases)
    if matter.topic in ("duty", "safeguard"):
        return both(lambda: governs(norm, act, within), lambda: breached(norm, act, within))
    return governs(norm, act, within)


def _act(matter: Matter, subject: Subject, context: Context) -> tuple[str, Context]:
    if not matter.imagined:
        assert subject.act is not None
        return subject.act, context
    assert subject.holder is not None
    return imagine(matter.kind, subject.holder, subject.act, context)


def _of_sort(sort: Sort, context: Context) -> tuple[str, ...]:
    return context.of_kind(sort.kind) if isinstance(sort, Individual) else ()
