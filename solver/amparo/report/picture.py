"""Who owns, lives in and acts on what in a case: who acts, what happens, to whom, and what is so.

Four columns, and everybody stands once: whoever acts, the events in their order, whom and what
they touch, what is so between these. Nothing overlaps, for every sentence has a card of its own;
lines join it to those of whom it speaks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from amparo.explain.scene import Scene, Sentence
from amparo.report.drawing import Card, card, head, line, picture

SOMEBODY, ACT, FACT = 132, 220, 190
"""How wide the cards of a column are."""
GAP = 46
"""Between two columns."""
APART = 12
"""Between two cards of a column."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence on a card, and those of whom it speaks, on either side of it."""

    card: Card
    left: tuple[str, ...]
    right: tuple[str, ...]
    doer: str | None = None


def who_and_what(name: str, scene: Scene) -> Markup:
    """Return ``scene`` as a picture called ``name``; nothing where nobody is in it."""
    if not scene.individuals:
        return Markup("")
    doers = {each.doer for each in scene.happenings}
    between = [each for each in scene.facts if not doers & set(each.of)]
    numbers = {each.name: str(n) for n, each in enumerate(scene.happenings, start=1)}

    edge = SOMEBODY + GAP if any(doers) else 0
    middle = list(_happening(scene, doers, between, numbers, edge))
    middle = list(_stacked(middle))
    edge += ACT + GAP if middle else 0
    acting = _beside(scene, [each for each in scene.individuals if each in doers], middle, 0)
    others = [each for each in scene.individuals if each not in doers]
    touched = _beside(scene, others, middle, edge)
    edge += SOMEBODY + GAP if others else 0
    facts = [
        _Said(card(_with_numbers(each, numbers), edge, FACT, "fact"), each.of, ())
        for each in between
    ]
    facts = list(_around(facts, touched))

    cards = [*(each.card for each in (*middle, *facts)), *acting.values(), *touched.values()]
    size = max(each.x + each.width for each in cards), max(each.bottom for each in cards)
    lines = list(_joined([*middle, *facts], {**acting, **touched}))
    told = (each.said for each in (*scene.facts, *(one.what for one in scene.happenings)))
    drawn = (*lines, *(each.drawn() for each in cards))
    return picture(name, "Who acts on whom and what, and what is so", told, size, drawn)


def _happening(
    scene: Scene,
    doers: set[str | None],
    between: Sequence[Sentence],
    numbers: Mapping[str, str],
    x: float,
) -> Iterator[_Said]:
    """Yield what stands between those who act and the others: facts about both, then the events."""
    for fact in scene.facts:
        if fact not in between:
            on = card(_with_numbers(fact, numbers), x, ACT, "fact")
            yield _Said(on, *_sides(fact, doers))
    for each in scene.happenings:
        role = "act breaks" if each.name == scene.breaks else "act"
        text = _with_numbers(each.what, numbers)
        on = card(text, x, ACT, role, badge=numbers[each.name])
        yield _Said(on, *_sides(each.what, doers), each.doer)


def _sides(said: Sentence, doers: set[str | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    left = tuple(each for each in said.of if each in doers)
    return left, tuple(each for each in said.of if each not in doers)


def _with_numbers(said: Sentence, numbers: Mapping[str, str]) -> str:
    """Return a sentence with the numbers of the events of which it speaks."""
    spoken_of = ", ".join(numbers[each] for each in said.events)
    return f"{said.said} ({spoken_of})" if spoken_of else said.said


# -- where everything stands ------------------------------------------------------------------------


def _stacked(several: Iterable[_Said]) -> Iterator[_Said]:
    y = 0.0
    for each in several:
        placed = replace(each.card, y=y)
        yield replace(each, card=placed)
        y = placed.bottom + APART


def _beside(
    scene: Scene, names: Sequence[str], middle: Sequence[_Said], x: float
) -> dict[str, Card]:
    """Return the cards of ``names``, each as near as can be to what it takes part in."""
    cards = {
        each: card(_capital(scene.individuals[each]), x, SOMEBODY, "somebody", bold=True)
        for each in names
    }
    wanted = {
        each: [one.card.middle for one in middle if each in (*one.left, *one.right)]
        for each in names
    }
    last = max((one.card.bottom for one in middle), default=0.0)
    return _settled(cards, {each: _mean(found, last) for each, found in wanted.items()})


def _around(facts: Sequence[_Said], somebody: Mapping[str, Card]) -> Iterator[_Said]:
    """Yield ``facts``, each as near as can be to those of whom it speaks."""
    cards = {str(n): each.card for n, each in enumerate(facts)}
    wanted = {
        str(n): _mean([somebody[who].middle for who in each.left], 0)
        for n, each in enumerate(facts)
    }
    settled = _settled(cards, wanted)
    yield from (replace(each, card=settled[str(n)]) for n, each in enumerate(facts))


def _settled(cards: Mapping[str, Card], wanted: Mapping[str, float]) -> dict[str, Card]:
    """Return ``cards`` one under another, their middles as near to what is ``wanted`` as can be."""
    y = 0.0
    placed: dict[str, Card] = {}
    for name in sorted(cards, key=lambda each: wanted[each]):
        each = cards[name]
        placed[name] = replace(each, y=max(y, wanted[name] - each.height / 2))
        y = placed[name].bottom + APART
    too_low = _mean([each.middle - wanted[name] for name, each in placed.items()], 0)
    up = min([too_low, *(each.y for each in placed.values())])
    return {name: replace(placed[name], y=placed[name].y - max(0.0, up)) for name in cards}


def _mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else default


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# -- the lines --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Join:
    """A line between the sentence of this number and somebody to the ``left`` of it, or the right."""

    said: int
    who: str
    left: bool


def _joined(said: Sequence[_Said], somebody: Mapping[str, Card]) -> Iterator[Markup]:
    """Yield the lines: whole ones and arrows for what happens, broken ones for what is so."""
    joins = [
        *(_Join(n, who, True) for n, each in enumerate(said) for who in each.left),
        *(_Join(n, who, False) for n, each in enumerate(said) for who in each.right),
    ]
    for each in joins:
        on, who = said[each.said].card, somebody[each.who]
        own = [other for other in joins if (other.said, other.left) == (each.said, each.left)]
        own.sort(key=lambda other: somebody[other.who].middle)
        theirs = [other for other in joins if (other.who, other.left) == (each.who, each.left)]
        theirs.sort(key=lambda other: said[other.said].card.middle)
        start = (on.x if each.left else on.x + on.width, _port(on, own.index(each), len(own)))
        end = (
            who.x + who.width if each.left else who.x,
            _port(who, theirs.index(each), len(theirs)),
        )
        happens = on.role != "fact"
        if happens and each.who != said[each.said].doer:
            way = -1 if each.left else 1
            yield head(*end, way)
            end = (end[0] - 7 * way, end[1])
        yield line(start, end, "happens" if happens else "is-so")


def _port(on: Card, number: int, count: int) -> float:
    """Return where the line of this ``number`` of ``count`` meets a card."""
    return on.y + on.height * (number + 1) / (count + 1)
