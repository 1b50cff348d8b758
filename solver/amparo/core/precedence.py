"""Which norm prevails: explicit words (never upwards in rank), else rank, else the later commencement.

Computed between a prohibition and a permission or guarantee of acts that can be the same.
Never both ways; a way round is a fault that is shown.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from amparo.core.cycles import cycle
from amparo.core.law import ActInfo, Law, Norm, NormId, Period, Provision, Vocabulary
from amparo.diagnostics import Diagnostic, Label
from amparo.names.places import covers
from amparo.names.problems import Problems
from amparo.text import Span

SUBJECT_TO = "subject to"


@dataclass(frozen=True, slots=True)
class Relation:
    """``winner`` prevails over ``loser``, places both; ``ground`` says by which words.

    ``speaker`` is the element whose words they are. Where several versions of a norm follow each
    other at one place, the others do not say so.
    """

    winner: Provision
    loser: Provision
    ground: str
    span: Span
    speaker: NormId

    def said_by(self, norm: Norm) -> bool:
        """Say whether ``norm`` was made of the speaker; one element may make several."""
        return norm.id == self.speaker or norm.id.startswith(
            (f"{self.speaker} via ", f"{self.speaker}: ")
        )


def with_precedence(
    law: Law, relations: Sequence[Relation], incompetent: frozenset[str], problems: Problems
) -> Law:
    """Return ``law`` with what prevails over each norm. Norms of ``incompetent`` acts defeat nothing."""
    norms = law.norms
    relations = _with_power(law.acts, relations, problems)
    explicit = _explicit(norms, relations)
    defeats: defaultdict[NormId, list[tuple[NormId, str]]] = defaultdict(list)
    for first, second in _opposites(norms, law.vocabulary):
        for winner, loser in ((first, second), (second, first)):
            ground = _prevails(winner, loser, explicit, law.acts)
            if ground is not None and winner.provision.act not in incompetent:
                defeats[loser.id].append((winner.id, ground))
    way = cycle({loser: [winner for winner, _ in found] for loser, found in defeats.items()})
    if way is not None:
        _report(way, norms, relations, problems)
    return replace(
        law,
        norms={
            name: replace(norm, defeated_by=tuple(defeats[name])) if name in defeats else norm
            for name, norm in norms.items()
        },
    )


def _with_power(
    acts: Mapping[str, ActInfo], relations: Sequence[Relation], problems: Problems
) -> tuple[Relation, ...]:
    """Return the relations that their speaker has the power to state; warn of the others.

    A norm lifts itself over another by its own words only if that is not of a higher rank.
    """
    found = []
    for each in relations:
        winner, loser = acts[each.winner.act], acts[each.loser.act]
        if each.ground == SUBJECT_TO or winner.rank <= loser.rank:
            found.append(each)
            continue
        message = (
            f"these words have no effect: `{loser.name}` is of a higher rank ({loser.rank_name})"
        )
        advice = f"let `{each.loser}` say that it is subject to this, or strike the words"
        problems.warn(Diagnostic("overrides-higher-rank", message, each.span, help=advice))
    return tuple(found)


def _explicit(
    norms: Mapping[NormId, Norm], relations: Sequence[Relation]
) -> dict[tuple[NormId, NormId], str]:
    near: defaultdict[Provision, list[Norm]] = defaultdict(list)
    for norm in norms.values():
        place = norm.provision
        for around in {Provision(place.act), Provision(place.act, place.article)}:
            near[around].append(norm)

    def under(place: Provision) -> list[Norm]:
        around = Provision(place.act, place.article)
        return [norm for norm in near[around] if covers(place, norm.provision)]

    found = {}
    for relation in relations:
        winners, losers = under(relation.winner), under(relation.loser)
        if relation.ground == SUBJECT_TO:
            losers = [each for each in losers if relation.said_by(each)]
        else:
            winners = [each for each in winners if relation.said_by(each)]
        for winner in winners:
            for loser in losers:
                found[winner.id, loser.id] = relation.ground
    return found


def _opposites(norms: Mapping[NormId, Norm], vocabulary: Vocabulary) -> list[tuple[Norm, Norm]]:
    """Return the pairs of a prohibition and a permission of acts that can be the same."""
    allowing: defaultdict[str, list[Norm]] = defaultdict(list)
    for norm in norms.values():
        if norm.modality in {"permit", "guarantee"}:
            for kind in dict.fromkeys(case.variable.sort.kind for case in norm.cases):
                allowing[kind].append(norm)
    peers: dict[str, tuple[str, ...]] = {}
    found = []
    for norm in norms.values():
        if norm.modality != "forbid":
            continue
        kinds = dict.fromkeys(case.variable.sort.kind for case in norm.cases)
        others: dict[NormId, Norm] = {}
        for kind in kinds:
            if kind not in peers:
                peers[kind] = tuple(k for k in allowing if vocabulary.compatible(kind, k))
            others |= {each.id: each for peer in peers[kind] for each in allowing[peer]}
        found += [(norm, other) for other in others.values()]
    return found


def _prevails(
    winner: Norm,
    loser: Norm,
    explicit: Mapping[tuple[NormId, NormId], str],
    acts: Mapping[str, ActInfo],
) -> str | None:
    """Return on which ground ``winner`` prevails over ``loser``; None if it does not."""
    if (winner.id, loser.id) in explicit:
        return explicit[winner.id, loser.id]
    if (loser.id, winner.id) in explicit:
        return None
    if winner.rank != loser.rank:
        return "rank" if winner.rank < loser.rank else None
    first, second = acts[winner.provision.act], acts[loser.provision.act]
    later = _start(first.period) > _start(second.period)
    return "later" if first.name != second.name and later else None


def _start(period: Period) -> int:
    return period.start.toordinal() if period.start is not None else 0


def _report(
    way: tuple[NormId, ...],
    norms: Mapping[NormId, Norm],
    relations: Sequence[Relation],
    problems: Problems,
) -> None:
    shown = " gives way to ".join(f"`{each}`" for each in way)
    on_way = [norms[each].provision for each in way]
    spans = [
        relation.span
        for relation in relations
        if any(covers(relation.winner, each) for each in on_way)
        and any(covers(relation.loser, each) for each in on_way)
    ]
    primary = spans[0] if spans else norms[way[0]].provenance.span
    related = tuple(Label(each, "and this") for each in spans[1:])
    message = f"nothing prevails: {shown}"
    advice = "decide which prevails, and leave the words out of the other"
    problems.error(Diagnostic("precedence-cycle", message, primary, "", related, help=advice))
