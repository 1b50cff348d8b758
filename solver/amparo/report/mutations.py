"""On which safeguards a law's protections depend, as text for a terminal."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from amparo.core.citation import in_words, title
from amparo.core.law import Law
from amparo.explain.labels import as_to
from amparo.explain.provision import condition_in_words
from amparo.report.column import Column
from amparo.report.style import Paint, Role, plainly
from amparo.verify.finding import Finding, Verdict
from amparo.verify.mutate import Dependence, Loss, Mutant
from amparo.verify.weaken import Part, Weakening

PARTS: Mapping[Part, str] = {
    "whole": "without it",
    "exception": "without its exception “{}”",
    "condition": "without the condition that {}",
    "alternative": "where it no longer covers that {}",
    "requirement": "where it no longer requires that {}",
}
AFTER: Mapping[Verdict, str] = {
    "holds": "then it holds",
    "violated": "then it is violated",
    "holds-if-read-so": "then it holds only if read so",
    "depends": "then it depends",
    "unknown": "then it could not be decided",
}
SECTIONS: Mapping[Dependence, tuple[str, Role]] = {
    "needed": ("Something depends on these:", "strong"),
    "unknown": ("Could not be decided:", "doubt"),
    "idle": ("Nothing depends on these:", "strong"),
}


@dataclass(frozen=True, slots=True)
class Mutated:
    """What became of one body of ``law``, safeguard by safeguard.

    ``held`` are the protections that were asked about, ``left_out`` those that cannot become worse;
    ``trials`` is how many scenarios were run each time.
    """

    body: str
    bills: tuple[str, ...]
    as_of: datetime.date | None
    law: Law
    held: tuple[Finding, ...]
    left_out: tuple[Finding, ...]
    trials: int
    mutants: tuple[Mutant, ...]


def render_mutations(several: Iterable[Mutated], width: int = 80, paint: Paint = plainly) -> str:
    """Return every safeguard of each body with what depends on it."""
    return "\n".join("\n".join(_page(each, Column(width, paint))) + "\n" for each in several)


def _page(found: Mutated, column: Column) -> Iterator[str]:
    yield from column.said(summary(found), role="strong")
    for kind, (heading, role) in SECTIONS.items():
        several = [each for each in found.mutants if each.dependence == kind]
        if several:
            yield from ("", *column.said(f"{heading} {len(several)}", role=role))
        for each in several:
            yield from _mutant(found.law, each, column)
    said = (f"{about_loss(found.law, each)}: {each.verdict}" for each in found.left_out)
    yield from column.listed("Not asked", dict.fromkeys(said))


def _mutant(law: Law, mutant: Mutant, column: Column) -> Iterator[str]:
    yield ""
    weakening = mutant.weakening
    yield from column.said(
        f"{in_words(law, weakening.provision)}, {weakened(law, weakening)}", indent=2
    )
    if about := title(law, weakening.provision):
        yield from column.said(f"“{about}”", indent=4)
    span = weakening.span
    where = f"{span.source.path}:{span.line} {weakening.provision}"
    yield from column.said(where, indent=4, role="faint")
    for loss in mutant.losses:
        said = f"{AFTER[loss.after]}: {about_loss(law, loss)}"
        role: Role = "doubt" if loss.after == "unknown" else "bad"
        yield from column.said(said, indent=4, mark="- ", role=role)
    for trial in mutant.trials:
        yield from column.said(f"fails: scenario “{trial}”", indent=4, mark="- ", role="bad")


def summary(found: Mutated) -> str:
    """Return in a sentence what was taken away, and what was asked then."""
    return (
        f"{found.body}: {_counted(len(found.mutants), 'safeguard')} taken away or weakened, one at a "
        f"time; {_counted(len(found.held), 'protection')} and {_counted(found.trials, 'scenario')} "
        "asked again."
    )


def about_loss(law: Law, loss: Loss | Finding) -> str:
    """Return which protection is asked about, and by which rule."""
    return f"{in_words(law, loss.provision)}{as_to(law.vocabulary, loss.act)} ({loss.rule})"


def weakened(law: Law, weakening: Weakening) -> str:
    """Return what was taken out, as the end of a sentence about the provision."""
    said = weakening.words
    if weakening.condition is not None:
        said = condition_in_words(law, weakening.condition, *weakening.variables)
    return PARTS[weakening.part].format(said)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
