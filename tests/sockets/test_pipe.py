"""`zwsnb pipe` as a user has it: real processes, what the service holds then, and how it ends."""

from __future__ import annotations

import contextlib
import json
import math
import shutil
import signal
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.commands import ZWSNB, started, zwsnb_does
from support.eventually import PATIENCE, eventually
from support.services import running

from zwsnb.producer.publisher import Publisher
from zwsnb.service import connection_file
from zwsnb.service.remote import Remote
from zwsnb.service.service import Service

NAN = math.nan


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of this test alone for the services that it runs."""
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / "services"))


@pytest.fixture
def service() -> Iterator[Service]:
    with running() as found:
        yield found


def piped(text: bytes | str, *words: str) -> list[str]:
    """Pipe a text, and return what was said, but for the address and the count of lines."""
    given = text.encode() if isinstance(text, str) else text
    done = subprocess.run(
        [*ZWSNB, "pipe", *words], input=given, capture_output=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout) == (0, b"")
    first, *said, last = done.stderr.decode().splitlines()
    assert first.startswith("zwsnb: publishing to http://")
    assert " points of " in last
    return [line.removeprefix("zwsnb: ") for line in said]


def held(service: Service, n: int, plot: str = "plot") -> dict[str, list[list[float]]]:
    """The points of a plot by series, when there are `n` of them."""
    eventually(lambda: service.stats()["points"] == n)
    return {
        name: service.points(plot, name).tolist()
        for name in service.stats()["plots"][plot]["series"]
    }


# -- what it takes ---------------------------------------------------------------------------------


def test_pipe_publishes_lines_and_says_what_became_of_them(service: Service) -> None:
    text = "x a b\n1 2 3\n\nnoise\n2 3 4\n"
    done = zwsnb_does("pipe", "--plot", "p", "--style", "step", text=text)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        f"zwsnb: publishing to {service.url('p')}",
        "zwsnb: refused 'noise': there is no number in it",
        "zwsnb: 2 points of 5 lines, 1 heading, 1 blank, 1 refused",
    ]
    assert held(service, 4, "p") == {"a": [[1, 2], [2, 3]], "b": [[1, 3], [2, 4]]}
    assert service.stats()["plots"]["p"]["options"]["style"] == "step"


def test_pipe_takes_back_what_the_plot_was_given_before(service: Service) -> None:
    def options(after: int) -> list[Any]:
        held(service, after)
        found = service.stats()["plots"]["plot"]["options"]
        return [found[name] for name in ("title", "points", "panels", "series")]

    a, b = {"a": {"width": 2.0}}, {"b": {"axis": "right"}}
    words = ("--title", "T", "--points", "--panel", "a", "--series", json.dumps(a))
    piped("1 2\n2 3\n", *words)
    assert options(2) == ["T", True, [["a"]], a]
    words = ("--title", "", "--no-points", "--no-panels", "--no-series", "--series", json.dumps(b))
    piped("3 4\n4 5\n", *words)
    assert options(4) == [None, False, None, b]


def test_pipe_takes_very_many_lines(service: Service) -> None:
    piped("".join(f"{i}\n" for i in range(50_000)))
    assert held(service, 50_000)["y"][-1] == [49_999, 49_999]


@pytest.mark.parametrize("words", [("--now",), ("--x", "now")])
def test_pipe_makes_times_of_now(service: Service, words: tuple[str, ...]) -> None:
    piped("1\n2\n", *words)
    assert held(service, 2)["y"][0][0] > 1.7e9
    assert service.stats()["plots"]["plot"]["options"]["time"] is True


def test_pipe_goes_on_whatever_a_line_holds(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8:strict")
    lines = [b"1 2", b"\xff\xfe", b'{"x": 1, "y": 2, "series": "\\u0000"}', b"a b", b"3 4"]
    said = piped(b"\n".join(lines))
    assert [line[:9] for line in said] == ["refused '"] * 3
    assert held(service, 2) == {"y": [[1, 2], [3, 4]]}


def test_a_spreadsheet_of_windows_has_a_time_axis(service: Service) -> None:
    text = "\ufeffDatum;Temp (°C);Notiz\r\n2026-01-01 12:00;21,5;kalt\r\n2026-01-01 12:01;;\r\n"
    assert piped(text) == ["left out 'Notiz': no number"]
    noon = datetime(2026, 1, 1, 12).timestamp()  # noqa: DTZ001 - without a zone it is local
    found = held(service, 2)
    assert list(found) == ["Temp (°C)"]
    np.testing.assert_equal(found["Temp (°C)"], [[noon, 21.5], [noon + 60, NAN]])
    plot = service.stats()["plots"]["plot"]
    assert plot["options"]["time"] is True
    assert service.stats()["counts"] == {"gaps": 1}


def test_a_csv_file_with_quotes(service: Service) -> None:
    text = '"time","Air, indoors",room\n1,21.5,"Kitchen, left"\n2,,Kitchen\n3,21.7,Kitchen\n'
    assert piped(text) == ["left out 'room': no number"]
    np.testing.assert_equal(held(service, 3), {"Air, indoors": [[1, 21.5], [2, NAN], [3, 21.7]]})
    assert service.stats()["plots"]["plot"]["options"]["time"] is False


def test_a_log_of_json_lines(service: Service) -> None:
    text = (
        '{"step": 1, "train": {"loss": 0.5}, "time": "2026-01-01T00:00:00", "note": "a"}\n'
        '{"step": 2, "train": {"loss": NaN}, "val": null}\n'
        '{"loss": 7, "plot": "other"}\n'
    )
    assert piped(text) == ["left out 'time': step is x", "left out 'note': no number"]
    found = held(service, 4)
    np.testing.assert_equal(found, {"train/loss": [[1, 0.5], [2, NAN]], "val": [[2, NAN]]})
    assert service.points("other", "loss").tolist() == [[2, 7]]


@pytest.mark.skipif(shutil.which("vmstat") is None, reason="there is no vmstat")
def test_vmstat(service: Service) -> None:
    printed = subprocess.run(["vmstat", "1", "2"], capture_output=True, check=True, timeout=30)
    heading, *rows = [line.split() for line in printed.stdout.decode().splitlines()[1:]]
    piped(printed.stdout * 2)
    found = held(service, 4 * len(heading))
    assert list(found) == heading
    for name, column in zip(heading, zip(*rows * 2, strict=True), strict=True):
        assert found[name] == [[n, float(cell)] for n, cell in enumerate(column)]


def test_a_pipe_whose_service_is_killed_says_what_is_lost_and_fails() -> None:
    with started("serve", "--port", "0") as serve, own_service() as (process, first):
        assert first.startswith("zwsnb: publishing to ")
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write("1\n")
        process.stdin.flush()
        eventually(lambda: serve.stats()["points"] == 1)
        serve.process.kill()
        process.stdin.write("2\n3\n")
        process.stdin.close()
        said = process.stderr.read().splitlines()
        assert process.wait(timeout=PATIENCE) == 1
    assert "zwsnb: 2 points did not come to the service, which does not answer" in said
    assert "zwsnb: 3 points of 3 lines" in said


# -- a service of its own --------------------------------------------------------------------------


@contextlib.contextmanager
def own_service(*words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A pipe without a service; its process, and the line that says where its page is."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*ZWSNB, "pipe", *words], stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:
        try:
            assert process.stderr is not None
            yield process, process.stderr.readline()
        finally:
            process.kill()


@pytest.mark.usefixtures("service")
def test_pipe_without_standard_error_prints_no_address_where_its_output_goes() -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *ZWSNB, "pipe"],
        input=b"1 2\n",
        stdout=subprocess.PIPE,
        timeout=30,
        check=True,
    )
    assert done.stdout == b""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_pipe_delivers_what_it_has_read_when_it_is_told_to_end(
    service: Service, number: signal.Signals
) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen([*ZWSNB, "pipe"], stdin=pipe, stderr=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write("1 2\n3 4\n")
        process.stdin.flush()
        held(service, 2)
        process.send_signal(number)
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read().endswith("2 points of 2 lines\n")


def test_a_line_that_the_plot_does_not_take_is_refused_and_the_others_are_published(
    service: Service,
) -> None:
    text = "1764500000000 1\n1e20 2\n1764500001000 3\n"
    done = zwsnb_does("pipe", "--time", "ms", text=text)
    _, refused, counts = done.stderr.splitlines()
    assert refused.startswith("zwsnb: refused '1e20 2': ")
    assert (done.returncode, counts) == (0, "zwsnb: 2 points of 3 lines, 1 refused")
    assert [y for _, y in held(service, 2)["y"]] == [1, 3]


@pytest.mark.parametrize("descriptor", [0, 1])
def test_pipe_without_a_standard_file_prints_no_traceback(
    service: Service, descriptor: int
) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {descriptor}>&-', "sh", *ZWSNB, "pipe"],
        input=b"1 2\n",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=30,
        check=False,
    )
    last = done.stderr.decode().splitlines()[-1]
    if descriptor == 0:
        assert (done.returncode, last) == (1, "zwsnb: there is no standard input: it is closed")
    else:
        assert (done.returncode, last) == (0, "zwsnb: 1 point of 1 line")
    assert service.is_running


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_where_none_runs_it_serves_by_itself_until_ctrl_c(number: signal.Signals) -> None:
    with own_service("--plot", "p") as (process, first):
        assert process.stdin is not None
        assert process.stderr is not None
        [info] = connection_file.running()
        remote = Remote(Publisher(), info)
        assert first == f"zwsnb: no service runs, so this one serves {remote.url('p')}\n"
        process.stdin.write("1 2\n")
        process.stdin.flush()
        eventually(lambda: remote.stats()["points"] == 1)
        process.stdin.write("3 4\n")
        process.stdin.close()
        assert process.stderr.readline() == "zwsnb: 2 points of 2 lines\n"
        assert process.stderr.readline() == "zwsnb: the page is served until Ctrl-C\n"
        assert remote.points("p", "y").tolist() == [[1, 2], [3, 4]]
        process.send_signal(number)
        assert process.wait(timeout=PATIENCE) == 0
        assert process.stderr.read() == ""
    assert connection_file.running() == []


def test_ctrl_c_ends_it_while_it_reads_as_well() -> None:
    with own_service() as (process, _):
        assert process.stdin is not None
        assert process.stderr is not None
        remote = Remote(Publisher(), connection_file.running()[0])
        process.stdin.write("1\n")
        process.stdin.flush()
        eventually(lambda: remote.stats()["points"] == 1)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0
        assert process.stderr.read() == "zwsnb: 1 point of 1 line\n"
    assert connection_file.running() == []


@pytest.mark.parametrize("text", ["", "\n# nothing\n", "words\n"])
@pytest.mark.parametrize("has_service", [True, False])
def test_it_ends_with_1_where_nothing_was_taken(text: str, has_service: bool) -> None:
    with running() if has_service else contextlib.nullcontext():
        done = zwsnb_does("pipe", text=text)
    assert (done.returncode, done.stdout) == (1, "")
    first, last = done.stderr.splitlines()
    assert "http://127.0.0.1:" in first
    n = len(text.splitlines())
    assert last.startswith(f"zwsnb: nothing was taken: 0 points of {n} line{'s' * (n != 1)}")
    assert connection_file.running() == []


# -- files -----------------------------------------------------------------------------------------


def test_it_saves_the_plot_and_ends_by_itself(tmp_path: Path) -> None:
    table, picture = tmp_path / "a.csv", tmp_path / "a.svg"
    done = zwsnb_does("pipe", "--save", str(table), "--save", str(picture), text="x a\n1 2\n3 4\n")
    assert done.returncode == 0
    assert done.stderr.splitlines()[-2:] == [f"zwsnb: saved {table}", f"zwsnb: saved {picture}"]
    assert table.read_text().split() == ["series,x,y", "a,1.0,2.0", "a,3.0,4.0"]
    assert picture.read_text().startswith("<svg ")


def test_what_cannot_be_saved_is_said_and_ends_with_1(service: Service, tmp_path: Path) -> None:
    nowhere, there = tmp_path / "nowhere" / "a.csv", tmp_path / "a.csv"
    done = zwsnb_does("pipe", "--save", str(nowhere), "--save", str(there), text="1 2\n")
    assert done.returncode == 1
    assert f"zwsnb: {nowhere} was not saved: there is no folder" in done.stderr
    assert there.exists(), "the other one is saved all the same"
    assert service.stats()["points"] == 1
