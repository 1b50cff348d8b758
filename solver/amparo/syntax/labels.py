"""How the numbers and letters of provisions follow each other."""

import re

_RUN = re.compile(r"(\d+)|[^\W\d_]+")


def order(label: str) -> tuple[int, ...]:
    """Return the place of ``label`` among its like: 7, 7-1, 7A, 8, 10; a, b, aa.

    Letters follow each other as in their alphabet, whether capital or small.
    """
    return tuple(int(run[0]) if run[1] else _value(run[0]) for run in _RUN.finditer(label))


def _value(letters: str) -> int:
    value = 0
    for each in letters.lower():
        value = value * 0x110000 + ord(each)
    return value
