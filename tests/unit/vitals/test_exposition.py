"""What Prometheus reads: the formats, the names, and that to write much holds nobody up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from prometheus_client import REGISTRY
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_families
from prometheus_client.parser import text_string_to_metric_families as families
from support.paths import ROOT

from zwsnb.turns.pause import PAUSE
from zwsnb.vitals.exposition import FIGURES, PLOT_FIGURES, exposing
from zwsnb.vitals.vitals import PlotVitals

OPEN = "application/openmetrics-text"
STATS: dict[str, Any] = {
    "uptime": 12.5,
    "points": 7,
    "viewers": 2,
    "rates": {"points": 1.5, "shown": 0.5, "bytes": 100.0},
    "memory": {"history": 10, "budget": 20, "resident": 30},
    "shown": {"delivered": 1, "conflated": 2, "dropped": 3, "bytes": 4},
    "lost": {"dropped": 5, "missing": 6, "late": 7, "refused": 8},
    "refused": {"messages": {"not JSON": 9}, "requests": {"host": 10, "no key": 11}},
    "errors": 12,
    "lag": {"last": 0.25, "worst": 0.5},
    "restarts": {"count": 13, "reason": "somebody asked for it"},
}
HOSTILE = 'a "plot"\\ of\ntwo lines, größe Ω 💩 {x="y"} #'


class FakeVitals:
    def __init__(self, plots: int = 0, **more: object) -> None:
        self._plots, self._more = plots, more

    def stats(self, errors: int) -> Any:
        return STATS | {"errors": errors} | self._more

    def plots(self) -> Iterator[PlotVitals]:
        yield PlotVitals(HOSTILE, 3, 4, 5)
        for number in range(self._plots):
            yield PlotVitals(f"plot {number}", number, 1, 0)


def exposed(vitals: FakeVitals, accept: str = "") -> tuple[str, str]:
    [(kind, text)] = exposing(vitals, 12, accept)  # type: ignore[arg-type]
    return kind, text.decode()


def samples(text: str) -> dict[tuple[str, str], float]:
    """The values by name and label, as a reader has them."""
    parse = open_families if text.endswith("# EOF\n") else families
    return {
        (sample.name, "".join(sample.labels.values())): sample.value
        for family in parse(text)
        for sample in family.samples
    }


EXPECTED = {
    ("zwsnb_uptime_seconds", ""): 12.5,
    ("zwsnb_restarts_total", ""): 13,
    ("zwsnb_hub_lag_seconds", ""): 0.25,
    ("zwsnb_hub_lag_worst_seconds", ""): 0.5,
    ("zwsnb_errors_total", ""): 12,
    ("zwsnb_points_total", ""): 7,
    ("zwsnb_points_per_second", ""): 1.5,
    ("zwsnb_lost_points_total", "dropped"): 5,
    ("zwsnb_lost_points_total", "missing"): 6,
    ("zwsnb_lost_points_total", "late"): 7,
    ("zwsnb_lost_points_total", "refused"): 8,
    ("zwsnb_refused_messages_total", "not JSON"): 9,
    ("zwsnb_refused_requests_total", "host"): 10,
    ("zwsnb_refused_requests_total", "no key"): 11,
    ("zwsnb_viewer_points_total", "delivered"): 1,
    ("zwsnb_viewer_points_total", "conflated"): 2,
    ("zwsnb_viewer_points_total", "dropped"): 3,
    ("zwsnb_viewer_points_per_second", ""): 0.5,
    ("zwsnb_viewer_bytes_total", ""): 4,
    ("zwsnb_viewer_bytes_per_second", ""): 100,
    ("zwsnb_viewers", ""): 2,
    ("zwsnb_history_bytes", ""): 10,
    ("zwsnb_history_budget_bytes", ""): 20,
    ("zwsnb_resident_memory_bytes", ""): 30,
    ("zwsnb_plot_points_total", HOSTILE): 3,
    ("zwsnb_plot_bytes", HOSTILE): 4,
    ("zwsnb_plot_viewers", HOSTILE): 5,
}


@pytest.mark.parametrize("accept", ["", OPEN])
def test_a_reader_has_every_figure(accept: str) -> None:
    assert samples(exposed(FakeVitals(), accept)[1]) == EXPECTED


def test_what_the_system_does_not_say_is_left_out() -> None:
    found = samples(exposed(FakeVitals(memory=STATS["memory"] | {"resident": None}))[1])
    assert ("zwsnb_resident_memory_bytes", "") not in found
    assert len(found) == len(EXPECTED) - 1


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "text/plain; version=0.0.4"),
        ("*/*", "text/plain; version=0.0.4"),
        ("text/plain;version=1.0.0;escaping=allow-utf-8", "text/plain; version=0.0.4"),
        (f"{OPEN};version=1.0.0,text/plain;version=0.0.4;q=0.5", f"{OPEN}; version=1.0.0"),
        (OPEN, f"{OPEN}; version=1.0.0"),
        (f"{OPEN}; version=abc", f"{OPEN}; version=1.0.0"),
        (f"{OPEN}; version=1.0.0; escaping=<script>", f"{OPEN}; version=1.0.0"),
    ],
)
def test_the_format_is_what_the_reader_accepts(accept: str, kind: str) -> None:
    found, text = exposed(FakeVitals(), accept)
    assert found == f"{kind}; charset=utf-8"
    assert text.endswith("# EOF\n") == kind.startswith(OPEN)


def test_names_and_helps_are_as_prometheus_would_have_them() -> None:
    names = [figure.name for figure in (*FIGURES, *PLOT_FIGURES)]
    assert len(set(names)) == len(names)
    units = re.compile(r"zwsnb_[a-z_]*(_seconds|_bytes|_total|_per_second|viewers)")
    for figure in (*FIGURES, *PLOT_FIGURES):
        assert units.fullmatch(figure.name), figure.name
        assert figure.help.endswith("."), figure.name


def test_all_registries_but_its_own_are_left_alone() -> None:
    before = {family.name for family in REGISTRY.collect()}
    exposed(FakeVitals())
    assert {family.name for family in REGISTRY.collect()} == before


def test_of_a_thousand_plots_it_lets_others_have_their_turn_between_few() -> None:
    pauses = 0

    def pause() -> None:
        nonlocal pauses
        pauses += 1

    token = PAUSE.set(pause)
    try:
        text = exposed(FakeVitals(1000))[1]
    finally:
        PAUSE.reset(token)
    assert pauses >= 4 * (1000 // 16)  # those that it finds, and three metrics of each
    assert len(samples(text)) == len(EXPECTED) + 3 * 1000


def test_the_guide_has_a_row_for_each_metric() -> None:
    guide = (ROOT / "docs/watching.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(zwsnb_\w+)` \| (.*?) \| (.*) \|$", guide, re.MULTILINE)
    labels = {figure.name: figure.label for figure in FIGURES}
    assert [(name, label.strip("`"), help_) for name, label, help_ in rows] == [
        (figure.name, labels.get(figure.name, "plot"), figure.help)
        for figure in (*FIGURES, *PLOT_FIGURES)
    ]
