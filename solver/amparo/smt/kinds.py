"""What being of one kind says of being of another, for the kinds that a question speaks of.

A kind of which a question does not speak decides nothing in it: whoever could be of it need not
be, and no world is lost. So nothing is said of it, and `decode` makes nobody one.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from amparo.core.law import Vocabulary

Pairs = tuple[tuple[str, str], ...]


def possible(vocabulary: Vocabulary, spoken: Iterable[str], known: str) -> tuple[str, ...]:
    """Return the kinds ``spoken`` of that one of ``known`` may be of."""
    root = vocabulary.root(known)
    return tuple(
        each
        for each in spoken
        if vocabulary.root(each) == root and vocabulary.compatible(each, known)
    )


def included(vocabulary: Vocabulary, spoken: Iterable[str], known: str) -> Pairs:
    """Return each kind that one of ``known`` may be of, with the nearest above it, if there is one."""
    may = possible(vocabulary, spoken, known)
    return tuple((each, above) for each in may for above in _nearest(vocabulary, may, each))


def excluded(vocabulary: Vocabulary, spoken: Iterable[str], known: str) -> Pairs:
    """Return the pairs of kinds of which one of ``known`` is never both; the highest say it for all.

    Two kinds that he cannot be of are left out: his own kind excludes them both. Whoever else he
    turns out to be says what is missing for what is asked of him.
    """
    root, own = vocabulary.root(known), vocabulary.lineage(known)
    kin = tuple(each for each in spoken if vocabulary.root(each) == root)
    may = frozenset(possible(vocabulary, kin, known))

    def apart(first: str, second: str) -> bool:
        return not vocabulary.compatible(first, second)

    def said_above(first: str, second: str) -> bool:
        return any(apart(above, second) for above in _nearest(vocabulary, kin, first))

    return tuple(
        (first, second)
        for first, second in combinations(kin, 2)
        if apart(first, second)
        and (first in own or second in own or (first in may and second in may))
        and not said_above(first, second)
        and not said_above(second, first)
    )


def _nearest(vocabulary: Vocabulary, kinds: Iterable[str], kind: str) -> Iterator[str]:
    """Yield the nearest of ``kinds`` that includes ``kind``, if there is one."""
    above = (each for each in vocabulary.lineage(kind)[1:] if each in kinds)
    yield from [nearest] if (nearest := next(above, None)) is not None else []
