"""A real kernel without a browser: what cells print and raise, and what is left behind when
something ends.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from support import lab
from support.kernels import LOAD, PATIENCE, Kernel, start_kernel
from support.services import DIRECT

from zwsnb.commands.plot_arguments import way_back
from zwsnb.protocol.options import DEFAULTS, OPTIONS

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

GONE_WITHIN = 5  # seconds
PUBLISH_WITHOUT_END = "import itertools\nfor n in itertools.count():\n    publish(n, n % 7)"


@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[Kernel]:
    """A fresh kernel."""
    yield from start_kernel(tmp_path)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """A kernel with zwsnb loaded, for the tests that leave it as they found it."""
    for kernel in start_kernel(tmp_path_factory.mktemp("kernel")):
        kernel.run(LOAD)
        yield kernel


def stats_of(url: str) -> dict[str, Any]:
    """Return the statistics of a service, asked from outside."""
    parts = urlsplit(url)
    with DIRECT.open(f"{parts.scheme}://{parts.netloc}/stats?{parts.query}", timeout=5) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def answers(port: int) -> bool:
    """Say whether somebody listens at a port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def is_gone(pid: int) -> bool:
    """Say whether a process has ended; one that nobody has waited for counts as ended."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


# --- loading ---


def test_loading_shows_the_plot_and_prints_nothing(kernel: Kernel) -> None:
    outcome = kernel.run(LOAD)
    (shown,) = outcome.shown
    assert "zwsnbBundle.show(element" in shown["application/javascript"]
    assert shown["text/plain"] == "Plot('plot')"
    assert outcome.out == ""


def test_loading_again_shows_the_plot_again(kernel: Kernel) -> None:
    kernel.run(LOAD)
    url = kernel.ask("__import__('zwsnb').stats()['url']")
    outcome = kernel.run(LOAD)
    assert len(outcome.shown) == 1
    assert url.partition("/?")[0] in outcome.shown[0]["application/javascript"]
    assert (
        kernel.ask("[t.name for t in __import__('threading').enumerate()].count('zwsnb-hub')") == 1
    )


OWN = "__import__('zwsnb').stats()['producers']['own']"


@pytest.mark.parametrize("lost", ["zwsnb.stop()", "%zwsnb stop", "%reset -f", "del publish"])
@pytest.mark.parametrize("apart", ["\n", None])
def test_loading_again_starts_and_gives_publish(
    kernel: Kernel, lost: str, apart: str | None
) -> None:
    """In the cell of the loss, and in one of its own."""
    kernel.run(f"{LOAD}\nimport zwsnb\npublish(0, 0)")
    if apart is None:
        kernel.run(lost)
    again = kernel.run(f"{apart.join([lost, LOAD]) if apart else LOAD}\npublish(1, 2)")
    assert [list(shown) for shown in again.shown] == [["application/javascript", "text/plain"]]
    points = 1 if "stop" in lost else 2
    account = kernel.ask(OWN)
    assert (account["accepted"], account["taken"], account["dropped"]) == (points, points, 0)
    assert kernel.ask("__import__('zwsnb').Plot().to_numpy().tolist()")[-1] == [1, 2]
    assert len(kernel.services()) == 1


def test_a_cell_that_loads_can_be_called_without_a_line_of_its_own(kernel: Kernel) -> None:
    kernel.run(LOAD)
    kernel.quiet("import zwsnb\nzwsnb.stop()")
    kernel.run(
        "for word in ['zwsnb']: get_ipython().run_line_magic('load_ext', word)\npublish(1, 2)"
    )
    assert kernel.ask(OWN)["taken"] == 1


def test_reloading_keeps_the_points_and_the_service(kernel: Kernel) -> None:
    kernel.run(f"{LOAD}\npublish([1, 2], [3, 4])")
    ports = doors_of(kernel)
    assert len(kernel.run("%reload_ext zwsnb\npublish(3, 5)").shown) == 1
    assert doors_of(kernel) == ports
    assert kernel.ask("__import__('zwsnb').Plot().to_numpy().tolist()") == [[1, 3], [2, 4], [3, 5]]
    assert kernel.ask(OWN)["taken"] == 3


def test_other_extensions_load_as_ever_and_unloading_gives_the_magics_back(kernel: Kernel) -> None:
    kernel.quiet("own = [get_ipython().find_line_magic(w) for w in ('load_ext', 'reload_ext')]")
    kernel.run(LOAD)
    kernel.quiet("%load_ext autoreload")
    assert "autoreload extension is already loaded" in kernel.run("%load_ext autoreload").out
    kernel.quiet("%reload_ext autoreload")
    kernel.quiet("%unload_ext zwsnb")
    kernel.quiet(
        "assert own == [get_ipython().find_line_magic(w) for w in ('load_ext', 'reload_ext')]"
    )
    kernel.run(f"{LOAD}\npublish(1, 2)")
    assert kernel.ask(OWN)["taken"] == 1


def test_the_magic_is_there_after_an_import(kernel: Kernel) -> None:
    kernel.quiet("from zwsnb import Plot")
    assert "zwsnb is not running" in kernel.run("%zwsnb").out
    assert len(kernel.run("Plot('words').publish(1, 2)").shown) == 1
    assert "1 point in 1 plot" in kernel.run("%zwsnb").out
    assert len(kernel.run("%zwsnb show words").shown) == 1


def test_an_imported_publish_starts_the_service(kernel: Kernel) -> None:
    kernel.run("from zwsnb import publish\nfor i in range(1000): publish(i, i)")
    account = kernel.ask(OWN)
    assert (account["accepted"], account["taken"], account["dropped"]) == (1000, 1000, 0)
    assert "1,000 points in 1 plot" in kernel.run("%zwsnb").out


def test_unloading_takes_publish_the_magic_and_the_service_away(kernel: Kernel) -> None:
    kernel.run("import threading; threads = threading.active_count()")
    kernel.run(f"{LOAD}\npublish(1, 2)")
    (port, ingress) = doors_of(kernel)
    kernel.quiet("%unload_ext zwsnb")
    assert kernel.execute("publish").error.startswith("NameError")
    assert "zwsnb` not found" in kernel.execute("%zwsnb").err
    lab.until(lambda: kernel.ask("threading.active_count() - threads") == 0, "no thread of ours")
    assert kernel.ask("get_ipython().events.callbacks['post_run_cell'] == []")
    assert not answers(port)
    assert not is_open(ingress)
    assert kernel.services() == []


def test_unloading_leaves_a_publish_of_the_users_own_alone(kernel: Kernel) -> None:
    kernel.run(LOAD)
    kernel.quiet("publish = print")
    kernel.quiet("%unload_ext zwsnb")
    assert kernel.run("publish('mine')").out == "mine\n"


def doors_of(kernel: Kernel) -> tuple[int, str]:
    """Return the port of the page and the address of the way in."""
    stats = kernel.ask("{k: __import__('zwsnb').stats()[k] for k in ('url', 'ingress')}")
    page, ingress = urlsplit(stats["url"]).port, stats["ingress"]
    assert page is not None
    assert answers(page)
    assert is_open(ingress)
    return page, ingress


def is_open(ingress: str) -> bool:
    """Return whether publishers of other processes find somebody: at a socket file, or by a name or
    TCP where its path would be too long.
    """
    there = urlsplit(ingress)
    if there.netloc.startswith("@"):
        with socket.socket(socket.AF_UNIX) as peer:
            return peer.connect_ex(f"\0{there.netloc[1:]}") == 0
    return Path(there.path).is_socket() if there.scheme == "ipc" else answers(there.port or 0)


COUNTS = """
import gc, os, threading
def counts():
    gc.collect()
    return len(os.listdir("/proc/self/fd")), sorted(t.name for t in threading.enumerate())
