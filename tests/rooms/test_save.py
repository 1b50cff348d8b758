"""Cases kept as scenarios: they fail while the law lets the case happen, and pass once it is mended."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import laws
from amparo.core.from_tree import elaborate_scenario
from amparo.core.law import Law
from amparo.core.world import Event, World
from amparo.diagnostics import Rejected
from amparo.explain.written import Unwritable, citation, scenarios
from amparo.semantics.judge import complies, violations
from amparo.syntax.parse import parse
from amparo.syntax.tree import ExpectSecured, File, Name, OfLaw, Scenario
from amparo.syntax.unparse import unparse
from amparo.text import Source
from expect import amparo
from laws import edited

BODY = 'body homes "The law of homes" ranks constitution, law.\n'
LAW = """
vocabulary home
currency KZT.
enumeration Cause: debt, crime.
kind Person reads "a person".
kind Clerk is Person may overlap Heir reads "a clerk".
kind Heir is Person reads "an heir".
kind Dwelling reads "a home".
kind Action reads "an act".
fact owns(p: Person, d: Dwelling) reads "{d} belongs to {p}".
fact minor(p: Person).
fact worth(d: Dwelling): money in KZT.
fact part(p: Person): share.
fact rooms(d: Dwelling): number.
fact born(p: Person): date.
fact respite(p: Person): duration.
fact cause(d: Dwelling): Cause.
fact heir_of(d: Dwelling): Person.
open fact fair(l: Levy) reads "taking {l.of} is fair".
state held(d: Dwelling) begins with Notice b when b.of = d.
parameter mci: money in KZT = 3_000 KZT from 2023-01-01.
event Notice { of: Dwelling }.
official act Levy { of: Dwelling, from: Person } reads "{of} is taken from {from}".
official act Order { of: Dwelling, by: Person, sum: money } reads "{by} orders it".
power act Appeal { by: Person, against: Levy }.

act basic "The basic law" rank constitution in force from 2000-01-01 evidence read
  article 1 "The home"
    norm protection forbid Levy l.

act code "The code" rank law in force from 2000-01-01 evidence read
  article 1
    norm basis permit Levy l.
