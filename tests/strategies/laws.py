"""Whole bodies of law: a vocabulary, a constitution, and acts of several ranks and ages."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from strategies import norms as make
from strategies.norms import Norm
from strategies.words import Words, vocabularies

PERIODS = ("", "", "", " in force from 2024-02-01", " in force until 2024-02-01")
PLACES = ("article 1", "article 2", "article 2 paragraph 1", "article 2 paragraph 1 point a")

GUARD = "guard"
"""The name of the norm of the code that says what a protection says."""


def within(place: str, other: str) -> bool:
    """Say whether ``place`` is ``other``, or in it."""
    return f"{place} ".startswith(f"{other} ")


@dataclass(frozen=True, slots=True)
class Placed:
    """A norm and where it stands in its act."""

    norm: Norm
    place: str

    def cited(self, act: str) -> str:
        """Return the citation of the norm in ``act``."""
        return f"{act} {self.place} norm {self.norm.name}"


@dataclass(frozen=True, slots=True)
class Act:
    """An act: its headings, definitions, and norms in the order of the text."""

    name: str
    rank: str
    since: str
    placed: tuple[Placed, ...]
    definitions: tuple[str, ...] = ()
    heading: str = ""

    @property
    def text(self) -> str:
        """The act as a norm file has it; norms name each other by their places."""
        lines = [f'act {self.name} "{self.name}" rank {self.rank} in force from {self.since}']
        lines.append(f"  evidence read{self.heading}")
        lines += [f"  {each}." for each in self.definitions]
        places = {around for each in self.placed for around in _around(each.place)}
        for place in sorted(places):
            lines.append(f"  {' '.join(place.split(' ')[-2:])}")
            here = (each.norm for each in self.placed if each.place == place)
            lines += [f"    {_sentence(each)}" for each in here]
        return "\n".join(lines) + "\n"


def _around(place: str) -> Iterator[str]:
    """Yield ``place`` and the places around it; in the order of words, what is around comes first."""
    words = place.split(" ")
    return (" ".join(words[:number]) for number in range(2, len(words) + 1, 2))


def _sentence(norm: Norm) -> str:
    cites = "".join(f" {word} {other}" for word, other in norm.cites)
    return f"{norm.text}{norm.more}{cites}{norm.period}."


@dataclass(frozen=True, slots=True)
class Written:
    """A body of law as written."""

    words: Words
    vocabulary: str
    acts: tuple[Act, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return self.vocabulary + "".join(each.text for each in self.acts)


@st.composite
def written(draw: st.DrawFn, most: int = 4, depth: int = 2, guarded: bool = False) -> Written:
    """Return a body of law with one or two protections and at most ``most`` norms in an act.

    Norms are in an order of strength: of higher rank, later act, later place. What one says of
    another goes with it, so that nothing goes round. ``guarded``: the code says itself what the
    first protection says, so that it mostly holds, and mostly no longer without these words; no
    later act prevails over them.
    """
    words = draw(vocabularies())
    vocabulary = words.text + draw(make.states(words))
    words, clauses = draw(make.definitions(words))
    inside = draw(st.booleans())
    if not inside:
        vocabulary += "".join(f"{each}.\n" for each in clauses)
    acts = [
        _act(draw, words, "decree_1", "decree", "2000-01-01", most // 2, depth)
        if draw(st.integers(0, 3)) == 0
        else None,
        _act(draw, words, "code", "law", "2000-01-01", most, depth),
        _act(draw, words, "later", "law", "2024-02-01", most // 2, depth)
        if not guarded and draw(st.integers(0, 2)) == 0
        else None,
    ]
    kept = _citing(draw, [each for each in acts if each is not None])
    if inside:
        kept = [
            replace(each, definitions=clauses) if each.name == "code" else each for each in kept
        ]
    constitution = _constitution(draw, words, depth)
    courts = _court(draw, words, constitution, kept)
    if guarded:
        guards = _guards(words, constitution.placed[0].norm)
        kept = [
            replace(each, placed=(*guards, *each.placed)) if each.name == "code" else each
            for each in kept
        ]
    return Written(words, vocabulary, (constitution, *courts, *kept))


def _guards(words: Words, protection: Norm) -> tuple[Placed, ...]:
    """Return what ``protection`` says as a norm of the code, and a power to do what it forbids."""
    if protection.rule.startswith("guarantee"):
        return ()
    guard = Placed(replace(protection, name=GUARD), "article 1")
    kind = protection.rule.split(" ")[1]
    if not protection.rule.startswith("forbid") or kind not in words.acts("official act"):
        return (guard,)
    return (guard, Placed(Norm("power", f"permit {kind} l"), "article 1"))


def texts(most: int = 4, depth: int = 2) -> st.SearchStrategy[str]:
    """Return the text of bodies of law."""
    return written(most, depth).map(lambda each: each.text)


def _act(
    draw: st.DrawFn, words: Words, name: str, rank: str, since: str, most: int, depth: int
) -> Act:
    found = []
    for number in range(draw(st.integers(1, max(1, most)))):
        norm = draw(make.lower(words, f"n{number}", depth))
        period = draw(st.sampled_from(PERIODS))
        if since > "2000-01-01" and "until" in period:
            period = ""
        found.append(Placed(replace(norm, period=period), draw(st.sampled_from(PLACES))))
    if name == "code" and draw(st.integers(0, 3)):
        found.append(Placed(Norm("basis", "permit Levy l"), "article 1"))
    found.sort(key=lambda each: PLACES.index(each.place))
    heading = draw(st.sampled_from(["", "", "", " aim health"]))
    if draw(st.integers(0, 7)) == 0:
        heading += '\n  untranslated "Bailiffs are kind." because "kindness is not modelled"'
        heading += "."
    return Act(name, rank, since, tuple(found), heading=heading)


def _citing(draw: st.DrawFn, acts: list[Act]) -> list[Act]:
    """Return ``acts``, from the weakest, with norms that say how they stand to others."""
    cited = [(at, each) for at, act in enumerate(acts) for each in act.placed]
    found: list[list[Placed]] = [[] for _ in acts]
    for number, (at, each) in enumerate(cited):
        cites = []
        if _judging(each) and draw(st.integers(0, 2)) == 0:
            other = draw(st.integers(0, len(cited) - 1))
            beside = cited[other][1]
            words = ["subject to"] if other > number else ["despite", "special to"]
            if other != number and _judging(beside):
                place = beside.cited(acts[cited[other][0]].name)
                cites.append((draw(st.sampled_from(words)), place))
        found[at].append(replace(each, norm=replace(each.norm, cites=tuple(cites))))
    return [replace(act, placed=tuple(each)) for act, each in zip(acts, found, strict=True)]


def _judging(placed: Placed) -> bool:
    return placed.norm.rule.startswith(("permit", "empower", "forbid"))


def _constitution(draw: st.DrawFn, words: Words, depth: int) -> Act:
    found = [Placed(draw(make.protections(words, "protection", depth)), "article 1")]
    if draw(st.integers(0, 3)) == 0:
        found.append(Placed(draw(make.protections(words, "another", depth - 1)), "article 2"))
    if draw(st.booleans()) and words.acts("general act"):
        counted = draw(make.counts(words, "counted"))
        found += [] if counted is None else [Placed(counted, "article 2")]
    return Act("basic", "constitution", "2000-01-01", tuple(found))


def _court(draw: st.DrawFn, words: Words, constitution: Act, lower: list[Act]) -> tuple[Act, ...]:
    """Return at times an act of a court that reads exceptions into norms, mostly a protection."""
    found = []
    (protection, *_), judged = (
        constitution.placed,
        [(act.name, each) for act in lower for each in act.placed if _judging(each)],
    )
    if protection.norm.rule.startswith("forbid") and not draw(st.integers(0, 4)):
        found.append(_understood(draw, words, "understood", protection.cited("basic"), protection))
    if judged and not draw(st.integers(0, 4)):
        name, each = draw(st.sampled_from(judged))
        found.append(_understood(draw, words, "below", each.cited(name), each))
    if not found:
        return ()
    placed = tuple(Placed(each, "article 1") for each in found)
    return (Act("court", "constitution", "2000-01-01", placed),)


def _understood(draw: st.DrawFn, words: Words, name: str, place: str, placed: Placed) -> Norm:
    kind = placed.norm.rule.split(" ")[1]
    said = draw(make.exceptions(words, kind))
    since = draw(st.sampled_from(["", " with effect from 2024-02-01"]))
    return Norm(name, f"interpret {place} for {kind} l unless {said}{since}")
