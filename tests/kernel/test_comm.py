"""The comm of a widget in a real kernel: its views are played by the test, which sends what a front
end would, on the main shell or on a subshell.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from support.eventually import eventually
from support.fake_page import FakePage
from support.kernels import LOAD, PATIENCE, Kernel, start_kernel

from zwsnb.protocol.messages import VERSION
from zwsnb.protocol.stats import EVERYONE

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

BUSY = """
import time
end = time.monotonic() + {seconds}
n = 0
while time.monotonic() < end:
    n += 1
    p.publish(n, n % 7)
    for _ in range(2000):
        pass
"""


class View:
    """A view of the widget of a plot. `subshell`: on which its messages are handled; None: where
    cells run. `name`: in which it is spoken to; the one of everyone says nothing.
    """

    def __init__(
        self, kernel: Kernel, comm: str, subshell: str | None = None, name: str = "a"
    ) -> None:
        self.name = name
        self.client = kernel.client
        self.page = FakePage()
        self.said: list[dict[str, Any]] = []
        self.arrived: list[tuple[float, bool]] = []  # of each patch: when, and whether it is fresh
        self.data = b""
        self._comm, self._subshell = comm, subshell
        self.send(open=VERSION)

    def send(self, **content: Any) -> None:
        """Send a custom message of the widget."""
        if self.name == EVERYONE:
            return
        data = {"method": "custom", "content": {"view": self.name, **content}}
        message = self.client.session.msg("comm_msg", {"comm_id": self._comm, "data": data})
        if self._subshell is not None:
            message["header"]["subshell_id"] = self._subshell
        self.client.shell_channel.send(message)

    def say(self, kind: str, **members: Any) -> None:
        """Send what a page says."""
        self.send(text=json.dumps({"type": kind, **members}))

    def of(self, kind: str) -> list[dict[str, Any]]:
        """What it was told of a kind."""
        return [said for said in self.said if said["type"] == kind]

    def hear(self, until: Callable[[], object], what: str, within: float = PATIENCE) -> None:
        """Take what comes, and answer it as a page does that paints at once."""
        deadline = time.monotonic() + within
        while not until():
            assert time.monotonic() < deadline, f"not within {within:g} s: {what}"
            try:
                message = self.client.get_iopub_msg(timeout=0.1)
            except Empty:
                continue
            content = message["content"]
            if message["msg_type"] == "comm_msg" and content["comm_id"] == self._comm:
                self._take(content["data"].get("content", {}), message["buffers"])

    def _take(self, content: dict[str, Any], buffers: list[Any]) -> None:
        if content.get("view") != self.name:
            return
        if "patch" in content:
            patch = self.page.take(bytes(buffers[0]))
            self.arrived.append((time.monotonic(), patch.fresh))
            self.say("ack", patch=patch.number)
        elif "text" in content:
            said = json.loads(content["text"])
            self.said.append(said)
            if said["type"] == "ping":
                self.say("pong", number=said["number"])
        elif "got" in content:
            self.data += bytes(buffers[0])


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    folder: Path = tmp_path_factory.mktemp("kernel")
    for each in start_kernel(folder):
        each.quiet("import zwsnb\nzwsnb.start()\nfrom zwsnb import publish, Plot;")
        yield each


@pytest.fixture
def comm(kernel: Kernel) -> str:
    """The comm of the widget of a plot that has two points."""
    kernel.quiet("p = Plot('plot')\np.clear()\np.publish([1, 2], [3, 4])\nw = p.widget();")
    return str(kernel.ask("w.comm.comm_id"))


def subshell_of(kernel: Kernel) -> str:
    """Make a subshell, as JupyterLab does for the comms of widgets."""
    message = kernel.client.session.msg("create_subshell_request", {})
    kernel.client.control_channel.send(message)
    reply = kernel.client.get_control_msg(timeout=PATIENCE)
    if "subshell_id" not in reply["content"]:
        pytest.skip("this ipykernel has no subshells")
    return str(reply["content"]["subshell_id"])


def run_beside(kernel: Kernel, view: View, source: str) -> None:
    """Run a cell, and hear the view until it has ended: nobody else may take what comes."""
    request = kernel.client.execute(source)
    ended: list[object] = []

    def has_ended() -> bool:
        try:
            reply = kernel.client.get_shell_msg(timeout=0)
        except Empty:
            return False
        ended.append(reply["parent_header"].get("msg_id") == request)
        return ended[-1] is True

    view.hear(has_ended, "the end of the cell", 60)


def test_a_view_is_shown_what_there_is(kernel: Kernel, comm: str) -> None:
    view = View(kernel, comm)
    view.hear(lambda: view.of("hello"), "the greeting")
    view.say("view", width=500, mode="all", paused=False)
    view.hear(lambda: view.page.newest.get(0) == (2, 4), "the newest point")
    run_beside(kernel, view, "p.publish(3, 5)")
    view.hear(lambda: view.page.newest.get(0) == (3, 5), "the newest point")
    view.send(get=1, route="csv", query={})
    view.hear(lambda: view.data.count(b"\n") == 4, "the points as CSV")
    view.send(close=True)
    assert kernel.ask("w.has_views") is False


def test_with_a_subshell_the_loop_is_closed_while_a_cell_runs(kernel: Kernel, comm: str) -> None:
    view = View(kernel, comm, subshell_of(kernel))
    view.hear(lambda: view.of("hello"), "the greeting")
    view.say("view", width=500, mode="all", paused=False)
    run_beside(kernel, view, BUSY.format(seconds=4))
    assert not any(said["open"] for said in view.of("pace")), "it was heard"
    assert len(view.arrived) > 5
    assert sum(fresh for _, fresh in view.arrived) < len(view.arrived) / 2
    view.send(close=True)


def test_without_one_the_loop_opens_and_the_plot_moves(kernel: Kernel, comm: str) -> None:
    view = View(kernel, comm)
    view.hear(lambda: view.of("hello"), "the greeting")
    view.say("view", width=500, mode="all", paused=False)
    view.hear(lambda: view.page.newest.get(0) == (2, 4), "the newest point")
    run_beside(kernel, view, BUSY.format(seconds=4))
    assert [said["open"] for said in view.of("pace")][:1] == [True]
    assert len(view.arrived) > 5
    view.hear(lambda: view.of("pace")[-1]["open"] is False, "the closed loop")
    run_beside(kernel, view, "p.publish(10**7, 1)")
    view.hear(lambda: view.page.newest.get(0) == (10**7, 1), "the newest point")
    view.send(close=True)


def test_views_that_the_kernel_has_not_heard_yet_see_the_plot_move(
    kernel: Kernel, comm: str
) -> None:
    everyone = View(kernel, comm, name=EVERYONE)
    run_beside(kernel, everyone, f"p.widget();{BUSY.format(seconds=5)}")
    assert [said["plot"] for said in everyone.of("hello")] == ["plot", "plot"], "said once more"
    assert everyone.of("pace")[0]["open"]
    assert len(everyone.arrived) > 5
    # What came last is near the end of the cell, of which nobody has said when it was.
    assert everyone.page.newest[0][0] > 0.5 * kernel.ask("n")
    view = View(kernel, comm)
    view.hear(lambda: view.of("hello"), "the greeting")
    view.say("view", width=500, mode="all", paused=False)
    view.hear(lambda: 0 in view.page.newest, "a patch")
    threads = "[each.name for each in __import__('threading').enumerate()]"
    # It has a connection of its own, and the thread looks for that now and then.
    eventually(lambda: "zwsnb-broadcast" not in kernel.ask(threads))
    view.send(close=True)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Kernel]:
    yield from start_kernel(tmp_path)


def test_a_service_of_another_process_is_reached_by_the_kernel(fresh: Kernel) -> None:
    fresh.quiet("import zwsnb\nzwsnb.start(process=True)\np = zwsnb.Plot('plot');")
    fresh.quiet("p.publish([1, 2], [3, 4])\nw = p.widget();")
    view = View(fresh, str(fresh.ask("w.comm.comm_id")))
    view.hear(lambda: view.of("hello"), "the greeting")
    view.say("view", width=500, mode="all", paused=False)
    view.hear(lambda: view.page.newest.get(0) == (2, 4), "the newest point")
    fresh.client.execute("zwsnb.stop()")
    view.hear(lambda: view.of("end"), "the end")


def test_a_plot_that_nobody_sees_becomes_a_widget(fresh: Kernel) -> None:
    fresh.run(LOAD)
    deadline = time.monotonic() + PATIENCE
    data: dict[str, Any] = {}
    while "application/vnd.jupyter.widget-view+json" not in data:
        assert time.monotonic() < deadline
        message = fresh.client.get_iopub_msg(timeout=PATIENCE)
        if message["msg_type"] == "update_display_data":
            data = message["content"]["data"]
