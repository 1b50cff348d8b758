"""Names and citations: one meaning each, or the words underlined and what to do."""

import pytest

from amparo.core.from_tree import elaborate
from amparo.core.law import Law, Provision
from amparo.diagnostics import Diagnostic, Rejected
from amparo.names.citations import resolve
from amparo.syntax.parse import parse
from amparo.syntax.tree import Act, Citation, File, Label, Name, Place
from amparo.text import Source

RANKS = ("constitution", "law")
WORDS = """
vocabulary home
kind Person.
kind Dwelling.
fact owns(p: Person, d: Dwelling).
official act Levy { of: Dwelling, from: Person }.
reading title "What is a title?" either narrow because "so" or wide because "or so".
"""
CODE = """
act code "The code" rank law evidence read
  article 1
    norm levy permit Levy l when l.from owns l.of.
  article 2
    paragraph 1
      norm levy forbid Levy l.
    paragraph 2
      norm other forbid Levy l.
"""


def file(text: str, path: str = "law.norm") -> File:
    tree, problems = parse(Source(path, text))
    assert problems == ()
    return tree


def law(*texts: str) -> Law:
    files = [file(text, f"{number}.norm") for number, text in enumerate(texts)]
    acts = [item for each in files for item in each.items if isinstance(item, Act)]
    return elaborate("body", RANKS, files, acts, []).law


