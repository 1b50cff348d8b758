"""The law with one safeguard of it taken away, or made weaker: what a drafter might strike out.

A safeguard is a norm of the lower law, whole; or a part of one without which more is lawful: an
exception or a condition of a permission, a condition of what a duty requires, an alternative of a
prohibition's or a duty's case. So are what a definition says and what an act counts as: whole, by
each condition, and without each exception. Nothing of the highest rank is one: that is what is
to be kept.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal as OneOf

from amparo.core.condition import And, Condition, Counted, Or, Truth, Variable
from amparo.core.law import Case, Clause, Law, Norm, NormId, Provision
from amparo.text import Span
from amparo.verify.removal import Removal, removals

Part = OneOf["whole", "exception", "condition", "alternative", "requirement"]
"""What is taken out of the provision.

A condition of a permission or a definition; an alternative of the case of a prohibition or duty; a
condition of what a duty requires.
"""


@dataclass(frozen=True, slots=True)
class Weakening:
    """``law`` is the law without a ``part`` of what stands at ``provision``.

    ``norm`` is whose words are changed, and no others. ``words`` are those of an exception,
    ``condition`` is what else was taken out.
    """

    norm: NormId
    provision: Provision
    part: Part
    law: Law
    span: Span
    words: str = ""
    condition: Condition | None = None
    variables: tuple[Variable, ...] = ()
    """Of whom the condition speaks."""


def weakenings(law: Law) -> Iterator[Weakening]:
    """Yield every safeguard's weakenings, in the order of the text: whole, then part by part."""
    whole: dict[NormId, list[Weakening]] = {}
    for removal in removals(law):
        if _is_safeguard(law, removal):
            whole.setdefault(removal.norm, []).append(_removed(removal))
    for norm in law.norms.values():
        if norm.rank > 0 and not norm.unknown_text:
            yield from whole.pop(norm.id, ())
            yield from _of_norm(law, norm)
    for clause in (each for several in law.definitions.values() for each in several):
        yield from whole.pop(clause.id, ())
        if _is_lower(law, clause.provision):
            yield from _of_clause(law, clause)
    for several in whole.values():
        yield from several


def _is_safeguard(law: Law, removal: Removal) -> bool:
    """Say whether without it more may be lawful: of a prohibition, an exception makes less so."""
    norm = law.norms.get(removal.norm)
    if norm is None:
        return removal.norm not in law.interpretations and _is_lower(law, removal.provision)
    return norm.rank > 0 and (removal.words is None or norm.modality == "permit")


def _is_lower(law: Law, place: Provision) -> bool:
    return place.act in law.acts and law.acts[place.act].rank > 0


def _removed(removal: Removal) -> Weakening:
    part: Part = "whole" if removal.words is None else "exception"
    return Weakening(
        removal.norm,
        removal.provision,
        part,
        removal.united.after,
        removal.span,
        removal.words or "",
    )


# -- conditions ---------------------------------------------------------------------------------


def _of_norm(law: Law, norm: Norm) -> Iterator[Weakening]:
    """Yield ``norm`` with a condition less; the same words in several of its cases are one."""
    spoken = tuple(dict.fromkeys(case.variable for case in norm.cases))[:1]

    def changed(part: Part, said: Condition, less: Norm) -> Weakening:
        changed_law = replace(law, norms={**law.norms, norm.id: less})
        span, about = norm.provenance.span, spoken
        if part == "requirement":
            about += tuple(dict.fromkeys(each.variable for each in norm.obligations))
        return Weakening(norm.id, norm.provision, part, changed_law, span, "", said, about)

    match norm.modality:
        case "permit":
            for said in _distinct(_conjuncts(case.condition) for case in norm.cases):
                fewer = _cases(norm, partial(_without_conjunct, said=said))
                yield changed("condition", said, replace(norm, cases=fewer))
        case "forbid" | "require":
            for said in _distinct(_alternatives(case.condition) for case in norm.cases):
                fewer = _cases(norm, partial(_without_alternative, said=said))
                yield changed("alternative", said, replace(norm, cases=fewer))
        case "guarantee":
            pass
    for said in _distinct(_conjuncts(each.condition) for each in norm.obligations):
        less = tuple(
            replace(each, condition=_without_conjunct(each.condition, said))
            for each in norm.obligations
        )
        yield changed("requirement", said, replace(norm, obligations=less))


def _of_clause(law: Law, clause: Clause) -> Iterator[Weakening]:
    """Yield a clause of a definition with a condition or an exception less."""
    name, place, about = clause.definition, clause.provision, clause.parameters

    def changed(less: Clause) -> Law:
        several = tuple(less if each is clause else each for each in law.definitions[name])
        return replace(law, definitions={**law.definitions, name: several})

    for exception in clause.exceptions:
        span = exception.span
        words = " ".join(span.source.text[span.start : span.end].split())
        kept = tuple(each for each in clause.exceptions if each is not exception)
        fewer = changed(replace(clause, exceptions=kept))
        yield Weakening(clause.id, place, "exception", fewer, span, f"unless {words}")
    for said in _distinct([_conjuncts(clause.condition)]):
        less = changed(replace(clause, condition=_without_conjunct(clause.condition, said)))
        span = clause.provenance.span
        yield Weakening(clause.id, place, "condition", less, span, "", said, about)


def _cases(norm: Norm, change: Callable[[Condition], Condition]) -> tuple[Case, ...]:
    return tuple(replace(each, condition=change(each.condition)) for each in norm.cases)


def _distinct(several: Iterable[Iterable[Condition]]) -> tuple[Condition, ...]:
    return tuple(dict.fromkeys(each for conditions in several for each in conditions))


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    """Yield what a condition demands, each by itself; what counts as a general act is no condition."""
    for each in condition.operands if isinstance(condition, And) else (condition,):
        if isinstance(each, And):
            yield from _conjuncts(each)
        elif not isinstance(each, Truth | Counted):
            yield each


def _without_conjunct(condition: Condition, said: Condition) -> Condition:
    if condition == said:
        return Truth(True)
    if not isinstance(condition, And):
        return condition
    return _joined(_without_conjunct(each, said) for each in condition.operands)


def _alternatives(condition: Condition) -> Iterator[Condition]:
    """Yield what each would do, where a condition or one of its parts has several."""
    match condition:
        case Or(operands):
            yield from operands
        case And(operands):
            for each in operands:
                yield from _alternatives(each)
        case _:
            pass


def _without_alternative(condition: Condition, said: Condition) -> Condition:
    match condition:
        case Or(operands):
            kept = tuple(each for each in operands if each != said)
            return kept[0] if len(kept) == 1 else Or(kept)
        case And(operands):
            return _joined(_without_alternative(each, said) for each in operands)
        case _:
            return condition


def _joined(conditions: Iterable[Condition]) -> Condition:
    kept = tuple(each for each in conditions if each != Truth(True))
    return Truth(True) if not kept else kept[0] if len(kept) == 1 else And(kept)
