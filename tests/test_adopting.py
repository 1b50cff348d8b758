"""A ministry's repository takes Amparo up: real git, real processes, the shell of the build."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from expect import REPOSITORY

EXAMPLE = REPOSITORY / "examples" / "ministry"
WORKFLOWS = [
    *sorted((REPOSITORY / ".github" / "workflows").glob("*.yml")),
    EXAMPLE / ".github" / "workflows" / "law.yml",
]
ACTION = REPOSITORY / "action.yml"

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or shutil.which("bash") is None or sys.platform == "win32",
    reason="needs git and a shell as POSIX has it",
)

SHORTCUT = """
use homes, enforcement.

bill shortcut "A shortcut"
  rank law
  in force from 2027-01-01
  evidence read

  amend enforcement
    in article 2
      replace norm taking with
        norm taking
          permit Taking t.
"""


@dataclass(frozen=True, slots=True)
class Checkout:
    """The example, copied out and committed to `main`."""

    folder: Path
    environment: dict[str, str]

    def run(self, *call: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run a process in the checkout."""
        return subprocess.run(
            call,
            cwd=self.folder,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    def git(self, *call: str) -> str:
        """Run git, which has to succeed."""
        ended = self.run("git", *call)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def commit(self, files: dict[str, str]) -> None:
        """Write ``files`` and commit them."""
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "A change")


