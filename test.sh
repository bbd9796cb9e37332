#!/bin/sh
# One command for developers and CI: make an environment of our own, install what the tests need, run every check.
# Arguments go to pytest.
set -eu
cd "$(dirname -- "$0")"
. ./setup.sh
# Debian's chromium drives the browser tests, rapper reads our Turtle, Virtuoso takes what is pushed; without them those tests
# skip and say so.
install() { # PROGRAM PACKAGE
    command -v "$1" >/dev/null 2>&1 || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" >/dev/null 2>&1 ||
        echo "$2 could not be installed: its tests will skip" >&2
}
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    command -v chromium >/dev/null 2>&1 && command -v virtuoso-t >/dev/null 2>&1 || apt-get update -qq >/dev/null 2>&1 || true
    install chromium chromium
    install rapper raptor2-utils
    install virtuoso-t virtuoso-opensource-7-bin
fi
prepare .venv-test ".[test]"
# As `kg` itself does: small matrices gain nothing from more threads of numpy's, which only spin.
export OPENBLAS_NUM_THREADS="${OPENBLAS_NUM_THREADS:-1}"
"$KG_PYTHON" -m ruff check .
"$KG_PYTHON" -m ruff format --check .
"$KG_PYTHON" -m mypy
"$KG_PYTHON" -m pytest "$@"
