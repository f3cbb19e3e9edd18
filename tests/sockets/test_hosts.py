"""Programs that are no notebook: what runs them, and what else runs in them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from support.eventually import PATIENCE
from support.scripts import HEAD, run
from support.services import DIRECT, Page
from websockets.sync.client import connect

from zwsnb.protocol.messages import VERSION
from zwsnb.service.addresses.address import Address


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / "services"))
    monkeypatch.delenv("ZWSNB_CONNECT", raising=False)


@contextlib.contextmanager
def watching(address: Address) -> Iterator[Page]:
    """A page of the plot p."""
    url = address.route("/ws", plot="p", v=str(VERSION)).replace("http", "ws", 1)
    with connect(url, proxy=None, open_timeout=PATIENCE) as socket:
        page = Page(socket)
        page.hear()
        yield page


# -- gevent ----------------------------------------------------------------------------------------

GREENLETS: Final = """
    import gevent, warnings
    import numpy as np
    warnings.simplefilter("ignore", DeprecationWarning)
    service = zwsnb.start(process=sys.argv[1] == "apart")
    plot = zwsnb.Plot("p")

    def work(n):
        for i in range(1000):
            plot.publish(i, i, series=str(n))
            if not i % 100:
                gevent.sleep(0)

    gevent.joinall([gevent.spawn(work, n) for n in range(4)])
    plot.publish(np.arange(300_000), np.arange(300_000))
    assert zwsnb.flush()
    assert all(plot.to_numpy(str(n))[:, 0].tolist() == list(range(1000)) for n in range(4))
    pid = os.fork()
    if not pid:
        plot.publish(range(10), range(10), series="child")
        os._exit(0 if zwsnb.flush() else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert plot.stats()["series"]["child"]["points"] == 10
    print(json.dumps(zwsnb.stats()["producers"]))
    zwsnb.stop()
    zwsnb.start()
    zwsnb.publish(1, 2)
    assert zwsnb.stats()["points"] == 1
    zwsnb.stop()
"""


PATCH: Final = "from gevent import monkey; monkey.patch_all()\n"


@pytest.mark.parametrize("head", [PATCH + HEAD, HEAD + PATCH], ids=["patch first", "zwsnb first"])
@pytest.mark.parametrize("where", ["here", "apart"])
def test_beside_gevents_patch_it_works(head: str, where: str) -> None:
    account = json.loads(run(GREENLETS, where, head=head).stdout)
    if where == "here":
        assert (account["own"]["accepted"], account["own"]["taken"]) == (304_000, 304_000)
    remote = 10 if where == "here" else 304_010
    assert account["remote"]["accepted"] == account["remote"]["delivered"] == remote
    assert account["remote"]["missing"] == 0


PATCHED_AND_WATCHED: Final = """
    import gevent
    print(zwsnb.Plot("p").url, flush=True)
    for i in range(100):
        zwsnb.publish(i, i, plot="p")
        gevent.sleep(0.001)
    sys.stdin.readline()
    print(zwsnb.stats()["producers"]["own"]["taken"], flush=True)
"""


def test_a_page_moves_beside_gevents_patch() -> None:
    code = PATCH + HEAD + textwrap.dedent(PATCHED_AND_WATCHED)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = Address.of(process.stdout.readline().strip())
        with watching(address) as page:
            page.look().until_x(99)
        with DIRECT.open(address.route("/stats"), timeout=PATIENCE) as answer:
            assert json.load(answer)["points"] == 100
        assert process.communicate("\n", timeout=PATIENCE)[0] == "100\n"
        assert process.returncode == 0


# -- loops of asyncio ------------------------------------------------------------------------------

LOOP: Final = """
    import asyncio

    async def work(n):
        for i in range(1000):
            zwsnb.publish(i, i, series=str(n))
            if not i % 100:
                await asyncio.sleep(0)

    async def main():
        print(type(asyncio.get_running_loop()).__module__)
        zwsnb.start(process=sys.argv[2] == "apart")
        await asyncio.gather(*[work(n) for n in range(4)])
        print(json.dumps(zwsnb.stats()["producers"]))

    if sys.argv[1] == "uvloop":
        import uvloop
        uvloop.run(main())
    else:
        asyncio.run(main())
    zwsnb.stop()
"""


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
@pytest.mark.parametrize("where", ["here", "apart"])
def test_in_a_loop_of_asyncio_it_works(loop: str, where: str) -> None:
    pytest.importorskip(loop)
    name, account = run(LOOP, loop, where).stdout.splitlines()
    assert name.partition(".")[0] == loop
    producers = json.loads(account)
    own = producers["own"] or {"accepted": 0, "taken": 0}
    remote = producers["remote"]
    assert own["accepted"] + remote["accepted"] == own["taken"] + remote["delivered"] == 4000


# -- a prompt --------------------------------------------------------------------------------------

PROMPTS: Final = {
    "python": ["-i", "-q"],
    "ipython": ["-m", "IPython", "--simple-prompt", "--no-banner", "--no-confirm-exit"],
}


@pytest.mark.parametrize("prompt", PROMPTS)
def test_at_a_prompt_the_address_is_seen(prompt: str, tmp_path: Path) -> None:
    lines = """
        import zwsnb, urllib.request
        service = zwsnb.start()
        service
        plot = zwsnb.Plot("p", title="Titel")
        plot.publish(1, 2)
        plot
        zwsnb.Plot("p").url == plot.url == plot.open()
        zwsnb.stats()["producers"]["own"]["taken"], zwsnb.stats()["points"]
        zwsnb.stop()
        service, plot
    """
    done = subprocess.run(
        [sys.executable, *PROMPTS[prompt]],
        input=textwrap.dedent(lines),
        env=os.environ | {"IPYTHONDIR": os.fspath(tmp_path), "BROWSER": "none", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    said = done.stdout
    base = r"http://127\.0\.0\.1:\d+"
    assert re.search(rf"<zwsnb service at {base}>", said), said + done.stderr
    shown = rf"Plot\('p', title='Titel'\) at {base}/ \(\.url opens it\)$"
    assert re.search(shown, said, re.MULTILINE), said
    # Of open, without a browser; the one place that has the token.
    assert re.search(rf"(^|: ){base}/\?token=[\w-]+&plot=p$", said, re.MULTILINE), said
    assert said.count("token") == 1
    assert "True" in said
    assert "(1, 1)" in said
    assert "<zwsnb service that has stopped>, Plot('p', title='Titel'))" in said


def test_in_ipython_without_a_notebook_loading_shows_the_address(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, *PROMPTS["ipython"]],
        input="%load_ext zwsnb\npublish(1, 2)\n%zwsnb\n",
        env=os.environ | {"IPYTHONDIR": os.fspath(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert re.search(
        r"Plot\('plot'\) at http://127\.0\.0\.1:\d+/ \(\.url opens it\)", done.stdout
    ), done
    assert "1 point in 1 plot" in done.stdout


# -- scripts ---------------------------------------------------------------------------------------

WAITING: Final = """
    from zwsnb.service import waiting
    until_closed = waiting.until_closed

    def saying(count_pages, timeout):
        def count_and_say():
            if count := count_pages():
                print("seen", flush=True)
            return count
        until_closed(count_and_say, timeout)

    waiting.until_closed = saying
    plot = zwsnb.Plot("p")
    for i in range(1000):
        plot.publish(i, i)
    zwsnb.wait()
    print(zwsnb.stats()["producers"]["own"]["taken"], flush=True)
"""


@pytest.mark.parametrize("end", ["close", "interrupt"])
def test_a_script_waits_until_its_pages_are_closed_or_it_is_interrupted(end: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HEAD + textwrap.dedent(WAITING)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = Address.of(process.stdout.readline().strip())
            with watching(address) as page:
                page.look().until_x(999)
                assert process.stdout.readline() == "seen\n"
                if end == "interrupt":
                    process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=PATIENCE)[0].splitlines()[-1] == "1000"
            assert process.returncode == 0
        finally:
            process.kill()


def test_waiting_ends_in_time_and_needs_a_service() -> None:
    script = """
        try:
            zwsnb.wait()
        except RuntimeError as error:
            print(error)
        zwsnb.start(process=True)
        zwsnb.publish(1, 1, plot="a")
        zwsnb.publish(1, 1, plot="b")
        zwsnb.wait(0.1)
        print(zwsnb.stats()["plots_url"], zwsnb.stats()["producers"]["remote"]["delivered"])
    """
    error, printed, at_last = run(script).stdout.splitlines()
    assert error.startswith("zwsnb is not running")
    assert at_last == f"{printed} 2"
