"""What a drafter reads who has made a mistake, and what consolidation prints: whole pages."""

from collections.abc import Callable

import pytest

from expect import REPOSITORY
from pages import Example, examples

GOLDEN = REPOSITORY / "tests" / "golden"
FEWEST = 100


def of(name: str) -> tuple[Example, ...]:
    return examples((GOLDEN / name).read_text(encoding="utf-8"))


MISTAKES = of("mistakes.md")
CONSOLIDATIONS = of("consolidation.md")


@pytest.mark.parametrize("example", MISTAKES, ids=lambda each: each.title)
def test_a_mistake_is_told_as_the_page_says(
    golden: Callable[[str, Example], None], example: Example
) -> None:
    golden("mistakes.md", example)


@pytest.mark.parametrize("example", CONSOLIDATIONS, ids=lambda each: each.title)
def test_law_is_consolidated_as_the_page_says(
    golden: Callable[[str, Example], None], example: Example
) -> None:
    golden("consolidation.md", example)


def test_every_mistake_is_rejected_and_is_told_otherwise_than_all_others() -> None:
    shown = [each.shown for each in MISTAKES]

    assert len(set(shown)) == len(shown) >= FEWEST
    assert all(each.endswith("[exit code 2]\n") for each in shown)
