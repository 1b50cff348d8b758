"""A browser without a window, for tests of pages; none is downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=900)


@contextmanager
def browser() -> Iterator[Browser]:
    """Give a browser. Where none is installed the test is skipped; in `.ci/run` it fails."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing = f"no browser is installed ({', '.join(NAMES)})"
        if os.environ.get("AMPARO_TESTS_NEED_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(SWITCHES))
        yield started
        started.close()


@dataclass(slots=True)
class Opened:
    """A page that was opened, what it asked for besides, and what it complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def opened(started: Browser, path: Path, *, scripts: bool = True) -> Iterator[Opened]:
    """Open the file at ``path`` in a window of its own."""
    context = started.new_context(viewport=DESK, java_script_enabled=scripts)
    seen = Opened(context.new_page())
    seen.page.on("request", lambda request: seen.asked.append(request.url))
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.on("console", lambda message: seen.complaints.append(message.text))
    seen.page.goto(path.as_uri())
    yield seen
    context.close()
