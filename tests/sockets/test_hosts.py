"""Programs that are no notebook: what runs them, and what else runs in them."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Final

import pytest
from support.eventually import PATIENCE
from support.scripts import HEAD, run
from support.services import DIRECT, Page
from websockets.sync.client import connect

from zwsnb.protocol.messages import VERSION
from zwsnb.service.address import Address


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / "services"))
    monkeypatch.delenv("ZWSNB_CONNECT", raising=False)


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
        url = address.route("/ws", plot="p", v=str(VERSION)).replace("http", "ws", 1)
        with connect(url, proxy=None, open_timeout=PATIENCE) as socket:
            page = Page(socket)
            page.hear()
            page.look().until_x(99)
        with DIRECT.open(address.route("/stats"), timeout=PATIENCE) as answer:
            assert json.load(answer)["points"] == 100
        assert process.communicate("\n", timeout=PATIENCE)[0] == "100\n"
        assert process.returncode == 0
