#!/bin/sh
# Makes a virtual environment with pip in it:  tools/venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    found=$("$python" --version 2>/dev/null || echo "not there")
    echo "zwsnb needs Python 3.11 or newer, but $python is $found." \
        "Name another: make PYTHON=python3.12 ..." >&2
    exit 1
fi

# Debian packs the part of Python that puts pip in an environment apart, and without it `venv`
# leaves half of one.
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$(dirname "$0")/debian.sh" "Python's venv is missing" "python$version-venv"
fi

# The pip that comes with a Python of some age takes three times as long to choose packages.
"$python" -m venv --upgrade-deps "$folder"

# Node takes scripts without a package.json of their own for what the next one above says, and ours
# says that it holds modules: JupyterLab's own script in here would fail, and fill the terminal at
# every start.
echo '{}' > "$folder/package.json"
