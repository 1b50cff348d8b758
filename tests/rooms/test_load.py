from pathlib import Path

import pytest

from amparo.diagnostics import Rejected
from amparo.pipeline.editions import Editions
from amparo.pipeline.files import Unusable, requested
from amparo.pipeline.load import load
from amparo.pipeline.prepare import misread


def codes(rejected: pytest.ExceptionInfo[Rejected]) -> list[tuple[str, str]]:
    return [(each.code, each.primary.text) for each in rejected.value.diagnostics]


def vocabulary(name: str) -> str:
    return f'vocabulary {name}\nkind Thing_{name} reads "a thing".\n'


def test_folders_are_walked_in_order_and_links_are_not_followed(project: Path) -> None:
    for name in ("b.norm", "a.norm.md", "notes.md", ".hidden.norm"):
        (project / name).write_text("")
    (project / "link.norm").symlink_to(project / "b.norm")

    found = requested([project])

    assert [each.name for each in found] == ["a.norm.md", "b.norm"]


@pytest.mark.parametrize("path", ["nowhere", "notes.md", "empty"])
def test_a_path_without_norm_files_cannot_be_used(project: Path, path: str) -> None:
    (project / "notes.md").write_text("")
    (project / "empty").mkdir()

    with pytest.raises(Unusable, match=path):
        requested([Path(path)])


def test_a_file_in_a_body_loads_the_whole_body(homes: Path) -> None:
    (body,) = load([homes / "law" / "housing.norm"]).bodies

    assert body.name == "homes"
    assert body.ranks == ("constitution", "law")
    assert [act.name.text for act in body.acts] == ["charter", "housing"]


def test_each_body_under_a_parent_folder_is_one_of_its_own(homes: Path) -> None:
    nested = homes / "law" / "abroad"
    nested.mkdir()
    (nested / "body.norm").write_text('body abroad "Law abroad" ranks treaty, rule.\n')
    (nested / "words.norm").write_text(vocabulary("abroad"))

    bodies = load([homes / "law"]).bodies

    assert [(body.name, len(body.files)) for body in bodies] == [("abroad", 2), ("homes", 3)]


def test_files_without_a_body_form_one_with_the_default_ranks(project: Path) -> None:
    (project / "a.norm").write_text(vocabulary("a"))
    (project / "b.norm").write_text(vocabulary("b"))

    (body,) = load([project]).bodies

    assert (body.name, body.ranks) == ("law", ("constitution", "law", "decree"))


def test_a_used_file_is_loaded_from_where_it_is_named(project: Path) -> None:
    (project / "shared").mkdir()
    (project / "shared" / "a.norm").write_text(vocabulary("a"))
    (project / "own").mkdir()
    (project / "own" / "b.norm").write_text('use a from "../shared/a.norm".\n' + vocabulary("b"))

    (body,) = load([project / "own"]).bodies

    assert [file.span.source.path for file in body.files] == ["own/b.norm", "shared/a.norm"]


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("../../outside.norm", "outside-project"),
        ("/etc/passwd", "outside-project"),
        ("link.norm", "outside-project"),
        ("missing.norm", "unknown-file"),
        ("amparo.toml", "unknown-file"),
        (".", "unknown-file"),
    ],
)
def test_a_use_reads_norm_files_of_the_project_only(
    project: Path, tmp_path_factory: pytest.TempPathFactory, named: str, code: str
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "outside.norm"
    outside.write_text(vocabulary("a"))
    (project / "link.norm").symlink_to(outside)
    (project / "b.norm").write_text(f'use a from "{named}".\n' + vocabulary("b"))

    with pytest.raises(Rejected) as rejected:
        load([project / "b.norm"])

    assert codes(rejected) == [(code, f'"{named}"')]


def test_every_fault_of_every_file_is_reported_at_once(project: Path) -> None:
    (project / "a.norm").write_bytes(b"\xff\xfe not text")
    (project / "b.norm").write_text('use x from "missing.norm".\n' + vocabulary("b"))
    (project / "c.norm").write_text("vocabulary c\nkind .\n")

    with pytest.raises(Rejected) as rejected:
        load([project])

    paths = {each.primary.source.path for each in rejected.value.diagnostics}
    assert paths == {"a.norm", "b.norm", "c.norm"}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('reads "a dwelling".', 'reads "a dwelling"', ["missing-full-stop", "unknown-kind"]),
        ("forbid Eviction", "forbit Eviction", ["misspelt-keyword", "unknown-kind"]),
        ("kind Dwelling", "kind Dwelling thing", ["unexpected-words"]),
        ("kind Dwelling", "kind 7", ["unexpected-words"]),
        ("2000-01-01", "2000-13-01", ["invalid-date"]),
    ],
)
def test_words_are_checked_where_the_writing_lost_none(
    homes: Path, old: str, new: str, found: list[str]
) -> None:
    charter, housing = homes / "law" / "charter.norm", homes / "law" / "housing.norm"
    charter.write_text(charter.read_text().replace(old, new))
    housing.write_text(housing.read_text().replace("permit Eviction", "permit Evication"))

    with pytest.raises(Rejected) as rejected:
        load([homes / "law"], misread=misread)

    assert [code for code, _ in codes(rejected)] == found


