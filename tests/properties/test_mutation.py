"""What `amparo mutate` does not ask again comes out as before."""

from dataclasses import replace

import pytest
from hypothesis import given

import laws
import random_laws
from amparo.core.law import Norm
from amparo.diagnostics import Rejected
from amparo.verify.against import WORSE, combined
from amparo.verify.ask import Asking
from amparo.verify.check import acts_of, check, protections, rules_of
from amparo.verify.finding import Finding, Verdict
from amparo.verify.inquiry import ALWAYS, Inquiry
from amparo.verify.mutate import asked_again, mutants
from amparo.verify.outcome import outcomes
from amparo.verify.rules import DENIALS
from tally import count
from trying import trying


@pytest.mark.slow
@trying(30)
@given(random_laws.laws())
def test_what_is_not_asked_again_comes_out_as_before(text: str) -> None:
    try:
        law = laws.law(text)
    except Rejected:
        return
    inquiry = laws.inquiry(law)
    if not any(_may_be_worse(inquiry, norm) for norm in protections(law, ALWAYS)):
        return
    held = asked_again(check(inquiry))

    for mutant in mutants(inquiry, held):
        told = {(each.rule, each.act): each.after for each in mutant.losses}
        for finding in held:
            asked = _asked(inquiry.to(mutant.weakening.law), finding)
            expected = told.get((finding.rule, finding.act), finding.verdict)
            assert max(WORSE[asked], WORSE[finding.verdict]) == WORSE[expected]
            count("protections asked without a safeguard")
            count("of these, worse without it", int(asked != finding.verdict))


def _may_be_worse(inquiry: Inquiry, norm: Norm) -> bool:
    """Say, in less time than `check` takes, whether it comes out as holding or dependent."""
    rules = rules_of(inquiry.law, norm)
    return any(
        outcome.verdict in ("holds", "depends")
        for rule in rules
        for act in acts_of(norm)
        for outcome in outcomes(Asking(inquiry, norm, DENIALS.get(rule), act), brief=True)
    )


def _asked(inquiry: Inquiry, finding: Finding) -> Verdict:
    asking = Asking.of(replace(inquiry, gravest=False), finding)
    verdict, _ = combined(asking, tuple(outcomes(asking, brief=True)))
    return verdict
