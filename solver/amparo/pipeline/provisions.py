"""A provision of the law by its citation, and how it is decided: behind `amparo explain`."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from amparo.core.citation import in_words
from amparo.core.law import Law, Provision
from amparo.explain.provision import Entry, explained
from amparo.names.places import covers
from amparo.names.problems import did_you_mean
from amparo.pipeline.files import Unusable
from amparo.pipeline.load import load
from amparo.pipeline.prepare import laws
from amparo.syntax.tree import Act

PARTS = {
    "article": "article",
    "paragraph": "paragraph",
    "point": "point",
    "norm": "norm",
    "definition": "norm",
}
"""The words of a citation, in their order, to the part of a place that they name."""


def explanation(
    citation: str,
    paths: Iterable[Path],
    bills: Iterable[Path] = (),
    as_of: datetime.date | None = None,
) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Return what stands at the place that ``citation`` names, under its name in words.

    Of every body of law in ``paths`` that has the place, as amended by ``bills``.

    Raises:
        Unusable: no such place, or nothing there on that day.
        Rejected: with every fault of the texts.
    """
    place = cited(citation)
    bodies = laws(paths, bills)
    found = [
        (in_words(law, place), explained(law, place, as_of))
        for law in bodies
        if any(covers(place, each) for each in _places(law))
    ]
    if not found:
        raise Unusable(_nowhere(place, bodies))
    if not any(entries for _, entries in found):
        raise Unusable(f"nothing at `{citation}` is in force on {as_of}")
    return tuple(found)


def citations(paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the citation of every act, article, paragraph and point of the law in ``paths``.

    Raises:
        Unusable: there is no law.
        Rejected: with every fault that the files have as texts.
    """
    acts = (act for body in load(paths).bodies for act in body.acts)
    return tuple(dict.fromkeys(str(each) for act in acts for each in _headed(act)))


def _headed(act: Act) -> Iterator[Provision]:
    place = Provision(act.name.text)
    yield place
    for article in act.articles:
        there = replace(place, article=article.label.text)
        yield there
        yield from (replace(there, point=each.label.text) for each in article.points)
        for paragraph in article.paragraphs:
            here = replace(there, paragraph=paragraph.label.text)
            yield here
            yield from (replace(here, point=each.label.text) for each in paragraph.points)


def cited(citation: str) -> Provision:
    """Return the place that ``citation`` names: an act, then article, paragraph, point, norm.

    Raises:
        Unusable: it is no citation.
    """
    act, *rest = citation.split() or [""]
    words, labels = rest[::2], rest[1::2]
    order = [list(PARTS).index(each) for each in words if each in PARTS]
    if (
        not act
        or len(words) != len(labels)
        or len(order) < len(words)
        or order != sorted(set(order))
    ):
        raise Unusable(
            f"`{citation}` is no citation: name the act, then `article`, `paragraph`, `point`, and "
            "`norm` or `definition`, each with its number or name"
        )
    return Provision(act, **{PARTS[word]: label for word, label in zip(words, labels, strict=True)})


def _places(law: Law) -> Iterator[Provision]:
    yield from (each.provision for each in law.norms.values())
    yield from (each.provision for each in law.counts.values())
    for clauses in law.definitions.values():
        yield from (each.provision for each in clauses)
    yield from (each.provision for each in law.interpretations.values())
    yield from (each.provision for each in law.transitions)
    yield from (each.provision for each in law.untranslated)


def _nowhere(place: Provision, bodies: Iterable[Law]) -> str:
    acts = [name for law in bodies for name in law.acts]
    known = [str(each) for law in bodies for each in _places(law) if each.act == place.act]
    what = (
        f"there is no `{place}` in this law"
        if place.act in acts
        else f"there is no act `{place.act}`"
    )
    near = did_you_mean(str(place), known) if place.act in acts else did_you_mean(place.act, acts)
    return what + (f"; {near}" if near else "")
