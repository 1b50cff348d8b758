"""Every protection of a law asked about, and what a bill changed."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain, product

from amparo.core.law import Law, Norm, Period
from amparo.verify.against import before_in, combined, compared, unlike, with_new_cases
from amparo.verify.ask import Asking
from amparo.verify.assume import assumptions
from amparo.verify.finding import Finding, Outcome, Status, Verdict
from amparo.verify.improper import improper, proper
from amparo.verify.inquiry import ALWAYS, Inquiry
from amparo.verify.lapses import lapse_findings
from amparo.verify.outcome import outcomes, stands
from amparo.verify.resting import with_proofs
from amparo.verify.rules import DENIALS, Rule
from amparo.verify.spread import spread
from amparo.verify.timeline import Question
from amparo.verify.vacuous import with_reason

PROTECTING: Mapping[str, tuple[Rule, ...]] = {
    "forbid": ("licensed-violation",),
    "require": ("missing-safeguard",),
    "guarantee": ("denied-right", "right-without-remedy"),
}
MOVABLE = ("licensed-violation", "missing-safeguard")
"""The rules whose cases `semantics` alone can judge at another time."""


Wanted = Callable[[Norm, str | None], bool]
"""Whether a protection is asked about, as far as one kind of act goes (None: all at once)."""


def everything(_: Norm, __: str | None) -> bool:
    """Want every protection."""
    return True


def check(
    inquiry: Inquiry,
    base: Law | None = None,
    *,
    only: Wanted = everything,
) -> tuple[Finding, ...]:
    """Return a finding for every protection of the law, compared with ``base`` where there is one.

    ``only`` tells which protections are asked about, and of which acts.
    """
    asked = (
        partial(with_proofs, partial(question.ask, inquiry))
        for question in questions(inquiry.law, base, only=only)
        if question.during.meets(inquiry.when)
    )
    return tuple(chain.from_iterable(spread("protections", asked)))


def questions(
    law: Law, base: Law | None = None, *, only: Wanted = everything
) -> Iterator[Question]:
    """Yield the questions of which `check` gives the answers, each to be asked of any days."""
    asked: list[Norm] = []
    for norm in protections(law, ALWAYS):
        acts = [each for each in acts_of(norm) if only(norm, each)]
        for rule, act in product(rules_of(law, norm), acts):
            yield Question(
                partial(_asked, rule, norm, act, base),
                norm.period,
                partial(_stands, norm, act) if rule in MOVABLE else None,
            )
        if acts and norm.limited_by is not None:
            yield Question(partial(improper, norm, base), norm.period)
        if acts:
            asked.append(norm)
    before = None if base is None else tuple(protections(base, ALWAYS))
    yield Question(lambda inquiry: lapse_findings(inquiry, tuple(asked), before))


def _asked(
    rule: Rule, norm: Norm, act: str | None, base: Law | None, inquiry: Inquiry
) -> tuple[Finding, ...]:
    asking = Asking(inquiry, norm, DENIALS.get(rule), act)
    finding, note = with_reason(asking, _finding(rule, asking, base), base)
    # What a guarantee speaks of can lawfully happen or not, however it may be denied.
    noted = note is not None and rule == rules_of(inquiry.law, norm)[0]
    return (finding, note) if note is not None and noted else (finding,)


def _stands(norm: Norm, act: str | None, inquiry: Inquiry, outcome: Outcome) -> bool:
    asking = Asking(inquiry.read(outcome.readings), norm, act=act)
    return outcome.world is not None and stands(asking, outcome.world)


def protections(law: Law, when: Period) -> Iterator[Norm]:
    """Yield the norms of the highest rank that protect on any day of ``when``, in the text's order."""
    for norm in law.norms.values():
        protects = norm.rank == 0 and norm.modality in PROTECTING
        if protects and norm.period.meets(when) and not norm.unknown_text:
            yield norm


def protects(rule: Rule) -> bool:
    """Say whether ``rule`` asks if a protection can be broken."""
    return any(rule in rules for rules in PROTECTING.values())


def rules_of(law: Law, norm: Norm) -> tuple[Rule, ...]:
    """Return the rules by which a protection is asked about.

    A private act needs no basis, so its guarantee cannot lack one.
    """
    kinds = (law.vocabulary.kinds[case.variable.sort.kind] for case in norm.cases)
    if norm.modality == "guarantee" and all(each.category == "private act" for each in kinds):
        return ("denied-right",)
    return PROTECTING[norm.modality]


def acts_of(norm: Norm) -> tuple[str | None, ...]:
    """Return the kinds of acts that a protection is asked about one by one; None: all at once.

    What counts as a general act may have nothing in common but that: a levy and a requisition are
    questions of their own, and what is wrong with one hides nothing of the other. A duty of a
    general act is a norm for each kind of its own (`core.rules`), and says which it is.
    """
    several = len(norm.kinds) > 1 or norm.modality == "require"
    return norm.kinds if norm.general is not None and several else (None,)


def _finding(rule: Rule, asking: Asking, base: Law | None) -> Finding:
    answers = tuple(outcomes(asking))
    verdict, answers = combined(asking, answers)
    base_verdict: Verdict | None = None
    status: Status = "unchanged"
    notes = tuple(proper(asking.law, asking.norm)) if rule == "denied-right" else ()
    if base is not None:
        before = before_in(asking, base)
        base_verdict, status = compared(asking, before, verdict, answers)
        if status == "introduced" and before is not None:
            notes += tuple(unlike(asking, before))
            if base_verdict == verdict == "violated":
                answers = with_new_cases(asking, before, answers)
    return Finding(
        rule=rule,
        provision=asking.norm.provision,
        norm=asking.norm.id,
        verdict=verdict,
        outcomes=answers,
        act=asking.act,
        status=status,
        base_verdict=base_verdict,
        notes=notes,
        assumptions=assumptions(asking.inquiry, [asking.norm.id], answers),
        span=asking.norm.provenance.span,
    )
