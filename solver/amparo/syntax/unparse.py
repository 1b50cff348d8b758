"""Tree to text, in one layout. ``parse(unparse(tree)) == tree``, and printing twice is the same.

Headings stand two spaces deeper per level, each clause on its own line, and nothing written is
lost: a comment stands before the sentence in which it stood, or at its end if it stood there.
"""

import re
from collections import deque
from collections.abc import Iterable

from amparo.diagnostics import Rejected
from amparo.syntax import literate, print_expressions, tree
from amparo.syntax.keywords import Keywords, load
from amparo.syntax.layout import plain, wrapped
from amparo.syntax.parse import parse
from amparo.syntax.print_provisions import citation, clause, obligation, place, rule
from amparo.syntax.print_words import param, sort
from amparo.syntax.sentences import Sentence, sentences
from amparo.syntax.tree import File
from amparo.text import NOWHERE, Source, Span

_BLANK = re.compile(r"\n[ \t\r]*\n")

_Comments = deque[tuple[Span, str]]


def unparse(file: File, keywords: Keywords | None = None) -> str:
    """Return ``file`` as text, with its comments."""
    spell = (keywords or load()).spelling
    found = [sentence for item in file.items for sentence in sentences(item, spell)]
    return _text(found, deque(file.comments))


def unparse_node(node: tree.Node, keywords: Keywords | None = None) -> str:
    """Return one node as text, without a line break at its end; an expression is one line."""
    spell = (keywords or load()).spelling
    if isinstance(node, tree.Expression):
        return plain(print_expressions.condition(node, spell))
    if isinstance(node, tree.Rule):
        return "\n".join(_laid_out(Sentence(tuple(rule(node, spell)), 0, NOWHERE)))
    if isinstance(node, tree.Clause):
        return plain(clause(node, spell))
    match node:
        case File():
            return unparse(node, keywords).rstrip("\n")
        case tree.Text():
            return plain(print_expressions.quoted(node))
        case tree.Name() | tree.Label():
            return node.text
        case tree.Place():
            return place(node, spell)
        case tree.Citation():
            return citation(node, spell)
        case tree.SortName():
            return sort(node, spell)
        case tree.Param():
            return param(node, spell)
        case tree.Obligation():
            return plain(obligation(node, spell))
        case _:
            printed = [_laid_out(sentence) for sentence in sentences(node, spell)]
            return "\n".join(line for lines in printed for line in lines)


def format_text(source: Source, keywords: Keywords | None = None) -> str:
    """Return the text of ``source`` in the one layout; of a literate text only the law changes.

    Raises `Rejected` with every problem if the text cannot be read whole.
    """
    file, problems = parse(source, keywords)
    if problems:
        raise Rejected(problems)
    if not literate.is_literate(source):
        return unparse(file, keywords)
    spell = (keywords or load()).spelling
    found = [sentence for item in file.items for sentence in sentences(item, spell)]
    pieces: list[str] = []
    position = 0
    for block in literate.blocks(source)[0]:
        inside = [each for each in found if block.start <= each.span.start < block.end]
        comments = deque(each for each in file.comments if block.start <= each[0].start < block.end)
        pieces += (source.text[position : block.start], _text(inside, comments))
        position = block.end
    return "".join((*pieces, source.text[position:]))


# -- layout ----------------------------------------------------------------------------------


def _text(found: Iterable[Sentence], comments: _Comments) -> str:
    printed: list[str] = []
    before: Sentence | None = None
    for sentence in found:
        if before is not None and _apart(before, sentence, comments):
            printed.append("")
        printed += _with_comments(sentence, comments)
        before = sentence
    if comments and before and _blank_between(before.span.source, before.span.end, comments[0][0]):
        printed.append("")
    printed += _own_lines(comments, "", None)
    return "".join(f"{line}\n" for line in printed)


def _apart(before: Sentence, sentence: Sentence, comments: _Comments) -> bool:
    if sentence.apart is not None:
        return sentence.apart
    source = sentence.span.source
    if source != before.span.source or source == NOWHERE.source:
        return False
    first = comments[0][0] if comments and comments[0][0].source == source else sentence.span
    following = first if first.start < sentence.span.start else sentence.span
    return _blank_between(source, before.span.end, following)


def _blank_between(source: Source, end: int, following: Span) -> bool:
    return source == following.source and bool(_BLANK.search(source.text[end : following.start]))


def _with_comments(sentence: Sentence, comments: _Comments) -> list[str]:
    """Return the lines of ``sentence``, taking the comments that belong to it."""
    own: _Comments = deque()
    span = sentence.span
    while comments and comments[0][0].source == span.source and comments[0][0].start < span.end:
        own.append(comments.popleft())
    lines = [*_own_lines(own, "  " * sentence.depth, span), *_laid_out(sentence)]
    if comments and comments[0][0].source == span.source:
        place, text = comments[0]
        if "\n" not in span.source.text[span.end : place.start]:
            comments.popleft()
            lines[-1] += f"  # {text}".rstrip()
    return lines


def _own_lines(comments: _Comments, indent: str, following: Span | None) -> list[str]:
    lines: list[str] = []
    places = [where for where, _ in comments][1:] + ([following] if following else [])
    for index, (where, text) in enumerate(comments):
        lines.append(f"{indent}# {text}".rstrip())
        if index < len(places) and _blank_between(where.source, where.end, places[index]):
            lines.append("")
    return lines


def _laid_out(sentence: Sentence) -> list[str]:
    lines = wrapped(sentence.lines[0], "  " * sentence.depth)
    for line in sentence.lines[1:]:
        lines += wrapped(line, "  " * (sentence.depth + 1))
    return lines
