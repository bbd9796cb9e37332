# Read by demo.sh and test.sh: `prepare FOLDER REQUIREMENT` makes a virtual environment and installs kg into it, in the versions of
# constraints.txt; it does nothing if that was done before with the same files. Sets KG_PYTHON to the environment's Python.

find_python() {
    for candidate in python3 python3.13 python3.12 python3.11 python3.14 python; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    echo "kg needs Python 3.11 or newer with the venv module (on Debian: apt-get install python3-venv)" >&2
    exit 1
}

prepare() {
    KG_PYTHON="$PWD/$1/bin/python"
    stamp="$1/installed-from"
    wanted="$(cat pyproject.toml constraints.txt kg/__init__.py | cksum) $PWD $2"
    if [ -x "$KG_PYTHON" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    python="$(find_python)"
    echo "setting up $1 (once; some minutes) ..." >&2
    rm -rf "$1"
    "$python" -m venv "$1"
    "$KG_PYTHON" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable "$2"
    echo "$wanted" >"$stamp"
}
