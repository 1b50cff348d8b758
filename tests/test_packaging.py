"""What is installed, and from what."""

import re
import tomllib
from importlib.metadata import entry_points

import pytest

from amparo._resources import folder
from expect import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
PINS = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["grammar", "norms", "docs/rules"])
def test_the_data_folders_are_found_and_hold_no_code(name: str) -> None:
    assert folder(name).is_dir()
    assert not list((REPOSITORY / name).rglob("*.py"))


def test_every_data_folder_that_a_wheel_carries_is_a_folder_of_the_checkout() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert set(wheel["only-include"]) == {
        "solver/amparo",
        *(each for each in wheel["sources"] if each != "solver"),
    }
    for carried, target in wheel["sources"].items():
        assert target in ("", f"amparo/_data/{carried}")


def test_the_source_root_holds_one_package() -> None:
    found = {
        each.name for each in (REPOSITORY / "solver").iterdir() if not each.name.startswith(".")
    }

    assert found == {"amparo"}


def test_every_requirement_is_pinned_with_hashes() -> None:
    # The long searches for faults are run by hand, with what is newest.
    optional = PROJECT["project"]["optional-dependencies"]
    extras = [listed for extra, listed in optional.items() if extra != "evidence"]
    listed = [*PROJECT["project"]["dependencies"], *(each for extra in extras for each in extra)]
    wanted = [each for each in listed if not each.startswith("amparo[")]  # an extra of our own
    pinned = dict(re.findall(r"^([a-z0-9-]+)==\S+( ;[^\\\n]*)?.*\\\n +--hash=sha256", PINS, re.M))

    for each in wanted:
        name = re.match(r"[A-Za-z0-9-]+", each)
        assert name is not None
        assert name[0] in pinned, each
    assert len(re.findall("==", PINS)) >= len(pinned)


def test_no_registry_is_named() -> None:
    assert "://" not in PINS
    assert "--index" not in PINS


def test_the_command_is_installed() -> None:
    (command,) = entry_points(group="console_scripts", name="amparo")

    assert command.value == "amparo.cli:main"


def test_the_plugin_of_pytest_is_installed() -> None:
    (plugin,) = entry_points(group="pytest11", name="amparo")

    assert plugin.value == "amparo.pytest_plugin"
