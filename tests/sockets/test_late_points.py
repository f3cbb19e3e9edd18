"""Points that come late, as they do: two threads, two forked workers, a sample by a slow way."""

from __future__ import annotations

import json
import threading
import time

import numpy as np
from support.scripts import run
from support.services import own

from zwsnb.service.service import Service


def held(service: Service, plot: str) -> np.ndarray:
    """The points of the series "y"."""
    return service.points(plot, "y")


def test_a_sample_that_is_a_microsecond_late_costs_nothing(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    x = 1_795_900_000 + np.arange(300_000) / 1000
    publish(x, np.zeros(len(x)))
    publish(float(x[-1]) - 1e-6, 7.0)
    publish(float(x[-1]) + 1, 8.0)
    found = held(service, plot)
    assert len(found) == 300_002
    assert (np.diff(found[:, 0]) >= 0).all()
    assert found[-3:, 1].tolist() == [7, 0, 8]
    stats = service.stats()["plots"][plot]
    assert list(stats["series"]) == ["y"]
    assert not stats["series"]["y"]["xy"]
    assert stats["series"]["y"]["held"][0]["rows"] == stats["points"] == 300_002


def test_threads_that_publish_their_time_are_one_line(service: Service, plot: str) -> None:
    publish, n = own(service).bind(plot), 20_000

    def measure(value: float) -> None:
        for _ in range(n):
            publish(time.time(), value)

    threads = [threading.Thread(target=measure, args=(value,)) for value in (1.0, 2.0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = held(service, plot)
    assert len(found) == 2 * n
    assert (np.diff(found[:, 0]) >= 0).all()
    assert [int((found[:, 1] == value).sum()) for value in (1, 2)] == [n, n]
    assert list(service.stats()["plots"][plot]["series"]) == ["y"]


FORKED = """
    import multiprocessing, warnings
    import numpy as np
    warnings.simplefilter("ignore", DeprecationWarning)

    def work(value):
        for i in range(5000):
            zwsnb.publish(time.time(), value)
        zwsnb.stop()

    zwsnb.start()
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=work, args=(value,)) for value in (1, 2)]
    for worker in workers: worker.start()
    for worker in workers: worker.join()
    deadline = time.monotonic() + 20
    while zwsnb.stats()["points"] < 10_000 and time.monotonic() < deadline:
        time.sleep(0.01)
    points = zwsnb.Plot().to_numpy()
    stats = zwsnb.stats()
    print(json.dumps([
        len(points), bool((np.diff(points[:, 0]) >= 0).all()),
        [int((points[:, 1] == value).sum()) for value in (1, 2)],
        list(stats["plots"]["plot"]["series"]), stats["counts"],
        stats["producers"]["remote"]["accepted"], stats["producers"]["remote"]["delivered"]]))
"""


def test_forked_workers_that_publish_their_time_are_one_line() -> None:
    done = run(FORKED)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [10_000, True, [5000, 5000], ["y"], {}, 10_000, 10_000]
