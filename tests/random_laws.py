"""Hypothesis strategies for the text of small laws: one protection, and a lower law that may break it.

The vocabulary stays the same; which of its words a law uses is left to chance. So is the shape of
conditions: quantifiers up to three deep, states, definitions, remedies, time and money.
"""

from collections.abc import Callable

from hypothesis import strategies as st

VOCABULARY = """
vocabulary small
currency KZT.
kind Person.
kind Judge is Person.
kind Clerk is Person may overlap Judge.
kind Thing.
enumeration Colour: red, blue.
fact owns(p: Person, x: Thing).
fact worth(x: Thing): money.
fact colour(x: Thing): Colour.
fact respite(p: Person): duration.
fact heir(p: Person): Person.
open fact fair(l: Levy).
open fact needed(x: Thing).
state held(x: Thing)
  begins with Notice b when b.of = x
  ends with Levy e when e.of = x and e.from is a Judge.
state passed(x: Thing)
  begins with Notice b when b.of = x and not passed(x) at b
  ends with Levy e when e.of = x and passed(x) at e and held(x) at e.
event Notice { of: Thing }.
official act Levy { of: Thing, from: Person }.
power act Appeal { by: Person, against: Levy }.
private act Petition { by: Person, against: Levy }.
general act Taking { of: Thing, by: Person }.
define sole(p: Person, x: Thing) means p owns x and no Thing z has p owns z and not z = x
  unless needed(x).
"""

Scope = tuple[tuple[str, str], ...]
"""What may be spoken of: a path, and its kind."""

KINDS = ("Person", "Thing", "Levy", "Notice")
ROLES = {
    "Levy": (("of", "Thing"), ("from", "Person")),
    "Notice": (("of", "Thing"),),
    "Appeal": (("by", "Person"), ("against", "Levy")),
    "Petition": (("by", "Person"), ("against", "Levy")),
    "Taking": (("of", "Thing"), ("by", "Person")),
    "Person": (),
    "Thing": (),
}


def scope(variable: str, kind: str) -> Scope:
    """Return what may be spoken of when ``variable`` is of ``kind``."""
    roles = tuple((f"{variable}.{role}", filler) for role, filler in ROLES[kind])
    return ((variable, kind), *roles)


