"""Cases that were found, kept as scenarios: a case becomes a regression test.

Each expects that the protection is secured. So it fails in `amparo test` while the law lets the
case happen, and passes by itself once the law is mended. A scenario is kept only if, read back as
`amparo test` reads it, everybody obeys the lower law in it and the protection is broken.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from amparo.core.citation import in_words
from amparo.core.from_tree import elaborate_scenario
from amparo.core.law import Law
from amparo.core.world import World
from amparo.diagnostics import Rejected
from amparo.explain.labels import as_to
from amparo.explain.written import Unwritable, citation, scenarios, words_of
from amparo.pipeline.files import Unusable, body_of, root_of, shown
from amparo.pipeline.prepare import Prepared
from amparo.pipeline.whole import write_whole
from amparo.semantics.evaluate import Unspecified
from amparo.semantics.judge import complies, violations
from amparo.syntax.parse import parse
from amparo.syntax.read import read
from amparo.syntax.tree import (
    Act,
    Bill,
    EnumerationDecl,
    ExpectSecured,
    File,
    GraveDecl,
    Name,
    OfLaw,
    Question,
    Scenario,
    Setting,
    Text,
    Use,
    Vocabulary,
    WithBills,
)
from amparo.syntax.unparse import unparse
from amparo.text import Source
from amparo.verify.finding import Finding
from amparo.verify.rules import DENIALS

SAVED = ("licensed-violation", "missing-safeguard", "denied-right", "right-without-remedy")
"""The rules whose cases a scenario can tell: that a protection is broken, the lower law obeyed."""


@dataclass(slots=True)
class Keeper:
    """Writes the cases of a run to one norm file, after what that holds already."""

    path: Path
    cases: list[tuple[Prepared, tuple[Finding, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Refuse, before anything is asked, a file that cannot take scenarios.

        Raises:
            Unusable: it is no norm file, or holds something else than scenarios.
        """
        if not self.path.name.endswith(".norm"):
            raise Unusable(f"`{shown(self._place)}` is no norm file: its name must end in `.norm`")
        if not self._place.parent.is_dir():
            raise Unusable(f"there is no folder `{shown(self._place.parent)}`")
        if self._place.exists() and not self._place.is_file():
            raise Unusable(f"`{shown(self._place)}` is no file")
        if self._place.exists():
            tree, problems = parse(read(self._place, shown(self._place)))
            if problems or not all(isinstance(i, Use | Scenario | Question) for i in tree.items):
                raise Unusable(
                    f"`{shown(self._place)}` holds something else than scenarios, and is left as "
                    "it is; name another file"
                )

    @property
    def _place(self) -> Path:
        return self.path.resolve()

    def keep(self, ready: Prepared, findings: tuple[Finding, ...]) -> None:
        """Remember what was found about one body of law."""
        self.cases.append((ready, findings))

    def write(self) -> tuple[str, ...]:
        """Write the file, and return what was saved and what was not.

        Raises:
            Unusable: the file would not be found with any body of law that was asked about.
        """
        source = read(self._place, shown(self._place)) if self._place.exists() else None
        page = _Page(self._place, "" if source is None else source.text)
        for ready, findings in self._here():
            for finding in findings:
                page.take(ready, finding)
        if page.saved:
            write_whole(self._place, page.text)
        number = len(page.saved)
        said = f"{number} scenario{'s' * (number != 1)} saved in {shown(self._place)}"
        return (said, *page.notes)

    def _here(self) -> Iterator[tuple[Prepared, tuple[Finding, ...]]]:
        """Yield what was found about the body with which `amparo test` reads the file."""
        folder = body_of(self._place)
        found = [each for each in self.cases if folder in _folders(each[0])]
        if self.cases and not found:
            raise Unusable(
                f"`{shown(self._place)}` does not lie in the folder of a body of law that was "
                "checked, so `amparo test` would not find it; name a file there"
            )
        yield from found


def _folders(ready: Prepared) -> set[Path | None]:
    paths = {Path(each.span.source.path).resolve() for each in ready.editions.body.files}
    folders = {body_of(each) for each in paths}
    return folders - {None} or folders


