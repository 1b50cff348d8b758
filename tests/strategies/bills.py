"""Bills on generated law: every kind of instruction, at once or by stages, and the same law by hand.

Beside each bill stands the law as somebody would write it who never heard of bills: every version of
a norm a norm of its own, in its own time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from strategies import norms as make
from strategies.laws import GUARD, PLACES, Act, Placed, Written, within, written
from strategies.norms import Norm
from strategies.words import Fact, vocabularies

STARTS = ("2024-01-30", "2024-02-01")
ON_ONE_NORM = ("repeal", "substitute", "add", "replace")
INSTRUCTIONS = (
    "insert",
    "insert after",
    "insert before",
    "repeal a place",
    "renumber",
    "replace",
    *ON_ONE_NORM,
)
READ_IN = "interpret "
"""How the rule of a norm begins that reads an exception into another."""
OLD = "_old"
"""What the name of the version that a bill ends has at its end, where the law is written by hand."""


@dataclass(frozen=True, slots=True)
class Amended:
    """A law, a bill on it, and the law as amended written by hand.

    ``instructions`` are those of the bill, in order.
    """

    before: Written
    instructions: tuple[str, ...]
    start: str
    by_hand: Written
    target: str

    @property
    def text(self) -> str:
        """The law with the bill."""
        listed = "\n".join(f"  {each}" for each in self.instructions)
        return (
            f'{self.before.text}bill reform "R" rank law in force from {self.start}'
            f" evidence read\n amend {self.target}\n{listed}\n"
        )


@dataclass(frozen=True, slots=True)
class _Change:
    """One instruction: what it says, where, which norms it ends, which it puts there.

    The first that it puts takes the place of the first that it ends, and so on. ``whole``: it ends
    all that stands at ``place``.
    """

    said: str
    place: str
    ends: tuple[str, ...] = ()
    puts: tuple[Placed, ...] = ()
    start: str = ""
    whole: bool = False

    def clashes(self, other: "_Change") -> bool:
        """Say whether both cannot stand in one bill: they end the same, or one ends the place."""
        return (
            bool(set(self.ends) & set(other.ends))
            or (self.whole and within(other.place, self.place))
            or (other.whole and within(self.place, other.place))
        )


@st.composite
def amended(draw: st.DrawFn, most: int = 4, depth: int = 2, guarded: bool = False) -> Amended:
    """Return a law and a bill of one to three instructions, no two on the same text.

    ``guarded``: what keeps a protection is mostly struck or weakened.
    """
    law = draw(written(most, depth, guarded))
    start = draw(st.sampled_from(STARTS))
    act = next(each for each in law.acts if each.name == "code")
    changes: list[_Change] = []
    free = [each for each in act.placed if not each.norm.period]
    guards = [each for each in free if each.norm.name == GUARD]
    for number in range(draw(st.integers(1, 3))):
        taken = {name for each in changes for name in each.ends}
        left = [each for each in free if each.norm.name not in taken]
        if guards and number == 0 and draw(st.integers(0, 4)):
            found = draw(_change(law, act, guards, f"new{number}", ON_ONE_NORM))
        else:
            found = draw(_change(law, act, left, f"new{number}"))
        if found is None or any(each.clashes(found) for each in changes):
            continue
        later = draw(st.sampled_from(["", "", "2024-02-02"]))
        said = f"commencing {later} {found.said}" if later else found.said
        changes.append(replace(found, said=said, start=later or start))
    if not changes:
        changes.append(_insertion(draw, law, act.placed[0].place, "new9", start))
    by_hand = tuple(_amended(each, changes) if each is act else each for each in law.acts)
    return Amended(
        law,
        tuple(each.said for each in changes),
        start,
        replace(law, acts=_cited_anew(by_hand, act.name, changes)),
        act.name,
    )


def _insertion(draw: st.DrawFn, law: Written, place: str, name: str, start: str = "") -> _Change:
    norm = draw(make.lower(law.words, name))
    return _Change(f"in {place} insert {norm.text}.", place, (), (Placed(norm, place),), start)


@st.composite
def _change(
    draw: st.DrawFn,
    law: Written,
    act: Act,
    left: list[Placed],
    name: str,
    among: tuple[str, ...] = INSTRUCTIONS,
) -> _Change | None:
    here = [place for place in PLACES if any(within(p.place, place) for p in act.placed)]
    what = draw(st.sampled_from(among))
    if what == "insert" or not left:
        return _insertion(draw, law, draw(st.sampled_from(here)), name)
    if what in ("insert after", "insert before"):
        norm = draw(make.lower(law.words, name))
        beside = " ".join(here[-1].split(" ")[:2])
        number = f"article 3-{name[-1]}" if what == "insert after" else f"article 0-{name[-1]}"
        return _Change(
            f"{what.removeprefix('insert ')} {beside} insert {number} {norm.text}.",
            beside,
            (),
            (Placed(norm, number),),
        )
    if what in ("repeal a place", "renumber"):
        place = draw(st.sampled_from(here))
        under = [each for each in act.placed if within(each.place, place)]
        if not all(each in left for each in under):
            return None
        ends = tuple(each.norm.name for each in under)
        if what == "repeal a place":
            return _Change(f"repeal {place}.", place, ends, whole=True)
        other = place[:-1] + ("z" if place[-1].isalpha() else f"8-{name[-1]}")
        puts = tuple(replace(each, place=other + each.place[len(place) :]) for each in under)
        return _Change(f"renumber {place} as {other}.", place, ends, puts, whole=True)
    one = draw(st.sampled_from(left))
    where, old = one.place, one.norm
    if what == "repeal":
        return _Change(f"repeal {where} norm {old.name}.", where, (old.name,))
    if what == "substitute" and old.when and old.text.count(f" {old.when}") == 1:
        return draw(_substitution(law, one))
    if what == "add" and _excepts(old):
        said = draw(make.exceptions(law.words, _kind_of(old)))
        new = replace(old, unless=(*old.unless, said))
        return _Change(
            f"in {where} norm {old.name} add unless {said}.",
            where,
            (old.name,),
            (Placed(new, where),),
        )
    if is_read(law, one.cited(act.name)):
        # An exception was read into it: what takes its place speaks of the same act.
        norm = draw(make.simple(law.words, old.name, old.rule.split(" ")[0], _kind_of(old), 2))
    else:
        norm = draw(make.lower(law.words, old.name))
    said = f"in {where} replace norm {old.name} with {norm.text}."
    return _Change(said, where, (old.name,), (Placed(norm, where),))


@st.composite
def _substitution(draw: st.DrawFn, law: Written, one: Placed) -> _Change | None:
    old = one.norm
    if not _excepts(old):
        return None
    said = draw(make.exceptions(law.words, _kind_of(old)))
    new = replace(old, rule=old.rule.replace(f" {old.when}", f" {said}"), when=said)
    text = f"in {one.place} norm {old.name} substitute {old.when} with {said}."
    return _Change(text, one.place, (old.name,), (Placed(new, one.place),))


def is_read(law: Written, place: str) -> bool:
    """Say whether a court reads an exception into the norm at ``place``."""
    return any(f"{READ_IN}{place} for" in each.text for each in law.acts)


def _excepts(norm: Norm) -> bool:
    """Say whether ``norm`` speaks of an act called `l` and may have exceptions."""
    return norm.rule.startswith(("permit", "empower", "forbid"))


def _kind_of(norm: Norm) -> str:
    return norm.rule.split(" ")[1]


# -- the same by hand ------------------------------------------------------------------------------


def _amended(act: Act, changes: Iterable[_Change]) -> Act:
    placed = list(act.placed)
    for change in changes:
        for name in change.ends:
            at = next(i for i, each in enumerate(placed) if each.norm.name == name)
            old = placed[at]
            ended = replace(old.norm, name=name + OLD, period=f" in force until {change.start}")
            placed[at] = replace(old, norm=ended)
        for new in change.puts:
            since = replace(new.norm, period=f" in force from {change.start}")
            ends = [i for i, each in enumerate(placed) if each.norm.name == new.norm.name + OLD]
            here = [i for i, each in enumerate(placed) if each.place == new.place]
            at = ends[0] + 1 if ends else max(here, default=len(placed) - 1) + 1
            placed.insert(at, replace(new, norm=since))
    return replace(act, placed=tuple(placed))


def _cited_anew(acts: tuple[Act, ...], target: str, changes: list[_Change]) -> tuple[Act, ...]:
    """Return ``acts`` in which whoever cites a norm that was changed cites both its versions.

    A court that reads an exception into it reads it into each of them.
    """
    now = {
        name: put.cited(target)
        for each in changes
        for name, put in zip(each.ends, each.puts, strict=False)
    }
    ended = {name for each in changes for name in each.ends}

    def anew(cite: tuple[str, str]) -> list[tuple[str, str]]:
        word, other = cite
        name = other.rpartition(" ")[2]
        if not other.startswith(f"{target} ") or name not in ended:
            return [cite]
        new = [(word, now[name])] if name in now else []
        return [*new, (word, other + OLD)]

    def restated(placed: Placed) -> Iterator[Placed]:
        norm = replace(
            placed.norm, cites=tuple(each for c in placed.norm.cites for each in anew(c))
        )
        if norm.rule.startswith(READ_IN):
            place, _, said = norm.rule.removeprefix(READ_IN).partition(" for ")
            for word, (_, other) in zip(("", "_before"), anew(("", place)), strict=False):
                rule = f"{READ_IN}{other} for {said}"
                yield replace(placed, norm=replace(norm, name=norm.name + word, rule=rule))
        else:
            yield replace(placed, norm=norm)

    return tuple(
        replace(act, placed=tuple(each for placed in act.placed for each in restated(placed)))
        for act in acts
    )


# -- two laws --------------------------------------------------------------------------------------


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Return a law, and the same without one of its lower norms, or with another in its place."""
    law = draw(written(3))
    act = draw(st.sampled_from([each for each in law.acts if each.rank != "constitution"]))
    free = [n for n, each in enumerate(act.placed) if not is_read(law, each.cited(act.name))]
    if not free:
        return law.text, law.text
    at = draw(st.sampled_from(free))
    gone = act.placed[at]
    other: tuple[Placed, ...] = ()
    if draw(st.booleans()) or len(act.placed) == 1:
        norm = draw(make.lower(law.words, gone.norm.name))
        other = (replace(gone, norm=norm),)
    changed = replace(act, placed=(*act.placed[:at], *other, *act.placed[at + 1 :]))
    acts = tuple(changed if each is act else each for each in law.acts)
    if not other:
        acts = tuple(_uncited(each, gone.cited(act.name)) for each in acts)
    texts = law.text, replace(law, acts=acts).text
    return texts if draw(st.booleans()) else (texts[1], texts[0])


@st.composite
def restated(draw: st.DrawFn) -> tuple[str, str]:
    """Return a law with an old fault, and the same law in which a state begins or ends otherwise.

    What is unlawful from a day on turns on the state.
    """
    words = draw(vocabularies())
    kept = tuple(each for each in words.facts if each.category != "state")
    words = replace(words, facts=(*kept, Fact("held", "state", ("Thing",))))
    ban = draw(st.sampled_from(["unless held(l.of)", "unless not held(l.of)"]))
    acts = f"""
act basic "B" rank constitution in force from 2000-01-01 evidence read
  article 1 norm protection forbid Levy l.
act code "C" rank law in force from 2000-01-01 evidence read
  article 1 norm basis permit Levy l.
  article 2 norm ban forbid Levy l {ban} or l.on < 2024-02-01.
"""
    before, after = (words.text + draw(make.states(words)) + acts for _ in range(2))
    return before, after


def _uncited(act: Act, gone: str) -> Act:
    def kept(norm: Norm) -> Norm:
        return replace(norm, cites=tuple(each for each in norm.cites if each[1] != gone))

    return replace(act, placed=tuple(replace(each, norm=kept(each.norm)) for each in act.placed))
