"""The published shapes of what is printed as JSON, and of the configuration: JSON Schema, 2020-12."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Literal as OneOf

Printed = OneOf["check", "lint", "diff", "competences", "docket", "mutate", "config"]
"""The commands that print JSON, and the configuration of a project."""

_FILES: Mapping[Printed, str] = {
    "check": "schema.json",
    "lint": "schema.json",
    "diff": "changes.schema.json",
    "competences": "competences.schema.json",
    "docket": "docket.schema.json",
    "mutate": "mutations.schema.json",
    "config": "configuration.schema.json",
}


def schema(command: Printed = "check") -> str:
    """Return the schema that every object which ``command`` prints, or a configuration, conforms to."""
    own = _read(command)
    if command not in ("competences", "docket", "mutate"):
        return own
    # What is a provision and what a world is taken from the schema of findings.
    shape = json.loads(own)
    shape["$defs"] = {**json.loads(_read("check"))["$defs"], **shape["$defs"]}
    return json.dumps(shape, ensure_ascii=False, indent=2) + "\n"


def _read(command: Printed) -> str:
    return files("amparo.report").joinpath(_FILES[command]).read_text("utf-8")
