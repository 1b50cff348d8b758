"""The grammar has no conflict, its words are spelled, and its page shows every construct."""

import re
from pathlib import Path

import pytest
from lark import Lark

from amparo._resources import folder
from amparo.syntax.keywords import load, spellings, terminals
from amparo.syntax.machine import END, Reduction, Token
from amparo.syntax.parse import machine, parse
from amparo.syntax.words import Words
from amparo.text import Source

GRAMMAR = (folder("grammar") / "amparo.lark").read_text(encoding="utf-8")
PAGE = Path(str(folder("grammar") / "README.md"))
EXAMPLES = re.findall(r"```norm\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def bare_grammar() -> str:
    without_comments = re.sub(r"//.*", "", GRAMMAR)
    return re.sub(r'"[^"\n]*"|(?<=: )/.*/', "", without_comments)


def test_the_grammar_has_no_conflict() -> None:
    pytest.importorskip("interegular")

    Lark(GRAMMAR + terminals(load()), start="file", parser="lalr", strict=True)


def test_every_keyword_is_spelled_and_every_spelling_is_used() -> None:
    defined = set(re.findall(r"^([A-Z_]+)(?:\.-?\d)?:", GRAMMAR, re.MULTILINE))
    used = set(re.findall(r"\b[A-Z][A-Z_]+\b", bare_grammar())) - defined

    assert used == {name for name, _ in load().table}


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_page_parses(example: str) -> None:
    assert parse(Source("example.norm", example))[1] == ()


def test_the_examples_use_every_construct() -> None:
    lark = Lark(GRAMMAR + terminals(load()), start="file", parser="lalr", keep_all_tokens=True)
    rules: set[str] = set()
    words: set[str] = set()
    for example in EXAMPLES:
        tree = lark.parse(example)
        rules |= {str(each.data) for each in tree.iter_subtrees()}
        words |= {token.type for token in tree.scan_values(lambda value: value is not None)}
    reductions = {
        action.rule
        for row in machine(load()).actions.values()
        for action in row.values()
        if isinstance(action, Reduction) and not (action.inline or action.alone)
    }

    assert sorted({name for name, _ in load().table} - words) == []
    assert sorted(reductions - rules - {"$root_file"}) == []


NAMES_MAY_STAND_THERE = {
    *("NUMBER_SORT", "SHARE_SORT", "DATE_SORT", "DURATION_SORT", "MONEY_SORT", "DAYS", "ON"),
    *("SOME", "BEFORE", "AFTER", "IS"),
}


def keywords_in(text: str) -> list[Token]:
    words = Words(machine(load()), Source("example.norm", text), text)
    cell, found = words.machine.bottom(), list[Token]()
    token = words.scan(cell, 0)
    while token is not None and token.kind != END:
        if token.kind in spellings(load()):
            found.append(token)
        after = words.shift(cell, token)
        assert after is not None
        cell, token = after, words.scan(after, token.end)
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_keyword_misspelt_in_any_place_is_suggested(example: str) -> None:
    seen = set(NAMES_MAY_STAND_THERE) | {"PERCENT"}
    for token in keywords_in(example):
        if token.kind in seen:
            continue
        seen.add(token.kind)
        written = example[token.start : token.end]
        wrong = f"{example[: token.end]}{written[-1]}{example[token.end :]}"
        problems = parse(Source("example.norm", wrong))[1]

        spelled = " ".join(written.split())
        assert [(each.code, each.help) for each in problems] == [
            ("misspelt-keyword", f"did you mean `{spelled}`?")
        ], spelled


def test_what_people_write_for_a_keyword_is_written_for_one_that_there_is() -> None:
    keywords = load()
    meant = {name for _, names in keywords.instead for name in names}

    assert meant <= set(spellings(keywords))
    for word, names in keywords.instead:
        assert not any(word in spellings(keywords)[name] for name in names), word
