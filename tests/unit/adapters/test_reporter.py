"""What all adapters do."""

from __future__ import annotations

import logging
import sys
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.fake_quantity import FakeQuantity
from support.logged import Logged
from support.tensors import Tensor

from zwsnb import Plot, api
from zwsnb.adapters.reporter import OTHERS, Reporter, is_first_process, number_in
from zwsnb.protocol.batch import Mark, SetOptions

RANKS = ("RANK", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "SLURM_PROCID")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No launcher has started this process."""
    for name in RANKS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delitem(sys.modules, "torch.distributed", raising=False)


def test_numbers_are_logged_and_the_rest_is_named_once(
    logged: Logged, caplog: pytest.LogCaptureFixture
) -> None:
    reporter = Reporter("p")
    for step in range(3):
        reporter.log({"loss": 0.5, "name": "resnet", "eval": {"acc": 1, "image": [1, 2]}}, step)
    assert logged.points() == {
        "p/loss": [(0, 0.5), (1, 0.5), (2, 0.5)],
        "p/eval/acc": [(0, 1), (1, 1), (2, 1)],
    }
    assert reporter.left_out == {"name": 3, "eval/image": 3}
    assert [record.getMessage() for record in caplog.records] == [
        "zwsnb leaves out name: a text is no number",
        "zwsnb leaves out eval/image: a list is no number",
    ]


def test_what_is_left_out_is_printed_where_logging_is_not_set_up(
    logged: Logged, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(logging.root, "handlers", [])
        reporter = Reporter("p")
        for _ in range(2):
            reporter.log({"name": "resnet"})
    assert capsys.readouterr().err == "zwsnb leaves out name: a text is no number\n"
    assert logged.take() == []


def test_nothing_is_no_point(logged: Logged) -> None:
    for metrics in ({}, None, {"name": "resnet"}):
        Reporter().log(metrics)
    assert logged.take() == []


def test_it_never_raises(logged: Logged, monkeypatch: pytest.MonkeyPatch) -> None:
    reporter = Reporter()
    reporter.log({"": 1})
    reporter.mark("no x", "text")
    monkeypatch.setattr(logged.publisher, "sink", None)
    reporter.log({"loss": 1})
    assert sum(reporter.left_out.values()) == 3
    assert any("zwsnb is not running" in text for text in reporter.left_out)


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        *(("new\nline", 1, r"'new\nline'"), ("", 1, "''"), ("n" * 300, 1, "n" * 117 + "...")),
        *(("x", 10**400, "x"), ("x", np.datetime64("2026-11-29"), "x"), ("x", 1j, "x")),
        *(("x", np.array("text"), "x"), ("x", np.complex128(1j), "x"), ("x", [1, 2], "x")),
        *(("x", Decimal("sNaN"), "x"), ("x", SimpleNamespace(shape=3), "x"), ("x", {"": {}}, None)),
    ],
)
def test_what_is_odd_goes_alone(logged: Logged, name: str, value: Any, key: str | None) -> None:
    reporter = Reporter("p")
    for step in range(2):
        reporter.log({"good": 1.0, name: value, "last": 2}, step)
    assert logged.points() == {"p/good": [(0, 1), (1, 1)], "p/last": [(0, 2), (1, 2)]}
    assert reporter.left_out == ({} if key is None else {key: 2})


class Scalar(FakeQuantity):
    """A quantity that is as an array of none, as those of astropy are."""

    shape = ()

    def reshape(self, _: object) -> Scalar:
        return self


def test_what_has_a_unit_goes_alone(logged: Logged) -> None:
    reporter = Reporter("p")
    for unit in ("V", "s"):
        reporter.log({"u": Scalar(3.0, unit), "good": 1.0})
    assert logged.points() == {"p/good": [(0, 1), (1, 1)], "p/u": [(0, 3)]}
    assert reporter.left_out == {"u": 1}


def test_names_and_errors_that_change_are_bounded(
    logged: Logged, caplog: pytest.LogCaptureFixture
) -> None:
    reporter = Reporter("p")
    for step in range(200):
        reporter.log({"good": 1.0}, f"no x {step}")
    assert reporter.left_out == {"a step": 200}
    for step in range(200):
        reporter.log({f"text {step}": "text"})
    assert (len(reporter.left_out), reporter.left_out[OTHERS]) == (101, 101)
    assert len(caplog.records) == 101
    assert logged.take() == []


def within_itself() -> dict[str, Any]:
    metrics: dict[str, Any] = {"good": 1.0}
    metrics["self"] = {"again": metrics}
    return metrics


@pytest.mark.parametrize(
    ("metrics", "key"),
    [([1, 2], "metrics"), (3.0, "metrics"), ("text", "metrics"), (within_itself(), "self/again")],
)
def test_what_is_no_metrics_ends_no_training(logged: Logged, metrics: Any, key: str) -> None:
    reporter = Reporter("p")
    reporter.log(metrics)
    assert reporter.left_out == {key: 1}
    assert len(logged.points()) == (key == "self/again")


def test_a_band_is_told_once(logged: Logged) -> None:
    reporter, plot = Reporter("p"), Plot("p")
    ends = ["low", "high"]
    told = SetOptions("p", {"series": {"loss": {"band": ends}}}, is_proposal=True)

    def band() -> bool:
        reporter.band("loss", *ends)
        return told in logged.commands()

    assert [band(), band()] == [True, False]
    plot.close()
    assert [band(), band()] == [True, False]
    api.stop()
    assert band() is False, "nobody listens"
    assert any("zwsnb is not running" in text for text in reporter.left_out)


def test_a_band_joins_options_of_series_that_were_said(logged: Logged) -> None:
    plot = Plot("p", series={"loss": {"color": "red"}})
    Reporter(plot).band("loss", "low", "high")
    assert SetOptions("p", {"series": {"loss": {"band": ["low", "high"]}}}) in logged.commands()


def test_a_mark_is_as_long_as_it_may_be(logged: Logged) -> None:
    Reporter("p").mark(3, "line\none" + "e" * 300)
    Reporter("p").mark(3, "\n")
    assert logged.commands() == [Mark("p", 3.0, "line one" + "e" * 248)]


def test_a_plot_may_be_given(logged: Logged) -> None:
    reporter = Reporter(Plot("p"), run="a")
    reporter.log({"loss": 1})
    reporter.begin()
    reporter.log({"loss": 2})
    assert reporter.name == "p"
    assert list(logged.points().values()) == [[(0, 1), (0, 2)]]


@pytest.mark.parametrize("name", RANKS)
def test_only_the_first_process_logs(
    logged: Logged, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "1")
    Reporter().log({"loss": 1})
    Reporter().mark(1, "m")
    Reporter().band("loss", "low", "high")
    assert logged.take() == []
    monkeypatch.setenv(name, "0")
    assert is_first_process()


@pytest.mark.parametrize(("rank", "is_first"), [(0, True), (3, False)])
def test_the_rank_that_torch_knows_counts(
    monkeypatch: pytest.MonkeyPatch, rank: int, is_first: bool
) -> None:
    together = SimpleNamespace(
        is_available=lambda: True, is_initialized=lambda: True, get_rank=lambda: rank
    )
    monkeypatch.setitem(sys.modules, "torch.distributed", together)
    monkeypatch.setenv("RANK", "7")
    assert is_first_process() == is_first


@pytest.mark.parametrize(
    ("value", "is_number"),
    [
        *((1, True), (0.5, True), (True, True), (Decimal("0.5"), True), (np.float32(1), True)),
        *((np.array(1.0), True), (np.array([[1.0]]), True), (np.array([1.0, 2.0]), False)),
        *((None, False), ("1", False), ([1], False), (object(), False), (1j, False)),
    ],
)
def test_what_is_a_number(value: Any, is_number: bool) -> None:
    assert (number_in(value) is not None) == is_number


def test_a_tensor_is_converted_by_publish(logged: Logged) -> None:
    tensor: Any = Tensor(0.5, has_gradient=True)
    tensor.shape = ()
    Reporter("p").log({"loss": tensor})
    assert logged.points() == {"p/loss": [(0, 0.5)]}


def test_what_was_logged_is_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    monkeypatch.setattr(api, "flush", lambda: flushed.append("flushed"))
    Reporter().flush()
    assert flushed == ["flushed"]
