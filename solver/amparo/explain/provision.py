"""How a provision is decided: what stands there, in words, what it turns on, and what prevails.

Said of any case: the act that a norm speaks of is told by its kind, and whoever has a part in it
by what he is.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from amparo.core.citation import in_words, located
from amparo.core.condition import And, Condition, Counted, Individual, Truth, Value, Variable
from amparo.core.law import (
    Case,
    Clause,
    Count,
    Exception_,
    Interpretation,
    Law,
    Norm,
    Period,
    Provenance,
    Provision,
    Transition,
)
from amparo.core.strata import Prevailing, prevailing, same_side, strata, yielding
from amparo.core.world import Event, Plain, World
from amparo.explain.labels import Labels, a, noun
from amparo.explain.words import Speaker, length
from amparo.names.places import covers

HIGHEST = 0
"""The rank of protections."""
GROUNDS = {
    "despite": "it says that it applies despite this",
    "subject to": "this says that it is subject to it",
    "special": "it is the special rule, this the general one",
    "rank": "it is of the higher rank",
    "later": "its act commenced later",
}
VERBS = {
    "permit": "permits",
    "forbid": "forbids",
    "require": "requires something after",
    "guarantee": "guarantees",
}
EVIDENCE = {
    "read": "the text was read",
    "summary": "a summary of the text was read",
    "inferred": "the text was inferred",
    "unknown": "the text was not seen",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, ``depth`` levels below the heading."""

    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One norm, definition, counting norm, transitional clause or sentence of a provision."""

    heading: str
    citation: str
    lines: tuple[Line, ...]


def explained(law: Law, place: Provision, on: datetime.date | None = None) -> tuple[Entry, ...]:
    """Return what stands at ``place``: norms, then what counts, defines, interprets or judges.

    ``on``: only what is in force on that day.
    """

    def there(provision: Provision, period: Period) -> bool:
        return covers(place, provision) and (on is None or period.covers(on))

    clauses = (each for several in law.definitions.values() for each in several)
    return (
        *(_norm(law, each) for each in law.norms.values() if there(each.provision, each.period)),
        *(_count(law, each) for each in law.counts.values() if there(each.provision, each.period)),
        *(_clause(law, each) for each in clauses if there(each.provision, each.period)),
        *(
            _interpretation(law, each)
            for each in law.interpretations.values()
            if there(each.provision, each.period)
        ),
        *(_transition(law, each) for each in law.transitions if there(each.provision, each.period)),
        *(
            Entry(
                "is not modelled",
                str(each.provision),
                (Line(f"“{each.sentence}”"), Line(f"It was left out because {each.because}.")),
            )
            for each in law.untranslated
            if there(each.provision, each.period)
        ),
    )


# -- what every part has ------------------------------------------------------------------------


def _ground(law: Law, place: Provision, period: Period, ground: Provenance) -> Iterator[Line]:
    says = ground.says or _title(law, place)
    if says:
        yield Line(f"“{says}”")
    yield Line(f"It is in force {_period(period)}.")
    source = [f"its text is {ground.cites}"] if ground.cites else []
    if ground.evidence is not None:
        source.append(EVIDENCE[ground.evidence])
    if ground.inserted_by is not None:
        bill, number = ground.inserted_by
        source.append(f"instruction {number} of the bill `{bill}` put it here")
    if source:
        yield Line(_sentence("; ".join(source)))


def _title(law: Law, place: Provision) -> str:
    """Return the paraphrase or title of the nearest place around ``place`` that has one."""
    around = [
        replace(place, norm=""),
        replace(place, norm="", point=""),
        replace(place, norm="", point="", paragraph=""),
    ]
    return next((law.titles[each] for each in around if law.titles.get(each)), "")


def _period(period: Period) -> str:
    since = [] if period.start is None else [f"from {period.start}"]
    until = [] if period.end is None else [f"until {period.end}"]
    return " ".join([*since, *until]) or "at all times"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _name(place: Provision) -> str:
    return place.norm.replace("_", " ")


def condition_in_words(law: Law, condition: Condition, *variables: Variable) -> str:
    """Return what ``condition`` says of whatever its ``variables`` may be."""
    return _says(_speaker(law, *variables), condition, *variables)


# -- whom a condition speaks of -----------------------------------------------------------------


def _speaker(law: Law, *variables: Variable) -> Speaker:
    """Return who says conditions of ``variables``: of acts by their kind, and of who is in them."""
    vocabulary = law.vocabulary
    names: dict[str, str] = {}
    things: dict[str, frozenset[str]] = {}
    events: dict[str, Event] = {}
    day = datetime.date.min
    for variable in variables:
        before = frozenset(each for kinds in things.values() for each in kinds)
        kind = vocabulary.kinds.get(variable.sort.kind)
        if kind is None:
            continue
        names[variable.name] = f"the {noun(vocabulary, kind.name)}"
        if kind.category == "thing":
            things[variable.name] = frozenset({kind.name})
            continue
        nouns = [noun(vocabulary, s.kind) for _, s in kind.roles if isinstance(s, Individual)]
        roles: dict[str, Plain] = {}
        for role, sort in kind.roles:
            if isinstance(sort, Individual):
                filler = f"{variable.name}.{role}"
                said = noun(vocabulary, sort.kind)
                which = f" “{role}”" if nouns.count(said) > 1 else ""
                whose = f" of {names[variable.name]}" if sort.kind in before else ""
                names[filler] = f"the {said}{which}{whose}"
                things[filler] = frozenset({sort.kind})
                roles[role] = filler
        events[variable.name] = Event(variable.name, frozenset({kind.name}), day, 0, roles)
    world = World(things, events, day)
    return Speaker(law, Labels(vocabulary, world, names))


def _says(speaker: Speaker, condition: Condition, *variables: Variable, so: bool = True) -> str:
    return speaker.says(condition, {each.name: each.name for each in variables}, so)


def _condition(speaker: Speaker, condition: Condition, *variables: Variable) -> str | None:
    """Return ``condition`` in words, None where it is always so; what is counted is told apart."""
    parts = condition.operands if isinstance(condition, And) else (condition,)
    kept = tuple(each for each in parts if not isinstance(each, Counted) and each != Truth(True))
    if not kept:
        return None
    return _says(speaker, kept[0] if len(kept) == 1 else And(kept), *variables)


def _exceptions(
    law: Law, speaker: Speaker, exceptions: Iterable[Exception_], *variables: Variable
) -> Iterator[Line]:
    for each in exceptions:
        said = _says(speaker, each.condition, *variables)
        yield Line(f"Not so if {said}.", 1)
        if each.source is not None:
            since = f", with effect from {each.start}" if each.start else ""
            where = in_words(law, located(law, each.source))
            yield Line(f"{where} reads this exception into it{since}.", 2)


# -- norms --------------------------------------------------------------------------------------


def _norm(law: Law, norm: Norm) -> Entry:
    lines = [*_ground(law, norm.provision, norm.period, norm.provenance)]
    if norm.unknown_text:
        lines.append(Line("It stands for a text that was not seen, and may say either."))
    for case in norm.cases:
        lines += _case(law, norm, case)
    lines += _limits(norm)
    lines += _counted(law, norm)
    lines += _precedence(law, norm)
    lines += _sides(law, norm)
    return Entry(
        f"{_name(norm.provision)} {VERBS[norm.modality]}", str(norm.provision), tuple(lines)
    )


def _case(law: Law, norm: Norm, case: Case) -> Iterator[Line]:
    variable = case.variable
    speaker = _speaker(law, variable)
    act = a(noun(law.vocabulary, variable.sort.kind))
    general = [law.counts[each] for each in case.rules if each in law.counts]
    told = "".join(
        f" that {in_words(law, each.provision)}, counts as {a(noun(law.vocabulary, each.general))}"
        for each in general
    )
    condition = _condition(speaker, case.condition, variable)
    when = "" if condition is None else f"{',' * bool(told)} if {condition}"
    if norm.modality != "require":
        yield Line(f"It {VERBS[norm.modality]} {act}{told}{when}.")
    else:
        yield Line(f"After {act}{told}{when}:")
        for number, each in enumerate(norm.obligations):
            inner = _speaker(law, variable, each.variable)
            due = noun(law.vocabulary, each.variable.sort.kind)
            such = _condition(inner, each.condition, variable, each.variable)
            by = (
                f"within {length(each.deadline.duration)}"
                if each.deadline.duration is not None
                else f"by {_value(inner, each.deadline.until, variable)}"
            )
            after = "when that was not done, " if number else ""
            so = f" such that {such}" if such is not None else ""
            yield Line(_sentence(f"{after}{a(due)} must follow {by}{so}"), 1)
    yield from _exceptions(law, speaker, case.exceptions, variable)


def _value(speaker: Speaker, value: Value | None, variable: Variable) -> str:
    assert value is not None
    return speaker.value(value, {variable.name: variable.name})


def _limits(norm: Norm) -> Iterator[Line]:
    if norm.limited_by is not None:
        aims = " or ".join(each.replace("_", " ") for each in norm.limited_by.aims)
        told = f" for {aims}" if aims else ""
        yield Line(f"It may be limited by {norm.limited_by.rank_name.replace('_', ' ')}{told}.")


def _counted(law: Law, norm: Norm) -> Iterator[Line]:
    """Tell as which general acts the acts that ``norm`` speaks of count."""
    told = {rule for case in norm.cases for rule in case.rules}
    for count in law.counts.values():
        near = any(
            law.vocabulary.compatible(case.variable.sort.kind, count.variable.sort.kind)
            for case in norm.cases
        )
        if near and count.id not in told:
            yield Line(_as_general(law, count))


def _as_general(law: Law, count: Count) -> str:
    speaker = _speaker(law, count.variable)
    condition = _condition(speaker, count.condition, count.variable)
    act, general = (noun(law.vocabulary, e) for e in (count.variable.sort.kind, count.general))
    when = f", if {condition}" if condition is not None else ""
    return _sentence(f"{a(act)} counts as {a(general)} by {in_words(law, count.provision)}{when}")


# -- precedence ---------------------------------------------------------------------------------


def _precedence(law: Law, norm: Norm) -> Iterator[Line]:
    over = prevailing(law, norm, HIGHEST)
    weaker = [
        (law.norms[each], ground)
        for each, ground in yielding(law, norm)
        if same_side(law.norms[each], norm, HIGHEST)
    ]
    if over:
        stratum = strata(law, HIGHEST)[norm.id]
        yield Line(
            f"It gives way to these where they apply, and is decided after them, in step {stratum + 1}:"
        )
        yield from _tree(law, over, 1)
    elif weaker or norm.modality in ("permit", "forbid", "guarantee"):
        yield Line("Nothing prevails over it.")
    if weaker:
        yield Line("It prevails over:")
    for other, ground in weaker:
        yield Line(f"{_cited(law, other)}: {_won(ground)}.", 1)


def _tree(law: Law, over: Iterable[Prevailing], depth: int) -> Iterator[Line]:
    for each in over:
        norm = law.norms[each.norm]
        yield Line(f"{_cited(law, norm)}: {GROUNDS[each.ground]}.", depth)
        if each.over:
            yield Line("This in turn gives way to:", depth + 1)
            yield from _tree(law, each.over, depth + 2)


def _won(ground: str) -> str:
    return {
        "despite": "this says that it applies despite that",
        "subject to": "that says that it is subject to this",
        "special": "this is the special rule, that the general one",
        "rank": "this is of the higher rank",
        "later": "this act commenced later",
    }[ground]


def _cited(law: Law, norm: Norm) -> str:
    return f"{in_words(law, norm.provision)} ({_name(norm.provision)}, {VERBS[norm.modality]})"


def _sides(law: Law, norm: Norm) -> Iterator[Line]:
    """Tell on which side of which protections ``norm`` stands."""
    kinds = {case.variable.sort.kind for case in norm.cases}

    def near(other: Norm) -> bool:
        return any(
            law.vocabulary.compatible(case.variable.sort.kind, kind)
            for case in other.cases
            for kind in kinds
        )

    if norm.rank == HIGHEST and norm.modality != "permit":
        held = [each for each in law.lower(HIGHEST) if near(each)]
        yield Line(
            "It is a protection: whether the lower law lets it be broken is what is asked."
            + (" Of the same acts speak, below it:" if held else "")
        )
        yield from _each(law, held)
    elif norm.rank > HIGHEST:
        above = [each for each in law.higher(HIGHEST) if each.modality != "permit" and near(each)]
        if above:
            yield Line(
                "It is of the lower law, and neither rank nor time decides between it and the "
                "protections that speak of the same acts:"
            )
        yield from _each(law, above)


def _each(law: Law, norms: Iterable[Norm]) -> Iterator[Line]:
    """Yield where ``norms`` stand; versions of one norm once."""
    yield from (Line(each, 1) for each in dict.fromkeys(f"{_cited(law, n)}." for n in norms))


# -- what is no norm of its own -----------------------------------------------------------------


def _count(law: Law, count: Count) -> Entry:
    lines = [*_ground(law, count.provision, count.period, count.provenance)]
    lines.append(Line(_as_general(law, count)))
    return Entry(f"{_name(count.provision)} counts", str(count.provision), tuple(lines))


def _clause(law: Law, clause: Clause) -> Entry:
    speaker = _speaker(law, *clause.parameters)
    phrase = law.vocabulary.phrases.get(clause.definition, clause.definition.replace("_", " "))
    for each in clause.parameters:
        who = speaker.labels.names.get(each.name, each.name)
        phrase = phrase.replace("{" + each.name.split("#")[0] + "}", who)
    condition = _says(speaker, clause.condition, *clause.parameters)
    lines = [
        *_ground(law, clause.provision, clause.period, clause.provenance),
        Line(f"It is so that {phrase} if {condition}."),
        *_exceptions(law, speaker, clause.exceptions, *clause.parameters),
    ]
    others = len(law.definitions[clause.definition]) - 1
    if others:
        lines.append(
            Line(f"{others} other definition{'s' * (others > 1)} of it stand beside this.")
        )
    lines.append(Line("What no definition of it covers is not so."))
    return Entry(f"{_name(clause.provision)} is defined", str(clause.provision), tuple(lines))


def _interpretation(law: Law, each: Interpretation) -> Entry:
    since = f" with effect from {each.start}" if each.start else " from its commencement"
    lines = [
        *_ground(law, each.provision, each.period, each.provenance),
        Line(f"It reads an exception into {in_words(law, each.target)}{since}."),
    ]
    return Entry(f"{_name(each.provision)} interprets", str(each.provision), tuple(lines))


def _transition(law: Law, transition: Transition) -> Entry:
    variable = transition.variable
    speaker = _speaker(law, variable)
    condition = _condition(speaker, transition.condition, variable)
    when = f" if {condition}" if condition is not None else ""
    act = a(noun(law.vocabulary, variable.sort.kind))
    lines = [
        *_ground(law, transition.provision, transition.period, transition.provenance),
        Line(
            _sentence(
                f"{act} is judged by the law in force on {_value(speaker, transition.date, variable)}"
                f"{when}"
            )
        ),
    ]
    return Entry(f"{_name(transition.provision)} judges", str(transition.provision), tuple(lines))
