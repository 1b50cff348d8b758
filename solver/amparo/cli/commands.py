"""The commands. Whatever is heavy is imported by the command that needs it."""

import datetime
import sys
from collections.abc import Callable
from functools import partial
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from amparo.cli.complete import cited, pages_or_citations
from amparo.cli.configured import Configured, configured, is_whole, noted, stated
from amparo.cli.manual import DescribedGroup
from amparo.cli.output import HOLDS, OPEN, VIOLATED, complain, paint_for, put, width
from amparo.cli.reports import REPORTS
from amparo.cli.solving import solving
from amparo.cli.watch import watched
from amparo.pipeline.files import Unusable, requested
from amparo.report.escape import visible
from amparo.report.formats import FORMATS
from amparo.report.style import plainly

if TYPE_CHECKING:
    from amparo.report.schemas import Printed

Command = TypeVar("Command", bound=Callable[..., object])

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
MAYBE_PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
OUTPUT = click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write to this file instead of the standard output.",
)


day = partial(
    click.option,
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda _context, _parameter, value: value and value.date(),
    metavar="DATE",
)
"""An option that names a day."""


AS_OF = day("--as-of", help="Judge acts of this day only, by the law in force on it: 2024-05-01.")


LONGEST = 1_000_000


def _finite(
    _context: click.Context, _parameter: click.Parameter, value: float | None
) -> float | None:
    if value is not None and isnan(value):
        raise click.BadParameter("nan is no number of seconds")
    return value


TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=LONGEST),
    callback=_finite,
    metavar="SECONDS",
    help="Limit one call of the solver to about this long (counted as effort, so that every "
    "machine answers alike); what it cannot decide is `unknown`.",
)


STYLE = click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    help="How to tell it: at length, in a line each, for a program, for a comment on a change, or as a page.",
)
TODAY = day("--today", help="The day by which waivers expire, instead of this one.")
NO_WAIVERS = click.option("--no-waivers", is_flag=True, help="Keep nothing quiet.")
SUPPRESSED = click.option(
    "--report-suppressed/--no-report-suppressed",
    help="Make what is waived a suppressed result in SARIF, not only a notification.",
)
STATISTICS = click.option(
    "--statistics",
    is_flag=True,
    help="Say at the end how many findings there are of each kind, and how often the solver was "
    "called and what that took: on the standard error, in JSON under `statistics`.",
)
QUIET = click.option("--quiet", is_flag=True, help="Say nothing: the exit code is the answer.")


SECOND = click.option(
    "--second-opinion",
    "second",
    is_flag=True,
    help="Have another solver, cvc5, decide every proof too, and say of each finding whether it "
    "confirms it.",
)


def bills(command: Command) -> Command:
    """Give ``command`` the option that names bills."""
    return click.option(
        "--bill",
        "bills",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A file with a bill that the question is about. May be given several times.",
    )(command)


AGAINST = click.option(
    "--against",
    metavar="REF|DIR",
    help="Compare with the law as it was in this git version (a branch, a tag, a commit) or folder: "
    "only what is new since counts. Bills that are no law yet are asked about where they are new or "
    "changed. The checkout is not touched.",
)


@click.group(cls=DescribedGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="amparo", prog_name="amparo")
def amparo() -> None:
    """Check whether a bill breaks what a constitution protects.

    The law, the constitution and the bill are norm files, in a language that reads like a statute.
    Of every protection of the highest rank it is asked whether everybody can obey the rest of the
    law to the letter, and the protection still be broken.
    """


