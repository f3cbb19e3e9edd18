"""The words of W&B."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.logged import Logged

from zwsnb import wandb
from zwsnb.protocol.batch import Mark


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[Logged]:
    """Take what is logged."""
    yield Logged(monkeypatch)
    wandb.finish()


def test_a_run_is_logged(drawn: Logged) -> None:
    run = wandb.init(project="p", name="lr=0.1", config={"lr": 0.1}, entity="me")
    assert wandb.run is run
    assert (wandb.config["lr"], run.config) == (0.1, {"lr": 0.1})
    wandb.log({"train/loss": 1.0, "image": "x"})
    wandb.log({"train/loss": 0.5}, step=10, commit=True)
    wandb.log({"train/loss": 0.25})
    assert drawn.points() == {"p/train/loss": [(0, 1.0), (10, 0.5), (11, 0.25)]}
    assert run.summary["train/loss"] == 0.25
    assert run.reporter.left_out == {"image": 1}
    wandb.finish()
    assert wandb.run is None


def test_a_step_goes_on_until_it_is_committed(drawn: Logged) -> None:
    run = wandb.init("p")
    run.log({"a": 1}, commit=False)
    run.log({"b": 2})
    assert run.step == 1
    wandb.log({"a": 3}, None, False)
    wandb.log({"b": 4})
    run.log({"a": 5}, step=7)
    run.log({"b": 6})
    run.log({"a": 7})
    assert drawn.points() == {
        "p/a": [(0, 1), (1, 3), (7, 5), (8, 7)],
        "p/b": [(0, 2), (1, 4), (7, 6)],
    }


def test_what_its_documentation_shows_runs(drawn: Logged) -> None:
    """Each word stands in examples of W&B's own documentation."""
    assert wandb.login(key="k")
    wandb.save("before.h5")
    with wandb.init(
        project="p", id="a1", tags=["x"], notes="n", settings=wandb.Settings(silent=True)
    ) as run:
        run.config.setdefaults({"lr": 0.1})
        run.config.setdefaults({"lr": 0.2})
        run.watch(object(), log="all", log_freq=100)
        table = wandb.Table(columns=["image", "label"])
        table.add_data(wandb.Image([[0]], caption="c"), 1)
        artifact = wandb.Artifact("model", type="model")
        artifact.add_file("model.h5")
        for _ in range(2):
            run.log({"loss": 0.5, "image": wandb.Image([[0]]), "weights": wandb.Histogram([1, 2])})
            run.log_artifact(artifact)
        run.log({"table": table, "curve": wandb.plot.line(table, "x", "y", title="t")})
        wandb.summary["best"] = 0.5
        points = drawn.points()
        run.alert("low", "loss", level=wandb.AlertLevel.WARN)
    assert (run.id, run.url, run.tags, run.notes, run.entity) == ("a1", None, ("x",), "n", None)
    assert (run.config.as_dict(), run.summary.best) == ({"lr": 0.1}, 0.5)
    assert Path(run.dir).is_dir()
    assert points == {"p/loss": [(0, 0.5), (1, 0.5)]}
    one, two = dict.fromkeys(("watch", "table", "curve"), 1), dict.fromkeys(("image", "weights"), 2)
    assert run.reporter.left_out == {**one, **two, "log_artifact": 2}


@pytest.mark.parametrize("what", [wandb, wandb.Run("p", "", {}, {})])
def test_a_word_that_it_has_not_is_named(what: Any) -> None:
    with pytest.raises(AttributeError, match=r"zwsnb.wandb has no 'agent'.*training.md"):
        what.agent("sweep")


def test_another_metric_may_be_x(drawn: Logged) -> None:
    wandb.define_metric("epoch")
    wandb.define_metric("val/*", step_metric="epoch", summary="min")
    wandb.log({"loss": 1, "val/acc": 0.5, "epoch": 3})
    wandb.log({"val/acc": 0.75})
    wandb.log({"epoch": 4})
    wandb.log({"val/acc": 0.875, "": 7})
    points = drawn.points()
    assert points["plot/val/acc"] == [(3, 0.5), (3, 0.75), (4, 0.875)], "of the last epoch"
    assert (points["plot/loss"], points["plot/epoch"]) == ([(0, 1)], [(0, 3), (2, 4)])


def test_before_there_is_another_metric_the_step_is_x(drawn: Logged) -> None:
    wandb.define_metric("val/*", step_metric="epoch")
    for _ in range(2):
        wandb.log({"val/acc": 0.5})
    assert drawn.points() == {"plot/val/acc": [(0, 0.5), (1, 0.5)]}


@pytest.mark.parametrize(
    ("data", "step", "key"),
    [([1], None, "metrics"), (None, None, None), ({"a": 1}, "x", "a step"), ({1: 1}, None, None)],
)
def test_a_log_never_raises(drawn: Logged, data: Any, step: Any, key: str | None) -> None:
    run = wandb.init("p")
    wandb.define_metric("val/*", step_metric="epoch")
    wandb.log(data, step=step)
    wandb.log({"good": 1})
    assert drawn.points()["p/good"] == [(1 if data == {1: 1} else 0, 1)]
    assert run.reporter.left_out == ({} if key is None else {key: 1})


@pytest.mark.parametrize("given", [{"lr": 0.1}, Namespace(lr=0.1)])
def test_the_config_has_attributes(drawn: Logged, given: Any) -> None:
    run = wandb.init("p", config=given)
    assert (run.config.lr, wandb.config.lr, run.config["lr"]) == (0.1, 0.1, 0.1)
    wandb.config.lr = 0.2
    run.config.update({"depth": 3}, allow_val_change=True)
    assert wandb.config == run.config
    wandb.init("p", config={"lr": 0.3})
    assert run.config == {"lr": 0.2, "depth": 3}
    run.log({"loss": 0.5})
    assert run.summary.loss == 0.5
    assert drawn.take()
    with pytest.raises(AttributeError, match="there is no 'width'"):
        _ = run.config.width


def test_an_odd_config_begins_a_run_as_well(drawn: Logged) -> None:
    odd: Any = 3
    run = wandb.init("p", config=odd)
    assert (run.config, run.reporter.left_out) == ({}, {"the config": 1})
    assert drawn.take() == []


def test_an_alert_is_a_mark(drawn: Logged) -> None:
    wandb.alert("begun")
    with wandb.init("p") as run:
        run.log({"loss": 1}, step=5)
        wandb.alert("loss", text="is low", level="WARN")
        marks = [body for body in drawn.commands() if isinstance(body, Mark)]
    assert marks == [Mark("plot", 0.0, "begun"), Mark("p", 5.0, "loss: is low")]
