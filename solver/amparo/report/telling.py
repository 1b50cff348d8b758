"""What every report for people tells, in the same words: headings, sentences, lists.

Nothing here is laid out or made safe to print; that is for each format to do.
"""

from collections.abc import Iterable, Iterator, Sequence

from amparo.core.citation import in_words, located, provenance, title
from amparo.core.law import Law, NormId
from amparo.explain.labels import as_to
from amparo.report.bills import adoptable
from amparo.report.result import Examined, Overall, Result
from amparo.report.style import Role
from amparo.text import NOWHERE
from amparo.verify.finding import Finding, Opinion, Outcome, Stretch, Verdict
from amparo.verify.rules import OF_WAIVERS, RULES, Level, Rule

_HEADLINES: dict[Verdict, tuple[str, Role]] = {
    "violated": ("", "bad"),
    "unknown": ("COULD NOT DECIDE", "doubt"),
    "depends": ("DEPENDS", "doubt"),
    "holds-if-read-so": ("ONLY IF READ SO", "doubt"),
    "holds": ("no contradiction", "good"),
}
_OVERALL: dict[Overall, tuple[str, Role]] = {
    "violated": ("{} {}.", "bad"),
    "undecided": ("{}: could not be decided.", "doubt"),
    "depends": ("{} may contradict what is protected: it depends.", "doubt"),
    "holds": ("{}: no contradiction under this reading.", "good"),
}
_OUTCOMES = {
    "holds": "no contradiction",
    "violated": "contradicts",
    "depends": "depends",
    "unknown": "could not be decided",
}
WARNED = {"holds": "not so", "violated": "so", "depends": "it depends", "unknown": "undecided"}
"""The same of a rule that warns: there is nothing to contradict."""
NOTHING = "Nothing to look at: every question was answered, and none found anything."


# -- of a whole run ---------------------------------------------------------------------------------


def opening(result: Result) -> tuple[tuple[str, Role], tuple[str, ...]]:
    """Return the first sentence about a run, how it is marked, and what is said right after it."""
    findings = (finding for each in result.examined for finding in each.findings)
    if all(each.level == "warning" for each in findings):
        return to_look_at(result)
    after = (counted(result), *map(adoptable, result.examined))
    return overall(result), tuple(filter(None, after))


def to_look_at(result: Result) -> tuple[tuple[str, Role], tuple[str, ...]]:
    """Return the same of a run that looked for what is no fault of the law."""
    findings = [finding for each in result.examined for finding in each.findings]
    found = [each for each in findings if not each.waived]
    quiet = f"Waived: {count}. " if (count := _waived(result)) else ""
    if not found:
        return (f"{quiet}{NOTHING}", "good"), ()
    count = len(found)
    new = sum(each.status == "introduced" for each in found)
    against = f"{_since(result)}: {new}. There before: {count - new}."
    sentence = f"{quiet}{count} provision{'s' * (count != 1)} to look at."
    return (sentence, "strong"), (against,) if _compares(result) else ()


def overall(result: Result) -> tuple[str, Role]:
    """Return the verdict of a run in a sentence, and how it is marked."""
    said, role = _OVERALL[result.verdict]
    bills = _bills(result)
    subject = " with ".join(["The law", *([_listed(bills)] if bills else [])])
    if result.verdict == "holds" and (quiet := _waived(result)):
        subject += f", but for {quiet} waived"
    return said.format(subject, _faults(result)), role


def counted(result: Result) -> str:
    """Return in a sentence how many findings are new and how many cured; empty if nothing says so."""
    if not _compares(result):
        return ""
    findings = [finding for each in result.examined for finding in each.report.findings]
    found = [each for each in findings if each.verdict not in ("holds", "unknown")]
    new = sum(each.status == "introduced" for each in found)
    before = sum(each.status == "pre-existing" for each in found)
    cured = sum(each.status == "cured" for each in findings)
    open_ = sum(each.verdict == "unknown" for each in findings)
    undecided = f" Could not decide: {open_}." if open_ else ""
    quiet = f" Waived: {count}." if (count := _waived(result)) else ""
    gone = "Cured since" if _against(result) else "Cured by it"
    return f"{_since(result)}: {new}. There before: {before}. {gone}: {cured}.{undecided}{quiet}"


