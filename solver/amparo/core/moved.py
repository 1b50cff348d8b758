"""Where a provision stood before bills gave it another number: what makes it the same one."""

import datetime
from dataclasses import replace

from amparo.core.law import Law, Move, Norm, NormId, Provision
from amparo.names.places import covers


def origin(law: Law, norm: Norm) -> Provision:
    """Return where ``norm`` stood before any bill gave it, or what holds it, another number."""
    return place_before(law, norm.provision, norm.period.start)


def first_place(law: Law, place: Provision, norm: NormId) -> Provision:
    """Return where ``place``, which is that of ``norm`` or around it, first stood."""
    known = law.norms.get(norm)
    return place if known is None else place_before(law, place, known.period.start)


def place_before(law: Law, place: Provision, since: datetime.date | None) -> Provision:
    """Return where what stands at ``place`` from ``since`` on stood before it was moved there.

    What one day brings is all at once: when numbers move up, each is moved once.
    """
    if since is None:
        return place
    for move in sorted(law.moves, key=lambda each: each.on, reverse=True):
        if move.on <= since and covers(move.new, place):
            since = move.on - datetime.timedelta(days=1)
            place = _back(move, place)
    return place


def _back(move: Move, place: Provision) -> Provision:
    old = move.old
    if move.new.norm:
        return old
    if move.new.point:
        return replace(place, article=old.article, paragraph=old.paragraph, point=old.point)
    if move.new.paragraph:
        return replace(place, article=old.article, paragraph=old.paragraph)
    return replace(place, article=old.article)
