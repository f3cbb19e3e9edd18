"""Children, and copies of plots: what they publish comes to their parent's service, or they say
that nobody listens.
"""

from __future__ import annotations

import copy
import itertools
import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from support.paths import ROOT
from support.scripts import run, run_file
from support.services import running

import zwsnb
from zwsnb import Plot, api
from zwsnb.service import connection_file, parent

cloudpickle = pytest.importorskip("cloudpickle")
pytestmark = pytest.mark.usefixtures("own_session")


def assert_conserved(account: dict[str, Any], producers: int, points: int) -> None:
    """Every point of every child has come, and none came twice."""
    assert account["remote"] == {
        "producers": producers,
        "accepted": points,
        "delivered": points,
        "refused": 0,
        "dropped": 0,
        "missing": 0,
    }


LOGS: Final = """
    import warnings
    zwsnb.start(process=sys.argv[1] == "apart")
    zwsnb.log({"a/loss": 1})
    assert zwsnb.flush()
    warnings.simplefilter("ignore", DeprecationWarning)
    if not (child := os.fork()):
        list(zwsnb.track(range(3)))
        for step in range(3):
            zwsnb.log({"b/loss": step}, step=step, run="child")
        assert zwsnb.flush(10)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    zwsnb.log({"a/loss": 2})
    assert zwsnb.flush()
    plot = zwsnb.stats()["plots"]["plot"]
    points = {name: its["points"] for name, its in plot["series"].items()}
    print(json.dumps([points, plot["options"]["panels"]]))
    zwsnb.stop()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
@pytest.mark.parametrize("where", ["here", "apart"])
def test_a_child_logs_to_the_same_plot(where: str) -> None:
    said = json.loads(run(LOGS, where).stdout)
    assert said == [{"a/loss": 2, "b/loss · child": 3}, "groups"]


# -- forked children -------------------------------------------------------------------------------

FORKS: Final = """
    import warnings
    zwsnb.start(process=sys.argv[1] == "apart")
    plot = zwsnb.Plot("p")
    zwsnb.publish(1, 1, series="parent")
    assert zwsnb.flush()
    # From 3.12 on Python warns of every fork of a process with threads.
    warnings.simplefilter("ignore", DeprecationWarning)
    for child in range(5):
        pid = os.fork()
        if not pid:
            try:
                for i in range(1000):
                    plot.publish(i, i, series=f"child {child}")
                {end}
            finally:
                os._exit(1)
        assert os.waitpid(pid, 0)[1] == 0
    stats = zwsnb.stats()
    while stats["points"] < 5001:
        time.sleep(0.01)
        stats = zwsnb.stats()
    assert all(plot.to_numpy(f"child {child}")[:, 0].tolist() == list(range(1000))
               for child in range(5))
    print(json.dumps(stats["producers"]))
"""

ENDS: Final = {
    "flush": "os._exit(0 if zwsnb.flush() is True else 2)",
    "stop": "zwsnb.stop(); os._exit(0)",
    "flush and stop": "assert zwsnb.flush(); zwsnb.stop(); os._exit(0)",
    "ask": 'assert plot.stats()["series"][f"child {child}"]["points"] == 1000; os._exit(0)',
}


@pytest.mark.parametrize("where", ["here", "apart"])
@pytest.mark.parametrize("end", ENDS)
def test_a_forked_child_delivers_and_may_end_in_any_way(where: str, end: str) -> None:
    account = json.loads(run(FORKS.replace("{end}", ENDS[end]), where).stdout)
    if where == "here":
        assert (account["own"]["accepted"], account["own"]["taken"]) == (1, 1)
        assert_conserved(account, producers=5, points=5000)
    else:
        assert_conserved(account, producers=6, points=5001)


FIRST: Final = """
    import threading, warnings
    from importlib.abc import MetaPathFinder
    from pathlib import Path
    warnings.simplefilter("ignore", DeprecationWarning)
    where, slow, what = sys.argv[1:]
    file = os.environ.get("ZWSNB_CONNECT")
    use = {
        "publish": lambda: zwsnb.publish(1, 1),
        "connect": lambda: zwsnb.connect(file),
        "join": lambda: zwsnb.api.join(json.loads(Path(file).read_text())),
        "Plot": lambda: zwsnb.Plot("p"),
        "log": lambda: zwsnb.log(loss=1),
    }[what]
    begun = threading.Event()

    class Slow(MetaPathFinder):
        def find_spec(self, name, *_):
            if name == slow:
                begun.set()
                time.sleep(0.3)

    if where == "apart":
        zwsnb.start(process=True)
    sys.meta_path.insert(0, Slow())
    thread = threading.Thread(target=use)
    thread.start()
    assert begun.wait(10)
    child = os.fork()
    if not child:
        for _ in range(3):  # they take the numbers of the threads that are no more: one of the same
            threading.Thread(target=time.sleep, args=(30,), daemon=True).start()  # could import on
        use()
        zwsnb.publish(2, 2)
        os._exit(0 if zwsnb.flush(10) else 1)
    deadline = time.monotonic() + 20
    while not (ended := os.waitpid(child, os.WNOHANG))[0]:
        if time.monotonic() > deadline:
            os.kill(child, 9)
        time.sleep(0.01)
    thread.join()
    print(ended[1])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