def notes(result: Result) -> tuple[str, ...]:
    """Return what else is to be said of a run, each once."""
    reports = [each.report for each in result.examined]
    said = [note for each in reports for note in each.notes]
    said += [confirmed(each.opinion) for each in reports if each.opinion is not None]
    return tuple(dict.fromkeys(said))


def taken_for_granted(result: Result) -> tuple[str, ...]:
    """Return what the answers take for granted, each once."""
    taken = (a for each in result.examined for one in each.findings for a in one.assumptions)
    return tuple(dict.fromkeys(taken))


def confirmed(said: Opinion) -> str:
    """Return how many of the proofs on which a run rests a second solver confirms."""
    return f"a second solver, {said.solver}, confirms {said.confirmed} of {said.proofs} proofs"


def opinion(said: Opinion) -> str:
    """Return in a sentence what a second solver says of the proofs on which something rests."""
    if not said.proofs:
        return (
            "It rests on no proof, but on what was replayed or read: no second opinion was asked."
        )
    if said.confirmed == said.proofs:
        several = "the proof" if said.proofs == 1 else f"all {said.proofs} proofs"
        return f"A second solver, {said.solver}, confirms {several} on which it rests."
    of = "of the proof" if said.proofs == 1 else f"of the {said.proofs} proofs"
    return (
        f"Not confirmed: a second solver, {said.solver}, confirms {said.confirmed} {of} on which it "
        "rests, and could not decide the rest within its effort."
    )


def clear(examined: Examined) -> tuple[str, ...]:
    """Return what was asked besides, and nothing found, a line for each rule."""
    found = [each.rule for each in examined.findings if is_clear(each)]
    return tuple(
        f"{about.clear} ({found.count(rule)})" for rule, about in RULES.items() if rule in found
    )


def is_clear(finding: Finding) -> bool:
    """Say whether ``finding`` needs no telling by itself: its rule was asked, and nothing fired."""
    told = RULES[finding.rule].clear is not None
    return finding.verdict == "holds" and told and not finding.notes and not is_doubted(finding)


def is_doubted(finding: Finding) -> bool:
    """Say whether a second solver was asked, and does not confirm all that ``finding`` rests on."""
    said = finding.opinion
    return said is not None and said.confirmed < said.proofs


def _waived(result: Result) -> int:
    """Return how much is kept quiet."""
    findings = (finding for each in result.examined for finding in each.report.findings)
    return sum(each.waived is not None for each in findings)


def _compares(result: Result) -> bool:
    return any(each.report.compares for each in result.examined)


def _against(result: Result) -> str:
    """Return the base version that a run is compared with; empty where that is the law without bills."""
    return next((each.report.against for each in result.examined if each.report.against), "")


def _since(result: Result) -> str:
    against = _against(result)
    return f"New since `{against}`" if against else "New with the bill"


def _bills(result: Result) -> tuple[str, ...]:
    return tuple(bill for each in result.examined for bill in each.report.bills)


def _listed(names: Iterable[str]) -> str:
    return " and ".join(f"the bill `{name}`" for name in dict.fromkeys(names))


def _faults(result: Result) -> str:
    """Return what is wrong with the law where it is violated, at its worst."""
    rules = {
        finding.rule
        for each in result.examined
        for finding in each.findings
        if each.counts(finding) and finding.verdict == "violated"
    }
    if rules <= set(OF_WAIVERS):
        return "has waivers that do not stand"
    if rules - set(OF_WAIVERS) <= {"conflict", "no-way-to-comply"}:
        return "cannot always be obeyed"
    return "contradicts what is protected"


# -- of one finding ---------------------------------------------------------------------------------


def headline(examined: Examined, finding: Finding) -> tuple[str, Role]:
    """Return what stands over a finding: the verdict, how it stands to the base; its mark."""
    word, role = _HEADLINES[finding.verdict]
    beside = [status(examined, finding)] if examined.report.compares else []
    beside += ["waived"] if finding.waived else []
    said = f" ({', '.join(beside)})" if beside else ""
    return f"{word or RULES[finding.rule].fired}{said}", "faint" if finding.waived else role


def waived(finding: Finding) -> str:
    """Return in a sentence who keeps a finding quiet, why and until when; empty if nobody does."""
    waiver = finding.waived
    if waiver is None:
        return ""
    at = f"{waiver.span.source.path}:{waiver.span.line}"
    reason = waiver.reason if waiver.reason.endswith((".", "?", "!")) else f"{waiver.reason}."
    return f"Waived until {waiver.until} by {waiver.author} ({at}): {reason}"


