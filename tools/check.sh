#!/usr/bin/env bash
# Every static check, all of them even when one fails.
set -uo pipefail
cd "$(dirname "$0")/.."
export APP_ENV=test SECRET_KEY=static-checks-only-0123456789abcdef
failed=()
look() {
  local name=$1; shift
  local out
  if out=$("$@" 2>&1); then echo "ok    $name"; else echo "FAIL  $name"; echo "$out" | tail -n 60; failed+=("$name"); fi
}
look "ruff"              .venv/bin/ruff check --no-cache --quiet .
look "ruff format"       .venv/bin/ruff format --check --quiet .
look "mypy"              .venv/bin/mypy
look "import contracts"  .venv/bin/lint-imports --no-cache
look "djlint"            .venv/bin/djlint templates --lint --quiet
look "codespell"         .venv/bin/codespell
look "deptry"            .venv/bin/deptry .
look "catalogues"        .venv/bin/python tools/catalogues.py check
if [ ${#failed[@]} -gt 0 ]; then echo "failed: ${failed[*]}"; exit 1; fi
