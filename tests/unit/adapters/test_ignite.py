"""PyTorch-Ignite, the real one."""

from __future__ import annotations

import pytest
from support.logged import Logged

pytestmark = pytest.mark.filterwarnings("default")
pytest.importorskip("ignite")


def test_outputs_and_metrics_are_logged(logged: Logged) -> None:
    from ignite.engine import Engine
    from ignite.metrics import Average

    from zwsnb.adapters.ignite import PlotLogger

    logger = PlotLogger("ignite")
    trainer = Engine(lambda _, batch: {"loss": float(batch)})
    evaluator = Engine(lambda _, batch: float(batch))
    Average().attach(evaluator, "mean")
    logger.attach(trainer, every=2)
    logger.attach(evaluator, "val", every=0, steps_of=trainer)
    trainer.run([1, 2, 3, 4], max_epochs=2)
    evaluator.run([1, 3])
    points = logged.points()
    assert points["ignite/train/loss"] == [(2, 2), (4, 4), (6, 2), (8, 4)]
    assert points["ignite/val/mean"] == [(8, 2)]
    logger.attach(evaluator, "out")
    evaluator.run([5])
    assert logged.points()["ignite/out/output"] == [(1, 5)]
