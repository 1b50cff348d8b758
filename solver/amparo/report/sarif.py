"""A result as SARIF 2.1.0, the format in which hosts of code take findings.

A run that came to no verdict, or could not decide something, never looks clean: a fault of the
text is a result, what could not be decided is a result of kind `open` and a notification, and
`executionSuccessful` is false where there is no verdict. A result of level `error` means exit code
1, or 2 where the text was rejected; what bears on no verdict is a `note`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from urllib.parse import quote

from amparo.core.citation import in_words
from amparo.diagnostics import Diagnostic
from amparo.report import telling
from amparo.report.escape import visible
from amparo.report.identity import identified_faults
from amparo.report.json import Json, printed
from amparo.report.pages import page
from amparo.report.result import Refusal, Result
from amparo.report.said import (
    NO_VERDICT,
    Found,
    by_reading,
    fault,
    first,
    found,
    instruction,
    over_time,
    status,
    summary,
    waived,
    words,
)
from amparo.report.spot import Spot, spot
from amparo.report.telling import sentence
from amparo.text import NOWHERE, Span
from amparo.verify.finding import Finding, Verdict
from amparo.verify.rules import RULES, Level

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
LONGEST_DESCRIPTION = 1024
"""No host takes a longer one."""

_KINDS: dict[Verdict, str] = {
    "violated": "fail",
    "depends": "review",
    "holds-if-read-so": "review",
    "unknown": "open",
}
_SEVERITIES: dict[Level, str] = {"error": "error", "warning": "warning", "note": "recommendation"}


def render_sarif(ended: Result | Refusal, *, suppressed: bool = False) -> str:
    """Return what a run ended with as one SARIF log of one run.

    What is waived is told in a notification. It is a result only where ``suppressed``, for there
    are hosts of code that show suppressed results as open.
    """
    match ended:
        case Refusal():
            results = list(_faults(ended.diagnostics, "error"))
            notifications = [_notification("error", _refused(ended))]
            codes = [each.code for each in ended.diagnostics]
            properties: dict[str, Json] = {"verdict": "undecided"}
        case Result():
            every = found(ended)
            several = [each for each in every if suppressed or not each.finding.waived]
            results = [_result(each) for each in several]
            results += _faults(ended.warnings, "warning")
            if suppressed:
                # Of all results of a run or of none, says the standard.
                results = [{"suppressions": [], **each} for each in results]
            notifications = [_undecided(each) for each in several if _is_open(each)]
            notifications += [_waived(each) for each in every if each.finding.waived]
            notifications += _remarks(ended)
            codes = [each.code for each in ended.warnings]
            properties = {"verdict": ended.verdict, "assumptions": _assumptions(ended)}
    run: Json = {
        "tool": {"driver": _driver(codes)},
        "invocations": [
            {
                "executionSuccessful": isinstance(ended, Result),
                "toolExecutionNotifications": notifications,
            }
        ],
        "originalUriBaseIds": {
            ROOT: {"description": {"text": "The folder in which amparo was called."}}
        },
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": properties,
    }
    return printed({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(codes: Iterable[str]) -> Json:
    """Return the tool, with every rule and with the diagnostics that occur."""
    release = version("amparo")
    rules = [
        _descriptor(name, about.level, about.can_be)
        for name, about in RULES.items()
        if name != "change"  # `amparo diff` alone asks for it
    ]
    rules += [_descriptor(each, "error", each) for each in dict.fromkeys(codes)]
    return {
        "name": "amparo",
        "version": release,
        "semanticVersion": release,
        "rules": rules,
    }


def _descriptor(name: str, level: Level, said: str) -> Json:
    text = page(name) or sentence(said)
    paragraphs = [each for each in text.split("\n\n") if not each.startswith("#")]
    first = " ".join(paragraphs[0].split()) if paragraphs else sentence(said)
    short = sentence(said) if name in RULES else first
    called = "".join(word.capitalize() for word in name.split("-"))
    return {
        "id": name,
        # A name that says no more than the identity is said to be wrong by who checks such logs.
        **({} if called.lower() == name else {"name": called}),
        "shortDescription": {"text": short[:LONGEST_DESCRIPTION]},
        "fullDescription": {"text": first[:LONGEST_DESCRIPTION]},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": level},
        "properties": {
            "precision": "very-high",
            "problem.severity": _SEVERITIES[level],
            "tags": ["law"],
        },
    }


def _result(each: Found) -> dict[str, Json]:
    finding = each.finding
    spots = _spots(finding)
    kind = _KINDS[finding.verdict]
    return {
        "ruleId": finding.rule,
        "kind": kind,
        # Of any other kind the standard has the level be `none`.
        "level": each.level if kind == "fail" else "none",
        "message": {"text": _message(each, spots)},
        "locations": [_location(spots[0][0])],
        "relatedLocations": [
            {"id": number, **_location(at), "message": {"text": _unlinked(said)}}
            for number, (at, said) in enumerate(spots[1:], start=1)
        ],
        **_flows(each, spots),
        "partialFingerprints": _fingerprints(each.identity),
        **_baseline(each),
        **_suppressions(finding),
        "properties": {
            "body": visible(each.examined.report.body),
            "provision": visible(str(finding.provision)),
            "act": None if finding.act is None else visible(finding.act),
            "verdict": finding.verdict,
            "status": finding.status,
            "counts": each.examined.counts(finding),
            "waived": finding.waived is not None,
            "cures": list(finding.cure),
            "assumptions": [visible(one) for one in finding.assumptions],
        },
    }


def _spots(finding: Finding) -> Sequence[tuple[Spot, str]]:
    """Return where a finding is to be shown: what causes it first, the provision last."""
    protection = visible(str(finding.provision))
    places: list[tuple[Span, str]] = [
        (cause.span, f"{instruction(cause)}: {cause.text}") for cause in finding.cause
    ]
    places += [
        (each.span, f"{each.what}: {each.manner}")
        for each in finding.altered
        if each.span != NOWHERE
    ]
    places.append((finding.span, protection))
    return [(spot(span), visible(said)) for span, said in places]


def _message(each: Found, spots: Sequence[tuple[Spot, str]]) -> str:
    """Return what a drafter reads, with links to the other places (their ids, from 1)."""
    examined, finding = each.examined, each.finding
    lines = [summary(examined, finding), *map(visible, words(examined, finding))]
    lines += status(examined, finding)
    lines += waived(finding)
    if finding.outcome.note:
        lines.append(visible(sentence(finding.outcome.note)))
    lines += map(visible, over_time(finding))
    if finding.outcome.story:
        lines.append("The case: " + visible(" ".join(finding.outcome.story)))
    lines += map(visible, by_reading(finding))
    if finding.cause:
        lines.append(f"Caused by {spots[0][1]}.")
    lines += (visible(sentence(one)) for one in telling.changes(examined, finding))
    for cure in finding.cure[:1]:
        words_to_paste = "\n".join(map(visible, cure.split("\n")))
        lines.append(f"A cure, verified:\n{words_to_paste}")
    lines += map(visible, telling.remarks(finding))
    paragraphs = [_unlinked(line) for line in lines]
    links = [
        f"[{_unlinked(said)}]({number})" for number, (_, said) in enumerate(spots[1:], start=1)
    ]
    if links:
        paragraphs.append(f"See also {'; '.join(links)}.")
    return "\n\n".join(paragraphs)


def _unlinked(text: str) -> str:
    """Return ``text`` so that nothing in it is taken for a link or a placeholder."""
    escaped = re.sub(r"[\\\[\]]", r"\\\g<0>", text)
    return escaped.replace("{", "{{").replace("}", "}}")


def _flows(each: Found, spots: Sequence[tuple[Spot, str]]) -> dict[str, Json]:
    """Return the case, one step per sentence, and what is other in every other case."""
    outcome = each.finding.outcome
    stories = [("The case", outcome.story)]
    stories += [("Another way", other.story) for other in outcome.others]
    told = [(said, story) for said, story in stories if story]
    if not told:
        return {}
    return {
        "codeFlows": [
            {
                "message": {"text": said},
                "threadFlows": [{"locations": list(_steps(each, story, spots))}],
            }
            for said, story in told
        ]
    }


def _steps(each: Found, story: Sequence[str], spots: Sequence[tuple[Spot, str]]) -> Iterator[Json]:
    """Yield the sentences of a case: what is said of the provision itself stands at its words."""
    provision = visible(in_words(each.examined.law, each.finding.provision))
    breaks = f"{provision[:1].upper()}{provision[1:]} "
    at = spots[0][0]
    for order, told in enumerate(map(visible, story), start=1):
        essential = told.startswith(breaks)
        at = spots[-1][0] if essential else at
        yield {
            "location": {**_location(at), "message": {"text": _unlinked(told)}},
            "executionOrder": order,
            "importance": "essential" if essential else "important",
        }


def _baseline(each: Found) -> dict[str, Json]:
    """Return how a finding stands to what it is compared with, where that is done."""
    if not each.examined.report.compares:
        return {}
    match each.finding.status:
        case "introduced":
            return {"baselineState": "new"}
        case "pre-existing" | "unchanged":
            return {"baselineState": "unchanged"}
        case "cured":  # better than it was, and not in order
            return {"baselineState": "updated"}


def _suppressions(finding: Finding) -> dict[str, Json]:
    """Return what keeps a finding quiet, where something does."""
    waiver = finding.waived
    if waiver is None:
        return {}
    path = waiver.span.source.path
    return {
        "suppressions": [
            {
                "kind": "inSource" if path.endswith((".norm", ".norm.md")) else "external",
                "status": "accepted",
                "justification": " ".join(waived(finding)),
                "location": _location(spot(waiver.span)),
                "properties": {
                    "author": visible(waiver.author),
                    "reason": visible(waiver.reason),
                    "until": waiver.until.isoformat(),
                },
            }
        ]
    }


def _waived(each: Found) -> dict[str, Json]:
    said = " ".join((summary(each.examined, each.finding), *waived(each.finding)))
    return {
        **_notification("note", said),
        "associatedRule": {"id": each.finding.rule},
        "locations": [_location(spot(first(each.finding)))],
    }


def _faults(diagnostics: Iterable[Diagnostic], level: Level) -> Iterator[dict[str, Json]]:
    for name, each in identified_faults(diagnostics):
        yield {
            "ruleId": each.code,
            "kind": "fail",
            "level": level,
            "message": {"text": _unlinked(fault(each))},
            "locations": [_location(spot(each.primary))],
            "relatedLocations": [
                {**_location(spot(one.span)), "message": {"text": _unlinked(visible(one.text))}}
                for one in each.related
            ],
            "partialFingerprints": _fingerprints(name),
        }


def _fingerprints(name: str) -> Json:
    return {"primaryLocationLineHash": f"{name}:1", "amparo/v1": name}


def _is_open(each: Found) -> bool:
    return each.finding.verdict == "unknown"


def _undecided(each: Found) -> dict[str, Json]:
    note = each.finding.outcome.note
    why = f" {visible(sentence(note))}" if note else ""
    said = summary(each.examined, each.finding) + why
    return {
        **_notification("warning", said),
        "associatedRule": {"id": each.finding.rule},
        "locations": [_location(spot(first(each.finding)))],
    }


def _remarks(result: Result) -> Iterator[dict[str, Json]]:
    yield from (_notification("note", visible(sentence(each))) for each in telling.notes(result))


def _refused(refusal: Refusal) -> str:
    count = len(refusal.diagnostics)
    if count:
        return f"{NO_VERDICT} The text has {count} fault{'s' * (count != 1)}."
    return f"{NO_VERDICT} {visible(sentence(refusal.message))}"


def _notification(level: Level, said: str) -> dict[str, Json]:
    return {"level": level, "message": {"text": _unlinked(said)}}


def _assumptions(result: Result) -> Json:
    taken = (a for each in result.examined for one in each.findings for a in one.assumptions)
    return [visible(each) for each in dict.fromkeys(taken)]


def _location(at: Spot) -> dict[str, Json]:
    return {
        "physicalLocation": {
            "artifactLocation": _artifact(at.path),
            "region": {
                "startLine": at.line,
                "startColumn": at.column,
                "endLine": at.line,
                "endColumn": at.end_column,
            },
        }
    }


def _artifact(path: str) -> Json:
    """Return where a file is: relative to the root, or where it lies outside, by itself."""
    # A name that is no text (bytes of another encoding) comes back as these bytes.
    quoted = quote(path, errors="surrogateescape")
    if path.startswith("/"):
        return {"uri": f"file://{quoted}"}
    if re.match("[A-Za-z]:/", path):
        return {"uri": f"file:///{path[:2]}{quoted.removeprefix(quote(path[:2]))}"}
    return {"uri": quoted, "uriBaseId": ROOT}