"""


def test_twenty_reloads_leave_threads_and_descriptors_as_they_were(kernel: Kernel) -> None:
    kernel.quiet(COUNTS)
    kernel.run(f"{LOAD}\npublish(0, 0)")
    kernel.run("%reload_ext zwsnb")
    before = kernel.ask("counts()")
    for i in range(20):
        assert len(kernel.run(f"%reload_ext zwsnb\npublish({i}, 1)").shown) == 1
    # The kernel's own sockets come and go by one or two, whatever zwsnb does; one that each reload
    # leaves would be twenty.
    descriptors, threads = before
    lab.until(lambda: kernel.ask("counts()")[0] < descriptors + 10, "as few descriptors as before")
    assert not Counter(kernel.ask("counts()")[1]) - Counter(threads)
    assert len(kernel.services()) == 1


# --- the picture behind a plot ---


def test_a_picture_follows_the_end_of_each_cell_that_changed_its_plot(kernel: Kernel) -> None:
    loading = kernel.run(f"{LOAD}\n%zwsnb show\nfrom zwsnb import Plot\np = Plot('other')\np")
    first, other = loading.pictures
    kernel.quiet("publish([1, 2], [3, 4])")
    assert kernel.updated(first).endswith(": x 1 to 2; y 3 to 4")
    kernel.quiet("p.publish(1, 5)")
    kernel.quiet("p.publish(2, 6)")
    while not kernel.updated(other).endswith(": x 1 to 2; y 5 to 6"):
        pass
    (again,) = kernel.run(LOAD).pictures
    assert again == first


def test_the_last_picture_comes_with_the_stop_and_with_the_exit(kernel: Kernel) -> None:
    (picture,) = kernel.run(f"{LOAD}\npublish(1, 2)").pictures
    assert kernel.updated(picture).endswith("y 2")
    kernel.run("%zwsnb stop")
    (picture,) = kernel.run("%zwsnb start\npublish(1, 3)").pictures
    assert kernel.updated(picture).endswith("y 3")
    kernel.quiet(
        "import threading, time, zwsnb\n"
        "def later():\n"
        "    threading.Event().wait(0.5)\n"
        "    publish(2, 4)\n"
        "    zwsnb.flush()\n"
        "    print('published')\n"
        "threading.Thread(target=later).start()"
    )
    client = kernel.client
    while "published" not in client.get_iopub_msg(timeout=PATIENCE)["content"].get("text", ""):
        pass
    client.shutdown()
    assert kernel.updated(picture, in_a_hurry=True).endswith(": x 1 to 2; y 3 to 4")


def test_a_plot_that_is_not_shown_has_no_picture(kernel: Kernel) -> None:
    kernel.quiet("from zwsnb import Plot\n%zwsnb config show=no")
    kernel.quiet("p = Plot('unseen')\np.publish([1, 2], [3, 4])")
    names = "[t.name for t in __import__('threading').enumerate()]"
    assert "zwsnb-pictures" not in kernel.ask(names)
    assert "resvg_py" not in kernel.ask("list(__import__('sys').modules)")


# --- plots that nothing shows ---


def test_a_plot_that_nothing_shows_is_shown_below_the_cell_that_publishes_to_it(
    kernel: Kernel,
) -> None:
    kernel.run(LOAD)
    loop = "import time\nfor i in range(20):\n    publish(i, i, plot='loop')\n    time.sleep(0.02)"
    for cell in (loop, "Plot('flat', height=123).publish([1, 2], [3, 4])"):
        shown = kernel.run(f"from zwsnb import Plot\n{cell}")
        assert (len(shown.shown), len(shown.pictures)) == (1, 1)
    assert '"height": 123' in shown.shown[0]["application/javascript"]
    kernel.quiet("publish(30, 1, plot='loop')")


def test_the_small_frame_of_load_ext_gives_way_to_the_plot_or_becomes_it(kernel: Kernel) -> None:
    (small,) = kernel.run(LOAD).live.values()
    assert '"height": 96' in small["application/javascript"]
    outcome = kernel.run("publish(1, 1)")
    assert '"height": 360' in outcome.shown[0]["application/javascript"]
    assert (len(outcome.shown), len(outcome.pictures)) == (1, 1)
    kernel.quiet("publish(2, 1)")
    kernel.run("%zwsnb stop\n%zwsnb start")
    (grown,) = kernel.run(f"{LOAD}\npublish(1, 1)").live.values()
    assert '"height": 360' in grown["application/javascript"]
    kernel.run("%zwsnb stop\n%zwsnb start\n%zwsnb config show=no")
    assert '"height": 360' in kernel.run(LOAD).shown[0]["application/javascript"]
    kernel.quiet("publish(1, 1)")


def test_a_loop_that_is_tracked_and_metrics_that_are_logged_show_their_plot(
    kernel: Kernel,
) -> None:
    loop = "for x in zwsnb.track(range(20)):\n    time.sleep(0.02)"
    assert len(kernel.run(f"import zwsnb, time\n{loop}").shown) == 1
    assert len(kernel.run("zwsnb.log(loss=.3, plot='logged')").shown) == 1
    kernel.quiet("zwsnb.log(loss=.2, plot='logged')")


def test_the_plot_of_a_cell_that_captures_is_shown_by_the_next_one(kernel: Kernel) -> None:
    kernel.run(f"{LOAD}\nimport time")
    cell = "publish(1, 1, plot='captured')\ntime.sleep(0.3)"
    assert kernel.run(f"%%capture\n{cell}").shown == []
    assert len(kernel.run(cell).shown) == 1


def test_below_one_cell_a_plot_stands_once(kernel: Kernel) -> None:
    loop = "for i in range(20):\n    p.publish(i, i)\n    time.sleep(0.02)\n"
    shown = kernel.run(f"import time\nfrom zwsnb import Plot\np = Plot('p')\n{loop}p")
    assert (len(shown.shown), len(shown.pictures)) == (1, 1)
    again = kernel.run("p")
    assert (len(again.shown), again.pictures) == (1, shown.pictures)
    for cell in ("p.show()\np.publish(50, 1)\np", "display(p)\np", "p.show()\n%zwsnb show p"):
        shown = kernel.run(cell)
        assert (len(shown.shown), len(shown.pictures)) == (1, 1), cell


def test_what_a_cell_has_cleared_it_shows_again(kernel: Kernel) -> None:
    """As a loop does that clears its cell's output, and with it the plot."""
    clear = "from IPython.display import clear_output\n"
    kernel.run("from zwsnb import Plot\np = Plot('p')\np.publish([1, 2], [3, 4])")
    shown = kernel.run(f"{clear}for _ in range(3):\n    clear_output(wait=True)\n    display(p)")
    assert len(shown.shown) == 3


