"""What has happened on a plot, on its way to the program that watches it.  [no I/O]"""

from __future__ import annotations

import json
from typing import Any, NamedTuple, TypeAlias

from zwsnb.controls.control import Steered
from zwsnb.events.watch import Kind


class Happened(NamedTuple):
    """Something that the watch ``name`` was to tell.

    number: that of its declaration. since: from where x are counted, in whole seconds since 1970;
    None where they are no times. members: what there is to say, as JSON has it.
    """

    plot: str
    name: str
    kind: Kind
    number: int
    since: int | None
    members: dict[str, Any]

    def to_json(self) -> str:
        """Return it as text, for a program in another process."""
        return json.dumps(self._asdict())


Told: TypeAlias = Steered | Happened
"""What a program is told: a control was used, or something has happened that it watches."""


def told_of(text: str | bytes) -> Told:
    """Return what the relay has told as text."""
    members = json.loads(text)
    return Happened(**members) if "kind" in members else Steered(**members)
