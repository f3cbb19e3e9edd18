"""What a service knows of itself, as Prometheus and who asks in JSON are told: the same figures,
true of what goes on, and counts that never become less.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import Request

import numpy as np
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_families
from prometheus_client.parser import text_string_to_metric_families as families
from support.eventually import PATIENCE, eventually
from support.killing import kill_hub
from support.paths import ROOT
from support.raw_websocket import KEY
from support.services import (
    DIRECT,
    Page,
    get,
    own,
    page,
    producer,
    running,
    send_until_heard,
    stats,
)

from zwsnb import api
from zwsnb.lives.restarts import BY_HAND
from zwsnb.producer import queue
from zwsnb.protocol.batch import Clear, Close
from zwsnb.protocol.stats import VitalStats
from zwsnb.service.service import Service

Key = tuple[str, str]
OPEN: Final = "application/openmetrics-text; version=1.0.0"


def scrape(service: Service, accept: str = "") -> dict[Key, float]:
    """The metrics by name and label, as Prometheus asks for them."""
    headers = {"Accept": accept, "Authorization": f"Bearer {service.token}"}
    status, answer, body = get(service, "/metrics", headers, token=None)
    assert status == 200
    assert answer["Cache-Control"] == "no-store"
    parse = open_families if accept else families
    return {
        (sample.name, "".join(sample.labels.values())): sample.value
        for family in parse(body.decode())
        for sample in family.samples
    }


def counters(found: Mapping[Key, float]) -> dict[Key, float]:
    """The counts of a scrape; those of plots begin anew with a plot."""
    return {
        key: value
        for key, value in found.items()
        if key[0].endswith("_total") and not key[0].startswith("zwsnb_plot_")
    }


class Watch:
    """Prometheus, which scrapes whenever it is asked to, and sees no count become less."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.before = counters(scrape(service))

    def look(self) -> dict[Key, float]:
        now = scrape(self._service)
        after = counters(now)
        assert {key: n for key, n in self.before.items() if after[key] < n} == {}
        self.before = after
        return now

    def until(self, name: str, label: str, value: float) -> None:
        eventually(lambda: self.look().get((f"zwsnb_{name}", label)) == value, f"{name} {label}")


@pytest.fixture
def alone() -> Iterator[Service]:
    """A service that nobody else has done anything to."""
    with running(listen=["tcp://127.0.0.1:*"]) as service:
        yield service


def outcome(found: VitalStats) -> Mapping[Key, float]:
    """What a scrape would show of the figures of /stats that stand still by themselves."""
    tables: dict[str, Any] = {
        "lost_points_total": found["lost"],
        "refused_messages_total": found["refused"]["messages"],
        "refused_requests_total": found["refused"]["requests"],
        "viewer_points_total": {
            "delivered": found["shown"]["delivered"],
            "conflated": found["shown"]["conflated"],
            "dropped": found["shown"]["dropped"],
        },
    }
    values = {
        "points_total": found["points"],
        "viewers": found["viewers"],
        "viewer_bytes_total": found["shown"]["bytes"],
        "history_bytes": found["memory"]["history"],
        "history_budget_bytes": found["memory"]["budget"],
        "errors_total": found["errors"],
        "restarts_total": found["restarts"]["count"],
    }
    return {(f"zwsnb_{name}", ""): value for name, value in values.items()} | {
        (f"zwsnb_{name}", key): value for name, its in tables.items() for key, value in its.items()
    }


