"""Norms of every kind, in the words of any vocabulary, and what a vocabulary says in conditions."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from strategies.conditions import DAYS, Scope, conditions, lengths
from strategies.words import Fact, Words


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm as written: its name, rule, exceptions, and what stands after them.

    ``despite`` and the like name other norms: the words, and the name of the other.
    ``when`` is the condition of the rule, to be found in ``rule`` word for word.
    """

    name: str
    rule: str
    when: str = ""
    unless: tuple[str, ...] = ()
    cites: tuple[tuple[str, str], ...] = ()
    period: str = ""
    more: str = ""

    @property
    def text(self) -> str:
        """The sentence, but for the norms that it names."""
        return f"norm {self.name} {self.rule}{''.join(f' unless {each}' for each in self.unless)}"


def _scope(
    words: Words, variable: str, kind: str, *, general: bool = True, remedies: bool = True
) -> Scope:
    """Return that an act of ``kind`` is spoken of; no remedy rests on whether one is open."""
    remedy = words.kind(kind).category in ("power act", "private act")
    scope = Scope(words, general=general, remedies=remedies and not remedy)
    return replace(scope.meet(variable, kind), number=0)


@st.composite
def _when(draw: st.DrawFn, scope: Scope, depth: int) -> str:
    return draw(conditions(scope, depth)) if draw(st.integers(0, 3)) else ""


@st.composite
def _unless(draw: st.DrawFn, scope: Scope, depth: int) -> tuple[str, ...]:
    scope = replace(scope, number=scope.number + 40)
    return tuple(
        draw(st.lists(conditions(scope, depth), max_size=2)) if draw(st.booleans()) else ()
    )


def _said(rule: str, when: str, word: str = "when") -> str:
    return f"{rule} {word} {when}" if when else rule


@st.composite
def simple(draw: st.DrawFn, words: Words, name: str, modality: str, kind: str, depth: int) -> Norm:
    """Return a norm that forbids, permits, empowers or guarantees acts of ``kind``."""
    scope = _scope(words, "l", kind)
    when = draw(_when(scope, depth))
    return Norm(name, _said(f"{modality} {kind} l", when), when, draw(_unless(scope, depth)))


@st.composite
def duties(draw: st.DrawFn, words: Words, name: str, depth: int) -> Norm:
    """Return a duty: at what, under which condition, what is due by when, and what otherwise."""
    trigger = draw(st.sampled_from([*words.acts(), *words.acts("general act")]))
    scope = _scope(words, "t", trigger, remedies=False)
    when = draw(_when(scope, depth))
    rule = _said(f"when {trigger} t", when, "has")
    rule += " require " + draw(_obligation(words, scope, "n", 30))
    if draw(st.integers(0, 2)) == 0:
        rule += " otherwise require " + draw(_obligation(words, scope, "m", 50))
    return Norm(name, rule, when, draw(_unless(scope, depth)))


@st.composite
def _obligation(draw: st.DrawFn, words: Words, scope: Scope, variable: str, number: int) -> str:
    due = draw(st.sampled_from(words.acts()))
    inner = replace(scope.meet(variable, due), number=number)
    said = _said(f"some {due} {variable}", draw(_when(inner, 1)), "has")
    if draw(st.integers(0, 4)) == 0:
        return f"{said} by t.on + {draw(lengths(words))}"
    return f"{said} within {draw(lengths(words))}"


@st.composite
def counts(draw: st.DrawFn, words: Words, name: str) -> Norm | None:
    """Return a norm that counts acts as a general act; None where none can be."""
    able = [each for each in words.acts() if _roles(words, each)]
    if not able or not words.acts("general act"):
        return None
    kind = draw(st.sampled_from(able))
    scope = _scope(words, "l", kind, general=False, remedies=False)
    when = draw(_when(scope, 1))
    if draw(st.integers(0, 4)) == 0:
        return Norm(name, _said(f"never count {kind} l as Taking", when), when)
    thing, person = _roles(words, kind)
    rule = f"count {kind} l as Taking {{ of: {thing}, by: {person} }}"
    return Norm(name, _said(rule, when), when)


def _roles(words: Words, kind: str) -> tuple[str, ...]:
    """Return what of an act fills the roles of the general act: a thing and a person, or nothing."""
    scope = _scope(words, "l", kind)
    thing, person = scope.certain("Thing"), scope.certain("Person")
    return (thing[0], person[0]) if thing and person else ()


@st.composite
def transitions(draw: st.DrawFn, words: Words, name: str) -> Norm:
    """Return by the law of which day some acts are judged."""
    kind = draw(st.sampled_from(words.acts("official act", "event", "private act")))
    scope = _scope(words, "l", kind, general=False, remedies=False)
    when, day = draw(_when(scope, 1)), draw(st.sampled_from([*DAYS, "l.on + 1 days"]))
    return Norm(name, _said(f"judge {kind} l by the law on {day}", when), when)


