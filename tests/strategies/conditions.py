"""Conditions about whoever is in scope, in the words of any vocabulary: well-sorted as written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from hypothesis import strategies as st

from strategies.words import Fact, Words

Path = tuple[str, str]
"""What may be spoken of, and its kind."""
DAYS = ("2024-01-30", "2024-02-01", "2024-02-02")
LENGTHS = ("0 days", "1 days", "2 days", "1 months rounded down", "1 months rounded up")


@dataclass(frozen=True, slots=True)
class Scope:
    """Who may be spoken of, and what may be asked of them.

    ``general``: of general acts; ``remedies``: whether one is open; ``defined``: of definitions;
    ``moments``: of another moment than that of the act. What may not rest on itself is kept apart by these. ``number`` keeps variables apart.
    """

    words: Words
    paths: tuple[Path, ...] = ()
    scalars: tuple[Path, ...] = ()
    general: bool = True
    remedies: bool = True
    defined: bool = True
    moments: bool = True
    number: int = 0

    def meet(self, variable: str, kind: str) -> "Scope":
        """Return the scope with ``variable`` in it, of ``kind``, and who fills its roles."""
        words, paths, scalars = self.words, [(variable, kind)], list[Path]()
        names = {each.name for each in words.kinds}
        for role, sort in words.kind(kind).roles:
            (paths if sort in names else scalars).append((f"{variable}.{role}", sort))
        return replace(
            self,
            paths=(*paths, *self.paths),
            scalars=(*scalars, *self.scalars),
            number=self.number + 1,
        )

    def certain(self, kind: str) -> list[str]:
        """Return who is surely of ``kind``."""
        return [path for path, of in self.paths if kind in self.words.lineage(of)]

    def possible(self, kind: str) -> list[str]:
        """Return who may be of ``kind``."""
        return [path for path, of in self.paths if self.words.near(kind, of)]

    def events(self) -> list[str]:
        """Return whoever has a place in time."""
        return [path for path, of in self.paths if self.words.is_act(of)]


@st.composite
def conditions(draw: st.DrawFn, scope: Scope, depth: int) -> str:
    """Return a condition that goes ``depth`` deep at most."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(atoms(scope))
    match draw(st.integers(0, 6)):
        case 0:
            return f"(not ({draw(conditions(scope, depth - 1))}))"
        case 1 | 2:
            word = draw(st.sampled_from(["and", "or"]))
            left = draw(conditions(scope, depth - 1))
            if _tells_kind(left):
                # What follows an `and` is read of that kind, and may be said of another only.
                word = "or"
            return f"({left} {word} {draw(conditions(replace(scope, number=scope.number + 10), depth - 1))})"
        case _:
            return draw(_quantified(scope, depth))


def _tells_kind(said: str) -> bool:
    return " is a " in said or "sole" in said


@st.composite
def _quantified(draw: st.DrawFn, scope: Scope, depth: int) -> str:
    words = scope.words
    if "Warrant" in words.acts() and draw(st.integers(0, 2)) == 0:
        return draw(_authorised(scope))
    general = words.acts("general act") if scope.general else ()
    things = [each.name for each in words.kinds if each.category == "thing"]
    kind = draw(st.sampled_from([*things, *words.acts(), *general]))
    several = () if kind in general else ("at least 2", "at most 1")
    how = draw(st.sampled_from(["some", "some", "no", "every", *several]))
    variable = f"v{scope.number}"
    inner = scope.meet(variable, kind)
    said = draw(conditions(inner, depth - 1))
    return f"({how} {kind} {variable} has {said})"


@st.composite
def _authorised(draw: st.DrawFn, scope: Scope) -> str:
    """Return that somebody authorised what is in scope, at times somebody of a narrower kind."""
    variable = f"v{scope.number}"
    inner = scope.meet(variable, "Warrant")
    role, kind = inner.words.kind("Warrant").roles[1]
    who = scope.possible(kind)
    if not who:
        return f"(no Warrant {variable} has {draw(atoms(inner))})"
    tie = f"{variable}.{role} = {draw(st.sampled_from(who))}"
    if draw(st.booleans()):
        return f"(some Warrant {variable} has {tie})"
    return f"(some Warrant {variable} has ({tie} and {draw(atoms(inner))}))"


@st.composite
def atoms(draw: st.DrawFn, scope: Scope) -> str:
    """Return a condition without parts."""
    words, said = scope.words, _Said(draw, scope)
    able: list[Callable[[], str]] = []
    for fact in (*words.facts, *(words.definitions if scope.defined else ())):
        if fact.category != "attribute" and all(map(scope.possible, fact.parameters)):
            weight = 1 if fact.category == "relation" else 2
            able += [partial(said.fact, fact)] * weight
    for path, kind in scope.paths:
        if below := [k.name for k in words.kinds if kind in words.lineage(k.name)[1:]]:
            able.append(partial(said.kind, path, below))
        same = [other for other, of in scope.paths if other != path and words.near(of, kind)]
        if same and words.kind(kind).category == "thing":
            able.append(partial(said.same, path, same))
    able += [partial(said.compared, each) for each in _sorts(scope)]
    for fact in words.facts:
        of_kind = fact.sort in words.names and all(map(scope.certain, fact.parameters))
        if of_kind and (others := scope.certain(str(fact.sort))):
            able.append(partial(said.filler, fact, others))
    if len(scope.events()) > 1:
        able += [said.order, said.order, said.within]
    if scope.events():
        able.append(said.dated)
    for remedy in words.acts("power act", "private act") if scope.remedies else ():
        roles = dict(words.kind(remedy).roles)
        if set(roles) == {"by", "against"} and all(map(scope.possible, roles.values())):
            able.append(partial(said.open, remedy, roles))
    if words.reading:
        able.append(said.read)
    return draw(st.sampled_from(able))() if able else "2 < 1"


