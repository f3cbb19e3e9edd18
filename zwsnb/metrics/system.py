"""`zwsnb.system`: what the machine does, on a plot of its own."""

from __future__ import annotations

import contextlib
import importlib
import queue
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeAlias

from zwsnb import api
from zwsnb.metrics.log import log, propose_panels
from zwsnb.plot.plot import Plot
from zwsnb.producer import native
from zwsnb.protocol.batch import SetOptions
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.series_options import PanelOptions
from zwsnb.protocol.sizes import seconds_of

Readings: TypeAlias = dict[str, float]
Read: TypeAlias = Callable[[], Readings]

_LEAST, _MOST = 0.05, 86_400.0

_GPUS: Final = 16
"""Of which the series have a panel; those of others are in the last one."""


def _panel(group: str, names: Iterable[str], unit: str) -> PanelOptions:
    share: PanelOptions = {"y_range": (0, 100)} if unit == "%" else {}
    series = [f"{group}/{name}" for name in names]
    return {"series": series, "y_label": group, "y_unit": unit, **share}


_PANELS: Final = (
    _panel("cpu", ("all", "this process"), "%"),
    _panel("memory", ("all", "this process"), "%"),
    _panel("disk", ("read", "write"), "B/s"),
    _panel("network", ("recv", "sent"), "B/s"),
)
_GPU_PANEL: Final = _panel("gpu", (f"{i}{it}" for i in range(_GPUS) for it in ("", " memory")), "%")


class System:
    """A thread that measures the machine, until `stop` or `zwsnb.stop`; ``is_running`` until
    then.
    """

    def __init__(self, plot: str, every: float) -> None:
        self.plot, self.every = plot, every
        gpus = list(_gpus())
        self._reads = [*_reads(), *gpus]
        self.panels = [*_PANELS, *([_GPU_PANEL] if gpus else [])]
        self._words: native.SimpleQueue[None] = native.SimpleQueue()
        self.is_running = True
        self._thread = native.thread("zwsnb system", self._run)
        self._thread.start()

    def stop(self) -> None:
        """Measure no more."""
        self.is_running = False
        self._words.put(None)
        if self._thread.ident != native.get_ident():
            self._thread.join(1.0)

    def _run(self) -> None:
        while self._waits():
            try:
                propose_panels(self.plot, self.panels)  # again, where the plot was closed
                log(self._readings(), step=datetime.now(UTC), plot=self.plot)
            except Exception as error:  # noqa: BLE001 - a thread has nobody to tell
                if self.is_running:
                    import logging

                    logging.getLogger("zwsnb.system").warning("it has ended: %s", error)
                self.is_running = False

    def _waits(self) -> bool:
        """Wait until the next measurement; False when there is none."""
        with contextlib.suppress(queue.Empty):
            self._words.get(timeout=self.every)
        return self.is_running

    def _readings(self) -> Readings:
        found: Readings = {}
        for read in self._reads:
            found |= read()
        return found

    def __repr__(self) -> str:
        return f"<zwsnb.system on plot {self.plot!r}, {'running' if self.is_running else 'ended'}>"


_running: Final[dict[str, System]] = {}


@public()
def system(every: float | str | timedelta = 1.0, plot: str | Plot = "system") -> System:
    """Show processor, memory, disk, network and GPU on a plot, measured by a thread every so many
    seconds, until ``.stop()`` of what it returns, or `zwsnb.stop`. Called again, it measures anew.

    Args:
        every: seconds between two measurements, or a span of time as in "500ms" (default: 1)
        plot: a plot, or its name (default: "system")

    Raises:
        ImportError: psutil is not installed: pip install "zwsnb[system]".
        ValueError: it is too often, or hardly ever.
    """
    every = seconds_of(every, "every") if isinstance(every, str | timedelta) else every
    if not _LEAST <= every <= _MOST:
        raise ValueError(f"every is {every!r}; it is seconds, from {_LEAST} to {_MOST:.0f}")
    name = plot.name if isinstance(plot, Plot) else plot
    if name in _running:
        _running.pop(name).stop()
    api.ensure()
    made = _running[name] = System(name, every)
    # Now and not with the first measurement: a notebook shows the plot below this cell.
    with contextlib.suppress(RuntimeError):
        propose_panels(name, made.panels)
        api.publisher.send_command(SetOptions(name, {}))
        if api.publisher.heard is not None:
            api.publisher.heard(name)
    return made


def _stop_all() -> None:
    while _running:
        _running.popitem()[1].stop()


api.before_stop.append(_stop_all)


def _reads() -> Iterator[Read]:
    """Yield what can be measured here."""
    try:
        psutil = importlib.import_module("psutil")
    except ImportError:
        raise ImportError('zwsnb.system needs psutil: pip install "zwsnb[system]"') from None
    process, cores = psutil.Process(), psutil.cpu_count() or 1

    def load() -> Readings:
        memory = psutil.virtual_memory()
        own = 100 * process.memory_info().rss / memory.total
        return {
            "cpu/all": psutil.cpu_percent(),
            "cpu/this process": process.cpu_percent() / cores,
            "memory/all": memory.percent,
            "memory/this process": own,
        }

    load()  # psutil counts from the last call on
    yield load
    yield rates("disk", psutil.disk_io_counters, ("read", "write"))
    yield rates("network", psutil.net_io_counters, ("recv", "sent"))


def rates(group: str, counters: Callable[[], Any], kinds: tuple[str, ...]) -> Read:
    """Return what reads counters of bytes as bytes a second; nothing where there are none."""
    before: list[tuple[float, dict[str, float]]] = []

    def read() -> Readings:
        found, now = counters(), time.monotonic()
        if found is None:
            return {}
        counts = {kind: _bytes_in(found, kind) for kind in kinds}
        last = before.pop() if before else None
        before.append((now, counts))
        if last is None or now <= last[0]:
            return {}
        seconds = now - last[0]
        return {
            f"{group}/{kind}": max(0.0, counts[kind] - last[1][kind]) / seconds for kind in kinds
        }

    read()
    return read


def _bytes_in(counters: Any, kind: str) -> float:
    name = f"bytes_{kind}" if hasattr(counters, f"bytes_{kind}") else f"{kind}_bytes"
    return float(getattr(counters, name))


def _gpus() -> Iterator[Read]:
    """Yield what NVML can measure, where it is installed and finds a GPU."""
    try:
        nvml = importlib.import_module("pynvml")
        nvml.nvmlInit()
        handles = [nvml.nvmlDeviceGetHandleByIndex(i) for i in range(nvml.nvmlDeviceGetCount())]
    except Exception:  # noqa: BLE001 - no module, no driver, no GPU: each has an error of its own
        return

    def read() -> Readings:
        found: Readings = {}
        for i, handle in enumerate(handles):
            memory = nvml.nvmlDeviceGetMemoryInfo(handle)
            found[f"gpu/{i}"] = nvml.nvmlDeviceGetUtilizationRates(handle).gpu
            found[f"gpu/{i} memory"] = 100 * memory.used / memory.total
        return found

    yield read