@dataclass(slots=True)
class _Page:
    """The text of the file as it grows."""

    place: Path
    text: str
    saved: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def take(self, ready: Prepared, finding: Finding) -> None:
        """Add the cases of ``finding``; say why where one cannot be."""
        outcome, law = finding.outcome, ready.head.law
        if outcome.world is None or finding.verdict not in ("violated", "depends"):
            return
        where = in_words(law, finding.provision) + as_to(law.vocabulary, finding.act)
        if finding.rule not in SAVED:
            self.notes.append(f"not saved: a scenario cannot tell `{finding.rule}` of {where}")
            return
        worlds = (outcome.world, *(each.world for each in outcome.others))
        for number, world in enumerate(worlds, start=1):
            title = where + (f" ({number})" if number > 1 else "")
            try:
                self._add(ready, finding, world, title)
            except Unwritable as gap:
                self.notes.append(f"not saved: a case of {title}: {gap}")

    def _add(self, ready: Prepared, finding: Finding, world: World, title: str) -> None:
        law = ready.head.law
        expected = ExpectSecured(citation(finding.provision))
        for tree in scenarios(law, world, title, tuple(_settings(ready)), expected):
            if _holds(self._tree(self.text), tree):
                self.notes.append(f"saved before: {title}")
                return
            text = self._with(ready, tree)
            if self._judged(ready, finding, text):
                self.text = text
                self.saved.append(title)
                return
        raise Unwritable("read back as a scenario it would be judged otherwise")

    def _with(self, ready: Prepared, tree: Scenario) -> str:
        """Return the text with ``tree`` after what stands there, and what it uses before it."""
        uses = self._uses(ready, tree)
        added = unparse(File((*uses, tree)))
        return f"{self.text.rstrip()}\n\n{added}" if self.text.strip() else added

    def _uses(self, ready: Prepared, tree: Scenario) -> tuple[Use, ...]:
        """Return what ``tree`` needs and the file does not use yet."""
        items = self._tree(self.text).items
        used = {name.text for item in items if isinstance(item, Use) for name in item.names}
        words = words_of(tree)
        wanted: dict[str | None, dict[str, None]] = {}
        for file in ready.editions.body.files:
            for module in _modules(file, words):
                if module not in used:
                    wanted.setdefault(self._from(file), {})[module] = None
        return tuple(
            Use(tuple(map(Name, names)), None if path is None else Text(path))
            for path, names in wanted.items()
        )

    def _from(self, file: File) -> str | None:
        """Return the path by which ``file`` is named here; None where it is read anyway."""
        path = Path(file.span.source.path).resolve()
        folder = body_of(self.place)
        if folder is not None and path.is_relative_to(folder):
            return None
        if not path.is_relative_to(root_of(self.place.parent)):
            raise Unwritable(f"it needs `{shown(path)}`, which lies outside the project")
        return Path(os.path.relpath(path, self.place.parent)).as_posix()

    def _judged(self, ready: Prepared, finding: Finding, text: str) -> bool:
        """Say whether the last scenario of ``text``, read back, breaks the protection lawfully."""
        own = self._tree(text)
        files = [each for each in ready.editions.body.files if each.span.source.path != self._path]
        tree = own.items[-1]
        assert isinstance(tree, Scenario)
        try:
            back = elaborate_scenario(ready.head.law, tree, (*files, own)).world
        except Rejected as rejected:
            raise Unwritable(rejected.diagnostics[0].message) from rejected
        return _broken(ready.head.law, finding, back)

    @property
    def _path(self) -> str:
        return shown(self.place)

    def _tree(self, text: str) -> File:
        if not text.strip():
            return File(())
        tree, problems = parse(Source(self._path, text))
        if problems:
            raise Unwritable(problems[0].message)
        return tree


def _holds(file: File, tree: Scenario) -> bool:
    """Say whether ``file`` has this very case, whatever it is called."""
    return any(
        (each.settings, each.given, each.occurrences, each.expectations)
        == (tree.settings, tree.given, tree.occurrences, tree.expectations)
        for each in file.items
        if isinstance(each, Scenario)
    )


def _broken(law: Law, finding: Finding, world: World) -> bool:
    norm, denial = law.norms[finding.norm].of_kind(finding.act), DENIALS.get(finding.rule)
    try:
        obeyed = not complies(law, world, norm.rank)
        return obeyed and bool(violations(law, world, norm, denial))
    except Unspecified:
        return False


def _settings(ready: Prepared) -> Iterator[Setting]:
    yield OfLaw(Name(ready.head.law.name))
    bills = tuple(Name(each.name.text) for each in ready.editions.asked)
    if bills:
        yield WithBills(bills)


def _modules(file: File, words: frozenset[str]) -> Iterator[str]:
    """Yield the vocabularies, acts and bills of ``file`` that declare any of ``words``."""
    for item in file.items:
        match item:
            case Vocabulary(name):
                if not words.isdisjoint(_declared(item)):
                    yield name.text
            case Act(name) | Bill(name) if name.text in words:
                yield name.text
            case _:
                pass


def _declared(vocabulary: Vocabulary) -> Iterable[str]:
    for word in vocabulary.words:
        if isinstance(word, GraveDecl):
            continue
        yield word.name.text
        if isinstance(word, EnumerationDecl):
            yield from (option.text for option, _ in word.options)