def test_where_that_is_not_wanted_it_is_not_done(kernel: Kernel) -> None:
    kernel.run(LOAD)
    kernel.quiet("%zwsnb config show=no")
    kernel.quiet("publish([1, 2], [3, 4], plot='off')")
    kernel.quiet("%zwsnb config show=yes")
    assert len(kernel.run("publish([3, 4], [3, 4], plot='off')").shown) == 1
    outcome = kernel.execute("%zwsnb config show=maybe")
    assert "it is proxy=URL, show=yes or show=no" in outcome.err


# --- %zwsnb ---


def test_the_status_names_the_address_and_counts(loaded: Kernel) -> None:
    loaded.run("for i in range(1234):\n    publish(i, i, plot='status')")
    said = loaded.run("%zwsnb").out
    assert "at http://127.0.0.1:" in said
    assert "opens its page once, within a minute; p.url has one that stays" in said
    assert "  status: 1,234 points, 0 viewers\n    y: 1,234 points" in said
    assert "dropped" not in said


@pytest.mark.parametrize("word", ["", " restart"])
def test_what_stays_in_the_notebook_has_no_token(loaded: Kernel, word: str) -> None:
    loaded.run("publish(1, 1, plot='another')")
    said = loaded.run(f"%zwsnb{word}").out
    token = loaded.run("from zwsnb import api; print(api.service().info['token'])").out.strip()
    assert "?once=" in said
    assert len(token) == 32
    assert token not in said


