"""Keras 3, the real one."""

from __future__ import annotations

import os

import numpy as np
import pytest
from support.logged import Logged

pytestmark = pytest.mark.filterwarnings("default")
os.environ.setdefault("KERAS_BACKEND", "torch")
pytest.importorskip("torch")
keras = pytest.importorskip("keras")


def fit(**options: object) -> None:
    """Fit a line for two epochs of three batches."""
    from zwsnb.adapters.keras import PlotCallback

    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse", metrics=["mae"])
    x = np.arange(12.0).reshape(12, 1) / 12
    callback = PlotCallback("keras", **options)  # type: ignore[arg-type]
    model.fit(
        x, 2 * x, epochs=2, batch_size=4, verbose=0, validation_data=(x, x), callbacks=[callback]
    )


def test_each_epoch_is_logged(logged: Logged) -> None:
    fit()
    points = logged.points()
    assert set(points) == {f"keras/{name}" for name in ("loss", "mae", "val_loss", "val_mae")}
    assert [x for x, _ in points["keras/val_loss"]] == [0, 1]


def test_batches_are_logged_where_that_is_asked_for(logged: Logged) -> None:
    fit(every=2)
    points = logged.points()
    assert [x for x, _ in points["keras/batch/loss"]] == [2, 4, 6]
    assert [x for x, _ in points["keras/loss"]] == [3, 6]
