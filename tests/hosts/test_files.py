"""Notebooks that a command runs, and files that a command makes of them: the picture of the end is
in each, and a browser shows it, and nothing else of the plot.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from support import lab
from support.programs import find, needs

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

CELLS = (
    "%load_ext zwsnb",
    "for i in range(100): publish(i, loss=i % 7)",
    "from zwsnb import Plot\nPlot('other').publish(range(50), y=range(50))",
    "pass",
)
SAID = ["x 0 to 99; loss 0 to 6", "x 0 to 49; y 0 to 49"]


def run(home: Path, program: str, *words: str, **more: str) -> None:
    """Run a program that has to succeed, as a user who has never used Jupyter.

    more: of its environment.
    """
    command, env = [find(program), *words], lab.environment(home / "home") | more
    done = subprocess.run(command, cwd=home, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


RUNNERS = [
    pytest.param(["papermill", "in.ipynb", "out.ipynb"], marks=needs("papermill"), id="papermill"),
    pytest.param(
        ["jupyter", "execute", "in.ipynb", "--output=out.ipynb"],
        marks=pytest.mark.long,
        id="jupyter execute",
    ),
    pytest.param(
        ["jupyter", "nbconvert", "--execute", "--to=notebook", "--output=out.ipynb", "in.ipynb"],
        marks=pytest.mark.long,
        id="nbconvert --execute",
    ),
]


@pytest.mark.parametrize("words", RUNNERS)
def test_the_notebook_that_a_command_has_run_has_the_pictures_of_the_end(
    words: Sequence[str], tmp_path: Path
) -> None:
    (tmp_path / "in.ipynb").write_text(json.dumps(lab.notebook_of(CELLS)), encoding="utf-8")
    run(tmp_path, *words)
    pictures = pictures_of(tmp_path / "out.ipynb")
    assert [lab.text_of(one).rpartition(": ")[2] for one in pictures] == SAID
    assert all(base64.b64decode(one["data"]["image/png"])[1:4] == b"PNG" for one in pictures)


def pictures_of(notebook: Path) -> list[Any]:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    outputs = [one for cell in content["cells"] for one in cell["outputs"]]
    return [one for one in outputs if "image/png" in one.get("data", {})]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a notebook that was run."""
    home = tmp_path_factory.mktemp("left")
    (home / "left.ipynb").write_text(json.dumps(lab.notebook_of(CELLS)), encoding="utf-8")
    run(home, "jupyter", "execute", "left.ipynb", "--inplace")
    return home


LOOK = """() => ({
    frames: document.querySelectorAll("iframe, .zwsnb-lost").length,
    pictures: [...document.querySelectorAll("img")].map(one =>
        [one.naturalWidth, one.checkVisibility()]),
})"""

PAGES = [
    pytest.param(["--to=html"], id="html"),
    pytest.param(["--to=html", "--sanitize-html"], id="sanitized"),
    pytest.param(["--to=slides"], id="slides"),
    pytest.param(["--to=html", "--template=classic"], id="classic"),
]


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("options", PAGES)
def test_a_browser_shows_the_pictures_of_an_exported_page_and_no_frame(
    options: Sequence[str], left: Path, page: Page
) -> None:
    run(left, "jupyter", "nbconvert", *options, "--output=page", "left.ipynb")
    (made,) = left.glob("page*.html")
    # Scripts of other sites, which draw formulas.
    page.route("https://**", lambda route: route.abort())
    page.goto(made.as_uri(), wait_until="domcontentloaded")
    made.unlink()
    lab.until(
        lambda: page.evaluate(LOOK) == {"frames": 0, "pictures": [[1600, True]] * 2},
        "two pictures",
        pause=lambda seconds: page.wait_for_timeout(1000 * seconds),
    )


@pytest.mark.long
def test_an_exported_text_has_the_pictures_beside_it(left: Path) -> None:
    run(left, "jupyter", "nbconvert", "--to=markdown", "--output=text", "left.ipynb")
    text = (left / "text.md").read_text(encoding="utf-8")
    pictures = sorted((left / "text_files").iterdir())
    assert [one.read_bytes()[1:4] for one in pictures] == [b"PNG"] * 2
    assert all(f"(text_files/{one.name})" in text for one in pictures)
    assert "<iframe" not in text


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="playwright looks elsewhere for its browser")
def test_a_printed_page_has_the_pictures(left: Path, tmp_path: Path) -> None:
    # nbconvert prints by playwright's own browser, which has to be downloaded: this machine's one
    # stands in its place.
    browsers = playwright_folder(tmp_path)
    words = ["--to=webpdf", "--output=page", "--disable-chromium-sandbox", "left.ipynb"]
    run(left, "jupyter", "nbconvert", *words, PLAYWRIGHT_BROWSERS_PATH=str(browsers))
    pdf = (left / "page.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Width 1600") >= 2


def playwright_folder(home: Path) -> Path:
    """Return a folder of playwright's browsers, in which its headless one is this machine's."""
    import playwright

    package = Path(playwright.__file__).parent / "driver/package"
    listed = json.loads((package / "browsers.json").read_text(encoding="utf-8"))["browsers"]
    (revision,) = [one["revision"] for one in listed if one["name"] == "chromium-headless-shell"]
    folder = home / f"chromium_headless_shell-{revision}/chrome-headless-shell-linux64"
    folder.mkdir(parents=True)
    shell = folder / "chrome-headless-shell"
    shell.write_text(f'#!/bin/sh\nexec {lab.find_browser()} --headless "$@"\n', encoding="utf-8")
    shell.chmod(0o755)
    return home