@st.composite
def lower(draw: st.DrawFn, words: Words, name: str, depth: int = 2) -> Norm:
    """Return a norm of the lower law: of any kind that stands there."""
    based = words.acts("official act", "power act")
    free = words.acts("event", "private act")
    match draw(st.integers(0, 11)):
        case 0 | 1 | 2:
            word = draw(st.sampled_from(["permit", "permit", "empower"]))
            return draw(simple(words, name, word, draw(st.sampled_from(based)), depth))
        case 3 | 4:
            return draw(simple(words, name, "forbid", draw(st.sampled_from(based)), depth))
        case 5:
            several = [*free, *words.acts("general act")]
            return draw(simple(words, name, "forbid", draw(st.sampled_from(several)), depth - 1))
        case 6 | 7 | 8:
            return draw(duties(words, name, depth - 1))
        case 9:
            counted = draw(counts(words, name))
            return counted or draw(simple(words, name, "permit", "Levy", depth))
        case 10:
            return draw(transitions(words, name))
        case _:
            kind = draw(st.sampled_from(based))
            when = draw(_when(_scope(words, "l", kind), 1))
            said = _said(f"unknown {kind} l", when)
            return Norm(name, f'{said} because "it was not seen"', when)


@st.composite
def protections(draw: st.DrawFn, words: Words, name: str, depth: int = 2) -> Norm:
    """Return a norm of the highest law: a prohibition, a duty, or a right with who may limit it."""
    remedies = [
        each
        for each in words.acts("power act", "private act")
        if {role for role, _ in words.kind(each).roles} in ({"by"}, {"by", "against"})
    ]
    match draw(st.integers(0, 5)):
        case 0 | 1 | 2:
            acts = [*words.acts("official act", "private act"), *words.acts("general act")]
            kind = draw(st.sampled_from(["Levy", *acts]))
            return draw(simple(words, name, "forbid", kind, depth))
        case 3:
            return draw(duties(words, name, depth - 1))
        case _:
            if not remedies:
                return draw(simple(words, name, "forbid", "Levy", depth))
            kind = draw(st.sampled_from(remedies))
            limit = ["", " may be limited by law", " may be limited by law for health"]
            found = draw(simple(words, name, "guarantee", kind, depth - 1))
            return replace(found, more=draw(st.sampled_from(limit)))


@st.composite
def states(draw: st.DrawFn, words: Words) -> str:
    """Return what begins and ends the states of ``words``, which may rest on each other."""
    lines = []
    for fact in words.facts:
        if fact.category != "state":
            continue
        given = [(f"x{at}", kind) for at, kind in enumerate(fact.parameters)]
        line = f"state {fact.name}({', '.join(f'{name}: {kind}' for name, kind in given)})"
        for word, most in (("begins", 2), ("ends", 1)):
            for number in range(draw(st.integers(0 if word == "ends" else 1, most))):
                kind = draw(st.sampled_from(words.acts()))
                scope = Scope(words, tuple(given), general=False, remedies=False, defined=False)
                scope = replace(scope.meet("e", kind), number=number * 20, moments=False)
                line += _said(f" {word} with {kind} e", draw(_when(scope, 1)))
        lines.append(line + ".")
    return "".join(f"{each}\n" for each in lines)


@st.composite
def definitions(draw: st.DrawFn, words: Words) -> tuple[Words, tuple[str, ...]]:
    """Return ``words`` with definitions, each resting on those before, and the text of every clause."""
    clauses = []
    for number in range(draw(st.integers(0, 2))):
        kinds = [each.name for each in words.kinds if each.category != "general act"]
        parameters = tuple(draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=2)))
        given = tuple((f"x{at}", kind) for at, kind in enumerate(parameters))
        scope = Scope(words, given, general=False, remedies=False)
        said = ", ".join(f"{name}: {kind}" for name, kind in given)
        for each in range(draw(st.sampled_from([1, 1, 2]))):
            text = f"define sole{number}({said}) means {draw(conditions(scope, 2))}"
            if draw(st.booleans()):
                inner = replace(scope, number=20)
                text += f" unless {draw(conditions(inner, 1))}"
            clauses.append(
                text + (draw(st.sampled_from(["", " evidence inferred"])) if each else "")
            )
        found = Fact(f"sole{number}", "definition", parameters)
        words = replace(words, definitions=(*words.definitions, found))
    return words, tuple(clauses)


def exceptions(words: Words, kind: str) -> st.SearchStrategy[str]:
    """Return what may be excepted from a norm on acts of ``kind``, called `l`."""
    return conditions(_scope(words, "l", kind), 1)
