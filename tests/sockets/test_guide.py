"""The guide keeps its word: it names every option and every key, its pictures exist, and its code
runs.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from support.paths import ROOT

from zwsnb.protocol.options import OPTIONS
from zwsnb.protocol.series_options import PANEL_OPTIONS, SERIES_OPTIONS, Option

DOCS: Final = ROOT / "docs"
GUIDE: Final = (DOCS / "guide.md").read_text(encoding="utf-8")

KEYS: Final = """
import * as keymap from "./static/input/keymap.js";
const tables = Object.values(keymap).filter(Array.isArray);
console.log(JSON.stringify(tables.flatMap((rows) => rows.map(([keys]) => keys))));
"""
"""Prints what the page's help names: keys, and movements of the hand."""

RUN: Final = """
import json, subprocess, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
for block in json.load(sys.stdin):
    print(block, flush=True)
    if "zwsnb.connect(" in block:  # in another program, says the guide
        subprocess.run([sys.executable, "-c", block], check=True, timeout=30)
    else:
        shell.run_cell(block).raise_error()
shell.run_line_magic("zwsnb", "stop")
"""


def table(heading: str) -> list[list[str]]:
    """Return what the first column of a section's table has in code, row by row."""
    section = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    return [re.findall("`([^`]+)`", row) for row in rows]


@pytest.mark.parametrize(
    ("heading", "options"),
    [
        ("Options of a plot", OPTIONS),
        ("Options of a panel", PANEL_OPTIONS),
        ("Options of a series", SERIES_OPTIONS),
    ],
)
def test_every_option_has_its_row(heading: str, options: tuple[Option, ...]) -> None:
    section = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `.+ \|$", section, re.MULTILINE)
    assert [row.replace("`", "") for row in rows] == [
        f"| {option.name} | {option.help} | {option.by_default} |" for option in options
    ]


def test_every_key_has_its_row() -> None:
    printed = subprocess.run(
        ["node", "--input-type=module", "--eval", KEYS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    keys = json.loads(printed.stdout)
    assert len(keys) > 12
    assert sorted(table("Keys")) == sorted(keys)


def test_every_picture_is_there_and_shown() -> None:
    shown = re.findall(r"!\[[^\]]+\]\((guide/[\w-]+\.png)\)", GUIDE)
    there = sorted(f"guide/{path.name}" for path in (DOCS / "guide").glob("*.png"))
    assert sorted(shown) == there
    large = [name for name in shown if (DOCS / name).stat().st_size > 100_000]
    assert not large


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([\w./-]+)\)", GUIDE):
        assert (DOCS / target).exists(), target


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the guide forks")
def test_its_code_runs(tmp_path: Path) -> None:
    blocks = re.findall(r"^```i?python\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert len(blocks) > 15
    folders = {
        "ZWSNB_RUNTIME_DIR": str(tmp_path / "services"),
        "IPYTHONDIR": str(tmp_path / "ipython"),
    }
    ran = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps(blocks),
        cwd=tmp_path,  # it saves files
        env=os.environ | folders,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
