"""Text to tree. Never raises on a user's text: every problem is a diagnostic, found in one pass.

The only module that knows lark: its LALR(1) table, and its scanner for each state of it, which
lets a word be a keyword only where that keyword may stand.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from itertools import islice

from lark import Lark
from lark.grammar import Rule
from lark.lexer import BasicLexer, ContextualLexer
from lark.parsers.lalr_analysis import Shift
from lark.utils import TextSlice

from amparo._resources import folder
from amparo.diagnostics import MOST_FAULTS, Diagnostic, Rejected, too_many_faults
from amparo.syntax import characters, literate
from amparo.syntax.build_expressions import EXPRESSIONS
from amparo.syntax.build_law import LAW
from amparo.syntax.build_words import WORDS
from amparo.syntax.keywords import Keywords, load, single_words, terminals
from amparo.syntax.machine import END, Machine, Reduction, Token
from amparo.syntax.reader import Reader
from amparo.syntax.tree import File
from amparo.syntax.words import Words
from amparo.text import Source

_BUILDERS = {**EXPRESSIONS, **WORDS, **LAW}


def parse(source: Source, keywords: Keywords | None = None) -> tuple[File, tuple[Diagnostic, ...]]:
    """Return the tree of what can be read of ``source``, and every problem of the rest."""
    text, fences = literate.law_alone(source)
    words = Words(machine(keywords or load()), source, characters.without_hidden(text))
    file = Reader(words).read()
    unseen = tuple(islice(characters.hidden(source), MOST_FAULTS + 1))
    others = (*fences, *unseen)
    if len(unseen) > MOST_FAULTS:
        others = (*others, too_many_faults(unseen[-1].primary))
    problems = Rejected((*others, *words.problems()))
    return (replace(file, whole=False) if others else file), problems.diagnostics


@cache
def machine(keywords: Keywords) -> Machine:
    """Return the machine that reads the language with these keywords."""
    grammar = (folder("grammar") / "amparo.lark").read_text(encoding="utf-8")
    lark = Lark(grammar + terminals(keywords), start="file", parser="lalr", cache=False)
    state = lark.parse_interactive("")
    table = state.parser_state.parse_conf
    lexer = state.lexer_thread.lexer
    assert isinstance(lexer, ContextualLexer)
    reductions: dict[object, Reduction] = {}
    actions: dict[int, dict[str, int | Reduction]] = {}
    gotos: dict[int, dict[str, int]] = {}
    for number, row in table.states.items():
        actions[number], gotos[number] = {}, {}
        for symbol, (action, target) in row.items():
            if action is not Shift:
                known = reductions.setdefault(target, _reduction(target))
                actions[number][symbol] = known
            elif symbol.isupper() or symbol == END:
                actions[number][symbol] = target
            else:
                gotos[number][symbol] = target
    scan = _scanner(keywords, lexer, actions)
    return Machine(keywords, actions, gotos, table.start_state, table.end_state, scan)


def _reduction(rule: Rule) -> Reduction:
    origin = rule.origin.name
    name = rule.alias or origin
    inline = origin.startswith("_") and rule.alias is None
    alone = rule.options.expand1 and rule.alias is None
    return Reduction(name, len(rule.expansion), origin, inline, alone, _BUILDERS.get(name))


def _scanner(
    keywords: Keywords, lexer: ContextualLexer, actions: Mapping[int, Mapping[str, object]]
) -> Callable[[int | None, str, int], Token | None]:
    words = single_words(keywords)
    word = re.compile(r"\w")

    def scan(state: int | None, text: str, position: int) -> Token | None:
        chosen = lexer.root_lexer if state is None else lexer.lexers[state]
        assert isinstance(chosen, BasicLexer)
        found = chosen.scanner.match(TextSlice(text, 0, len(text)), position)
        if found is None:
            return None
        value, kind = found
        end = position + len(value)
        if kind == "NAME" or value in words:
            if word.match(text, end):
                return None
            for keyword in words.get(value, ()):
                if state is None or keyword in actions[state]:
                    return Token(keyword, position, end)
        return Token(kind, position, end)

    return scan
