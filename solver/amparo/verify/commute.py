"""Whether it matters in which order two bills are carried out."""

from typing import Literal as OneOf

from amparo.core.law import Law
from amparo.core.reliance import texts
from amparo.verify.compare import differences
from amparo.verify.inquiry import Inquiry
from amparo.verify.united import unite

Order = OneOf["same words", "same law", "differs", "undecided"]
"""`same words`: the consolidated texts are equal. `same law`: they are not, and every case is
proved to be judged alike. `differs`: some case is judged differently."""


def commute(in_order: Law, reversed_: Law, inquiry: Inquiry) -> Order:
    """Say whether two bills make the same law in either order, by its words or by what it means.

    ``inquiry`` gives the terms.
    """
    if texts(in_order) == texts(reversed_):
        return "same words"
    found = {each.verdict for each in differences(unite(reversed_, in_order), inquiry)}
    if "violated" in found:
        return "differs"
    return "undecided" if found else "same law"