@pytest.mark.parametrize(
    ("where", "module", "what"),
    [
        ("here", "zwsnb.service.service", "publish"),
        ("here", "zwsnb.plot.plot", "Plot"),
        ("here", "zwsnb.metrics.log", "log"),
        ("apart", "zwsnb.delivery.link", "publish"),
        ("elsewhere", "zwsnb.service.connection_file", "publish"),
        ("elsewhere", "zwsnb.service.remote", "publish"),
        ("elsewhere", "zwsnb.service.connection_file", "connect"),
        ("elsewhere", "zwsnb.service.remote", "connect"),
        ("elsewhere", "zwsnb.service.remote", "join"),
    ],
)
def test_a_child_that_is_forked_while_its_parent_imports_publishes(
    where: str, module: str, what: str
) -> None:
    """Python hands it the module half, and no thread that would ever finish it."""
    with running() as other:
        file = os.fspath(connection_file.path_of(other.info)) if where == "elsewhere" else ""
        assert run(FIRST, where, module, what, ZWSNB_CONNECT=file).stdout == "0\n"


UNHELD: Final = """
    from importlib.abc import MetaPathFinder
    from pathlib import Path
    from zwsnb.producer import native
    where, what = sys.argv[1:]
    file = os.environ.get("ZWSNB_CONNECT")
    use = {
        "publish": lambda: zwsnb.publish(1, 1),
        "connect": lambda: zwsnb.connect(file),
        "join": lambda: zwsnb.api.join(json.loads(Path(file).read_text(encoding="utf-8"))),
        "Plot": lambda: zwsnb.Plot("p"),
        "log": lambda: zwsnb.log(loss=1),
    }[what]
    unheld = []

    class Watching(MetaPathFinder):
        def find_spec(self, name, *_):
            if not native._imports:
                unheld.append(name)

    if where == "apart":
        zwsnb.start(process=True)
    sys.meta_path.insert(0, Watching())
    use()
    zwsnb.publish(2, 2)
    assert zwsnb.flush()
    zwsnb.stop()
    print(unheld)
"""


@pytest.mark.parametrize(
    ("where", "what"),
    [
        *itertools.product(["here", "apart", "elsewhere"], ["publish", "Plot", "log"]),
        ("elsewhere", "connect"),
        ("elsewhere", "join"),
    ],
)
def test_all_that_is_imported_keeps_forks_waiting(where: str, what: str) -> None:
    """A codec too: to read a file by one that Python has not loaded imports it."""
    with running() as other:
        file = os.fspath(connection_file.path_of(other.info)) if where == "elsewhere" else ""
        assert run(UNHELD, where, what, ZWSNB_CONNECT=file).stdout == "[]\n"


