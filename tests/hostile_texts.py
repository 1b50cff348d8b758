"""Norm files mutated word by word, and what must be so of whatever comes out.

A mutation of bytes seldom gets past the first word. These move, double, drop and exchange words
of norm files, or sentences, or put in keywords of the language: most get to the laws, and some are
laws.
"""

import random
import re
from pathlib import Path

import town
from amparo.diagnostics import Rejected
from amparo.pipeline.editions import Editions
from amparo.pipeline.load import DEFAULT_RANKS, Body
from amparo.syntax.keywords import load, spellings
from amparo.syntax.parse import parse
from amparo.syntax.tree import Bill, File
from amparo.syntax.unparse import unparse
from amparo.text import Source
from expect import REPOSITORY, amparo

WHOLE = ("\n".join((town.WORDS, town.CHARTER, town.HOUSING)),)
"""Laws that have a verdict: what is made of them is often law, and is checked."""
WORD = re.compile(r'"(?:[^"\\\n]|\\.)*"|\w+|\s+|.', re.DOTALL)
SEEDS = sorted(REPOSITORY.glob("norms/docket/*/*.norm"), key=lambda each: each.stat().st_size)[:60]
STRANGE = (
    '"',
    "\u202e",
    "А",
    "9" * 19,
    "9999-12-31",
    "0001-01-01",
    "(",
    "not ",
    "100 percent",
    "0",
)


def keywords() -> list[str]:
    """Return every keyword of the language."""
    return sorted({each for spelled in spellings(load()).values() for each in spelled})


def mutated(text: str, chance: random.Random) -> str:
    """Return ``text`` with some of its words changed."""
    words = WORD.findall(text)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        if not words:
            return ""
        at, other = chance.randrange(len(words)), chance.randrange(len(words))
        match chance.randrange(8):
            case 0:
                del words[at]
            case 1:
                words.insert(at, words[other])
            case 2:
                words[at], words[other] = words[other], words[at]
            case 3:
                words[at] = words[other]
            case 4:
                words.insert(at, f" {chance.choice(keywords())} ")
            case 5:
                words[at] = chance.choice(STRANGE)
            case 6:
                del words[at : at + chance.randrange(1, 30)]
            case _:
                start = max(0, at - chance.randrange(1, 30))
                words[at:at] = words[start:at] * chance.choice((1, 1, 2, 30))
    return "".join(words)


def judged(text: str) -> str:
    """Return how far ``text`` got: `read`, `law`, or that it was refused. Anything else is a fault.

    What is read without a fault, printed and read again is the same.
    """
    source = Source("law.norm", text)
    file, problems = parse(source)
    if problems:
        return "refused as a text"
    again, faults = parse(Source("law.norm", unparse(file)))
    assert not faults, faults
    assert again == file
    return _elaborated(file)


def _elaborated(file: File) -> str:
    bills = tuple(each for each in file.items if isinstance(each, Bill))
    try:
        Editions(Body("law", DEFAULT_RANKS, (file,)), bills).head()
    except Rejected:
        return "refused as a law"
    return "law"


def checked(text: str, folder: Path) -> int:
    """Return how `amparo check` of ``text`` ends, which is no failure of its own.

    Text that is refused never ends with 0.
    """
    (folder / "amparo.toml").touch()
    (folder / "law.norm").write_text(text, encoding="utf-8", errors="surrogatepass")
    ended = amparo("check", folder, "--timeout", "0.1", "--no-cache", "--jobs", "1")
    assert "this is a bug in amparo" not in ended.err, ended.err
    refused = "there is no verdict" in ended.err
    assert refused == (ended.code == 2 and "error[" in ended.err), ended
    assert ended.code in (0, 1, 2, 3), ended
    return ended.code