@amparo.command(cls=Configured)
@MAYBE_PATHS
@bills
@AGAINST
@AS_OF
@click.option(
    "--timeline",
    is_flag=True,
    help="Answer for every stretch of time between the days on which the law changes.",
)
@day(
    "--turn", help="With --timeline: ask only about the time just before this day, and from it on."
)
@click.option("--gravest", is_flag=True, help="Show the case that weighs heaviest.")
@click.option(
    "--protection",
    multiple=True,
    metavar="CITATION",
    shell_complete=cited,
    help="Ask only about the protections at this place: constitution_1995 article 25. "
    "May be given several times. Then no cure is looked for.",
)
@click.option(
    "--save-scenario",
    "saved",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep every case found as a scenario in this norm file, for `amparo test`.",
)
@SECOND
@click.option(
    "--proofs",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Ask for a second opinion, and keep its proofs in this folder, new or empty.",
)
@TIMEOUT
@TODAY
@NO_WAIVERS
@SUPPRESSED
@STATISTICS
@STYLE
@OUTPUT
@REPORTS
@QUIET
@configured
@watched
@solving
def check(
    paths: tuple[Path, ...],
    bills: tuple[Path, ...],
    against: str | None,
    as_of: datetime.date | None,
    timeline: bool,
    turn: datetime.date | None,
    gravest: bool,
    protection: tuple[str, ...],
    saved: Path | None,
    second: bool,
    proofs: Path | None,
    timeout: float | None,
    today: datetime.date | None,
    no_waivers: bool,
    report_suppressed: bool,
    statistics: bool,
    style: str,
    output: Path | None,
    reports: tuple[tuple[str, Path], ...],
    quiet: bool,
) -> int:
    """Say for every protection of the law in PATHS whether it can be broken lawfully.

    Without PATHS, what the project's configuration names, or else this folder.
    With --bill the law is taken as amended by the bill, and only what the bill makes worse counts.
    With --against only what is worse than in the base version counts.
    With --timeline the worst of all stretches of time decides.
    """
    from amparo.cli.results import CODES, keep, refusal, show
    from amparo.pipeline.measure import measured
    from amparo.pipeline.run import examine
    from amparo.pipeline.save import Keeper
    from amparo.pipeline.second import seconded
    from amparo.report.plain import render_plain

    with refusal(style, output, quiet=quiet, reports=reports):
        if timeline and as_of is not None:
            raise Unusable("--as-of asks about one day and --timeline about all: give one of them")
        if turn is not None and not timeline:
            raise Unusable("--turn narrows --timeline: give --timeline too")
        keeper = None if saved is None else Keeper(saved)
        ask = partial(
            examine,
            paths,
            bills,
            against=against,
            as_of=as_of,
            timeline=timeline,
            turn=turn,
            gravest=gravest,
            seconds=timeout,
            protection=protection,
            waivers=not no_waivers,
            today=today,
            stated=stated(paths, against),
            whole=is_whole(),
            keep=None if keeper is None else keeper.keep,
        )
        answer = partial(seconded, ask, proofs) if second or proofs is not None else ask
        result = noted(measured(answer) if statistics else answer())
        notes = () if keeper is None else keeper.write()
    keep(result, reports, suppressed=report_suppressed)
    if not quiet:
        show(result, style, output, render_plain, suppressed=report_suppressed)
        for note in notes:
            click.echo(visible(note), err=True)
    return CODES[result.verdict]


@amparo.command(cls=Configured)
@MAYBE_PATHS
@bills
@AGAINST
@AS_OF
@SECOND
@TIMEOUT
@TODAY
@NO_WAIVERS
@SUPPRESSED
@STATISTICS
@STYLE
@OUTPUT
@REPORTS
@QUIET
@configured
@solving
def lint(
    paths: tuple[Path, ...],
    bills: tuple[Path, ...],
    against: str | None,
    as_of: datetime.date | None,
    second: bool,
    timeout: float | None,
    today: datetime.date | None,
    no_waivers: bool,
    report_suppressed: bool,
    statistics: bool,
    style: str,
    output: Path | None,
    reports: tuple[tuple[str, Path], ...],
    quiet: bool,
) -> int:
    """Say what in the law in PATHS a drafter had better look at: norms that never apply, words without effect.

    Without PATHS, what the project's configuration names, or else this folder.
    With --bill the law is taken as amended by the bill, and only what is new with it counts.
    With --against only what is new since the base version counts.
    """
    from amparo.cli.results import CODES, keep, refusal, show
    from amparo.pipeline.lint import lint as examined
    from amparo.pipeline.measure import measured
    from amparo.pipeline.second import seconded
    from amparo.report.warnings import render_warnings

    with refusal(style, output, quiet=quiet, reports=reports):
        ask = partial(
            examined,
            paths,
            bills,
            against=against,
            as_of=as_of,
            seconds=timeout,
            waivers=not no_waivers,
            today=today,
            stated=stated(paths, against),
            whole=is_whole(),
        )
        answer = partial(seconded, ask) if second else ask
        result = noted(measured(answer) if statistics else answer())
    keep(result, reports, suppressed=report_suppressed)
    if not quiet:
        show(result, style, output, render_warnings, suppressed=report_suppressed)
    return CODES[result.verdict]


