"""Spectra are kept up, one by one: in plots of their own, and in place of their plots."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from zwsnb.derived.face import A_SERIES, Face, face_of
from zwsnb.derived.spectra import MAX_SPECTRA, Spectra
from zwsnb.derived.spectrum import SHORTEST
from zwsnb.history.catalog import Origin
from zwsnb.history.plots import History, Plot
from zwsnb.kinds.arrays import Column
from zwsnb.protocol.derivation import ShowSpectrum


def sine(n: int, rate: float, frequency: float, size: float) -> tuple[Column, Column]:
    x = np.arange(n) / rate
    return x, 7 + size * np.sin(2 * np.pi * frequency * x)


class World:
    """Two plots, of which one shows spectra of the other."""

    def __init__(self) -> None:
        self.history = History()
        self.spectra = Spectra(self.history)
        self.plot = self.history.get_or_create("signal")
        self.shown = self.history.get_or_create("shown")

    def publish(self, x: Column, y: Column) -> None:
        self.plot.append("y", x, y)
        self.spectra.note("signal")

    def update(self) -> list[Plot]:
        return [plot for plot in self.spectra.update() if plot is not None]


@pytest.fixture
def world() -> World:
    return World()


def test_the_newest_points_are_shown(world: World) -> None:
    world.plot.set_options({"x_unit": "s", "y_unit": "V"})
    world.spectra.show(ShowSpectrum("shown", "signal", "y", 256))
    assert world.update() == [world.shown]
    assert world.shown.count == 0
    x, y = sine(2_560, 256, 16, 2)
    for i in range(0, 2_560, 100):
        world.publish(x[i : i + 100], y[i : i + 100])
        assert world.spectra.due
        version = world.shown.version
        world.update()
        assert world.shown.version > version
    series = world.shown.series["y"]
    assert (series.count, series.x_range) == (129, (0, 128))
    assert series.points.slice(16, 17)[:, 0] == pytest.approx([16, 2])
    units = [world.shown.options[key] for key in ("x_unit", "y_unit", "x_label")]
    assert units == ["Hz", "V", "frequency"]


def test_the_current_run_is_shown(world: World) -> None:
    world.spectra.show(ShowSpectrum("shown", "signal", "y", 256))
    for frequency in (16, 32):
        world.publish(*sine(256, 256, frequency, 2))
    world.update()
    assert list(world.plot.series) == ["y", "y (1)"]
    y = world.shown.series["y"].points.slice(0, 129)[1]
    assert y.argmax() == 32


def test_it_ends_when_it_is_removed_or_its_plot_is_closed(world: World) -> None:
    for end in (world.spectra.withdraw, lambda plot, _: world.spectra.forget(plot)):
        world.spectra.show(ShowSpectrum("shown", "signal", "y", 256))
        assert world.spectra.due
        end("shown", "y")
        world.spectra.note("signal")
        assert not world.spectra.due


def test_it_says_what_is_resampled(world: World) -> None:
    world.spectra.show(ShowSpectrum("shown", "signal", "y", 256))
    x, y = sine(100, 256, 16, 2)
    world.publish(np.delete(x, 50), np.delete(y, 50))
    world.update()
    [notice] = world.spectra.notices("shown")
    assert "do not stand evenly" in notice
    assert world.spectra.notices("signal") == []


def test_the_longer_it_is_the_rarer_it_is_shown(world: World) -> None:
    assert world.spectra.interval == SHORTEST
    world.spectra.show(ShowSpectrum("shown", "signal", "y", 256))
    assert world.spectra.interval == SHORTEST
    world.spectra.show(ShowSpectrum("other", "signal", "y", 65_536))
    assert world.spectra.interval == 0.5


def test_the_same_again_changes_nothing_and_there_are_so_many_at_most(world: World) -> None:
    for number in range(MAX_SPECTRA):
        world.spectra.show(ShowSpectrum("shown", "signal", f"y{number}", 256))
    for left in reversed(range(MAX_SPECTRA)):
        assert world.update() == [world.shown]  # one by one: others have their turn between
        assert world.spectra.due == left
    assert world.update() == []
    world.spectra.show(ShowSpectrum("shown", "signal", "y0", 256))
    assert not world.spectra.due
    with pytest.raises(ValueError, match=f"there are {MAX_SPECTRA} spectra"):
        world.spectra.show(ShowSpectrum("shown", "signal", "y", 256))


def test_it_does_not_take_the_place_of_a_series(world: World) -> None:
    x, y = sine(256, 256, 16, 2)
    world.publish(x, y)
    world.shown.append("y", x, y)
    world.shown.catalog.set_derived({"more": Origin("y", is_smooth=False, text="y + 1")})
    for plot, series in (("shown", "y"), ("shown", "more"), ("signal", "y")):
        with pytest.raises(ValueError, match=r"already|a plot of its own"):
            world.spectra.show(ShowSpectrum(plot, "signal", series, 256))
    assert not world.spectra.due
    np.testing.assert_array_equal(world.shown.series["y"].points.slice(0, 256), [x, y])


def test_points_that_come_under_its_name_stay_and_it_says_so(world: World) -> None:
    world.spectra.show(ShowSpectrum("shown", "signal", "y", 256))
    x, y = sine(256, 256, 16, 2)
    world.publish(x, y)
    world.update()
    world.shown.append("y", np.array([500.0, 501.0]), np.array([7.0, 8.0]))
    world.shown.append("y", np.array([3.5]), np.array([9.0]))
    for i in range(2):
        world.publish(x[-1:] + 1 + i, y[-1:])
        world.update()
        assert sum(series.count for series in world.shown.series.values()) == 129 + 3
        assert world.spectra.notices("shown") == [
            "The spectrum of y is not shown: points are published here under its name."
        ]
    world.shown.clear("y")
    world.publish(x[-1:] + 3, y[-1:])
    world.update()
    assert world.shown.series["y"].count == 129
    assert not any("not shown" in notice for notice in world.spectra.notices("shown"))


def test_it_goes_on_when_some_of_it_has_left_the_memory(world: World) -> None:
    world.spectra.show(ShowSpectrum("shown", "signal", "y", 4_096))
    x, y = sine(4_096, 256, 16, 2)
    world.publish(x, y)
    world.update()
    world.shown.fit(6_000)
    assert world.shown.series["y"].points.start
    world.publish(x[-1:] + 1, y[-1:])
    world.update()
    series = world.shown.series["y"]
    assert (series.points.start, series.count) == (0, 2_049)


def test_another_length_takes_the_place_of_the_old_one(world: World) -> None:
    x, y = sine(256, 256, 16, 2)
    world.publish(x, y)
    for points in (256, 128):
        world.spectra.show(ShowSpectrum("shown", "signal", "y", points))
        world.update()
        assert world.shown.series["y"].count == points // 2 + 1


def test_a_plot_is_shown_by_frequency_in_its_own_place(world: World) -> None:
    x, y = sine(512, 256, 16, 2)
    world.publish(x, y)
    assert world.update() == []
    world.plot.set_options({"style": "spectrum"})
    face = face_of(world.plot)
    for seconds in (3, 4):
        world.publish(x + seconds, y)
        assert world.spectra.due == 1
        version, before = face.version, world.plot.version
        assert world.update() == [world.plot]
        assert (face.version > version, world.plot.version) == (True, before)
    assert not world.spectra.due
    world.plot.set_options({"style": "line"})
    world.spectra.note("signal")
    assert (world.spectra.due, world.plot.face) == (0, None)


def test_the_memory_of_a_face_counts(world: World) -> None:
    world.plot.set_options({"style": "spectrum"})
    world.publish(*sine(5_000, 256, 16, 2))
    world.update()
    face = face_of(world.plot)
    assert face.nbytes > 2_500 * 16
    assert world.history.nbytes == world.plot.nbytes + world.shown.nbytes + face.nbytes


def test_a_face_with_many_series_goes_on_in_the_next_turn(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.derived.face.A_TURN", A_SERIES + 500)
    world.plot.set_options({"style": "spectrum"})
    for name in "abc":
        world.plot.append(name, *sine(256, 256, 16, 2))
    world.spectra.note("signal")
    face = face_of(world.plot)
    assert sum(1 for each in face.series.values() if each.count) == 2
    assert world.spectra.interval == SHORTEST
    world.update()
    assert not world.spectra.due
    assert all(each.count for each in face.series.values())


def test_a_face_says_what_a_user_should_know(world: World) -> None:
    world.plot.set_options({"style": "spectrum"})
    x, y = sine(256, 256, 16, 2)
    world.publish(x**2, y)
    world.update()
    [notice] = world.spectra.notices("signal")
    assert "do not stand evenly" in notice


def test_what_was_closed_has_no_face_to_be_kept_up(world: World) -> None:
    world.plot.set_options({"style": "spectrum"})
    world.publish(*sine(256, 256, 16, 2))
    del world.history.plots["signal"]
    assert world.update() == []
    world.history.plots["signal"] = world.plot
    world.spectra.note("signal")
    world.spectra.forget("signal")
    assert not world.spectra.due
    assert world.spectra.interval == SHORTEST


def until_a_slice_is_over(world: World) -> Iterator[Plot | None]:
    """Begin to show a long spectrum; the rest of it is left."""
    steps = world.spectra.update()
    assert next(steps) is None
    return steps


def test_a_long_one_is_made_in_slices(world: World) -> None:
    world.spectra.show(ShowSpectrum("shown", "signal", "y", 65_536))
    world.publish(*sine(65_536, 256, 16, 2))
    *slices, shown = world.spectra.update()
    assert slices == [None] * 3
    assert shown is world.shown
    assert world.shown.count == 32_769


def test_points_that_come_between_slices_are_shown_with_the_next(world: World) -> None:
    world.plot.set_options({"style": "spectrum"})
    x, y = sine(65_536, 256, 16, 2)
    world.publish(x, y)
    steps = until_a_slice_is_over(world)
    world.publish(x[-1:] + 1 / 256, y[-1:])
    assert list(steps)[-1] is world.plot
    assert world.spectra.due == 1
    face = face_of(world.plot)
    assert isinstance(face, Face)
    assert face.is_old(world.plot)
    world.update()
    assert not face.is_old(world.plot)
    assert not world.spectra.due


@pytest.mark.parametrize("ends", ["withdrawn", "another", "closed"])
def test_one_that_has_gone_between_slices_is_not_shown(world: World, ends: str) -> None:
    world.spectra.show(ShowSpectrum("shown", "signal", "y", 65_536))
    world.publish(*sine(65_536, 256, 16, 2))
    steps = until_a_slice_is_over(world)
    if ends == "another":
        world.spectra.show(ShowSpectrum("shown", "signal", "y", 256))
    elif ends == "closed":
        world.spectra.forget("shown")
    else:
        world.spectra.withdraw("shown", "y")
    assert set(steps) == {None}
    assert world.shown.count == 0


def test_a_plot_that_has_gone_between_slices_is_left_alone(world: World) -> None:
    world.plot.set_options({"style": "spectrum"})
    world.publish(*sine(65_536, 256, 16, 2))
    steps = until_a_slice_is_over(world)
    del world.history.plots["signal"]
    assert set(steps) == {None}
