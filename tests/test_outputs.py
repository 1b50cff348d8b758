"""The pages say what the program prints.

A page shows a command in a `console` block, then `<!-- prints, exit N -->` and a `text` block:
that is the whole output of the command, word for word. With `<!-- prints until WORDS, exit N -->`
it is what comes before the first line that begins with these words, with `from WORDS` what comes
from such a line on.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/kazakhstan.md")
SHOWN = re.compile(
    r"^```console\n\$ (?:\.venv/bin/)?amparo (?P<command>[^\n]+)\n```\n\n"
    r"<!-- prints(?: from (?P<since>[^,]+?))?(?: until (?P<until>[^,]+))?, exit (?P<code>\d) -->\n"
    r"```text\n(?P<text>.*?)^```\n",
    re.DOTALL | re.MULTILINE,
)


def shown() -> list[tuple[str, str]]:
    """Return every page with every command of which it shows the output."""
    return [
        (page, found["command"])
        for page in PAGES
        for found in SHOWN.finditer((ROOT / page).read_text(encoding="utf-8"))
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("page", "command"), shown())
def test_a_page_shows_what_a_command_prints(
    request: pytest.FixtureRequest, page: str, command: str
) -> None:
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    (found,) = (each for each in SHOWN.finditer(text) if each["command"] == command)

    ran = subprocess.run(
        [sys.executable, "-c", "from amparo.cli import main; main()", *shlex.split(command)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    printed = ran.stdout
    if found["since"] is not None:
        _, cut, after = printed.partition(f"\n{found['since']}")
        assert cut
        printed = f"{found['since']}{after}"
    if found["until"] is not None:
        printed, cut, _ = printed.partition(f"\n{found['until']}")
        assert cut
        printed = f"{printed.rstrip()}\n"
    if request.config.getoption("--bless"):
        now = text[: found.start("text")] + printed + text[found.end("text") :]
        path.write_text(now, encoding="utf-8")

    assert str(ran.returncode) == found["code"], ran.stderr
    assert found["text"] == printed


def test_the_readme_shows_the_main_job() -> None:
    assert ("README.md", MAIN_JOB) in shown()


MAIN_JOB = "check norms/kz --bill norms/kz/bills/217-VI.norm --as-of 2024-05-01"