def test_flush_is_false_while_the_relay_stands_still() -> None:
    script = """
        import signal
        zwsnb.start(process=True)
        relay = zwsnb.api.current().info["pid"]
        assert zwsnb.flush()
        zwsnb.publish(0, 0)
        assert zwsnb.flush()
        os.kill(relay, signal.SIGSTOP)
        for i in range(1, 1000):
            zwsnb.publish(i, i)
        told = zwsnb.flush(0.3)
        os.kill(relay, signal.SIGCONT)
        print(json.dumps([told, zwsnb.flush(10), zwsnb.stats()["producers"]]))
    """
    stood_still, at_last, account = json.loads(run(script).stdout)
    assert (stood_still, at_last) == (False, True)
    assert_conserved(account, producers=1, points=1000)


POOL: Final = """
    import multiprocessing

    def task(n):
        zwsnb.Plot("p").publish(n, n)
        return n

    if __name__ == "__main__":
        context = multiprocessing.get_context(sys.argv[1])
        zwsnb.start()
        for round in range(10):
            with context.Pool(2) as pool:
                assert pool.map(task, range(20 * round, 20 * round + 20), chunksize=1)
        zwsnb.flush()
        print(json.dumps(zwsnb.stats()["producers"]["remote"]["delivered"]))
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_pool_loses_no_point_of_its_last_tasks(method: str, tmp_path: Path) -> None:
    """The pool ends its workers by SIGTERM when it has their results."""
    rounds = 10 if method == "fork" else 3
    script = POOL.replace("range(10)", f"range({rounds})")
    assert json.loads(run_file(tmp_path / "pool.py", script, method)) == 20 * rounds


TERMINATED: Final = """
    import signal, threading, warnings
    from multiprocessing import get_context

    def task(done):
        for i in range(10):
            zwsnb.publish(i, i)
        done.put(None)
        time.sleep(10)

    warnings.simplefilter("ignore", DeprecationWarning)
    relay = zwsnb.start(process=True).info["pid"]
    context = get_context("fork")
    done = context.SimpleQueue()
    worker = context.Process(target=task, args=(done,), daemon=True)
    os.kill(relay, signal.SIGSTOP)
    worker.start()
    timer = threading.Timer(0.7, os.kill, (relay, signal.SIGCONT))
    timer.start()
    done.get()
    worker.terminate()
    worker.join()
    timer.join()
    print(zwsnb.stats()["points"])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
def test_a_worker_loses_nothing_to_a_relay_that_answers_late() -> None:
    """Or to a connection that takes that long, as beside a machine's other work."""
    assert run(TERMINATED).stdout == "10\n"


def test_a_forked_child_may_start_a_service_of_its_own() -> None:
    script = """
        import warnings
        warnings.simplefilter("ignore", DeprecationWarning)
        zwsnb.start()
        pid = os.fork()
        if not pid:
            url = zwsnb.start().url()
            zwsnb.publish(1, 2)
            assert zwsnb.stats()["points"] == 1
            os._exit(0)
        assert os.waitpid(pid, 0)[1] == 0
        print(zwsnb.stats()["points"])
    """
    assert run(script).stdout == "0\n"


# -- copies ----------------------------------------------------------------------------------------

COPIES: Final[dict[str, Callable[[Plot], Plot]]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda plot: pickle.loads(pickle.dumps(plot)),  # noqa: S301 - our own
    "cloudpickle": lambda plot: pickle.loads(cloudpickle.dumps(plot)),  # noqa: S301 - our own
}


@pytest.mark.parametrize("way", COPIES)
def test_a_plot_is_copied_while_its_service_runs_and_after(way: str) -> None:
    plot = Plot("p", title="Titel", lines=[1])
    plot.publish(1, 1)
    again = COPIES[way](plot)
    again.publish(2, 2)
    assert plot.to_numpy().tolist() == [[1, 1], [2, 2]]
    zwsnb.stop()
    again = COPIES[way](plot)
    assert repr(again) == repr(plot)
    with pytest.raises(RuntimeError, match="zwsnb is not running"):
        again.publish(3, 3)
    zwsnb.start()
    again.publish(3, 3)
    assert plot.to_numpy().tolist() == [[3, 3]]


