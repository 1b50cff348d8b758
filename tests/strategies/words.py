"""Whole vocabularies: what the language can declare, drawn by chance, as text and as data.

What is drawn is well-sorted by construction: who writes conditions in these words reads here what
may be said of whom.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import strategies as st

SORTS = ("number", "share", "money", "date", "duration")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of persons or things, or of acts: these have roles, the inherited ones first."""

    name: str
    category: str
    parent: str | None = None
    overlaps: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation, open fact, state or attribute; ``sort`` is that of an attribute."""

    name: str
    category: str
    parameters: tuple[str, ...]
    sort: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a law may be written in; ``text`` declares all but the definitions."""

    kinds: tuple[Kind, ...]
    facts: tuple[Fact, ...] = ()
    definitions: tuple[Fact, ...] = ()
    unit: bool = False
    calendar: bool = False
    reading: bool = False
    text: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The names of all kinds."""
        return frozenset(each.name for each in self.kinds)

    def kind(self, name: str) -> Kind:
        """Return the kind called ``name``."""
        return next(each for each in self.kinds if each.name == name)

    def lineage(self, name: str) -> tuple[str, ...]:
        """Return ``name`` and the kinds above it, nearest first."""
        parent = self.kind(name).parent
        return (name,) if parent is None else (name, *self.lineage(parent))

    def near(self, first: str, second: str) -> bool:
        """Say whether one of two kinds is the other, or above it."""
        return first in self.lineage(second) or second in self.lineage(first)

    def acts(self, *categories: str) -> tuple[str, ...]:
        """Return the kinds of acts of these categories; of all that can happen, if none is named."""
        wanted = categories or ("event", "official act", "private act", "power act")
        return tuple(each.name for each in self.kinds if each.category in wanted)

    def is_act(self, name: str) -> bool:
        """Say whether ``name`` is a kind of events; of a general act, too."""
        return self.kind(name).category != "thing"


@st.composite
def vocabularies(draw: st.DrawFn) -> Words:
    """Return a vocabulary: kinds and subkinds, acts of every class, facts of every sort, and figures."""
    kinds = draw(_kinds())
    kinds = (*kinds, *draw(_acts(tuple(each.name for each in kinds))))
    unit, calendar, reading = (draw(st.integers(0, 3)) == 0 for _ in range(3))
    words = Words(kinds, (), (), unit, calendar, reading)
    facts = draw(_facts(words))
    return Words(kinds, facts, (), unit, calendar, reading, _text(words, facts))


@st.composite
def _kinds(draw: st.DrawFn) -> tuple[Kind, ...]:
    found = [Kind("Person", "thing"), Kind("Thing", "thing")]
    overlap = draw(st.booleans())
    if draw(st.booleans()):
        found.append(Kind("Judge", "thing", "Person"))
        if draw(st.booleans()):
            found.append(Kind("Clerk", "thing", "Person", ("Judge",) if overlap else ()))
    if draw(st.booleans()):
        found.append(Kind("Home", "thing", "Thing"))
        if draw(st.integers(0, 2)) == 0:
            found.append(Kind("Flat", "thing", "Home"))
        if draw(st.integers(0, 2)) == 0:
            found.append(Kind("Car", "thing", "Thing", ("Home",) if overlap else ()))
    return tuple(found)


@st.composite
def _acts(draw: st.DrawFn, kinds: tuple[str, ...]) -> tuple[Kind, ...]:
    people = st.sampled_from([each for each in kinds if each in ("Person", "Judge", "Clerk")])
    things = st.sampled_from([each for each in kinds if each in ("Thing", "Home")])

    def roles(*wanted: tuple[str, st.SearchStrategy[str]]) -> tuple[tuple[str, str], ...]:
        return tuple((name, draw(filler)) for name, filler in wanted)

    def scalar(name: str) -> tuple[tuple[str, str], ...]:
        if draw(st.integers(0, 3)):
            return ()
        return ((name, draw(st.sampled_from(SORTS[:4]))),)

    person, thing = st.just("Person"), st.just("Thing")
    notice = [roles(("of", thing)), roles(("to", person)), roles(("of", things), ("by", people))]
    found = [Kind("Notice", "event", roles=draw(st.sampled_from(notice)))]
    of, by = roles(("of", things))[0], roles(("from", people))[0]
    levy = draw(st.sampled_from([(of, by), (of, by, ("by", "Person"))])) + scalar("size")
    found.append(Kind("Levy", "official act", roles=levy))
    if draw(st.integers(0, 2)) == 0:
        more = draw(st.sampled_from([(), (("for", "Notice"),), (("rate", "share"),)]))
        found.append(Kind("Seizure", "official act", "Levy", roles=(*levy, *more)))
    if draw(st.integers(0, 2)) == 0:
        tied = draw(st.sampled_from([("of", "Thing"), ("for", "Levy")]))
        found.append(Kind("Warrant", "official act", roles=(("by", draw(people)), tied)))
    if draw(st.booleans()):
        found.append(Kind("Appeal", "power act", roles=(("by", draw(people)), ("against", "Levy"))))
    if draw(st.booleans()):
        against = draw(st.sampled_from([(), (("against", "Levy"),)]))
        found.append(Kind("Petition", "private act", roles=(("by", "Person"), *against)))
    if draw(st.booleans()):
        found.append(
            Kind("Sale", "private act", roles=(("by", "Person"), ("of", "Thing"), *scalar("price")))
        )
    if draw(st.booleans()):
        found.append(Kind("Taking", "general act", roles=(("of", "Thing"), ("by", "Person"))))
    return tuple(found)


@st.composite
def _facts(draw: st.DrawFn, words: Words) -> tuple[Fact, ...]:
    """Return facts of every category and sort, of whatever kinds there are."""
    of_things = [each.name for each in words.kinds if each.category == "thing"]
    of_all = [*of_things, *words.acts("event", "official act", "private act")]

    def parameters(most: int, among: list[str]) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(among), min_size=1, max_size=most)))

    found = [Fact("owns", "relation", ("Person", "Thing"))]
    found += [
        Fact(f"mark{each}", "relation", parameters(2, of_all))
        for each in range(draw(st.integers(0, 2)))
    ]
    found += [
        Fact(f"fair{each}", "open", parameters(1, of_all))
        for each in range(draw(st.integers(0, 2)))
    ]
    found += [
        Fact(f"held{each}", "state", parameters(2, of_things))
        for each in range(draw(st.integers(0, 2)))
    ]
    kind = st.sampled_from(of_things)
    sorts = draw(st.lists(st.sampled_from([*SORTS, "Colour", "individual"]), max_size=3))
    for number, sort in enumerate(sorts):
        filler = draw(kind) if sort == "individual" else sort
        found.append(
            Fact(f"{sort[:4].lower()}{number}", "attribute", parameters(1, of_all), filler)
        )
    return tuple(found)


def _text(words: Words, facts: Iterable[Fact]) -> str:
    lines = ["vocabulary words", "currency KZT.", "enumeration Colour: red, blue."]
    for kind in words.kinds:
        parent = f" is {kind.parent}" if kind.parent else ""
        if kind.category == "thing":
            overlaps = f" may overlap {', '.join(kind.overlaps)}" if kind.overlaps else ""
            lines.append(f"kind {kind.name}{parent}{overlaps}.")
        else:
            inherited = words.kind(kind.parent).roles if kind.parent else ()
            own = [each for each in kind.roles if each not in inherited]
            roles = ", ".join(f"{name}: {sort}" for name, sort in own)
            lines.append(f"{kind.category} {kind.name}{parent} {{ {roles} }}.")
    if words.unit:
        lines.append("parameter unit: money = 100 KZT from 2000-01-01, = 1 KZT from 2024-02-01.")
    if words.calendar:
        lines.append(
            "calendar days_off from 2023-12-01 until 2024-12-01 rests saturday, sunday"
            " holidays 2024-01-31 working 2024-02-03."
        )
    if words.reading:
        lines.append(
            'reading doubt "What is meant?" either wide because "it says so"'
            ' or narrow as written because "it means so".'
        )
    for fact in facts:
        given = ", ".join(f"x{at}: {kind}" for at, kind in enumerate(fact.parameters))
        match fact.category:
            case "state":
                pass
            case "open":
                lines.append(f"open fact {fact.name}({given}).")
            case _:
                sort = f": {fact.sort}" if fact.sort else ""
                lines.append(f"fact {fact.name}({given}){sort}.")
    return "\n".join(lines) + "\n"