@amparo.command()
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("head", required=False, type=click.Path(path_type=Path))
@bills
@AS_OF
@click.option(
    "--format",
    "style",
    type=click.Choice(["full", "json"]),
    default="full",
    show_default=True,
    help="How to tell it: at length, or for a program.",
)
@OUTPUT
@solving
def diff(
    base: Path,
    head: Path | None,
    bills: tuple[Path, ...],
    as_of: datetime.date | None,
    style: str,
    output: Path | None,
) -> int:
    """Say which cases the law in HEAD judges otherwise than that in BASE, with a case for each change.

    With --bill instead of HEAD: which cases the law in BASE judges otherwise once it is amended.
    """
    from amparo.cli.results import refusal
    from amparo.pipeline.compare import changes
    from amparo.report.changes import render_changes
    from amparo.report.changes_json import render_changes_json

    with refusal(style, output):
        found = changes(base, head, bills, as_of=as_of)
    if style == "json":
        put(render_changes_json(found), output, "json")
    else:
        paint = paint_for(sys.stdout) if output is None else plainly
        put(render_changes(found, width(), paint), output)
        sys.stdout.flush()
        complain(found.warnings, "warning")
    match found.verdict:
        case "unchanged":
            return HOLDS
        case "changed":
            return VIOLATED
        case "undecided":
            return OPEN


@amparo.command()
@PATHS
@bills
@AS_OF
@TIMEOUT
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="KIND",
    help="Ask about this kind of measure alone, as the vocabulary names it. Repeatable.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["full", "concise", "json"]),
    default="full",
    show_default=True,
    help="How to tell it: at length, or for a program.",
)
@OUTPUT
@solving
def competences(
    paths: tuple[Path, ...],
    bills: tuple[Path, ...],
    as_of: datetime.date | None,
    timeout: float | None,
    measures: tuple[str, ...],
    style: str,
    output: Path | None,
) -> int:
    """Show who may do and authorise which act of authority, on which object, by the law in PATHS."""
    from amparo.pipeline.competences import competences as found
    from amparo.report.competences import WIDEST, render_competences
    from amparo.report.competences_json import render_competences_json

    brief = style == "concise"
    several = found(paths, bills, as_of=as_of, seconds=timeout, measures=measures, cases=not brief)
    if style == "json":
        put(render_competences_json(several), output, "json")
    else:
        paint = paint_for(sys.stdout) if output is None else plainly
        put(render_competences(several, width(WIDEST), paint, reasons=not brief), output)
    return HOLDS


@amparo.command(cls=Configured)
@MAYBE_PATHS
@click.option("--only", metavar="WORDS", help="Run only those with these words in their title.")
@click.option("--quiet", is_flag=True, help="Print only what failed, and the summary.")
@configured
@solving
def test(paths: tuple[Path, ...], only: str | None, quiet: bool) -> int:
    """Run the scenarios and questions in PATHS; without, in what the project's configuration names."""
    from amparo.pipeline.trials import attempt

    trials = attempt(paths, only)
    paint = paint_for(sys.stdout)
    for trial in trials:
        word = paint("failed", "bad") if trial.faults else paint("ok", "good")
        if trial.faults or not quiet:
            place = f"{visible(trial.span.source.path)}:{trial.span.line}"
            put(f"{word:<6} {place}: {visible(trial.title)}\n")
        put("".join(f"       {visible(fault)}\n" for fault in trial.faults))
    failed = sum(bool(trial.faults) for trial in trials)
    put(f"{len(trials) - failed} passed, {failed} failed\n")
    return VIOLATED if failed else HOLDS