def from_elsewhere(plot: Plot, **info: object) -> bytes:
    """Return a plot as another process pickles it."""
    state = plot.__getstate__()
    return pickle.dumps((Plot, state | {"to": state["to"] and state["to"] | info}))


def load(pickled: bytes) -> Plot:
    """Load it as `pickle` does."""
    kind, state = pickle.loads(pickled)  # noqa: S301 - our own
    plot: Plot = kind.__new__(kind)
    plot.__setstate__(state)
    return plot


def test_a_plot_that_comes_to_a_process_with_a_service_is_one_of_its_own() -> None:
    with running() as other:
        plot = Plot("p", title="Titel")
        again = load(from_elsewhere(plot, **other.info))
        zwsnb.stop()
        zwsnb.start()
        again = load(from_elsewhere(again, **other.info))
        again.publish(1, 1)
        assert again.stats()["points"] == 1
        assert again.stats()["options"]["title"] == "Titel"
        assert other.stats()["points"] == 0


def test_a_plot_brings_its_service_to_a_process_without_one() -> None:
    plot = Plot("p", title="Titel")
    with running() as other:
        pickled = from_elsewhere(plot, **other.info)
        zwsnb.stop()
        again = load(pickled)
        again.publish([1, 2], [3, 4])
        assert zwsnb.flush()
        assert again.to_numpy().tolist() == [[1, 3], [2, 4]]
        assert other.stats()["points"] == 2
        assert again.url == other.url("p")


def test_a_plot_whose_service_has_ended_says_that_nobody_listens() -> None:
    pickled = from_elsewhere(Plot("p"))
    zwsnb.stop()
    again = load(pickled)
    for publish in (again.publish, api.publisher.bind("plot")):
        with pytest.raises(RuntimeError, match=r"has ended, and nobody listens: zwsnb\.start"):
            publish(1, 2)
    zwsnb.start()
    again.publish(1, 2)
    assert zwsnb.stats()["points"] == 1


def test_another_service_at_the_port_is_not_taken_for_it() -> None:
    with running() as other:
        url = other.url().replace(other.token, "x")
        pickled = from_elsewhere(Plot("p"), **other.info | {"token": "x", "url": url})
        zwsnb.stop()
        with pytest.raises(RuntimeError, match="nobody listens"):
            load(pickled).publish(1, 2)
        assert other.stats()["points"] == 0


def test_a_worker_that_is_used_again_follows_its_plots() -> None:
    """As one of joblib does, which outlives the service."""
    plot = Plot("p")
    for _ in range(2):
        with running() as other:
            pickled = from_elsewhere(plot, **other.info)
            if api._service is not None and not api._is_joined:
                zwsnb.stop()
            load(pickled).publish(1, 2)
            assert zwsnb.flush()
            assert other.stats()["producers"]["remote"]["delivered"] == 1


@pytest.mark.parametrize("dumps", [pickle.dumps, cloudpickle.dumps])
def test_publish_is_pickled_by_its_name(dumps: Callable[[object], bytes]) -> None:
    assert pickle.loads(dumps(zwsnb.publish)) is zwsnb.publish  # noqa: S301 - our own


def test_the_publish_of_a_plot_says_what_to_hand_over() -> None:
    plot = Plot("p")
    with pytest.raises(TypeError, match="belongs to its process: hand over the Plot itself"):
        cloudpickle.dumps(plot.publish)


# -- workers ---------------------------------------------------------------------------------------

