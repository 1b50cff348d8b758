"""Lines of a sentence broken to the width of a page.

A space is where a line may break; `CLAUSE` where it breaks first, `BREAK` where it breaks next,
outside parentheses; `KEPT` is a space in a quoted text, which is put in several pieces when it is
longer than a line.
"""

BREAK = "\x1f"
CLAUSE = "\x1e"
KEPT = "\x1d"
WIDTH = 96


def plain(line: str) -> str:
    """Return ``line`` in one piece."""
    return line.replace(CLAUSE, " ").replace(BREAK, " ").replace(KEPT, " ")


def wrapped(line: str, indent: str) -> list[str]:
    """Return ``line`` broken where a clause begins, and where it must anywhere."""
    if _fits(line, indent):
        return [indent + plain(line)]
    head, *clauses = line.split(CLAUSE)
    lines = _filled(head, indent)
    for clause in clauses:
        lines += _filled(clause, indent + "  ")
    return lines


def _fits(line: str, indent: str) -> bool:
    return len(indent) + len(line) <= WIDTH


def _filled(line: str, indent: str) -> list[str]:
    """Return ``line`` in as few lines as hold it; those after the first stand deeper."""
    if _fits(line, indent):
        return [indent + plain(line)]
    deeper = indent + "  "
    lines = [indent]
    for part in _parts(line):
        for word in _words(part, deeper):
            start = indent if len(lines) == 1 else deeper
            joined = f"{lines[-1]} {plain(word)}" if lines[-1].strip() else start + plain(word)
            if len(joined) <= WIDTH:
                lines[-1] = joined
            elif _fits(word, deeper) or '"' not in word:
                lines.append(deeper + plain(word))
            else:
                lines += [deeper + each for each in _pieces(word, WIDTH - len(deeper))]
    return lines if lines[0].strip() else lines[1:]


def _words(part: str, indent: str) -> list[str]:
    """Return ``part`` in pieces that a line may hold: whole, by its groups, or word by word."""
    if _fits(part, indent):
        return [part]
    groups = _parts(part, " ")
    return [
        word
        for group in groups
        for word in ([group] if _fits(group, indent) else group.replace(BREAK, " ").split(" "))
    ]


def _parts(line: str, mark: str = BREAK) -> list[str]:
    """Return ``line`` apart where ``mark`` stands outside parentheses and quotes."""
    parts, depth, quoted, escaped = [""], 0, False, False
    for each in line:
        if each == mark and depth == 0 and not quoted:
            parts.append("")
            continue
        if each == '"' and not escaped:
            quoted = not quoted
        escaped = each == "\\" and not escaped
        if not quoted:
            depth += (each == "(") - (each == ")")
        parts[-1] += each
    return parts


def _pieces(word: str, room: int) -> list[str]:
    """Return a quoted text, and what is joined to it, as several texts that fill ``room``."""
    start, end = word.index('"'), word.rindex('"')
    before, after = word[: start + 1], word[end:]
    pieces: list[str] = []
    for each in word[start + 1 : end].split(KEPT):
        if pieces and len(pieces[-1]) + len(each) + len(after) + 3 <= room:
            pieces[-1] += f" {each}"
        else:
            pieces.append(each)
    quoted = [f'"{each}"' for each in pieces]
    quoted[0] = before + quoted[0][1:]
    quoted[-1] = quoted[-1][:-1] + after
    return quoted