@pytest.mark.parametrize("accept", ["", OPEN])
def test_prometheus_and_json_are_told_the_same(alone: Service, accept: str) -> None:
    own(alone).bind("p")(np.arange(5000.0), np.arange(5000.0))
    with page(alone, plot="p") as viewer:
        viewer.look(width=100).until_x(4999)
        viewer.say("nonsense")
        eventually(lambda: stats(alone)["vitals"]["refused"]["messages"])
        get(alone, "/stats", token="wrong")
        seen = eventually(lambda: both_at_rest(alone, accept))
        assert seen is not None
        assert seen["zwsnb_refused_requests_total", "key"] == 1
        assert seen["zwsnb_refused_messages_total", "unknown page message"] == 1
        assert seen["zwsnb_viewer_points_total", "conflated"] > 4000
        assert seen["zwsnb_plot_points_total", "p"] == seen["zwsnb_points_total", ""] == 5000
        assert seen["zwsnb_plot_viewers", "p"] == seen["zwsnb_viewers", ""] == 1
        assert seen["zwsnb_uptime_seconds", ""] > 0
        assert seen.get(("zwsnb_resident_memory_bytes", ""), 1 << 30) > 1 << 20


def both_at_rest(service: Service, accept: str) -> dict[Key, float] | None:
    """A scrape that stands between two answers of /stats that are the same."""
    before = outcome(stats(service)["vitals"])
    seen = scrape(service, accept)
    if outcome(stats(service)["vitals"]) != before:
        return None
    assert {key: seen[key] for key in before} == before
    return seen


def test_rates_say_what_flows_and_when_it_has_stopped(alone: Service) -> None:
    put, n = own(alone).bind("p"), itertools.count()

    def flows() -> bool:
        x = next(n)
        put(x, x)
        viewer.until_x(x)
        rates = stats(alone)["vitals"]["rates"]
        return min(rates["points"], rates["shown"], rates["bytes"] / 50) > 2

    with page(alone, plot="p") as viewer:
        viewer.look()
        eventually(flows)
    assert scrape(alone)["zwsnb_points_per_second", ""] > 0
    eventually(lambda: not any(stats(alone)["vitals"]["rates"].values()))
    assert scrape(alone)["zwsnb_points_per_second", ""] == 0


def test_counts_are_kept_of_viewers_that_leave_and_plots_that_are_cleared_and_closed(
    alone: Service,
) -> None:
    watch, put = Watch(alone), own(alone).bind("p")
    put(np.arange(1000.0), np.arange(1000.0))
    with page(alone, plot="p") as viewer:
        viewer.look().until_x(999)
        watch.until("viewer_points_total", "delivered", 1000)
        drop(alone, viewer)
        watch.until("viewer_points_total", "dropped", 700)
    watch.until("viewers", "", 0)
    alone.call(alone.relay.dispatch, Clear("p"))
    watch.look()
    alone.call(alone.relay.dispatch, Close("p"))
    last = watch.look()
    assert last["zwsnb_viewer_points_total", "dropped"] == 700
    assert last["zwsnb_points_total", ""] == 1000 + 702
    assert ("zwsnb_plot_points_total", "p") not in last
    put(1, 1)
    watch.until("points_total", "", 1703)
    alone.restart()
    assert counters(scrape(alone))["zwsnb_points_total", ""] == 1703
    assert watch.look()["zwsnb_restarts_total", ""] == 1


def drop(service: Service, viewer: Page) -> None:
    """Have 700 points cleared that a page was not sent, since it owes acknowledgements."""
    put = own(service).bind("p")
    for x in (1000.0, 1001.0):
        put(x, x)
        while viewer.page.newest[0][0] != x:
            viewer.hear()
    put(np.arange(2000.0, 2700.0), np.zeros(700))
    assert own(service).flush()
    service.stats()  # and so it has been taken
    service.call(service.relay.dispatch, Clear("p"))
    viewer.ack()


# -- what is lost and refused, by reason -----------------------------------------------------------