def faults(*texts: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(Rejected) as caught:
        law(*texts)
    return caught.value.diagnostics


def fault(*texts: str) -> tuple[str, str, str | None]:
    (one,) = faults(*texts)
    return one.code, one.primary.text, one.help


@pytest.mark.parametrize(
    ("norm", "code", "words", "advice"),
    [
        ("forbid Lvy l.", "unknown-kind", "Lvy", "did you mean `Levy`?"),
        ("forbid owns l.", "unknown-kind", "owns", None),
        (
            "forbid Levy l when ovns(l.from, l.of).",
            "unknown-fact",
            "ovns",
            "did you mean `owns`?",
        ),
        ("forbid Levy l when l.frm owns l.of.", "unknown-role", "frm", "did you mean `from`?"),
        ("forbid Levy l when k.from owns l.of.", "unknown-variable", "k", None),
        (
            "forbid Levy l when title is narow.",
            "unknown-option",
            "narow",
            "did you mean `narrow`?",
        ),
        (
            "forbid Levy l subject to cod article 1.",
            "unknown-act",
            "cod",
            "did you mean `code`?",
        ),
        ("forbid Levy l subject to code article 7.", "unknown-article", "7", None),
        ("forbid Levy l subject to code article 2 paragraph 3.", "unknown-paragraph", "3", None),
        (
            "forbid Levy l subject to code article 1 norm lewy.",
            "unknown-norm",
            "lewy",
            "did you mean `levy`?",
        ),
        ("forbid Levy l may be limited by lav for health.", "unknown-rank", "lav", None),
    ],
)
def test_an_unknown_name_is_underlined_and_the_nearest_offered(
    norm: str, code: str, words: str, advice: str | None
) -> None:
    text = WORDS + CODE + f"article 9 norm mine {norm}"

    found = fault(text)

    assert found[:2] == (code, words)
    assert advice is None or found[2] == advice


def test_an_act_needs_a_known_rank() -> None:
    text = WORDS + 'act code "The code" rank lw evidence read'

    assert fault(text) == ("unknown-rank", "lw", "did you mean `law`?")


def test_an_act_without_a_rank_is_told_the_ranks() -> None:
    code, words, advice = fault(WORDS + 'act code "The code"')

    assert (code, words) == ("act-without-rank", "code")
    assert advice == "write `rank law`, or one of `constitution`, `law`"


def test_a_word_of_a_vocabulary_not_in_use_tells_which_use_to_add() -> None:
    text = 'act code "The code" rank law evidence read norm levy forbid Levy l.'

    assert fault(WORDS, text) == ("not-in-use", "Levy", "add `use home.`")


def test_an_act_not_in_use_cannot_be_cited() -> None:
    text = (
        'use home. act later "Later" rank law evidence read norm n forbid Levy l subject to code.'
    )

    assert fault(WORDS + CODE, text) == ("not-in-use", "code", "add `use code.`")


def test_a_vocabulary_is_seen_through_another() -> None:
    between = "use home. vocabulary between kind Bailiff is Person."
    text = 'use between. act code "The code" rank law evidence read norm levy forbid Levy l.'

    assert set(law(WORDS, between, text).norms) == {"code norm levy"}


def test_use_of_an_unknown_vocabulary_is_a_fault() -> None:
    assert fault(WORDS, "use hme.") == ("unknown-module", "hme", "did you mean `home`?")


def test_a_word_declared_twice_shows_both_places() -> None:
    (one,) = faults(WORDS + "kind Person.")

    assert (one.code, one.primary.text) == ("duplicate-name", "Person")
    assert one.related[0].span.line == 3


def test_two_norms_of_one_time_and_place_are_a_fault() -> None:
    text = WORDS + CODE + "norm other permit Levy l."

    (one,) = faults(text)

    assert (one.code, one.primary.text) == ("duplicate-norm", "other")
    assert one.related[0].span.text == "other"


def test_norms_of_one_place_may_follow_each_other_in_time() -> None:
    text = WORDS + (
        'act code "The code" rank law evidence read in force from 2000-01-01 '
        "norm levy forbid Levy l in force until 2010-01-01. "
        "norm levy permit Levy l in force from 2010-01-01."
    )

    assert list(law(text).norms) == ["code norm levy@2000-01-01", "code norm levy@2010-01-01"]


def test_two_articles_of_one_number_are_a_fault() -> None:
    code, words, _ = fault(WORDS + CODE + "article 1 norm again forbid Levy l.")

    assert (code, words) == ("duplicate-article", "1")


def test_every_problem_of_every_file_is_reported() -> None:
    text = 'use home. act code "The code" rank lw norm levy forbid Levi l when l.form owns l.of.'

    assert {each.code for each in faults(WORDS, text, "use hme.")} == {
        "unknown-rank",
        "unknown-kind",
        "unknown-module",
    }


def cite(act: str | None = None, article: str | None = None, norm: str | None = None) -> Citation:
    place = Place(
        article=Label(article) if article is not None else None,
        norm=Name(norm) if norm is not None else None,
    )
    return Citation(Name(act) if act is not None else None, place)


def acts() -> list[Act]:
    return [item for item in file(WORDS + CODE).items if isinstance(item, Act)]


def test_a_citation_of_an_article_means_every_norm_in_it() -> None:
    found = resolve(cite("code", article="2"), acts(), Provision("code"))

    assert [str(each) for each in found] == [
        "code article 2 paragraph 1 norm levy",
        "code article 2 paragraph 2 norm other",
    ]


def test_a_citation_without_an_act_prefers_what_is_near() -> None:
    found = resolve(cite(norm="levy"), acts(), Provision("code", "2", "2"))

    assert [str(each) for each in found] == ["code article 2 paragraph 1 norm levy"]


def test_a_citation_may_leave_out_what_is_clear() -> None:
    found = resolve(cite("code", norm="other"), acts(), Provision("later"))

    assert [str(each) for each in found] == ["code article 2 paragraph 2 norm other"]


def test_a_citation_that_may_mean_two_places_is_a_fault() -> None:
    with pytest.raises(Rejected) as caught:
        resolve(cite("code", norm="levy"), acts(), Provision("later"))

    assert [each.code for each in caught.value.diagnostics] == ["ambiguous-citation"]


LETTERED = """
act lettered "Letters" rank law evidence read
  article 300A
    norm property forbid Levy l.
    paragraph 2
      point a norm first permit Levy l.
      point aa norm second permit Levy l.
      point b norm between permit Levy l.
      point iv norm third permit Levy l.
  article 7-1
    norm other permit Levy l.
  article 10 norm tenth permit Levy l.
  article 7 norm seventh permit Levy l.
"""


def test_letters_are_cited_as_numbers_are() -> None:
    text = WORDS + CODE + LETTERED + "article 11 norm mine forbid Levy l subject to lettered "

    for place in ("article 300A", "article 300A paragraph 2 point iv", "point aa", "article 7-1"):
        law(f"{text}{place}.")
    assert fault(f"{text}article 300a.") == ("unknown-article", "300a", "did you mean `300A`?")
    assert fault(f"{text}article 20.") == (
        "unknown-article",
        "20",
        "it has article 7, 7-1, 10, 11, 300A",
    )
    assert fault(f"{text}article 300A paragraph 2 point A.") == (
        "unknown-point",
        "A",
        "it has point a, b, aa, iv",
    )
