"""Every equation of tests/properties, on other and more laws than the suite tries.

`--examples` is how much of each is tried, in percent of what the suite tries. What else is
written is handed to pytest: a file, or `-k NAME`.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from long.figures import FAULTS, REPOSITORY, Asked, Figures


def run(asked: Asked) -> Figures:
    """Run the properties with pytest, and add up what they counted."""
    chosen = asked.more or ("tests/properties",)
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder, "counts")
        said = {
            "AMPARO_EXAMPLES": str(asked.examples),
            "AMPARO_SEED": str(asked.seed),
            "AMPARO_FIGURES": str(counts),
        }
        seed = f"--hypothesis-seed={asked.seed}"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", seed, *chosen]
        ended = subprocess.run(
            command, cwd=REPOSITORY, env=os.environ | said, stdout=sys.stderr, check=False
        )
        found: Counter[str] = Counter()
        for line in counts.read_text(encoding="utf-8").splitlines() if counts.exists() else ():
            found.update(json.loads(line))
    faults = found.pop(FAULTS, 0)
    return {**found, FAULTS: faults or int(ended.returncode != 0)}
