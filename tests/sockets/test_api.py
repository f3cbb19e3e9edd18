"""The one service and the one publisher of a process, as a user of scripts has them."""

from __future__ import annotations

import enum
import json
import math
import os
import pickle
import signal
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from support.eventually import PATIENCE, eventually
from support.fake_quantity import quantity
from support.scripts import run
from support.services import running

import zwsnb
from zwsnb import Plot, api
from zwsnb.producer.axis_units import AxisUnits
from zwsnb.quick.pairs import LANGUAGE
from zwsnb.service import connection_file

pytestmark = pytest.mark.usefixtures("own_session")
NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)


def publish(*arguments: Any, **named: Any) -> None:
    api.publisher.bind("plot")(*arguments, **named)


def assert_conserved(accepted: int) -> None:
    """All that was accepted has been taken, and is there."""
    stats = zwsnb.stats()
    own = stats["producers"]["own"]
    assert own is not None
    assert (own["accepted"], own["taken"], own["dropped"]) == (accepted, accepted, 0)
    assert stats["points"] == accepted


# -- start and stop --------------------------------------------------------------------------------


def test_start_publish_stats_stop() -> None:
    service = zwsnb.start()
    publish(1, 2)
    publish([2, 3], [3, math.nan], series="b")
    stats = zwsnb.stats()
    assert stats["url"] == service.url()
    assert stats["points"] == 3
    assert list(stats["plots"]["plot"]["series"]) == ["y", "b"]
    assert stats["counts"] == {"gaps": 1}
    assert stats["publish"] == LANGUAGE
    zwsnb.stop()
    for call in (zwsnb.stats, lambda: publish(4, 5)):
        with pytest.raises(RuntimeError, match="zwsnb is not running: %load_ext zwsnb or"):
            call()


def test_the_first_publish_starts_a_service() -> None:
    publish(NOON, 1)
    publish(NOON + timedelta(seconds=1), 2)
    assert Plot().stats()["options"]["time"]
    assert_conserved(2)


def test_of_threads_that_publish_first_one_starts() -> None:
    together = threading.Barrier(8)

    def work(number: int) -> None:
        together.wait(PATIENCE)
        for i in range(100):
            publish(i, i, series=f"thread {number}")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(connection_file.running()) == 1
    assert_conserved(800)


def test_a_mistake_starts_nothing_and_after_a_stop_a_publish_does_not_either() -> None:
    with pytest.raises(TypeError, match="x is a text"):
        publish("one", 2)
    assert api.current() is None
    publish(1, 2)
    zwsnb.stop()
    for _ in range(2):
        with pytest.raises(RuntimeError, match="zwsnb is not running: %load_ext zwsnb or"):
            publish(2, 3)
    assert connection_file.running() == []
    zwsnb.start()
    publish(3, 4)
    assert_conserved(1)


def test_a_second_start_is_the_same_service_and_other_options_are_refused() -> None:
    service = zwsnb.start()
    assert zwsnb.start() is service
    assert zwsnb.start(port=0, listen=[]) is service
    for options in ({"port": 1}, {"process": True}, {"memory": "1 MB"}):
        with pytest.raises(
            RuntimeError, match=r"zwsnb runs already at .*: use it, or zwsnb\.stop\(\) first"
        ):
            zwsnb.start(**options)


