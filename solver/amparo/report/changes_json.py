"""What two laws judge differently, as JSON.

The shape is published (`schemas`) and only ever extended.
"""

from amparo.core.law import Law
from amparo.explain.changes import extent, headline, place
from amparo.report.changes import Changes, Compared
from amparo.report.json import (
    FORMAT_VERSION,
    Json,
    diagnostic_json,
    printed,
    provision_json,
    world_json,
)
from amparo.verify.compare import Change
from amparo.verify.finding import Outcome


def render_changes_json(changes: Changes) -> str:
    """Return ``changes`` as one JSON object, its keys in a fixed order."""
    return printed(
        {
            "format_version": FORMAT_VERSION,
            "verdict": changes.verdict,
            "findings": [
                _finding(each, change)
                for each in changes.compared
                for change in (*each.comparison.changes, *each.comparison.undecided)
            ],
            "bodies": [_body(each) for each in changes.compared],
            "diagnostics": [diagnostic_json(each, "warning") for each in changes.warnings],
        }
    )


def _body(each: Compared) -> Json:
    comparison = each.comparison
    return {
        "body": each.body,
        "bills": list(each.bills),
        "as_of": None if each.as_of is None else each.as_of.isoformat(),
        "unchanged": comparison.unchanged,
        "asked": comparison.asked,
        "incomparable": sorted(comparison.united.incomparable),
        "notes": list(each.notes),
    }


def _finding(each: Compared, change: Change) -> Json:
    united, outcome = each.comparison.united, change.outcome
    law = united.after
    where = place(united, change)
    return {
        "body": each.body,
        "rule": "change",
        "verdict": outcome.verdict,
        "topic": change.matter.topic,
        "gained": change.gained,
        "kind": change.matter.kind,
        "headline": headline(united, change),
        "provision": None if where is None else provision_json(law, where),
        "reach": [
            {"role": one.role, "reached": list(one.reached), "spared": list(one.spared)}
            for one in change.reach
        ],
        "extent": list(extent(united, change)),
        "story": list(outcome.story),
        "world": None if outcome.world is None else world_json(law, outcome.world),
        "outcomes": [_outcome(law, one) for one in change.outcomes],
    }


def _outcome(law: Law, outcome: Outcome) -> Json:
    return {
        "readings": dict(outcome.readings),
        "verdict": outcome.verdict,
        "story": list(outcome.story),
        "world": None if outcome.world is None else world_json(law, outcome.world),
        "note": outcome.note,
    }
