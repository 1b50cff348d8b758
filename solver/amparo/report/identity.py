"""What makes a finding the same from run to run.

Not where it stands, in which file, how it is worded, or which number a bill gives its provision: a
reviewer's mark on a finding stays when lines move, files are renamed, messages are said in other
words and articles renumbered.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from amparo.core.citation import located
from amparo.core.law import Law
from amparo.core.moved import first_place
from amparo.diagnostics import Diagnostic
from amparo.report.result import Examined
from amparo.verify.finding import Finding

DIGITS = 16


def identity(body: str, finding: Finding) -> str:
    """Return the identity of ``finding`` among those about ``body``: 16 hexadecimal digits."""
    place = finding.provision
    # Of what it takes besides, the citation without the version: a later version of the same
    # provision does not make it another finding.
    beside = sorted(each.partition("@")[0] for each in finding.beside)
    return _digest(
        finding.rule,
        body,
        *(place.act, place.article, place.paragraph, place.point, place.norm),
        finding.act or "",
        *beside,
    )


def identified(examined: Examined) -> Iterator[tuple[str, Finding]]:
    """Yield the findings in the order of `Examined.findings`, each with an identity of its own.

    Where several are the same by `identity` (two versions of a norm, two words without effect in
    one), all after the first, in the order of the law, have their number at the end.
    """
    found = examined.report.findings
    names = _numbered(
        identity(examined.report.body, _first_numbered(examined.law, each)) for each in found
    )
    by_finding = {id(each): name for each, name in zip(found, names, strict=True)}
    yield from ((by_finding[id(each)], each) for each in examined.findings)


def _first_numbered(law: Law, finding: Finding) -> Finding:
    """Return ``finding`` by the numbers that its provisions had before any bill gave them others."""
    if not law.moves:
        return finding
    beside = (str(first_place(law, located(law, each), each)) for each in finding.beside)
    place = first_place(law, finding.provision, finding.norm)
    return replace(finding, provision=place, beside=tuple(beside))


def identified_faults(
    diagnostics: Iterable[Diagnostic],
) -> Iterator[tuple[str, Diagnostic]]:
    """Yield faults of the text, each with an identity that survives moved lines."""
    found = tuple(diagnostics)
    names = _numbered(
        _digest(each.code, each.primary.source.path, each.primary.text) for each in found
    )
    return zip(names, found, strict=True)


def _numbered(names: Iterable[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    numbered = []
    for each in names:
        seen[each] += 1
        numbered.append(each if seen[each] == 1 else f"{each}-{seen[each]}")
    return tuple(numbered)


def _digest(*parts: str) -> str:
    # The lengths keep the parts apart, whatever is in them.
    text = "".join(f"{len(each)}:{each}" for each in parts)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:DIGITS]
