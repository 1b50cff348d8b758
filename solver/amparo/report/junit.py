"""A result as JUnit XML: one test case for every question of every protection, passes too.

Nothing fails and nothing is an error if and only if the run exits 0. What is violated and counts is
a failure. What depends is a failure too, for the same law is broken in a case that nothing in it
excludes: shown as skipped or passed, it would be waved through by everybody who reads only the
colours. What could not be decided is an error, and so is a text that could not be read. What bears
on no verdict (it was so before the bill, is waived, or is a note) is skipped.

It keeps to the schema by which Jenkins refuses a report: a case has no attributes for its file and
its line, which stand in its text.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from amparo.diagnostics import Diagnostic
from amparo.report.diagnostics import render_diagnostic
from amparo.report.escape import visible
from amparo.report.result import Examined, Refusal, Result
from amparo.report.said import (
    NO_VERDICT,
    details,
    fault,
    rests_on,
    status,
    summary,
    waived,
)
from amparo.report.telling import sentence
from amparo.text import NOWHERE, Span
from amparo.verify.finding import Finding

TEXT = "the text"
"""The suite of what was found in the words, before any question was asked."""

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(ended: Result | Refusal) -> str:
    """Return what a run ended with as one XML document."""
    root = Element("testsuites", name="amparo")
    match ended:
        case Refusal(faults, message):
            suite = SubElement(root, "testsuite", name=TEXT)
            for each in faults:
                _about_the_text(suite, each, "error")
            if not faults:
                case = SubElement(suite, "testcase", classname="amparo", name="verdict")
                said = f"{NO_VERDICT} {visible(sentence(message))}"
                SubElement(case, "error", message=said, type="no-verdict").text = said
        case Result(examined, warnings):
            for body in examined:
                suite = SubElement(root, "testsuite", name=visible(body.report.body))
                for finding in body.findings:
                    _case(suite, body, finding)
            suite = SubElement(root, "testsuite", name=TEXT)
            for each in warnings:
                _about_the_text(suite, each, "skipped")
            if not warnings:
                root.remove(suite)
    for suite in (*root, root):
        _count(suite)
    for element in root.iter():
        element.text = element.text and _NOT_XML.sub("\ufffd", element.text)
        for name, value in element.items():
            element.set(name, _NOT_XML.sub("\ufffd", value))
    indent(root)
    return f"{_DECLARATION}\n{tostring(root, encoding='unicode')}\n"


def _case(suite: Element, examined: Examined, finding: Finding) -> None:
    only = "" if finding.act is None else f" for {finding.act}"
    case = SubElement(
        suite,
        "testcase",
        classname=f"{visible(examined.report.body)}.{finding.rule}",
        name=visible(f"{finding.provision}{only}"),
    )
    lines = (*_place(finding.span), *details(examined, finding))
    if finding.verdict == "holds":
        SubElement(case, "system-out").text = "\n".join(_proved(examined, finding, lines))
        return
    said = summary(examined, finding)
    if examined.counts(finding):
        tag = "error" if finding.verdict == "unknown" else "failure"
        SubElement(case, tag, message=said, type=finding.verdict).text = "\n".join((said, *lines))
        return
    about = (*status(examined, finding), *waived(finding))
    why = " ".join((said, *about, "It bears on no verdict."))
    SubElement(case, "skipped", message=why)
    SubElement(case, "system-out").text = "\n".join(lines)


def _proved(examined: Examined, finding: Finding, lines: Iterable[str]) -> Iterator[str]:
    yield summary(examined, finding)
    yield from (f"It rests on {each}." for each in rests_on(examined, finding))
    yield from lines


def _about_the_text(suite: Element, diagnostic: Diagnostic, tag: str) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname="amparo",
        name=f"{visible(diagnostic.primary.source.path)}: {diagnostic.code}",
    )
    about = SubElement(case, tag, message=fault(diagnostic), type=diagnostic.code)
    about.text = render_diagnostic(diagnostic, "error" if tag == "error" else "warning")


def _place(span: Span) -> tuple[str, ...]:
    return () if span.source == NOWHERE.source else (f"{visible(span.source.path)}:{span.line}",)


def _count(suite: Element) -> None:
    """Write into ``suite`` how many cases are in it, and how they came out."""
    tags = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    if suite.tag == "testsuites":
        del tags["skipped"]
    suite.set("tests", str(sum(1 for _ in suite.iter("testcase"))))
    for name, tag in tags.items():
        suite.set(name, str(sum(1 for _ in suite.iter(tag))))
