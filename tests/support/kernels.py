"""A real kernel without a browser, and what its cells leave."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

from support import lab

PATIENCE = 30  # seconds that a cell may take
LOAD = "%load_ext zwsnb"


@dataclass
class Outcome:
    """What a cell has left: what it printed, what it showed, and how it failed, if it did."""

    out: str = ""
    err: str = ""
    shown: list[dict[str, Any]] = field(default_factory=list)
    live: dict[str, dict[str, Any]] = field(default_factory=dict)  # of these, by display_id
    pictures: list[str] = field(default_factory=list)  # the display_id of each
    error: str = ""

    def take(self, message: dict[str, Any]) -> None:
        kind, content = message["msg_type"], message["content"]
        if kind == "stream" and content["name"] == "stdout":
            self.out += content["text"]
        elif kind == "stream":
            self.err += content["text"]
        elif display_id := content.get("transient", {}).get("display_id"):
            self._update(display_id, content["data"], is_new=kind == "display_data")
        elif kind in {"display_data", "execute_result"}:
            self.shown.append(content["data"])
        elif kind == "error":
            self.error = f"{content['ename']}: {content['evalue']}"

    def _update(self, display_id: str, data: dict[str, Any], *, is_new: bool) -> None:
        """An output with a display_id: a picture, a small frame or what that becomes."""
        if (before := self.live.pop(display_id, None)) is not None:
            self.shown.remove(before)
        if "application/javascript" in data:
            self.live[display_id] = data
            self.shown.append(data)
        elif data["text/plain"] and (is_new or data["text/plain"].endswith("no picture yet")):
            self.pictures.append(display_id)


class Kernel:
    """A running kernel in a folder of its own."""

    def __init__(self, manager: KernelManager, folder: Path) -> None:
        self.manager = manager
        self.folder = folder
        self.client = manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(PATIENCE)

    @property
    def pid(self) -> int:
        return int(self.run("import os; print(os.getpid())").out)

    def execute(self, source: str) -> Outcome:
        outcome = Outcome()
        # A cell that fails would have the kernel refuse what is sent in the next moment.
        reply = self.client.execute_interactive(
            source, output_hook=outcome.take, timeout=PATIENCE, stop_on_error=False
        )
        assert reply["content"]["status"] in {"ok", "error"}
        return outcome

    def run(self, source: str) -> Outcome:
        """Run a cell that has to succeed, and may say on stdout only."""
        outcome = self.execute(source)
        assert (outcome.error, outcome.err) == ("", ""), source
        return outcome

    def quiet(self, source: str) -> None:
        """Run a cell that has to succeed, and to say nothing at all."""
        assert self.execute(source) == Outcome(), source

    def ask(self, expression: str) -> Any:
        """Return the value of an expression, as JSON can carry it."""
        return json.loads(self.run(f"import json; print(json.dumps({expression}))").out)

    def updated(self, display_id: str, *, in_a_hurry: bool = False) -> str:
        """Wait for a picture of an output, and return its words. One that is made in a hurry may be
        SVG.
        """
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            content = message["content"]
            if content.get("transient", {}).get("display_id") == display_id:
                assert message["msg_type"] == "update_display_data"
                data: dict[str, str] = content["data"]
                assert "image/png" in data or (in_a_hurry and "<img " in data["text/html"])
                return data["text/plain"].replace("\u202f", " ")

    def services(self) -> list[Path]:
        """Return the connection files of the services that run."""
        return list((self.folder / "services").glob("*.json"))


def start_kernel(folder: Path) -> Iterator[Kernel]:
    env = lab.environment(folder)
    with pytest.MonkeyPatch.context() as patch, (folder / "kernel.log").open("wb") as log:
        for name in [key for key in env if key.startswith("JUPYTER")]:
            patch.setenv(name, env[name])
        manager = KernelManager(kernel_name="python3")
        try:
            manager.start_kernel(env=env, cwd=str(folder), stdout=log, stderr=log)
            kernel = Kernel(manager, folder)
            yield kernel
            kernel.client.stop_channels()
        finally:
            with contextlib.suppress(RuntimeError):
                manager.shutdown_kernel(now=True)
            manager.cleanup_resources()
