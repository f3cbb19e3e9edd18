"""Producers that are killed while they publish."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest
from support.eventually import eventually
from support.services import running, stats

from zwsnb.service import connection_file
from zwsnb.service.service import Service

PRODUCER = """
import itertools, sys, zwsnb
zwsnb.connect(sys.argv[1])
end = int(sys.argv[2])
for i in itertools.count() if end < 0 else range(end):
    zwsnb.publish(i, i, series=sys.argv[3])
zwsnb.stop()
"""


@pytest.fixture
def service() -> Iterator[Service]:
    with running(memory="4 MB") as found:
        yield found


def produce(service: Service, series: str, end: int = -1) -> subprocess.Popen[bytes]:
    """Start a producer; one without an end publishes until it is killed."""
    path = connection_file.path_of(service.info)
    return subprocess.Popen([sys.executable, "-c", PRODUCER, path, str(end), series])


def came(service: Service, series: str) -> int:
    found = stats(service)["plots"].get("plot", {"series": {}})["series"].get(series)
    return found["points"] if found else 0


def kill_one(service: Service, series: str) -> None:
    """Start a producer, and kill it in the middle of its burst."""
    with produce(service, series) as process:
        eventually(lambda: came(service, series) > 1000)
        process.kill()


def accounts_add_up(service: Service) -> bool:
    remote = stats(service)["producers"]["remote"]
    parts = ("delivered", "refused", "dropped", "missing")
    return remote["accepted"] == sum(remote[part] for part in parts)


@pytest.mark.slow
def test_killed_producers_leave_nothing_and_the_next_one_is_served(service: Service) -> None:
    kill_one(service, "first")
    process = psutil.Process(os.getpid())
    time.sleep(0.2)  # what the first one has left is closed: to begin with more would hide a leak
    before = process.num_fds()
    for i in range(4):
        kill_one(service, f"killed {i}")
        assert accounts_add_up(service)
    eventually(lambda: process.num_fds() <= before)
    with produce(service, "after", 1000):
        eventually(lambda: came(service, "after") == 1000)
    assert service.points("plot", "after")[:, 1].tolist() == list(range(1000))
    assert accounts_add_up(service)
