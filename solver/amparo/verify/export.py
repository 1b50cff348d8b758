"""What the solver was asked, as SMT-LIB text that another solver can decide again."""

from collections.abc import Iterator
from dataclasses import replace

from amparo.smt.compile import NotCompiled, ReadingNeeded
from amparo.smt.search import CLOSED, Found, Proved, question, solve
from amparo.verify.ask import Asking
from amparo.verify.check import protections, rules_of
from amparo.verify.inquiry import Inquiry
from amparo.verify.rules import DENIALS


def export(inquiry: Inquiry, *, protection: str | None) -> str:
    """Return the question of each protection under each choice of readings, with its answer.

    ``protection`` is a citation that those asked about begin with; None means all. The text is
    empty when there is no such protection. Each question begins with ``(reset)``, so that the
    whole is one script; the comment before ``(check-sat)`` says what to expect.
    """
    questions: list[str] = []
    for norm in protections(inquiry.law, inquiry.when):
        if protection is None or f"{norm.provision} ".startswith(f"{protection} "):
            for rule in rules_of(inquiry.law, norm):
                questions.extend(_questions(Asking(inquiry, norm, DENIALS.get(rule))))
    return "".join(questions)


def _questions(asking: Asking) -> Iterator[str]:
    try:
        yield _question(asking)
    except NotCompiled as construct:
        yield f"; not exported: {_plain(str(asking.norm.provision))}: {_plain(str(construct))}\n"
    except ReadingNeeded as needed:
        for option, _ in asking.law.vocabulary.readings[needed.reading].options:
            chosen = {**asking.inquiry.readings, needed.reading: option}
            yield from _questions(replace(asking, inquiry=asking.inquiry.read(chosen)))


def _question(asking: Asking) -> str:
    ground = asking.ground()
    compiler = asking.compiler(ground)
    result = solve(ground, lambda: asking.broken(compiler), asking.inquiry.budget)
    script = question(ground, lambda: asking.broken(compiler))
    read = ", ".join(
        f"{reading} is {option}" for reading, option in asking.inquiry.readings.items()
    )
    lines = [
        "(reset)",
        "(set-logic ALL)",
        f"; protection: {_plain(str(asking.norm.provision))}",
        *([f"; read so: {_plain(read)}"] if read else []),
        "; unsatisfiable iff no world that obeys the lower law breaks the protection",
    ]
    match result:
        case Proved():
            expected = "; expect: unsat"
        case Found():
            script += f"(assert {CLOSED})\n"
            expected = "; expect: sat"
        case _:
            expected = "; expect: unknown"
    return "\n".join([*lines, script.rstrip("\n"), expected, "(check-sat)\n"])


def _plain(text: str) -> str:
    escaped = text.encode("ascii", "backslashreplace").decode()
    return "".join(each if each.isprintable() else " " for each in escaped)
