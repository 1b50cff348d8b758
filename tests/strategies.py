"""Hypothesis strategies for surface trees. Every new construct joins them."""

from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from amparo.syntax import tree
from amparo.syntax.tree import Expression, Name

names = st.sampled_from(["p", "q", "levy", "Dwelling", "дом", "x_1"]).map(Name)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=120).map(tree.Text)
days = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(tree.Day)
amounts = st.integers(0, 10**12).map(Fraction) | st.decimals(0, 10**6, places=2).map(Fraction)
paths = st.builds(tree.Path, names, st.lists(names | st.just(Name("on")), max_size=2).map(tuple))
durations = st.builds(
    tree.Duration, st.integers(0, 10**6), st.sampled_from(["months", "years"]),
    st.sampled_from([None, "up", "down"]),
) | st.builds(tree.Duration, st.integers(0, 99), st.sampled_from(["days", "working days"]))  # fmt: skip


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, max_size=2).map(tuple)
    return (
        st.builds(tree.Not, inner)
        | st.builds(tree.Both, inner, inner)
        | st.builds(tree.Either, inner, inner)
        | st.builds(tree.Group, inner)
        | st.builds(tree.Call, names, several, st.none() | inner)
        | st.builds(tree.Infix, paths, names, paths, st.none() | inner)
        | st.builds(tree.Arithmetic, st.sampled_from(["+", "-", "*"]), inner, inner)
        | st.builds(tree.Compare, st.sampled_from(["=", "!=", "<", ">=", "is"]), inner, inner)
        | st.builds(tree.IsA, inner, names, st.booleans())
        | st.builds(tree.Order, st.sampled_from(["before", "after"]), inner, inner)
        | st.builds(tree.Within, inner, durations, st.sampled_from(["of", "after"]), inner)
        | st.builds(tree.OpenTo, inner, inner, inner)
        | st.builds(tree.Percent, amounts, inner)
        | st.builds(
            tree.Quantified, st.sampled_from(["some", "no", "every"]), names, names,
            st.none() | inner,
        )
    )  # fmt: skip


expressions: st.SearchStrategy[Expression] = st.recursive(
    paths
    | st.builds(tree.Number, amounts)
    | st.builds(tree.Quantity, amounts, st.just(Name("KZT")))
    | days
    | durations,
    _larger,
    max_leaves=12,
)


def norms() -> st.SearchStrategy[tree.NormDecl]:
    """Return norms with a rule, exceptions and notes."""
    said = st.none() | expressions
    rules = (
        st.builds(tree.Forbid, names, names, said)
        | st.builds(tree.Permit, names, names, said, st.booleans())
        | st.builds(tree.Guarantee, names, names, said)
        | st.builds(tree.UnknownRule, names, names, texts)
        | st.builds(tree.Excludes, names, names, names, said)
    )
    clauses = st.builds(tree.Unless, expressions) | st.builds(tree.Says, texts)
    return st.builds(tree.NormDecl, names, rules, st.lists(clauses, max_size=3).map(tuple))


def files() -> st.SearchStrategy[tree.File]:
    """Return files of one act."""
    acts = st.builds(
        tree.Act, names, texts, st.just(()), st.lists(norms(), max_size=3).map(tuple), st.just(())
    )
    return st.lists(acts, min_size=1, max_size=2).map(lambda each: tree.File(tuple(each)))