def test_the_way_to_the_page_is_set_and_printed(loaded: Kernel) -> None:
    said = "proxy is not set: a way is looked for\nshow=yes\n"
    assert loaded.run("%zwsnb config").out == said
    loaded.quiet("%zwsnb config proxy=https://t.test/{port}/")
    assert loaded.run("%zwsnb config").out == "proxy=https://t.test/{port}/\nshow=yes\n"
    (shown,) = loaded.run("%zwsnb show").shown
    assert '"template": "https://t.test/{port}/"' in shown["application/javascript"]
    loaded.quiet("%zwsnb config proxy=")


def test_show_clear_and_freeze(loaded: Kernel) -> None:
    loaded.run("publish([1, 2, 3], [4, 5, 6], plot='words')")
    (shown,) = loaded.run("%zwsnb show words --window 30 --height 123").shown
    assert '"height": 123,' in shown["application/javascript"]
    assert shown["text/plain"] == "Plot('words', window=30.0)"
    (frozen,) = loaded.run("%zwsnb freeze words").pictures
    assert loaded.updated(frozen).endswith(": x 1 to 31; y 4 to 6")
    loaded.quiet("%zwsnb clear words")
    assert loaded.ask("__import__('zwsnb').Plot('words').stats()['series']") == {}


def test_a_plot_is_seen_by_frequency_and_its_points_stay_the_signal(loaded: Kernel) -> None:
    loaded.run(
        "import numpy, zwsnb\n"
        "tone = zwsnb.Plot('tone', style='spectrum', x_unit='s', y_unit='V')\n"
        "tone.clear()\n"
        "x = numpy.arange(1_000) / 1_000\n"
        "tone.publish(x, 3 * numpy.sin(2 * numpy.pi * 50 * x))"
    )
    (frozen,) = loaded.run("%zwsnb freeze tone").pictures
    said = loaded.updated(frozen)
    assert ": frequency 0 to 500 Hz; y 0 to 3 V" in said
    assert loaded.ask("tone.to_numpy().shape[0]") == 1_000
    loaded.run("tone.style(style='line')")
    (frozen,) = loaded.run("%zwsnb freeze tone").pictures
    assert "x 0 to 999 ms; y " in loaded.updated(frozen)


