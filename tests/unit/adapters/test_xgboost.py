"""XGBoost, the real one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.logged import Logged

from zwsnb.protocol.batch import SetOptions

pytestmark = pytest.mark.filterwarnings("default")
xgboost = pytest.importorskip("xgboost")

PARAMETERS = {"objective": "reg:squarederror", "nthread": 1}


@pytest.fixture
def data() -> object:
    x = np.arange(40.0).reshape(40, 1)
    return xgboost.DMatrix(x, label=np.sin(x[:, 0]))


def test_each_round_is_logged(logged: Logged, data: object) -> None:
    from zwsnb.adapters.xgboost import PlotCallback

    callback = PlotCallback("xgb")
    evals = [(data, "train"), (data, "val")]
    xgboost.train(PARAMETERS, data, 4, evals=evals, callbacks=[callback], verbose_eval=False)
    points = logged.points()
    assert set(points) == {"xgb/train/rmse", "xgb/val/rmse"}
    assert [x for x, _ in points["xgb/val/rmse"]] == [0, 1, 2, 3]
    assert not callback.reporter.left_out


def test_cross_validation_has_a_band(logged: Logged, data: object) -> None:
    from zwsnb.adapters.xgboost import PlotCallback

    xgboost.cv(PARAMETERS, data, 3, nfold=2, callbacks=[PlotCallback("xgb")])
    batches = logged.take()
    ends = ["test/rmse low", "test/rmse high"]
    options: list[Any] = [b.body.options for b in batches if isinstance(b.body, SetOptions)]
    assert {"band": ends} in [its["series"].get("test/rmse") for its in options if "series" in its]
    names = {getattr(batch.body, "series", "") for batch in batches}
    assert {"test/rmse", *ends} <= names
