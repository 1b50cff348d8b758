"""What a run may end with: found in a small town, or made by hand."""

import datetime
import re
from dataclasses import replace
from pathlib import Path

from amparo.core.law import ActInfo, Law, Norm, Provision, Vocabulary
from amparo.core.world import World
from amparo.diagnostics import Diagnostic, Label
from amparo.report.result import Examined, Refusal, Result
from amparo.text import NOWHERE, Source, Span
from amparo.verify.finding import Cause, Finding, Outcome, Report, Status, Verdict, Way
from amparo.verify.rules import Rule

HOME = """
vocabulary home
kind Person reads "a person".
kind Dwelling reads "a dwelling".
event Order { on_home: Dwelling } reads "a court orders that {on_home} be cleared".
official act Eviction { by: Person, from: Dwelling } reads "{by} clears {from}".
official act Search { by: Person, of: Dwelling } reads "{by} searches {of}".
official act Demolition { by: Person, of: Dwelling } reads "{by} pulls {of} down".
open fact necessary(s: Search) reads "{s} is necessary".

act charter "The charter" rank constitution in force from 2000-01-01 evidence read
  article 1 "The home"
    norm no_eviction
      forbid Eviction e unless some Order o has o.on_home = e.from and o before e
      says "Nobody is put out of a home without a court's order.".
  article 2 "Searches"
    norm no_search
      forbid Search s unless necessary(s).
  article 3 "Demolition"
    norm no_demolition
      forbid Demolition d unless some Order o has o.on_home = d.of and o before d.
"""
HOUSING = """
use home, charter.

act housing "The housing act" rank law in force from 2001-01-01 evidence read
  article 1 "Eviction"
    norm eviction
      permit Eviction e when some Order o has o.on_home = e.from and o before e.
  article 2 "Demolition"
    norm demolition
      permit Demolition d when some Order o has o.on_home = d.of and o before d.
  article 3 "Searches"
    norm search
      permit Search s when necessary(s).
"""
BILL = """
use home, housing.

bill quick "Quick eviction" rank law in force from 2020-01-01 evidence read
  amend housing
    in article 1
      replace norm eviction with
        norm eviction permit Eviction e.
    in article 3
      replace norm search with
        norm search permit Search s.
"""


def laid(project: Path) -> Path:
    """Write into ``project`` a law and a bill with which a protection is violated, one depends, one holds."""
    law = project / "law"
    law.mkdir()
    (law / "body.norm").write_text('body town "The town" ranks constitution, law.\n')
    (law / "charter.norm").write_text(HOME)
    (law / "housing.norm").write_text(HOUSING)
    (project / "bill.norm").write_text(BILL)
    return project


TAKING = """
body demo "A small law" ranks constitution, law.

vocabulary homes
kind Person reads "a person".
kind Officer is Person reads "an officer".
kind Home reads "a home".
fact owns(p: Person, h: Home) reads "{h} belongs to {p}".
event Request { by: Officer, for: Taking } reads "{by} asks for the taking".
official act Taking { by: Officer, of: Home, from: Person } reads "{by} takes {of} from {from}".
event Order { of: Home } reads "a court orders that {of} be taken".

act charter "The charter" rank constitution evidence read
  article 1 "The home"
    norm home
      forbid Taking t unless some Order o has o.of = t.of and o before t
      says "Nobody loses a home without an order.".

act enforcement "The enforcement act" rank law evidence summary
  article 1 "Taking"
    norm taking
      permit Taking t
        when owns(t.from, t.of) and (some Order o has o.of = t.of and o before t).
"""
SHORTCUT = """
use homes, charter, enforcement.

bill quick "Quick" rank law in force from 2025-01-01 evidence read
  amend enforcement
    in article 1
      replace norm taking with
        norm taking
          permit Taking t
            when owns(t.from, t.of) and (some Request r has r.for = t and r before t).
"""


# -- made by hand ------------------------------------------------------------------------------------

EVIL = 'x\n::error::boo\r\x1b[31m]]>&<"%0A\u202e\u2028\ufffe\x00[a](http://x) {0} end'
MARKUP = (
    "</style></script></title></svg><script>hit()</script><img src=x onerror=hit()> ' \" onload=hit() "
    "`x` {{ 7 * 7 }} {% raw %} ${x} @team #1 --> ]]> javascript:hit() end"
)
LINES = Source("law.norm", "norm libel\r\nnorm дом 住宅 permits.\n")
HOME_NORM = Provision("charter", "1", norm="home")
LAW = Law(
    "law",
    Vocabulary({}, {}),
    {"charter": ActInfo("charter", "The charter", 0, "constitution")},
    {"home": Norm("home", HOME_NORM, "forbid", (), 0)},
    titles={Provision("charter", "1"): "The home"},
)


def span(words: str, source: Source = LINES) -> Span:
    start = source.text.index(words)
    return Span(source, start, start + len(words))


def finding(
    verdict: Verdict, status: Status = "unchanged", rule: Rule = "licensed-violation"
) -> Finding:
    outcome = Outcome({}, "violated" if verdict == "holds-if-read-so" else verdict)
    return Finding(rule, HOME_NORM, "home", verdict, (outcome,), status=status, span=span("дом"))


def result(*findings: Finding, bills: tuple[str, ...] = (), law: Law = LAW) -> Result:
    return Result((Examined(Report("law", findings, bills), law),))


def evil(verdict: Verdict, words: str = EVIL) -> Result:
    """Return a result in which everything that a stranger writes is an attack."""
    source = Source(f"a b/{words}.norm", f"x {words}")
    place = Provision(words, words, norm=words)
    law = replace(
        LAW, acts={words: ActInfo(words, words, 0, "constitution")}, titles={place: words}
    )
    outcome = Outcome(
        {words: words},
        "violated" if verdict == "holds-if-read-so" else verdict,
        story=(words, words),
        note=words,
        others=(Way(World({}, {}, datetime.date(2024, 1, 1)), (), (words,)),),
    )
    found = Finding(
        "licensed-violation",
        place,
        "home",
        verdict,
        (outcome, outcome),
        causes=((Cause(words, 1, words, span("x", source)), Cause(words, 2, words, NOWHERE)),),
        cure=(words,),
        assumptions=(words,),
        notes=(words,),
        span=span("x", source),
    )
    warning = Diagnostic("unknown-name", words, span("x", source), words, (), words)
    report = Report(words, (found,), (words,), None, (words,))
    return Result((Examined(report, law),), (warning,))


EVERY: tuple[Verdict, ...] = ("holds", "violated", "unknown", "depends", "holds-if-read-so")
REFUSALS = [
    Refusal((), EVIL),
    Refusal(
        (Diagnostic("unknown-name", EVIL, span("дом"), "", (Label(NOWHERE, EVIL),), EVIL),), ""
    ),
]
ENDED = [*(evil(each) for each in EVERY), *REFUSALS, evil("violated", MARKUP), Refusal((), MARKUP)]
UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")
