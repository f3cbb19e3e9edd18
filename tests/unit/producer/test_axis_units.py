"""The unit of an axis: the first quantity says it, the later ones are converted."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from support.fake_quantity import quantity as q
from support.sinks import assert_account, by_series

from zwsnb.producer.publisher import Publisher
from zwsnb.producer.signature import Publish
from zwsnb.protocol.batch import Batch, Clear, Close, Points, SetOptions


def options_of(batches: list[Batch]) -> list[Any]:
    return [b.body.options for b in batches if isinstance(b.body, SetOptions)]


def y_of(batches: list[Batch], series: str = "plot/y") -> list[float | None]:
    return [y for _, y in by_series(batches)[series]]


def test_the_first_unit_is_the_axis_and_later_values_are_converted(
    publisher: Publisher, publish: Publish
) -> None:
    publish(0, q(5, "mV"))
    publish(1, q(5, "V"))
    publish([2, 3], q(np.array([1.0, math.nan]), "V"))
    publish([4, 5], [q(1, "V"), q(2, "mV")])
    publish(6, 7)  # without a unit: in that of the axis
    publish(7, a=q(1, "V"))
    batches = publisher.take()
    assert y_of(batches) == [5, 5000, 1000, None, 1000, 2, 7]
    assert y_of(batches, "plot/a") == [1000]
    assert options_of(batches) == [{"y_unit": "mV"}]
    assert_account(publisher, 8)


def test_x_has_a_unit_too(publisher: Publisher, publish: Publish) -> None:
    publish(q(1, "s"), 1)
    publish(q([500.0, 1500.0], "ms"), [2, 3])
    batches = publisher.take()
    assert by_series(batches) == {"plot/y": [(1, 1), (0.5, 2), (1.5, 3)]}
    assert options_of(batches) == [{"x_unit": "s"}]
    assert publisher.x_of("plot", q(250, "ms")).x == 0.25
    assert publisher.x_of("other", 3).x == 3


def test_an_axis_that_has_a_unit_keeps_it(publisher: Publisher, publish: Publish) -> None:
    publisher.send_command(SetOptions("plot", {"y_unit": "V", "x_unit": "s"}))
    publish(q(500, "ms"), q(5, "mV"))
    batches = publisher.take()
    assert by_series(batches) == {"plot/y": [(0.5, 0.005)]}
    assert options_of(batches) == [{"y_unit": "V", "x_unit": "s"}]


def test_the_axis_at_the_right_has_its_own(publisher: Publisher, publish: Publish) -> None:
    publisher.send_command(SetOptions("plot", {"series": {"m": {"axis": "right"}, "y": {}}}))
    publish(0, q(5, "mV"), m=q(1, "kg"))
    assert options_of(publisher.take())[1:] == [{"y_unit": "mV", "y2_unit": "kg"}]


def test_each_plot_has_its_own(publisher: Publisher, publish: Publish) -> None:
    publish(0, q(5, "mV"))
    publish(0, q(5, "kg"), plot="other")
    assert by_series(publisher.take()) == {"plot/y": [(0, 5)], "other/y": [(0, 5)]}


def test_a_ratio_has_a_unit_of_which_nothing_is_shown(
    publisher: Publisher, publish: Publish
) -> None:
    publish(0, q(0.5, ""))
    publish(1, q(25, "%"))
    batches = publisher.take()
    assert y_of(batches) == [0.5, 0.25]
    assert options_of(batches) == []


@pytest.mark.parametrize(
    ("arguments", "named", "sentence"),
    [
        (
            (1, q(1, "kg")),
            {},
            "y is in kg, and was in mV in plot 'plot' before; clear the plot or use another",
        ),
        (
            (1, q(1, "")),
            {},
            "y is in no unit, and was in mV in plot 'plot' before; clear the plot or use another",
        ),
        (
            (q(1, "kg"), 1),
            {},
            "x is in kg, and was in s in plot 'plot' before; clear the plot or use another",
        ),
        (
            ([1, 2], q([1, 2], "V")),
            {"m": q([1, 2], "kg")},
            (
                "y of 'm' is in kg, and y_unit of plot 'plot' is 'mV'; use another plot=, or give"
                ' the series the other axis of y, as in series={\'m\': {"axis": "right"}}'
            ),
        ),
        ((q(math.inf, "s"), 1), {}, "x is inf; x must be finite"),
    ],
)
def test_what_does_not_go_with_its_axis_is_told_so_and_harms_nothing(
    publisher: Publisher, publish: Publish, arguments: Any, named: Any, sentence: str
) -> None:
    publish(q(0, "s"), q(5, "mV"))
    with pytest.raises(ValueError, match=" is ") as caught:
        publish(*arguments, **named)
    assert str(caught.value) == sentence
    publish(q(1000, "ms"), q(1, "V"))
    assert by_series(publisher.take()) == {"plot/y": [(0, 5), (1, 1000)]}
    assert_account(publisher, 2)


def test_a_refused_call_gives_an_axis_no_unit(publisher: Publisher, publish: Publish) -> None:
    for arguments in ((0, {"a": q(1, "kg"), "b": "text"}), (0, {"a": q(1, "kg"), "b": q(1, "V")})):
        with pytest.raises((TypeError, ValueError)):
            publish(*arguments)
    publish([], q([], "kg"))  # a first poll that has brought nothing
    publish(0, a=q(1, "V"))
    batches = publisher.take()
    assert options_of(batches) == [{"y_unit": "V"}]
    assert by_series(batches) == {"plot/a": [(0, 1)]}


def test_an_x_that_is_beyond_a_double_in_the_unit_of_its_axis_is_told_so(
    publisher: Publisher, publish: Publish
) -> None:
    publish(q(0, "ms"), 1)
    with pytest.raises(ValueError, match=r"^x is inf; x must be finite$"):
        publish(q(1e307, "s"), 1)
    with pytest.raises(ValueError, match=r"^x\[1\] is inf; x must be finite$"):
        publish(q([0, 1e307], "s"), [1, 2])
    assert_account(publisher, 1)


def test_a_unit_that_is_none_of_the_library_is_told_so(
    publisher: Publisher, publish: Publish
) -> None:
    publisher.send_command(SetOptions("plot", {"x_unit": "epochs"}))
    with pytest.raises(ValueError, match="x is in s, and x_unit of plot 'plot' is 'epochs'; use a"):
        publish(q(1, "s"), 1)


def test_an_axis_that_shows_another_unit_since_is_told_so(
    publisher: Publisher, publish: Publish
) -> None:
    publish(0, q(5, "V"))
    publisher.send_command(SetOptions("plot", {"y_unit": "volt"}))  # the same by another name
    publish(1, q(5, "mV"))
    publisher.send_command(SetOptions("plot", {"y_unit": "mV"}))
    with pytest.raises(ValueError, match="is kept") as caught:
        publish(2, q(5, "V"))
    assert str(caught.value) == (
        "y is kept in V, and y_unit of plot 'plot' is 'mV' now; set it back, or clear the plot"
    )
    publisher.send_command(SetOptions("plot", {"y_unit": ""}))
    publish(3, q(5, "mV"))
    batches = publisher.take()
    assert y_of(batches) == [5, 0.005, 0.005]
    assert options_of(batches)[-1] == {"y_unit": "V"}


def test_a_clear_forgets_what_quantities_have_said_and_no_option(
    publisher: Publisher, publish: Publish
) -> None:
    publisher.send_command(SetOptions("plot", {"x_unit": "s"}))
    publish(q(1, "s"), q(5, "mV"))
    publish(1, q(5, "mV"), plot="other")
    publisher.send_command(Clear("plot"))
    batches = publisher.take()
    sent = [b.body for b in batches if b.body.plot == "plot" and not isinstance(b.body, Points)]
    assert list(map(type, sent))[-2:] == [Clear, SetOptions]
    assert options_of(batches)[-1] == {"y_unit": ""}
    publish(q(1, "ms"), q(5, "kg"))
    batches = publisher.take()
    assert by_series(batches) == {"plot/y": [(0.001, 5)]}
    assert options_of(batches) == [{"y_unit": "kg"}]
    with pytest.raises(ValueError, match="was in mV in plot 'other' before"):
        publish(1, q(5, "kg"), plot="other")


def test_a_close_forgets_everything(publisher: Publisher, publish: Publish) -> None:
    publisher.send_command(SetOptions("plot", {"x_unit": "s", "series": {"y": {"axis": "right"}}}))
    publish(1, q(5, "mV"))
    publisher.send_command(Close("plot"))
    publish(q(1, "kg"), q(5, "kg"))
    assert options_of(publisher.take())[-1] == {"x_unit": "kg", "y_unit": "kg"}


def test_options_of_another_process_can_be_learnt(publisher: Publisher, publish: Publish) -> None:
    publisher.units.learn("plot", {"y_unit": "V"})
    publish(0, q(5, "mV"))
    batches = publisher.take()
    assert (y_of(batches), options_of(batches)) == ([0.005], [])


def test_a_forked_child_knows_the_units_and_a_new_service_does_not(
    publisher: Publisher, publish: Publish
) -> None:
    publish(0, q(5, "mV"))
    sink = publisher.sink
    publisher.after_fork()
    publisher.sink = sink
    publish(1, q(5, "V"))
    assert y_of(publisher.take()) == [5000]
    publisher.stop()
    publisher.sink = sink
    publish(2, q(5, "kg"))
    assert y_of(publisher.take()) == [5]


def test_the_whole_truth_keeps_units_of_quantities_and_forgets_those_of_options(
    publisher: Publisher, publish: Publish
) -> None:
    publisher.send_command(SetOptions("plot", {"x_unit": "s", "series": {"m": {"axis": "right"}}}))
    publish(1, q(2, "V"))
    publisher.take()
    publisher.send_command(SetOptions("plot", {"title": "t"}, is_whole=True))
    sent = [batch.body for batch in publisher.take()]
    assert sent == [
        SetOptions("plot", {"title": "t"}, is_whole=True),
        SetOptions("plot", {"y_unit": "V"}),
    ]
    publish(q(60, "s"), m=q(1, "V"))  # x has a unit anew, m the left axis
    assert options_of(publisher.take()) == [{"x_unit": "s"}]
    publisher.send_command(SetOptions("plot", {"y_unit": "mV", "x_unit": ""}, is_whole=True))
    assert options_of(publisher.take())[1:] == [{"x_unit": "s"}]


MILLI = 1_795_811_940_000


@pytest.mark.parametrize(
    ("said", "x", "sentence"),
    [
        (True, MILLI, "x is 1.79581e12: seconds since 1970 would be in the year 58877; say time="),
        ("s", [0, 1e18], "x is 1e18: seconds since 1970 would be in the year 3.16887e10; say"),
        ("ns", 1e30, "x is 1e30: nanoseconds since 1970 would be in the year 3.16887e13; a time"),
        (None, np.datetime64("20000-07-01"), "x is a time in the year 20000; a time is of"),
        (None, [np.datetime64("20000-07-01")], "x is a time in the year 20000; a time is of the"),
    ],
)  # fmt: skip
def test_an_x_that_can_be_no_time_is_refused(
    publisher: Publisher, publish: Publish, said: bool | str | None, x: Any, sentence: str
) -> None:
    if said is not None:
        publisher.send_command(SetOptions("plot", {"time": said}))
    many = isinstance(x, list)
    with pytest.raises(ValueError, match="year") as caught:
        publish(x, [0] * len(x) if many else 0)
    assert str(caught.value).startswith(sentence)
    if not many:
        with pytest.raises(ValueError, match="year"):
            publisher.x_of("plot", x)
    publish(5, 0)  # what was refused does not say what x is
    assert_account(publisher, 1)


@pytest.mark.parametrize("said", [None, False, "auto", "ms", "us"])
def test_other_numbers_are_taken(
    publisher: Publisher, publish: Publish, said: bool | str | None
) -> None:
    if said is not None:
        publisher.send_command(SetOptions("plot", {"time": said}))
    publish(MILLI, 0)
    assert_account(publisher, 1)


def test_the_unit_of_numbers_that_were_published_stays(
    publisher: Publisher, publish: Publish
) -> None:
    publish(MILLI, 0)
    for same in (True, False, "s", "auto"):
        publisher.send_command(SetOptions("plot", {"time": same}))
    with pytest.raises(ValueError, match="time is 'ms', but the x of plot 'plot' came in another"):
        publisher.send_command(SetOptions("plot", {"time": "ms"}))
    publisher.send_command(Clear("plot"))
    publisher.send_command(SetOptions("plot", {"time": "ms"}))
    publish(MILLI, 0)
    publisher.send_command(SetOptions("plot", {"time": "ms", "title": "t"}))
    publisher.send_command(Close("plot"))
    publisher.send_command(SetOptions("plot", {"time": "us"}))
