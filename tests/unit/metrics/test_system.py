"""`zwsnb.system`."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from support.eventually import eventually
from support.logged import Logged

from zwsnb import Plot, api, system
from zwsnb.metrics import system as module
from zwsnb.metrics.system import rates
from zwsnb.protocol.batch import SetOptions
from zwsnb.protocol.options import check_options


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    module._stop_all()


def test_the_machine_is_measured_until_it_is_stopped(logged: Logged) -> None:
    pytest.importorskip("psutil")
    running = system(0.05)
    found: dict[str, Any] = {}

    def has_come() -> bool:
        found.update(logged.points())
        return len(found) >= 4

    eventually(has_come)
    assert {"system/cpu/all", "system/memory/this process"} <= set(found)
    assert 0 < found["system/memory/all"][0][1] <= 100
    assert "running" in repr(running)
    running.stop()
    assert not running.is_running
    assert not running._thread.is_alive()
    assert "ended" in repr(running)


def test_called_again_it_measures_anew(logged: Logged) -> None:
    pytest.importorskip("psutil")
    first = system(5)
    second = system(5, plot=Plot("system"))
    assert (first.is_running, second.is_running) == (False, True)
    assert logged.publisher is api.publisher
    module._stop_all()
    assert not second.is_running


def test_where_it_cannot_publish_it_ends(
    logged: Logged, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("psutil")
    monkeypatch.setattr(logged.publisher, "sink", None)
    running = system(0.05)
    eventually(lambda: not running.is_running)
    eventually(lambda: bool(caplog.records))
    assert "zwsnb is not running" in caplog.text


@pytest.mark.parametrize("every", [0, -1, float("nan")])
def test_too_often_is_refused(every: float) -> None:
    with pytest.raises(ValueError, match="every is"):
        system(every)


def test_without_psutil_it_says_what_to_install(
    logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psutil", None)
    with pytest.raises(ImportError, match=r'pip install "zwsnb\[system\]"'):
        system()
    assert logged.take() == []


def test_counters_become_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0, 2.0, 2.0, 4.0, 5.0, 6.0]
    counts = iter([0, 6_000_000, 7_000_000, 5_000_000])
    monkeypatch.setattr("zwsnb.metrics.system.time.monotonic", lambda: now.pop(0))
    read = rates("disk", lambda: SimpleNamespace(read_bytes=next(counts)), ("read",))
    assert read() == {"disk/read": 3e6}
    assert read() == {}, "no time has passed"
    assert read() == {"disk/read": 0.0}, "a counter has begun anew"
    assert rates("disk", lambda: None, ("read",))() == {}


def test_a_gpu_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    nvml = SimpleNamespace(
        nvmlInit=lambda: None,
        nvmlDeviceGetCount=lambda: 1,
        nvmlDeviceGetHandleByIndex=lambda i: i,
        nvmlDeviceGetMemoryInfo=lambda _: SimpleNamespace(used=1, total=4),
        nvmlDeviceGetUtilizationRates=lambda _: SimpleNamespace(gpu=50),
    )
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    [read] = module._gpus()
    assert read() == {"gpu/0": 50, "gpu/0 memory": 25.0}
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert list(module._gpus()) == []


@pytest.mark.parametrize("every", [0, 0.01, math.inf, math.nan, 1e6, "1us", "2d"])
def test_how_often_has_bounds(every: float | str) -> None:
    with pytest.raises(ValueError, match=r"it is seconds, from 0\.05 to 86400"):
        system(every)


def test_its_plot_is_heard_of_at_once(logged: Logged) -> None:
    pytest.importorskip("psutil")
    heard: list[str] = []
    logged.publisher.heard = heard.append
    system(60, plot="mine")
    assert heard == ["mine"]
    proposed, said = logged.commands()
    assert said == SetOptions("mine", {})
    assert isinstance(proposed, SetOptions)
    assert proposed.is_proposal
    assert check_options(proposed.options)["panels"][0] == {
        "series": ["cpu/all", "cpu/this process"],
        "y_range": [0.0, 100.0],
        "y_label": "cpu",
        "y_unit": "%",
    }
