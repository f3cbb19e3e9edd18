"""The fifteen jobs of docs/jobs.md: each has pictures and a row, and runs as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from support.paths import ROOT

DOC: Final = (ROOT / "docs/jobs.md").read_text(encoding="utf-8")

RUN: Final = """
import runpy
import zwsnb
zwsnb.start()
runpy.run_path("job.py", run_name="__main__")
assert zwsnb.flush(60)
zwsnb.stop()
"""


class Job(NamedTuple):
    title: str
    code: str
    pictures: list[str]


def jobs() -> list[Job]:
    found = []
    for section in DOC.split("\n## ")[1:]:
        title, _, body = section.partition("\n")
        (code,) = re.findall(r"```python\n(.*?)```", body, re.DOTALL)
        found.append(Job(title, code, re.findall(r"!\[.+?\]\((jobs/.*?)\)", body)))
    return found


JOBS: Final = jobs()


def test_there_are_fifteen_in_the_table_too() -> None:
    numbers = [int(job.title.partition(".")[0]) for job in JOBS]
    assert numbers == list(range(1, 16))
    for job in JOBS:
        assert f"\n| {job.title} | " in DOC


def test_their_pictures_are_those_that_there_are() -> None:
    shown = [picture for job in JOBS for picture in job.pictures]
    there = [f"jobs/{path.name}" for path in (ROOT / "docs/jobs").iterdir()]
    assert sorted(shown) == sorted(there)


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.title)
def test_a_job_runs(job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in re.findall(r"^(?:import|from) (\w+)", job.code, re.MULTILINE):
        if find_spec(library) is None:
            pytest.skip(f"{library} is not installed")
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / "services"))
    (tmp_path / "job.py").write_text(job.code, encoding="utf-8")
    subprocess.run([sys.executable, "-c", RUN], cwd=tmp_path, check=True, timeout=120)