@st.composite
def conditions(draw: st.DrawFn, known: Scope, depth: int, number: int = 0) -> str:
    """Return a condition about what is in scope; ``number`` keeps variables apart."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(atoms(known))
    match draw(st.integers(0, 6)):
        case 0:
            return f"(not ({draw(conditions(known, depth - 1, number))}))"
        case 1 | 2:
            word = draw(st.sampled_from(["and", "or"]))
            left = draw(conditions(known, depth - 1, number))
            return f"({left} {word} {draw(conditions(known, depth - 1, number + 10))})"
        case _:
            how = draw(st.sampled_from(["some", "some", "no", "every", "at least 2"]))
            kind = draw(st.sampled_from(KINDS))
            variable = f"v{number}"
            inner = (*scope(variable, kind), *known)
            return f"({how} {kind} {variable} has {draw(conditions(inner, depth - 1, number + 1))})"


@st.composite
def atoms(draw: st.DrawFn, known: Scope) -> str:
    """Return a condition without parts."""

    def of(*kinds: str) -> list[str]:
        return [path for path, kind in known if kind in kinds]

    def one(paths: list[str]) -> str:
        return draw(st.sampled_from(paths))

    people, things, levies = of("Person"), of("Thing"), of("Levy")
    events = of("Levy", "Notice", "Appeal", "Petition", "Taking")
    able: list[Callable[[], str]] = []
    if people and things:
        able += [lambda: f"{one(people)} owns {one(things)}"] * 3
        able += [lambda: f"sole({one(people)}, {one(things)})"]
    if people:
        able += [lambda: f"{one(people)} is a {draw(st.sampled_from(['Judge', 'Clerk']))}"]
        able += [lambda: f"respite({one(people)}) > 1 days"]
    if len(people) > 1:
        able += [lambda: f"{one(people)} = {one(people)}"]
        able += [lambda: f"heir({one(people)}) = {one(people)}"]
    if things:
        able += [lambda: f"{draw(st.sampled_from(['held', 'passed']))}({one(things)})"] * 2
        able += [lambda: f"colour({one(things)}) = {draw(st.sampled_from(['red', 'blue']))}"]
        able += [lambda: f"needed({one(things)})"]
        able += [lambda: f"worth({one(things)}) > 100 KZT"]
    if len(things) > 1:
        able += [lambda: f"{one(things)} = {one(things)}"] * 2
        able += [lambda: f"worth({one(things)}) <= worth({one(things)}) + 1 KZT"]
    if levies:
        able += [lambda: f"fair({one(levies)})"] * 2
    if len(events) > 1 and people:
        able += [lambda: f"{one(events)}.on <= {one(events)}.on + respite({one(people)})"]
    if levies and people and not of("Appeal"):
        # A remedy whose basis rests on itself is not decided.
        able += [lambda: f"Appeal is open to {one(people)} against {one(levies)}"]
    if len(events) > 1:
        able += [lambda: f"{one(events)} before {one(events)}"] * 3
        lengths = ["1 days", "2 days", "1 months rounded down", "1 months rounded up"]
        able += [
            lambda: (
                f"{one(events)} is within {draw(st.sampled_from(lengths))} "
                f"{draw(st.sampled_from(['of', 'after', 'before']))} {one(events)}"
            )
        ]
    if events:
        able += [lambda: f"{one(events)}.on < 2024-02-01"]
    return draw(st.sampled_from(able))() if able else "2 < 1"


def _when(draw: st.DrawFn, known: Scope, depth: int, word: str = "when") -> str:
    return f" {word} {draw(conditions(known, depth))}" if draw(st.integers(0, 3)) else ""


def _unless(draw: st.DrawFn, known: Scope, depth: int) -> str:
    return f" unless {draw(conditions(known, depth))}" if draw(st.integers(0, 2)) else ""


def _duty(draw: st.DrawFn) -> str:
    known = scope("t", "Levy")
    inner = (*scope("n", "Notice"), *known)
    length = draw(st.sampled_from(["1 days", "2 days", "1 months rounded down"]))
    has = f" has {draw(conditions(known, 1))}" if draw(st.booleans()) else ""
    more = ""
    if draw(st.integers(0, 2)) == 0:
        other = draw(conditions((*scope("m", "Notice"), *known), 1, 50))
        more = f" otherwise require some Notice m has {other} within 1 days"
    what = draw(conditions(inner, 1, 30))
    return f"when Levy t{has} require some Notice n has {what} within {length}{more}"


@st.composite
def protections(draw: st.DrawFn) -> str:
    """Return what the constitution says in one norm."""
    match draw(st.sampled_from(["act", "act", "act", "general", "duty", "right", "private"])):
        case "act":
            known = scope("l", "Levy")
            return f"forbid Levy l{_when(draw, known, 2)}{_unless(draw, known, 3)}"
        case "general":
            known = scope("k", "Taking")
            return f"forbid Taking k{_when(draw, known, 1)}{_unless(draw, known, 2)}"
        case "duty":
            return _duty(draw)
        case "private":
            known = scope("a", "Petition")
            return f"guarantee Petition a{_when(draw, known, 1)}{_unless(draw, known, 1)}"
        case _:
            known = scope("a", "Appeal")
            # What is only thought of has no open facts of its own: those of the levy will do.
            return f"guarantee Appeal a{_when(draw, known, 1)}{_unless(draw, known, 1)}"


PERIODS = ("", "", "", " in force from 2024-02-01", " in force until 2024-02-01")


@st.composite
def lower_norms(draw: st.DrawFn, number: int) -> str:
    """Return one norm of the lower law, with those before it prevailing where it says so."""
    known = scope("l", "Levy")
    kinds = ["permit", "permit", "forbid", "count", "duty", "appeal", "quiet", "petition"]
    what = draw(st.sampled_from(kinds))
    period = draw(st.sampled_from(PERIODS))
    match what:
        case "permit":
            rule = f"permit Levy l{_when(draw, known, 2)}{_unless(draw, known, 2)}"
        case "forbid":
            rule = f"forbid Levy l{_when(draw, known, 2)}{_unless(draw, known, 2)}"
        case "count":
            roles = "{ of: l.of, by: l.from }"
            rule = f"count Levy l as Taking {roles}{_when(draw, known, 1)}"
        case "duty":
            rule = _duty(draw)
        case "appeal":
            act = scope("a", "Appeal")
            modality = draw(st.sampled_from(["permit", "permit", "forbid"]))
            rule = f"{modality} Appeal a{_when(draw, act, 1)}{_unless(draw, act, 1)}"
        case "petition":
            act = scope("a", "Petition")
            rule = f"forbid Petition a{_when(draw, act, 1)}{_unless(draw, act, 1)}"
        case _:
            seen = scope("n", "Notice")
            rule = f"forbid Notice n{_when(draw, seen, 1)}{_unless(draw, seen, 1)}"
    return f"  norm n{number} {rule}{period}.\n"


@st.composite
def lower_acts(draw: st.DrawFn) -> str:
    """Return the lower law: an act, at times a later one, at times a transition."""
    first = [draw(lower_norms(number)) for number in range(draw(st.integers(1, 3)))]
    if not any("permit Levy" in each for each in first) and draw(st.integers(0, 4)):
        first.append("  norm basis permit Levy l.\n")
    permits = any(" permit Levy" in each for each in first)
    if permits and draw(st.integers(0, 3)) == 0:
        first.append("  norm but forbid Levy l when l.from is a Judge despite article 1.\n")
    text = 'act code "C" rank law in force from 2000-01-01 evidence read\n article 1\n'
    text += "".join(first)
    if draw(st.integers(0, 3)) == 0:
        text += 'act later "L" rank law in force from 2024-02-01 evidence read\n article 1\n'
        text += draw(lower_norms(90)).replace(" in force until 2024-02-01", "")
    if draw(st.integers(0, 5)) == 0:
        known = scope("l", "Levy")
        text += 'act passage "P" rank law in force from 2000-01-01 evidence read\n article 1\n'
        said = draw(conditions(known, 1))
        text += f"  norm old judge Levy l by the law on 2024-01-30 when {said}.\n"
    return text


@st.composite
def laws(draw: st.DrawFn) -> str:
    """Return the text of a law with one protection."""
    text = 'act basic "B" rank constitution in force from 2000-01-01 evidence read\n article 1\n'
    text += f"  norm protection {draw(protections())}.\n"
    if "Taking" in text and draw(st.booleans()):
        roles = "{ of: c.of, by: c.from }"
        text += f"  norm all_levies count Levy c as Taking {roles}"
        text += f"{_when(draw, scope('c', 'Levy'), 1)}.\n"
    if "protection forbid Levy" in text and draw(st.integers(0, 5)) == 0:
        since = draw(st.sampled_from(["", " with effect from 2024-02-01"]))
        text += (
            'act court "J" rank constitution in force from 2000-01-01 evidence read\n article 1\n'
        )
        text += "  norm reading interpret basic article 1 norm protection for Levy l"
        text += f" unless {draw(conditions(scope('l', 'Levy'), 2))}{since}.\n"
    return VOCABULARY + text + draw(lower_acts())
