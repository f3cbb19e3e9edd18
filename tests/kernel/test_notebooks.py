"""The notebooks of the project: each runs from top to bottom, and stands in the repository as if it
never had.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from support import lab
from support.paths import ROOT

FOLDER = ROOT / "notebooks"
NAMES = ("hello", "training", "machine", "firehose", "steer", "market", "spectrogram")
SHORT = {"ZWSNB_SECONDS": "1", "ZWSNB_POINTS": "3000000", "ZWSNB_EPOCHS": "2"}


def read(name: str) -> Any:
    return nbformat.read(  # type: ignore[no-untyped-call]  # its functions carry no annotations
        FOLDER / f"{name}.ipynb", as_version=4
    )


def test_these_are_all_notebooks() -> None:
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_valid_and_holds_no_outputs(name: str) -> None:
    notebook = read(name)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert set(notebook.metadata) == {"kernelspec"}
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        assert cell.metadata == {}
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


def test_hello_has_three_cells_of_code() -> None:
    assert sum(cell.cell_type == "code" for cell in read("hello").cells) == 3


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who has never used Jupyter, and has little time."""
    for key, value in (lab.environment(tmp_path) | SHORT).items():
        monkeypatch.setenv(key, value)
    return tmp_path


@pytest.mark.kernel
@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name == "hello" else pytest.mark.long) for name in NAMES],
)
def test_a_notebook_runs_from_top_to_bottom(name: str, user: Path) -> None:
    notebook = read(name)
    # A cell that fails raises here.
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(user)}}).execute()
    outputs = [
        output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs
    ]
    assert [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"] == []
    assert any(
        "zwsnbBundle" in o.get("data", {}).get("application/javascript", "") for o in outputs
    )
    text = "".join(map(lab.text_of, outputs))
    for words in SAID[name]:
        assert words in text
    assert not list((user / "services").iterdir()), "a service is left behind"


SAID = {
    "hello": ["Plot('plot')"],
    "training": ["78 batches; ", "the linear model reads ", "Plot 'loss' on 20"],
    "machine": ["Plot('busy'", "Plot('traffic'"],
    "market": ["Plot('market'"],
    "spectrogram": [" rows of 513 values", "120 epochs"],
    "steer": ["after 200 steps at (", "<slider 'rate' of plot 'valley': 0.0001>"],
    "firehose": ["3,000,000 points in ", "The needle is at x = ", "3,000,000 points, 0 viewers"],
}