@dataclass(frozen=True, slots=True)
class _Said:
    """What may be said of those in scope, each by chance."""

    draw: st.DrawFn
    scope: Scope

    def one(self, among: Sequence[str]) -> str:
        return self.draw(st.sampled_from(among))

    def fact(self, fact: Fact) -> str:
        given = ", ".join(self.one(self.scope.possible(each)) for each in fact.parameters)
        changing, events = fact.category in ("state", "definition"), self.scope.events()
        at = changing and events and self.scope.moments and self.draw(st.integers(0, 2)) == 0
        return f"{fact.name}({given}){f' at {self.one(events)}' if at else ''}"

    def kind(self, path: str, kinds: list[str]) -> str:
        """Return that ``path`` is of one of ``kinds``, at times with what only that kind has."""
        kind = self.one(kinds)
        for fact in self.scope.words.facts:
            fits = fact.sort in ("number", "money") and fact.parameters == (kind,)
            if fits and self.draw(st.booleans()):
                amount = self.draw(_constants(self.scope.words, str(fact.sort)))
                return f"({path} is a {kind} and {fact.name}({path}) > {amount})"
        return f"{path} {self.one(['is a', 'is a', 'is a', 'is not a'])} {kind}"

    def same(self, path: str, others: list[str]) -> str:
        return f"{path} {self.one(['=', '!='])} {self.one(others)}"

    def filler(self, fact: Fact, others: list[str]) -> str:
        return f"{_value_of(self.draw, self.scope, fact)} = {self.one(others)}"

    def compared(self, sort: str) -> str:
        if sort == "Colour":
            fact = self.draw(st.sampled_from(_attributes(self.scope, sort)))
            return f"{_value_of(self.draw, self.scope, fact)} = {self.one(['red', 'blue'])}"
        right = _constants(self.scope.words, sort) | values(self.scope, sort)
        operator = self.one(["=", "<", "<=", ">", ">=", "!="])
        return f"{self.draw(values(self.scope, sort))} {operator} {self.draw(right)}"

    def order(self) -> str:
        events = self.scope.events()
        return f"{self.one(events)} {self.one(['before', 'after'])} {self.one(events)}"

    def within(self) -> str:
        events, length = self.scope.events(), self.draw(lengths(self.scope.words))
        side = self.one(["of", "after", "before"])
        return f"{self.one(events)} is within {length} {side} {self.one(events)}"

    def dated(self) -> str:
        return f"{self.one(self.scope.events())}.on < {self.one(DAYS)}"

    def open(self, remedy: str, roles: Mapping[str, str]) -> str:
        by, against = (self.one(self.scope.possible(roles[role])) for role in ("by", "against"))
        return f"{remedy} is open to {by} against {against}"

    def read(self) -> str:
        return f"doubt is {self.one(['wide', 'narrow'])}"


# -- amounts, dates and lengths of time ------------------------------------------------------


def lengths(words: Words) -> st.SearchStrategy[str]:
    """Return lengths of time, some in working days where there is a calendar."""
    return st.sampled_from([*LENGTHS, "1 working days"] if words.calendar else LENGTHS)


def _sorts(scope: Scope) -> list[str]:
    """Return the sorts of which something in scope is."""
    found = [sort for _, sort in scope.scalars]
    found += [
        str(fact.sort)
        for fact in scope.words.facts
        if fact.category == "attribute" and all(map(scope.certain, fact.parameters))
    ]
    known = ("number", "share", "money", "date", "duration", "Colour")
    return [each for each in known if each in found]


@st.composite
def values(draw: st.DrawFn, scope: Scope, sort: str) -> str:
    """Return a value of ``sort`` that rests on somebody in scope, at times a sum."""
    known: list[str | Fact] = [path for path, of in scope.scalars if of == sort]
    known += _attributes(scope, sort)
    known += [f"{each}.on" for each in scope.events() if sort == "date"]
    if not known:
        return draw(_constants(scope.words, sort))
    chosen = draw(st.sampled_from(known))
    found = _value_of(draw, scope, chosen) if isinstance(chosen, Fact) else chosen
    if draw(st.integers(0, 3)):
        return found
    if sort == "date":
        durations = _attributes(scope, "duration")
        if draw(st.booleans()) and durations:
            return f"{found} + {_value_of(draw, scope, draw(st.sampled_from(durations)))}"
        return f"{found} + {draw(lengths(scope.words))}"
    if sort in ("number", "money") and draw(st.booleans()):
        return f"2 * {found}" if draw(st.booleans()) else f"50 % of {found}"
    sign = draw(st.sampled_from(["+", "-"]))
    return f"{found} {sign} {draw(_constants(scope.words, sort))}"


def _constants(words: Words, sort: str) -> st.SearchStrategy[str]:
    unit = ["1 unit", "2 unit"] if words.unit else []
    return {
        "number": st.sampled_from(["0", "1", "2"]),
        "share": st.sampled_from(["0 %", "50 %", "100 %"]),
        "money": st.sampled_from(["0 KZT", "100 KZT", "101 KZT", *unit]),
        "date": st.sampled_from(DAYS),
        "duration": st.sampled_from(["0 days", "1 days", "30 days"]),
    }[sort]


def _attributes(scope: Scope, sort: str) -> list[Fact]:
    return [
        fact
        for fact in scope.words.facts
        if fact.category == "attribute"
        and fact.sort == sort
        and all(map(scope.certain, fact.parameters))
    ]


def _value_of(draw: st.DrawFn, scope: Scope, fact: Fact) -> str:
    given = (draw(st.sampled_from(scope.certain(each))) for each in fact.parameters)
    return f"{fact.name}({', '.join(given)})"
