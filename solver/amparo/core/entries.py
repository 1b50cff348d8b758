"""The elements of the law in the order of the text, each with its identity and its ground."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from amparo.core.clauses import check_clauses
from amparo.core.ground import Ground, Instructions, ground, overlap
from amparo.core.law import ActInfo, NormId, Period, Provision
from amparo.diagnostics import Diagnostic, Label
from amparo.names.places import Placed, places
from amparo.names.problems import Problems, did_you_mean
from amparo.syntax.tree import (
    Act,
    Article,
    Bill,
    Define,
    Effect,
    Enacted,
    Graded,
    MadeUnder,
    Name,
    NormDecl,
    Rank,
    Says,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A container, or an element and its identity in the law."""

    placed: Placed
    ground: Ground
    rank: int
    id: NormId = ""

    @property
    def provision(self) -> Provision:
        """Where it stands."""
        return self.placed.provision


@dataclass(frozen=True, slots=True)
class Text:
    """Everything that stands in the acts."""

    acts: dict[str, ActInfo]
    entries: tuple[Entry, ...]
    containers: tuple[Entry, ...]
    titles: dict[Provision, str]


def read_acts(
    acts: Sequence[Act], ranks: tuple[str, ...], changes: Instructions, problems: Problems
) -> Text:
    """Return the elements and containers of ``acts``; report duplicates and faulty headings."""
    infos: dict[str, ActInfo] = {}
    titles: dict[Provision, str] = {}
    elements: list[Entry] = []
    containers: list[Entry] = []
    for act in acts:
        rank, rank_name = _rank(act, ranks, problems)
        for placed in places(act):
            entry = Entry(placed, ground(placed, changes, problems), rank)
            _title(entry, titles)
            if placed.element is None:
                containers.append(entry)
                _check_headings(placed, problems)
            else:
                elements.append(entry)
            if placed.container is act and placed.element is None:
                infos[act.name.text] = ActInfo(
                    act.name.text,
                    act.title.text,
                    rank,
                    rank_name,
                    entry.ground.period,
                    entry.ground.provenance,
                )
    _check_containers(containers, problems)
    return Text(infos, _identified(elements, problems), tuple(containers), titles)


def _rank(act: Act, ranks: tuple[str, ...], problems: Problems) -> tuple[int, str]:
    stated = [each.name for each in act.headings if isinstance(each, Rank)]
    if not stated:
        advice = f"write `rank {ranks[-1]}`, or one of {', '.join(f'`{each}`' for each in ranks)}"
        message = f"the act `{act.name.text}` has no rank"
        problems.error(Diagnostic("act-without-rank", message, act.name.span, help=advice))
        return len(ranks) - 1, ranks[-1]
    if not any(isinstance(each, Graded) for each in act.headings):
        problems.warn(
            Diagnostic(
                "evidence-missing",
                f"the act `{act.name.text}` does not say what its text rests on",
                act.name.span,
                help="write `evidence read`, `summary`, `inferred` or `unknown`",
            )
        )
    name = stated[0]
    if not _is_rank(name, ranks, problems):
        return len(ranks) - 1, ranks[-1]
    return ranks.index(name.text), name.text


def check_bills(bills: Iterable[Bill], ranks: tuple[str, ...], problems: Problems) -> None:
    """Report each bill whose rank the body of law does not have."""
    for bill in bills:
        for heading in bill.headings:
            if isinstance(heading, Rank):
                _is_rank(heading.name, ranks, problems)


def _is_rank(name: Name, ranks: tuple[str, ...], problems: Problems) -> bool:
    if name.text in ranks:
        return True
    advice = did_you_mean(name.text, ranks) or f"the ranks are {', '.join(ranks)}"
    message = f"there is no rank `{name.text}`"
    problems.error(Diagnostic("unknown-rank", message, name.span, help=advice))
    return False


