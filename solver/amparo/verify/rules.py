"""The questions that are asked, each a rule: what it looks for, and how much it weighs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal as OneOf

Level = OneOf["error", "warning", "note"]
"""An error decides the verdict of a run; a warning or note is said, and decides nothing."""
Rule = OneOf[
    "licensed-violation",
    "missing-safeguard",
    "denied-right",
    "right-without-remedy",
    "commanded-violation",
    "conflict",
    "no-way-to-comply",
    "improper-limit",
    "never-applies",
    "no-effect",
    "unclassified-act",
    "competence-gap",
    "competence-overlap",
    "holds-vacuously",
    "change",
]


@dataclass(frozen=True, slots=True)
class About:
    """``can_be`` is what a finding says can happen, as the end of a sentence."""

    level: Level
    can_be: str


RULES: Mapping[Rule, About] = {
    "licensed-violation": About(
        "error", "everybody can obey the law, and the protection still be broken"
    ),
    "missing-safeguard": About(
        "error", "everybody can obey the law, and the duty still not be met"
    ),
    "denied-right": About("error", "everybody can obey the law, and the right be forbidden"),
    "right-without-remedy": About(
        "error", "everybody can obey the law, and the right have no way to be used"
    ),
    "commanded-violation": About(
        "error", "the law demands what is forbidden here, and leaves no other way to obey it"
    ),
    "conflict": About("error", "two norms cannot both be obeyed, and nothing decides between them"),
    "no-way-to-comply": About("error", "whatever anybody does, some norm is not obeyed"),
    "improper-limit": About(
        "error",
        "the right guaranteed here is limited by a rank or for an aim that may not limit it",
    ),
    "never-applies": About("warning", "there is no case to which this applies"),
    "no-effect": About("warning", "without these words every case would be judged the same"),
    "unclassified-act": About(
        "warning", "no norm says whether such an act is one of those that are protected against"
    ),
    "competence-gap": About("warning", "nobody may authorise such an act"),
    "competence-overlap": About("warning", "more than one authority may authorise such an act"),
    "holds-vacuously": About(
        "note", "no act of which the protection speaks can lawfully happen, so nothing tests it"
    ),
    "change": About("note", "the same case is judged differently before and after"),
}
