"""A result as one page for a browser, which needs nothing besides: no network, and no script to be read.

Everything that a stranger wrote reaches the page through the template's escaping or through
`markupsafe`, and what a screen would not show is made visible first. The policy in the page's head
lets nothing be loaded, and no style or script run but the two in it.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from amparo.report.days import by_day
from amparo.report.diagnostics import render_diagnostic
from amparo.report.escape import visible
from amparo.report.html_findings import FindingOfPage, findings_of
from amparo.report.html_law import ActOfPage, Remark, acts_of, text_of
from amparo.report.pages import page
from amparo.report.result import Examined, Refusal, Result
from amparo.report.said import NO_VERDICT
from amparo.report.style import Role
from amparo.report.telling import clear, notes, opening, sentence, taken_for_granted
from amparo.verify.rules import RULES

_QUOTED = re.compile("`([^`]+)`")
VERDICTS = {
    "violated": "contradicts",
    "unknown": "could not decide",
    "depends": "depends",
    "holds-if-read-so": "only if read so",
    "holds": "no contradiction",
}
"""The verdicts by which findings are picked out, the worst first."""


@dataclass(frozen=True, slots=True)
class BodyOfPage:
    """A body of law: what was found in it, what was asked besides, what changes from day to day, its words."""

    name: str
    findings: tuple[FindingOfPage, ...]
    clear: tuple[str, ...]
    days: tuple[tuple[str, tuple[str, ...]], ...]
    acts: tuple[ActOfPage, ...]
    as_of: str


def render_html(ended: Result | Refusal) -> str:
    """Return what a run ended with as a page of HTML."""
    match ended:
        case Result():
            shown = _result(ended)
        case Refusal():
            shown = _refusal(ended)
    return _environment().get_template("report.html").render(shown)


def _result(result: Result) -> Mapping[str, object]:
    (said, role), after = opening(result)
    bodies = tuple(_body(each, f"law-{n}") for n, each in enumerate(result.examined, start=1))
    every = tuple(finding for each in bodies for finding in each.findings)
    return {
        **_common(said, role),
        "after": after,
        "bodies": bodies,
        "amended": any(one.changed for each in bodies for act in each.acts for one in act.passages),
        "verdicts": {
            each: word
            for each, word in VERDICTS.items()
            if any(one.verdict == each for one in every)
        },
        "statuses": tuple(dict.fromkeys(each.status for each in every if each.status)),
        "rules": {each.rule: _about(each.rule) for each in every},
        "notes": notes(result),
        "granted": taken_for_granted(result),
        "faults": tuple(render_diagnostic(each, "warning") for each in result.warnings),
    }


def _refusal(refusal: Refusal) -> Mapping[str, object]:
    return {
        **_common(NO_VERDICT, "bad"),
        "after": (sentence(refusal.message),) if refusal.message else (),
        "bodies": (),
        "amended": False,
        "verdicts": {},
        "statuses": (),
        "rules": {},
        "notes": (),
        "granted": (),
        "faults": tuple(render_diagnostic(each, "error") for each in refusal.diagnostics),
    }


def _common(said: str, role: Role) -> Mapping[str, object]:
    style, script = Markup(_read("report.css")), Markup(_read("report.js"))
    return {
        "said": said,
        "role": role,
        "style": style,
        "style_hash": _hash(style),
        "script": script,
        "script_hash": _hash(script),
        "release": version("amparo"),
    }


def _body(examined: Examined, prefix: str) -> BodyOfPage:
    text = text_of(examined, prefix)
    findings = tuple(findings_of(examined, text))
    remarks: dict[str, list[Remark]] = {}
    for each in findings:
        for place, said in each.remarks.items():
            remarks.setdefault(place, []).extend(said)
    day = examined.report.as_of
    return BodyOfPage(
        examined.report.body,
        findings,
        clear(examined),
        by_day(examined),
        acts_of(text, examined.law, remarks),
        "" if day is None else str(day),
    )


def _about(rule: str) -> tuple[str, ...]:
    """Return what a rule asks: the first words of its page."""
    paragraphs = (page(rule) or "").split("\n\n")
    first = next((each for each in paragraphs if each and not each.startswith("#")), "")
    said = first or sentence(next(about.can_be for name, about in RULES.items() if name == rule))
    return (" ".join(said.split()),)


# -- the template -----------------------------------------------------------------------------------


def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_read),
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )
    environment.filters.update(prose=_prose, block=_block)
    return environment


def _read(name: str) -> str:
    return files("amparo.report").joinpath("web", name).read_text("utf-8")


def _hash(text: str) -> str:
    """Return ``text`` as a policy of the page names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _seen(value: object) -> object:
    """Return a value with what a screen would not show made visible, unless it is markup of ours."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _prose(text: str) -> Markup:
    """Return a sentence with what it quotes set as code."""
    said, end = Markup(""), 0
    for quoted in _QUOTED.finditer(line := visible(text)):
        said += escape(line[end : quoted.start()]) + Markup("<code>{}</code>").format(quoted[1])
        end = quoted.end()
    return said + escape(line[end:])


def _block(text: str) -> Markup:
    """Return words whose lines are kept."""
    return Markup("\n").join(visible(each) for each in text.split("\n"))