@amparo.command()
@PATHS
@click.option("--pages", is_flag=True, help="Write a page beside the norm file of every decision.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["full", "concise", "json", "markdown"]),
    default="full",
    show_default=True,
    help="How to tell it: at length, in a line each, for a program, or as a table for a page.",
)
@OUTPUT
@QUIET
@solving
def docket(
    paths: tuple[Path, ...], pages: bool, style: str, output: Path | None, quiet: bool
) -> int:
    """Show what courts decided beside what the law in PATHS, as modelled, answers to the same."""
    from amparo.pipeline.docket import docket as heard
    from amparo.pipeline.docket import write_pages
    from amparo.report.docket import WIDEST, render_docket, render_docket_concise
    from amparo.report.docket_json import render_docket_json
    from amparo.report.docket_pages import render_docket_markdown
    from amparo.report.heard import agreement

    several = heard(paths)
    written = write_pages(several) if pages else ()
    if not quiet:
        put("".join(f"{visible(each)} written\n" for each in written))
    if not quiet and (output is not None or not pages):
        match style:
            case "json":
                put(render_docket_json(several), output, "json")
            case "concise":
                put(render_docket_concise(several), output)
            case "markdown":
                folder = Path() if output is None else output.parent
                put(render_docket_markdown(several, folder), output, "markdown")
            case _:
                paint = paint_for(sys.stdout) if output is None else plainly
                put(render_docket(several, width(WIDEST), paint), output)
    match agreement(several):
        case "differs":
            return VIOLATED
        case "undecided":
            return OPEN
        case _:
            return HOLDS


@amparo.command()
@PATHS
@bills
@AS_OF
@click.option(
    "--protection",
    metavar="CITATION",
    shell_complete=cited,
    help="Ask only about the protections at this place.",
)
@click.option(
    "--under",
    metavar="CITATION",
    shell_complete=cited,
    help="Take away only safeguards at this place.",
)
@click.option(
    "--holding",
    is_flag=True,
    help="Ask only about protections that hold with all safeguards: much quicker on a large law.",
)
@TIMEOUT
@click.option(
    "--format",
    "style",
    type=click.Choice(["full", "json", "markdown"]),
    default="full",
    show_default=True,
    help="How to tell it: at length, or for a program.",
)
@OUTPUT
def mutate(
    paths: tuple[Path, ...],
    bills: tuple[Path, ...],
    as_of: datetime.date | None,
    protection: str | None,
    under: str | None,
    holding: bool,
    timeout: float | None,
    style: str,
    output: Path | None,
) -> int:
    """Take away or weaken every safeguard of the law in PATHS, one at a time, and say what depends on it."""
    from amparo.pipeline.mutate import mutations
    from amparo.report.mutations import render_mutations
    from amparo.report.mutations_json import render_mutations_json
    from amparo.report.mutations_markdown import render_mutations_markdown

    several = mutations(
        paths,
        bills,
        as_of=as_of,
        seconds=timeout,
        protection=protection,
        under=under,
        holding=holding,
    )
    match style:
        case "json":
            put(render_mutations_json(several), output, "json")
        case "markdown":
            put(render_mutations_markdown(several), output, "markdown")
        case _:
            paint = paint_for(sys.stdout) if output is None else plainly
            put(render_mutations(several, width(), paint), output)
    undecided = any(each.dependence == "unknown" for one in several for each in one.mutants)
    return OPEN if undecided else HOLDS


