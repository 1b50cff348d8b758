"""The README says what the program prints."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- main job: begin -->\n```text\n", "```\n<!-- main job: end -->"
COMMAND = "check norms/kz --bill norms/kz/bills/217-VI.norm --as-of 2024-05-01"


@pytest.mark.slow
def test_the_readme_shows_the_output_of_the_main_job(request: pytest.FixtureRequest) -> None:
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    shown, after = rest.split(END)

    ran = subprocess.run(
        [sys.executable, "-c", "from amparo.cli import main; main()", *COMMAND.split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if request.config.getoption("--bless"):
        readme.write_text(before + BEGIN + ran.stdout + END + after, encoding="utf-8")

    assert ran.returncode == 1
    assert f"amparo {COMMAND}" in before
    assert shown == ran.stdout
