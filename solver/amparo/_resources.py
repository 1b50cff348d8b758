"""Where the grammar and the norms are.

A wheel carries both folders inside the package; a checkout keeps them at its top, beside
``solver/``. No other module knows there is a difference.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def folder(name: str) -> Traversable:
    """Return the folder called ``name``: ``grammar`` or ``norms``."""
    packaged = files("amparo") / "_data" / name
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / name
