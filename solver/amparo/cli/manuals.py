"""What the manual says of every command, and under which heading each option stands."""

from collections.abc import Mapping

from amparo.cli.manual import Manual

GROUPS: Mapping[str, tuple[str, ...]] = {
    "What is asked": (
        "bills",
        "as_of",
        "timeline",
        "turn",
        "protection",
        "measures",
        "only",
        "under",
        "holding",
        "redline",
        "version",
    ),
    "How it is answered": ("gravest", "second", "timeout", "jobs", "memory", "no_cache", "folder"),
    "What counts": ("against", "today", "no_waivers", "only_check"),
    "Configuration": ("config", "isolated", "show_settings"),
    "What is written, and where": (
        "style",
        "output",
        "reports",
        "quiet",
        "statistics",
        "report_suppressed",
        "saved",
        "proofs",
        "pages",
        "diff",
        "watch",
    ),
}
"""The headings of options, each with the names of its parameters."""

ENVIRONMENT: Mapping[str, str] = {
    "NO_COLOR": "Set to anything: no colours, whatever FORCE_COLOR says.",
    "FORCE_COLOR": "Set to anything: colours also where the output is no terminal.",
    "AMPARO_JOBS": "In how many processes to ask: as --jobs.",
    "AMPARO_MEMORY": "How many megabytes to take in each process: as --memory.",
    "AMPARO_NO_CACHE": "Set to 1: as --no-cache.",
    "AMPARO_CACHE": "The folder in which answers are kept: as --cache.",
    "AMPARO_CACHE_KEY": "The secret by which kept answers are signed, instead of one in a file of "
    "yours; for a build that shares them.",
    "COLUMNS": "How wide a page is written, 80 columns at most.",
}

PATHS = {
    "PATHS": "Norm files (`*.norm`, `*.norm.md`), or folders that hold them. The nearest folder "
    "with a `body.norm` is one body of law, and each is asked about by itself.",
}
PATHS_IF_ANY = {
    "PATHS": f"{PATHS['PATHS']} Without any: what the project's configuration names, or else this "
    "folder."
}
FAILED = "The text was rejected, the call was wrong, or amparo failed: there is no answer."
INTERRUPTED = "Interrupted (Ctrl-C): there is no answer."

VERDICTS: Mapping[int, str] = {
    0: "No contradiction: everything asked is proved. With --bill: nothing is worse than without. "
    "With --against: nothing is worse than it was.",
    1: "A protection is violated, or the law cannot be obeyed. With --bill or --against: newly so.",
    2: FAILED,
    3: "Undecided, or it depends: on what only a person can decide, on how a text is read, or on "
    "a limit that was hit. It is never taken for `holds`.",
    130: INTERRUPTED,
}
DONE: Mapping[int, str] = {0: "It is printed.", 2: FAILED, 130: INTERRUPTED}

