"""A window and a reception with a line between them that loses, cuts and delays: each batch comes
once and in order, whatever happens.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from zwsnb.delivery.accounts import Accounts
from zwsnb.delivery.receipts import Receipt, decode_receipt, encode_ask
from zwsnb.delivery.reception import Reception
from zwsnb.delivery.window import Window
from zwsnb.protocol.batch import Batch, Clear, Points, encode_batch
from zwsnb.protocol.messages import InvalidMessage

TOKEN = "token"


class Relay:
    """Takes batches, and keeps the points; `refused` has the kinds of what it did not take."""

    def __init__(self) -> None:
        self.accounts = Accounts()
        self.x: list[float] = []
        self.refused: list[str] = []
        self.reception = Reception("token", self.accounts, self._take, self._refuse)

    def _take(self, batch: Batch) -> None:
        assert isinstance(batch.body, Points)
        self.x += batch.body.x.tolist()

    def _refuse(self, refusal: InvalidMessage) -> None:
        self.refused.append(refusal.kind)

    def receive(self, batch: Batch, token: str = TOKEN) -> Receipt | None:
        answer = self.reception.receive([bytes(f) for f in encode_batch(batch, token)])
        return None if answer is None else decode_receipt(answer)


def batch_of(number: int, points: int = 0, *x: float) -> Batch:
    return Batch("p", number, points, 0, Points("plot", "y", np.array(x), np.array(x)))


def test_a_batch_is_taken_once_and_in_order() -> None:
    relay = Relay()
    said = [relay.receive(batch_of(n, n, float(n))) for n in (0, 0, 2, 1, 2)]
    assert said == [Receipt(1), Receipt(1), Receipt(1, is_hole=True), Receipt(2), Receipt(3)]
    assert relay.x == [0, 1, 2]
    assert relay.refused == []


def test_a_batch_that_nobody_can_read_is_behind_us() -> None:
    relay = Relay()
    header, *columns = encode_batch(batch_of(0, 0, 1.0), "token")
    answer = relay.reception.receive([header, columns[0]])
    assert answer is not None
    assert decode_receipt(answer) == Receipt(1)
    assert relay.refused == ["not a batch"]


@pytest.mark.parametrize("token", ["", "wrong", "gehört-nicht-dazu", "\ud800"])
def test_who_has_another_token_is_told(token: str) -> None:
    relay = Relay()
    assert relay.receive(batch_of(0, 0, 1.0), token) == Receipt(0, refused="wrong token")
    assert (relay.x, relay.accounts.by_producer) == ([], {})


def test_who_speaks_another_version_is_told() -> None:
    relay = Relay()
    answer = relay.reception.receive([b'{"v": 1}'])
    assert answer is not None
    assert decode_receipt(answer).refused == "other version"


@given(st.lists(st.binary(), max_size=4))
def test_noise_gets_no_receipt(frames: list[bytes]) -> None:
    assert Relay().reception.receive(frames) is None


def test_a_command_is_a_batch() -> None:
    relay = Relay()
    relay.reception = Reception("token", relay.accounts, lambda _: None, relay._refuse)
    assert relay.receive(Batch("p", 0, 0, 0, Clear("plot"))) == Receipt(1)


class Line(RuleBasedStateMachine):
    """A sender and a relay, with a line whose connections keep the order and end at any moment."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.window = Window()
        self.relays = [Relay()]
        self.out: deque[list[bytes]] = deque()
        self.back: deque[bytes] = deque()
        self.next = 0

    @rule(n=st.integers(1, 5))
    def publish(self, n: int) -> None:
        for _ in range(n):
            if self.window.has_room:
                self.window.add(batch_of(self.next, self.next, float(self.next)), 16, self.now)
                self.next += 1

    @rule()
    def send(self) -> None:
        step = self.window.due(self.now)
        if step == "connect":
            self.cut()
            self._ask(self.window.connect(self.now))
        elif step == "ask":
            self._ask(self.window.begin(self.now))
        for batch in self.window.unsent():
            self.out.append([bytes(f) for f in encode_batch(batch, "token")])

    def _ask(self, number: int) -> None:
        self.out.append([encode_ask("token", "p", self.window.held, number)])

    @precondition(lambda self: self.out)
    @rule(n=st.integers(1, 10))
    def arrive(self, n: int) -> None:
        answer = None
        for _ in range(min(n, len(self.out))):
            answer = self.relays[-1].reception.receive(self.out.popleft())
        if answer is not None:
            self.back.append(answer)

    @precondition(lambda self: self.back)
    @rule()
    def hear(self) -> None:
        self.window.receive(decode_receipt(self.back.popleft()), self.now)

    @rule()
    def cut(self) -> None:
        """All that is on its way is lost; the socket connects by itself."""
        self.out.clear()
        self.back.clear()

    @rule(n=st.integers(1, 5))
    def lose_the_oldest(self, n: int) -> None:
        """A connection that ends, of which the newest messages wait for the next one."""
        for _ in range(min(n, len(self.out))):
            self.out.popleft()
        self.back.clear()

    @rule()
    def begin_anew(self) -> None:
        """Another relay, that knows nothing, stands in the place of this one."""
        self.cut()
        self.relays.append(Relay())

    @rule(seconds=st.floats(0.01, 6))
    def sleep(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def each_point_comes_once_and_in_order(self) -> None:
        for relay in self.relays:
            assert relay.x == sorted(set(relay.x))
            assert relay.refused == []
            assert relay.accounts.stats()["missing"] == 0

    def teardown(self) -> None:
        """What the sender has not let go comes to the newest relay, when the line is whole; what it
        has let go was at some relay.
        """
        for _ in range(100):
            if not self.window and not self.out:
                break
            self.send()
            if self.out:
                self.arrive(len(self.out))
            while self.back:
                self.hear()
            self.now += 0.5
        assert not self.window
        assert sorted({x for relay in self.relays for x in relay.x}) == list(range(self.next))


TestLine = Line.TestCase
TestLine.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
