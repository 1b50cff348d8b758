"""A project of norm files under git, for tests of what is compared with a base version."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

IDENTITY = {
    "GIT_AUTHOR_NAME": "a drafter",
    "GIT_AUTHOR_EMAIL": "drafter@example.invalid",
    "GIT_AUTHOR_DATE": "2024-01-01T00:00:00Z",
    "GIT_COMMITTER_NAME": "a drafter",
    "GIT_COMMITTER_EMAIL": "drafter@example.invalid",
    "GIT_COMMITTER_DATE": "2024-01-01T00:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}

BODY = 'body homes "The law of homes" ranks constitution, law.\n'
WORDS = """
vocabulary home
kind Person reads "a person".
kind Dwelling reads "a dwelling".
official act Eviction { by: Person, from: Dwelling } reads "{by} clears {from}".
event Order { on_home: Dwelling } reads "a court orders that {on_home} be cleared".
"""
CHARTER = """
use home.

act charter "The charter" rank constitution in force from 2000-01-01 evidence inferred
  article 1 "The home"
    norm no_eviction
      forbid Eviction e unless some Order o has o.on_home = e.from and o before e.
"""
HOUSING = """
use home, charter.

act housing "The housing act" rank law in force from 2001-01-01 evidence inferred
  article 1 "Eviction"
    norm eviction
      permit Eviction e
        when some Order o has o.on_home = e.from and o before e.
"""
BILL = """
use home, housing.

bill quick "Quick eviction" rank law in force from 2020-01-01 evidence inferred
  amend housing
    in article 1
      replace norm eviction with
        norm eviction
          permit Eviction e.
"""


@dataclass(frozen=True, slots=True)
class Project:
    """A checkout, with files by their paths in it."""

    folder: Path

    def write(self, **files: str) -> None:
        """Write files of the body of law, each by its name without the ending."""
        law = self.folder / "law"
        law.mkdir(exist_ok=True)
        for name, text in files.items():
            (law / f"{name}.norm").write_text(text, encoding="utf-8")

    def git(self, *arguments: str) -> str:
        """Run git here and return what it prints."""
        ended = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**os.environ, **IDENTITY},
            capture_output=True,
            text=True,
            check=True,
        )
        return ended.stdout

    def commit(self) -> None:
        """Commit everything as it is."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "as it is")


def started(folder: Path) -> Project:
    """Return a project with a body of law that keeps its protection, committed as `main`."""
    project = Project(folder)
    project.git("init", "--quiet", "--initial-branch", "main")
    project.write(body=BODY, home=WORDS, charter=CHARTER, housing=HOUSING)
    project.commit()
    return project
