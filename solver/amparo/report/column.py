"""Sentences laid out in a column."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amparo.report.escape import visible
from amparo.report.style import Paint, Role, plainly
from amparo.verify.finding import Outcome

NARROWEST = 40


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ``width``, which only a word that is longer exceeds."""

    width: int = 80
    paint: Paint = plainly

    def said(
        self, text: str, *, indent: int = 0, mark: str = "", role: Role | None = None
    ) -> Iterator[str]:
        """Yield ``text`` wrapped, with what a terminal would not show made visible."""
        lines = textwrap.wrap(
            visible(text),
            max(self.width, NARROWEST),
            initial_indent=" " * indent + mark,
            subsequent_indent=" " * (indent + len(mark)),
            break_on_hyphens=False,
            break_long_words=False,
        )
        yield from (self.paint(line, role) if role else line for line in lines)

    def numbered(self, sentences: Iterable[str]) -> Iterator[str]:
        """Yield a case, one numbered sentence after another."""
        for number, sentence in enumerate(sentences, start=1):
            yield from self.said(sentence, indent=4, mark=f"{number:>2}. ")

    def listed(self, heading: str, entries: Iterable[str]) -> Iterator[str]:
        """Yield ``entries`` under a heading; nothing where there are none."""
        for index, each in enumerate(entries):
            if not index:
                yield from ("", self.paint(f"{heading}:", "strong"))
            yield from self.said(each, indent=2, mark="- ")

    def by_reading(self, outcomes: tuple[Outcome, ...], words: dict[str, str]) -> Iterator[str]:
        """Yield what comes out under each reading, if readings matter; ``words`` for the verdicts."""
        if not any(each.readings for each in outcomes):
            return
        if len({each.verdict for each in outcomes}) == 1:
            asked = " and ".join(outcomes[0].readings)
            yield from self.said(f"The same under every reading of {asked}.", indent=2)
            return
        for each in outcomes:
            chosen = " and ".join(f"{name} is {option}" for name, option in each.readings.items())
            yield from self.said(f"if {chosen}: {words[each.verdict]}", indent=2, mark="- ")
