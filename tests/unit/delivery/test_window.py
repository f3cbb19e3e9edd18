"""What a sender does about receipts, holes and silence; a clock of the tests' own."""

from __future__ import annotations

import numpy as np
import pytest

from zwsnb.delivery import window as module
from zwsnb.delivery.receipts import Held, Receipt
from zwsnb.delivery.window import ASK_AFTER, ASK_EVERY, CONNECT_AFTER, MAX_BATCHES, Window
from zwsnb.protocol.batch import Batch, Points


def batch_of(number: int, size: int = 2, dropped: int = 0) -> Batch:
    return Batch(
        "p", number, 2 * number + dropped, dropped, Points("p", "y", np.zeros(size), np.zeros(size))
    )


def connected(batches: int = 3) -> Window:
    """A window whose first question was answered at the time 0."""
    window = Window()
    for i in range(batches):
        window.add(batch_of(i), 32, 0.0)
    ask = window.connect(0.0)
    window.receive(Receipt(0, ask), 0.0)
    return window


def unsent(window: Window) -> list[int]:
    return [batch.number for batch in window.unsent()]


def test_nothing_is_sent_before_the_relay_has_said_what_it_has() -> None:
    window = Window()
    assert window.due(0.0) is None
    window.add(batch_of(0), 32, 0.0)
    assert window.due(0.0) == "connect"
    ask = window.connect(0.0)
    assert (unsent(window), window.due(0.0)) == ([], None)
    window.receive(Receipt(0, ask), 0.0)
    assert (unsent(window), unsent(window)) == ([0], [])


def test_what_the_relay_has_is_let_go() -> None:
    window = connected()
    assert unsent(window) == [0, 1, 2]
    assert window.points == 6
    window.receive(Receipt(2), 0.0)
    assert (window.held, len(window), window.points) == (Held(2, 4, 0), 1, 2)
    window.receive(Receipt(1), 0.0)  # an older receipt
    assert len(window) == 1
    window.receive(Receipt(3), 0.0)
    assert (len(window), window.points, window.due(1e9)) == (0, 0, None)


def test_points_that_were_dropped_are_not_held() -> None:
    window = Window()
    window.add(batch_of(0), 32, 0.0)
    window.add(batch_of(1, dropped=10), 32, 0.0)
    assert window.points == 4
    window.receive(Receipt(1), 0.0)
    assert window.points == 2


@pytest.mark.parametrize("receipt", [Receipt(1, is_hole=True)])
def test_after_a_hole_it_asks_and_sends_again_from_there(receipt: Receipt) -> None:
    window = connected()
    assert unsent(window) == [0, 1, 2]
    window.receive(receipt, 0.1)
    assert window.due(0.1) == "ask"
    ask = window.begin(0.1)
    window.add(batch_of(3), 32, 0.1)
    window.receive(receipt, 0.1)  # of what was sent before the question
    assert (unsent(window), window.due(0.1)) == ([], None)
    window.receive(Receipt(1, ask), 0.2)
    assert unsent(window) == [1, 2, 3]


def test_a_relay_that_has_begun_anew_is_asked() -> None:
    window = connected()
    assert unsent(window) == [0, 1, 2]
    window.receive(Receipt(2), 0.0)
    window.receive(Receipt(0, is_hole=True), 0.1)
    assert window.due(0.1) == "ask"


def test_the_answer_to_an_older_question_does_not_count() -> None:
    window = connected()
    old, new = window.begin(0.0), window.begin(0.0)
    window.receive(Receipt(0, old), 0.0)
    assert unsent(window) == []
    window.receive(Receipt(0, new), 0.0)
    assert unsent(window) == [0, 1, 2]


def test_silence_is_met_with_questions_and_then_with_a_new_connection() -> None:
    window = connected()
    assert unsent(window) == [0, 1, 2]
    now, steps = 0.0, []
    while now < 2 * CONNECT_AFTER + 0.5:
        now += 0.25
        step = window.due(now)
        if step is not None:
            steps.append((now, step))
            (window.connect if step == "connect" else window.begin)(now)
    assert steps[:3] == [(ASK_AFTER, "ask"), (2 * ASK_AFTER, "ask"), (CONNECT_AFTER, "connect")]
    assert [now for now, step in steps if step == "connect"] == [CONNECT_AFTER, 2 * CONNECT_AFTER]
    gaps = np.diff([now for now, _ in steps])
    assert gaps.max() <= ASK_EVERY


