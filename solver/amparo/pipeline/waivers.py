"""Which findings are waived, and which waivers do not stand.

A waiver that has expired, or for which there is nothing, is a finding of its own, which nothing
waives.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from amparo.core.case import Waiver
from amparo.core.citation import located, parts
from amparo.core.law import Law, Provision
from amparo.core.waivers import OF_PLACES, Rules, check_words, waivers, written
from amparo.diagnostics import Diagnostic, Rejected
from amparo.names.problems import Problems, did_you_mean, known_ones
from amparo.pipeline.settings import ConfiguredWaiver
from amparo.report.identity import identified
from amparo.report.result import Examined
from amparo.syntax import tree as surface
from amparo.syntax.tree import File
from amparo.text import Span
from amparo.verify.check import protects
from amparo.verify.finding import Finding, Outcome, Status
from amparo.verify.rules import OF_WAIVERS, RULES, Level, Rule

WAIVABLE = Rules(
    frozenset(RULES),
    frozenset(n for n, each in RULES.items() if each.level != "note" and n not in OF_WAIVERS),
    frozenset((*filter(protects, RULES), "improper-limit")),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a run waives: by which day waivers expire, and what it asked.

    ``level`` is that of the rules that were asked. ``whole``: they were asked of all provisions on
    all days, so that a waiver for which there is nothing is one too many.
    """

    today: datetime.date
    level: Level
    whole: bool
    known: tuple[Waiver, ...] = ()
    """What norm files waived before, where there is a base version."""

    def asked(self, rule: str) -> bool:
        """Say whether ``rule`` was asked."""
        return any(name == rule and each.level == self.level for name, each in RULES.items())


@dataclass(frozen=True, slots=True)
class Stated:
    """A waiver that the configuration of a project states for one ``body`` of law."""

    body: str
    tree: surface.Waiver
    finding: str | None = None
    entry: ConfiguredWaiver | None = field(default=None, compare=False)
    known: bool = False
    """It stood so in the base version already, where the law is compared with one."""

    def nowhere(self, bodies: Iterable[str]) -> Diagnostic:
        """Return that there is no such body among ``bodies``."""
        return Diagnostic(
            "unknown-body",
            f"there is no body of law `{self.body}` here",
            self.tree.span,
            help=did_you_mean(self.body, bodies) or known_ones(bodies),
        )


