"""The process that is measured: a service of zwsnb, and functions of the benchmarks that are called
in it.

    with Subject(memory="4 GB") as subject:
        subject.ask(publish_for, seconds=2)     # a function of a benchmark's module; its result has
        to be JSON

What measures (the browser's driver, the clocks of the table) stays outside, in another process.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent


class Subject:
    """A child process with a service whose `zwsnb.start(...)` options are given."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.url = ""
        self.pid = 0
        self.runtime = tempfile.TemporaryDirectory(prefix="zwsnb-bench-")

    def __enter__(self) -> Self:
        command = [sys.executable, str(HERE / "subject.py"), json.dumps(self.options)]
        env = os.environ | {"ZWSNB_RUNTIME_DIR": self.runtime.name}
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
        )
        self.pid = self._child.pid
        hello = self._read()
        self.url, self.relay = hello["url"], hello["relay"]
        return self

    def ask(self, function: Callable[..., Any], **keywords: Any) -> Any:
        """Call `function` in the child, and return what it returns."""
        self.say(function, **keywords)
        return self._read()

    def say(self, function: Callable[..., Any], **keywords: Any) -> None:
        """Have the child call `function`; `hear` its result later."""
        self._write(
            {"module": function.__module__, "name": function.__name__, "keywords": keywords}
        )

    def hear(self) -> Any:
        """Wait for the result of what was said."""
        return self._read()

    def _write(self, message: dict[str, Any]) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(message) + "\n")
        self._child.stdin.flush()

    def _read(self) -> Any:
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError("the measured process has ended: its error is above")
        return json.loads(line)

    def __exit__(self, *_: object) -> None:
        try:
            self._child.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.communicate()
        self.runtime.cleanup()


def _serve(options: dict[str, Any]) -> None:
    import zwsnb

    service = zwsnb.start(**options)
    _say({"url": service.url(), "relay": zwsnb.stats()["pid"]})
    for line in sys.stdin:
        call = json.loads(line)
        function = getattr(importlib.import_module(call["module"]), call["name"])
        _say(function(**call["keywords"]))
    zwsnb.stop()


def _say(message: Any) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    _serve(json.loads(sys.argv[1]))
