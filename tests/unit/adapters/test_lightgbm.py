"""LightGBM, the real one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.logged import Logged

from zwsnb.adapters.lightgbm import PlotCallback
from zwsnb.protocol.batch import SetOptions

pytestmark = pytest.mark.filterwarnings("default")

PARAMETERS = {"verbosity": -1, "num_threads": 1, "min_data_in_leaf": 2}


def env(iteration: int, results: object) -> SimpleNamespace:
    return SimpleNamespace(iteration=iteration, evaluation_result_list=results)


def test_each_round_is_logged_as_the_callback_is_told(logged: Logged) -> None:
    callback = PlotCallback("lgb")
    callback(env(0, [("val", "l2", 0.5, False), ("val", "l1", 0.25, False)]))
    callback(env(1, [("val", "l2", 0.4, False)]))
    callback(env(2, None))
    callback(env(3, 3))
    assert logged.points() == {"lgb/val/l2": [(0, 0.5), (1, 0.4)], "lgb/val/l1": [(0, 0.25)]}
    assert len(callback.reporter.left_out) == 1, "an error ends no training"


def test_each_round_is_logged(logged: Logged) -> None:
    lightgbm = pytest.importorskip("lightgbm")
    x = np.arange(60.0).reshape(60, 1)
    data = lightgbm.Dataset(x, label=np.sin(x[:, 0]))
    callback = PlotCallback("lgb")
    lightgbm.train(PARAMETERS, data, 3, valid_sets=[data], callbacks=[callback])
    assert [x for x, _ in logged.points()["lgb/training/l2"]] == [0, 1, 2]
    lightgbm.cv(PARAMETERS, data, 2, nfold=2, stratified=False, callbacks=[callback])
    batches = logged.take()
    options: list[Any] = [b.body.options for b in batches if isinstance(b.body, SetOptions)]
    [name] = {name for its in options for name in its.get("series", {})}
    assert {name, f"{name} low", f"{name} high"} <= {
        getattr(batch.body, "series", "") for batch in batches
    }
    assert not callback.reporter.left_out
