"""What makes a finding the same from run to run.

Not where it stands, in which file, or how it is worded: a reviewer's mark on a finding stays when
lines move, files are renamed and messages are said in other words.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

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
    names = _numbered(identity(examined.report.body, each) for each in found)
    by_finding = {id(each): name for each, name in zip(found, names, strict=True)}
    yield from ((by_finding[id(each)], each) for each in examined.findings)


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