WORKERS: Final = """
    import warnings
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    warnings.simplefilter("ignore", DeprecationWarning)

    def by_name(n):
        for i in range(1000):
            zwsnb.Plot("w").publish(i, n)

    def by_publish(publish, n):
        for i in range(1000):
            publish(i, n, plot="w")

    def by_plot(plot, n):
        plot.publish(range(1000), [n] * 1000)
        return plot

    def warm(_):
        return os.getpid()

    if __name__ == "__main__":
        method, where = sys.argv[1:]
        context = get_context(method)
        if method == "forkserver":  # which is older than the service
            with ProcessPoolExecutor(1, context) as pool:
                list(pool.map(warm, range(1)))
        zwsnb.start(process=where == "apart")
        plot = zwsnb.Plot("w")
        with ProcessPoolExecutor(2, context) as pool:
            futures = [pool.submit(by_name, 1), pool.submit(by_publish, zwsnb.publish, 2),
                       pool.submit(by_plot, plot, 3)]
            results = [future.result() for future in futures]
        results[2].publish(0, 0)
        deadline = time.monotonic() + 20
        while zwsnb.stats()["points"] < 3001 and time.monotonic() < deadline:
            time.sleep(0.01)
        account = zwsnb.stats()["producers"]
        for who in ("own", "remote"):
            account[who] = account[who] or dict.fromkeys(("accepted", "delivered", "missing"), 0)
        # A worker that takes a second task begins a run.
        values = [int(y) for run in plot.runs() for y in plot.to_numpy(run.name)[:, 1]]
        print(json.dumps([account, [values.count(n) for n in range(4)]]))
"""


@pytest.mark.parametrize("where", ["here", "apart"])
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_a_worker_finds_the_service_of_its_parent(method: str, where: str, tmp_path: Path) -> None:
    printed = run_file(tmp_path / "workers.py", WORKERS, method, where)
    account, counts = json.loads(printed)
    assert counts == [1, 1000, 1000, 1000]
    assert account["own"]["accepted"] + account["remote"]["accepted"] == 3001
    assert account["remote"]["delivered"] == account["remote"]["accepted"]
    assert account["remote"]["missing"] == 0
    assert connection_file.running() == []


RESTARTED: Final = """
    from multiprocessing import get_context

    def work(n):
        zwsnb.Plot("w").publish(range(100), [n] * 100)
        return zwsnb.flush()

    if __name__ == "__main__":
        zwsnb.start()
        with get_context("spawn").Pool(1) as pool:
            for n in range(3):
                assert pool.apply(work, (n,)) is True
                assert zwsnb.stats()["points"] == 100
                account = zwsnb.stats()["producers"]["remote"]
                assert (account["delivered"], account["missing"]) == (100, 0)
                zwsnb.stop()
                zwsnb.start()
            pool.close()
            pool.join()
"""


def test_a_worker_finds_the_service_again_that_was_started_anew(tmp_path: Path) -> None:
    run_file(tmp_path / "restarted.py", RESTARTED)


STARTED_ANEW: Final = """
    import threading, warnings
    from support.fake_quantity import quantity
    apart = sys.argv[1] == "apart"
    zwsnb.start(process=apart)
    warnings.simplefilter("ignore", DeprecationWarning)
    if not (child := os.fork()):
        begin, point = time.monotonic(), 0
        while time.monotonic() < begin + 3:
            zwsnb.Plot("p").publish(point, quantity(point % 7, "V"))
            point += 1
            time.sleep(0.001)
        os._exit(0 if zwsnb.flush(10) and zwsnb.stats()["pid"] != os.getpid() else 1)
    time.sleep(0.5)
    for _ in range(3):
        zwsnb.restart()
        time.sleep(0.3)
    assert os.waitpid(child, 0)[1] == 0
    x = [int(x) for x, _ in zwsnb.Plot("p").to_numpy()]
    assert x == list(range(x[0], x[-1] + 1))
    assert apart or x[0] == 0
    assert "\u202fV<" in zwsnb.api.service().snapshot("p"), "a relay that is new is told the unit"
    account = zwsnb.stats()["producers"]["remote"]
    print(json.dumps([account["producers"], account["missing"], len(x) > 100]))
    zwsnb.stop()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
@pytest.mark.parametrize("where", ["here", "apart"])
def test_a_child_that_looks_while_its_service_is_started_anew_goes_on_there(where: str) -> None:
    done = run(STARTED_ANEW, where, PYTHONPATH=os.fspath(ROOT / "tests"))
    assert json.loads(done.stdout) == [1, 0, True]


JOBLIB: Final = """
    from joblib import Parallel, delayed

    def work(plot, n):
        plot.publish(range(100), [n] * 100, series=str(n))
        assert zwsnb.flush()
        return {"plot": plot, "other": zwsnb.Plot("other")}

    zwsnb.start()
    plot = zwsnb.Plot("p", title="Titel")
    results = Parallel(n_jobs=2)(delayed(work)(plot, n) for n in range(4))
    for result in results:
        result["plot"].publish(1, 1)
        result["other"].publish(1, 1)
    stats = zwsnb.stats()
    assert repr(results[0]["plot"]) == repr(plot)
    assert stats["plots"]["other"]["points"] == 4
    assert all(plot.to_numpy(str(n)).shape == (100, 2) for n in range(4))
    print(json.dumps(stats["producers"]))
    from joblib.externals.loky import get_reusable_executor
    get_reusable_executor().shutdown(wait=True)
