"""scikit-learn, the real one."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from support.logged import Logged

from zwsnb.adapters.sklearn import PlotCallback, partial_fit

pytestmark = pytest.mark.filterwarnings("default")
pytest.importorskip("sklearn")

X = np.arange(60.0).reshape(60, 1) / 60
Y = (X[:, 0] > 0.5).astype(int)


def test_each_iteration_is_scored(logged: Logged) -> None:
    pytest.importorskip("sklearn.callback")
    from sklearn.linear_model import LogisticRegression

    callback = PlotCallback("sk")
    LogisticRegression().set_callbacks(callback).fit(X, Y)
    points = logged.points()["sk/score"]
    assert len(points) > 1
    assert [x for x, _ in points] == list(range(len(points)))
    assert points[-1][1] == pytest.approx(1.0, abs=0.1)
    assert not callback.reporter.left_out


def test_scorers_may_be_given(logged: Logged) -> None:
    pytest.importorskip("sklearn.callback")
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import get_scorer

    scoring = {"acc": get_scorer("accuracy"), "loss": get_scorer("neg_log_loss")}
    LogisticRegression().set_callbacks(PlotCallback("sk", scoring=scoring)).fit(X, Y)
    assert set(logged.points()) == {"sk/acc", "sk/loss"}


def test_pieces_are_learnt_and_scored(logged: Logged) -> None:
    from sklearn.linear_model import SGDClassifier

    batches = [(X[i::3], Y[i::3]) for i in range(3)]
    found = partial_fit(
        SGDClassifier(random_state=0),
        batches,
        plot="sk",
        classes=[0, 1],
        scoring=lambda estimator, x, y: estimator.score(x, y),
    )
    assert found.coef_.shape == (1, 1)
    assert [x for x, _ in logged.points()["sk/score"]] == [0, 1, 2]


def test_a_score_that_fails_ends_no_fit(logged: Logged) -> None:
    from sklearn.linear_model import SGDRegressor

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    found = partial_fit(SGDRegressor(), [(X, Y)], scoring=fail)
    assert hasattr(found, "coef_")
    assert logged.take() == []


def test_it_goes_to_other_processes(logged: Logged) -> None:
    copy = pickle.loads(pickle.dumps(PlotCallback("sk")))  # noqa: S301 - ours
    copy.reporter.log({"score": 1})
    assert logged.points() == {"sk/score": [(0, 1)]}
