"""R9: the cases of the Autobahn test suite, against an echo on `zwsnb.websocket`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from figures import Figure

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tests"))

from support import autobahn
from support.plain_server import Plain
from support.raw_websocket import connect


def r9(*, minutes: float, quick: bool) -> list[Figure]:
    """R9: the cases of Autobahn's groups 1 to 7 and 10, as raw frames."""
    del minutes, quick
    cases, wrong, begin = autobahn.cases(), [], time.monotonic()
    server = Plain()
    try:
        for name, (_, pieces, expected) in cases.items():
            try:
                with connect(server.port) as peer:
                    autobahn.assert_conforms(peer, pieces, expected)
            except (AssertionError, OSError):
                wrong.append(name)
    finally:
        server.stop()
    note = f"in {time.monotonic() - begin:.0f} s" + (f"; not {', '.join(wrong)}" if wrong else "")
    what = f"cases of Autobahn's groups 1 to 7 and 10 that conform, of {len(cases)}"
    good = len(cases) - len(wrong)
    return [Figure("R9", what, good, "", goal=len(cases), more=True, note=note)]
