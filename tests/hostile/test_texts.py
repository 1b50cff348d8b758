"""Texts that are written to keep the reader busy: each is read, or refused, in no time to speak of.

The limits in seconds are far above what is needed, and far below what each text took, or would
take, without the limit that it meets.
"""

import time

import pytest

from amparo.diagnostics import MOST_FAULTS
from amparo.syntax.parse import parse
from amparo.text import Source

SECONDS = 20


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('act a "A" norm n forbid K k when ' + "(w(t.of)" * 5_000, "too-many-faults"),
        ('vocabulary v kind K reads "k".' + " kind K 2024-99-99." * 5_000, "too-many-faults"),
        ("vocabulary v" + " kind Kк." * 5_000, "too-many-faults"),
        ("\u202e" * 1_000_000, "too-many-faults"),
        ("k" * 4_000_000, "name-too-long"),
        ("vocabulary v kind " + "k" * 4_000_000, "name-too-long"),
        ('"' + "k" * 4_000_000, "unclosed-quote"),
        ('"k" ' * 20_000, "unexpected-words"),
        ("# note\n" * 20_000, "empty-file"),
        ("1" * 500_000, "unexpected-words"),
        ("." * 20_000, "unexpected-words"),
        ('"\n' * 20_000, "too-many-faults"),
        ("`" * 20_000, "unexpected-character"),
    ],
    ids=lambda each: repr(each[:12]),
)
def test_a_text_that_is_written_to_keep_the_reader_busy_is_refused_in_time(
    text: str, code: str
) -> None:
    parse(Source("law.norm", "vocabulary v"))
    start = time.perf_counter()

    _, problems = parse(Source("law.norm", text))

    assert code in {each.code for each in problems}
    assert len(problems) <= 2 * MOST_FAULTS + 3
    assert max(len(each.message) + len(each.help or "") for each in problems) < 1_000
    assert time.perf_counter() - start < SECONDS