EVERY_OPTION = (
    "--title First --window 5m --x-range 0 9 --y-range 0 auto --y2-range grow --style step"
    " --period 1m --points --time s --tz UTC --log y --xy no --aspect equal --x-label a"
    " --y-label b --y2-label c --x-unit V --y-unit A --y2-unit W --z-range 0 1 --z-log --z-label d"
    """ --series '{"y": {"axis": "right"}}' --panel y --line 4 limit --region 1 2 begin"""
    """ --trigger '{"level": 0.5}'"""
    " --z-unit dB --history 5MB --legend right --tiles y --link x"
)


def test_show_takes_every_option_back(loaded: Kernel) -> None:
    def said() -> Any:
        return loaded.ask("__import__('zwsnb').stats()['plots']['back']['options']")

    loaded.run("publish([1, 2, 3], [4, 5, 6], plot='back')")
    before = said()
    assert before == {**DEFAULTS, "time": False}, "the relay has looked at them"
    loaded.run(f"%zwsnb show back {EVERY_OPTION}")
    assert [name for name, value in said().items() if value == before[name]] == []
    words = [word or '""' for option in OPTIONS for word in way_back(option)]
    loaded.run(f"%zwsnb show back {' '.join(words)}")
    assert said() == before
    loaded.run("%zwsnb show back --panel a --no-panels --no-lines --line 2 --panel y")
    assert (said()["panels"], said()["lines"]) == ([["y"]], [{"y": 2, "text": ""}])


def test_a_cell_that_is_edited_says_all_options_of_its_plot(loaded: Kernel) -> None:
    """As JupyterLab and VS Code send cells: with the name of each."""

    def run(cell: str, source: str) -> None:
        client = loaded.client
        message = client.session.msg("execute_request", {"code": source, "silent": False})
        message["metadata"]["cellId"] = cell
        client.shell_channel.send(message)
        while (reply := client.get_shell_msg(timeout=PATIENCE))["content"].get("status") is None:
            pass
        assert reply["content"]["status"] == "ok", reply

    def said() -> Any:
        options = loaded.ask("zwsnb.stats()['plots']['edited']['options']")
        return [options[name] for name in ("log", "title", "window")]

    loaded.run("import zwsnb\nfrom zwsnb import Plot")
    run("a", "p = Plot('edited', log='y', title='First')")
    run(
        "b", "zwsnb.Plot('edited').publish(1, 2)\nq = Plot('edited')\n%zwsnb show edited --window 5"
    )
    assert said() == ["y", "First", 5]
    run("a", "p = Plot('edited')")
    assert said() == [None, None, None]


