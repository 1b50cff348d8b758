"""A second solver, given the same text, finds no case where the first proves that there is none."""

from collections.abc import Iterator

import pytest
from hypothesis import given

import laws
from amparo.diagnostics import Rejected
from amparo.smt.cvc5_backend import decide
from amparo.smt.proofs import recorded
from amparo.verify.check import check
from amparo.verify.dead import dead
from amparo.verify.finding import Finding
from amparo.verify.inquiry import Inquiry
from amparo.verify.obstacles import obstacles
from strategies.laws import texts
from tally import count
from trying import trying


@pytest.mark.slow
@trying(60)
@given(texts())
def test_a_second_solver_finds_every_proof_unsatisfiable_too(text: str) -> None:
    try:
        law = laws.law(text)
    except Rejected:
        return
    with recorded() as proofs:
        found = tuple(_asked(laws.inquiry(law)))

    answers = [decide(script) for script in proofs]

    assert "sat" not in answers
    assert all(each.proofs for each in found if each.verdict == "holds" and _is_proved(each))
    count("laws asked about")
    count("proofs that a second solver confirms", answers.count("unsat"))
    count("proofs that it could not decide", answers.count("unknown"))


def _asked(inquiry: Inquiry) -> Iterator[Finding]:
    yield from check(inquiry)
    yield from obstacles(inquiry)
    yield from dead(inquiry)


def _is_proved(finding: Finding) -> bool:
    """Say whether what ``finding`` says holds can only be proved: no world shows it."""
    return finding.rule in ("licensed-violation", "missing-safeguard", "denied-right")
