"""A result as JSON. The shape is published (`schemas`) and only ever extended.

Money is given as an amount with two decimals and its currency, shares as fractions (``1/2``),
dates as ISO 8601, so that nothing is lost in a reader's floating point.
"""

import datetime
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction

from amparo.core.case import Waiver
from amparo.core.citation import in_words, located, title
from amparo.core.condition import Money, Sort
from amparo.core.law import Law, NormId, Provision
from amparo.core.world import Ground, Plain, World
from amparo.diagnostics import Diagnostic
from amparo.report.escape import visible
from amparo.report.identity import identified
from amparo.report.result import Configured, Examined, Refusal, Result, Spent
from amparo.report.said import first
from amparo.report.statistics import kinds
from amparo.text import Span
from amparo.verify.finding import Cause, Finding, Opinion, Outcome, Stretch, Way

FORMAT_VERSION = "1.0"

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

_UNPRINTABLE = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def render_ended(ended: Result | Refusal) -> str:
    """Return what a run ended with as one JSON object."""
    match ended:
        case Result():
            return render_json(ended)
        case Refusal(diagnostics, message):
            return render_rejected(diagnostics, message)


def render_json(result: Result) -> str:
    """Return ``result`` as one JSON object, its keys in a fixed order."""
    return printed(
        {
            "format_version": FORMAT_VERSION,
            "verdict": result.verdict,
            "findings": [
                _finding(each, name, finding)
                for each in result.examined
                for name, finding in identified(each)
            ],
            "bodies": [_body(each) for each in result.examined],
            "diagnostics": [diagnostic_json(each, "warning") for each in result.warnings],
            "configuration": None if result.configured is None else _configured(result.configured),
            **({} if result.spent is None else {"statistics": _statistics(result, result.spent)}),
        }
    )


def render_rejected(diagnostics: Iterable[Diagnostic], message: str = "") -> str:
    """Return the JSON object of a run that came to no verdict: `undecided`, with the reasons."""
    return printed(
        {
            "format_version": FORMAT_VERSION,
            "verdict": "undecided",
            "findings": [],
            "bodies": [],
            "diagnostics": [diagnostic_json(each, "error") for each in diagnostics],
            "message": message,
        }
    )


def printed(value: Json) -> str:
    """Return ``value`` as text, with nothing in it that a terminal would not show."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _statistics(result: Result, spent: Spent) -> Json:
    return {
        "findings": [{**asdict(kind), "count": count} for kind, count in kinds(result)],
        "solver": {
            "calls": spent.calls,
            "effort": spent.effort,
            "remembered": spent.remembered,
            "milliseconds": round(spent.solving * 1000),
        },
        "milliseconds": round(spent.seconds * 1000),
    }


def _configured(found: Configured) -> Json:
    return {
        "file": found.file,
        "settings": {key: json.loads(value) for key, value in found.settings.items()},
    }


def _body(examined: Examined) -> Json:
    report = examined.report
    return {
        "body": report.body,
        "bills": list(report.bills),
        "against": report.against or None,
        "as_of": None if report.as_of is None else report.as_of.isoformat(),
        "notes": list(report.notes),
        "adoptable": _adoptable(report.adoptable),
        "second_opinion": _opinion(report.opinion),
    }


def _finding(examined: Examined, name: str, finding: Finding) -> Json:
    law, outcome = examined.law, finding.outcome
    return {
        "id": name,
        "body": examined.report.body,
        "rule": finding.rule,
        "verdict": finding.verdict,
        "status": finding.status,
        "base_verdict": finding.base_verdict,
        "counts": examined.counts(finding),
        "waived": None if finding.waived is None else _waiver(finding.waived),
        "provision": provision_json(law, finding.provision),
        "act": finding.act,
        "relies_on": _relied_on(law, outcome.relies_on),
        "cause": [_cause(each) for each in finding.cause],
        "causes": [[_cause(each) for each in cause] for cause in finding.causes],
        "adoptable": _adoptable(finding.adoptable),
        "altered": [
            {"what": each.what, "manner": each.manner, **_place(each.span)}
            for each in finding.altered
        ],
        "cure": list(finding.cure),
        "notes": list(finding.notes),
        "story": list(outcome.story),
        "world": None if outcome.world is None else world_json(law, outcome.world),
        "outcomes": [_outcome(law, each) for each in finding.outcomes],
        "assumptions": list(finding.assumptions),
        "segments": [_stretch(law, each) for each in finding.segments],
        "as_of": None if examined.report.as_of is None else examined.report.as_of.isoformat(),
        "second_opinion": _opinion(finding.opinion),
        "shown_at": _place(first(finding)),
        **_place(finding.span),
    }


def _waiver(waiver: Waiver) -> Json:
    return {
        "reason": waiver.reason,
        "author": waiver.author,
        "until": waiver.until.isoformat(),
        "verdict": waiver.verdict,
        "bills": list(waiver.bills),
        **_place(waiver.span),
    }


def _stretch(law: Law, stretch: Stretch) -> Json:
    start, end = stretch.period.start, stretch.period.end
    return {
        "from": None if start is None else start.isoformat(),
        "until": None if end is None else end.isoformat(),
        "in_force": stretch.norm is not None,
        "verdict": stretch.verdict,
        "status": stretch.status,
        "outcomes": [_outcome(law, each) for each in stretch.outcomes],
    }


def _outcome(law: Law, outcome: Outcome) -> Json:
    return {
        "readings": dict(outcome.readings),
        "verdict": outcome.verdict,
        "relies_on": _relied_on(law, outcome.relies_on),
        "story": list(outcome.story),
        "world": None if outcome.world is None else world_json(law, outcome.world),
        "note": outcome.note,
        "others": [_way(law, each) for each in outcome.others],
    }


def _way(law: Law, way: Way) -> Json:
    return {
        "norms": _relied_on(law, way.norms),
        "differs": list(way.story),
        "world": world_json(law, way.world),
    }


def _relied_on(law: Law, norms: Iterable[NormId]) -> Json:
    return [provision_json(law, located(law, each)) for each in norms]


def provision_json(law: Law, place: Provision) -> Json:
    """Return a place in the law, with its citation and what it is about."""
    return asdict(place) | {"citation": in_words(law, place), "title": title(law, place)}


def _adoptable(part: tuple[Cause, ...] | None) -> Json:
    return None if part is None else [_cause(each) for each in part]


def _opinion(said: Opinion | None) -> Json:
    return None if said is None else asdict(said)


def _cause(cause: Cause) -> Json:
    return {
        "bill": cause.bill,
        "instruction": cause.text,
        "ordinal": cause.instruction,
        **_place(cause.span),
    }


def world_json(law: Law, world: World) -> Json:
    """Return a case: individuals, facts and dated events up to a closing date."""
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


def diagnostic_json(diagnostic: Diagnostic, severity: str) -> Json:
    """Return a fault of the text."""
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
