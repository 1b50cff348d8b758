"""What `amparo mutate` does not ask again comes out as before."""

from dataclasses import replace

import pytest
from hypothesis import given

import laws
from amparo.diagnostics import Rejected
from amparo.verify.against import WORSE, combined
from amparo.verify.ask import Asking
from amparo.verify.finding import Finding, Verdict
from amparo.verify.inquiry import Inquiry
from amparo.verify.mutate import as_it_is, can_be_worse, mutants
from amparo.verify.outcome import outcomes
from strategies.laws import texts
from tally import count
from trying import trying


@pytest.mark.slow
@trying(30)
@given(texts())
def test_what_is_not_asked_again_comes_out_as_before(text: str) -> None:
    try:
        law = laws.law(text)
    except Rejected:
        return
    inquiry = laws.inquiry(law)
    held = tuple(filter(can_be_worse, as_it_is(inquiry)))
    if not held:
        return

    for mutant in mutants(inquiry, held):
        told = {(each.rule, each.act): each.after for each in mutant.losses}
        for finding in held:
            asked = _asked(inquiry.to(mutant.weakening.law), finding)
            expected = told.get((finding.rule, finding.act), finding.verdict)
            assert max(WORSE[asked], WORSE[finding.verdict]) == WORSE[expected]
            count("protections asked without a safeguard")
            count("of these, worse without it", int(asked != finding.verdict))


def _asked(inquiry: Inquiry, finding: Finding) -> Verdict:
    asking = Asking.of(replace(inquiry, gravest=False), finding)
    verdict, _ = combined(asking, tuple(outcomes(asking, brief=True)))
    return verdict
