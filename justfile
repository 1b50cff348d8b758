# Every recipe is one command, so it works without `just` too.

# Test and lint.
default: test lint

# Set up a virtual environment for work on amparo.
setup:
    python3 -m venv .venv && .venv/bin/pip install -e '.[dev]'

# Run the tests.
test *arguments:
    .venv/bin/pytest {{arguments}}

# Check style, types and the order of the rooms.
lint:
    .venv/bin/ruff check && .venv/bin/ruff format --check && .venv/bin/mypy && .venv/bin/lint-imports --no-cache

# Lay out the code and the norms.
format:
    .venv/bin/ruff format && .venv/bin/ruff check --fix && .venv/bin/amparo fmt norms

# Run the scenarios and questions of the norms.
norms:
    .venv/bin/amparo test norms

# Measure which branches the tests reach.
coverage:
    .venv/bin/coverage run -m pytest && .venv/bin/coverage report --show-missing

# Everything that must pass before a change is merged.
ci:
    .ci/run

# Pin exact versions anew (needs uv); keep the comment at the head of the file.
pin:
    (sed -n '/^#/p' constraints.txt; uv pip compile pyproject.toml --extra dev --extra build --universal --python-version 3.11 --upgrade --generate-hashes --no-annotate --no-header --no-emit-index-url) > constraints.new && mv constraints.new constraints.txt