def test_help_is_printed_and_wrong_words_are_named(loaded: Kernel) -> None:
    assert "show a plot below the cell" in loaded.run("%zwsnb --help").out
    for words, sentence in (
        ("dance", "dance"),
        ("show a --window wide", "wide"),
        ("show a --window -1", "window is -1"),
        ("show a --y-range 2 1", "low must be below high"),
        ("show --titel First", "unrecognized arguments: --titel; did you mean --title?"),
        ("show --no-title", 'unrecognized arguments: --no-title; did you mean --title ""?'),
        ("show nosuch", "there is no plot 'nosuch'; the plots are '"),
        ("clear nosuch", "there is no plot 'nosuch'; the plots are '"),
        ("freeze nosuch", "there is no plot 'nosuch'; the plots are '"),
    ):
        said = loaded.execute(f"%zwsnb {words}").err
        assert said.startswith("UsageError: %zwsnb: ")
        assert sentence in said


def test_stop_and_start(kernel: Kernel) -> None:
    kernel.run(LOAD)
    assert kernel.run("%zwsnb stop").out == "zwsnb has stopped; %zwsnb start starts it again.\n"
    assert (
        kernel.run("%zwsnb").out
        == "zwsnb is not running: %load_ext zwsnb or %zwsnb start starts it.\n"
    )
    assert "zwsnb is not running" in kernel.execute("publish(1, 2)").error
    assert len(kernel.run("%zwsnb start").shown) == 1
    kernel.quiet("publish(1, 2)")
    assert "1 point in 1 plot" in kernel.run("%zwsnb").out


# --- mistakes ---


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("publish([1, 2, 3], [1, 2, 3, 4])", "ValueError: x has 3 values, y has 4"),
        ("publish([1, 2], loss=[1])", "ValueError: x has 2 values, y of 'loss' has 1"),
        ("publish(1, 'two')", "TypeError: y is a text ('two')"),
        ("publish('one', 2)", "TypeError: x is a text ('one')"),
        ("publish(float('nan'), 2)", "ValueError: x is nan; x must be finite"),
        ("publish(1, 2, series='a\\nb')", "ValueError: "),
        ("publish(1, 2, plot='x' * 257)", "ValueError: "),
        ("Plot('mistakes', window=-1)", "ValueError: window is -1"),
        ("Plot('mistakes', color='red')", "TypeError: there is no option 'color'"),
    ],
)
def test_a_mistake_is_an_error_in_the_cell_and_harms_nothing(
    loaded: Kernel, call: str, error: str
) -> None:
    assert loaded.execute(f"from zwsnb import Plot\n{call}").error.startswith(error)
    assert loaded.run("publish(1, 2, plot='mistakes')").err == ""


def test_an_interrupt_ends_the_cell_and_not_the_service(kernel: Kernel) -> None:
    kernel.run(LOAD)
    url = kernel.ask("__import__('zwsnb').stats()['url']")
    request = kernel.client.execute(PUBLISH_WITHOUT_END, stop_on_error=False)
    lab.until(
        lambda: stats_of(url)["points"] > 1_000_000, "points from a busy cell that nobody watches"
    )
    own = stats_of(url)["producers"]["own"]
    assert own["accepted"] == own["taken"] + own["dropped"] + own["queued"]
    kernel.manager.interrupt_kernel()
    reply = kernel.client._recv_reply(request, timeout=PATIENCE)
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.ask("(publish(n + 1, 5), n)[1]") > 0
    assert kernel.ask(
        "(lambda s: s['points'] == s['plots']['plot']['points'])(__import__('zwsnb').stats())"
    )
    assert stats_of(url)["plots"]["plot"]["series"]["y"]["last"][1] == 5


# --- the end of a kernel ---


def test_a_restart_leaves_no_process_no_port_and_no_connection_file(kernel: Kernel) -> None:
    kernel.run(f"{LOAD}\npublish(1, 2)")
    pid, (port, ingress) = kernel.pid, doors_of(kernel)
    assert len(kernel.services()) == 1
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(PATIENCE)
    lab.until(lambda: is_gone(pid), "the end of the old kernel", GONE_WITHIN)
    assert not answers(port)
    assert not is_open(ingress)
    assert kernel.services() == []
    kernel.run(LOAD)
    assert kernel.run("publish(1, 2)").shown


# --- other processes ---

WORKER = """
def work(plot, i):
    for x in range(1000):
        plot.publish(x, i * x, series=f"worker {i}")
"""

