"""What a sender has sent, or is about to, and no relay has acknowledged: it is held, and sent again
when it was lost on the way.  [no I/O]

A relay takes the batches of a producer in the order of their numbers, each once, and says which it
wants next. A new connection begins with a question, and so does doubt: a receipt that tells of a
hole, or silence. Nothing is sent until it is answered; then from the batch on that the relay wants.
Since a connection keeps the order, what was sent before a question and has not come by its answer
is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from zwsnb.delivery.receipts import Held, Receipt
from zwsnb.protocol.batch import Batch, size_of

MAX_BATCHES: Final = 256

MAX_BYTES: Final = 128 << 20
"""How much is held at most; the rest waits in the publisher's queue. It is views of what was
published, which ZeroMQ would hold as well.
"""

ASK_AFTER: Final = 1.0
"""Seconds of silence after which a sender asks; then after twice as many, and so on."""

ASK_EVERY: Final = 2.0
"""Seconds between two questions at most."""

CONNECT_AFTER: Final = 4.0
"""Seconds of silence after which the connection is made anew: one that a sleeping laptop or a
router has cut may not know it for minutes. Where it is the relay that cannot answer, since its
interpreter is held, that costs a question and nothing else.
"""

LONGEST_WAIT: Final = 300.0
"""Seconds of silence, at most, that a narrow line is given, by which a batch of 2 MiB needs longer
than `CONNECT_AFTER`: to connect anew each time would bring none of them, for ever.
"""

Step: TypeAlias = Literal["ask", "connect"]
"""What a sender is to do about silence."""


class Sent(NamedTuple):
    """A batch that is held, and where the sender stands when it has been acknowledged."""

    batch: Batch
    nbytes: int
    after: Held


class Window:
    """What is held of one producer, the oldest first.

    ``held`` says where it begins. ``refused`` is why the relay takes nothing, or empty; it is not
    asked again then. Times are seconds that only grow.
    """

    def __init__(self) -> None:
        self.held = Held()
        self.refused = ""
        self._sent: deque[Sent] = deque()
        self._nbytes = 0
        self._on_the_way = 0  # how many of the oldest were sent by this connection
        self._is_new = True
        self._is_connected = False
        self._ask = 0
        self._is_asking = False
        self._is_doubtful = False
        self._wait = ASK_AFTER
        self._heard_at = self._ask_at = self._connect_at = 0.0
        self._needs = 0.0  # seconds that a batch may take on its way
        self._is_answered = False  # a question of this connection, since when nothing has come on
        self._futile = 0  # connections, one after the other, that have brought an answer only

    def __len__(self) -> int:
        return len(self._sent)

    @property
    def end(self) -> int:
        """The number of the next batch that is added."""
        return self.held.number + len(self._sent)

    @property
    def points(self) -> int:
        """How many points are held; for any thread."""
        begin, sent = self.held, self._sent.copy()
        end = sent[-1].after if sent else begin
        return max(0, end.points - begin.points - (end.dropped - begin.dropped))

    def give_back(self) -> list[Batch]:
        """Return what is held, the oldest first, and hold it no longer: another is to have it."""
        batches = [sent.batch for sent in self._sent]
        self._sent.clear()
        self._nbytes = self._on_the_way = 0
        self._is_new = True
        return batches

    @property
    def has_room(self) -> bool:
        """True when another batch may be added."""
        return len(self._sent) < MAX_BATCHES and self._nbytes < MAX_BYTES

    def add(self, batch: Batch, nbytes: int, now: float) -> None:
        """Hold another batch, the next in number; the first one says where the producer stands."""
        if self._is_new:
            self._is_new = False
            self.held = Held(batch.number, batch.points_before, batch.dropped)
        if not self._sent:
            self._be_patient(now)
        points = batch.points_before + size_of(batch.body)
        self._sent.append(Sent(batch, nbytes, Held(batch.number + 1, points, batch.dropped)))
        self._nbytes += nbytes

    def begin(self, now: float) -> int:
        """Doubt this connection: return the number of the question that is to be sent."""
        self._ask += 1
        self._is_asking, self._is_doubtful = True, False
        self._on_the_way = 0
        self._ask_at = now + self._wait
        self._wait = min(2 * self._wait, ASK_EVERY)
        return self._ask

    def connect(self, now: float) -> int:
        """Begin a new connection: return the number of the question that is to be sent first."""
        self.refused = ""
        self._is_connected = True
        self._futile = self._futile + 1 if self._is_answered else 0
        self._is_answered = False
        if self._futile > 1:  # of one the line may have been cut
            self._needs = min(2 * max(self._needs, CONNECT_AFTER), LONGEST_WAIT)
        self._be_patient(now)
        return self.begin(now)

    def _be_patient(self, now: float) -> None:
        self._wait = ASK_AFTER
        self._heard_at = now
        self._ask_at = now + ASK_AFTER
        self._connect_at = now + max(CONNECT_AFTER, self._needs)

    def unsent(self) -> Iterator[Batch]:
        """Yield the batches that are to be sent now, and count them as on their way."""
        while not self._is_asking and self._on_the_way < len(self._sent):
            self._on_the_way += 1
            yield self._sent[self._on_the_way - 1].batch

    def receive(self, receipt: Receipt, now: float) -> None:
        """Take a receipt of the relay."""
        self.refused = receipt.refused
        if self.refused:
            return
        has_come_on = self._acknowledge(receipt.next)
        is_answer = self._is_asking and receipt.ask == self._ask
        if is_answer:
            self._is_asking = False
        elif receipt.is_hole or receipt.next < self.held.number:
            self._is_doubtful = not self._is_asking
        if has_come_on:
            # Later the connection would be another: it was this process that stood still.
            took = min(now, self._connect_at) - self._heard_at
            self._needs = min(max(2 * took, self._needs / 2), LONGEST_WAIT)
        if has_come_on or is_answer:
            self._is_answered = not has_come_on
            self._be_patient(now)

    def _acknowledge(self, wanted: int) -> bool:
        """Let go of what the relay has; True when that was something."""
        has_come_on = False
        while self._sent and self.held.number < wanted:
            sent = self._sent.popleft()
            self._nbytes -= sent.nbytes
            self._on_the_way = max(0, self._on_the_way - 1)
            self.held = sent.after
            has_come_on = True
        return has_come_on

    def due(self, now: float) -> Step | None:
        """Return what is to be done about silence or doubt, if anything."""
        if self.refused or (not self._sent and not self._is_asking):
            return None
        if not self._is_connected or now >= self._connect_at:
            return "connect"
        return "ask" if self._is_doubtful or now >= self._ask_at else None
