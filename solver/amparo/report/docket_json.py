"""Decided cases as JSON.

The shape is published (`docket.schema.json`) and only ever extended.
"""

import datetime
from collections.abc import Sequence

from amparo.core.citation import located
from amparo.core.law import Law, NormId
from amparo.report.heard import Answer, CaseTold, Heard, Tried, agreement, pairs
from amparo.report.json import FORMAT_VERSION, Json, printed, provision_json, world_json
from amparo.verify.finding import Finding, Outcome


def render_docket_json(several: Sequence[Heard]) -> str:
    """Return the decisions as one JSON object, its keys in a fixed order."""
    return printed(
        {
            "format_version": FORMAT_VERSION,
            "agreement": agreement(several),
            "decisions": [_heard(each) for each in several],
            "pairs": [
                {"about": each.about, "decisions": [_name(heard) for heard in each.heard]}
                for each in pairs(several)
            ],
        }
    )


def _name(heard: Heard) -> Json:
    return {"body": heard.body, "name": heard.decision.name}


def _heard(heard: Heard) -> Json:
    decision = heard.decision
    decided = decision.decided
    return {
        "body": heard.body,
        "name": decision.name,
        "title": decision.title,
        "court": decision.court,
        "decided": decided.isoformat() if isinstance(decided, datetime.date) else str(decided),
        "cites": decision.cites,
        "evidence": decision.evidence,
        "facts": decision.facts,
        "held": decision.held,
        "because": decision.because,
        "about": list(decision.about),
        "untranslated": [
            {"sentence": sentence, "because": because}
            for sentence, because in decision.untranslated
        ],
        "answered": heard.verdict,
        "outcome": heard.outcome,
        "ground": heard.ground,
        "trials": [_tried(each) for each in heard.trials],
        "file": decision.span.source.path,
        "line": decision.span.line,
    }


def _tried(tried: Tried) -> Json:
    return {
        "part": tried.part,
        "title": tried.title,
        "bills": [each.name for each in tried.bills],
        "without_bills": [each.name for each in tried.without],
        "as_of": None if tried.as_of is None else tried.as_of.isoformat(),
        "readings": dict(tried.readings),
        "answers": [_answer(tried.law, each) for each in tried.answers],
        "case": None if tried.case is None else _case(tried.law, tried.case),
        "file": tried.span.source.path,
        "line": tried.span.line,
    }


def _answer(law: Law, answer: Answer) -> Json:
    return {
        "expected": " ".join(answer.asked.span.text.split()),
        "as_expected": not answer.faults,
        "faults": list(answer.faults),
        "undecided": answer.undecided,
        "finding": None if answer.finding is None else _finding(law, answer.finding),
        "others": [
            {
                "rule": each.rule,
                "verdict": each.verdict,
                "provision": provision_json(law, each.provision),
                "act": each.act,
            }
            for each in answer.others
        ],
    }


def _finding(law: Law, finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict,
        "provision": provision_json(law, finding.provision),
        "act": finding.act,
        "outcomes": [_outcome(law, each) for each in finding.outcomes],
    }


def _outcome(law: Law, outcome: Outcome) -> Json:
    return {
        "readings": dict(outcome.readings),
        "verdict": outcome.verdict,
        "relies_on": [_place(law, each) for each in outcome.relies_on],
        "story": list(outcome.story),
        "world": None if outcome.world is None else world_json(law, outcome.world),
        "note": outcome.note,
        "turns_on": list(outcome.turns_on),
    }


def _case(law: Law, case: CaseTold) -> Json:
    return {
        "broken": [_place(law, each) for each in case.broken],
        "kept": case.kept,
        "undecided": case.undecided,
        "story": list(case.story),
        "world": world_json(law, case.world),
    }


def _place(law: Law, norm: NormId) -> Json:
    return provision_json(law, located(law, norm))
