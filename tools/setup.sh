#!/usr/bin/env bash
# Install what is locked: `setup.sh python` and `setup.sh browser`. Needs Python 3.11, Node 20, make and git, nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

python_parts() {
  local python=${PYTHON:-python3} uv
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON to it." >&2; exit 1; }
  if [ ! -x .boot/bin/uv ]; then
    rm -rf .boot
    if "$python" -m venv .boot >/dev/null 2>&1; then
      .boot/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/boot.txt
    else # Debian without python3-venv: pip may still install into a folder of our own
      rm -rf .boot
      "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --target .boot -r requirements/boot.txt
    fi
  fi
  uv=.boot/bin/uv
  [ -x .venv/bin/python ] || "$uv" venv --quiet --python "$python" .venv
  "$uv" pip sync --quiet --compile-bytecode --python .venv --require-hashes requirements/dev.txt
}

browser_parts() {
  npm ci --no-audit --no-fund --loglevel=error
  node tools/chromium.mjs >/dev/null # once, here: tests run side by side
}

"$1_parts"