"""


def test_a_plot_in_the_result_of_a_worker_of_joblib_comes_back(tmp_path: Path) -> None:
    pytest.importorskip("joblib")
    account = json.loads(run_file(tmp_path / "joblibs.py", JOBLIB))
    assert account["own"]["accepted"] == account["own"]["taken"] == 8
    assert account["remote"]["delivered"] == account["remote"]["accepted"] == 400
    assert account["remote"]["missing"] == 0


def test_a_program_that_inherits_the_environment_joins() -> None:
    script = """
        import subprocess
        service = zwsnb.start()
        file = os.environ["ZWSNB_CONNECT"]
        code = "from zwsnb import publish\\nfor i in range(1000): publish(i, i)"
        subprocess.run([sys.executable, "-c", code], check=True)
        while zwsnb.stats()["points"] < 1000:
            time.sleep(0.01)
        print(json.dumps(zwsnb.stats()["producers"]))
        zwsnb.stop()
        assert "ZWSNB_CONNECT" not in os.environ
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                              env=os.environ | {"ZWSNB_CONNECT": file})
        assert told.returncode == 1
        assert told.stderr.strip().endswith(
            f"ZWSNB_CONNECT names {file}, and no zwsnb service runs there any more: "
            "zwsnb.start() starts one here")
    """
    assert_conserved(json.loads(run(script).stdout), producers=1, points=1000)


def test_start_starts_one_of_its_own_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as other:
        monkeypatch.setenv(parent.VARIABLE, os.fspath(connection_file.path_of(other.info)))
        Plot("joined").publish(1, 1)
        assert zwsnb.flush()
        assert other.stats()["points"] == 1
        assert zwsnb.start().url() != other.url()
        Plot("own").publish([1, 2], [1, 2])
        assert zwsnb.stats()["points"] == 2
        assert other.stats()["points"] == 1


# -- what comes between ----------------------------------------------------------------------------

HELD: Final = """
    import ctypes, subprocess, time
    zwsnb.start(ingress=sys.argv[1])
    zwsnb.publish(0, 0)
    other = subprocess.Popen([sys.executable, "-c", '''if True:
        import time, zwsnb
        plot = zwsnb.Plot("other")
        for i in range(100):
            plot.publish(i, i)
            time.sleep(0.05)
        assert zwsnb.flush(30)
    '''])
    while "other" not in zwsnb.stats()["plots"]:
        time.sleep(0.01)
    ctypes.PyDLL(None).sleep(6)  # a call into C that holds the interpreter's lock
    assert other.wait(30) == 0
    x = zwsnb.Plot("other").to_numpy()[:, 0].tolist()
    print(json.dumps([x == list(range(100)), zwsnb.stats()["counts"], zwsnb.stats()["producers"]]))
    zwsnb.stop()
"""


@pytest.mark.parametrize("ingress", ["", "tcp://127.0.0.1:*"], ids=["file", "tcp"])
def test_a_cell_that_holds_the_interpreter_costs_other_processes_nothing(ingress: str) -> None:
    """It is longer than a sender waits before it connects anew."""
    is_whole, counts, account = json.loads(run(HELD, ingress).stdout)
    assert (is_whole, counts) == (True, {})
    assert_conserved(account, producers=1, points=100)
