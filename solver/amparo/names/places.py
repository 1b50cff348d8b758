"""The places of an act: every element with its provision and the provisions around it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from amparo.core.law import Provision
from amparo.syntax.tree import (
    Act,
    Article,
    Define,
    Element,
    NormDecl,
    Paragraph,
    Point,
    Untranslated,
)

Container = Act | Article | Paragraph | Point


@dataclass(frozen=True, slots=True)
class Placed:
    """An element of an act, or a container (``element`` None), and what it stands in.

    ``within`` lists the containers, the act first; for a container it ends with the container.
    """

    provision: Provision
    within: tuple[Container, ...]
    element: Element | None = None

    @property
    def container(self) -> Container:
        """The innermost container."""
        return self.within[-1]


def places(act: Act) -> Iterator[Placed]:
    """Yield the containers and elements of ``act`` in the order of the text."""
    top = Provision(act.name.text)
    yield from _own(top, (act,))
    for article in act.articles:
        yield from _article(article, act)


def _article(article: Article, act: Act) -> Iterator[Placed]:
    place = Provision(act.name.text, article.label.text)
    yield from _own(place, (act, article))
    for point in article.points:
        here = Provision(place.act, place.article, "", point.label.text)
        yield from _own(here, (act, article, point))
    for paragraph in article.paragraphs:
        here = Provision(place.act, place.article, paragraph.label.text)
        yield from _own(here, (act, article, paragraph))
        for point in paragraph.points:
            inner = Provision(here.act, here.article, here.paragraph, point.label.text)
            yield from _own(inner, (act, article, paragraph, point))


def _own(place: Provision, within: tuple[Container, ...]) -> Iterator[Placed]:
    yield Placed(place, within)
    for element in within[-1].elements:
        yield Placed(leaf(place, element), within, element)


def leaf(place: Provision, element: Element) -> Provision:
    """Return the provision of ``element`` in the container at ``place``."""
    match element:
        case Untranslated():
            return place
        case NormDecl(name) | Define(name):
            return replace(place, norm=name.text)


def container_of(provision: Provision) -> Provision:
    """Return ``provision`` without the norm."""
    return replace(provision, norm="")


def covers(outer: Provision, inner: Provision) -> bool:
    """Say whether ``inner`` is ``outer`` or stands in it."""
    if outer.act != inner.act or (outer.norm and outer != inner):
        return False
    return (
        outer.article in {"", inner.article}
        and outer.paragraph in {"", inner.paragraph}
        and outer.point in {"", inner.point}
    )
