#!/bin/sh
# One command for a new user: make an environment of our own, install kg into it, build the graph of sources/.
# Arguments go to `kg build` (default: sources).  Needs Python 3.11 or newer with venv, nothing else.
set -eu
cd "$(dirname -- "$0")"
. ./setup.sh
prepare .venv "."
"$KG_PYTHON" -m kg build "$@"
