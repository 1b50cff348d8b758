"""How many findings there are of a kind, and what the run took."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from amparo.report.result import Result, Spent, gravity
from amparo.verify.finding import Status, Verdict
from amparo.verify.rules import RULES, Rule


@dataclass(frozen=True, slots=True)
class Kind:
    """What findings that are counted together have in common."""

    rule: Rule
    verdict: Verdict
    status: Status
    waived: bool


def kinds(result: Result) -> Iterator[tuple[Kind, int]]:
    """Yield every kind of finding with its number, by rule, the worst first."""
    found = Counter(
        Kind(each.rule, each.verdict, each.status, each.waived is not None)
        for examined in result.examined
        for each in examined.report.findings
    )
    order = list(RULES)
    yield from sorted(
        found.items(),
        key=lambda pair: (
            order.index(pair[0].rule),
            gravity(pair[0].verdict),
            pair[0].status,
            pair[0].waived,
        ),
    )


def render_statistics(result: Result, spent: Spent) -> str:
    """Return a table of the findings of ``result``, and what it took."""
    rows = [
        (str(count), kind.rule, kind.verdict, kind.status, "waived" if kind.waived else "")
        for kind, count in kinds(result)
    ]
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            (
                row[0].rjust(wide[0]),
                *(each.ljust(w) for each, w in zip(row[1:], wide[1:], strict=True)),
            )
        ).rstrip()
        for row in rows
    )
    took = (
        f"{spent.calls:,} calls of the solver ({spent.effort:,} units of effort, "
        f"{spent.solving:.2f} s), {spent.remembered:,} answers remembered; {spent.seconds:.2f} s in all"
    )
    return "\n".join((*lines, took)) + "\n"
