"""What is printed parses back; printing again changes nothing; any text at all is survived."""

from hypothesis import given
from hypothesis import strategies as st

from amparo.syntax.parse import parse
from amparo.syntax.tree import File
from amparo.syntax.unparse import unparse
from amparo.text import Source
from strategies import trees
from trying import trying

WORDS = st.sampled_from(
    ["act", "a", '"t"', "norm", "forbid", "when", "(", ")", ".", "some", "has", "and", "1", "=",
     "unless", "bill", "amend", "in", "article", "replace", "with", '"', "\n", "#", "expect",
     "decision", "held", "split", "about", "court", ",", "point", "iv", "7A"]
)  # fmt: skip


@trying(40)
@given(trees.files())
def test_a_printed_law_parses_back_and_prints_the_same(file: File) -> None:
    printed = unparse(file)

    read, problems = parse(Source("law.norm", printed))

    assert problems == ()
    assert parse(Source("law.norm", unparse(read)))[0] == read
    assert unparse(read) == printed


@trying(60)
@given(st.text() | st.lists(WORDS, max_size=40).map(" ".join))
def test_any_text_is_read_or_its_problems_told(text: str) -> None:
    file, problems = parse(Source("law.norm", text))

    assert file.items or problems
