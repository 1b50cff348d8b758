"""A result as GitLab's code quality report: a JSON array of issues, each with a fingerprint."""

from collections.abc import Iterable, Iterator

from amparo.diagnostics import Diagnostic
from amparo.report.escape import visible
from amparo.report.identity import identified_faults
from amparo.report.json import Json, printed
from amparo.report.result import Refusal, Result
from amparo.report.said import NO_VERDICT, fault, first, found, summary, waived
from amparo.report.spot import spot
from amparo.report.telling import sentence
from amparo.text import NOWHERE, Span
from amparo.verify.rules import Level

_SEVERITIES: dict[Level, str] = {"error": "critical", "warning": "major", "note": "info"}


def render_gitlab(ended: Result | Refusal) -> str:
    """Return what a run ended with as issues, the worst first."""
    match ended:
        case Refusal(faults, message):
            issues = list(_faults(faults, "blocker"))
            if not faults:
                said = f"{NO_VERDICT} {visible(sentence(message))}"
                issues.append(_issue(said, "no-verdict", "no-verdict", "blocker", NOWHERE))
        case Result(_, warnings):
            issues = []
            for each in found(ended):
                finding = each.finding
                story = map(visible, finding.outcome.story)
                said = " ".join((summary(each.examined, finding), *waived(finding), *story))
                issues.append(
                    _issue(
                        said, finding.rule, each.identity, _SEVERITIES[each.level], first(finding)
                    )
                )
            issues += _faults(warnings, "minor")
    return printed(issues)


def _faults(diagnostics: Iterable[Diagnostic], severity: str) -> Iterator[Json]:
    for name, each in identified_faults(diagnostics):
        yield _issue(fault(each), each.code, name, severity, each.primary)


def _issue(said: str, rule: str, fingerprint: str, severity: str, span: Span) -> Json:
    at = spot(span)
    return {
        "description": said,
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": visible(at.path), "lines": {"begin": at.line}},
    }
