"""The command line as a user has it: real processes, what they print, and how they end."""

from __future__ import annotations

import json
import math
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit

import pytest
import zmq
from support.commands import Running, started, zwsnb_does
from support.eventually import PATIENCE, eventually
from support.services import DIRECT, dealer, page, producer, running

import zwsnb
from zwsnb.commands import cli as command_line, status_text
from zwsnb.producer.sink import Connection
from zwsnb.service import connection_file
from zwsnb.service.service import Service

ANYWHERE = "tcp://127.0.0.1:*"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of this test alone for the services that it runs."""
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / "services"))
    monkeypatch.setenv("COLUMNS", "200")


# -- help, and words that are wrong ----------------------------------------------------------------


def main(*words: str) -> int:
    """Run a command in this process, which is quicker; return what it would exit with."""
    try:
        return command_line.main(words)
    except SystemExit as end:
        return int(end.code or 0)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ((), ["serve", "demo", "pipe", "status", "--version"]),
        (
            ("serve",),
            [
                "--port",
                "--host",
                "--listen",
                "--subscribe",
                "--ingress",
                "--memory",
                "--allow-host",
                "--allow-origin",
                "--window",
            ],
        ),
        (("demo",), ["--port", "--no-browser"]),
        (("pipe",), ["--plot", "--to", "--x", "--now", "--header", "--delimiter", "--style"]),
        (("status",), ["--json"]),
    ],
)
def test_every_command_explains_itself(
    command: tuple[str, ...], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(*command, "--help") == 0
    out, err = capsys.readouterr()
    assert all(word in out for word in words)
    assert "--child" not in out
    assert err == ""


def test_the_version() -> None:
    assert zwsnb_does("--version").stdout == f"zwsnb {zwsnb.__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("dance",),
        ("serve", "--port", "x"),
        ("serve", "--colour"),
        ("serve", "--style", "dashed"),
        ("serve", "--y-range", "1", "0"),
        ("pipe", "--x"),
        ("pipe", "--x", "line", "--now"),
        ("pipe", "--delimiter", "ab"),
        ("pipe", "--delimiter", ""),
        ("pipe", "--delimiter", "1"),
    ],
)
def test_words_that_are_wrong_end_with_2_and_the_usage(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(*words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: zwsnb")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("serve", "--port", "0", "--listen", "nonsense"),
            "nonsense is no address that can be used",
        ),
        (("serve", "--port", "0", "--memory", "much"), "'much' is no size; write bytes as in"),
        (
            ("serve", "--port", "0", "--window", "-1"),
            "window is -1; it is 0 or more, in the units of x",
        ),
        (("serve", "--port", "0", "--line", "high"), "lines[0] is 'high'; it is a number"),
        (("serve", "--port", "0", "--history", "much"), "'much' is no size; write bytes as in"),
        (
            ("serve", "--host", "203.0.113.1", "--port", "0", "--allow-remote"),
            "port 0 at 203.0.113.1 cannot be used",
        ),
        (("serve", "--host", "0.0.0.0"), "other machines would reach the page at 0.0.0.0"),
        (("demo", "--host", "::"), "other machines would reach the page at ::"),
        (
            ("serve", "--ingress", "tcp://*:*", "--listen", "tcp://*:*"),
            "other machines would reach publishers at tcp://*:*, with the token, encrypted; ",
        ),
        (
            ("status",),
            "no zwsnb service is running: %load_ext zwsnb in a notebook, or `zwsnb serve`, starts",
        ),
        (
            ("pipe", "--to", "none.json"),
            "none.json is not the connection file of a running zwsnb service",
        ),
    ],
)
def test_what_cannot_be_done_ends_with_1_and_a_sentence(
    words: tuple[str, ...], sentence: str
) -> None:
    done = zwsnb_does(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"zwsnb: {sentence}") or done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1


def test_a_port_that_is_taken_is_told_with_what_helps() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = zwsnb_does("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "choose another, or 0 for a free one" in done.stderr
    assert "Traceback" not in done.stderr


# -- serve -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [ANYWHERE, "tcp://127.0.0.1:0"])
def test_serve_prints_one_line_takes_points_and_ends_cleanly(address: str) -> None:
    with started(
        "serve", "--port", "0", "--listen", address, "--window", "30", "--title", "Titel"
    ) as serve:
        assert len(parse_qs(urlsplit(serve.url).query)["token"][0]) >= 22
        [info] = connection_file.running()
        assert info["url"] == serve.url
        send(serve, 100)
        options = serve.stats()["plots"]["plot"]["options"]
        assert (options["window"], options["title"]) == (30, "Titel")
        assert serve.end() == (0, "", "")
    assert connection_file.running() == []


def send(serve: Running, n: int) -> None:
    """Send points as a plain producer does, until all have arrived."""
    with producer(serve.stats()["listening"][0]) as socket:

        def is_received() -> bool:
            socket.send(b'{"x": 0, "y": 0, "plot": "heard?"}')
            return "heard?" in serve.stats()["plots"]

        eventually(is_received)
        for i in range(n):
            socket.send(b'{"x": %d, "y": 1}' % i)
        eventually(lambda: serve.stats()["plots"]["plot"]["points"] == n)


def test_serve_subscribes_to_a_producer_that_binds() -> None:
    with zmq.Context() as context, context.socket(zmq.PUB) as socket:
        socket.linger = 0
        socket.bind(ANYWHERE)
        with started(
            "serve", "--port", "0", "--subscribe", socket.getsockopt_string(zmq.LAST_ENDPOINT)
        ) as serve:

            def has_taken_points() -> bool:
                socket.send(b'{"x": 1, "y": 2}')
                return bool(serve.stats()["points"])

            eventually(has_taken_points)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("demo", "--no-browser")])
def test_a_signal_ends_a_command_cleanly(command: tuple[str, ...], number: signal.Signals) -> None:
    with started(*command) as running_one:
        assert running_one.stats()["zwsnb"] == zwsnb.__version__
        assert running_one.end(number) == (0, "", "")
    assert connection_file.running() == []


def test_serve_says_what_it_refused_and_no_more_than_a_line_a_second() -> None:
    with (
        started("serve", "--port", "0", "--listen", ANYWHERE) as serve,
        producer(serve.stats()["listening"][0]) as socket,
    ):

        def is_much_refused() -> bool:
            for _ in range(20):
                socket.send(b"noise")
            return bool(serve.stats()["counts"].get("refused", {}).get("not JSON", 0) > 100)

        eventually(is_much_refused)
        code, _, err = serve.end()
    assert code == 0
    assert err.startswith("zwsnb.service: refused a message (1 so far): not JSON: ")
    assert len(err.splitlines()) < 15


def test_a_child_says_where_it_is_and_ends_with_its_input() -> None:
    with started("serve", "--port", "0", "--child", first="\n") as serve:
        said = json.loads(serve.url)
        with dealer(Connection(said["ingress"], said["token"])) as socket:
            socket.send(b"noise")
            serve.url = said["url"]
            eventually(lambda: serve.stats()["counts"] == {"refused": {"not JSON": 1}})
        serve.process.send_signal(signal.SIGINT)
        assert serve.stats()["zwsnb"] == zwsnb.__version__
        assert serve.process.communicate(timeout=PATIENCE) == ("", "")
        assert serve.process.returncode == 0


def test_an_allowed_host_comes_in() -> None:
    with started("serve", "--port", "0", "--allow-host", "lab.example") as serve:
        parts = urlsplit(serve.url)
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as raw:
            raw.sendall(f"GET /stats?{parts.query} HTTP/1.1\r\nHost: lab.example\r\n\r\n".encode())
            assert raw.recv(12) == b"HTTP/1.1 200"


def test_an_address_of_ipv6_is_one_that_a_browser_takes() -> None:
    with started("serve", "--port", "0", "--host", "::1") as serve:
        assert serve.url.startswith("http://[::1]:")
        assert serve.stats()["zwsnb"] == zwsnb.__version__
        assert serve.end() == (0, "", "")


def test_whoever_opens_a_door_to_other_machines_is_told_which() -> None:
    with started("serve", "--port", "0", "--host", "0.0.0.0", "--allow-remote") as serve:
        code, out, err = serve.end()
    assert (code, out) == (0, "")
    says = "zwsnb: other machines reach the page at 0.0.0.0, with its token, not encrypted"
    assert err == f"{says}\n"


# -- demo ------------------------------------------------------------------------------------------


def test_the_demo_is_the_articles_program() -> None:
    with started("demo", "--no-browser") as demo:
        eventually(lambda: demo.stats()["points"] >= 3)
        plot = demo.stats()["plots"]["plot"]
        assert list(plot["series"]) == ["Value"]
        assert 0 <= plot["series"]["Value"]["last"][1] <= 5
        assert (plot["options"]["window"], plot["options"]["y_range"], plot["options"]["time"]) == (
            10,
            [0, 5],
            True,
        )
        producers = children(demo.process.pid)
        assert producers
        assert demo.end() == (0, "", "")
    eventually(lambda: not any(map(is_alive, producers)))


def test_no_process_is_started_with_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser is opened by an address that all users of the machine may read."""
    opened = tmp_path / "opened"
    browser = tmp_path / "browser.py"
    browser.write_text(
        f"import sys\nopen({str(opened)!r}, 'a').write(sys.argv[1] + chr(10))\n", encoding="utf-8"
    )
    monkeypatch.setenv("BROWSER", f"{sys.executable} {browser} %s")
    with started("demo") as demo:
        eventually(lambda: opened.exists() and opened.read_text().count("\n") == 2)
        for address in opened.read_text().split():
            assert "token" not in address
            assert parse_qs(urlsplit(demo.url).query)["token"][0] not in address
            with DIRECT.open(address, timeout=PATIENCE) as answer:  # as a browser follows it
                assert answer.url == demo.url
            with pytest.raises(HTTPError, match="403"):
                DIRECT.open(address, timeout=PATIENCE)
        assert demo.end()[0] == 0


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return [int(word) for word in listed.split()]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# -- status ----------------------------------------------------------------------------------------


