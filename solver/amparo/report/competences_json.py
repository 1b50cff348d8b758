"""Who may authorise what, on which object, as JSON.

The shape is published (`competences.schema.json`) and only ever extended.
"""

from collections.abc import Iterable

from amparo.core.citation import located
from amparo.core.law import Law
from amparo.explain.story import allowed
from amparo.report.competences import Competences
from amparo.report.json import FORMAT_VERSION, Json, printed, provision_json, world_json
from amparo.verify.competence import Cell


def render_competences_json(several: Iterable[Competences]) -> str:
    """Return the matrices as one JSON object, its keys in a fixed order."""
    return printed({"format_version": FORMAT_VERSION, "bodies": [_body(each) for each in several]})


def _body(found: Competences) -> Json:
    return {
        "body": found.body,
        "bills": list(found.bills),
        "as_of": None if found.as_of is None else found.as_of.isoformat(),
        "authorities": list(found.matrix.authorities),
        "rows": [
            {
                "measure": row.subject.measure,
                "objects": dict(row.subject.objects),
                "cells": [_cell(found.law, each) for each in row.cells],
            }
            for row in found.matrix.rows
        ],
    }


def _cell(law: Law, cell: Cell) -> Json:
    return {
        "authority": cell.authority,
        "how": cell.how,
        "answer": cell.answer,
        "relies_on": [provision_json(law, located(law, each)) for each in cell.relies_on],
        "story": [] if cell.world is None else list(allowed(law, cell.world)),
        "world": None if cell.world is None else world_json(law, cell.world),
    }