def test_a_service_may_be_stopped_and_started_again() -> None:
    urls = set()
    for i in range(3):
        urls.add(zwsnb.start().url())
        publish(i, i)
        assert zwsnb.stats()["points"] == 1
        zwsnb.stop()
        zwsnb.stop()
    assert len(urls) == 3


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        ({"on_full": "wait"}, ValueError, 'on_full is \'wait\'; it is "drop" or "block"'),
        ({"memory": "much"}, ValueError, "'much' is no size; write bytes as in"),
        (
            {"colour": "red"},
            TypeError,
            "there is no option 'colour'; the options of a service are process, on_full, host, ",
        ),
        (
            {"process": True, "switch_interval": None},
            TypeError,
            "there is no option 'switch_interval' of a relay in a process; they are host, ",
        ),
        (
            {"process": True, "proxy": "http://lab/proxy"},
            OSError,
            "the relay's process could not start: zwsnb: ",
        ),
        ({"process": True, "memory": "much"}, ValueError, "'much' is no size; write bytes as in"),
        ({"listen": ["nonsense"]}, OSError, "nonsense is no address that can be used"),
    ],
)
def test_what_cannot_start_says_why_and_nothing_runs(
    options: dict[str, Any], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        zwsnb.start(**options)
    assert api.current() is None
    assert connection_file.running() == []
    assert zwsnb.start().is_running


def test_block_is_asked_for_at_the_start() -> None:
    zwsnb.start(on_full="block")
    assert api.publisher.on_full == "block"


# -- plots -----------------------------------------------------------------------------------------


def test_a_plot_starts_a_service_and_gives_back_what_it_got() -> None:
    plot = Plot("p", window=30, title="Titel")
    plot.publish([1, 2, 3], [1, math.nan, 3], series="a")
    assert plot.to_numpy("a")[:, 0].tolist() == [1, 2, 3]
    assert plot.stats()["points"] == 3
    assert plot.stats()["options"]["window"] == 30
    assert plot.url == zwsnb.start().url("p")
    plot.clear()
    assert (plot.stats()["points"], plot.stats()["series"]) == (3, {})
    plot.close()
    with pytest.raises(KeyError, match="plot 'p' has had no points"):
        plot.stats()


@pytest.mark.parametrize("process", [False, True])
def test_a_plot_without_points_has_a_picture_too(
    process: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    zwsnb.start(process=process)
    Plot("nothing yet").freeze()
    assert capsys.readouterr().out == "Plot 'nothing yet': no points yet\n"


def test_after_a_clear_a_time_axis_may_be_one_of_numbers_again() -> None:
    plot = Plot("axis")
    plot.publish(datetime.now(UTC), 1)
    assert plot.stats()["options"]["time"]
    plot.clear()
    plot.publish(5, 1)
    assert not plot.stats()["options"]["time"]


def test_the_policy_of_a_running_service_may_be_changed() -> None:
    zwsnb.start()
    zwsnb.start(on_full="block")
    assert api.publisher.on_full == "block"


def test_two_handles_of_a_name_are_one_plot() -> None:
    Plot("p").publish(1, 1)
    Plot("p").publish(2, 2)
    assert Plot("p").to_numpy().tolist() == [[1, 1], [2, 2]]


def test_a_pickled_plot_publishes_to_the_same_service() -> None:
    plot = Plot("p", style="step")
    again = pickle.loads(pickle.dumps(plot))  # noqa: S301 - our own
    again.publish(1, 1)
    base = plot.url.partition("?")[0]
    assert repr(again) == repr(plot) == f"Plot('p', style='step') at {base} (.url opens it)"
    assert plot.to_numpy().tolist() == [[1, 1]]


def test_a_pickled_plot_knows_the_units_of_its_axes() -> None:
    again = pickle.dumps(Plot("p", y_unit="V"))
    api.publisher.units = AxisUnits()  # as in another process
    plot = pickle.loads(again)  # noqa: S301 - our own
    plot.publish(1, quantity(5, "mV"))
    plot.publish(quantity(2, "s"), quantity(1, "V"))
    plot.mark(quantity(500, "ms"), "half")
    options = zwsnb.stats()["plots"]["p"]["options"]
    assert (options["x_unit"], options["y_unit"]) == ("s", "V")
    assert plot.to_numpy().tolist() == [[1, 0.005], [2, 1]]
    plot.clear()
    options = zwsnb.stats()["plots"]["p"]["options"]
    assert (options["x_unit"], options["y_unit"]) == (None, "V")


# -- in scripts ------------------------------------------------------------------------------------


def test_a_script_needs_two_lines_and_leaves_nothing() -> None:
    done = run(
        """
        url = zwsnb.start().url()
        for i in range(10_000):
            zwsnb.publish(i, i)
        print(json.dumps([url, zwsnb.stats()]))
        """
    )
    url, stats = json.loads(done.stdout)
    assert stats["url"] == url
    assert stats["points"] == 10_000
    assert connection_file.running() == []


def test_the_interpreter_does_not_end_beside_the_thread() -> None:
    """It would cut its greenlets, which may be a crash; daemon threads may leave it little time."""
    done = run(
        """
        import atexit, time
        atexit.register(lambda: print(service._hub.is_running))
        service = zwsnb.start()
        service._hub.post(time.sleep, 5)
        """
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize("begin", ["start()", "start(process=True)", "connect()"])
def test_a_handler_of_a_signal_stops_in_the_midst_of_a_publish(begin: str) -> None:
    """It has the lock for which those wait who deliver: the thread of a service, or of a sender."""
    with running() as service:
        done = run(
            f"""
            import os
            zwsnb.{begin}
            zwsnb.Plot("p").publish(range(10), range(10))
            zwsnb.api.before_stop.append(zwsnb.stats)  # as pictures do for their last look
            with zwsnb.api.publisher._queue.lock:
                zwsnb.stop()
                os._exit(0)
            """
        )
        assert (done.stdout, done.stderr) == ("", "")
        if begin == "connect()":
            assert service.stats()["points"] == 10


def test_a_handler_of_a_signal_stops_in_the_midst_of_the_first_publish() -> None:
    """A sender is being made, which takes as long as libzmq does to come."""
    with running():
        done = run(
            """
            import os
            def make(source, connection):
                zwsnb.stop()
                os._exit(0)
            zwsnb.connect()
            zwsnb.api.publisher._make_sender = make
            zwsnb.publish(1, 1)
            """
        )
    assert (done.stdout, done.stderr) == ("", "")


def test_a_script_that_only_imports_prints_and_starts_nothing() -> None:
    done = run(
        """
        heavy = ('gevent', 'zmq', 'IPython', 'ipywidgets', 'pandas')
        print([m for m in heavy if m in sys.modules])
        """
    )
    assert done.stdout == "[]\n"


def test_a_forked_child_publishes_to_its_parents_service() -> None:
    done = run(
        """
        import warnings
        zwsnb.start()
        zwsnb.publish(1, 1, series="parent")
        # From 3.12 on Python warns of every fork of a process with threads.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
        if not pid:
            for i in range(1000):
                zwsnb.publish(i, i, series="child")
            sys.exit()
        assert os.waitpid(pid, 0)[1] == 0
        deadline = time.monotonic() + 10
        while zwsnb.stats()["points"] < 1001 and time.monotonic() < deadline:
            time.sleep(0.01)
        print(json.dumps(zwsnb.stats()["producers"]))
        """
    )
    account = json.loads(done.stdout)
    assert account["own"]["taken"] == 1
    assert account["remote"] == {
        "producers": 1,
        "accepted": 1000,
        "delivered": 1000,
        "refused": 0,
        "dropped": 0,
        "missing": 0,
    }


# -- a service of another process ------------------------------------------------------------------


def test_a_script_connects_to_the_only_service_there_is() -> None:
    with running() as service:
        run("zwsnb.connect()\nfor i in range(1000): zwsnb.publish(i, i)\nzwsnb.stop()")
        eventually(lambda: service.stats()["points"] == 1000)
        assert service.is_running


def test_a_script_connects_to_the_service_that_it_names() -> None:
    with running() as one, running() as other:
        [file] = [
            p
            for p in connection_file.folder().glob("*.json")
            if connection_file.find(p)["token"] == other.token
        ]
        done = run(
            "zwsnb.connect(sys.argv[1])\nzwsnb.publish(1, 2)\nprint(zwsnb.stats()['points'])",
            str(file),
        )
        assert done.stdout == "1\n"
        assert (one.stats()["points"], other.stats()["points"]) == (0, 1)


def test_connect_says_why_not() -> None:
    with pytest.raises(RuntimeError, match="no zwsnb service is running"):
        zwsnb.connect()
    zwsnb.start()
    with pytest.raises(
        RuntimeError, match=r"this process has a zwsnb service: zwsnb\.stop\(\) first"
    ):
        zwsnb.connect()


# -- a relay in a process of its own ---------------------------------------------------------------


def test_what_could_not_be_delivered_is_said_by_stop_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    os.kill(zwsnb.start(process=True).info["pid"], signal.SIGSTOP)
    publish([1, 2], [3, 4])
    zwsnb.stop()
    said = capsys.readouterr().err
    assert said.startswith("zwsnb: 2 points have not arrived: the service at ipc://")
    assert said.endswith(" does not answer\n")
    zwsnb.stop()
    assert capsys.readouterr() == ("", "")


class Name(str, enum.Enum):  # noqa: UP042 - as many have it
    """Names as programs keep them."""

    A = "a"
    B = "b"


@pytest.mark.parametrize("process", [False, True])
def test_names_may_be_members_of_an_enumeration(*, process: bool) -> None:
    zwsnb.start(process=process)
    plot = Plot(Name.A)
    plot.publish(1, 2, series=Name.A)
    with plot.run(Name.A):
        plot.publish(3, 4, series=Name.A)
    assert plot.to_numpy(Name.A).tolist() == [[1, 2]]
    assert plot.to_numpy(Name.A, run=Name.A).tolist() == [[3, 4]]
    assert [each.name for each in plot.runs()] == ["a", "a \u00b7 a"]
    assert plot.url.endswith("plot=a")
    plot.rename("a", Name.B)
    assert [type(name) for name in plot.stats()["series"] if name == "b"] == [str]


def test_a_relay_in_a_process_of_its_own_has_the_same_face() -> None:
    service = zwsnb.start(process=True, listen=["tcp://127.0.0.1:*"], memory=1 << 26)
    plot = Plot("p", title="Titel")
    n = 300_000
    for i in range(1000):
        plot.publish(i, i)
    plot.publish(np.arange(1000, n), np.arange(1000, n))
    assert (plot.to_numpy()[:, 0] == np.arange(n)).all()
    assert plot.stats()["points"] == n
    assert plot.stats()["options"]["title"] == "Titel"
    assert zwsnb.stats()["url"] == service.url()
    assert service.snapshot("p").startswith("<svg")
    with pytest.raises(KeyError, match="plot 'p' has no series 'none'; it has 'y'"):
        service.points("p", "none")


def test_a_relay_in_a_process_ends_with_stop_and_with_its_parent() -> None:
    zwsnb.start(process=True)
    [info] = connection_file.running()
    assert info["pid"] != os.getpid()
    zwsnb.stop()
    assert connection_file.running() == []
    done = run(
        """
        zwsnb.start(process=True)
        zwsnb.publish(1, 1)
        print(zwsnb.stats()['points'], flush=True)
        os._exit(0)
        """
    )
    assert done.stdout == "1\n"
    eventually(lambda: connection_file.running() == [], within=2 * PATIENCE)


def test_a_proxy_is_not_asked_for_this_machine() -> None:
    done = run(
        "zwsnb.start(process=True)\nzwsnb.publish(1, 1)\nprint(zwsnb.stats()['points'])",
        http_proxy="http://127.0.0.1:9",
        HTTP_PROXY="http://127.0.0.1:9",
    )
    assert done.stdout == "1\n"
