"""Which kinds of acts, persons and things a change reaches: asked of each, not guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from amparo.core.condition import Individual
from amparo.core.law import Vocabulary
from amparo.smt import term as t
from amparo.smt.ground import Element, Ground, Hypothetical
from amparo.smt.norms import Judged
from amparo.smt.search import Found, Proved, Result
from amparo.smt.term import Term
from amparo.verify.differ import Differing


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change reaches in ``role`` of the act (empty: the act itself), and what it does not.

    A kind stands for the kinds under it, where all of it is reached.
    """

    role: str
    reached: tuple[str, ...]
    spared: tuple[str, ...]


def reach(differing: Differing, gained: bool) -> tuple[Reach, ...]:
    """Return how far a change goes, for each role in which it does not reach everybody.

    What could not be decided is in neither list.
    """
    vocabulary = differing.united.vocabulary
    kind = differing.matter.kind
    roles = [("", kind)] if not differing.matter.imagined else []
    roles += [
        (role, sort.kind)
        for role, sort in vocabulary.kinds[kind].roles
        if isinstance(sort, Individual)
        and (not differing.matter.imagined or role in ("by", "against"))
    ]
    places = [
        _Place(role, each, plain=plain)
        for role, top in roles
        for each in vocabulary.below(top)
        for plain in (False, True)
        if (_under(vocabulary, each) if plain else each != top)
    ]
    answers = differing.among(gained, [partial(_lies_at, place=each) for each in places])
    answered = dict(zip(places, answers, strict=True))
    found = (Reach(role, *_told(vocabulary, answered, role, top)) for role, top in roles)
    return tuple(each for each in found if each.reached != (dict(roles)[each.role],))


@dataclass(frozen=True, slots=True)
class _Place:
    """Who fills ``role`` (empty: the act itself) is of ``kind``; if ``plain``, of no subkind of it."""

    role: str
    kind: str
    plain: bool = False


def _told(
    vocabulary: Vocabulary, answers: Mapping[_Place, Result], role: str, kind: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the kinds from ``kind`` on down that are reached in ``role``, and those that are not.

    ``kind`` itself stands for everything under it, where all of that is reached.
    """
    under = _under(vocabulary, kind)
    reached, spared = list[str](), list[str]()
    for each in under:
        match answers[_Place(role, each)]:
            case Proved():
                spared.append(each)
            case Found():
                inner, left_out = _told(vocabulary, answers, role, each)
                reached += inner
                spared += left_out
            case _:
                pass
    whole = not under or isinstance(answers[_Place(role, kind, plain=True)], Found)
    if whole and reached == list(under):
        return (kind,), ()
    return tuple(reached), tuple(spared)


def _under(vocabulary: Vocabulary, kind: str) -> tuple[str, ...]:
    return tuple(each for each, declared in vocabulary.kinds.items() if declared.parent == kind)


def _lies_at(ground: Ground, act: Judged, place: _Place) -> Term:
    is_one = _is(ground, act, place.role, place.kind)
    if not place.plain:
        return is_one
    others = (
        t.not_(_is(ground, act, place.role, each)) for each in _under(ground.vocabulary, place.kind)
    )
    return t.conjunction([is_one, *others])


def _is(ground: Ground, act: Judged, role: str, kind: str) -> Term:
    if not role:
        return ground.is_kind(act, kind)
    if isinstance(act, Hypothetical):
        return ground.is_kind(dict(act.roles)[role], kind)
    assert isinstance(act, Element)
    sort = dict(ground.vocabulary.kinds[act.kind].roles)[role]
    filler = ground.role(act, act.kind, role, sort)
    assert isinstance(filler, Element)
    return ground.is_kind(filler, kind)
