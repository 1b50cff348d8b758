"""SMT-LIB terms as text, built by functions that fold constants.

Text, because the solver reads one script in bulk, and because what is solved is then exactly
what is exported (SMT-LIB 2.6, sections 3.6 and 4.2). The folding is exact: a formula whose parts
are all `TRUE` or `FALSE` is one of them.
"""

from collections.abc import Iterable
from fractions import Fraction

Term = str
TRUE: Term = "true"
FALSE: Term = "false"


def and_(*terms: Term) -> Term:
    """Return the conjunction."""
    return conjunction(terms)


def or_(*terms: Term) -> Term:
    """Return the disjunction."""
    return disjunction(terms)


def conjunction(terms: Iterable[Term]) -> Term:
    """Return the conjunction of ``terms``; of none, true."""
    kept: dict[Term, None] = {}
    for term in terms:
        if term == FALSE:
            return FALSE
        if term != TRUE:
            kept[term] = None
    if not kept:
        return TRUE
    return next(iter(kept)) if len(kept) == 1 else f"(and {' '.join(kept)})"


def disjunction(terms: Iterable[Term]) -> Term:
    """Return the disjunction of ``terms``; of none, false."""
    kept: dict[Term, None] = {}
    for term in terms:
        if term == TRUE:
            return TRUE
        if term != FALSE:
            kept[term] = None
    if not kept:
        return FALSE
    return next(iter(kept)) if len(kept) == 1 else f"(or {' '.join(kept)})"


def not_(term: Term) -> Term:
    """Return the negation."""
    if term == TRUE:
        return FALSE
    if term == FALSE:
        return TRUE
    if term.startswith("(not "):
        return term[5:-1]
    return f"(not {term})"


def implies(premise: Term, conclusion: Term) -> Term:
    """Return the implication."""
    if premise == TRUE:
        return conclusion
    if premise == FALSE or conclusion == TRUE:
        return TRUE
    return not_(premise) if conclusion == FALSE else f"(=> {premise} {conclusion})"


def equal(left: Term, right: Term) -> Term:
    """Return the equality."""
    return TRUE if left == right else f"(= {left} {right})"


def ite(condition: Term, then: Term, otherwise: Term) -> Term:
    """Return ``then`` where ``condition`` holds, ``otherwise`` where it does not."""
    if condition == TRUE or then == otherwise:
        return then
    return otherwise if condition == FALSE else f"(ite {condition} {then} {otherwise})"


def signed(term: Term, positive: bool) -> Term:
    """Return ``term``, or its negation."""
    return term if positive else not_(term)


def integer(value: int) -> Term:
    """Return a whole number."""
    return str(value) if value >= 0 else f"(- {-value})"


def real(value: Fraction | int) -> Term:
    """Return an exact fraction."""
    value = Fraction(value)
    top = f"(/ {abs(value.numerator)}.0 {value.denominator}.0)"
    return top if value >= 0 else f"(- {top})"


def compare(operator: str, left: Term, right: Term) -> Term:
    """Return an order between two numbers; folds equal terms and plain whole numbers."""
    if left == right:
        return FALSE if operator == "<" else TRUE
    if left.isdigit() and right.isdigit():
        holds = int(left) < int(right) if operator == "<" else int(left) <= int(right)
        return TRUE if holds else FALSE
    return f"({operator} {left} {right})"
