"""The lines that `%zwsnb` and `zwsnb status` print."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from zwsnb.commands import status_text

IN_COLUMNS = "drawn in columns of pixels, all extremes there"

VIEWER = {
    "accepted": 30,
    "delivered": 10,
    "conflated": 1234,
    "dropped": 0,
    "queued": 5,
    "in_flight": 1,
    "patches": 7,
    "paused": False,
}


def stats(**more: Any) -> Any:
    """The statistics of a service without plots."""
    return {
        "zwsnb": "1.2",
        "program": "notebook a.ipynb",
        "pid": 12,
        "started": datetime.fromisoformat("2026-07-01T12:30:05").astimezone().timestamp(),
        "url": "http://h/",
        "plots_url": "http://h/plots",
        "points": 0,
        "bytes": 0,
        "viewers": 0,
        "plots": {},
        "counts": {},
    } | more


def series(points: int, held: int, *, xy: bool = False) -> dict[str, Any]:
    return {
        "points": points,
        "xy": xy,
        "held": [{"points_per_row": 1, "rows": held, "from_point": points - held}],
    }


def test_a_service_with_nothing_yet() -> None:
    assert (
        status_text.text(stats()) == "zwsnb 1.2 at http://h/\n"
        "  notebook a.ipynb, process 12, since 2026-07-01 12:30:05\n"
        "  0 points in 0 plots, 0 MiB; 0 viewers"
    )


@pytest.mark.parametrize("language", ["C", "Python"])
def test_it_says_in_which_language_publish_runs(language: str) -> None:
    second = status_text.text(stats(publish=language)).splitlines()[1]
    assert second.endswith(f"since 2026-07-01 12:30:05; publish runs in {language}")


def test_a_service_with_everything() -> None:
    other = dict.fromkeys(VIEWER, 0) | {"through": "hub.test:8888"}
    plot = {"points": 1_200_001, "viewers": [VIEWER, other]}
    plot["series"] = {"y": series(1_200_000, 1000), "b": series(1, 1, xy=True)}
    text = status_text.text(
        stats(
            plots={"p": plot}, points=1_200_001, bytes=5 << 20, viewers=2, listening=["tcp://a:1"]
        )
    )
    assert text.splitlines()[2:] == [
        "  plain producers: tcp://a:1",
        "  1,200,001 points in 1 plot, 5 MiB; 2 viewers",
        "  p: 1,200,001 points, 2 viewers",
        "    y: 1,200,000 points, the newest 1,000 in full",
        "    b: 1 point, XY: x swings",
        f"    viewer 1: 10 drawn as they are, 1,234 {IN_COLUMNS}, 5 to come",
        "    viewer 2: nothing yet, through hub.test:8888",
    ]


def test_of_an_image_its_rows_are_said_and_of_what_is_beside_it_the_points() -> None:
    image = {"name": "image", "rows": 20, "values": 20, "before": 40}
    frame = {"points": 60, "viewers": [], "series": {}, "image": image}
    both = {"points": 61, "viewers": [], "series": {"y": series(1, 1)}, "image": image}
    lines = status_text.text(stats(plots={"frame": frame, "both": both}, points=121)).splitlines()
    assert lines[3:] == [
        "  1 point, 120 rows of images in 2 plots, 0 MiB; 0 viewers",
        "  frame: 20 rows of 20 values, 0 viewers",
        "  both: 1 point, 20 rows of 20 values, 0 viewers",
        "    y: 1 point",
    ]
    alone = status_text.text(stats(plots={"frame": frame}, points=60))
    assert "  60 rows of images in 1 plot, 0 MiB; 0 viewers" in alone


def test_what_went_wrong_is_said() -> None:
    counts = {"missing": 1000, "dropped": 2, "gaps": 3, "refused": {"not JSON": 4, "too large": 1}}
    said = status_text.text(stats(counts=counts, notices=["Connect it anew."]))
    assert said.splitlines()[3:] == [
        "  1,000 missing: sent, but never arrived",
        "  2 dropped: the relay could not keep up",
        "  3 gaps: y was NaN or infinite",
        "  refused messages: 4 not JSON, 1 too large",
        "  Connect it anew.",
    ]


def vitals(**more: Any) -> dict[str, Any]:
    """What a service knows of itself that has nothing to say."""
    return {
        "rates": {"points": 0.0, "shown": 0.0, "bytes": 0.0},
        "memory": {"history": 0, "budget": 1 << 30, "resident": None},
        "lost": {"dropped": 0, "missing": 0, "late": 0, "refused": 0},
        "refused": {"messages": {}, "requests": {}},
        "lag": {"last": 0.0, "worst": 0.02},
        "restarts": {"count": 0, "reason": ""},
    } | more


def said_of(**more: Any) -> list[str]:
    return status_text.text(stats(vitals=vitals(**more))).splitlines()[2:]


def test_where_nothing_goes_on_nothing_is_said_of_it() -> None:
    assert said_of() == ["  0 points in 0 plots, 0 MiB of 1,024 MiB; 0 viewers"]


@pytest.mark.parametrize(
    ("more", "line"),
    [
        (
            {"rates": {"points": 12345.6, "shown": 24690.1, "bytes": 410_000.0}},
            "now: 12,346 points/s come, 24,690 points/s are shown, viewers are sent 410 kB/s",
        ),
        ({"rates": {"points": 0.2, "shown": 0.0, "bytes": 99.0}}, "now: 0.2 points/s come"),
        ({"rates": {"points": 0.0, "shown": 3.0, "bytes": 0.0}}, "now: 3 points/s are shown"),
        (
            {"rates": {"points": 0.0, "shown": 0.0, "bytes": 1234.0}},
            "now: viewers are sent 1.2 kB/s",
        ),
        (
            {"lag": {"last": 0.0, "worst": 1.32}},
            "the relay came up to 1,320 ms late in the last minute",
        ),
        (
            {"lost": {"dropped": 1, "missing": 2, "late": 3, "refused": 4000}},
            "4,000 points refused: they are in no plot",  # the others are said among the counts
        ),
        (
            {"restarts": {"count": 1, "reason": "somebody asked for it"}},
            "started anew once, since somebody asked for it",
        ),
        (
            {"restarts": {"count": 1200, "reason": "it was killed"}},
            "started anew 1,200 times, the last time, since it was killed",
        ),
        (
            {"refused": {"messages": {"a": 1}, "requests": {"no key": 9, "key": 1, "host": 1000}}},
            "refused requests: 1 key, 1,000 host",
        ),
    ],
)
def test_what_goes_on_is_said_in_a_line_each(more: dict[str, Any], line: str) -> None:
    assert said_of(**more)[1:] == [f"  {line}"]


def test_what_is_refused_day_by_day_is_no_news() -> None:
    assert len(said_of(refused={"messages": {}, "requests": {"no key": 9, "not found": 2}})) == 1


def test_the_memory_of_the_process_is_said_where_it_is_known() -> None:
    memory = {"history": 0, "budget": 50 << 20, "resident": 240 << 20}
    assert said_of(memory=memory) == [
        "  0 points in 0 plots, 0 MiB of 50 MiB (the process has 240 MiB); 0 viewers"
    ]
