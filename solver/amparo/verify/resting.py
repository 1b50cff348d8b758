"""On which proofs a finding rests, for whoever wants to have them decided again."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from amparo.smt.proofs import are_wanted, recorded
from amparo.verify.finding import Finding


def with_proofs(
    ask: Callable[[], Iterable[Finding]], *, also: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """Return what ``ask`` finds; where proofs are collected, each finding with those it rests on.

    That is, with all that were made before it was found, and with those of ``also``: more than it
    needs, and never less. One that comes with its own keeps these.
    """
    if not are_wanted():
        return tuple(ask())
    with recorded() as scripts:
        found = tuple(ask())
    return tuple(_resting(each, scripts, also) if each.proofs is None else each for each in found)


def resting_on(finding: Finding, *others: Finding) -> Finding:
    """Return ``finding`` with the proofs of ``others`` besides its own."""
    if finding.proofs is None:
        return finding
    return _resting(finding, finding.proofs, others)


def _resting(finding: Finding, proofs: Iterable[str], others: Iterable[Finding]) -> Finding:
    more = (proof for other in others for proof in other.proofs or ())
    return replace(finding, proofs=tuple(dict.fromkeys([*proofs, *more])))
