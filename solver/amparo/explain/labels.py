"""What everybody in a case is called: by what he is, and by a letter where there are several."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from amparo.core.condition import Enumerated, Money, Sort
from amparo.core.law import Vocabulary
from amparo.core.world import Plain, World

ARTICLES = ("a ", "an ", "the ", "some ")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words for a world's individuals and values."""

    vocabulary: Vocabulary
    world: World
    names: Mapping[str, str]

    def individual(self, name: str) -> str:
        """Return what the individual called ``name`` is called in a sentence."""
        return self.names.get(name, name)

    def value(self, plain: Plain, sort: Sort) -> str:
        """Return a value in words."""
        match plain:
            case datetime.date():
                return day(plain)
            case Fraction() if sort == "share":
                return (
                    f"{plain * 100} %" if plain.denominator in (1, 2, 4, 5, 10, 100) else str(plain)
                )
            case int() | Fraction() if isinstance(sort, Money):
                return money(plain, self.vocabulary.phrases.get(sort.currency, sort.currency))
            case int() if sort == "duration":
                return f"{plain} day{'s' * (plain != 1)}"
            case str() if isinstance(sort, Enumerated):
                return self.vocabulary.phrases.get(plain, plain)
            case str():
                return self.individual(plain)
            case _:
                return str(plain)

    def phrase(self, reads: str, fillers: Mapping[str, str]) -> str:
        """Fill the braces of a declared phrase: ``{by}`` or, of an event, ``{l.of}``."""
        said = reads
        for key, name in fillers.items():
            said = said.replace("{" + key + "}", self.individual(name))
            event = self.world.events.get(name)
            for role, filler in event.roles.items() if event is not None else ():
                if isinstance(filler, str):
                    said = said.replace("{" + f"{key}.{role}" + "}", self.individual(filler))
        return said


def day(date: datetime.date) -> str:
    """Return a date as it is read aloud: ``1 May 2024``."""
    return f"{date.day} {date:%B} {date.year}"


def money(hundredths: int | Fraction, currency: str) -> str:
    """Return an amount with its currency: ``5,000 tenge``."""
    amount = Fraction(hundredths) / 100
    if amount.denominator == 1:
        return f"{int(amount):,} {currency}"
    return f"{float(amount):,.2f} {currency}"


def noun(vocabulary: Vocabulary, kind: str) -> str:
    """Return the noun for a kind: its phrase without the article, or its name in words.

    An act's phrase is a sentence, so its name is taken apart: ``NotaryInscription`` is a
    ``notary inscription``.
    """
    declared = vocabulary.kinds[kind]
    if declared.category == "thing" and declared.reads:
        for article in ARTICLES:
            if declared.reads.startswith(article):
                return declared.reads.removeprefix(article)
        return declared.reads
    words = "".join(f" {each.lower()}" if each.isupper() else each for each in kind)
    return words.replace("_", " ").strip()


def a(phrase: str) -> str:
    """Return a noun with its indefinite article."""
    return f"{'an' if phrase[:1].lower() in 'aeiou' else 'a'} {phrase}"


def as_to(vocabulary: Vocabulary, act: str | None) -> str:
    """Return what is put after a provision that is spoken of as far as ``act`` goes; None: all."""
    return "" if act is None else f", as to {a(noun(vocabulary, act))}"


def plural(phrase: str) -> str:
    """Return a noun in the plural: ``tax authorities``, ``sums of wages``."""
    head, of, rest = phrase.partition(" of ")
    if head.endswith("person"):
        head = f"{head.removesuffix('person')}people"
    elif head.endswith("y") and head[-2:-1] not in "aeiou":
        head = f"{head[:-1]}ies"
    else:
        head += "es" if head.endswith(("s", "x", "ch", "sh")) else "s"
    return f"{head}{of}{rest}"


def label(vocabulary: Vocabulary, world: World) -> Labels:
    """Call everybody in ``world`` by his kind; several of one kind by letters."""
    groups: dict[str, list[str]] = {}
    kinds = {**world.things, **{name: each.kinds for name, each in world.events.items()}}
    for name, members in kinds.items():
        said = " and ".join(noun(vocabulary, kind) for kind in sorted(members))
        groups.setdefault(said, []).append(name)
    names = {}
    for said, group in groups.items():
        for number, name in enumerate(sorted(group, key=lambda each: (len(each), each))):
            names[name] = f"the {said}" if len(group) == 1 else f"{said} {_letter(number)}"
    return Labels(vocabulary, world, names)


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else str(number + 1)  # noqa: PLR2004 - the alphabet
