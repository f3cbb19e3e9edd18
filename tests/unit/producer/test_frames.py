"""Tables as x and y."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from support.optional import library
from support.sinks import assert_account, by_series

from zwsnb.plot.run import Blocks
from zwsnb.producer import frames
from zwsnb.producer.frames import without_frames
from zwsnb.producer.inputs import MISSING
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.signature import Publish


@pytest.fixture(autouse=True)
def _nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_told", set())


FRAME = pd.DataFrame({"loss": [1, 2], "acc": [0.5, None]}, index=[10, 20])
COLUMNS = {"plot/loss": [(10, 1), (20, 2)], "plot/acc": [(10, 0.5), (20, None)]}


@pytest.mark.parametrize(
    ("arguments", "named", "found"),
    [
        ((FRAME,), {}, COLUMNS),
        ((FRAME.index, FRAME), {}, COLUMNS),
        (([10, 20], FRAME), {}, COLUMNS),
        ((FRAME.to_numpy()[:, 0] * 10, FRAME), {}, COLUMNS),
        ((FRAME,), {"a": [3, 4]}, {**COLUMNS, "plot/a": [(10, 3), (20, 4)]}),
        (("loss", FRAME), {}, {"plot/acc": [(1, 0.5), (2, None)]}),
        ((FRAME["loss"],), {}, {"plot/loss": [(10, 1), (20, 2)]}),
        ((FRAME["loss"],), {"series": "a"}, {"plot/a": [(10, 1), (20, 2)]}),
        ((FRAME["loss"].rename(None),), {}, {"plot/y": [(10, 1), (20, 2)]}),
        # With a y, a Series is what it was: its values.
        ((FRAME["loss"], FRAME["loss"]), {}, {"plot/y": [(1, 1), (2, 2)]}),
        ((FRAME["loss"],), {"a": [3, 4]}, {"plot/a": [(1, 3), (2, 4)]}),
        ((pd.DataFrame([[1, 2]]),), {}, {"plot/0": [(0, 1)], "plot/1": [(0, 2)]}),
        (
            (pd.DataFrame([[1, 2]], columns=[["a", "a"], ["b", "c"]]),),
            {},
            {"plot/a/b": [(0, 1)], "plot/a/c": [(0, 2)]},
        ),
        (
            (pd.Series([1], index=pd.to_datetime(["1970-01-02"])),),
            {},
            {"plot/y": [(86400, 1)]},
        ),
    ],
)
def test_every_form_of_a_frame(
    publisher: Publisher, publish: Publish, arguments: Any, named: Any, found: Any
) -> None:
    publish(*arguments, **named)
    assert by_series(publisher.take()) == found
    assert_account(publisher, sum(map(len, found.values())))


@pytest.mark.parametrize(
    ("arguments", "named", "error", "sentence"),
    [
        ((FRAME,), {"series": "a"}, TypeError, "names its series itself; leave out series="),
        (("x", FRAME), {}, ValueError, "the frame has no column 'x' for x; it has 'loss', 'acc'"),
        (([1], FRAME), {}, ValueError, "x has 1 values, y of 'loss' has 2"),
        (
            (pd.DataFrame([[1, 2]], columns=["a", "a"]),),
            {},
            ValueError,
            "the frame has two columns 'a'; rename one",
        ),
        (
            (pd.DataFrame({"a": ["b"]}),),
            {},
            ValueError,
            "the DataFrame has no column of numbers for y",
        ),
        (
            (pd.DataFrame({"a": [1]}, index=["b"]),),
            {},
            TypeError,
            "x[0] is a text ('b'); publish takes numbers, times, sequences and arrays",
        ),
        (
            (pd.DataFrame({"a": [1, "b"]}),),
            {},
            TypeError,
            "y of 'a'[1] is a text ('b'); publish takes numbers, times, sequences and arrays",
        ),
        (
            (pd.DataFrame({"a": pd.to_datetime(["2024-01-01"])}),),
            {},
            TypeError,
            "y of 'a' holds times; only x may",
        ),
    ],
)
def test_a_frame_that_is_no_points_is_told_so(
    publisher: Publisher,
    publish: Publish,
    arguments: Any,
    named: Any,
    error: type[Exception],
    sentence: str,
) -> None:
    with pytest.raises(error) as caught:
        publish(*arguments, **named)
    assert str(caught.value).endswith(sentence)
    assert_account(publisher, 0)


def test_in_the_block_of_a_run_the_line_is_named_too(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.producer.frames._told", set())
    blocks = Blocks(publisher.bind("plot"))
    with pytest.warns(UserWarning, match="left out") as caught:
        blocks.publish(pd.DataFrame({"a": [1, 2], "text": ["b", "c"]}))
    assert Path(caught[0].filename) == Path(__file__)
    blocks.publish(3, self=4)
    assert list(by_series(publisher.take())) == ["plot/a", "plot/self"]


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_columns_of_text_are_named_once_and_left_out(
    publisher: Publisher, publish: Publish, dtype: str
) -> None:
    frame = pd.DataFrame({"a": [1, 2], "name": pd.Series([None, "n"], dtype=dtype)})
    with pytest.warns(UserWarning, match=r"^column 'name' holds text and is left out$") as caught:
        publish(frame)
    assert Path(caught[0].filename) == Path(__file__)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        publish(frame)
    both = frame.assign(city=["c", "d"])
    with pytest.warns(UserWarning, match=r"^columns 'name', 'city' hold text and are left out$"):
        publish(both)
    assert by_series(publisher.take()) == {"plot/a": [(0, 1), (1, 2)] * 3}


def test_polars_has_the_number_of_the_row_or_a_column_as_x(
    publisher: Publisher, publish: Publish
) -> None:
    pl = library("polars")
    frame = pl.DataFrame({"t": [5, 6], "a": [1.5, None], "name": ["b", "c"]})
    with pytest.warns(UserWarning, match=r"^column 'name' holds text and is left out$"):
        publish(frame)
    publish("t", frame)
    publish(frame["t"])
    publish(pl.Series([7]))
    publish(frame["t"], frame["a"])
    assert by_series(publisher.take()) == {
        "plot/t": [(0, 5), (1, 6), (0, 5), (1, 6)],
        "plot/a": [(0, 1.5), (1, None), (5, 1.5), (6, None)],
        "plot/y": [(0, 7), (5, 1.5), (6, None)],
    }


def test_a_table_of_pyarrow_is_one_of_polars(publisher: Publisher, publish: Publish) -> None:
    pa = library("pyarrow")
    publish("t", pa.table({"t": [5, 6], "a": [1.5, None]}))
    publish(pa.table({"a": [True, None]}))
    assert by_series(publisher.take()) == {"plot/a": [(5, 1.5), (6, None), (0, 1), (1, None)]}


@pytest.mark.parametrize(
    "call", [(1, 2, None, {}), (1, MISSING, None, {"a": 1}), (np.ones(2), [1, 2], "a", {})]
)
def test_a_call_without_a_frame_stays_as_it_is(call: Any) -> None:
    found = without_frames(*call)
    assert all(one is other for one, other in zip(found, call[:3], strict=True))