MANUALS: Mapping[str, Manual] = {
    "amparo": Manual(
        examples=(
            ("Check the law in this folder", "amparo check ."),
            ("Check what a bill does to it", "amparo check . --bill bills/shortcut.norm"),
            ("Try the scenarios and questions beside it", "amparo test ."),
        ),
        codes={
            0: "No contradiction, or done.",
            1: "A protection is violated; a test failed; something changed.",
            2: FAILED,
            3: "Undecided, or it depends. It is never taken for `holds`.",
            130: INTERRUPTED,
        },
        see=("amparo COMMAND --help", "amparo explain"),
    ),
    "check": Manual(
        arguments=PATHS_IF_ANY,
        codes=VERDICTS,
        examples=(
            ("Check the law in a folder", "amparo check law"),
            (
                "Check what a bill does to it, for acts of one day",
                "amparo check law --bill shortcut.norm --as-of 2024-05-01",
            ),
            (
                "Ask about one protection only, and keep its case as a scenario",
                'amparo check law --protection "constitution article 1" --save-scenario kept.norm',
            ),
            ("Check what the project's configuration names", "amparo check"),
            (
                "Fail only for what is worse than on the main branch",
                "amparo check law --against main",
            ),
            ("Ask again at every change, until Ctrl-C", "amparo check law --watch"),
            (
                "Write reports for a host of code and for a comment beside the usual words",
                "amparo check law --report sarif=amparo.sarif --report markdown=comment.md",
            ),
        ),
        see=("amparo lint", "amparo diff", "amparo test", "amparo explain licensed-violation"),
    ),
    "lint": Manual(
        arguments=PATHS_IF_ANY,
        codes={
            0: "Nothing to look at. With --bill or --against: nothing new.",
            1: "Something to look at: a norm that never applies, words without effect, a gap or an "
            "overlap of competences. With --bill or --against: newly so.",
            2: FAILED,
            3: "Undecided. It is never taken for clean.",
            130: INTERRUPTED,
        },
        examples=(
            ("Look at the law in a folder", "amparo lint law"),
            ("Look at what is new with a bill", "amparo lint law --bill shortcut.norm"),
        ),
        see=("amparo check", "amparo competences", "amparo explain no-effect"),
    ),
    "diff": Manual(
        arguments={
            "BASE": "The law as it was: norm files, a folder, or a version that git keeps of HEAD.",
            "HEAD": "The law as it is to be, likewise. Of two versions that git keeps, the law below "
            "this folder is compared. Not with --bill.",
        },
        codes={
            0: "It is proved that nothing changes.",
            1: "Something changes.",
            2: FAILED,
            3: "Undecided whether anything changes.",
            130: INTERRUPTED,
        },
        examples=(
            ("Say what a bill changes", "amparo diff law --bill shortcut.norm"),
            ("Say what a new draft of the law changes", "amparo diff law draft"),
            ("Say what was changed since the main branch", "amparo diff main law"),
        ),
        see=("amparo check", "amparo consolidate --redline"),
    ),
    "competences": Manual(
        arguments=PATHS,
        codes=DONE,
        examples=(
            ("Show who may authorise what", "amparo competences law"),
            (
                "Show it as amended, for a program",
                "amparo competences law --bill shortcut.norm --format json",
            ),
        ),
        see=("amparo lint", "amparo explain competence-overlap"),
    ),
    "test": Manual(
        arguments=PATHS_IF_ANY,
        codes={
            0: "Every scenario and question comes out as expected.",
            1: "One does not.",
            2: FAILED,
            130: INTERRUPTED,
        },
        examples=(
            ("Try everything in a folder", "amparo test law"),
            ("Show only what fails", "amparo test --quiet law"),
        ),
        see=("amparo check --save-scenario", "pytest, which collects the same"),
    ),
    "docket": Manual(
        arguments=PATHS,
        codes={
            0: "Every outcome and every ground agrees.",
            1: "One differs.",
            2: FAILED,
            3: "One is undecided, and none differs.",
            130: INTERRUPTED,
        },
        examples=(
            ("Show the decisions in a folder, and what is answered", "amparo docket cases"),
            ("Write a page beside each decision", "amparo docket cases --pages"),
        ),
        see=("amparo test",),
    ),
    "mutate": Manual(
        arguments=PATHS,
        codes={
            0: "Every question is answered: what depends on each safeguard, or that nothing does.",
            2: FAILED,
            3: "Of some safeguard it could not be decided whether anything depends on it.",
            130: INTERRUPTED,
        },
        examples=(
            ("Say what each safeguard of the law is good for", "amparo mutate law"),
            (
                "Only those of one article, for one protection",
                'amparo mutate law --under "enforcement article 2" --protection "constitution article 1"',
            ),
        ),
        see=("amparo check", "amparo lint", "amparo explain no-effect"),
    ),
    "consolidate": Manual(
        arguments=PATHS,
        codes=DONE,
        examples=(
            ("Print the law as amended", "amparo consolidate law --bill shortcut.norm"),
            (
                "Show what a bill takes out and puts in",
                "amparo consolidate law --bill shortcut.norm --redline",
            ),
        ),
        see=("amparo diff", "amparo fmt"),
    ),
    "fmt": Manual(
        arguments={"PATHS": "Norm files, or folders that hold them."},
        codes={
            0: "Every file is laid out so.",
            1: "With --check or --diff: one is not.",
            2: FAILED,
            130: INTERRUPTED,
        },
        examples=(
            ("Lay out every file in a folder", "amparo fmt law"),
            ("Fail in a build where one is laid out otherwise", "amparo fmt --check law"),
        ),
    ),
    "export": Manual(
        arguments=PATHS,
        codes=DONE,
        examples=(
            ("Write every question as SMT-LIB", "amparo export law --output questions.smt2"),
            (
                "Only those of one protection",
                'amparo export law --protection "constitution article 1"',
            ),
        ),
        see=("amparo check --second-opinion",),
    ),
    "explain": Manual(
        arguments={
            "NAME": "A rule, a diagnostic, or the citation of a provision: an act, then article, "
            "paragraph, point, norm. Without it: a list of all rules and diagnostics.",
            "PATHS": "The law in which the provision stands: this folder, if none is named.",
        },
        codes={0: "It is explained.", 2: FAILED, 130: INTERRUPTED},
        examples=(
            ("List what there is to explain", "amparo explain"),
            ("Explain what a check found", "amparo explain licensed-violation"),
            (
                "Explain how a provision is decided once a bill is law",
                'amparo explain "enforcement article 2" law --bill shortcut.norm',
            ),
        ),
        see=("amparo check",),
    ),
    "schema": Manual(
        arguments={
            "[check|lint|diff|competences|docket|mutate|config]": "The command: `check`, if none is named; or the configuration."
        },
        codes=DONE,
        examples=(
            ("Print the schema of a check", "amparo schema"),
            ("Print that of a comparison", "amparo schema diff"),
            ("Print that of `amparo.toml`", "amparo schema config"),
        ),
        see=("amparo check --format json",),
    ),
    "completion": Manual(
        arguments={"{bash|zsh|fish}": "The shell."},
        codes=DONE,
        examples=(
            ("Complete in bash from now on", "amparo completion bash >> ~/.bashrc"),
            ("In zsh", "amparo completion zsh >> ~/.zshrc"),
            ("In fish", "amparo completion fish > ~/.config/fish/completions/amparo.fish"),
        ),
    ),
}
