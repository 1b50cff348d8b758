"""A result as JSON. The shape is published (`schema.json`) and only ever extended.

Money is given as an amount with two decimals and its currency, shares as fractions (``1/2``),
dates as ISO 8601, so that nothing is lost in a reader's floating point.
"""

import datetime
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from importlib.resources import files

from amparo.core.citation import in_words, located, title
from amparo.core.condition import Money, Sort
from amparo.core.law import Law, NormId, Provision
from amparo.core.world import Ground, Plain, World
from amparo.diagnostics import Diagnostic
from amparo.report.escape import visible
from amparo.report.result import Examined, Result
from amparo.text import Span
from amparo.verify.finding import Cause, Finding, Outcome

FORMAT_VERSION = "1.0"

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

_UNPRINTABLE = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def render_json(result: Result) -> str:
    """Return ``result`` as one JSON object, its keys in a fixed order."""
    return _printed(
        {
            "format_version": FORMAT_VERSION,
            "verdict": result.verdict,
            "findings": [
                _finding(each, finding) for each in result.examined for finding in each.findings
            ],
            "bodies": [_body(each) for each in result.examined],
            "diagnostics": [_diagnostic(each, "warning") for each in result.warnings],
        }
    )


def render_rejected(diagnostics: Iterable[Diagnostic], message: str = "") -> str:
    """Return the JSON object of a run that came to no verdict: `undecided`, with the reasons."""
    return _printed(
        {
            "format_version": FORMAT_VERSION,
            "verdict": "undecided",
            "findings": [],
            "bodies": [],
            "diagnostics": [_diagnostic(each, "error") for each in diagnostics],
            "message": message,
        }
    )


def schema() -> str:
    """Return the JSON Schema (2020-12) that every object printed here conforms to."""
    return files("amparo.report").joinpath("schema.json").read_text("utf-8")


def _printed(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _body(examined: Examined) -> Json:
    report = examined.report
    return {
        "body": report.body,
        "bills": list(report.bills),
        "as_of": None if report.as_of is None else report.as_of.isoformat(),
        "notes": list(report.notes),
    }


def _finding(examined: Examined, finding: Finding) -> Json:
    law, outcome = examined.law, finding.outcome
    return {
        "body": examined.report.body,
        "rule": finding.rule,
        "verdict": finding.verdict,
        "status": finding.status,
        "base_verdict": finding.base_verdict,
        "counts": examined.counts(finding),
        "provision": _provision(law, finding.provision),
        "relies_on": _relied_on(law, outcome.relies_on),
        "cause": [_cause(each) for each in finding.cause],
        "cure": list(finding.cure),
        "story": list(outcome.story),
        "world": None if outcome.world is None else _world(law, outcome.world),
        "outcomes": [_outcome(law, each) for each in finding.outcomes],
        "assumptions": list(finding.assumptions),
        "as_of": None if examined.report.as_of is None else examined.report.as_of.isoformat(),
        **_place(finding.span),
    }


def _outcome(law: Law, outcome: Outcome) -> Json:
    return {
        "readings": dict(outcome.readings),
        "verdict": outcome.verdict,
        "relies_on": _relied_on(law, outcome.relies_on),
        "story": list(outcome.story),
        "world": None if outcome.world is None else _world(law, outcome.world),
        "note": outcome.note,
    }


def _relied_on(law: Law, norms: Iterable[NormId]) -> Json:
    return [_provision(law, located(law, each)) for each in norms]


def _provision(law: Law, place: Provision) -> Json:
    return asdict(place) | {"citation": in_words(law, place), "title": title(law, place)}


def _cause(cause: Cause) -> Json:
    return {
        "bill": cause.bill,
        "instruction": cause.text,
        "ordinal": cause.instruction,
        **_place(cause.span),
    }


def _world(law: Law, world: World) -> Json:
    facts = law.vocabulary.facts
    return {
        "individuals": [
            {"name": name, "kinds": sorted(kinds)} for name, kinds in world.things.items()
        ],
        "facts": [
            *(_fact(ground, "relation", True) for ground in sorted(world.relations)),
            *(_fact(ground, "state", True) for ground in sorted(world.states)),
            *(_fact(ground, "open", value) for ground, value in sorted(world.open_facts.items())),
            *(
                _fact(
                    ground,
                    "attribute",
                    _value(value, facts[ground[0]].sort if ground[0] in facts else None),
                )
                for ground, value in sorted(world.attributes.items(), key=lambda each: each[0])
            ),
        ],
        "events": [
            {
                "name": event.name,
                "kinds": sorted(event.kinds),
                "on": event.on.isoformat(),
                "order": event.order,
                "roles": {
                    role: _value(value, _sort_of_role(law, event.kinds, role))
                    for role, value in event.roles.items()
                },
            }
            for event in sorted(world.events.values(), key=lambda each: (each.moment, each.name))
        ],
        "closing": world.closing.isoformat(),
        "readings": dict(world.readings),
    }


def _fact(ground: Ground, category: str, value: Json) -> Json:
    name, arguments = ground
    return {"fact": name, "category": category, "arguments": list(arguments), "value": value}


def _sort_of_role(law: Law, kinds: Iterable[str], role: str) -> Sort | None:
    known = law.vocabulary.kinds
    roles: Mapping[str, Sort] = {
        name: sort for kind in sorted(kinds) if kind in known for name, sort in known[kind].roles
    }
    return roles.get(role)


def _value(value: Plain, sort: Sort | None) -> Json:
    match value, sort:
        case int(), Money(currency):
            sign, hundredths = "-" if value < 0 else "", abs(value)
            return {
                "amount": f"{sign}{hundredths // 100}.{hundredths % 100:02}",
                "currency": currency,
            }
        case datetime.date(), _:
            return value.isoformat()
        case Fraction(), _:
            return str(value)
        case _:
            return value


def _diagnostic(diagnostic: Diagnostic, severity: str) -> Json:
    return {
        "severity": severity,
        "code": diagnostic.code,
        "message": visible(diagnostic.message),
        "help": diagnostic.help,
        **_place(diagnostic.primary),
        "column": diagnostic.primary.column,
        "related": [{"message": each.text, **_place(each.span)} for each in diagnostic.related],
    }


def _place(span: Span) -> dict[str, Json]:
    return {"file": span.source.path, "line": span.line}