WORKERS = """
import multiprocessing, warnings
from worker import work
from zwsnb import Plot
# Newer Pythons warn of every fork of a process with threads, which a kernel always is.
warnings.simplefilter("ignore", DeprecationWarning)
plot = Plot({method!r})
context = multiprocessing.get_context({method!r})
workers = [context.Process(target=work, args=(plot, i)) for i in range(3)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
codes = [worker.exitcode for worker in workers]
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_publish_into_the_plot_of_the_kernel(loaded: Kernel, method: str) -> None:
    (loaded.folder / "worker.py").write_text(WORKER)
    loaded.quiet(WORKERS.format(method=method))
    assert loaded.ask("codes") == [0, 0, 0]
    url = loaded.ask("plot.url")
    lab.until(lambda: points_in(url, method) == 3000, "3,000 points of three workers")
    assert loaded.ask("[plot.to_numpy(f'worker {i}')[-1].tolist() for i in range(3)]") == [
        [999, 999 * i] for i in range(3)
    ]
    assert "missing" not in stats_of(url)["counts"]


def test_a_cell_that_runs_again_begins_a_run_that_knows_its_cell(loaded: Kernel) -> None:
    cell = "for i in range(100):\n    publish(i, again=i, plot='again')"
    loaded.run(cell)
    loaded.quiet("pass")
    loaded.quiet(cell)
    loaded.quiet("import zwsnb\np = zwsnb.Plot('again')")
    runs = loaded.ask("[[r.name, r.number, r.cell, r.points] for r in p.runs()]")
    (name, number, cell_now, points), (past, first, cell_then, before) = runs
    assert (name, number, points) == ("again", 0, 100)
    assert (past, first, before) == ("again (1)", 1, 100)
    assert cell_now == cell_then + 2
    assert loaded.ask("p.stats()['points']") == 200


def points_in(url: str, plot: str) -> int:
    points: int = stats_of(url)["plots"].get(plot, {}).get("points", 0)
    return points


@pytest.fixture
def apart(kernel: Kernel) -> tuple[Kernel, int]:
    """A kernel whose relay runs in a process of its own, and that process."""
    kernel.quiet("import zwsnb\nservice = zwsnb.start(process=True)")
    (child,) = psutil.Process(kernel.pid).children()
    return kernel, child.pid


def test_a_relay_in_a_process_of_its_own_does_the_same(apart: tuple[Kernel, int]) -> None:
    kernel, child = apart
    kernel.run(LOAD)
    kernel.quiet("for i in range(1000):\n    publish(i, i / 2)")
    assert "1,000 points in 1 plot" in kernel.run("%zwsnb").out
    assert kernel.ask("zwsnb.Plot().to_numpy().shape") == [1000, 2]
    (frozen,) = kernel.run("%zwsnb freeze").pictures
    assert kernel.updated(frozen).endswith("x 0 to 999; y 0 to 499.5")
    assert "zwsnb-hub" not in kernel.ask("[t.name for t in __import__('threading').enumerate()]")
    kernel.quiet("zwsnb.stop()")
    lab.until(lambda: is_gone(child), "the end of the relay's process", GONE_WITHIN)


def kill(kernel: Kernel) -> None:
    os.kill(kernel.pid, signal.SIGKILL)


def restart(kernel: Kernel) -> None:
    kernel.manager.restart_kernel()


def shut_down(kernel: Kernel) -> None:
    kernel.manager.shutdown_kernel()


@pytest.mark.parametrize("end", [kill, restart, shut_down])
def test_the_relays_process_ends_with_its_kernel(
    apart: tuple[Kernel, int], end: Callable[[Kernel], None]
) -> None:
    kernel, child = apart
    kernel.run("zwsnb.publish(1, 2)")
    begin = time.monotonic()
    end(kernel)
    lab.until(lambda: is_gone(child), "the end of the relay's process", GONE_WITHIN)
    lab.report(
        f"{end.__name__}: the relay's process has ended {time.monotonic() - begin:.2f} s later"
    )


def test_a_kernel_with_such_a_relay_ends_by_itself_and_in_order(apart: tuple[Kernel, int]) -> None:
    """A child that the kernel waits for makes its manager lose patience, and kill it."""
    kernel, _ = apart
    kernel.quiet("import atexit, pathlib\n_ = atexit.register(pathlib.Path('ended').touch)")
    kernel.manager.shutdown_kernel()
    assert (kernel.folder / "ended").exists()
