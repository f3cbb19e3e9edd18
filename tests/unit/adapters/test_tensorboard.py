"""`SummaryWriter` as that of TensorBoard."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.logged import Logged

from zwsnb.adapters.tensorboard import SummaryWriter
from zwsnb.protocol.batch import Mark, Points, SetOptions


def test_scalars_are_points(logged: Logged) -> None:
    with SummaryWriter("runs/a", comment="c", plot="p") as writer:
        writer.add_scalar("loss", 0.5, 3)
        writer.add_scalar("loss", np.float32(0.25), global_step=4, walltime=1.0)
        writer.add_scalars("acc", {"train": 0.5, "val": 0.25}, 3)
        assert writer.get_logdir() == writer.log_dir == "runs/a"
        writer.add_scalar("lr", 1)
        points = logged.points()
    assert points["p/loss"] == [(3, 0.5), (4, 0.25)]
    assert (points["p/acc/train"], points["p/acc/val"]) == ([(3, 0.5)], [(3, 0.25)])
    assert points["p/lr"] == [(4, 1)], "the step after the last one"


@pytest.mark.parametrize(
    ("folder", "words", "run"),
    [
        *(("runs/lr0.1", {}, "lr0.1"), (Path("runs") / "lr0.01", {}, "lr0.01")),
        *((f"runs{os.sep}a{os.sep}", {}, "a"), (None, {}, ""), ("", {}, "")),
        *(("runs/a", {"run": "b"}, "b"), (None, {"comment": "_lr0.1"}, "lr0.1")),
        ("runs/a", {"comment": "_lr0.1"}, "a"),  # the original leaves the comment out as well
    ],
)
def test_the_last_part_of_the_folder_is_the_run(
    logged: Logged, folder: Any, words: dict[str, str], run: str
) -> None:
    SummaryWriter(folder, plot="p", **words).add_scalar("loss", 0.5, 3)
    assert logged.runs() == [("loss", run)]


def test_a_text_is_a_mark(logged: Logged) -> None:
    writer = SummaryWriter(plot="p")
    writer.add_text("note", "lr\nhalved", 7)
    writer.add_text("note", "begun")
    assert logged.commands() == [Mark("p", 7.0, "note: lr halved"), Mark("p", 0.0, "note: begun")]
    assert writer.get_logdir() == ""


def test_a_histogram_is_a_median_with_a_band(logged: Logged) -> None:
    writer = SummaryWriter(plot="p", run="a")
    for step in (0, 1):
        writer.add_histogram("w", np.arange(101).reshape(101, 1) + step, step, bins="auto")
    batches = logged.take()
    bodies = [batch.body for batch in batches]
    assert [b for b in bodies if isinstance(b, SetOptions)] == [
        SetOptions("p", {"series": {"w": {"band": ["w 5 %", "w 95 %"]}}}, is_proposal=True)
    ]
    by_name = {b.series: b.y.tolist() for b in bodies if isinstance(b, Points)}
    assert by_name == {"w": [50, 51], "w 5 %": [5, 6], "w 95 %": [95, 96]}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("nothing", [[], [np.nan, np.nan]])
def test_a_histogram_of_nothing_is_a_gap(logged: Logged, nothing: list[float]) -> None:
    SummaryWriter(plot="p").add_histogram("w", np.array(nothing), 1)
    bodies = [batch.body for batch in logged.take()]
    assert np.isnan([b.y[0] for b in bodies if isinstance(b, Points)]).tolist() == [True] * 3


def test_what_is_not_drawn_is_counted(logged: Logged, caplog: pytest.LogCaptureFixture) -> None:
    writer = SummaryWriter()
    for _ in range(2):
        writer.add_image("image", np.zeros((3, 4, 4)), 1)
    writer.add_histogram("text", ["a", "b"], 1)
    assert writer.reporter.left_out == {"add_image": 2, "text": 1}
    assert len(caplog.records) == 2
    assert logged.take() == []
    writer.flush()
    with pytest.raises(AttributeError, match="has no 'nothing'"):
        writer.nothing()
