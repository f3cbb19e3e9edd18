"""Runs the unit and socket tests on every Python of this machine that zwsnb supports.

``python tools/pythons.py`` takes those on the PATH and pyenv's, the newest release of each minor
version. Each has a virtual environment of its own, `.venvs/3.12`, which is made once and used
again. ``--others`` leaves out the Python that runs this, on which everything is tested anyway;
``--prepare`` makes the environments and stops. All Pythons run at once, and share the processors.
The newest measures what of zwsnb the tests cover, and fails where that is too little. Of several
the oldest runs them without what is in C.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from configparser import ConfigParser
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
OLDEST: Final = (3, 11)
TESTS: Final = ("tests/unit", "tests/sockets")

MONITORS: Final = (3, 12)
"""From here on, coverage costs nearly nothing, and is not misled by greenlets. A tracer, which 3.11
needs, makes the tests three times as slow, and hangs where two threads that had greenlets end at
once: CPython 3.11 runs the callback of the first for ever while the second waits to be told.
"""
COVERAGE: Final = ("--cov=zwsnb", "--cov-report=term")

MADE_FROM: Final = ("setup.cfg", "pyproject.toml")
"""An environment is made anew when one of these has changed."""

IDENTIFY: Final = """
import sys
import ensurepip
print(*sys.version_info[:3], sys.version_info.releaselevel, sys.implementation.name, sys.abiflags)
"""


class Python(NamedTuple):
    """An interpreter: its version, and where it is."""

    version: tuple[int, int, int]
    path: Path

    @property
    def minor(self) -> str:
        """The version without its last part: 3.12."""
        return f"{self.version[0]}.{self.version[1]}"

    def __str__(self) -> str:
        return "Python " + ".".join(map(str, self.version))


def candidates() -> Iterator[Path]:
    """Yield whatever may be an interpreter."""
    for folder in os.get_exec_path():
        for path in sorted(Path(folder).glob("python3*")):
            if re.fullmatch(r"python3(\.\d+)?", path.name):
                yield path
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(pyenv.glob("versions/*/bin/python3"))


def identify(path: Path) -> Python | None:
    """Return what a path is, or None where it is no release of CPython that zwsnb supports."""
    words = [str(path), "-c", IDENTIFY]
    # A shim of pyenv's whose version is not chosen fails, and so does a Python without pip.
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode or not re.fullmatch(r"\d+ \d+ \d+ final cpython\s*", done.stdout):
        return None
    major, minor, micro = map(int, done.stdout.split()[:3])
    return Python((major, minor, micro), path) if (major, minor) >= OLDEST else None


def pythons() -> list[Python]:
    """Return the newest of each minor version, oldest first."""
    newest: dict[str, Python] = {}
    for path in dict.fromkeys(path.absolute() for path in candidates()):
        if found := identify(path):
            newest[found.minor] = max(found, newest.get(found.minor, found))
    return sorted(newest.values())


def interpreter(python: Python) -> Path:
    """Return the interpreter of a Python's own environment."""
    return ROOT / ".venvs" / python.minor / "bin/python"


def stamp(python: Python) -> Path:
    """Return the file that says what a Python's environment was made from."""
    return ROOT / ".venvs" / python.minor / "made-from"


def digest(python: Python) -> str:
    """Return what an environment would be made from now."""
    content = b"".join((ROOT / name).read_bytes() for name in MADE_FROM)
    return f"{python.version} {hashlib.sha256(content).hexdigest()}"


def is_made(python: Python) -> bool:
    """Say whether a Python has its environment, all but zwsnb itself."""
    return stamp(python).exists() and stamp(python).read_text(encoding="utf-8") == digest(python)


def requirements() -> list[str]:
    """Return what zwsnb and its tests need."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    extras = setup["options.extras_require"]
    return [*_needs(setup["options"]["install_requires"], extras), *_needs("zwsnb[unit]", extras)]


def _needs(text: str, extras: Mapping[str, str]) -> Iterator[str]:
    """Yield the requirements in a text, those of extras of zwsnb in their place."""
    for line in filter(None, text.split("\n")):
        names = re.fullmatch(r"zwsnb\[(.*)\]", line)
        if names is None:
            yield line
            continue
        for name in names[1].split(","):
            yield from _needs(extras[name], extras)


def install(python: Python, *words: str) -> None:
    """Install into a Python's environment. What nobody imports need not be compiled."""
    pip: list[str | Path] = [interpreter(python), "-m", "pip", "--disable-pip-version-check"]
    command = [*pip, "install", "--quiet", "--no-compile", *words]
    subprocess.run(command, cwd=ROOT, check=True)


def prepare(python: Python) -> None:
    """Make a Python's environment where it is missing, all but zwsnb itself.

    Raises:
        CalledProcessError: something could not be installed; pip has said why.
    """
    if is_made(python):
        return
    folder = ROOT / ".venvs" / python.minor
    subprocess.run([ROOT / "tools/venv.sh", python.path, folder], check=True)
    install(python, *requirements())
    stamp(python).write_text(digest(python), encoding="utf-8")


def check(python: Python, options: list[str], *, measured: bool, compiled: bool) -> bool:
    """Run the tests on a Python, say so in a line, and return whether they passed. Print all of a
    failure. measured: print what they cover as well. compiled: with what is in C.
    """
    coverage = COVERAGE if measured else ()
    words: list[str | Path] = [interpreter(python), "-m", "pytest", "-q", *TESTS, *coverage]
    words += options
    how = {} if compiled else {"ZWSNB_PUBLISH": "python"}
    environment = {**os.environ, **how}
    done = subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    passed = not done.returncode
    if measured or not passed:
        print(done.stdout, done.stderr, sep="\n", flush=True)
    last = (done.stdout.splitlines() or [f"ended with {done.returncode}"])[-1].strip("= ")
    print(f"{python}{'' if compiled else ', publish in Python'}: {last}", flush=True)
    return passed


def check_all(pythons: list[Python], options: list[str]) -> bool:
    """Run the tests on all Pythons at once, and return whether all have passed."""
    for python in pythons:
        # One after the other: its builds share a folder.
        install(python, "--no-deps", "--editable", ".")
    processes = max(1, (os.cpu_count() or 1) // len(pythons))
    words = ["-n", str(processes), *options] if processes > 1 else options
    # Chosen tests alone cover too little.
    measured = pythons[-1] if pythons[-1].version >= MONITORS and not options else None
    in_python = pythons[0] if len(pythons) > 1 else None

    def passes(python: Python) -> bool:
        is_compiled, is_measured = python is not in_python, python is measured
        return check(python, words, measured=is_measured, compiled=is_compiled)

    with ThreadPoolExecutor() as pool:
        return all(list(pool.map(passes, pythons)))


def main() -> int:
    """Do what the command line says; return 1 where a test has failed, or there is no Python."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--others", action="store_true", help="leave out the one that runs this")
    parser.add_argument("pytest", nargs="*", metavar="OPTION", help="for pytest, after --")
    parser.add_argument("--prepare", action="store_true", help="only make the environments")
    arguments = parser.parse_args()
    left_out = "{}.{}".format(*sys.version_info) if arguments.others else ""
    chosen = [python for python in pythons() if python.minor != left_out]
    if not chosen:
        print("no other Python here that zwsnb supports")
        return 0
    with ThreadPoolExecutor() as pool:
        list(pool.map(prepare, chosen))
    return 0 if arguments.prepare or check_all(chosen, arguments.pytest) else 1


if __name__ == "__main__":
    sys.exit(main())
