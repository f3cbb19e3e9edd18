"""A page behind a comm, for tests: it keeps what it is told, in any thread."""

from __future__ import annotations

import json
from typing import Any

from support.eventually import eventually
from support.fake_page import FakePage
from zwsnb.comm.comm_socket import Ended, Message
from zwsnb.service.backend import Attachment, Backend


class CommPage:
    """A page of a plot, that is reached without a WebSocket. `answers`: to pings, and by
    acknowledgements, as a page does whose kernel hears it. `how` it is attached: see `Backend`.
    """

    def __init__(self, backend: Backend, plot: str, *, answers: bool = True, **how: bool) -> None:
        self.answers = answers
        self.page = FakePage()
        self.said: list[dict[str, Any]] = []
        self.fresh: list[bool] = []
        self.ended: Ended | None = None
        self._early: list[dict[str, Any]] = []
        self._attachment: Attachment | None = None
        self._attachment = backend.attach(plot, self._tell, **how)
        for message in self._early:
            self.say(**message)

    def _tell(self, message: Message) -> None:
        if isinstance(message, Ended):
            self.ended = message
        elif not isinstance(message, str):
            patch = self.page.take(bytes(message))
            self.fresh.append(patch.fresh)
            if self.answers:
                self.say(type="ack", patch=patch.number)
        else:
            said = json.loads(message)
            self.said.append(said)
            if said["type"] == "ping" and self.answers:
                self.say(type="pong", number=said["number"])

    def say(self, **message: Any) -> None:
        """Say anything."""
        if self._attachment is None:
            self._early.append(message)
        else:
            self._attachment.receive(json.dumps(message))

    def look(self, width: int = 500, mode: str = "all", **more: Any) -> None:
        """Say what it looks at."""
        self.say(type="view", width=width, mode=mode, **more)

    def of(self, kind: str) -> list[dict[str, Any]]:
        """What it was told of a kind."""
        return [said for said in self.said if said["type"] == kind]

    def until_told(self, kind: str, **members: Any) -> dict[str, Any]:
        """Wait for a message of a kind, the newest of which has these members."""

        def look() -> dict[str, Any]:
            newest = self.of(kind)[-1:]
            return newest[0] if newest and newest[0].items() >= members.items() else {}

        return eventually(look, f"{kind} {members} in {self.said}")

    def until_x(self, x: float, series: int = 0) -> None:
        """Wait until its newest point is at `x`."""
        eventually(lambda: self.page.newest.get(series, (None, None))[0] == x, f"x = {x}")

    def until_ended(self) -> Ended:
        """Wait for the end of its connection."""
        eventually(lambda: self.ended, "the end")
        assert self.ended is not None
        return self.ended

    def close(self) -> None:
        """Go away."""
        assert self._attachment is not None
        self._attachment.close()
