#!/bin/sh
# One command for developers and CI: make an environment of our own, install what the tests need, run every check.
# Arguments go to pytest.
set -eu
cd "$(dirname -- "$0")"
. ./setup.sh
# Debian's chromium drives the browser tests; without it they skip and say so.
if ! command -v chromium >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium raptor2-utils; } >/dev/null 2>&1 ||
        echo "chromium could not be installed: browser tests will skip" >&2
fi
prepare .venv-test ".[test]"
"$KG_PYTHON" -m ruff check .
"$KG_PYTHON" -m ruff format --check .
"$KG_PYTHON" -m mypy
"$KG_PYTHON" -m pytest "$@"
