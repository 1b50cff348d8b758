"""Check whether a bill breaks what a constitution protects, and show the case in which it does.

>>> import amparo, pathlib, tempfile
>>> law = pathlib.Path(tempfile.mkdtemp()) / "home.norm"
>>> _ = law.write_text('''
... vocabulary home
... kind Person reads "a person".
... kind Dwelling reads "a dwelling".
... official act Eviction { by: Person, from: Dwelling } reads "{by} clears {from}".
...
... act charter "The charter" rank constitution in force from 2000-01-01
...   article 1 "The home"
...     norm no_eviction forbid Eviction e.
...
... act housing "The housing act" rank law in force from 2001-01-01
...   article 1
...     norm eviction permit Eviction e.
... ''')
>>> result = amparo.check(law)
>>> result.verdict
'violated'
>>> finding = result.examined[0].findings[0]
>>> str(finding.provision)
'charter article 1 norm no_eviction'
>>> [event.kinds for event in finding.outcome.world.events.values()]
[frozenset({'Eviction'})]
>>> [checked] = amparo.load(law)
>>> sorted(checked.acts)
['charter', 'housing']

Texts that cannot be read as law raise `Rejected`, with every problem of all files; a call that
cannot be carried out raises `Unusable`; what the file system refuses stays an `OSError`. Any other
exception is a bug in amparo.

Verdicts and laws are frozen data. In them an amount of money is an `int` in hundredths of its
currency's unit, a share a `Fraction` of one, a date a `datetime.date`, and an individual its name.
"""

import datetime
import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from amparo.core.case import Waiver
from amparo.core.law import Law, Provision
from amparo.core.world import World
from amparo.diagnostics import Diagnostic, Rejected
from amparo.pipeline.files import Unusable
from amparo.report.result import Examined, Result
from amparo.verify.finding import Cause, Finding, Outcome, Report

__all__ = [
    "Cause",
    "Diagnostic",
    "Examined",
    "Finding",
    "Law",
    "Outcome",
    "Provision",
    "Rejected",
    "Report",
    "Result",
    "Unusable",
    "Waiver",
    "World",
    "check",
    "load",
]

PathLike = str | os.PathLike[str]


def load(*paths: PathLike, bills: Iterable[PathLike] = ()) -> tuple[Law, ...]:
    """Return the law of every body that ``paths`` lie in or contain, as amended by ``bills``.

    With bills, only of the bodies that they amend. A law covers all time: every provision has its
    period, and bills that are enacted are in it from their commencement.

    Raises:
        Rejected: the texts cannot be read as law; with every fault.
        Unusable: a path is not there or holds no norm file, or a file in ``bills`` holds no bill.
    """
    from amparo.pipeline.prepare import laws

    return laws(map(Path, paths), map(Path, bills))


def check(
    *paths: PathLike,
    bills: Iterable[PathLike] = (),
    against: str | None = None,
    as_of: datetime.date | None = None,
    timeline: bool = False,
    gravest: bool = False,
    timeout: float | None = None,
    protection: str | None = None,
    second_opinion: bool = False,
    waivers: bool = True,
    today: datetime.date | None = None,
) -> Result:
    """Ask for every protection of the law in ``paths`` whether it can be broken lawfully.

    ``bills`` are files whose bills the question is about: then every finding says how it stands
    to the law without them, and only what they introduce decides the verdict. ``against`` names a
    version of the files that git keeps, or a folder: then every finding says how it stands to the
    law as it was there, and only what is new since decides. ``as_of`` restricts
    the acts judged to one day. ``timeline`` splits time on every day on which the law changes:
    every finding gets its ``segments``, and the worst of them decides. ``gravest`` asks for the case that weighs heaviest. ``timeout``
    limits one call of the solver, of which a question may take many, to about so many seconds: it
    is counted as effort, so that every machine answers alike. What it cuts short is ``unknown``.
    With ``protection``, a citation, only the protections are asked about whose own begins with it,
    and no cure is looked for. With ``second_opinion`` another solver, cvc5, decides every proof
    too: findings then have an ``opinion``. Waivers in the norm files keep findings quiet until they
    expire, by ``today`` or else by the clock; without ``waivers`` nothing is kept quiet.

    Raises:
        Rejected: the texts cannot be read as law; with every fault.
        Unusable: a path is not there or holds no norm file, a file in ``bills`` holds no bill,
            there is no version ``against`` or no protection to ask about, or cvc5 is asked for and not installed.
    """
    from amparo.pipeline.run import examine
    from amparo.pipeline.second import seconded

    ask = partial(
        examine,
        map(Path, paths),
        map(Path, bills),
        against=against,
        as_of=as_of,
        timeline=timeline,
        gravest=gravest,
        seconds=timeout,
        protection=() if protection is None else (protection,),
        waivers=waivers,
        today=today,
    )
    return seconded(ask) if second_opinion else ask()
