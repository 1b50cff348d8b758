"""What is asked when two laws are compared: every judgement in which they may differ, once."""

from collections.abc import Iterator
from functools import partial

from amparo.core.judgement import IMAGINED, Matter, Topic, asked, is_remedy
from amparo.core.law import Norm, NormId
from amparo.core.reliance import KIND, words_of
from amparo.verify.united import United

HIGHEST = 0
"""The rank of the protections: what is below it is the law that everybody is to obey."""
TOGETHER: tuple[Topic, ...] = ("act", "remedy", "protection", "right")
"""What all norms decide together: it is all one which of them does."""
DUTIES: tuple[Topic, ...] = ("duty", "safeguard")
"""What is due by one norm is due beside what is due by another, even when that was not done."""


def matters(united: United) -> Iterator[Matter]:
    """Yield the judgements in which the laws may differ; in any other they do not.

    A judgement differs only where some norm applies by one law and not by the other, and a norm
    that turns on nothing changed does not.
    """
    for topic in TOGETHER:
        norms = [norm for norm in _both(united, topic) if united.concerns(norm)]
        for kind in _kinds(united, topic, norms):
            yield Matter(topic, kind, imagined=topic in IMAGINED)
    for topic in DUTIES:
        norms = [norm for norm in _both(united, topic) if united.concerns(norm)]
        for group in _places(united, norms):
            among = tuple(dict.fromkeys(each.id for each in group))
            yield from (Matter(topic, kind, among) for kind in _kinds(united, topic, group))


def _places(united: United, norms: list[Norm]) -> Iterator[list[Norm]]:
    """Yield the duties of each place that both laws have; then those of all other places.

    There a duty may have moved from one place to another.
    """
    first, second = (
        {norm.provision for norm in law.norms.values()} for law in (united.before, united.after)
    )
    shared = dict.fromkeys(norm.provision for norm in norms if norm.provision in first & second)
    yield from ([norm for norm in norms if norm.provision == place] for place in shared)
    if rest := [norm for norm in norms if norm.provision not in shared]:
        yield rest


def each_protection(united: United) -> Iterator[Matter]:
    """Yield what each protection says by itself that both laws have and may apply differently.

    Verdicts are given on each protection: there it is not all one which of two forbids an act.
    """
    topics: tuple[Topic, ...] = ("protection", "right")
    for topic in topics:
        for norm in asked(topic, united.after, HIGHEST):
            if norm.id in united.before.norms and united.concerns(norm):
                for kind in _kinds(united, topic, [norm, united.before.norms[norm.id]]):
                    yield Matter(topic, kind, (norm.id,), imagined=topic in IMAGINED)


def moved(united: United) -> Iterator[Matter]:
    """Yield whether each norm of the lower law applies that both laws have in the same words.

    Only where it turns on something that they do not both say.
    """
    for norm in united.after.lower(HIGHEST):
        other = united.before.norms.get(norm.id)
        if other is None or words_of(other) != words_of(norm) or not united.concerns(norm):
            continue
        for kind in _kinds(united, "norm", [norm]):
            yield Matter("norm", kind, (norm.id,))


def comparable(united: United, matter: Matter) -> bool:
    """Say whether nothing that may decide ``matter`` turns on a word declared in two ways."""
    near = partial(united.vocabulary.compatible, matter.kind)
    norms = _both(united, matter.topic, matter.among)
    speaking = (norm for norm in norms if any(near(case.variable.sort.kind) for case in norm.cases))
    own = (KIND + each for each in united.vocabulary.lineage(matter.kind))
    return united.incomparable.isdisjoint(own) and all(map(united.comparable, speaking))


def _both(united: United, topic: Topic, among: tuple[NormId, ...] = ()) -> Iterator[Norm]:
    for law in (united.before, united.after):
        yield from asked(topic, law, HIGHEST, among)


def _kinds(united: United, topic: Topic, norms: list[Norm]) -> Iterator[str]:
    """Yield the kinds of acts of which ``norms`` speak, such that no other act is judged by them."""
    kinds = united.vocabulary.kinds
    spoken = {case.variable.sort.kind for norm in norms for case in norm.cases}
    if topic == "right":
        yield from (each for each in kinds if each in spoken)
    elif topic == "remedy":
        for name, kind in kinds.items():
            if is_remedy(kind) and not spoken.isdisjoint(united.vocabulary.lineage(name)):
                yield name
    else:
        yield from _topmost(united, spoken)


def _topmost(united: United, kinds: set[str]) -> Iterator[str]:
    for each in united.vocabulary.kinds:
        if each in kinds and kinds.isdisjoint(united.vocabulary.lineage(each)[1:]):
            yield each
