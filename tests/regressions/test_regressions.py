"""What once went wrong comes out as its page says."""

from pathlib import Path

import pytest

from pages import Example, examples

PAGES = sorted(Path(__file__).parent.glob("[0-9]*.md"))
EXAMPLES = [
    (f"{page.stem}: {each.title}", each)
    for page in PAGES
    for each in examples(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(
    "example", [each for _, each in EXAMPLES], ids=[name for name, _ in EXAMPLES]
)
def test_it_comes_out_as_the_page_says(project: Path, example: Example) -> None:
    example.write(project)

    assert example.run() == example.shown
