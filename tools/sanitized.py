"""Run the tests of what is in C with AddressSanitizer, which tells each byte that is read or
written where it must not be: `make sanitized`.

The copy of the package that it compiles for that is removed afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent

FLAGS: Final = "-fsanitize=address,undefined -fno-sanitize-recover=undefined"

TESTS: Final = ("tests/unit/quick", "tests/unit/producer")


def library() -> str:
    """Return the path of the sanitizer, which a program has to load before all else."""
    compiler = sysconfig.get_config_var("CC") or "cc"
    words = [*compiler.split(), "-print-file-name=libasan.so"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def main() -> int:
    """Compile, run the tests, and return 1 where one has failed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "zwsnb")
        leave = shutil.ignore_patterns("*.so", "__pycache__", "node_modules", ".*", "build")
        shutil.copytree(ROOT, copy, ignore=leave)
        flags = {"CFLAGS": f"-O1 -g {FLAGS}", "LDFLAGS": FLAGS}
        words = [sys.executable, "setup.py", "--quiet", "build_ext", "--inplace"]
        subprocess.run(words, cwd=copy, env={**os.environ, **flags}, check=True)
        if not list(copy.glob("zwsnb/quick/*.so")):
            print("it was not compiled: is there a compiler, with its sanitizers?")
            return 1
        watched = {
            "LD_PRELOAD": library(),
            "ASAN_OPTIONS": "detect_leaks=0",  # the interpreter's own, at its end
            "PYTHONMALLOC": "malloc",  # its pools would hide what is beside an object
            "PYTHONPATH": str(copy),
        }
        words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS]
        return subprocess.run(
            [*words, *sys.argv[1:]], cwd=copy, env={**os.environ, **watched}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
