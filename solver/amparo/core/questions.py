"""Questions: which protections are asked about, and what is expected of each."""

from collections.abc import Mapping

from amparo.core.case import Claim, Claimed, ExpectedOutcome, Question
from amparo.core.law import Provision
from amparo.core.relations import cited
from amparo.core.settings import Bench, protected, settings
from amparo.diagnostics import Diagnostic
from amparo.names.citations import locate_in
from amparo.names.places import covers
from amparo.names.problems import Problems, a, did_you_mean, known_ones
from amparo.sorts.comparisons import kind_named
from amparo.sorts.context import Context
from amparo.syntax import tree as surface
from amparo.syntax.tree import CausedBy, Name


def question(tree: surface.Question, at: Bench, problems: Problems) -> Question | None:
    """Return the question that ``tree`` states; None, with the faults reported, if it has any."""
    before = len(problems.errors)
    chosen = settings(tree.settings, at, problems)
    outcomes = [
        _claim(each, at, problems)
        if isinstance(each, surface.Claim)
        else _outcome(each, at, problems)
        for each in tree.outcomes
    ]
    if len(problems.errors) > before:
        return None
    return Question(
        tree.title.text,
        chosen.law,
        chosen.bills,
        chosen.as_of,
        chosen.readings,
        tuple(each for each in outcomes if each is not None),
        chosen.decides,
        tree.span,
    )


_CLAIMS: Mapping[surface.Claimed, tuple[Claimed, bool]] = {
    "never applies": ("never-applies", True),
    "can apply": ("never-applies", False),
    "has no effect": ("no-effect", True),
    "has an effect": ("no-effect", False),
    "conflicts": ("conflict", True),
    "does not conflict": ("conflict", False),
    "cannot be obeyed": ("no-way-to-comply", True),
    "can be obeyed": ("no-way-to-comply", False),
}


def _claim(tree: surface.Claim, at: Bench, problems: Problems) -> Claim | None:
    table = at.language.table
    provision = cited(tree.provision, None, at.index, table, problems)
    other = None if tree.other is None else cited(tree.other, None, at.index, table, problems)
    if provision is None:
        return None
    return Claim(provision, *_CLAIMS[tree.claim], other, tree.span)


def _outcome(tree: surface.Outcome, at: Bench, problems: Problems) -> ExpectedOutcome | None:
    table = at.language.table
    protection = protected(tree.protection, at, problems)
    relied = [cited(each, None, at.index, table, problems) for each in tree.relying_on]
    causes = [_cause(each, at, problems) for each in tree.caused_by]
    if protection is None:
        return None
    act = None if tree.act is None else _act(tree.act, protection, at, problems)
    return ExpectedOutcome(
        protection,
        tree.verdict,
        tree.status,
        tuple(each for each in causes if each is not None),
        tuple(each for each in relied if each is not None),
        act,
        tree.span,
    )


def _act(name: Name, protection: Provision, at: Bench, problems: Problems) -> str | None:
    """Return the kind of act that ``name`` means; report if no protection there is asked of it."""
    kind = kind_named(name, Context(at.language, problems))
    if kind is None:
        return None
    there = (norm for norm in at.law.protections() if covers(protection, norm.provision))
    spoken = {each for norm in there for each in norm.kinds}
    if kind.name not in spoken:
        message = f"no protection at `{protection}` is asked of {a(kind.name)}"
        advice = did_you_mean(kind.name, spoken) or known_ones(spoken)
        problems.error(Diagnostic("act-not-protected", message, name.span, help=advice))
    return kind.name


def _cause(tree: CausedBy, at: Bench, problems: Problems) -> tuple[str, Provision | None] | None:
    """Return the bill, and the place in whichever of its acts has it."""
    bill = at.bills.get(tree.bill.text)
    if bill is None:
        message = f"there is no bill `{tree.bill.text}`"
        advice = did_you_mean(tree.bill.text, at.bills)
        problems.error(Diagnostic("unknown-bill", message, tree.bill.span, help=advice))
        return None
    if tree.place is None:
        return tree.bill.text, None
    for amend in bill.amends:
        if amend.act.text in at.index.by_act:
            found = locate_in(amend.act.text, tree.place, at.index, None)
            if isinstance(found, Provision):
                return tree.bill.text, found
    message = f"no act that `{tree.bill.text}` amends has such a place"
    problems.error(Diagnostic("unknown-provision", message, tree.place.span))
    return None
