"""The law with something taken out of it: a norm, one exception, a counting norm, a definition."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from amparo.core.condition import Truth
from amparo.core.law import Clause, Count, Exception_, Law, Norm, NormId, Provision
from amparo.core.reliance import COUNT, DEFINITION, NORM, Reliance
from amparo.text import Span
from amparo.verify.united import United


@dataclass(frozen=True, slots=True)
class Removal:
    """What is taken out; ``words`` are those of an exception, None for a whole provision."""

    norm: NormId
    provision: Provision
    united: United
    span: Span
    words: str | None = None


def removals(law: Law) -> Iterator[Removal]:
    """Yield every norm, exception, counting norm and clause of a definition of the acts of ``law``.

    Texts that were not seen are left out: they stand for what they may say. So are powers that
    the highest law gives: an act rests on the lower law, and they say who may be given it.
    """
    whole = Reliance(law)
    for norm in law.norms.values():
        if not norm.unknown_text and (norm.modality != "permit" or norm.rank > 0):
            yield Removal(norm.id, norm.provision, _without_norm(whole, norm), norm.provenance.span)
            yield from _exceptions(whole, norm)
    for count in law.counts.values():
        yield Removal(
            count.id, count.provision, _without_count(whole, count), count.provenance.span
        )
    for clauses in law.definitions.values():
        for clause in clauses:
            if clause.provision.act in law.acts:
                yield Removal(
                    clause.id,
                    clause.provision,
                    _without_clause(whole, clause),
                    clause.provenance.span,
                )


def _united(whole: Reliance, after: Law, changed: str) -> United:
    # What is left turns on nothing on which the whole did not.
    return United(whole.law, after, whole.law.vocabulary, frozenset({changed}), (whole,))


def _without_norm(whole: Reliance, norm: Norm) -> United:
    law = whole.law
    norms = {
        name: replace(
            each, defeated_by=tuple(other for other in each.defeated_by if other[0] != norm.id)
        )
        for name, each in law.norms.items()
        if name != norm.id
    }
    return _united(whole, replace(law, norms=norms), NORM + norm.id)


def _exceptions(whole: Reliance, norm: Norm) -> Iterator[Removal]:
    """Yield each exception of ``norm``: the same words in all its cases are one exception."""
    law = whole.law
    found = {
        (each.source, each.span.start, each.span.end): each
        for case in norm.cases
        for each in case.exceptions
    }
    for key, exception in found.items():
        cases = tuple(
            replace(
                case,
                exceptions=tuple(
                    each
                    for each in case.exceptions
                    if (each.source, each.span.start, each.span.end) != key
                ),
            )
            for case in norm.cases
        )
        norms = {**law.norms, norm.id: replace(norm, cases=cases)}
        united = _united(whole, replace(law, norms=norms), NORM + norm.id)
        yield _exception(law, norm, exception, united)


def _exception(law: Law, norm: Norm, exception: Exception_, united: United) -> Removal:
    if exception.source is not None:
        where = law.interpretations[exception.source].provision
        return Removal(exception.source, where, united, exception.span)
    span = exception.span
    words = " ".join(span.source.text[span.start : span.end].split())
    return Removal(norm.id, norm.provision, united, span, f"unless {words}")


def _without_count(whole: Reliance, count: Count) -> United:
    law = whole.law
    counts = {**law.counts, count.id: replace(count, condition=Truth(False))}
    return _united(whole, replace(law, counts=counts), COUNT + count.id)


def _without_clause(whole: Reliance, clause: Clause) -> United:
    law = whole.law
    name = clause.definition
    kept = tuple(each for each in law.definitions[name] if each.id != clause.id)
    definitions = {**law.definitions, name: kept}
    return _united(whole, replace(law, definitions=definitions), DEFINITION + name)
