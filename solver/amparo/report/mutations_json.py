"""On which safeguards a law's protections depend, as JSON.

The shape is published (`mutations.schema.json`) and only ever extended.
"""

from collections.abc import Iterable

from amparo.core.law import Law
from amparo.report.json import FORMAT_VERSION, Json, printed, provision_json
from amparo.report.mutations import Mutated, weakened
from amparo.verify.finding import Finding
from amparo.verify.mutate import Loss, Mutant


def render_mutations_json(several: Iterable[Mutated]) -> str:
    """Return every safeguard of each body as one JSON object, its keys in a fixed order."""
    return printed({"format_version": FORMAT_VERSION, "bodies": [_body(each) for each in several]})


def _body(found: Mutated) -> Json:
    return {
        "body": found.body,
        "bills": list(found.bills),
        "as_of": None if found.as_of is None else found.as_of.isoformat(),
        "protections": [_protection(found.law, each) for each in found.held],
        "not_asked": [_protection(found.law, each) for each in found.left_out],
        "scenarios": found.trials,
        "safeguards": [_mutant(found.law, each) for each in found.mutants],
    }


def _protection(law: Law, finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "provision": provision_json(law, finding.provision),
        "act": finding.act,
        "verdict": finding.verdict,
    }


def _mutant(law: Law, mutant: Mutant) -> Json:
    weakening = mutant.weakening
    return {
        "provision": provision_json(law, weakening.provision),
        "part": weakening.part,
        "words": weakened(law, weakening),
        "dependence": mutant.dependence,
        "losses": [_loss(law, each) for each in mutant.losses],
        "failing_scenarios": list(mutant.trials),
        "file": weakening.span.source.path,
        "line": weakening.span.line,
    }


def _loss(law: Law, loss: Loss) -> Json:
    return {
        "rule": loss.rule,
        "provision": provision_json(law, loss.provision),
        "act": loss.act,
        "before": loss.before,
        "after": loss.after,
    }