@pytest.fixture
def service() -> Iterator[Service]:
    with running() as found:
        yield found


def test_status_says_what_every_service_does(service: Service) -> None:
    with running() as other:
        done = zwsnb_does("status")
        assert done.returncode == 0
        assert service.url() in done.stdout
        assert other.url() in done.stdout
        found = json.loads(zwsnb_does("status", "--json").stdout)
        assert [one["url"] for one in found] == [service.url(), other.url()]


def test_status_passes_over_a_service_that_does_not_answer(service: Service) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        info = connection_file.find() | {
            "url": f"http://127.0.0.1:{deaf.getsockname()[1]}/?token=t"
        }
        (connection_file.folder() / "deaf.json").write_text(json.dumps(info), encoding="utf-8")
        deaf.close()
        done = zwsnb_does("status")
    assert service.url() in done.stdout
    assert "does not answer" in done.stderr


def test_the_statistics_of_a_real_service_are_a_text(service: Service) -> None:
    with page(service, plot="p") as viewer:
        assert service._publisher is not None
        service._publisher.bind("p")([1, 2, 3], [1, math.nan, 3])
        viewer.look()
        viewer.until_x(3)
        eventually(lambda: service.stats()["plots"]["p"]["viewers"][0]["queued"] == 0)
        text = status_text.text(service.stats())
    assert "  p: 3 points, 1 viewer\n    y: 3 points\n    viewer 1: 3 drawn as they are" in text
    assert "  1 gaps: y was NaN or infinite" in text


def test_an_error_of_the_system_is_told_as_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device", "/run/1.json")

    monkeypatch.setattr(connection_file, "running", full)
    assert main("status") == 1
    assert capsys.readouterr().err == "zwsnb: No space left on device: /run/1.json\n"