def test_one_body_is_declared_once(homes: Path) -> None:
    (homes / "law" / "other.norm").write_text('body other "Other" ranks a, b.\n')

    with pytest.raises(Rejected) as rejected:
        load([homes / "law"])

    assert [code for code, _ in codes(rejected)] == ["duplicate-body"]


def test_a_body_file_must_declare_its_body(homes: Path) -> None:
    (homes / "law" / "body.norm").write_text(vocabulary("stray"))

    with pytest.raises(Rejected) as rejected:
        load([homes / "law"])

    assert [code for code, _ in codes(rejected)] == ["missing-body"]


def test_a_file_named_as_a_bill_must_hold_one(homes: Path) -> None:
    with pytest.raises(Unusable, match="holds none"):
        load([homes / "law"], [homes / "law" / "charter.norm"])


def test_a_bill_joins_the_body_that_it_amends_and_no_other(homes: Path) -> None:
    (homes / "other").mkdir()
    (homes / "other" / "body.norm").write_text('body other "Other" ranks a, b.\n')
    (homes / "other" / "words.norm").write_text(vocabulary("other"))

    corpus = load([homes / "law", homes / "other"], [homes / "bill.norm"])

    (bill,) = corpus.bills
    assert [body.holds(bill) for body in corpus.bodies] == [True, False]


def test_a_bill_that_is_not_asked_about_is_not_applied(homes: Path) -> None:
    (homes / "bill.norm").rename(homes / "law" / "bill.norm")
    (body,) = load([homes / "law"]).bodies

    applied = Editions(body).consolidated()

    assert applied.changes == ()


def enact(file: Path) -> None:
    file.write_text(file.read_text().replace("rank law", "rank law enacted"))


def test_an_enacted_bill_is_law_and_its_base_is_the_law_without_it(homes: Path) -> None:
    enact(homes / "bill.norm")
    corpus = load([homes / "law"], [homes / "bill.norm"])
    (body,) = corpus.bodies

    assert len(Editions(body).consolidated().changes) == len(
        Editions(body, corpus.bills).consolidated().changes
    )
    assert Editions(body, corpus.bills).unamended().changes == ()


def test_a_later_bill_that_builds_on_the_one_in_question_is_noted(homes: Path) -> None:
    enact(homes / "bill.norm")
    bill = (
        (homes / "bill.norm")
        .read_text()
        .replace("norm eviction permit Eviction e.", "norm fast permit Eviction e.")
    )
    (homes / "bill.norm").write_text(bill)
    (homes / "law" / "later.norm").write_text(
        """
use home, housing.
bill later "Later" rank law enacted in force from 2021-01-01
  amend housing
    repeal article 1 norm fast.
"""
    )
    corpus = load([homes / "law"], [homes / "bill.norm"])
    (body,) = corpus.bodies

    edition = Editions(body, corpus.bills).base()

    (note,) = edition.notes
    assert note.startswith("`later` builds on the bill in question")


def test_a_part_of_a_bill_is_a_law_of_its_own(homes: Path) -> None:
    corpus = load([homes / "law"], [homes / "bill.norm"])
    (body,) = corpus.bodies
    editions = Editions(body, corpus.bills)
    whole = frozenset((each.bill, each.instruction) for each in editions.instructions())

    assert editions.variant(whole) == editions.head().law
    assert editions.variant(frozenset()) == editions.base().law