def place(examined: Examined, finding: Finding) -> str:
    """Return the provision as a lawyer cites it, and the kind of act that it is about."""
    law = examined.law
    return in_words(law, finding.provision) + as_to(law.vocabulary, finding.act)


def status(examined: Examined, finding: Finding | Stretch) -> str:
    """Return how ``finding`` stands to what it is compared with."""
    against = examined.report.against
    match finding.status:
        case "introduced":
            return f"new since `{against}`" if against else "new with the bill"
        case "pre-existing":
            return f"was so in `{against}`" if against else "was so before"
        case "cured":
            return f"cured since `{against}`" if against else "cured by the bill"
        case "unchanged":
            return f"as in `{against}`" if against else "as before"


def changes(examined: Examined, finding: Finding) -> Iterator[str]:
    """Yield which changes since the base version bring a finding, and where they stand."""
    for each in finding.altered:
        at = f" ({each.span.source.path}:{each.span.line})" if each.span != NOWHERE else ""
        yield f"`{each.what}` is {each.manner} since `{examined.report.against}`{at}"


def can_happen(finding: Finding) -> str:
    """Return in a sentence what can happen; empty where nothing is known to."""
    match finding.verdict:
        case "violated":
            can_be = RULES[finding.rule].can_be
            if finding.level == "error" and finding.rule not in OF_WAIVERS:
                can_be = f"This can happen: {can_be}"
            return f"{can_be[:1].upper()}{can_be[1:]}."
        case "holds-if-read-so":
            return "As written it contradicts; see the other readings."
        case "holds" | "depends" | "unknown":
            return ""


def with_their_words(law: Law, norms: Iterable[NormId]) -> tuple[str, ...]:
    """Return where ``norms`` stand and what they say, each once."""
    return tuple(dict.fromkeys(_with_its_words(law, norm) for norm in norms))


def _with_its_words(law: Law, norm: NormId) -> str:
    where = located(law, norm)
    if says := provenance(law, norm).says:
        return f"{in_words(law, where)}: {says}"
    about = title(law, where)
    return in_words(law, where) + (f": {about}" if about else "") + f" ({where})"


def remarks(finding: Finding) -> Iterator[str]:
    """Yield what else is to be said of a finding, as sentences, last what a second solver says."""
    yield from map(sentence, finding.notes)
    if finding.opinion is not None:
        yield opinion(finding.opinion)


def sentence(text: str) -> str:
    """Return ``text`` with a capital and a full stop."""
    stopped = text if text.endswith((".", "?", "!", ":")) else f"{text}."
    return stopped[:1].upper() + stopped[1:]


def by_reading(outcomes: Sequence[Outcome], level: Level = "error") -> Iterator[str]:
    """Yield what comes out under each reading, if readings matter; the first was told."""
    words = WARNED if level == "warning" else _OUTCOMES
    if not any(each.readings for each in outcomes):
        return
    if len({each.verdict for each in outcomes}) == 1:
        asked = " and ".join(outcomes[0].readings)
        yield f"The same under every reading of {asked}: {words[outcomes[0].verdict]}."
        return
    for each in outcomes:
        note = f" ({each.note})" if each.note and each is not outcomes[0] else ""
        yield f"if {chosen(each)}: {words[each.verdict]}{note}"


def chosen(outcome: Outcome) -> str:
    """Return under which choice of readings an outcome is the answer."""
    return " and ".join(f"{name} is {option}" for name, option in outcome.readings.items())


def over_time(rule: Rule, stretch: Stretch) -> tuple[str, Role]:
    """Return what is answered of a stretch of time, and how it is marked."""
    if stretch.verdict is None:
        return "not in force", "faint"
    return verdict_in_words(rule, stretch.verdict)


def verdict_in_words(rule: Rule, verdict: Verdict) -> tuple[str, Role]:
    """Return an answer within a sentence, and how it is marked."""
    word, role = _HEADLINES[verdict]
    return (word or RULES[rule].fired).lower(), role


def lasting(stretch: Stretch) -> str:
    """Return from which day a stretch of time lasts, and until which."""
    start, end = stretch.period.start, stretch.period.end
    since = [] if start is None else [f"from {start}"]
    until = [] if end is None else [f"until {end}"]
    return " ".join([*since, *until]) or "at all times"
