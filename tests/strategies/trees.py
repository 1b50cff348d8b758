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


labels = st.sampled_from(["1", "25", "55-1", "300A", "7-A", "3-1bis", "a", "iv", "XVII", "б"]).map(
    tree.Label
)
places = st.builds(
    tree.Place, labels, st.none() | labels, st.none() | labels, st.none() | names
) | st.builds(tree.Place, norm=names)  # fmt: skip
citations = st.builds(tree.Citation, st.none() | names, places) | st.builds(
    tree.Citation, names, st.just(tree.Place())
)


told = st.builds(tree.Decides, st.sampled_from(["outcome", "ground"]), names)


def scenarios() -> st.SearchStrategy[tree.Scenario]:
    """Return scenarios in which nothing is given, with expectations of every form."""
    acts = st.sampled_from(["forbidden", "permitted"])
    expected = (
        st.builds(tree.ExpectAct, names, acts, st.none() | citations, st.booleans())
        | st.builds(tree.ExpectAct, names, st.just("lawful"), st.none(), st.booleans())
        | st.builds(
            tree.ExpectDuty, citations, st.sampled_from(["met", "pending"]), st.none() | names,
            st.booleans(),
        )
        | st.builds(tree.ExpectThat, expressions, st.booleans())
        | st.builds(tree.ExpectSecured, citations, st.booleans())
        | st.builds(tree.ExpectObeyable, st.just(True), st.just(()), st.booleans())
        | st.builds(
            tree.ExpectObeyable, st.just(False), st.lists(citations, max_size=2).map(tuple),
            st.booleans(),
        )
    )  # fmt: skip
    set_ = st.builds(tree.AsOf, days) | st.builds(tree.OfLaw, names) | told
    return st.builds(
        tree.Scenario, texts, st.lists(set_, max_size=2).map(tuple), st.just(()), st.just(()),
        st.lists(expected, min_size=1, max_size=3).map(tuple),
    )  # fmt: skip


def questions() -> st.SearchStrategy[tree.Question]:
    """Return questions that expect verdicts and faults."""
    claimed = ["never applies", "can apply", "has an effect", "cannot be obeyed", "can be obeyed"]
    clashes = st.sampled_from(["conflicts", "does not conflict"])
    expected = (
        st.builds(tree.Claim, citations, st.sampled_from(claimed))
        | st.builds(tree.Claim, citations, clashes, st.none() | citations)
        | st.builds(
            tree.Outcome, citations, st.sampled_from(["holds", "holds if read so"]),
            st.sampled_from([None, "pre-existing", "cured"]),
            st.lists(st.builds(tree.CausedBy, names, st.none() | places), max_size=2).map(tuple),
            st.lists(citations, max_size=2).map(tuple), st.none() | names,
        )
    )  # fmt: skip
    several = st.lists(expected, min_size=1, max_size=3).map(tuple)
    return st.builds(tree.Question, texts, st.lists(told, max_size=1).map(tuple), several)


def decisions() -> st.SearchStrategy[tree.Decision]:
    """Return decisions of which anything is said, in any order, as often as not."""
    holdings = ["consistent", "consistent if read so", "split", "inconsistent as applied"]
    said = (
        st.builds(tree.Court, texts)
        | st.builds(tree.Decided, days | st.builds(tree.Year, st.integers(0, 2100)))
        | st.builds(tree.Cites, texts)
        | st.builds(tree.Graded, st.sampled_from(["read", "unknown"]))
        | st.builds(tree.Happened, texts)
        | st.builds(tree.Held, st.sampled_from(holdings), texts)
        | st.builds(tree.About, st.lists(texts, min_size=1, max_size=3).map(tuple))
        | st.builds(tree.Untranslated, texts, texts)
    )
    return st.builds(tree.Decision, names, texts, st.lists(said, max_size=5).map(tuple))


def waivers() -> st.SearchStrategy[tree.Waiver | tree.Absolute]:
    """Return waivers, and what can never be waived."""
    rules = st.sampled_from(["licensed-violation", "conflict", "no-way-to-comply", "règle"])
    waived = st.builds(
        tree.Waiver, rules.map(Name), citations, texts, texts, days,
        st.lists(citations, max_size=2).map(tuple), st.none() | names, st.none() | days,
        st.sampled_from([None, "violated", "depends", "holds if read so", "unknown"]),
        st.lists(names, max_size=2).map(tuple),
    )  # fmt: skip
    return waived | st.builds(tree.Absolute, citations, st.none() | texts)


def files() -> st.SearchStrategy[tree.File]:
    """Return files of acts, scenarios, questions, decisions and waivers."""
    acts = st.builds(
        tree.Act, names, texts, st.just(()), st.lists(norms(), max_size=3).map(tuple), st.just(())
    )
    beside = scenarios() | questions() | decisions() | waivers()
    items = st.lists(acts | beside, min_size=1, max_size=2)
    return items.map(lambda each: tree.File(tuple(each)))
