"""Every law that the strategies write is law: it passes the front end, and the compiler takes all of it."""

from datetime import date

import pytest
from hypothesis import given

import laws
from amparo.smt import norms as smt_norms
from amparo.smt import term as t
from amparo.smt.norms import Duties
from strategies.laws import texts
from tally import count
from trying import trying


@pytest.mark.slow
@trying(60)
@given(texts())
def test_what_is_written_well_sorted_is_accepted_and_compiled(text: str) -> None:
    law = laws.law(text)

    inquiry = laws.inquiry(law).read(
        {name: each.options[0][0] for name, each in law.vocabulary.readings.items()}
    )
    compiler = inquiry.compiler(inquiry.ground(), 0)
    duties = Duties(law)

    for positive in (True, False):
        assert smt_norms.complies(compiler, duties, positive)
    for norm in law.protections():
        assert smt_norms.breaks(compiler, duties, norm, lambda _: t.TRUE, positive=True)
        count("norms compiled")
    count("laws accepted and compiled")


@trying(10)
@given(texts())
def test_what_is_compiled_is_in_force_on_the_days_of_its_period(text: str) -> None:
    law = laws.law(text)
    inquiry = laws.inquiry(law)
    values = inquiry.compiler(inquiry.ground(), 0).values
    for norm in law.norms.values():
        for edge in (norm.period.start, norm.period.end):
            for number in range(edge.toordinal() - 1, edge.toordinal() + 2) if edge else ():
                day = date.fromordinal(number)
                said = values.covers(norm.period, str(number))
                assert said == (t.TRUE if norm.period.covers(day) else t.FALSE)
                count("edges of periods compared with what is compiled")
