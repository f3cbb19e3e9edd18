"""Does the fifteen jobs of docs/jobs.md as they stand there, in a process of its own each, with a
browser beside it; takes their pictures, and writes the table of what each took.

``python tools/jobs.py`` does all of them, ``python tools/jobs.py 5 8`` these.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright
from small_png import small

from zwsnb.display.embed import height_for

ROOT: Final = Path(__file__).resolve().parent.parent
DOC: Final = ROOT / "docs/jobs.md"
FOLDER: Final = ROOT / "docs/jobs"
WIDTH, HEIGHT = 900, 360
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
PATIENCE: Final = 120
"""Seconds."""

SOME: Final = 80
"""Points of a plot that has none when its program is done, since it goes on."""

RUN: Final = """
import json, runpy, time
import zwsnb
service = zwsnb.start()
begun = time.time()
runpy.run_path("job.py", run_name="__main__")
zwsnb.flush(60)
plots = {name: [its["points"], service.url(name)] for name, its in zwsnb.stats()["plots"].items()}
print("\\n" + json.dumps({"begun": begun, "done": time.time(), "plots": plots}), flush=True)
open("stop").read()
"""
"""Runs a job, says which plots there are, and stays until it is told to end."""


class Job(NamedTuple):
    """A job as the page has it."""

    number: int
    title: str
    code: str
    pictures: list[str]

    @property
    def own_lines(self) -> int:
        """Lines that would not be there without zwsnb."""
        words = r"zwsnb|plot\b|\.(publish|image|histogram|mark|save|run)\("
        return sum(bool(re.search(words, line)) for line in self.code.splitlines())


class Took(NamedTuple):
    """What a job took: lines of zwsnb's, and seconds of the program and until all was painted."""

    job: Job
    points: int
    ran: float
    seen: float


def jobs() -> Iterator[Job]:
    """Read the jobs."""
    for section in DOC.read_text(encoding="utf-8").split("\n## ")[1:]:
        head, _, body = section.partition("\n")
        number, _, title = head.partition(". ")
        (code,) = re.findall(r"```python\n(.*?)```", body, re.DOTALL)
        yield Job(int(number), title, code, re.findall(r"\(jobs/(.*?)\.png\)", body))


@contextlib.contextmanager
def running(job: Job, folder: Path) -> Iterator[dict[str, Any]]:
    """Run a job, and give what it says; it ends behind this."""
    os.mkfifo(folder / "stop")
    (folder / "job.py").write_text(job.code, encoding="utf-8")
    program = subprocess.Popen(
        [sys.executable, "-c", RUN], cwd=folder, stdout=subprocess.PIPE, text=True
    )
    try:
        for line in program.stdout or ():
            if line.startswith('{"begun"'):
                yield json.loads(line)
                break
        else:
            raise RuntimeError(f"job {job.number} has failed")
    finally:
        with contextlib.suppress(OSError):
            os.close(os.open(folder / "stop", os.O_WRONLY | os.O_NONBLOCK))
        program.wait(30)


def photograph(browser: Browser, url: str, points: int, name: str) -> tuple[float, int]:
    """Save a picture of a page with all its points, and return when it had been painted, and how
    many there are.
    """
    page = browser.new_page(
        viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2, timezone_id="UTC"
    )
    page.goto(url)
    painted = painted_at(page, points)
    count, panels = page.evaluate(
        "() => [window.zwsnb.stats().points, window.zwsnb.stats().panels.length]"
    )
    # As high as below a cell.
    page.set_viewport_size({"width": WIDTH, "height": height_for(panels, HEIGHT)})
    page.wait_for_timeout(800)
    (FOLDER / f"{name}.png").write_bytes(small(page.screenshot(animations="disabled")))
    page.close()
    return painted, count


def painted_at(page: Page, points: int) -> float:
    """Wait until a page has painted all points, and return when it had."""
    end = time.time() + PATIENCE
    while time.time() < end:
        stats = page.evaluate("() => window.zwsnb?.stats()")
        if stats and stats["frames"] and stats["points"] >= points:
            return time.time()
        page.wait_for_timeout(5)
    raise RuntimeError(f"{points} points are not painted")


def do(job: Job, browser: Browser) -> Took:
    """Do a job, and take its pictures."""
    with tempfile.TemporaryDirectory() as name, running(job, Path(name)) as said:
        folder, seen, total = Path(name), said["done"], 0
        shots = [[points or SOME, url] for points, url in said["plots"].values()]
        if saved := list(folder.glob("*.html")):
            shots = [[0, f"file://{path}"] for path in saved]
        for picture, (points, url) in zip(job.pictures, shots, strict=False):
            seen, count = photograph(browser, url, points, picture)
            total += count
        for path in folder.glob("*.png"):
            (FOLDER / f"{job.pictures[0]}.png").write_bytes(path.read_bytes())
        return Took(job, total, said["done"] - said["begun"], seen - said["begun"])


def table_of(results: list[Took]) -> str:
    """Return what jobs took, as a table."""
    rows = [
        f"| {its.job.number}. {its.job.title} | {its.job.own_lines} | {its.points:,} |"
        f" {its.ran:.1f} s | {its.seen:.1f} s |"
        for its in results
    ]
    head = "| job | lines of zwsnb | points | the program ran | and all was seen after |"
    return "\n".join([head, "|---|---|---|---|---|", *rows])


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", nargs="*", type=int, help="of the jobs (default: all)")
    wanted = parser.parse_args().numbers
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        results = []
        for job in jobs():
            if not wanted or job.number in wanted:
                results.append(do(job, browser))
                print(table_of(results[-1:]).splitlines()[-1], flush=True)
        browser.close()
    if not wanted:
        text = DOC.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        after = rest.rpartition(END)[2] if END in rest else rest
        DOC.write_text(f"{before}{BEGIN}\n{table_of(results)}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