@amparo.command()
@PATHS
@bills
@AS_OF
@click.option("--redline", is_flag=True, help="Show what the bill takes out and puts in.")
@OUTPUT
def consolidate(
    paths: tuple[Path, ...],
    bills: tuple[Path, ...],
    as_of: datetime.date | None,
    redline: bool,
    output: Path | None,
) -> int:
    """Print the law in PATHS as amended, in the language of the norm files."""
    from amparo.pipeline.texts import consolidated, redlined

    text = redlined(paths, bills, as_of) if redline else consolidated(paths, bills, as_of)
    put(text, output, "full" if redline else "norm")
    return HOLDS


@amparo.command()
@PATHS
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail if it would.")
@click.option("--diff", is_flag=True, help="Change nothing; print what would change.")
def fmt(paths: tuple[Path, ...], only_check: bool, diff: bool) -> int:
    """Write the norm files in PATHS the way `amparo fmt` lays them out."""
    from amparo.pipeline.texts import difference, formatted
    from amparo.pipeline.whole import write_whole

    changed = 0
    for path, before, after in formatted(requested(paths)):
        if before.text == after:
            continue
        changed += 1
        if diff:
            put(difference(before, after))
        elif only_check:
            put(f"{visible(before.path)} would be laid out anew\n")
        else:
            write_whole(path, after)
            put(f"{visible(before.path)} laid out anew\n")
    return VIOLATED if changed and (only_check or diff) else HOLDS


@amparo.command()
@PATHS
@bills
@AS_OF
@click.option(
    "--protection",
    metavar="CITATION",
    shell_complete=cited,
    help="Only the questions of this protection.",
)
@OUTPUT
@solving
def export(
    paths: tuple[Path, ...],
    bills: tuple[Path, ...],
    as_of: datetime.date | None,
    protection: str | None,
    output: Path | None,
) -> int:
    """Print what the solver is asked, as SMT-LIB text that another solver can check."""
    from amparo.pipeline.obligations import obligations

    put(obligations(paths, bills, as_of=as_of, protection=protection), output, "smt-lib")
    return HOLDS


@amparo.command()
@click.argument("name", required=False, shell_complete=pages_or_citations)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@bills
@AS_OF
def explain(
    name: str | None,
    paths: tuple[Path, ...],
    bills: tuple[Path, ...],
    as_of: datetime.date | None,
) -> int:
    """Explain a diagnostic or rule by its NAME, or a provision of the law in PATHS by its citation.

    Of a provision (`"code article 55 paragraph 8"`): what each norm there says, on what it turns,
    what prevails over it and why, and which protections it is held against.
    """
    from amparo.report.pages import index, names, page

    if name is None:
        put(index(width(), paint_for(sys.stdout)))
        return HOLDS
    text = page(name)
    if text is not None:
        put(text)
        return HOLDS
    if paths or " " in name:
        from amparo.pipeline.provisions import explanation
        from amparo.report.provision import render_provisions

        found = explanation(name, paths or (Path(),), bills, as_of)
        put(render_provisions(found, width(), paint_for(sys.stdout)))
        return HOLDS
    from difflib import get_close_matches

    near = get_close_matches(name, names(), n=1)
    raise Unusable(
        f"there is no page about `{name}`"
        + (f"; did you mean `{near[0]}`?" if near else "")
        + "; `amparo explain` lists all pages; to explain an act or a provision, name the "
        "law after it: amparo explain NAME PATH"
    )


@amparo.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print what a shell has to read once to complete commands, options, paths, rules and citations."""
    from amparo.cli.complete import script

    put(script("amparo", shell))
    return HOLDS


@amparo.command()
@click.argument(
    "command",
    type=click.Choice(["check", "lint", "diff", "competences", "docket", "mutate", "config"]),
    default="check",
)
def schema(command: "Printed") -> int:
    """Print the JSON Schema of what a command prints with `--format json`: `check` if none is named.

    `config` is that of `amparo.toml`, and of `[tool.amparo]` in `pyproject.toml`.
    """
    from amparo.report.schemas import schema as published

    put(published(command))
    return HOLDS
