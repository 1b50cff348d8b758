"""Two laws over one vocabulary, so that one world can be judged by both."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from amparo.core.law import Law, Norm, NormId, Parameter, Vocabulary
from amparo.core.reliance import (
    CALENDAR,
    ENUMERATION,
    FACT,
    KIND,
    NORM,
    PARAMETER,
    READING,
    Reliance,
    texts,
)

T = TypeVar("T")

DECLARED = (FACT, KIND, CALENDAR, ENUMERATION, READING)
"""Words that mean one thing in one world: where their declarations differ, nothing is compared."""


@dataclass(frozen=True, slots=True)
class United:
    """Two laws, each with the words of both.

    ``changed`` are the names (`core.reliance`) of what they do not both say; ``incomparable``
    those words that both have and declare differently. ``reliances`` follow what each law turns
    on: of a law that says all that the other does, that one is enough.
    """

    before: Law
    after: Law
    vocabulary: Vocabulary
    changed: frozenset[str]
    reliances: tuple[Reliance, ...]
    incomparable: frozenset[str] = frozenset()
    relied: dict[tuple[NormId, NormId], frozenset[str]] = field(default_factory=dict, compare=False)
    """What protections of both laws can turn on, as far as it was asked for (`shared.relied`)."""

    def turns_on(self, norm: NormId) -> frozenset[str]:
        """Return what the norm turns on in either law."""
        found: frozenset[str] = frozenset()
        for each in self.reliances:
            if norm in each.law.norms:
                found |= each.of(NORM + norm)
        return found

    def concerns(self, norm: Norm) -> bool:
        """Say whether the two laws may differ in whether ``norm`` applies or is kept."""
        return not self.turns_on(norm.id).isdisjoint(self.changed)

    def comparable(self, norm: Norm) -> bool:
        """Say whether ``norm`` turns on no word that the two laws declare differently."""
        return self.turns_on(norm.id).isdisjoint(self.incomparable)


_LATEST: list[tuple[Law, Law, United]] = []
"""The two laws united last: most questions are about the same two."""


def unite(before: Law, after: Law) -> United:
    """Return two laws over one vocabulary: the same words by name, those of one law for both."""
    if not any(one is before and other is after for one, other, _ in _LATEST):
        _LATEST[:] = [(before, after, _unite(before, after))]
    return _LATEST[0][2]


def _unite(before: Law, after: Law) -> United:
    said, says = texts(before), texts(after)
    changed = frozenset(each for each in {**said, **says} if said.get(each) != says.get(each))
    clashing = {each for each in changed if each in said and each in says and _fixed(each)}
    clashing |= {
        PARAMETER + name
        for name, each in before.vocabulary.parameters.items()
        if name in after.vocabulary.parameters
        and after.vocabulary.parameters[name].sort != each.sort
    }
    words = _united(before.vocabulary, after.vocabulary)
    was, now = _with(before, words), _with(after, words)
    return United(was, now, words, changed, (Reliance(was), Reliance(now)), frozenset(clashing))


def _fixed(name: str) -> bool:
    return name.startswith(DECLARED)


def _united(before: Vocabulary, after: Vocabulary) -> Vocabulary:
    return Vocabulary(
        kinds=_both(after.kinds, before.kinds),
        facts=_both(after.facts, before.facts),
        parameters=_least_known(after.parameters, before.parameters),
        calendars=_both(after.calendars, before.calendars),
        readings=_both(after.readings, before.readings),
        enumerations=_both(after.enumerations, before.enumerations),
        phrases=_both(after.phrases, before.phrases),
        graves=after.graves,
    )


def _both(first: Mapping[str, T], second: Mapping[str, T]) -> dict[str, T]:
    return {**first, **{name: each for name, each in second.items() if name not in first}}


def _least_known(
    first: Mapping[str, Parameter], second: Mapping[str, Parameter]
) -> dict[str, Parameter]:
    """Return every parameter as the law declares it that knows its value from the later day on.

    Before that day its value is a part of the world.
    """

    def known_from(parameter: Parameter) -> datetime.date:
        return parameter.values[0][0] if parameter.values else datetime.date.max

    found = _both(first, second)
    for name in found:
        if name in first and name in second:
            found[name] = max(first[name], second[name], key=known_from)
    return found


def _with(law: Law, words: Vocabulary) -> Law:
    """Return ``law`` with the words of both, and what it says itself of states and parameters."""
    own = law.vocabulary
    united = replace(
        words,
        facts={**words.facts, **own.facts},
        parameters={**words.parameters, **own.parameters},
    )
    return replace(law, vocabulary=united)
