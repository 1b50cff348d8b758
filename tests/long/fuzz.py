"""Norm files mutated word by word and byte by byte, guided by which code they reach.

`--examples` is how many texts are tried. Each is read, printed and read again, and made law;
every third that is law is checked. What raises anything but a refusal, takes more than a
minute or more than two gigabytes is a fault, and is kept in `.fuzz/`. With the extra `evidence`
`--guided` has atheris guide the search
by the code that is reached; otherwise chance alone does.
"""

import importlib
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from types import ModuleType

from long.figures import FAULTS, REPOSITORY, Asked, Figures

SECONDS, MEGABYTES = 60, 2_000
FOUND = REPOSITORY / ".fuzz"
OFTEN = 3
GUIDED = "--guided"


def run(asked: Asked) -> Figures:
    """Try that many texts in a process of its own, and count how far they got."""
    FOUND.mkdir(exist_ok=True)
    (FOUND / ".gitignore").write_text("*\n")
    counts = FOUND / "counts"
    counts.unlink(missing_ok=True)
    ended = subprocess.run(
        [sys.executable, __file__, str(asked.examples), str(asked.seed), *asked.more],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "tests")},
        check=False,
    )
    found = Counter[str]()
    for line in counts.read_text().splitlines() if counts.exists() else ():
        number, what = line.split(" ", 1)
        found[what] = int(number)
    faults = found.pop(FAULTS, 0) + (ended.returncode not in (0, 1))
    return {**dict(sorted(found.items(), key=lambda each: -each[1])), FAULTS: faults}


class Trying:
    """Tries texts one by one and writes down how they ended."""

    def __init__(self, texts: ModuleType) -> None:
        """Begin with nothing tried; ``texts`` is the module that says what must be so of them."""
        self.texts = texts
        self.found = Counter[str]()
        self.folder = Path(tempfile.mkdtemp())

    def one(self, text: str) -> None:
        """Try ``text``; a fault is kept, and the search goes on."""
        signal.alarm(SECONDS)
        self.found["texts tried"] += 1
        try:
            got = self.texts.judged(text)
            self.found[got] += 1
            if got == "law" and self.found["law"] % OFTEN == 1:
                code = self.texts.checked(text, self.folder)
                self.found[f"checked: ended with {code}"] += 1
        except Exception:
            self.found[FAULTS] += 1
            name = f"fault-{self.found[FAULTS]}.norm"
            (FOUND / name).write_text(text, encoding="utf-8", errors="surrogatepass")
            print(f"{name}: {traceback.format_exc()}", file=sys.stderr, flush=True)
        finally:
            signal.alarm(0)
        if self.found["texts tried"] % 200 == 0:
            self.write()

    def write(self) -> None:
        """Write down what was counted so far: a process that is killed has told it."""
        lines = [f"{number} {what}\n" for what, number in self.found.items()]
        (FOUND / "counts").write_text("".join(lines))


class TooLong(Exception):
    """One text took too long."""


def _too_long(*_: object) -> None:
    raise TooLong(f"more than {SECONDS} seconds")


def _guided(atheris: ModuleType, trying: Trying, examples: int, seed: int) -> None:
    corpus = Path(tempfile.mkdtemp())
    seeds = [
        *(each.read_bytes() for each in trying.texts.SEEDS),
        *map(str.encode, trying.texts.WHOLE),
    ]
    for number, each in enumerate(seeds):
        (corpus / str(number)).write_bytes(each)

    def mutate(content: bytes, most: int, chance: int) -> bytes:
        if chance % 4 == 0:
            return bytes(atheris.Mutate(content, most))
        text = str(trying.texts.mutated(content.decode("utf-8", "replace"), random.Random(chance)))
        return text.encode("utf-8", "replace")[:most]

    def target(content: bytes) -> None:
        trying.one(content.decode("utf-8", "replace"))
        if trying.found["texts tried"] >= examples:
            trying.write()
            os._exit(1 if trying.found[FAULTS] else 0)

    options = [f"-seed={seed + 1}", "-max_len=20000", "-timeout=0", "-print_final_stats=0"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], target, custom_mutator=mutate)
    atheris.Fuzz()


def main() -> int:
    """Search in this process."""
    examples, seed = int(sys.argv[1]), int(sys.argv[2])
    FOUND.mkdir(exist_ok=True)
    signal.signal(signal.SIGALRM, _too_long)
    if GUIDED in sys.argv:
        atheris = importlib.import_module("atheris")
        with atheris.instrument_imports(include=["amparo"]):
            trying = Trying(importlib.import_module("hostile_texts"))
            trying.texts.judged(trying.texts.SEEDS[0].read_text(encoding="utf-8"))
        _bounded()
        _guided(atheris, trying, examples, seed)
    trying, chance = Trying(importlib.import_module("hostile_texts")), random.Random(seed)
    _bounded()
    texts = [each.read_text(encoding="utf-8") for each in trying.texts.SEEDS]
    while trying.found["texts tried"] < examples:
        seeds = chance.choice((texts, trying.texts.WHOLE))
        trying.one(trying.texts.mutated(chance.choice(seeds), chance))
    trying.write()
    return 1 if trying.found[FAULTS] else 0


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))


if __name__ == "__main__":
    sys.exit(main())
