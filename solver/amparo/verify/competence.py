"""Who may authorise what, on which object: the matrix, each cell a question over all worlds.

A *measure* is a kind of act of authority that is about a person or a thing. Authority A alone
*authorises* it where some world obeys the lower law and has such a measure that is lawful if, of
the acts that the law makes it rest on (`core.authority`), only those of A are counted, and
unlawful if none is. It is done *alone* where it is lawful if none is counted.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Literal as OneOf

from amparo.core.authority import counting_all_but, demands, weighed
from amparo.core.law import NormId
from amparo.core.world import World
from amparo.semantics.context import Context
from amparo.semantics.evaluate import governs, lower, outcome
from amparo.verify.inquiry import Inquiry
from amparo.verify.powers import HIGHEST, Answer, Posed, Powers, Sort, Subject, lawful

How = OneOf["alone", "acts", "authorises", "jointly"]
"""What an authority may do: the measure on its own; the measure, authorised by another; authorise
it alone; or only together with others."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What ``authority`` may do about a subject. ``answer`` is never ``no``."""

    authority: str
    how: How
    answer: Answer
    relies_on: tuple[NormId, ...] = ()
    """The permissions on which the acts of ``world`` rest."""
    world: World | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A subject and what every authority may do about it. Nobody may: there are no cells."""

    subject: Subject
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """``rows`` in the order of the vocabulary; those like the row of the wider subject left out."""

    authorities: tuple[str, ...]
    rows: tuple[Row, ...]


# -- the matrix -------------------------------------------------------------------------------


def matrix(inquiry: Inquiry, *, cases: bool = True, only: Collection[str] = ()) -> Matrix:
    """Return who may authorise what, on which object; ``cases``: with a case for every cell.

    ``only`` of these measures, if any is named.

    Raises:
        InvalidModel: a case does not replay.
    """
    powers = Powers(inquiry)
    marks: dict[Subject, tuple[Cell, ...]] = {}
    for measure in powers.measures():
        if not only or measure in only:
            marks |= _marks(powers, measure)
    kept = [each for each in marks if not _like_wider(powers, each, marks)]
    rows = tuple(Row(each, _proved(powers, each, marks[each], cases)) for each in kept)
    named = {cell.authority for row in rows for cell in row.cells}
    return Matrix(tuple(each for each in inquiry.law.vocabulary.kinds if each in named), rows)


def _like_wider(powers: Powers, subject_: Subject, marks: dict[Subject, tuple[Cell, ...]]) -> bool:
    """Say whether the row says no more than that of a wider subject, or than that there is none."""
    wider = [each for each in powers.wider(subject_) if each in marks]
    if any(marks[each] == marks[subject_] for each in wider):
        return True
    return not wider and not marks[subject_]


def _marks(powers: Powers, measure: str) -> dict[Subject, tuple[Cell, ...]]:
    """Return what every authority may do about every subject of ``measure``."""
    subjects, without = powers.subjects(measure), powers.without(measure)
    lets = without.norms != powers.law.norms
    done = _done(powers, measure, lets)
    resting = [each for each in subjects if any(cell.how == "acts" for cell in done[each])]
    if lets and not powers.doers(measure):
        answers = powers.asked(measure, (), (without,)).answers([_of(each) for each in subjects])
        resting = [each for each, so in zip(subjects, answers, strict=True) if so != "no"]
    let = _let(powers, measure, resting)
    return {each: (*done[each], *let.get(each, ())) for each in subjects}


def _of(subject_: Subject, doer: str | None = None) -> Sort:
    return Sort(doer, subject_.objects)


def _done(powers: Powers, measure: str, lets: bool) -> dict[Subject, list[Cell]]:
    """Return who does the measure alone; and who does it where another ``lets`` him."""
    subjects, without = powers.subjects(measure), powers.without(measure)
    found: dict[Subject, list[Cell]] = {each: [] for each in subjects}
    pairs = [*product(subjects, powers.doers(measure))]
    sorts = [_of(each, doer) for each, doer in pairs]
    if not sorts:
        return found
    nobody: list[Answer] = ["no" for _ in sorts]
    alone = powers.asked(measure, (without,), ()).answers(sorts)
    acts = [*powers.asked(measure, (), (without,)).answers(sorts)] if lets else nobody
    for (each, doer), by_himself, if_let in zip(pairs, alone, acts, strict=True):
        if by_himself != "no":
            found[each].append(Cell(doer, "alone", by_himself))
        if if_let != "no":
            found[each].append(Cell(doer, "acts", if_let))
    return found


def _let(
    powers: Powers, measure: str, subjects: Sequence[Subject]
) -> dict[Subject, tuple[Cell, ...]]:
    """Return who authorises the measure on ``subjects``, alone or else with others."""
    if not subjects:
        return {}
    without, sorts = powers.without(measure), [_of(each) for each in subjects]
    found: dict[Subject, list[Cell]] = {each: [] for each in subjects}
    for authority in powers.authorities(measure):
        only = powers.only(measure, authority)
        answers = powers.asked(measure, (only,), (without,)).answers(sorts)
        for each, answer in zip(subjects, answers, strict=True):
            if answer != "no":
                found[each].append(Cell(authority, "authorises", answer))
    return {each: tuple(cells or _jointly(powers, each)) for each, cells in found.items()}


def _jointly(powers: Powers, subject_: Subject) -> Iterator[Cell]:
    measure = subject_.measure
    posed = powers.question(subject_, (), (powers.without(measure),))
    world = posed.case()
    for authority in powers.authorities(measure) if world is not None else ():
        assert world is not None
        others = weighed(powers.law, measure, counting_all_but(powers.law.vocabulary, authority))
        if any(not lawful(others, world, each) for each in posed.acts(world)):
            yield Cell(authority, "jointly", "yes")


def _proved(
    powers: Powers, subject_: Subject, cells: tuple[Cell, ...], cases: bool
) -> tuple[Cell, ...]:
    if not cases:
        return cells
    found = {each: _with_case(powers, subject_, each) for each in cells if each.how != "acts"}
    doers = [each for each in cells if each.how == "acts"]
    for each in doers:
        # The only one who does it does it in the case of who authorises it.
        shown = next((found[c] for c in cells if c.how in ("authorises", "jointly")), None)
        if shown is not None and len(doers) == 1:
            found[each] = replace(each, relies_on=shown.relies_on, world=shown.world)
        else:
            found[each] = _with_case(powers, subject_, each)
    return tuple(found[each] for each in cells)


def _with_case(powers: Powers, subject_: Subject, cell: Cell) -> Cell:
    asked = posed(powers, subject_, cell)
    world = asked.case()
    if world is None:
        return cell
    return replace(cell, relies_on=_bases(powers, subject_, world, asked.acts(world)), world=world)


def posed(powers: Powers, subject_: Subject, cell: Cell) -> Posed:
    """Return the question that ``cell`` answers."""
    measure, without = subject_.measure, powers.without(subject_.measure)
    match cell.how:
        case "alone":
            return powers.question(subject_, (without,), (), cell.authority)
        case "acts":
            return powers.question(subject_, (), (without,), cell.authority)
        case "authorises":
            only = powers.only(measure, cell.authority)
            return powers.question(subject_, (only,), (without,))
        case "jointly":
            return powers.question(subject_, (), (without,))


def _bases(
    powers: Powers, subject_: Subject, world: World, acts: tuple[str, ...]
) -> tuple[NormId, ...]:
    """Return the permissions on which the measures rest, and the acts that may authorise them."""
    context = Context(powers.law, world, HIGHEST)
    steps = {each.variable.sort.kind for each in demands(powers.law, subject_.measure)}
    events = [e for e in world.events if e in acts or any(context.is_a(e, k) for k in steps)]
    return tuple(
        norm.id
        for norm in lower(context, "permit")
        if any(outcome(partial(governs, norm, each, context)) is True for each in events)
    )