def test_points_that_a_producer_drops_are_told(
    alone: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, put = Watch(alone), own(alone).bind("p")
    monkeypatch.setattr(queue, "HIGH_WATER_MARK", 2_000_000)

    def flood() -> None:
        for begin in range(0, 500_000, 50_000):
            put(np.arange(begin, begin + 50_000.0), np.zeros(50_000))

    alone.call(flood)  # in the hub's thread, which takes nothing meanwhile
    lost = watch.look()["zwsnb_lost_points_total", "dropped"]
    assert 0 < lost < 500_000
    watch.until("points_total", "", 500_000 - lost)


def test_points_that_are_refused_are_told(alone: Service) -> None:
    watch = Watch(alone)
    alone.call(alone.relay.set_options, "p", {"time": True})
    own(alone).bind("p")(1e300, 1)
    watch.until("lost_points_total", "refused", 1)
    watch.until("refused_messages_total", "no time", 1)
    assert {key for key, n in watch.before.items() if n and key[0].startswith("zwsnb_lost")} == {
        ("zwsnb_lost_points_total", "refused")
    }


def test_messages_that_are_refused_are_told_by_reason(alone: Service) -> None:
    watch = Watch(alone)
    with producer(alone.listening[0]) as socket, page(alone) as viewer:
        send_until_heard(alone, socket)
        for message in (b"no JSON", b'{"x": 1, "y": "a"}', b'{"x": 1, "y": "b"}', b"x" * 70_000):
            socket.send(message)
        viewer.say("no such message")
        for reason, count in {"not JSON": 1, "not a number": 2, "too large": 1}.items():
            watch.until("refused_messages_total", reason, count)
        watch.until("refused_messages_total", "unknown page message", 1)


def request(service: Service, line: str, *headers: str) -> int:
    """The status of what is answered to a request that is written by hand."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=10)
    connection.connect()
    host = f"Host: 127.0.0.1:{service.port}"
    named = [each for each in headers if each.startswith("Host:")]
    head = (f"{line} HTTP/1.1", *(() if named else (host,)), *headers, "", "")
    with contextlib.closing(connection):
        connection.sock.sendall("\r\n".join(head).encode())
        answer = http.client.HTTPResponse(connection.sock)
        answer.begin()
        answer.read()
        return answer.status


UPGRADE: Final = ("Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {KEY}")
REFUSED: Final = {
    "host": ("GET /stats?token=TOKEN", "Host: evil.example"),
    "origin": ("GET /stats?token=TOKEN", "Origin: http://evil.example"),
    "no key": ("GET /stats",),
    "key": ("GET /stats", "Authorization: Bearer wrong"),
    "question": ("GET /alive?ask=what",),
    "method": ("POST /stats?token=TOKEN",),
    "malformed": ("GET /stats?token=TOKEN", "Content-Length: 5"),
    "upgrade": ("GET /stats?token=TOKEN", *UPGRADE, "Sec-WebSocket-Version: 13"),
    "not found": ("GET /csv?token=TOKEN&plot=none",),
    "bad request": ("GET /ws?token=TOKEN",),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_requests_that_are_refused_are_told_by_reason(service: Service, reason: str) -> None:
    watch = Watch(service)
    key = ("zwsnb_refused_requests_total", reason)
    before = watch.before.get(key, 0)
    line, *headers = (each.replace("TOKEN", service.token) for each in REFUSED[reason])
    for count in (1, 2):
        assert request(service, line, *headers) >= 400
        assert watch.look()[key] == before + count


def test_a_handshake_of_another_version_is_refused_and_told(service: Service) -> None:
    watch = Watch(service)
    before = watch.before.get(("zwsnb_refused_requests_total", "upgrade"), 0)
    line = f"GET /ws?token={service.token}&v=1"
    assert request(service, line, *UPGRADE, "Sec-WebSocket-Version: 7") >= 400
    watch.until("refused_requests_total", "upgrade", before + 1)


def test_a_proof_that_was_brought_before_is_refused_and_told(alone: Service) -> None:
    watch = Watch(alone)
    asked = alone._address.proved("/version", plot="plot").url.partition(f":{alone.port}")[2]
    assert request(alone, f"GET {asked}") == 404  # there is no such plot, and so it was let in
    assert request(alone, f"GET {asked}") == 403
    watch.until("refused_requests_total", "spent", 1)


def test_no_reason_is_made_up_by_who_is_refused(service: Service) -> None:
    for number in range(20):
        request(service, f"GET /invented-{number}?token={service.token}", f"X-{number}: 1")
        request(service, f"GET /stats?token=wrong-{number}")
        request(service, f"BREW{number} /stats")
    reasons = {label for name, label in scrape(service) if name == "zwsnb_refused_requests_total"}
    assert reasons <= {*REFUSED, "spent", "stranger", "slow header", "slow reader", "busy"}


# -- how late, and how often -----------------------------------------------------------------------


def test_a_hub_that_is_held_up_is_late_and_it_is_told(alone: Service) -> None:
    alone.call(time.sleep, 0.35)
    # A timer was due in this time, a tenth of a second before its end at the latest.
    eventually(lambda: stats(alone)["vitals"]["lag"]["worst"] >= 0.09)
    assert scrape(alone)["zwsnb_hub_lag_worst_seconds", ""] >= 0.09


def test_a_restart_is_counted_with_its_reason_and_keeps_what_was_counted() -> None:
    with running() as service:
        assert stats(service)["vitals"]["restarts"] == {"count": 0, "reason": ""}
        get(service, "/stats", token="wrong")
        with page(service) as viewer:
            own(service).bind("plot")([1, 2, 3], [1, 2, 3])
            viewer.look().until_x(3)
            eventually(lambda: stats(service)["vitals"]["shown"]["delivered"] == 3)
            watch = Watch(service)
            service.restart()
        for count in (1, 2):
            found = stats(service)["vitals"]
            assert found["restarts"] == {"count": count, "reason": BY_HAND}
            assert watch.look()["zwsnb_restarts_total", ""] == count
            assert (found["points"], found["shown"]["delivered"]) == (3, 3)
            assert found["refused"]["requests"]["key"] == 1
            if count == 1:
                service.restart()


def test_a_restart_after_a_failure_says_what_had_failed() -> None:
    with running() as service:
        kill_hub(service)
        service.restart()
        restarts = stats(service)["vitals"]["restarts"]
        assert restarts["count"] == 1
        assert restarts["reason"].startswith("the thread of zwsnb's relay has ended at ")
        assert "%zwsnb" not in restarts["reason"]


# -- how it is set up ------------------------------------------------------------------------------


PAGE: Final = (ROOT / "docs/watching.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """What stands on the page in this language."""
    return PAGE.partition(f"\n```{language}\n")[2].partition("\n```\n")[0]


@pytest.mark.skipif(sys.platform == "win32", reason="a recipe of a shell")
def test_prometheus_comes_in_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / "services"))
    command = tmp_path / "zwsnb"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m zwsnb "$@"\n', encoding="utf-8")
    command.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    recipe = block("sh").replace("8000", "0")
    with subprocess.Popen(
        ["sh", "-c", recipe],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as shell:
        try:
            assert shell.stdout is not None
            served = urlsplit(shell.stdout.readline())
            token = tmp_path / Path(credentials()).name
            assert token.stat().st_mode & 0o077 == 0
            request = Request(
                f"http://{served.netloc}/metrics",
                headers={"Authorization": f"Bearer {token.read_text(encoding='utf-8')}"},
            )
            with DIRECT.open(request, timeout=PATIENCE) as answer:
                names = {family.name for family in families(answer.read().decode())}
            assert "zwsnb_uptime_seconds" in names
        finally:
            os.killpg(shell.pid, signal.SIGTERM)


def credentials() -> str:
    """Where Prometheus looks for the token, in a configuration that it can read."""
    yaml = pytest.importorskip("yaml")
    [job] = yaml.safe_load(block("yaml"))["scrape_configs"]
    assert job.keys() == {"job_name", "authorization", "static_configs"}
    assert job["static_configs"] == [{"targets": ["127.0.0.1:8000"]}]
    return str(job["authorization"]["credentials_file"])


def test_a_program_writes_the_token_as_the_page_says(
    own_session: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del own_session
    monkeypatch.chdir(tmp_path)
    exec(compile(block("python").replace("8000", "0"), "watching.md", "exec"), {})  # noqa: S102
    file = tmp_path / "zwsnb.token"
    assert file.stat().st_mode & 0o077 == 0
    assert file.read_text(encoding="utf-8") == api.service().connection.token