"""
BASIS = "norm basis permit Levy l."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a body of law whose protection can be broken."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "body.norm").write_text(BODY)
    (tmp_path / "law.norm").write_text(LAW)
    return tmp_path


def _law(basis: str, protection: str = "forbid Levy l") -> str:
    changed = edited(LAW, "norm protection forbid Levy l.", f"norm protection {protection}.")
    return edited(changed, BASIS, f"norm basis {basis}.")


# -- by the command line -------------------------------------------------------------------------


def test_a_saved_case_fails_while_the_law_lets_it_happen_and_then_passes(folder: Path) -> None:
    ended = amparo("check", ".", "--as-of", "2024-05-01", "--save-scenario", "found.norm")
    assert (ended.code, ended.err) == (1, "1 scenario saved in found.norm\n")

    tested = amparo("test", ".")
    assert tested.code == 1
    assert "0 passed, 1 failed" in tested.out

    (folder / "law.norm").write_text(_law("permit Levy l when l.from owns l.of and minor(l.from)"))
    assert amparo("test", ".").code == 0


def test_what_is_saved_is_laid_out_as_fmt_does_and_names_what_it_uses(folder: Path) -> None:
    amparo("check", ".", "--as-of", "2024-05-01", "--save-scenario", "found.norm")

    assert (folder / "found.norm").read_text() == (
        "use home, basic.\n\n"
        'scenario "The basic law, article 1"\n'
        "  law homes\n"
        "  as of 2024-05-01\n"
        "  given\n"
        "    home: Dwelling,\n"
        "    person: Person.\n"
        "  when\n"
        "    levy: Levy { of: home, from: person, on: 2024-05-01 }.\n"
        "  expect basic article 1 norm protection secured.\n"
    )
    assert amparo("fmt", "found.norm", "--check").code == 0


def test_saving_again_adds_nothing_and_another_case_is_added(folder: Path) -> None:
    saving = ("check", ".", "--as-of", "2024-05-01", "--save-scenario", "found.norm")
    amparo(*saving)
    first = (folder / "found.norm").read_text()

    again = amparo(*saving)
    assert again.err == "0 scenarios saved in found.norm\nsaved before: The basic law, article 1\n"
    assert (folder / "found.norm").read_text() == first

    (folder / "law.norm").write_text(_law("permit Levy l when l.from owns l.of"))
    amparo(*saving)
    both = (folder / "found.norm").read_text()
    assert both.startswith(first)
    assert both.count("scenario ") == 2
    assert both.count("use ") == 1
    tested = amparo("test", ".")
    assert "1 passed, 1 failed" in tested.out


def test_every_way_is_saved(folder: Path) -> None:
    (folder / "law.norm").write_text(
        _law(
            "permit Levy l when minor(l.from).\n    norm other permit Levy l when not minor(l.from)"
        )
    )

    amparo("check", ".", "--as-of", "2024-05-01", "--save-scenario", "found.norm")

    saved = (folder / "found.norm").read_text()
    assert 'scenario "The basic law, article 1 (2)"' in saved
    assert saved.count("minor(person)") == 1


def test_a_bill_is_named_and_one_of_another_folder_is_used_from_there(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "pyproject.toml").write_text("")
    (folder / "law").mkdir()
    for name in ("body.norm", "law.norm"):
        (folder / name).rename(folder / "law" / name)
    (folder / "law" / "law.norm").write_text(edited(LAW, BASIS))
    (folder / "bill.norm").write_text(
        'use home.\nbill wider "Wider" rank law in force from 2024-01-01\n amend code\n'
        f"  in article 1 insert\n   point 1\n    {BASIS}\n"
    )

    ended = amparo("check", "law", "--bill", "bill.norm", "--save-scenario", "law/found.norm")

    assert ended.code == 1
    saved = (folder / "law" / "found.norm").read_text()
    assert 'use wider from "../bill.norm".' in saved
    assert "  bill wider\n" in saved
    assert amparo("test", "law").code == 1


def test_files_of_no_body_are_named_where_they_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "law.norm").write_text(LAW)

    amparo("check", "law.norm", "--save-scenario", "found.norm")

    assert (tmp_path / "found.norm").read_text().startswith('use home, basic from "law.norm".\n')
    assert amparo("test", "found.norm").code == 1


def test_what_depends_is_saved_with_the_truth_that_breaks_it(folder: Path) -> None:
    (folder / "law.norm").write_text(_law("permit Levy l", "forbid Levy l unless fair(l)"))

    ended = amparo("check", ".", "--save-scenario", "found.norm")

    assert ended.code == 3
    assert "not fair(levy)" in (folder / "found.norm").read_text()
    assert amparo("test", ".").code == 1


def test_what_holds_saves_nothing_and_leaves_no_file(folder: Path) -> None:
    (folder / "law.norm").write_text(_law("permit Levy l when minor(l.from) and not minor(l.from)"))

    ended = amparo("check", ".", "--save-scenario", "found.norm")

    assert ended.code == 0
    assert not (folder / "found.norm").exists()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("law.norm", None, "holds something else than scenarios"),
        ("found.txt", "", "must end in `.norm`"),
        ("found.norm", "scenario oops", "holds something else than scenarios"),
        ("away/found.norm", None, "there is no folder"),
    ],
)
def test_nothing_else_is_overwritten(folder: Path, name: str, text: str | None, said: str) -> None:
    if text is not None:
        (folder / name).write_text(text)
    before = {each: each.read_text() for each in folder.iterdir()}

    ended = amparo("check", "law.norm", "--save-scenario", name)

    assert ended.code == 2
    assert said in ended.err
    assert {each: each.read_text() for each in folder.iterdir()} == before


def test_a_file_that_the_body_would_not_find_is_refused(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("")
    (folder / "inner").mkdir()
    (folder / "inner" / "body.norm").write_text('body other "Other" ranks constitution, law.\n')

    ended = amparo("check", "law.norm", "--save-scenario", "inner/found.norm")

    assert ended.code == 2
    assert "does not lie in the folder of a body of law that was checked" in ended.err


# -- worlds, there and back -----------------------------------------------------------------------

DAY = datetime.date(2024, 5, 1)


def _world(**changes: object) -> World:
    levy = Event("l", frozenset({"Levy"}), DAY, 0, {"of": "h", "from": "p"})
    base = World({"h": frozenset({"Dwelling"}), "p": frozenset({"Person"})}, {"l": levy}, DAY)
    return replace(base, **changes)  # type: ignore[arg-type]


def _back(law: Law, world: World) -> Iterator[World]:
    """Yield ``world`` as it is read back, once for each order of what is at one moment."""
    norm = law.norms["basic article 1 norm protection"]
    expected = ExpectSecured(citation(norm.provision))
    file = laws.read(LAW)
    for tree in scenarios(law, world, "T", (OfLaw(Name(law.name)),), expected):
        text = unparse(File((tree,)))
        read, problems = parse(Source("saved.norm", f"use home, basic, code.\n{text}"))
        assert problems == ()
        (scenario,) = (each for each in read.items if isinstance(each, Scenario))
        assert scenario == tree
        yield elaborate_scenario(law, scenario, (file, read)).world


FULL = _world(
    things={
        "h": frozenset({"Dwelling"}),
        "h2": frozenset({"Dwelling"}),
        "p": frozenset({"Person"}),
        "q": frozenset({"Clerk"}),
        "a": frozenset({"Action"}),
    },
    events={
        "n": Event("n", frozenset({"Notice"}), DAY, 0, {"of": "h"}),
        "l": Event("l", frozenset({"Levy"}), DAY, 1, {"of": "h", "from": "q"}),
        "o": Event(
            "o",
            frozenset({"Order"}),
            datetime.date(2024, 4, 1),
            3,
            {"of": "h2", "by": "p", "sum": 5},
        ),
        "w": Event("w", frozenset({"Appeal"}), DAY, 7, {"by": "q", "against": "l"}),
    },
    closing=datetime.date(2024, 6, 1),
    relations=frozenset({("owns", ("q", "h")), ("minor", ("q",))}),
    states=frozenset({("held", ("h2",))}),
    open_facts={("fair", ("l",)): False},
    attributes={
        ("worth", ("h",)): 123_456,
        ("part", ("q",)): Fraction(1, 8),
        ("rooms", ("h",)): 3,
        ("born", ("p",)): datetime.date(1980, 2, 29),
        ("respite", ("p",)): 10,
        ("cause", ("h",)): "crime",
        ("heir_of", ("h2",)): "q",
    },
)
CALLED = {"h": "home", "h2": "home_2", "p": "person", "q": "clerk", "a": "act_2"} | {
    "n": "notice",
    "l": "levy",
    "o": "order",
    "w": "appeal",
}


def test_a_world_is_written_whole_and_read_back_the_same() -> None:
    (back,) = _back(laws.law(LAW), FULL)

    assert back.things == {CALLED[name]: kinds for name, kinds in FULL.things.items()}
    assert back.closing == FULL.closing
    assert back.relations == {("owns", ("clerk", "home")), ("minor", ("clerk",))}
    assert back.states == {("held", ("home_2",))}
    assert back.open_facts == {("fair", ("levy",)): False}
    assert back.attributes == {
        (fact, tuple(CALLED[each] for each in arguments)): CALLED.get(str(value), value)
        for (fact, arguments), value in FULL.attributes.items()
    }
    in_time = sorted(back.events.values(), key=lambda each: each.moment)
    assert [each.name for each in in_time] == ["order", "notice", "levy", "appeal"]
    assert back.events["order"].roles == {"of": "home_2", "by": "person", "sum": 5}
    assert back.events["levy"].on == DAY


def test_a_word_of_the_language_is_nobody_s_name() -> None:
    (back,) = _back(laws.law(LAW), FULL)

    assert "act" not in back.things
    assert "act_2" in back.things


def test_who_is_of_several_kinds_stays_so() -> None:
    both = _world(things={"h": frozenset({"Dwelling"}), "p": frozenset({"Clerk", "Heir"})})

    (back,) = _back(laws.law(LAW), both)

    assert frozenset({"Clerk", "Heir"}) in back.things.values()


def test_nobody_is_said_to_be_what_excludes_each_other() -> None:
    text = edited(
        LAW, "kind Heir is Person", "kind Child is Person may overlap Clerk.\nkind Heir is Person"
    )
    case = (
        'scenario "S"\n as of 2024-05-01\n given p: Clerk, p is an Heir, p is a Child.\n'
        " expect that p is a Clerk.\n"
    )
    file = laws.read(text + case)
    (tree,) = (each for each in file.items if isinstance(each, Scenario))

    with pytest.raises(Rejected, match="nobody is both a `Child` and a `Heir`"):
        elaborate_scenario(laws.law(text), tree, (file,))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"attributes": {("part", ("p",)): Fraction(1, 3)}}, "no end as a decimal"),
        ({"assumed_days": {("office", DAY, 3): DAY}}, "working days"),
        ({"assumed_parameters": {("mci", DAY): 5}}, "parameter"),
        ({"open_facts": {("unknown text of x: permits", ("l",)): True}}, "nobody has seen"),
    ],
)
def test_what_the_language_cannot_say_is_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(Unwritable, match=said):
        tuple(_back(laws.law(LAW), _world(**changes)))


def test_what_happens_at_one_moment_is_put_in_every_order() -> None:
    levy = Event("l", frozenset({"Levy"}), DAY, 0, {"of": "h", "from": "p"})
    notice = Event("n", frozenset({"Notice"}), DAY, 0, {"of": "h"})

    backs = tuple(_back(laws.law(LAW), _world(events={"l": levy, "n": notice})))

    assert [each.events["levy"].moment < each.events["notice"].moment for each in backs] == [
        True,
        False,
    ]


def test_what_is_found_is_judged_the_same_when_read_back() -> None:
    text = _law("permit Levy l when some Notice n has n before l and worth(l.of) > 20 mci")
    law = laws.law(text)
    found = laws.finding(text, "2024-05-01")
    assert found.outcome.world is not None

    backs = tuple(_back(law, found.outcome.world))

    assert any(
        complies(law, back, 0) == () and violations(law, back, law.norms[found.norm])
        for back in backs
    )
