"""What the solver is asked, as text that another solver can decide: behind `amparo export`."""

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from amparo.core.law import Provision
from amparo.pipeline.files import Unusable
from amparo.pipeline.lint import QUESTIONS
from amparo.pipeline.load import load
from amparo.pipeline.prepare import Prepared, misread, prepared
from amparo.pipeline.run import examine, inquiry
from amparo.smt.proofs import recorded
from amparo.verify.dead import dead
from amparo.verify.export import export, proofs
from amparo.verify.finding import Finding
from amparo.verify.resting import with_proofs


def obligations(
    paths: Iterable[Path],
    bills: Iterable[Path] = (),
    *,
    as_of: datetime.date | None = None,
    protection: str | None = None,
) -> str:
    """Return what the solver is asked about the law in ``paths``, as SMT-LIB text.

    The question of every protection with its answer, and every proof on which a finding of `check`
    or `lint` rests.

    Raises:
        Unusable: there is no such question.
        Rejected: with every fault that the texts have.
    """
    where, asked = tuple(paths), tuple(bills)
    with recorded() as made:
        findings = [*_checked(where, asked, as_of, protection)]
        ready = prepared(load(where, asked, misread=misread))
        for each in ready:
            findings += _looked_at(each, as_of, protection)
    questions = [
        question
        for each in ready
        for question in export(inquiry(each.head.law, as_of), protection=protection)
    ]
    told = {each.script for each in questions}
    questions += (each for each in proofs(findings, made) if each.script not in told)
    if not questions:
        raise Unusable("there is nothing to export: no such protection")
    return "\n".join(each.text for each in questions)


def _checked(
    paths: Iterable[Path],
    bills: Iterable[Path],
    as_of: datetime.date | None,
    protection: str | None,
) -> tuple[Finding, ...]:
    """Return what `check` finds."""
    try:
        result = examine(
            paths, bills, as_of=as_of, protection=() if protection is None else (protection,)
        )
    except Unusable:
        # There may be norms at that place, and no protection.
        return ()
    return tuple(finding for each in result.examined for finding in each.report.findings)


def _looked_at(
    ready: Prepared, as_of: datetime.date | None, protection: str | None
) -> Iterator[Finding]:
    """Yield what `lint` asks of one body; of one place, which of its norms are dead letters."""
    terms = inquiry(ready.head.law, as_of)

    def there(place: Provision) -> bool:
        return protection is None or f"{place} ".startswith(f"{protection} ")

    if protection is not None:
        yield from dead(terms, only=there)
        return
    for ask in QUESTIONS:
        yield from with_proofs(lambda: ask(terms, there))  # noqa: B023