def _check_headings(placed: Placed, problems: Problems) -> None:
    """Only an act has a rank and a power it is made under; only a bill is enacted."""
    container = placed.container
    for heading in container.headings:
        if isinstance(heading, Enacted) or (
            isinstance(heading, (Rank, MadeUnder)) and not isinstance(container, Act)
        ):
            heads = "a bill" if isinstance(heading, Enacted) else "an act or a bill"
            words = " ".join(heading.span.text.split())
            message = f"`{words}` stands only at the head of {heads}"
            problems.error(Diagnostic("misplaced-heading", message, heading.span))


def _title(entry: Entry, titles: dict[Provision, str]) -> None:
    element, container = entry.placed.element, entry.placed.container
    if isinstance(element, (NormDecl, Define)):
        said = [each.text.text for each in element.clauses if isinstance(each, Says)]
    elif element is None:
        said = [each.text.text for each in container.headings if isinstance(each, Says)]
        if isinstance(container, Article) and container.title is not None:
            said = [container.title.text]
    else:
        return
    if said:
        titles[entry.provision] = said[0]


def _check_containers(containers: Sequence[Entry], problems: Problems) -> None:
    found: defaultdict[Provision, list[Entry]] = defaultdict(list)
    for entry in containers:
        container = entry.placed.container
        for other in found[entry.provision]:
            if not isinstance(container, Act) and overlap(entry.ground.period, other.ground.period):
                first = other.placed.container
                assert not isinstance(first, Act)
                what = type(container).__name__.lower()
                problems.error(
                    Diagnostic(
                        f"duplicate-{what}",
                        f"{what} {container.label.text} is written twice, both in force at one time",
                        container.label.span,
                        related=(Label(first.label.span, "first written here"),),
                        help=f"to replace it, amend it; to add to it, write in the same {what}",
                    )
                )
                break
        found[entry.provision].append(entry)


def _identified(elements: Sequence[Entry], problems: Problems) -> tuple[Entry, ...]:
    """Return ``elements`` with their identities; two norms of one time and place are a fault."""
    versions: defaultdict[Provision, list[Entry]] = defaultdict(list)
    for entry in elements:
        if isinstance(entry.placed.element, NormDecl):
            _check_norm(entry, versions[entry.provision], problems)
            versions[entry.provision].append(entry)
    used: dict[str, int] = {}
    found = []
    for entry in elements:
        element = entry.placed.element
        identity = str(entry.provision)
        if isinstance(element, Define):
            bare = replace(entry.provision, norm="")
            identity = f"{bare} definition {element.name.text}"
        start = entry.ground.period.start
        if len(versions.get(entry.provision, ())) > 1 and start is not None:
            identity = f"{identity}@{start}"
        used[identity] = used.get(identity, 0) + 1
        if used[identity] > 1:
            identity = f"{identity}#{used[identity]}"
        found.append(replace(entry, ground=_with_effect(entry), id=identity))
    return tuple(found)


def _check_norm(entry: Entry, others: Sequence[Entry], problems: Problems) -> None:
    element = entry.placed.element
    assert isinstance(element, NormDecl)
    check_clauses(element, problems)
    for other in others:
        if overlap(entry.ground.period, other.ground.period):
            first = other.placed.element
            assert isinstance(first, NormDecl)
            problems.error(
                Diagnostic(
                    "duplicate-norm",
                    f"norm `{element.name.text}` is written twice, both in force at one time",
                    element.name.span,
                    related=(Label(first.name.span, "first written here"),),
                    help="to replace a norm, amend it",
                )
            )
            return


def _with_effect(entry: Entry) -> Ground:
    """Return the ground of a counting norm from the date on which it takes effect."""
    element = entry.placed.element
    if isinstance(element, NormDecl):
        for clause in element.clauses:
            if isinstance(clause, Effect):
                period = Period(clause.start.value, entry.ground.period.end)
                return replace(entry.ground, period=period)
    return entry.ground
