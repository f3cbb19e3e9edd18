"""The statistics, of a relay that has no sockets but those of its context."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import get_type_hints

import numpy as np
import pytest

from zwsnb import __version__
from zwsnb.clients.viewers import Viewers
from zwsnb.history.plots import History
from zwsnb.protocol import stats
from zwsnb.protocol.images.rows import Rows
from zwsnb.quick.pairs import LANGUAGE
from zwsnb.relay.relay import Relay
from zwsnb.server.about import About
from zwsnb.server.error_log import ErrorLog
from zwsnb.server.statistics import Sources, hub_stats
from zwsnb.vitals.vitals import Vitals

ABOUT = About("run.py", 12, 1e9)


@pytest.fixture
def relay() -> Iterator[Relay]:
    relay = Relay(History(), "a token of a service")
    yield relay
    relay.stop()


def of(relay: Relay, errors: ErrorLog | None = None) -> Sources:
    viewers = Viewers(relay.history)
    vitals = Vitals(relay, viewers, lambda: 0)
    return Sources(relay, viewers, vitals, errors or ErrorLog(), ABOUT)


def test_a_service_with_nothing_yet(relay: Relay) -> None:
    found: dict[str, object] = {**hub_stats(of(relay))}
    assert found.pop("vitals")
    assert found == {
        "publish": LANGUAGE,
        "zwsnb": __version__,
        "program": "run.py",
        "pid": 12,
        "started": 1e9,
        "points": 0,
        "bytes": 0,
        "viewers": 0,
        "listening": [],
        "counts": {},
        "notices": [],
        "producers": {
            "own": None,
            "remote": {
                "producers": 0,
                "accepted": 0,
                "delivered": 0,
                "refused": 0,
                "dropped": 0,
                "missing": 0,
            },
            "plain": 0,
        },
        "plots": {},
    }


def test_what_json_cannot_carry_is_none(relay: Relay) -> None:
    relay.history.append("a", "y", np.array([1.0, 2.0]), np.array([3.0, math.nan]))
    found = hub_stats(of(relay))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["counts"] == found["plots"]["a"]["counts"] == {"gaps": 1}
    assert found["plots"]["a"]["progress"] == found["plots"]["a"]["controls"] == []
    assert found["plots"]["a"]["series"]["y"] == {
        "of": "y",
        "run": "",
        "number": 0,
        "cell": None,
        "points": 2,
        "last": [2.0, None],
        "x_range": [1.0, 2.0],
        "xy": False,
        "marked": False,
        "held": [{"points_per_row": 1, "rows": 2, "from_point": 0}],
    }


def test_the_errors_of_relay_and_server_are_added(relay: Relay) -> None:
    errors = ErrorLog()
    relay.refusals.fail(KeyError("a mistake"))
    errors.exception(None, KeyError, KeyError("another"), None)
    assert hub_stats(of(relay, errors))["vitals"]["errors"] == 2
    assert hub_stats(of(relay, errors))["counts"] == {"errors": 2}


def test_an_image_has_rows_of_values(relay: Relay) -> None:
    cells = np.zeros((3, 5), np.float32)
    for _ in range(2):
        rows = Rows("a", "image", np.arange(3.0), cells, (0.0, 4.0), is_whole=True)
        relay.history.get_or_create("a").append_rows(rows)
    plot = hub_stats(of(relay))["plots"]["a"]
    assert plot["image"] == {"name": "image", "rows": 3, "values": 5, "before": 3}
    assert set(plot["image"]) == set(get_type_hints(stats.ImageStats))
    assert plot["points"] == 6


def test_the_statistics_have_the_members_that_their_types_name(relay: Relay) -> None:
    relay.history.append("a", "y", np.array([1.0]), np.array([1.0]))
    found = hub_stats(of(relay))
    plot = found["plots"]["a"]
    for members, type_ in (
        (found, stats.HubStats),
        (found["producers"], stats.ProducerStats),
        (found["vitals"], stats.VitalStats),
        (found["vitals"]["rates"], stats.RateStats),
        (found["vitals"]["memory"], stats.MemoryStats),
        (found["vitals"]["shown"], stats.ShownStats),
        (found["vitals"]["lost"], stats.LostStats),
        (found["vitals"]["refused"], stats.RefusedStats),
        (found["vitals"]["lag"], stats.LagStats),
        (found["vitals"]["restarts"], stats.RestartStats),
        (plot, stats.PlotStats),
        (plot["series"]["y"], stats.SeriesStats),
        (plot["series"]["y"]["held"][0], stats.HeldRows),
    ):
        assert set(members) == set(get_type_hints(type_))
