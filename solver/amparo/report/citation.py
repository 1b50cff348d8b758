"""Provisions by their place and title, as a lawyer would cite them."""

from dataclasses import replace

from amparo.core.law import Law, NormId, Provision


def provision(law: Law, norm: NormId) -> Provision:
    """Return the place of a norm, count, definition or transitional clause of ``law``."""
    if norm in law.norms:
        return law.norms[norm].provision
    if norm in law.counts:
        return law.counts[norm].provision
    clauses = {each.id: each.provision for both in law.definitions.values() for each in both}
    transitions = {each.id: each.provision for each in law.transitions}
    return (clauses | transitions).get(norm, Provision(norm))


def in_words(law: Law, place: Provision) -> str:
    """Return ``place`` with the title of its act: ``Constitution, article 25, paragraph 1``."""
    act = law.acts[place.act].title if place.act in law.acts else place.act
    parts = {"article": place.article, "paragraph": place.paragraph, "point": place.point}
    return ", ".join([act, *(f"{word} {label}" for word, label in parts.items() if label)])


def title(law: Law, place: Provision) -> str:
    """Return the paraphrase or title of the nearest provision around ``place`` that has one."""
    around = (
        place,
        replace(place, norm=""),
        replace(place, norm="", point=""),
        replace(place, norm="", point="", paragraph=""),
    )
    said = next(
        (norm.provenance.says for norm in law.norms.values() if norm.provision == place), None
    )
    return said or next((law.titles[each] for each in around if law.titles.get(each)), "")
