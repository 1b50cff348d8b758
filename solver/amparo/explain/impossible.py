"""Why nothing can be done in a situation: norm by norm, in the order in which they bind."""

from collections.abc import Iterator
from functools import partial

from amparo.core.citation import in_words, title
from amparo.core.law import Law, Norm
from amparo.explain.labels import Labels, day
from amparo.semantics.context import Context
from amparo.semantics.evaluate import Unspecified, governs, outcome
from amparo.semantics.judge import dues
from amparo.verify.finding import Outcome

IMPOSSIBLE = ("no-way-to-comply", "conflict", "commanded-violation")
"""The rules of which this tells."""
ORDER = ("require", "forbid", "permit", "guarantee")


def reasons(law: Law, outcome_: Outcome, labels: Labels) -> Iterator[str]:
    """Yield what each norm says that leaves nothing, the duties with their days first."""
    assert outcome_.world is not None
    context = Context(law, outcome_.world, 0)
    norms = [law.norms[each] for each in outcome_.relies_on if each in law.norms]
    for norm in sorted(norms, key=lambda each: (ORDER.index(each.modality), each.id)):
        where, words = in_words(law, norm.provision), said(law, norm)
        match norm.modality:
            case "require":
                yield from _demands(law, norm, labels, context)
            case "forbid":
                yield f"{where} forbids: {words}"
            case "permit" | "guarantee":
                yield f"{where} gives a basis no further than this: {words}"
    if outcome_.note:
        yield outcome_.note
    if len(norms) > 1:
        yield "whatever is done, one of these is not obeyed; without any one of them there is a way"
    else:
        yield "whatever is done, this is not obeyed"


def _demands(law: Law, norm: Norm, labels: Labels, context: Context) -> Iterator[str]:
    where, words = in_words(law, norm.provision), said(law, norm)
    told = False
    for event in sorted(context.world.events, key=context.moment):
        if outcome(partial(governs, norm, event, context)) is True:
            try:
                by = dues(norm, event, context)[-1].by
            except Unspecified:
                continue
            told = True
            yield f"after {labels.individual(event)}, by {day(by)}, {where} demands: {words}"
    if not told:
        yield f"{where} then demands: {words}"


def said(law: Law, norm: Norm) -> str:
    """Return what ``norm`` says: its paraphrase, or else its own words."""
    own = " ".join(norm.provenance.span.text.split())
    own = own.removeprefix(f"norm {norm.provision.norm} ")
    return (norm.provenance.says or own or title(law, norm.provision)).rstrip(".")
