"""Makes an environment for each ipykernel that zwsnb is tested with: `.venvs/ipykernel-7.4`, with
the newest release of that minor version. Those that are there are left as they are, unless what
zwsnb needs has changed.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
VERSIONS: Final = ("6.29", "7.0", "7.1", "7.2", "7.3", "7.4")
INSTALL: Final = ("-m", "pip", "--disable-pip-version-check", "--quiet", "install")


def folder(version: str) -> Path:
    """Return where the environment of a version is."""
    return ROOT / ".venvs" / f"ipykernel-{version}"


def prepare(version: str) -> None:
    """Make the environment of a version."""
    where = folder(version)
    python, stamp = where / "bin/python", where / "made-from"
    made_from = hashlib.sha256((ROOT / "setup.cfg").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == made_from:
        return
    print(f"ipykernel {version}: installing into {where.relative_to(ROOT)}", flush=True)
    subprocess.run([ROOT / "tools/venv.sh", sys.executable, where], check=True)
    wanted = (f"ipykernel=={version}.*", "--editable", f"{ROOT}[pictures]")
    subprocess.run([python, *INSTALL, "--no-compile", *wanted], check=True)
    stamp.write_text(made_from)


if __name__ == "__main__":
    for one in VERSIONS:
        prepare(one)
