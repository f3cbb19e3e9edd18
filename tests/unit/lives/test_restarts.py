"""How often a service was started anew, and why the last time."""

from __future__ import annotations

import pytest

from zwsnb.lives import failures
from zwsnb.lives.restarts import BY_HAND, again

ENDED = failures.thread_ended(SystemExit(), is_whole=True)


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        ("", BY_HAND),
        (ENDED, ENDED[: ENDED.index(" (SystemExit)") + len(" (SystemExit)")]),
        ("its process was killed: what is published waits; do this", "its process was killed"),
        ("its process has ended with code 1", "its process has ended with code 1"),
    ],
    ids=["by hand", "its thread", "killed", "with a code"],  # not by the time of day
)
def test_why_it_was_the_last_time(failure: str, reason: str) -> None:
    first = again(None, failure)
    assert first == {"count": 1, "reason": reason}
    assert again(first, "") == {"count": 2, "reason": BY_HAND}
