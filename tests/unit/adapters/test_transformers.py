"""The trainer's callback of Hugging Face, the real one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.logged import Logged

pytestmark = pytest.mark.filterwarnings("default")
transformers = pytest.importorskip("transformers")


def test_what_the_trainer_logs_is_drawn(logged: Logged) -> None:
    from zwsnb.adapters.transformers import PlotCallback

    callback, control = PlotCallback("hf"), transformers.TrainerControl()
    arguments: Any = None
    state = transformers.TrainerState(global_step=10, is_world_process_zero=True)
    callback.on_log(arguments, state, control, {"loss": 0.5, "epoch": 1, "learning_rate": 0.1})
    callback.on_log(arguments, state, control, {"eval_loss": 0.25, "epoch": 1})
    callback.on_log(arguments, state, control, {"train_runtime": 3.0, "train_loss": 0.3})
    callback.on_log(arguments, state, control)
    other = transformers.TrainerState(global_step=20, is_world_process_zero=False)
    callback.on_log(arguments, other, control, {"loss": 0.5})
    assert logged.points() == {
        "hf/train/loss": [(10, 0.5)],
        "hf/train/learning_rate": [(10, 0.1)],
        "hf/eval/loss": [(10, 0.25)],
    }


def test_a_real_trainer_calls_it(logged: Logged, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("accelerate")
    from zwsnb.adapters.transformers import PlotCallback

    class Line(torch.nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.layer = torch.nn.Linear(1, 1)

        def forward(self, x: Any, labels: Any = None) -> Any:
            found = self.layer(x)
            return {"loss": ((found - labels) ** 2).mean(), "logits": found}

    data = [{"x": torch.ones(1), "labels": torch.ones(1)} for _ in range(8)]
    arguments = transformers.TrainingArguments(
        output_dir=str(tmp_path),
        per_device_train_batch_size=4,
        max_steps=4,
        logging_steps=1,
        save_strategy="no",
        report_to=[],
        use_cpu=True,
        disable_tqdm=True,
    )
    transformers.Trainer(
        model=Line(), args=arguments, train_dataset=data, callbacks=[PlotCallback("hf")]
    ).train()
    assert [x for x, _ in logged.points()["hf/train/loss"]] == [1, 2, 3, 4]
