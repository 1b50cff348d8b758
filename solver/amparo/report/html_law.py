"""The law in a page: every provision in its place, the redline in its words, and who speaks of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from amparo.amend.history import Address, sliced
from amparo.amend.parts import Level, own_period
from amparo.amend.passages import Passage, passages
from amparo.amend.redline import Marked
from amparo.core.citation import located
from amparo.core.law import Count, Law, Norm, NormId, Period, Provision
from amparo.report.result import Examined

ALWAYS = Period()
_BLANKS = re.compile(r"(\s*\n\s*|\s+$)")
LEVELS: tuple[Level, ...] = ("article", "paragraph", "point", "norm")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a provision beside it, and the finding that says it (empty: none)."""

    said: str
    to: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class PassageOfPage:
    """The words of a provision, from when until when they stand so, and what is said of them."""

    id: str
    depth: int
    lasts: str
    words: tuple[Marked, ...]
    remarks: tuple[Remark, ...]
    changed: bool

    @property
    def roles(self) -> str:
        """How it is marked."""
        roles = dict.fromkeys(each.role for each in self.remarks if each.role)
        return " ".join([*roles, *(["changed"] if self.changed else [])])


@dataclass(frozen=True, slots=True)
class ActOfPage:
    """An act with its provisions; ``open`` where some of them are spoken of."""

    id: str
    title: str
    passages: tuple[PassageOfPage, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Text:
    """The law of one body in words, and where in the page each provision of it stands."""

    prefix: str
    passages: tuple[Passage, ...]
    titles: Mapping[str, str]
    at: Mapping[tuple[str, Address], tuple[Passage, ...]]

    def anchor(self, passage: Passage) -> str:
        """Return the name of the place of ``passage`` in the page; empty if it is never cited."""
        if any(level == "untranslated" for level, _ in passage.address):
            return ""
        versions = self.at[passage.act, passage.address]
        number = versions.index(passage)
        steps = (f"{level}-{name}" for level, name in passage.address)
        return "/".join((self.prefix, passage.act, *steps, *([str(number + 1)] if number else [])))

    def place(self, provision: Provision, period: Period = ALWAYS) -> str:
        """Return where ``provision`` stands, or the nearest around it; empty if none is known.

        Of several versions it is the first that is in force in ``period``.
        """
        parts = (provision.article, provision.paragraph, provision.point, provision.norm)
        keys = tuple((level, name) for level, name in zip(LEVELS, parts, strict=True) if name)
        for address in _around(keys):
            versions = self.at.get((provision.act, address), ())
            meeting = (e for e in versions if Period(e.start, e.end).meets(period))
            if versions:
                return self.anchor(next(meeting, versions[0]))
        return ""

    def cited(self, citation: str) -> str:
        """Return where the provision stands that is cited so in the language; empty if none is."""
        for (act, address), versions in self.at.items():
            if citation == " ".join((act, *(f"{level} {name}" for level, name in address))):
                return self.anchor(versions[-1])
        return ""

    def of(self, law: Law, norm: NormId) -> str:
        """Return where a norm stands, in the version that it is."""
        known: Norm | Count | None = law.norms.get(norm) or law.counts.get(norm)
        period = ALWAYS if known is None else known.period
        return self.place(located(law, norm), period)


def text_of(examined: Examined, prefix: str) -> Text:
    """Return the law of a body, with what it was before; on the day asked about, if there is one."""
    day = examined.report.as_of
    before, after = examined.acts_before, examined.acts
    if day is not None:
        before, after = (
            tuple(sliced(act, day) for act in acts if own_period(act).covers(day))
            for acts in (before, after)
        )
    titles = {act.name.text: act.title.text for act in (*before, *after)}
    found = passages(before, after)
    at: dict[tuple[str, Address], tuple[Passage, ...]] = {}
    for each in found:
        at[each.act, each.address] = (*at.get((each.act, each.address), ()), each)
    return Text(prefix, found, titles, at)


def acts_of(text: Text, law: Law, remarks: Mapping[str, Iterable[Remark]]) -> tuple[ActOfPage, ...]:
    """Return the acts of ``text`` with the ``remarks`` on each place of the page."""
    every: dict[str, list[Remark]] = {place: list(said) for place, said in remarks.items()}
    for place, remark in _inserted(text, law):
        every.setdefault(place, []).append(remark)
    return tuple(
        _act(text, name, title, every)
        for name, title in text.titles.items()
        if (name, ()) in text.at
    )


def _act(text: Text, name: str, title: str, remarks: Mapping[str, list[Remark]]) -> ActOfPage:
    several = []
    lasts: dict[int, str] = {}
    for each in (one for one in text.passages if one.act == name):
        place, depth, lasting = text.anchor(each), len(each.address), _lasting(each)
        around = next((lasts[n] for n in range(depth - 1, -1, -1) if n in lasts), "")
        lasts = {n: said for n, said in lasts.items() if n < depth} | {depth: lasting}
        several.append(
            PassageOfPage(
                place,
                depth,
                "" if lasting == around else lasting or "at all times",
                tuple(_marked(each.words)),
                tuple(dict.fromkeys(remarks.get(place, ()))),
                each.changed,
            )
        )
    spoken_of = any(each.remarks or each.changed for each in several)
    return ActOfPage("/".join((text.prefix, name, "act")), title, tuple(several), spoken_of)


def _around(keys: Address) -> Iterator[Address]:
    """Yield the address of ``keys``, that of a definition by the same name, and those around."""
    yield keys
    if keys and keys[-1][0] == "norm":
        yield (*keys[:-1], ("definition", keys[-1][1]))
    if keys:
        yield from _around(keys[:-1])


def _marked(words: Iterable[Marked]) -> Iterator[Marked]:
    """Yield ``words`` so that no mark lies on the blanks around them.

    What comes decides where lines break; what goes stands on the line on which it is struck out.
    """
    for mark, said in words:
        match mark:
            case "keep":
                yield mark, said
            case "delete":
                if gone := " ".join(said.split()):
                    yield mark, gone
                if said[-1:].isspace():
                    yield "keep", " "
            case "insert":
                for part in _BLANKS.split(said):
                    if part:
                        yield ("keep" if _BLANKS.fullmatch(part) else mark), part


def _inserted(text: Text, law: Law) -> Iterator[tuple[str, Remark]]:
    """Yield which instruction of a bill put a norm where it is."""
    for each in chain[Norm | Count](law.norms.values(), law.counts.values()):
        by = each.provenance.inserted_by
        if by is not None and (place := text.place(each.provision, each.period)):
            yield place, Remark(f"put here by instruction {by[1]} of `{by[0]}`")


def _lasting(passage: Passage) -> str:
    since = [] if passage.start is None else [f"from {passage.start}"]
    until = [] if passage.end is None else [f"until {passage.end}"]
    return " ".join([*since, *until])
