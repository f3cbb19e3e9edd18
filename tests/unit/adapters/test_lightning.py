"""Lightning, the real one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.logged import Logged

from zwsnb import api
from zwsnb.protocol.batch import Points

pytestmark = pytest.mark.filterwarnings("default")
torch = pytest.importorskip("torch")
lightning = pytest.importorskip("lightning")


def test_what_a_module_logs_is_drawn(
    logged: Logged, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from zwsnb.adapters.lightning import PlotLogger

    class Line(lightning.LightningModule):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.save_hyperparameters({"lr": 0.1})
            self.layer = torch.nn.Linear(1, 1)

        def training_step(self, batch: Any, index: int) -> Any:
            del index
            loss = (self.layer(batch[0]) ** 2).mean()
            self.log("train/loss", loss)
            return loss

        def configure_optimizers(self) -> Any:
            return torch.optim.SGD(self.parameters(), lr=0.1)

    data = torch.utils.data.TensorDataset(torch.ones(6, 1))
    logger = PlotLogger("lightning", run="a")
    flushed: list[str] = []
    monkeypatch.setattr(api, "flush", lambda: flushed.append("flushed"))
    trainer = lightning.Trainer(
        logger=logger,
        max_epochs=2,
        log_every_n_steps=1,
        accelerator="cpu",
        enable_progress_bar=False,
        enable_model_summary=False,
        enable_checkpointing=False,
        default_root_dir=tmp_path,
    )
    trainer.fit(Line(), torch.utils.data.DataLoader(data, batch_size=2))
    logger.save()
    points = [b.body for b in logged.take() if isinstance(b.body, Points)]
    assert {body.run for body in points} == {"a"}
    assert [x for body in points for x in body.x] == [0, 1, 2, 3, 4, 5]
    assert {body.series for body in points} == {"train/loss"}
    assert flushed
    assert (logger.name, logger.version) == ("lightning", "a")
    assert not logger.reporter.left_out
