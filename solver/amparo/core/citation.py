"""Provisions as a lawyer cites them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from amparo.core.law import (
    Clause,
    Count,
    Exclusion,
    Interpretation,
    Law,
    Norm,
    NormId,
    Provenance,
    Provision,
    Transition,
)


def located(law: Law, norm: NormId) -> Provision:
    """Return the place of a norm, count, definition or transitional clause of ``law``."""
    if norm in law.norms:
        return law.norms[norm].provision
    if norm in law.counts:
        return law.counts[norm].provision
    for each in _unlisted(law):
        if each.id == norm:
            return each.provision
    return Provision(norm)


def provenance(law: Law, norm: NormId) -> Provenance:
    """Return what a norm, count, definition or transitional clause of ``law`` rests on."""
    if norm in law.norms:
        return law.norms[norm].provenance
    if norm in law.counts:
        return law.counts[norm].provenance
    for each in _unlisted(law):
        if each.id == norm:
            return each.provenance
    return Provenance()


def parts(law: Law) -> Iterator[Norm | Count | Clause | Exclusion | Interpretation | Transition]:
    """Yield everything of ``law`` that has an identity, each version by itself."""
    yield from law.norms.values()
    yield from law.counts.values()
    yield from _unlisted(law)


def _unlisted(law: Law) -> Iterator[Clause | Exclusion | Interpretation | Transition]:
    for clauses in law.definitions.values():
        yield from clauses
    yield from law.transitions
    yield from law.interpretations.values()
    yield from law.exclusions


def in_words(law: Law, where: Provision) -> str:
    """Return ``where`` with the title of its act: ``Constitution, article 25, paragraph 1``."""
    act = law.acts[where.act].title if where.act in law.acts else where.act
    parts = {"article": where.article, "paragraph": where.paragraph, "point": where.point}
    return ", ".join([act, *(f"{word} {label}" for word, label in parts.items() if label)])


def about(law: Law, norm: NormId) -> str:
    """Return the paraphrase of a norm in the version that it is, or the title of what is around it."""
    return provenance(law, norm).says or title(law, located(law, norm))


def title(law: Law, where: Provision) -> str:
    """Return the paraphrase or title of the nearest provision around ``where`` that has one."""
    around = (
        where,
        replace(where, norm=""),
        replace(where, norm="", point=""),
        replace(where, norm="", point="", paragraph=""),
    )
    norms: Iterator[Norm | Interpretation] = chain(law.norms.values(), law.interpretations.values())
    said = next((each.provenance.says for each in norms if each.provision == where), None)
    return said or next((law.titles[each] for each in around if law.titles.get(each)), "")
