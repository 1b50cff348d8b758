"""How much the properties tried: counted as they run, for whoever wants to know.

A property that compares nothing proves nothing. Each counts what it compared, and what it passed
over; `python tests/long properties` adds the numbers up.
"""

import json
import os
from collections import Counter
from pathlib import Path

COUNTED: Counter[str] = Counter()
"""What was counted in this process, in words."""


def count(what: str, number: int = 1) -> None:
    """Count ``what``: a plural, such as "worlds compared"."""
    COUNTED[what] += number


def write() -> None:
    """Append what was counted to the file that `AMPARO_FIGURES` names, if it names one."""
    if path := os.environ.get("AMPARO_FIGURES"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(COUNTED) + "\n")
