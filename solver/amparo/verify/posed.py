"""A question whose answer is a verdict: a proof that it holds, or a case, replayed."""

from collections.abc import Callable

from amparo.core.world import World
from amparo.smt.ground import Ground
from amparo.smt.search import Proved, Undecided
from amparo.smt.term import Term
from amparo.verify.finding import Outcome
from amparo.verify.inquiry import Inquiry
from amparo.verify.obeying import Part, pleasing


def posed(
    inquiry: Inquiry,
    ground: Ground,
    part: Part,
    asserts: Callable[[], list[Term]],
    replay: Callable[[World], None],
) -> Outcome:
    """Return that it holds if ``asserts`` are unsatisfiable, else that it is violated in a world.

    They ask that ``part`` of the law be obeyed; in the world all of it is.

    Raises:
        InvalidModel: ``replay`` does, of a world that `semantics` does not confirm.
    """
    result, world = pleasing(inquiry, ground, part, asserts)
    match result:
        case Proved():
            return Outcome(inquiry.readings, "holds")
        case Undecided(reason):
            return Outcome(inquiry.readings, "unknown", note=reason)
        case _:
            assert world is not None
            replay(world)
            return Outcome(inquiry.readings, "violated", world=world)
