"""On which safeguards a law's protections depend, as a page of Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from amparo.core.citation import in_words
from amparo.core.law import Law
from amparo.report.markdown import code, escaped
from amparo.report.mutations import AFTER, SECTIONS, Mutated, about_loss, summary, weakened
from amparo.verify.mutate import Mutant

WRITTEN = "<!-- Written by `amparo mutate --format markdown`: not by hand. -->"


def render_mutations_markdown(several: Iterable[Mutated]) -> str:
    """Return a page with a table for every body: what depends on which safeguard, and what nothing."""
    return "\n".join("\n".join(_page(each)) + "\n" for each in several)


def _page(found: Mutated) -> Iterator[str]:
    yield from (f"# What depends on the safeguards of {code(found.body)}", "", WRITTEN, "")
    yield escaped(summary(found))
    for kind, (heading, _) in SECTIONS.items():
        several = [each for each in found.mutants if each.dependence == kind]
        if several:
            yield from ("", f"## {heading.removesuffix(':')} ({len(several)})")
            yield from _losses(found.law, several) if kind != "idle" else _idle(found.law, several)
    if found.left_out:
        yield from ("", "## Not asked", "")
        said = (f"- {escaped(f'{about_loss(found.law, e)}: {e.verdict}')}" for e in found.left_out)
        yield from dict.fromkeys(said)


def _losses(law: Law, several: Sequence[Mutant]) -> Iterator[str]:
    yield from ("", "| safeguard | taken away | then |", "|---|---|---|")
    for each in several:
        then = [f"{AFTER[loss.after]}: {about_loss(law, loss)}" for loss in each.losses]
        then += [f"fails: scenario “{trial}”" for trial in each.trials]
        yield f"| {_safeguard(law, each)} | {'<br>'.join(map(escaped, then))} |"


def _idle(law: Law, several: Sequence[Mutant]) -> Iterator[str]:
    for act, those in groupby(several, lambda each: each.weakening.provision.act):
        title = law.acts[act].title if act in law.acts else act
        yield from ("", f"### {escaped(title)}", "", "| safeguard | taken away |", "|---|---|")
        yield from (f"| {_safeguard(law, each)} |" for each in those)


def _safeguard(law: Law, mutant: Mutant) -> str:
    place = mutant.weakening.provision
    where = escaped(in_words(law, place)) + (f" ({code(place.norm)})" if place.norm else "")
    return f"{where} | {escaped(weakened(law, mutant.weakening))}"
