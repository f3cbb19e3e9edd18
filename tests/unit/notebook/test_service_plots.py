"""The plots of the service that runs, or of none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from zwsnb import api
from zwsnb.display.embed import BARE, height_for
from zwsnb.notebook import service_plots


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Any:
    versions: dict[str, int] = {"p": 3}
    service = SimpleNamespace(
        versions=versions,
        version=versions.get,
        snapshot=lambda plot, **_: f"<svg>{plot}</svg>",
        picture=lambda _: None,
        stats=lambda: {"plots": {"p": {"viewers": ["one", "other"], "points": 7}}},
        is_running=True,
        is_seen=lambda _: True,  # asked for by a thread that an earlier test has begun
    )
    monkeypatch.setattr(api, "_service", service)
    monkeypatch.setattr(api.publisher, "flush", lambda *_: True)
    monkeypatch.setattr(
        api.publisher, "send_command", lambda command: versions.update({command.plot: 0})
    )
    return service


def test_what_is_asked_of_plots_is_asked_of_the_service(service: Any) -> None:
    del service
    plots = service_plots.Plots()
    assert plots.flush() is True
    assert (plots.version("p"), plots.version("q")) == (3, None)
    assert (plots.viewers("p"), plots.viewers("q")) == (2, 0)
    assert (plots.points("p"), plots.points("q")) == (7, 0)
    assert plots.snapshot("p") == "<svg>p</svg>"
    assert plots.picture("p") is None


@pytest.mark.parametrize(
    ("points", "progress", "controls", "height", "begin"),
    [
        (0, ["1 of 2"], [], 360, BARE),
        (0, [], ["lr"], 360, BARE),
        (0, [], ["lr"], BARE - 1, BARE - 1),
        (1, ["1 of 2"], ["lr"], 360, 360),
        (0, [], [], 360, 360),
    ],
)
def test_bars_and_controls_without_points_begin_small(
    service: Any, points: int, progress: list[str], controls: list[str], height: int, begin: int
) -> None:
    its = {"points": points, "progress": progress, "controls": controls}
    service.stats = lambda: {"plots": {"p": its}}
    assert service_plots.begin_of("p", height) == begin
    assert service_plots.begin_of("q", height) == height


def test_a_frame_that_cannot_grow_has_room_for_the_panels_that_are_said(service: Any) -> None:
    options = {"panels": [["a"], ["b"], ["c"], ["d"]]}
    service.stats = lambda: {"plots": {"p": {"options": options}, "r": {"options": {}}}}
    heights = [service_plots.height_of(plot, 360) for plot in ("p", "q", "r")]
    assert heights == [height_for(4, 360), 360, 360]
    assert service_plots.height_of("p", 240) == 240


def test_a_snapshot_of_a_plot_that_is_not_there_makes_it(service: Any) -> None:
    assert service_plots.snapshot("q") == "<svg>q</svg>"
    assert service.versions == {"p": 3, "q": 0}


def test_without_a_service_there_are_no_plots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "_service", None)
    plots = service_plots.Plots()
    assert (plots.version("p"), plots.points("p"), plots.viewers("p")) == (None, 0, 0)
    assert service_plots.begin_of("p", 360) == 360
    assert plots.picture("p") is None
