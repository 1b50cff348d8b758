"""Citations to provisions: a path into the law is bound to one place, or told why not.

A part that is left out means the place where the citation stands, if it fits; else the only place
that fits. So `norm levy` in article 5 is the norm of article 5 before it is any other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amparo.core.law import Provision
from amparo.diagnostics import Diagnostic, Rejected
from amparo.names.places import covers, places
from amparo.names.problems import did_you_mean
from amparo.syntax.labels import order
from amparo.syntax.tree import Act, Citation, Label, Name, Place

_FEW = 6
PARTS = ("article", "paragraph", "point", "norm")


@dataclass(frozen=True, slots=True)
class Places:
    """Every citable place of a body of law, by act, and by its innermost part."""

    by_act: Mapping[str, tuple[Provision, ...]]
    ending: Mapping[tuple[str, str, str], tuple[Provision, ...]]
    """By act, the name of the innermost part, and its number or name."""


def places_of(provisions: Iterable[Provision]) -> Places:
    """Return the index of ``provisions`` and of every place around them."""
    found: dict[str, dict[Provision, None]] = {}
    for each in provisions:
        known = found.setdefault(each.act, {Provision(each.act): None})
        parts = _parts(each)
        for length in range(1, len(parts) + 1):
            known.setdefault(Provision(*parts[:length]))
    ending: defaultdict[tuple[str, str, str], list[Provision]] = defaultdict(list)
    for act, known in found.items():
        for each in known:
            part = next((part for part in reversed(PARTS) if getattr(each, part)), "")
            ending[act, part, getattr(each, part) if part else ""].append(each)
    return Places(
        {act: tuple(known) for act, known in found.items()},
        {key: tuple(each) for key, each in ending.items()},
    )


def resolve(citation: Citation, acts: Sequence[Act], here: Provision) -> tuple[Provision, ...]:
    """Return the norms and definitions at the place that ``citation`` names, seen from ``here``.

    Raises:
        Rejected: no such place, or several.
    """
    index = places_of(placed.provision for act in acts for placed in places(act))
    place = locate(citation, index, here)
    if isinstance(place, Diagnostic):
        raise Rejected([place])
    return tuple(each for each in index.by_act[place.act] if each.norm and covers(place, each))


def locate(citation: Citation, index: Places, here: Provision | None) -> Provision | Diagnostic:
    """Return the place that ``citation`` names, or what is wrong with it."""
    if citation.act is not None:
        act, span = citation.act.text, citation.act.span
    elif here is not None:
        act, span = here.act, citation.span
    else:
        message = "the act is not named, and this stands in none"
        advice = "write the act first, as in `some_act article 1`"
        return Diagnostic("unknown-act", message, citation.span, help=advice)
    if act not in index.by_act:
        norm = any(act == each.norm for found in index.by_act.values() for each in found)
        known = f"a norm is cited as `norm {act}`" if norm else did_you_mean(act, index.by_act)
        return Diagnostic("unknown-act", f"there is no act `{act}`", span, help=known)
    beside = here if here is not None and here.act == act else None
    return locate_in(act, citation.place, index, beside) or _missing(act, citation.place, index)


def locate_in(
    act: str, place: Place, index: Places, here: Provision | None
) -> Provision | Diagnostic | None:
    """Return the one place in ``act`` that ``place`` describes; None if there is none."""
    wanted = _wanted(place)
    if not wanted:
        return Provision(act)
    innermost, name = wanted[-1]
    fitting = [
        each
        for each in index.ending.get((act, innermost, name.text), ())
        if all(getattr(each, part) == label.text for part, label in wanted)
    ]
    if here is not None:
        fitting = _nearest(fitting, here)
    if len(fitting) > 1:
        stated = {part for part, _ in wanted}
        free = [part for part in PARTS if part not in stated]
        outermost = [each for each in fitting if not any(getattr(each, part) for part in free)]
        fitting = outermost or fitting
    if len(fitting) > 1:
        first, second = fitting[:2]
        return Diagnostic(
            "ambiguous-citation",
            f"this may mean `{first}` or `{second}`",
            place.span,
            help="name the article and paragraph",
        )
    return fitting[0] if fitting else None


def _nearest(fitting: list[Provision], here: Provision) -> list[Provision]:
    """Return those of ``fitting`` that share the longest way with ``here``."""

    def shared(each: Provision) -> int:
        count = 0
        for mine, other in zip(_parts(each), _parts(here), strict=True):
            if mine != other:
                break
            count += 1
        return count

    best = max(map(shared, fitting), default=0)
    return [each for each in fitting if shared(each) == best]


def _missing(act: str, place: Place, index: Places) -> Diagnostic:
    """Return what is wrong: the first part of ``place`` that fits nothing."""
    left, where = list(index.by_act[act]), f"`{act}`"
    for part, label in _wanted(place):
        matching = [each for each in left if getattr(each, part) == label.text]
        if not matching:
            word = "definition" if place.definition is label else part
            known = {getattr(each, part) for each in left} - {""}
            return Diagnostic(
                f"unknown-{word}",
                f"there is no {word} `{label.text}` in {where}",
                label.span,
                help=did_you_mean(label.text, known) or _there_are(part, known),
            )
        left, where = matching, f"{part} {label.text} of {where}"
    return Diagnostic("unknown-provision", f"there is no such place in `{act}`", place.span)


def _there_are(part: str, known: set[str]) -> str | None:
    if part == "norm" or not 0 < len(known) <= _FEW:
        return None
    labels = sorted(known, key=lambda each: (order(each), each))
    return f"it has {part} {', '.join(labels)}"


def _wanted(place: Place) -> list[tuple[str, Label | Name]]:
    stated = (place.article, place.paragraph, place.point, place.norm or place.definition)
    return [(part, label) for part, label in zip(PARTS, stated, strict=True) if label is not None]


def _parts(each: Provision) -> tuple[str, str, str, str, str]:
    return each.act, each.article, each.paragraph, each.point, each.norm
