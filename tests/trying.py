"""How hard the properties are tried: the same few examples in the suite, others and more when asked.

`AMPARO_EXAMPLES` is how many laws are tried, and `AMPARO_WORLDS` how many worlds of each shape, in
percent of what the suite tries.
With `AMPARO_SEED` set, examples are drawn from `pytest --hypothesis-seed`; without it they are the
same in every run. With `AMPARO_SHRINK` set, an example that fails is made smaller first, which
takes minutes.
"""

import os

from hypothesis import HealthCheck, Phase, settings

EFFORT = int(os.environ.get("AMPARO_EXAMPLES", "100"))
WORLDS = int(os.environ.get("AMPARO_WORLDS", "100"))
PHASES = [
    Phase.explicit,
    Phase.generate,
    *([Phase.shrink] if "AMPARO_SHRINK" in os.environ else []),
]
SEED = int(os.environ.get("AMPARO_SEED", "0"))


def often(number: int) -> int:
    """Return how often something is tried that the suite tries ``number`` times."""
    return max(1, number * EFFORT // 100)


def each_shape(number: int) -> int:
    """Return how many worlds of a shape are tried where the suite tries ``number``."""
    return max(1, number * WORLDS // 100)


def trying(number: int) -> settings:
    """Return settings for a property of which the suite tries ``number`` examples."""
    return settings(
        max_examples=often(number),
        deadline=None,
        derandomize="AMPARO_SEED" not in os.environ,
        database=None,
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )
