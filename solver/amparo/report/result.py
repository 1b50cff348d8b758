"""What one run found, over every body of law it was asked about, and what that comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from amparo.core.law import Law
from amparo.diagnostics import Diagnostic
from amparo.verify.finding import Finding, Report, Verdict

if TYPE_CHECKING:
    from amparo.syntax.tree import Act  # every start of the program would wait for the tree

Overall = OneOf["holds", "violated", "depends", "undecided"]

_GRAVITY: dict[Verdict, int] = {
    "violated": 0,
    "unknown": 1,
    "depends": 2,
    "holds-if-read-so": 3,
    "holds": 4,
}
_OVERALL: dict[Verdict, Overall] = {
    "violated": "violated",
    "unknown": "undecided",
    "depends": "depends",
    "holds-if-read-so": "depends",
    "holds": "holds",
}


@dataclass(frozen=True, slots=True)
class Examined:
    """One body of law, what was found in it, and the law (with the bill) that the findings name.

    ``acts`` are that law as written, ``acts_before`` the law that it is compared with.
    """

    report: Report
    law: Law
    acts: tuple["Act", ...] = ()
    acts_before: tuple["Act", ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings: those that count first, the worst first, then in order of the law."""
        return tuple(
            sorted(
                self.report.findings,
                key=lambda each: (not self.counts(each), gravity(each.verdict)),
            )
        )

    def counts(self, finding: Finding) -> bool:
        """Say whether ``finding`` bears on the verdict.

        A note does not, nor what is waived; compared with another law, only what is introduced does.
        """
        introduced = not self.report.compares or finding.status == "introduced"
        return introduced and finding.level != "note" and finding.waived is None


@dataclass(frozen=True, slots=True)
class Spent:
    """What a run took: calls of the solver, their effort in its units, and seconds.

    ``solving`` are the seconds of those calls, ``seconds`` those of the whole run; ``remembered``,
    the calls that were not needed, since their answers were known.
    """

    calls: int
    effort: int
    solving: float
    seconds: float
    remembered: int


@dataclass(frozen=True, slots=True)
class Configured:
    """The configuration that a run read, and the ``settings`` in it by which the run went, as JSON."""

    file: str
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found. ``warnings`` are about the text, and change no verdict.

    ``spent`` is what it took, where that was asked for.
    """

    examined: tuple[Examined, ...]
    warnings: tuple[Diagnostic, ...] = ()
    configured: Configured | None = None
    spent: Spent | None = None

    @property
    def verdict(self) -> Overall:
        """The worst verdict of the findings that count."""
        counting = (
            finding.verdict
            for each in self.examined
            for finding in each.report.findings
            if each.counts(finding)
        )
        return _OVERALL[min(counting, key=gravity, default="holds")]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a run came to no verdict: the faults of the text; ``message``, where no text is at fault."""

    diagnostics: tuple[Diagnostic, ...]
    message: str


def gravity(verdict: Verdict) -> int:
    """Return the rank of ``verdict``, the worst first."""
    return _GRAVITY[verdict]
