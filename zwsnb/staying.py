"""`wait`: a script stays alive while somebody looks at its plots."""

from __future__ import annotations

import contextlib
import math

from zwsnb import api
from zwsnb.protocol.mistakes import public
from zwsnb.service import waiting


@public()
def wait(timeout: float | None = None) -> None:
    """Deliver what was published, and keep a script alive while somebody looks at its plots.

    It ends when all pages are closed, after the first has been opened; at Ctrl-C; when the service
    ends; or after `timeout` seconds (default: none). Where no page is open it prints an address.

    Raises:
        RuntimeError: zwsnb is not running.
    """
    api.publisher.flush()
    found = api.service()
    with contextlib.suppress(KeyboardInterrupt, RuntimeError):  # it has ended by now
        stats = found.stats()
        if not stats["viewers"]:
            plots = list(stats["plots"])
            url = found.url(plots[0]) if len(plots) == 1 else found.plots_url()
            print(url, flush=True)  # noqa: T201 - for who runs the script
        waiting.until_closed(_count_pages, math.inf if timeout is None else timeout)


def _count_pages() -> int:
    with contextlib.suppress(TimeoutError):  # the service is busy, and its pages may be there
        return api.service().stats()["viewers"]
    return 1
