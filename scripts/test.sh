#!/usr/bin/env bash
# Everything that must hold before a change lands: `make test`, or one stage of it: `scripts/test.sh unit`.
#
# Stages: tools lint frontend unit storage lab. Without root the lab and the real TimescaleDB are left out,
# and the last lines say so.
set -euo pipefail
cd "$(dirname "$0")/.."

VENV=${LANARIUM_TEST_VENV:-.venv}
export PATH="$PWD/$VENV/bin:$PATH" PYTHONPATH="$PWD" PYTHONDONTWRITEBYTECODE=1
LEFT_OUT=()

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
is_root() { [ "$(id -u)" = 0 ]; }

stage_tools() {
    say "tools"
    if is_root; then
        scripts/packages.sh $(sed 's/#.*//' tests/packages.txt)
    fi
    scripts/venv.sh "$VENV" requirements/dev.lock requirements/build.lock
    scripts/frontend.sh install
}

stage_lint() {
    say "lint and types"
    ruff check .
    ruff format --check .
    mypy
    lint-imports --no-logo
    python -m backend.cli openapi | diff -u frontend/openapi.json - \
        || { echo "frontend/openapi.json is stale: run 'make openapi'" >&2; return 1; }
}

stage_frontend() {
    say "web UI"
    (cd frontend && npm run --silent check:api && npm run --silent lint && npm run --silent typecheck \
        && npm test --silent && npm run --silent build)
}

stage_unit() {
    say "unit, API, infrastructure and attacks"
    pytest -q -n "${LANARIUM_TEST_WORKERS:-2}" -m "not lab and not browser"
}

stage_storage() {
    say "storage on a real TimescaleDB"
    if ! is_root; then LEFT_OUT+=("storage on TimescaleDB (needs root)"); return; fi
    scripts/with-timescale.sh pytest -q tests/infra/db tests/infra/metrics
}

stage_lab() {
    say "the product in the lab, and in a browser"
    if ! is_root; then LEFT_OUT+=("lab and browser tests (need root)"); return; fi
    # One lab a worker, and one file a worker: a file tells one story on one product.
    pytest -q -n "${LANARIUM_TEST_WORKERS:-2}" --dist loadfile -m "lab or browser"
}

for stage in ${*:-tools lint frontend unit storage lab}; do
    "stage_$stage"
done

for what in "${LEFT_OUT[@]}"; do echo "left out: $what"; done