def connections(window: Window, begin: float, takes: float) -> list[float]:
    """Return when a window connects anew until a batch has come, by a line that brings questions at
    once, and a batch after some seconds on the same connection.
    """
    now, sent = begin, begin
    made: list[float] = []
    assert unsent(window) == [window.held.number]
    while now < sent + takes:
        now += 0.25
        assert len(made) < 10
        step = window.due(now)
        if step == "connect":
            made.append(now - begin)
            window.receive(Receipt(window.held.number, window.connect(now)), now)
            assert unsent(window) == [window.held.number]
            sent = now
        elif step == "ask":
            window.begin(now)  # behind the batch
    window.receive(Receipt(window.held.number + 1), now)
    return made


def test_a_line_by_which_a_batch_needs_long_is_given_the_time() -> None:
    window = connected(1)
    assert connections(window, 0.0, 20.0) == [4.0, 8.0, 16.0, 32.0]
    window.add(batch_of(1), 32, 100.0)
    window.receive(Receipt(1, window.begin(100.0)), 100.0)
    assert connections(window, 100.0, 20.0) == []


def test_a_line_that_is_quick_again_is_soon_doubted_as_soon_as_others() -> None:
    window = connected(1)
    connections(window, 0.0, 20.0)
    for i in range(1, 6):
        window.add(batch_of(i), 32, 100.0 + i)
        window.receive(Receipt(i + 1), 100.0 + i)
    window.add(batch_of(6), 32, 200.0)
    assert window.due(200.0 + CONNECT_AFTER) == "connect"


def test_a_sender_that_has_stood_still_does_not_take_the_line_for_a_narrow_one() -> None:
    """As one that was stopped by Ctrl-Z, while a receipt was on its way."""
    window = connected(1)
    assert unsent(window) == [0]
    window.receive(Receipt(1), 3600.0)
    window.add(batch_of(1), 32, 3600.0)
    assert window.due(3600.0 + 2 * CONNECT_AFTER) == "connect"


def test_a_line_that_answers_nothing_is_not_taken_for_a_narrow_one() -> None:
    window = connected(1)
    assert unsent(window) == [0]
    window.receive(Receipt(1), 0.1)
    window.add(batch_of(1), 32, 1.0)
    now = 1.0
    for _ in range(10):
        now += CONNECT_AFTER
        assert window.due(now) == "connect"
        window.connect(now)


def test_a_receipt_that_brings_nothing_is_no_end_of_silence() -> None:
    window = connected()
    assert unsent(window) == [0, 1, 2]
    window.receive(Receipt(0), CONNECT_AFTER - 0.1)
    assert window.due(CONNECT_AFTER) == "connect"


def test_a_window_that_was_empty_is_patient_anew() -> None:
    window = connected(0)
    window.add(batch_of(0), 32, 100.0)
    window.connect(100.0)
    window.receive(Receipt(1), 100.0)
    window.add(batch_of(1), 32, 200.0)
    assert window.due(200.0) is None


def test_it_holds_so_many_batches_and_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    window = connected(MAX_BATCHES - 1)
    window.add(batch_of(MAX_BATCHES - 1), 32, 0.0)
    rooms = [window.has_room]
    window.receive(Receipt(1), 0.0)
    rooms.append(window.has_room)
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    assert [*rooms, window.has_room] == [False, True, False]


def test_a_relay_that_refuses_says_why_and_another_is_not_blamed() -> None:
    window = connected()
    window.receive(Receipt(0, refused="wrong token"), 0.0)
    assert (window.refused, len(window), window.due(1e9)) == ("wrong token", 3, None)
    window.connect(1.0)
    assert window.refused == ""


def test_the_first_batch_says_where_the_producer_stands() -> None:
    """A sender that takes the place of another begins where that one ended."""
    window = Window()
    window.add(batch_of(7, dropped=3), 32, 0.0)
    assert (window.held, window.points) == (Held(7, 17, 3), 2)
    ask = window.connect(0.0)
    window.receive(Receipt(7, ask), 0.0)
    assert unsent(window) == [7]


def test_what_is_given_back_is_held_no_longer() -> None:
    window = connected()
    window.receive(Receipt(1), 0.0)
    assert [batch.number for batch in window.give_back()] == [1, 2]
    assert (len(window), window.points, window.give_back()) == (0, 0, [])
    window.add(batch_of(1), 32, 0.0)
    assert window.held.number == 1
