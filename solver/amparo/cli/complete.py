"""What a shell offers to complete: names of pages, and citations of the law at hand."""

import os
from pathlib import Path

from click import Context, Parameter
from click.shell_completion import BashComplete, CompletionItem, add_completion_class

VARIABLE = "_AMPARO_COMPLETE"
"""Where click looks for what the shell asks."""


def pages_or_citations(
    context: Context, parameter: Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the rules and diagnostics that begin with ``incomplete``; where none does, citations."""
    from amparo.report.pages import names

    found = [CompletionItem(each) for each in names() if each.startswith(incomplete)]
    return found or cited(context, parameter, incomplete)


def cited(context: Context, _parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the citations that begin with ``incomplete``, of the law named before or of that here."""
    from amparo.diagnostics import Rejected
    from amparo.pipeline.files import Unusable
    from amparo.pipeline.provisions import citations

    try:
        found = citations(context.params.get("paths") or (Path(),))
    except (Rejected, Unusable, OSError):  # nothing to offer, and no place to say why
        return []
    return [CompletionItem(each) for each in found if each.startswith(incomplete)]


class Bash(BashComplete):
    """Bash, which takes what it is given as several words unless the spaces are escaped.

    Twice: click's script reads each line with `read`, which takes one backslash away.
    """

    def format_completion(self, item: CompletionItem) -> str:
        """Return ``item`` as bash reads it; a word in quotes needs no escape."""
        words = os.environ["COMP_WORDS"].split("\n")
        current = words[int(os.environ["COMP_CWORD"]) :][:1]
        if item.type == "plain" and not "".join(current).startswith(("'", '"')):
            item = CompletionItem(item.value.replace(" ", "\\\\ "), item.type)
        return super().format_completion(item)


add_completion_class(Bash)


def script(command: str, shell: str) -> str:
    """Return what ``shell`` has to read once to complete calls of ``command``."""
    from click.shell_completion import get_completion_class

    from amparo.cli.commands import amparo

    found = get_completion_class(shell)
    assert found is not None, shell
    return found(amparo, {}, command, VARIABLE).source() + "\n"
