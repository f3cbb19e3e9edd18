"""What was measured with: the processor, the versions."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from browser import find_browser

PACKAGES: Final = (
    "zwsnb", "numpy", "pyzmq", "gevent", "websockets", "tsdownsample", "jupyterlab", "ipykernel",
    "bokeh", "plotly", "ipympl", "bqplot", "perspective-python", "matplotlib",
)  # fmt: skip


def described() -> dict[str, str]:
    """Return what a reader needs to know of the machine."""
    return {
        "date": time.strftime("%Y-%m-%d"),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release().split('-')[0]}, {_memory()}",
        "Python": platform.python_version(),
        "browser": f"{_browser()}, headless, software rendering",
        "packages": ", ".join(f"{name} {found}" for name in PACKAGES if (found := _version(name))),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )


def _memory() -> str:
    import psutil

    return f"{psutil.virtual_memory().total / 2**30:.0f} GiB"


def _browser() -> str:
    said = subprocess.run(
        [find_browser(), "--version"], capture_output=True, text=True, check=False
    ).stdout
    return " ".join(said.split()[:2])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
