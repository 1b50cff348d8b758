"""What a project can set in its configuration: the keys, what each takes, and what it means.

`configuration.schema.json` is published from these classes; a test holds the two together. A key
stands here only if a command does what it says. None names a file to write, or turns a question
off: a configuration comes with a change that nobody has looked at yet.
"""

import datetime
from typing import Annotated
from typing import Literal as OneOf

import msgspec

from amparo.report.formats import Format

Text = Annotated[str, msgspec.Meta(min_length=1)]
Name = Annotated[str, msgspec.Meta(pattern=r"^[^\W\d]\w*$", description="A name of the language.")]


class ConfiguredWaiver(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"
):
    """A known fault that is kept quiet, as `waive` in a norm file."""

    body: Annotated[Name, msgspec.Meta(description="The body of law in which it is found.")]
    rule: Annotated[
        str, msgspec.Meta(pattern=r"^\w+(-\w+)*$", description="The rule of the finding.")
    ]
    provision: Annotated[
        Text,
        msgspec.Meta(
            description="The norm that is found wanting, cited as in the language: "
            "`constitution article 25 paragraph 1`."
        ),
    ]
    reason: Annotated[str, msgspec.Meta(description="Why it may stay so for now.")]
    author: Annotated[str, msgspec.Meta(description="Who takes it on.")]
    until: Annotated[
        datetime.date, msgspec.Meta(description="The first day on which it no longer counts.")
    ]
    act: Annotated[
        Name | None,
        msgspec.Meta(description="The kind of act, where the provision is asked act by act."),
    ] = None
    beside: Annotated[
        tuple[Text, ...],
        msgspec.Meta(description="The other norms that it takes: the far side of a conflict."),
    ] = ()
    as_of: Annotated[
        datetime.date | None,
        msgspec.Meta(description="A day on which the version that is meant is in force."),
    ] = None
    verdict: Annotated[
        OneOf["violated", "depends", "holds-if-read-so"],
        msgspec.Meta(description="The verdict that is waived, and no other."),
    ] = "violated"
    bills: Annotated[
        tuple[Name, ...],
        msgspec.Meta(description="The bills that bring it. None: it is so without any bill."),
    ] = ()
    finding: Annotated[
        Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}(-[0-9]+)?$")] | None,
        msgspec.Meta(description="The `id` of the finding in the JSON report; then only that one."),
    ] = None


class Settings(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"
):
    """The keys of `amparo.toml`, or of `[tool.amparo]` in `pyproject.toml`. All may be left out."""

    paths: Annotated[
        tuple[Text, ...],
        msgspec.Meta(
            description="What `check`, `lint` and `test` are about where the call names no path. "
            "Seen from the configuration's folder, and inside it."
        ),
    ] = ()
    bills: Annotated[
        tuple[Text, ...],
        msgspec.Meta(
            description="Files with the bills that are asked about, where the call names no path."
        ),
    ] = ()
    against: Annotated[
        Text | None,
        msgspec.Meta(
            description="The version that git keeps with which `check` and `lint` compare, where "
            "the call names no path."
        ),
    ] = None
    as_of: Annotated[
        datetime.date | None,
        msgspec.Meta(description="Judge acts of this day only, where the call names no path."),
    ] = None
    format: Annotated[
        Format, msgspec.Meta(description="How `check` and `lint` tell what they found.")
    ] = "full"
    timeout: Annotated[
        Annotated[float, msgspec.Meta(gt=0, le=1_000_000)] | None,
        msgspec.Meta(description="Limit one call of the solver to about so many seconds."),
    ] = None
    report_suppressed: Annotated[
        bool, msgspec.Meta(description="Make what is waived a suppressed result in SARIF.")
    ] = False
    waivers: Annotated[
        tuple[ConfiguredWaiver, ...], msgspec.Meta(description="Known faults that are kept quiet.")
    ] = ()


ASKED = ("paths", "bills", "against", "as-of")
"""What is asked: taken from the configuration only where the call names no path.

So no change to a file moves what a build asks by its own call.
"""


def schema() -> dict[str, object]:
    """Return the JSON Schema of a configuration, as `configuration.schema.json` has it."""
    (shape,), parts = msgspec.json.schema_components([Settings], ref_template="#/$defs/{name}")
    settings = parts.pop(shape["$ref"].rpartition("/")[2])
    about = "`amparo.toml`, or `[tool.amparo]` in `pyproject.toml`. Dates are dates of TOML."
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **settings,
        "title": "amparo.toml",
        "description": about,
        "$defs": parts,
    }
