"""Kernels of the versions of ipykernel that are in use, each in an environment of its own, which
`make hosts` makes: a plot moves during a cell, and its picture stands at the end of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from support import lab
from support.paths import ROOT
from support.showing import LOOP, SHOW, count, follow

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow, pytest.mark.long]

VERSIONS = ("6.29", "7.0", "7.1", "7.2", "7.3", "7.4")


def python_of(version: str) -> Path:
    return ROOT / ".venvs" / f"ipykernel-{version}/bin/python"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Server]:
    """A Jupyter server that knows a kernel of each version."""
    home = tmp_path_factory.mktemp("kernels")
    for version in VERSIONS:
        words = [str(python_of(version)), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": words, "display_name": version, "language": "python"}
        path = home / f"data/kernels/ipykernel-{version}/kernel.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(spec), encoding="utf-8")
    with lab.serve(home) as found:
        yield found


@pytest.mark.parametrize("version", VERSIONS)
def test_a_plot_moves_during_the_cell_and_its_picture_is_that_of_the_end(
    version: str, server: lab.Server, page: Page
) -> None:
    if not python_of(version).exists():
        pytest.skip(f"no environment with ipykernel {version}: `make hosts` makes it")
    # A workspace of JupyterLab has no dot in its name.
    name = f"with-{version.replace('.', '-')}"
    path = server.write(name, [f"%load_ext zwsnb\n{SHOW}", LOOP])
    content = json.loads(path.read_text(encoding="utf-8"))
    content["metadata"]["kernelspec"]["name"] = f"ipykernel-{version}"
    path.write_text(json.dumps(content), encoding="utf-8")
    notebook = server.open(page, name)
    said = notebook.do("import ipykernel\nprint(ipykernel.__version__)")
    assert said.startswith(f"{version}.")
    follow(notebook, 1, server.folder)
    points = count(notebook)
    ends = f"x 1 to {points}; y 0 to 6"

    def words() -> str:
        found = notebook.outputs(0)[-1]
        return lab.text_of(found).rpartition(": ")[2] if "image/png" in found["data"] else ""

    notebook.until(lambda: words() == ends, f"a picture that says {ends!r}")
    # Nothing was printed below the cells by a thread that has failed.
    assert [one for one in notebook.outputs(1) if one["output_type"] in {"stream", "error"}] == []
    notebook.close()
