"""The questions that are asked, each a rule: what it looks for, and how much it weighs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal as OneOf

from amparo.core.law import Denial

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
    "protection-gap",
    "lost-protection",
    "never-applies",
    "no-effect",
    "unclassified-act",
    "competence-gap",
    "competence-overlap",
    "holds-vacuously",
    "change",
    "expired-waiver",
    "unused-waiver",
]
OF_WAIVERS: tuple[Rule, ...] = ("expired-waiver", "unused-waiver")
"""The rules that are about waivers, not about the law."""


DENIALS: Mapping[Rule, Denial] = {"denied-right": "forbidden", "right-without-remedy": "no basis"}
"""How the lower law denies what is guaranteed, by the rule that asks about it."""


@dataclass(frozen=True, slots=True)
class About:
    """``fired`` heads a finding; ``can_be`` says what can happen, as the end of a sentence.

    ``clear`` is what was found where nothing fired; None: every answer is told in full.
    """

    level: Level
    fired: str
    can_be: str
    clear: str | None = None


RULES: Mapping[Rule, About] = {
    "licensed-violation": About(
        "error", "CONTRADICTS", "everybody can obey the law, and the protection still be broken"
    ),
    "missing-safeguard": About(
        "error", "CONTRADICTS", "everybody can obey the law, and the duty still not be met"
    ),
    "denied-right": About(
        "error",
        "DENIES A RIGHT",
        "everybody can obey the law, and the right be forbidden",
        "the law forbids nothing that is guaranteed",
    ),
    "right-without-remedy": About(
        "error",
        "CONTRADICTS",
        "everybody can obey the law, and the right have no way to be used",
    ),
    "commanded-violation": About(
        "error",
        "COMMANDS A VIOLATION",
        "the law demands what is forbidden here, and leaves no other way to obey it",
        "the law demands nothing that is forbidden",
    ),
    "conflict": About(
        "error", "CONFLICT", "two norms cannot both be obeyed, and nothing decides between them"
    ),
    "no-way-to-comply": About(
        "error",
        "CANNOT BE OBEYED",
        "whatever anybody does, some norm is not obeyed",
        "every duty can be met, and all other law obeyed",
    ),
    "improper-limit": About(
        "error",
        "IMPROPER LIMIT",
        "the right is limited by a rank or for an aim that may not limit it",
        "no right is limited by a rank or for an aim that may not limit it",
    ),
    "protection-gap": About(
        "error",
        "NOT IN FORCE FOR A TIME",
        "what is protected against before and after may be done then",
    ),
    "lost-protection": About(
        "error", "PROTECTION LOST", "what was protected before is protected no more"
    ),
    "never-applies": About(
        "warning", "NEVER APPLIES", "there is no case to which this applies", "every norm can apply"
    ),
    "no-effect": About(
        "warning",
        "NO EFFECT",
        "without these words every case would be judged the same",
        "every norm and exception decides some case",
    ),
    "unclassified-act": About(
        "warning",
        "UNCLASSIFIED",
        "no norm says whether such an act is one of those that are protected against",
        "every act of authority is classified",
    ),
    "competence-gap": About(
        "warning", "NOBODY IS COMPETENT", "nobody may authorise such an act", "no gap of competence"
    ),
    "competence-overlap": About(
        "warning",
        "SEVERAL ARE COMPETENT",
        "more than one authority may authorise such an act",
        "no overlap of competences",
    ),
    "holds-vacuously": About(
        "note",
        "HOLDS VACUOUSLY",
        "no act of which the protection speaks can lawfully happen, so nothing tests it",
        "every protection that holds has a lawful case to hold in",
    ),
    "change": About(
        "note", "CHANGED", "the same case is judged differently before and after", "nothing changed"
    ),
    "expired-waiver": About("error", "WAIVER EXPIRED", "what was waived is waived no longer"),
    "unused-waiver": About("error", "WAIVER WITHOUT A USE", "what is waived here is not found"),
}
