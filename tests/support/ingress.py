"""The way in of a relay, without the relay: what comes is accounted for and kept."""

from __future__ import annotations

from collections import defaultdict

import zmq

from zwsnb.delivery.accounts import Accounts
from zwsnb.delivery.doors import has_keys, lock
from zwsnb.delivery.pieces import joined
from zwsnb.delivery.reception import Reception
from zwsnb.producer.sink import Connection
from zwsnb.protocol.batch import Batch, Points
from zwsnb.protocol.messages import InvalidMessage

TOKEN = "token"


class Ingress:
    """A ROUTER socket that takes what comes when it is told to, as the relay does.

    Of points x and y are to be equal. answers: send receipts.
    """

    def __init__(self, address: str = "tcp://127.0.0.1:*", token: str = TOKEN) -> None:
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.ROUTER)
        self.socket.rcvhwm = 4
        lock(self.socket, address, token)
        self.has_keys = has_keys(address)
        self.socket.bind(address)
        self.connection = Connection(self.socket.getsockopt_string(zmq.LAST_ENDPOINT), token)
        self.answers = True
        self.accounts = Accounts()
        self.reception = Reception(token, self.accounts, self._take, self._refuse)
        self.refused: list[str] = []
        self.points: dict[str, list[float]] = defaultdict(list)

    def _take(self, batch: Batch) -> None:
        if isinstance(batch.body, Points):
            assert (batch.body.x == batch.body.y).all()
            self.points[batch.producer] += batch.body.x.tolist()

    def _refuse(self, refusal: InvalidMessage) -> None:
        self.refused.append(refusal.kind)

    def drain(self, timeout: float = 0.0) -> int:
        """Take what is there; return how many points have arrived so far."""
        while self.socket.poll(int(1000 * timeout)):
            peer, *frames = self.socket.recv_multipart()
            answer = self.reception.receive(joined(frames) if self.has_keys else frames)
            if answer is not None and self.answers:
                self.socket.send_multipart([peer, answer])
        return sum(map(len, self.points.values()))

    def close(self) -> None:
        self.context.destroy(linger=0)
