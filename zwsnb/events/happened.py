"""What has happened on a plot, on its way to the program that watches it.  [no I/O]"""

from __future__ import annotations

import json
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from zwsnb.controls.control import Steered
from zwsnb.events.watch import Kind

NOBODY: Final = -1
"""The number of no declaration: a program that does not know what it is told passes it over."""


class Happened(NamedTuple):
    """Something that the watch ``name`` was to tell; "end": nothing any more, another program's has
    taken its place, or its plot was closed.

    number: that of its declaration. since: from where x are counted, in whole seconds since 1970;
    None where they are no times. members: what there is to say, as JSON has it; of the end the
    ``number``.
    """

    plot: str
    name: str
    kind: Kind | Literal["end"]
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