def misworded(trees: Sequence[surface.Waiver]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with waivers, whatever the law."""
    problems = Problems()
    check_words(trees, WAIVABLE, problems)
    return tuple(problems.errors)


def anchored(faults: Iterable[Diagnostic], span: Span) -> tuple[Diagnostic, ...]:
    """Return ``faults`` of a waiver that stands at ``span``, and not in a norm file."""
    return tuple(replace(each, primary=span, label="", once=None) for each in faults)


def configured(
    several: Iterable[Stated],
    law: Law,
    base: Law | None,
    files: Sequence[File],
    bills: Sequence[str],
) -> tuple[Waiver, ...]:
    """Return the waivers that a configuration states for ``law``, asked about with ``bills``.

    Raises:
        Rejected: with every fault of every waiver.
    """
    found: list[Waiver] = []
    faults: list[Diagnostic] = []
    for each in several:
        if each.body == law.name:
            problems = Problems()
            read = waivers(law, base, files, [each.tree], bills, WAIVABLE, problems)
            found += (replace(one, finding=each.finding, known=each.known) for one in read)
            faults += anchored(problems.errors, each.tree.span)
    if faults:
        raise Rejected(faults)
    return tuple(found)


def stated_by(
    law: Law, base: Law | None, files: Sequence[File], bills: Sequence[str]
) -> tuple[Waiver, ...]:
    """Return the waivers that ``files`` state for ``law``, asked about with ``bills``.

    Raises:
        Rejected: with every fault of every waiver.
    """
    problems = Problems()
    trees = written(files)
    check_words(trees, WAIVABLE, problems)
    found = waivers(law, base, files, trees, bills, WAIVABLE, problems)
    if problems.errors:
        raise Rejected(problems.errors)
    return found


def waived(examined: Examined, stated: Iterable[Waiver], terms: Terms) -> Examined:
    """Return ``examined`` with its findings waived, and with those that waivers give rise to."""
    several = [
        replace(each, known=each.known or _stood(each, terms.known))
        for each in stated
        if terms.asked(each.rule)
    ]
    findings = list(identified(examined))
    standing = [each for each in several if terms.today < each.until]
    quiet: dict[int, Waiver] = {}
    for each in sorted(standing, key=lambda one: one.until):
        quiet |= {id(one): each for one in _covered(each, examined, findings)}
    kept = tuple(replace(each, waived=quiet.get(id(each))) for each in examined.report.findings)
    faults = (fault for each in several for fault in _faults(each, examined, findings, terms))
    return replace(examined, report=replace(examined.report, findings=(*kept, *faults)))


# -- what a waiver is for -----------------------------------------------------------------------


_Named = Sequence[tuple[str, Finding]]
"""Findings with their identities."""


def _stood(waiver: Waiver, known: Iterable[Waiver]) -> bool:
    """Say whether ``waiver`` is one of those ``known``, whenever the norm commences that it is for."""
    return any(replace(each, start=waiver.start) == waiver for each in known)


def _covered(waiver: Waiver, examined: Examined, findings: _Named) -> tuple[Finding, ...]:
    """Return the finding that ``waiver`` keeps quiet, if there is one.

    What a bill brings is covered by a waiver for the bill alone, and what is there without it by
    a waiver for no bill; what is new since a base version, by a waiver that is new since too: a
    fault that is known hides nothing new.
    """
    about = _about(waiver, examined.law, findings)
    if len(about) != 1:
        return ()
    (finding,) = about
    fits = _brought(waiver, examined) == _is_brought(finding, examined)
    if examined.report.against and _is_new(finding):
        # What is not blamed on anything may come from the bill.
        blamed = bool(finding.cause) or not examined.report.bills
        fits = fits and blamed and not waiver.known
    return (finding,) if fits and finding.verdict == waiver.verdict else ()


def _is_new(finding: Finding) -> bool:
    return finding.status == "introduced"


def _is_brought(finding: Finding, examined: Examined) -> bool:
    """Say whether the bills asked about bring ``finding``, and it is no fault of the law without them."""
    if examined.report.against:
        return any(each.bill in examined.report.bills for each in finding.cause)
    return _is_new(finding)


def _brought(waiver: Waiver, examined: Examined) -> bool:
    """Say whether ``waiver`` is for what the bills asked about bring."""
    return bool(waiver.bills) and set(waiver.bills) == set(examined.report.bills)


def _about(waiver: Waiver, law: Law, findings: _Named) -> tuple[Finding, ...]:
    """Return the findings of which ``waiver`` speaks, whatever their verdict."""
    return tuple(
        finding
        for name, finding in findings
        if finding.verdict != "holds" and _speaks(waiver, law, name, finding)
    )


def _speaks(waiver: Waiver, law: Law, name: str, finding: Finding) -> bool:
    if finding.rule != waiver.rule or finding.provision != waiver.provision:
        return False
    if waiver.finding not in (None, name):
        return False
    found = (each.period for each in parts(law) if each.id == finding.norm)
    version = waiver.rule == OF_PLACES or any(each.start == waiver.start for each in found)
    beside = {located(law, each) for each in finding.beside}
    return version and beside == waiver.beside and _of_act(waiver, law, finding)


def _of_act(waiver: Waiver, law: Law, finding: Finding) -> bool:
    """Say whether both are about one kind of act; of the only one that it has, a norm need not say so."""
    if finding.act == waiver.act:
        return True
    norm = law.norms.get(finding.norm)
    return finding.act is None and norm is not None and norm.kinds == (waiver.act,)


# -- waivers that do not stand ------------------------------------------------------------------


def _faults(
    waiver: Waiver, examined: Examined, findings: _Named, terms: Terms
) -> Iterator[Finding]:
    """Yield what is wrong with ``waiver``: that it has expired, or that there is nothing for it."""
    about = _about(waiver, examined.law, findings)
    if terms.today >= waiver.until:
        if about or terms.whole:
            note = f"It was waived until {waiver.until} by {waiver.author}."
            yield _fault("expired-waiver", waiver, examined, note)
        return
    concerned = not examined.report.bills or _brought(waiver, examined)
    undecided = any(each.verdict == "unknown" for each in about)
    if terms.whole and concerned and not undecided and not _covered(waiver, examined, findings):
        note = _why(waiver, examined, findings)
        yield _fault("unused-waiver", waiver, examined, note)


def _fault(rule: Rule, waiver: Waiver, examined: Examined, note: str) -> Finding:
    status: Status = "unchanged"
    at = f"{waiver.span.source.path}:{waiver.span.line}"
    if examined.report.against:
        status = "pre-existing" if waiver.known else "introduced"
    elif examined.report.bills:
        status = "introduced" if _brought(waiver, examined) else "pre-existing"
    return Finding(
        rule=rule,
        provision=waiver.provision,
        norm=str(waiver.provision),
        verdict="violated",
        outcomes=(Outcome({}, "violated", note=note),),
        act=waiver.act,
        status=status,
        notes=(f"the waiver at {at} is of `{waiver.rule}`, because: {waiver.reason}",),
        span=waiver.span,
    )


def _why(waiver: Waiver, examined: Examined, findings: _Named) -> str:
    """Return why ``waiver`` keeps nothing quiet."""
    about = _about(waiver, examined.law, findings)
    if len(about) > 1:
        return f"{len(about)} findings are meant by it, and a waiver is for one."
    for each in about:
        if each.verdict != waiver.verdict:
            return f"What is found is `{each.verdict}`, and what is waived is `{waiver.verdict}`."
        if examined.report.against and _is_new(each) and waiver.known:
            return "What is found is new since the base version, and the waiver is not."
        return "What is found is not new with the bill, and only what the bill brings is waived."
    near = [
        _in_words(each, examined.law)
        for _, each in findings
        if each.verdict != "holds"
        and each.level != "note"
        and _beside(each.provision, waiver.provision)
    ]
    if near:
        return f"There is no such finding. Found here: {'; '.join(dict.fromkeys(near))}."
    return "There is no such finding, any more or yet."


def _beside(place: Provision, other: Provision) -> bool:
    return replace(place, norm="") == replace(other, norm="")


def _in_words(finding: Finding, law: Law) -> str:
    """Return a finding as a waiver of it would begin."""
    said = f"{finding.rule} of {finding.provision}"
    others = dict.fromkeys(str(located(law, each)) for each in finding.beside)
    said += f" with {' and '.join(others)}" if others else ""
    said += f" for {finding.act}" if finding.act else ""
    return (
        said if finding.verdict == "violated" else f"{said} as {finding.verdict.replace('-', ' ')}"
    )
