"""How often a service was started anew, and why.  [no I/O]"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zwsnb.protocol.stats import RestartStats

BY_HAND: Final = "somebody asked for it"


def again(before: RestartStats | None, failure: str) -> RestartStats:
    """Count one more; failure: why it had ended, in a sentence whose first part is remembered, or
    empty where it had not.
    """
    why = failure.partition(": what ")[0]
    return {"count": (before["count"] if before else 0) + 1, "reason": why or BY_HAND}
