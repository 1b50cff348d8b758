"""The rooms open downwards only, and every boundary is one module thick."""

import subprocess
import sys

import pytest

from expect import REPOSITORY

ROOMS = sorted(
    each for each in (REPOSITORY / "solver" / "amparo").iterdir() if any(each.glob("*.py"))
)


def test_the_import_contracts_are_kept() -> None:
    call = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"

    ended = subprocess.run(
        [sys.executable, "-c", call], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_is_a_package_that_says_what_it_is_for(room: object) -> None:
    # A folder without `__init__.py` would escape the import contracts.
    package = REPOSITORY / "solver" / "amparo" / str(room) / "__init__.py"

    assert package.read_text(encoding="utf-8").startswith('"""')
