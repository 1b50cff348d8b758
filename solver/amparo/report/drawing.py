"""Parts of pictures as SVG text: wrapped words, cards, lines. Colours are the page's, by classes.

How wide words are is guessed, on the safe side: the reader's font is not known.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from amparo.report.escape import visible

SIZE = 13
"""The height of letters."""
LEADING = 18
"""From one line to the next."""
PADDING = 9
BOLD = 1.15
"""How much wider words are that are set bold."""
EDGE = 2
"""What is left free around a picture, for the lines of its cards."""
_NARROW = frozenset("ijlft.,:;'|!()[]“”‘’\"- ")
_BROAD = frozenset("mwMWЖШЩЮФжшщюф@%")


@dataclass(frozen=True, slots=True)
class Card:
    """Words in a box, whose height follows from them."""

    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    role: str
    badge: str = ""

    @property
    def height(self) -> float:
        """How high it is."""
        return 2 * PADDING + LEADING * len(self.lines)

    @property
    def middle(self) -> float:
        """Its middle, from the top of the picture."""
        return self.y + self.height / 2

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def drawn(self) -> Markup:
        """Return the card."""
        indent = BADGE if self.badge else 0
        parts = [
            Markup('<g class="card {}"><rect x="{}" y="{}" width="{}" height="{}" rx="6"/>').format(
                self.role, number(self.x), number(self.y), number(self.width), number(self.height)
            )
        ]
        if self.badge:
            center = (self.x + PADDING + 9, self.y + PADDING + LEADING / 2)
            parts.append(badge(self.badge, *center))
        parts.append(words(self.lines, self.x + PADDING + indent, self.y + PADDING))
        return Markup("").join((*parts, Markup("</g>")))


BADGE = 26
"""How much room the number of an event takes before its words."""


def card(
    text: str, x: float, width: float, role: str, *, badge: str = "", bold: bool = False
) -> Card:
    """Return ``text`` on a card at the top."""
    room = width - 2 * PADDING - (BADGE if badge else 0)
    return Card(x, 0, width, wrapped(text, room, bold=bold), role, badge)


def badge(text: str, x: float, y: float) -> Markup:
    """Return the number of an event in a circle around a point."""
    return Markup(
        '<g class="badge"><circle cx="{}" cy="{}" r="9"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="11">{}</text></g>'
    ).format(number(x), number(y), number(x), number(y + 4), text)


def words(lines: Sequence[str], x: float, y: float, role: str = "", size: int = SIZE) -> Markup:
    """Return ``lines`` one under another, their upper left corner at a point."""
    spans = Markup("").join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(
            number(x), number(y + LEADING * row + 0.7 * LEADING), visible(line)
        )
        for row, line in enumerate(lines)
    )
    return Markup('<text class="{}" font-size="{}">{}</text>').format(role, size, spans)


def line(start: tuple[float, float], end: tuple[float, float], role: str) -> Markup:
    """Return a curve that leaves and arrives sideways."""
    (x1, y1), (x2, y2) = start, end
    bend = (x2 - x1) / 2
    return Markup('<path class="{}" d="M{} {}C{} {} {} {} {} {}" fill="none"/>').format(
        role, *map(number, (x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2))
    )


def head(x: float, y: float, direction: int) -> Markup:
    """Return the head of an arrow that arrives at a point from the left (1) or the right (-1)."""
    back = x - 8 * direction
    return Markup('<path class="head" d="M{} {}L{} {}L{} {}Z"/>').format(
        *map(number, (x, y, back, y - 4, back, y + 4))
    )


def picture(
    name: str, title: str, told: Iterable[str], size: tuple[float, float], parts: Iterable[Markup]
) -> Markup:
    """Return a picture called ``name``, with a title and all that it shows in words."""
    return Markup(
        '<svg class="{role}" role="img" aria-labelledby="{name}-t {name}-d" '
        'viewBox="{start} {start} {width} {height}" width="{width}" height="{height}">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{told}</desc>{parts}</svg>'
    ).format(
        role=name.rpartition("-")[2],
        name=name,
        title=visible(title),
        told=" ".join(map(visible, told)),
        start=-EDGE,
        width=number(size[0] + 2 * EDGE),
        height=number(size[1] + 2 * EDGE),
        parts=Markup("").join(parts),
    )


def wrapped(text: str, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return ``text`` in lines that are at most ``room`` wide."""
    fits = room / (BOLD if bold else 1)
    lines: list[str] = []
    for word in visible(" ".join(text.split())).split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and breadth(joined) <= fits:
            lines[-1] = joined
            continue
        rest = word
        while breadth(rest) > fits:
            cut = max(1, sum(breadth(rest[: n + 1]) <= fits for n in range(len(rest))))
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return tuple(each for each in lines if each)


def breadth(text: str) -> float:
    """Return about how wide ``text`` is."""
    return sum(map(_breadth, text)) * SIZE


def _breadth(letter: str) -> float:
    if letter in _NARROW:
        return 0.4
    if letter in _BROAD or unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.74 if letter.isupper() else 0.63


def number(value: float) -> str:
    """Return a length with as few digits as it needs."""
    return f"{value:.1f}".removesuffix(".0")
