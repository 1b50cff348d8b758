"""One question put to two versions of a law, whose words may differ too.

A bill changes no vocabulary, so it mostly does not matter; two versions of the files may. Then both
are asked over the words of both. Where a word on which the question turns is declared in two ways,
no case can be judged by both laws, and nothing is compared.
"""

from dataclasses import dataclass, replace

from amparo.core.law import Law, Norm
from amparo.core.reliance import KIND, NORM, READING, TRANSITIONS, same_words
from amparo.smt.ground import Ground
from amparo.smt.norms import Scope
from amparo.smt.reach import reach
from amparo.smt.symbols import Symbols
from amparo.smt.turns import differing
from amparo.verify.ask import Asking
from amparo.verify.united import United, unite


@dataclass(frozen=True, slots=True)
class Shared:
    """A question to the law now and to the law before, over the words of both.

    ``untouched``: both laws say the same of all that the answer turns on, so it is the same.
    ``clash`` are the words among that which they declare differently; where there are any, the
    questions are as they were.
    """

    now: Asking
    before: Asking
    untouched: bool
    clash: tuple[str, ...] = ()


def shared_words(now: Asking, before: Asking) -> Shared:
    """Return both questions over the words of both laws."""
    united = unite(before.law, now.law)
    names = relied(now, before, united)
    untouched = (
        now.norm.id == before.norm.id
        and names.isdisjoint(united.changed)
        and _as_written(now.law, names) == _as_written(before.law, names)
    )
    if clash := sorted(names & united.incomparable):
        return Shared(now, before, untouched, tuple(each.split(" ", 1)[1] for each in clash))
    if same_words(now.law, before.law):
        return Shared(now, before, untouched)
    return Shared(
        replace(now, inquiry=now.inquiry.to(united.after)),
        replace(before, inquiry=before.inquiry.to(united.before)),
        untouched,
    )


def _as_written(law: Law, names: frozenset[str]) -> dict[str, str | None]:
    """Return which option of each reading among ``names`` is the literal one: a verdict names it."""
    readings = law.vocabulary.readings.values()
    return {each.name: each.as_written for each in readings if READING + each.name in names}


def relied(now: Asking, before: Asking, united: United) -> frozenset[str]:
    """Return the names of all that the answer of either law of ``united`` can turn on."""
    norms = now.norm.id, before.norm.id
    if norms not in united.relied:
        united.relied[norms] = _relied(now, before, united)
    return united.relied[norms]


def _relied(now: Asking, before: Asking, united: United) -> frozenset[str]:
    laws = (united.after, united.before)
    names = {TRANSITIONS, NORM + now.norm.id, NORM + before.norm.id}
    for several in (laws, laws[::-1]):
        for norm in (now.norm, before.norm):
            within = reach(several, norm.id)
            names |= within.names
            names |= {KIND + each for each in within.kinds}
            lower = (each for law in laws for each in law.norms.values())
            names |= {NORM + each.id for each in lower if within.concerns(each)}
    return frozenset().union(*(each.of(name) for each in united.reliances for name in names))


def ground(now: Asking, before: Asking) -> Ground:
    """Return a ground with nobody in it, for both questions over the words of both laws."""
    if same_words(now.law, before.law):
        # What a text that nobody saw may say is a word of the law that has it, and of that alone.
        mine = now.law.vocabulary
        vocabulary = replace(mine, facts={**before.law.vocabulary.facts, **mine.facts})
    else:
        vocabulary = unite(before.law, now.law).vocabulary
    return Ground(vocabulary, Symbols(vocabulary))


def scope(now: Asking, before: Asking) -> Scope:
    """Return the part of compliance with the lower law in which the two laws may differ.

    What turns on words that are declared differently is left out: the question does not turn on it.
    """
    whole = differing(now.law, before.law, now.norm.rank)
    if same_words(now.law, before.law):
        return whole
    united = unite(before.law, now.law)
    if not united.incomparable:
        return whole
    compatible = united.vocabulary.compatible

    def comparable(kind: str) -> bool:
        permits = (
            norm
            for law in (united.before, united.after)
            for norm in law.norms.values()
            if norm.modality == "permit"
            and any(compatible(kind, case.variable.sort.kind) for case in norm.cases)
        )
        return all(map(united.comparable, permits))

    def counts(norm: Norm) -> bool:
        return whole.norm(norm) and united.comparable(norm)

    return Scope(counts, frozenset(filter(comparable, whole.basis)))