@pytest.fixture
def ministry(tmp_path: Path) -> Checkout:
    """Copy the example out and commit it; `amparo` is the one that is tested."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, call in {"amparo": "from amparo.cli import main; main()"}.items():
        (tools / name).write_text(f"#!{sys.executable} -I\n{call}\n")
        (tools / name).chmod(0o755)
    (tools / "python").symlink_to(sys.executable)
    folder = tmp_path / "ministry"
    shutil.copytree(EXAMPLE, folder)
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR", "LANG") if name in os.environ}
    checkout = Checkout(
        folder,
        {
            **kept,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "NO_COLOR": "1",
            "AMPARO_CACHE_KEY": "a secret",
            "AMPARO_JOBS": "1",
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        },
    )
    checkout.git("init", "--quiet", "--initial-branch", "main")
    checkout.git("config", "user.name", "Drafter")
    checkout.git("config", "user.email", "drafter@example.org")
    checkout.commit({})
    return checkout


def steps() -> dict[str, dict[str, Any]]:
    """Return the steps of the action that have a name."""
    found = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"]
    return {each["name"]: each for each in found if "name" in each}


def acted(ministry: Checkout, **inputs: str) -> "subprocess.CompletedProcess[str]":
    """Run the step of the action that checks, as a GitHub runner runs it."""
    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    values = {name: str(each["default"]) for name, each in action["inputs"].items()} | inputs
    step = steps()["Check the law"]
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: values[found[1]], value)
        for name, value in step["env"].items()
    }
    for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
        Path(ministry.environment[name]).write_text("")
    script = ministry.folder.parent / "step.sh"
    script.write_text(step["run"])
    call = ("bash", "--noprofile", "--norc", "-eo", "pipefail", str(script))
    return ministry.run(*call, **environment)


def outputs(ministry: Checkout) -> dict[str, str]:
    """Return what the step told the steps after it."""
    lines = Path(ministry.environment["GITHUB_OUTPUT"]).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


@pytest.mark.slow
def test_a_bill_that_drops_the_safeguard_fails_with_the_case_and_passes_with_the_cure_shown(
    ministry: Checkout,
) -> None:
    sound, tried = ministry.run("amparo", "check"), ministry.run("amparo", "test")
    ministry.git("switch", "--quiet", "--create", "shortcut")
    ministry.commit({"law/bills/shortcut.norm": SHORTCUT})
    broken = ministry.run("amparo", "check", "--against", "main")
    cure = broken.stdout.partition("# in place of instruction 1 of `shortcut`\n")[2]
    pasted = SHORTCUT.partition("  amend enforcement")[0] + cure.partition("\n\n")[0] + "\n"
    ministry.commit({"law/bills/shortcut.norm": pasted})
    mended = ministry.run("amparo", "check", "--against", "main")

    assert (sound.returncode, tried.returncode) == (0, 0), sound.stderr + tried.stderr
    assert "3 passed, 0 failed" in tried.stdout
    assert broken.returncode == 1, broken.stderr
    words = " ".join(broken.stdout.split())
    assert "contradicts what is protected" in words
    assert "Nobody loses a home except by a court's decision." in words
    assert "the bailiff takes the home from the person" in words
    assert "law/bills/shortcut.norm:10 shortcut, instruction 1: amend enforcement" in words
    assert cure, broken.stdout
    assert mended.returncode == 0, mended.stdout + mended.stderr
    assert ministry.git("status", "--porcelain") == ""


@pytest.mark.slow
def test_an_edit_of_the_law_itself_fails_as_a_bill_does(ministry: Checkout) -> None:
    law = (ministry.folder / "law" / "enforcement.norm").read_text()
    ministry.git("switch", "--quiet", "--create", "edit")
    ministry.commit({"law/enforcement.norm": law.partition("\n        when some")[0] + ".\n"})

    assert ministry.run("amparo", "check", "--against", "main").returncode == 1
    assert ministry.run("amparo", "test").returncode == 1


@pytest.mark.slow
def test_the_action_fails_a_pull_request_and_tells_the_reviewer_why(ministry: Checkout) -> None:
    ministry.git("switch", "--quiet", "--create", "shortcut")
    ministry.commit({"law/bills/shortcut.norm": SHORTCUT, "json.py": "raise SystemExit(0)\n"})

    ended = acted(ministry, against="main")
    told = outputs(ministry)
    summary = Path(ministry.environment["GITHUB_STEP_SUMMARY"]).read_text()
    only_reported = acted(ministry, against="main", **{"fail-on": "never"})

    assert ended.returncode == 1, ended.stderr
    assert "::error " in ended.stdout
    assert "file=law/bills/shortcut.norm" in ended.stdout
    assert (told["verdict"], told["findings"]) == ("violated", "1")
    (run,) = json.loads(Path(told["sarif-file"]).read_text())["runs"]
    assert [each["ruleId"] for each in run["results"] if each["level"] == "error"] == [
        "licensed-violation"
    ]
    assert "Nobody loses a home" in summary
    assert only_reported.returncode == 0
    assert "::warning::" in only_reported.stdout


@pytest.mark.slow
def test_the_action_passes_what_holds_and_never_what_has_no_verdict(ministry: Checkout) -> None:
    sound = acted(ministry, paths="law\n", bills="law/bills/notice.norm\n", summary="false")
    held = outputs(ministry)
    summary = Path(ministry.environment["GITHUB_STEP_SUMMARY"]).read_text()
    (ministry.folder / "law" / "faulty.norm").write_text("act ((")
    faulty = acted(ministry, **{"fail-on": "never"})
    told = outputs(ministry)
    missing = acted(ministry, paths="$(touch planted)\n", **{"fail-on": "violated"})
    wrong = acted(ministry, **{"fail-on": "sometimes"})

    assert (sound.returncode, summary) == (0, ""), sound.stderr
    assert (held["verdict"], held["findings"]) == ("holds", "0")
    assert faulty.returncode == 2
    assert (told["verdict"], told["findings"]) == ("none", "0")
    assert (
        json.loads(Path(told["sarif-file"]).read_text())["runs"][0]["invocations"][0][
            "executionSuccessful"
        ]
        is False
    )
    assert missing.returncode == 2
    assert not (ministry.folder / "planted").exists()
    assert wrong.returncode == 2


@pytest.mark.slow
def test_what_depends_fails_unless_only_violations_are_to(ministry: Checkout) -> None:
    law = (ministry.folder / "law" / "constitution.norm.md").read_text()
    words = (ministry.folder / "law" / "words.norm").read_text()
    ministry.commit(
        {
            "law/words.norm": words + '\nopen fact needed(t: Taking) reads "{t} is needed".\n',
            "law/constitution.norm.md": law.replace("unless some", "unless needed(t) and some"),
        }
    )

    strict, lenient = acted(ministry), acted(ministry, **{"fail-on": "violated"})

    assert (strict.returncode, lenient.returncode) == (3, 0)
    assert outputs(ministry)["verdict"] == "depends"
    assert "::warning::" in lenient.stdout


def test_no_input_becomes_part_of_a_script_and_every_action_is_pinned() -> None:
    for file in (ACTION, *WORKFLOWS):
        text = file.read_text(encoding="utf-8")
        found = yaml.safe_load(text)
        jobs = found["jobs"].values() if "jobs" in found else [found["runs"]]
        every = [step for job in jobs for step in job["steps"]]
        for step in every:
            # What a matrix holds is written in the workflow itself.
            script = re.sub(r"\$\{\{ matrix\.\w+ \}\}", "", step.get("run", ""))
            assert "${{" not in script
            checked = subprocess.run(["bash", "-n"], input=script, text=True, check=False)
            assert checked.returncode == 0
            used = step.get("uses", "./")
            assert re.fullmatch(r"\./|OWNER/amparo@COMMIT|[\w/-]+@[0-9a-f]{40}", used), used
            assert used.startswith(("./", "OWNER")) or re.search(
                rf"{used} # v\d+\.\d+\.\d+\n", text
            )
        if "jobs" in found:
            assert found["permissions"] == {}
            assert all("timeout-minutes" in job for job in jobs)


def test_every_input_of_the_action_is_used_and_every_output_is_set() -> None:
    text = ACTION.read_text(encoding="utf-8")
    action = yaml.safe_load(text)

    for name, each in action["inputs"].items():
        assert each["description"]
        assert f"inputs.{name} " in text
    for name, each in action["outputs"].items():
        assert each["value"] == f"${{{{ steps.check.outputs.{name} }}}}"
        assert f"{name}=" in steps()["Check the law"]["run"]
    assert steps()["Upload the findings"]["if"].startswith("${{ always() && ")


HOOKED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
"""What the environment of a hook is made from, besides the folders that a wheel carries."""
NO_REGISTRY = ("Could not find a version", "NewConnectionError", "No matching distribution")


@pytest.mark.slow
def test_the_hooks_of_pre_commit_stop_a_commit_that_breaks_a_protection(
    ministry: Checkout, tmp_path: Path
) -> None:
    """With the hooks' own environment, which pip installs from a clone of this repository."""
    published = Checkout(tmp_path / "amparo", ministry.environment)
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    for each in project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / each, published.folder / each, ignore=ignored)
    for name in HOOKED:
        shutil.copy(REPOSITORY / name, published.folder / name)
    published.git("init", "--quiet")
    published.git("config", "user.name", "Publisher")
    published.git("config", "user.email", "publisher@example.org")
    published.commit({})
    hooks = (ministry.folder / ".pre-commit-config.yaml").read_text()
    hooks = hooks.replace("https://github.com/OWNER/amparo", str(published.folder))
    hooks = hooks.replace("rev: COMMIT", f"rev: {published.git('rev-parse', 'HEAD').strip()}")
    ministry.commit({".pre-commit-config.yaml": hooks})
    more = {"PRE_COMMIT_HOME": str(tmp_path / "hooks")}
    registry = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    pre_commit = (sys.executable, "-m", "pre_commit")

    installed = ministry.run(*pre_commit, "install", "--install-hooks", **more, **registry)
    if any(each in installed.stdout for each in NO_REGISTRY):
        pytest.skip("the hooks' environment needs a package registry")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    sound = ministry.run(*pre_commit, "run", "--all-files", **more)
    law = ministry.folder / "law" / "enforcement.norm"
    law.write_text(law.read_text().partition("\n        when some")[0] + ".\n")
    committed = ministry.run("git", "commit", "--all", "--message", "Drop the safeguard", **more)

    assert sound.returncode == 0, sound.stdout
    assert committed.returncode == 1
    said = committed.stdout + committed.stderr
    assert re.search(r"amparo fmt\.+Passed", said)
    assert re.search(r"amparo check\.+Failed", said)
    assert "- exit code: 1" in said
    assert ": violated" in said
    assert re.search(r"amparo test\.+Failed", said)
    assert ministry.git("log", "--oneline").count("\n") == 2


@pytest.mark.slow
def test_the_job_of_gitlab_fails_a_merge_request_and_keeps_its_reports(ministry: Checkout) -> None:
    job = yaml.safe_load((ministry.folder / ".gitlab-ci.yml").read_text())["law"]
    script = "set -e\n" + "\n".join(job["script"])
    base = ministry.git("rev-parse", "HEAD").strip()
    ministry.git("switch", "--quiet", "--create", "shortcut")
    ministry.commit({"law/bills/shortcut.norm": SHORTCUT})

    on_main = ministry.run("sh", "-c", script)
    merge_request = ministry.run("sh", "-c", script, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)

    assert on_main.returncode == 0, on_main.stderr
    assert "3 passed, 0 failed" in on_main.stdout
    assert merge_request.returncode == 1, merge_request.stderr
    kept = [*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()]
    assert all((ministry.folder / each).stat().st_size > 0 for each in kept)
    quality = json.loads((ministry.folder / job["artifacts"]["reports"]["codequality"]).read_text())
    assert [each["location"]["path"] for each in quality if each["severity"] == "critical"] == [
        "law/bills/shortcut.norm"
    ]
