"""A process with a way in, and no descriptors left."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import textwrap
from collections.abc import Iterator

from support.paths import ROOT

FULL = """
    import contextlib, os, resource, sys
    from support.ingress import Ingress

    way = Ingress(sys.argv[1].format(pid=os.getpid()))
    resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))
    held = []
    with contextlib.suppress(OSError):
        while True:
            held.append(os.open(os.devnull, os.O_RDONLY))
    print(way.connection.ingress, flush=True)
    sys.stdin.readline()
    for each in held:
        os.close(each)
    print("has some", flush=True)
    sys.stdin.readline()
"""


class FullProcess:
    """One whose way in is at `address`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.pid = process.pid
        self.address = self._next()

    def give_back(self) -> None:
        """Have it close what it has opened."""
        self._say()
        assert self._next() == "has some"

    def _say(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def _next(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextlib.contextmanager
def full_process(address: str) -> Iterator[FullProcess]:
    """One with a way in at an address, of which ``{pid}`` is its number; it has to be alive when
    that is over: libzmq ends a process that can accept nobody.
    """
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'tests')!r})\n{textwrap.dedent(FULL)}"
    words = [sys.executable, "-c", code, address]
    with subprocess.Popen(words, stdin=-1, stdout=-1, text=True) as process:
        found = FullProcess(process)
        try:
            yield found
        finally:
            process.communicate("\n\n")
    assert process.returncode == 0
