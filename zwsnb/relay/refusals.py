"""What was refused, by kind, and what failed in zwsnb itself: counted, and logged once a second at
most.

A peer's `InvalidMessage` is the peer's fault, and a line of level INFO. Any other exception is an
error of zwsnb: it has a counter of its own and is logged at level ERROR, with its traceback.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final, Literal

from zwsnb.delivery.reception import WRONG_TOKEN
from zwsnb.history.catalog import MAX_SERIES
from zwsnb.history.plots import BYTES_A_SERIES, MAX_PLOTS
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.stats import Counts
from zwsnb.relay.plain.new_names import BURST, NEW_NAMES, RATE
from zwsnb.zmtp.greeting import BAD_CONNECTION, OLD_ZEROMQ

TOO_MANY: Final = "too many plots or series"
NO_TIME: Final = "no time"
DERIVED: Final = "derived"
NO_MEMORY: Final = "no memory"
BAD_DERIVATION: Final = "bad derivation"
TOO_MANY_PRODUCERS: Final = "too many producers"
TOO_MUCH_SAID: Final = "too much said"
BROKEN_OFF: Final = "broken off"
FEW_DESCRIPTORS: Final = "few descriptors"

MOST_SAID: Final = 32 << 20
"""Characters that are said of all plots, as Python writes them: 10,000 short marks or the styles of
1,000 series are a hundredth of it. In memory they take some times as much.
"""

_NOTICES: Final[Mapping[Literal["missing", "dropped"], str]] = {
    "missing": "points were sent and did not arrive: a producer was killed, or its connection "
    "broke.",
    "dropped": "points were dropped by producers that were faster than the relay: publish arrays, "
    'or start with on_full="block".',
}
_REFUSED: Final[Mapping[str, str]] = {
    TOO_MANY: f"Points were refused: there is room for {MAX_PLOTS:,} plots of {MAX_SERIES:,} "
    f"series each, and in all plots for one series in {BYTES_A_SERIES >> 10} KiB of memory. "
    "Publish by fewer names, close plots that are done, or clear them.",
    TOO_MUCH_SAID: "Options, marks or controls were refused: those of all plots are "
    f"{MOST_SAID >> 20} MiB of text. Clear or close plots that are done, or say less of them.",
    NO_TIME: "Points were refused whose x can be no seconds since 1970: "
    'say the unit of x, time="ms", "us" or "ns".',
    DERIVED: "Points were refused of a series that is derived: publish them by another name.",
    NO_MEMORY: "Points were refused when no memory was left: start with less of it for plots, "
    'as by memory="200 MB".',
    WRONG_TOKEN: "A producer with the token of another service was refused: connect it anew.",
    NEW_NAMES: "Points were refused of plain producers that bring more new series than "
    f"{RATE} a second, or {BURST:,} at once: their names should be few, and stay.",
    TOO_MANY_PRODUCERS: "Plain producers were refused: others hold all connections that there are "
    "for them. End those, or use zwsnb.connect, which needs none.",
    OLD_ZEROMQ: "A plain producer was refused whose ZeroMQ is older than version 4: update it.",
    BAD_CONNECTION: "Connections to an address of listen were refused that are none of a PUB "
    "socket: the log says why.",
    FEW_DESCRIPTORS: "Other processes could not connect for a while, and what they published had "
    "to wait: this one had used up its descriptors. Close files, or start with a higher limit, as "
    "by `ulimit -n 4096`.",
    BROKEN_OFF: "Subscriptions broke off, and are connected anew every few seconds: what is at the "
    "address is no PUB socket, or has sent a message of more than 16 MiB.",
}
_ERRORS: Final = (
    "zwsnb has failed at something that it should have handled: its log has the error "
    '(logging.getLogger("zwsnb")).'
)

_log = logging.getLogger("zwsnb.service")
# Without a handler Python prints errors to stderr, which a notebook shows below a cell.
_log.addHandler(logging.NullHandler())


class Refusals:
    """Counts messages that were refused, by kind, and errors of zwsnb itself.

    clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.by_kind: Counter[str] = Counter()
        self.errors = 0
        self._may_log_refusal, self._may_log_error = _OnceASecond(clock), _OnceASecond(clock)

    def refuse(self, refusal: InvalidMessage) -> None:
        """Count a message that was refused."""
        self.by_kind[refusal.kind] += 1
        if self._may_log_refusal():
            _log.info("refused a message (%d so far): %s", self.by_kind.total(), refusal)

    def fail(self, error: Exception) -> None:
        """Count an error of zwsnb itself."""
        self.errors += 1
        if self._may_log_error():
            _log.error("a message has failed (%d so far)", self.errors, exc_info=error)

    def notices(self, counts: Counts) -> list[str]:
        """Return what a user should know, in plain words with the repair.

        counts: how many points are missing and dropped, and what was refused by kind.
        """
        notices = [f"{counts[key]:,} {words}" for key, words in _NOTICES.items() if key in counts]
        refused = counts.get("refused", {})
        notices += [sentence for kind, sentence in _REFUSED.items() if kind in refused]
        return notices + ([_ERRORS] if self.errors else [])


class _OnceASecond:
    """Returns True when called, but once a second at most."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._next = float("-inf")

    def __call__(self) -> bool:
        now = self._clock()
        if now < self._next:
            return False
        self._next = now + 1
        return True
