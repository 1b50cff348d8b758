"""Words that might cure a violation: made from the vocabulary and the protection's own exceptions.

Candidates only: whether one cures is for `cure` to find out. The weakest restriction comes first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal as OneOf

from amparo.core.law import Case, Law, Norm, NormId
from amparo.core.world import World
from amparo.semantics.context import Context, imagine
from amparo.semantics.evaluate import applies, governs, outcome
from amparo.semantics.judge import Violation, violations
from amparo.syntax.tree import (
    Compare,
    Counts,
    Day,
    Duty,
    Expression,
    Forbid,
    Guarantee,
    Interprets,
    IsA,
    Name,
    NormDecl,
    Obligation,
    Path,
    Permit,
    Unless,
)
from amparo.verify.ask import Asking
from amparo.verify.draft import Desk, Edit, Standing
from amparo.verify.wording import (
    Filler,
    Unfit,
    all_of,
    alternatives,
    any_of,
    counted,
    mentions,
    negated,
    put,
    same,
)

Form = OneOf["exception", "safeguard", "exclusion", "basis", "duty", "lifting"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit that might cure it. ``basis`` is the norm that must be able to apply afterwards."""

    form: Form
    edit: Edit
    basis: NormId | None = None


def proposals(asking: Asking, world: World, desk: Desk) -> Iterator[Proposal]:
    """Yield what might cure that the protection asked about is broken in ``world``."""
    found = violations(asking.law, world, asking.norm, asking.denial)
    standing = desk.standing(asking.norm.id)
    if not found or standing is None:
        return
    case = _Case(asking.law, asking.norm, standing, world, found[0], desk)
    try:
        match asking.norm.modality:
            case "forbid":
                yield from case.restrictions()
            case "require":
                yield from case.duties()
            case "guarantee":
                yield from case.remedies()
            case "permit":
                pass
    except Unfit:
        return


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a protection says of an act called ``variable`` of ``kind``."""

    kind: Name
    variable: Name
    situation: tuple[Expression, ...]
    exceptions: tuple[Expression, ...]

    def unless(self, kept: tuple[Expression, ...]) -> Expression | None:
        """Return the situation with none of ``kept``; None where that would be always."""
        parts = (*self.situation, *map(negated, kept))
        return all_of(parts) if parts else None


@dataclass(frozen=True, slots=True)
class _Case:
    """One case of a violation: what bears on it, in the words of the law."""

    law: Law
    norm: Norm
    standing: Standing
    world: World
    violation: Violation
    desk: Desk

    # -- an act that is forbidden --------------------------------------------------------------

    def restrictions(self) -> Iterator[Proposal]:
        """Yield exceptions from the basis of the act, then safeguards beside it."""
        bases = [
            (basis, standing)
            for basis in self._governing("permit")
            if (standing := self.desk.standing(basis.id)) is not None
        ]
        for basis, standing in bases:
            rule = standing.node.rule
            if isinstance(rule, Permit):
                spoken = self._of(rule.kind, rule.variable)
                for kept in self._choices(spoken):
                    yield from self._excepting(standing, basis, "exception", spoken.unless(kept))
        own = self._own()
        for basis, standing in bases:
            for kept in self._choices(own):
                yield from self._beside(standing, basis.id, "safeguard", self._forbid(own, kept))
        for basis, standing in bases:
            rule = standing.node.rule
            if isinstance(rule, Permit):
                spoken = self._of(rule.kind, rule.variable)
                yield from self._excepting(standing, basis, "exclusion", spoken.unless(()))

    def _excepting(
        self, standing: Standing, basis: Norm, form: Form, condition: Expression | None
    ) -> Iterator[Proposal]:
        edit = None if condition is None else self.desk.excepted(standing, condition)
        if edit is not None:
            yield Proposal(form, edit, basis.id)

    def _forbid(self, spoken: _Spoken, kept: tuple[Expression, ...]) -> NormDecl:
        when = all_of(spoken.situation) if spoken.situation else None
        rule = Forbid(spoken.kind, spoken.variable, when)
        return NormDecl(Name(self.norm.provision.norm), rule, (Unless(any_of(kept)),))

    def _choices(self, spoken: _Spoken) -> Iterator[tuple[Expression, ...]]:
        """Yield conditions any of which lifts the restriction: all there are, then each by itself.

        What turns on how a text is read is left out where there is another.
        """
        every = [
            each
            for exception in spoken.exceptions
            for each in alternatives(exception, self.desk.meanings)
        ]
        readings = frozenset(self.law.vocabulary.readings)
        certain = [each for each in every if not mentions(each, readings)]
        kept = tuple(dict.fromkeys(certain)) or spoken.exceptions
        if kept:
            yield kept
        if len(kept) > 1:
            yield from ((each,) for each in kept)

    # -- a duty that is not met -----------------------------------------------------------------

    def duties(self) -> Iterator[Proposal]:
        """Yield the same duty, in the lower law."""
        rule = self.standing.node.rule
        if not isinstance(rule, Duty):
            return
        own = self._own()
        filler = {rule.variable.text: self._filler(own.variable)}
        taken = {own.variable.text}

        def due(each: Obligation) -> Obligation:
            inner = {**filler, each.variable.text: same(each.variable)}
            said = each.condition and put(each.condition, inner, taken)
            deadline = each.deadline and put(each.deadline, inner, taken)
            return Obligation(each.kind, each.variable, said, deadline)

        duty = Duty(
            own.kind,
            own.variable,
            all_of(own.situation) if own.situation else None,
            due(rule.obligation),
            tuple(map(due, rule.otherwise)),
        )
        clauses = tuple(map(Unless, own.exceptions))
        new = NormDecl(Name(self.norm.provision.norm), duty, clauses)
        for standing in self._near():
            yield from self._beside(standing, None, "duty", new)

    # -- a right that cannot be used --------------------------------------------------------------

    def remedies(self) -> Iterator[Proposal]:
        """Yield a basis for using the right, then exceptions from what forbids it."""
        rule = self.standing.node.rule
        if not isinstance(rule, Guarantee):
            return
        own = self._own()
        category = self.law.vocabulary.kinds[own.kind.text].category
        if category != "private act":
            when = all_of(own.situation) if own.situation else None
            clauses = tuple(map(Unless, own.exceptions))
            basis = NormDecl(
                Name(self.norm.provision.norm), Permit(own.kind, own.variable, when), clauses
            )
            for standing in self._near():
                yield from self._beside(standing, None, "basis", basis)
        for barring in self._governing("forbid"):
            bar = self.desk.standing(barring.id)
            if bar is None or not isinstance(bar.node.rule, Forbid):
                continue
            spoken = self._of(bar.node.rule.kind, bar.node.rule.variable)
            condition = spoken.unless(spoken.exceptions)
            edit = None if condition is None else self.desk.excepted(bar, condition)
            if edit is not None:
                yield Proposal("lifting", edit)

    # -- what the case rests on ---------------------------------------------------------------

    def _governing(self, modality: str) -> list[Norm]:
        """Return the lower norms that permit (or forbid) the act by which it is broken."""
        context = Context(self.law, self.world, self.norm.rank)
        act = self.violation.event
        if self.violation.holder is not None:
            kind = self.norm.cases[0].variable.sort.kind
            act, context = imagine(kind, self.violation.holder, act, context)
        if act is None:
            return []
        return [
            each
            for each in self.law.lower(self.norm.rank)
            if each.modality == modality and outcome(partial(governs, each, act, context)) is True
        ]

    def _near(self) -> Iterator[Standing]:
        """Yield one lower norm beside which the matter is best regulated."""
        kinds = {case.variable.sort.kind for case in self.norm.cases}
        context = Context(self.law, self.world, self.norm.rank)
        event = self.violation.event
        lower = self.law.lower(self.norm.rank)
        bases = [
            each
            for each in lower
            if event is not None
            and each.modality == "permit"
            and outcome(partial(governs, each, event, context)) is True
        ]
        spoken = [
            each for each in lower if any(case.variable.sort.kind in kinds for case in each.cases)
        ]
        for each in (*bases, *spoken, *lower):
            standing = self.desk.standing(each.id)
            if standing is not None and each.period.covers(self.desk.day):
                yield standing
                return

    def _beside(
        self, standing: Standing, basis: NormId | None, form: Form, new: NormDecl
    ) -> Iterator[Proposal]:
        named = NormDecl(self.desk.free_name(standing.act, new.name.text), new.rule, new.clauses)
        for edit in self.desk.beside(standing, named):
            yield Proposal(form, edit, basis)

    # -- what the protection says -------------------------------------------------------------

    def _breaking(self) -> Case:
        """Return the case of the protection that speaks of the act."""
        context = Context(self.law, self.world, self.norm.rank)
        event = self.violation.event
        if event is not None and self.violation.holder is None:
            for case in self.norm.cases:
                if outcome(partial(applies, self.norm, case, event, context)) is True:
                    return case
        return self.norm.cases[0]

    def _counting(self) -> Counts | None:
        """Return by which rule the act counts as what the protection speaks of; None if it is one.

        Raises:
            Unfit: it counts so by way of another general act.
        """
        rules = self._breaking().rules
        if not rules:
            return None
        standing = self.desk.standing(rules[0])
        rule = None if standing is None else standing.node.rule
        if not isinstance(rule, Counts) or rule.general != self._rule().kind:
            raise Unfit
        return rule

    def _counting_time(self, act: Name) -> Iterator[Expression]:
        """Yield that ``act`` happens while the rule counts it, where that rule comes or goes."""
        period = self.law.counts[self._breaking().rules[0]].period
        on = Path(act, (Name("on"),))
        if period.start is not None and period.start > self.desk.day:
            yield Compare(">=", on, Day(period.start))
        if period.end is not None:
            yield Compare("<", on, Day(period.end))

    def _rule(self) -> Forbid | Guarantee | Duty:
        rule = self.standing.node.rule
        if not isinstance(rule, Forbid | Guarantee | Duty):
            raise Unfit
        return rule

    def _own(self) -> _Spoken:
        """Return what the protection says of the acts that it speaks of, or that count as such."""
        rule = self._counting() or self._rule()
        return self._of(rule.kind, rule.variable)

    def _filler(self, variable: Name) -> Filler:
        count = self._counting()
        return same(variable) if count is None else counted(count, variable)

    def _of(self, kind: Name, variable: Name) -> _Spoken:
        """Return what the protection says of an act called ``variable`` of ``kind``."""
        rule, count, taken = self._rule(), self._counting(), {variable.text}
        filler = self._filler(variable)
        situation: list[Expression] = []
        narrow = rule.kind if count is None else count.kind
        if narrow.text not in self.law.vocabulary.lineage(kind.text):
            situation.append(IsA(Path(variable), narrow))
        if count is not None:
            acts = {count.variable.text: same(variable)}
            if count.condition is not None:
                situation.append(put(count.condition, acts, taken))
            standing = self.desk.standing(self._breaking().rules[0])
            assert standing is not None
            situation += (
                negated(put(each.condition, acts, taken))
                for each in standing.node.clauses
                if isinstance(each, Unless)
            )
            situation += self._counting_time(variable)
        if rule.condition is not None:
            situation.append(put(rule.condition, {rule.variable.text: filler}, taken))
        exceptions = [
            put(each.condition, {rule.variable.text: filler}, taken)
            for each in self.standing.node.clauses
            if isinstance(each, Unless)
        ]
        for source in dict.fromkeys(each.source for each in self._breaking().exceptions):
            read_in = None if source is None else self.desk.standing(source)
            if read_in is not None and isinstance(said := read_in.node.rule, Interprets):
                exceptions.append(put(said.exception, {said.variable.text: filler}, taken))
        return _Spoken(kind, variable, tuple(situation), tuple(exceptions))
