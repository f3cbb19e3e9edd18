"""The peer's faults and zwsnb's own are counted apart, and each is logged once a second."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import pytest

from zwsnb.delivery.reception import WRONG_TOKEN
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.stats import Counts
from zwsnb.relay.plain.new_names import NEW_NAMES
from zwsnb.relay.refusals import BROKEN_OFF, TOO_MANY, TOO_MANY_PRODUCERS, Refusals
from zwsnb.zmtp.greeting import BAD_CONNECTION, OLD_ZEROMQ


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def refusals(clock: Clock) -> Refusals:
    return Refusals(clock)


def failure() -> Exception:
    """An error that was raised somewhere."""
    try:
        return ZeroDivisionError(1 / 0)
    except ZeroDivisionError as error:
        return error


def test_refusals_are_counted_by_kind_and_errors_apart(refusals: Refusals) -> None:
    for kind in ("twice", "twice", "not JSON"):
        refusals.refuse(InvalidMessage(kind, "why"))
    refusals.fail(failure())
    assert dict(refusals.by_kind) == {"twice": 2, "not JSON": 1}
    assert refusals.errors == 1


def test_a_refusal_is_logged_as_information_once_a_second(
    refusals: Refusals, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "zwsnb"):
        for clock.now in (0.0, 0.5, 0.99, 1.0, 1.5):
            refusals.refuse(InvalidMessage("twice", "batch 3"))
    assert [(r.levelname, r.message) for r in caplog.records] == [
        ("INFO", "refused a message (1 so far): twice: batch 3"),
        ("INFO", "refused a message (4 so far): twice: batch 3"),
    ]


def test_an_error_of_ours_is_logged_with_its_traceback_once_a_second(
    refusals: Refusals, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "zwsnb"):
        for clock.now in (0.0, 0.5, 1.0):
            refusals.fail(failure())
    assert [(r.levelname, r.message) for r in caplog.records] == [
        ("ERROR", "a message has failed (1 so far)"),
        ("ERROR", "a message has failed (3 so far)"),
    ]
    assert "ZeroDivisionError: " in caplog.text
    assert "in failure" in caplog.text


def test_refusals_do_not_keep_an_error_out_of_the_log(
    refusals: Refusals, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "zwsnb"):
        refusals.refuse(InvalidMessage("twice", ""))
        refusals.fail(failure())
    assert [r.levelname for r in caplog.records] == ["INFO", "ERROR"]


def test_without_a_handler_nothing_is_printed(
    refusals: Refusals, capsys: pytest.CaptureFixture[str]
) -> None:
    refusals.fail(failure())
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("counts", "kinds", "errors", "words"),
    [
        ({}, [], 0, []),
        ({"missing": 1200}, [], 0, ["1,200 points were sent and did not arrive"]),
        ({"dropped": 3, "gaps": 4}, [], 0, ["3 points were dropped by producers"]),
        ({}, ["twice"], 0, []),
        ({}, [TOO_MANY], 0, ["there is room for 1,000 plots of 1,000 series each"]),
        ({}, [WRONG_TOKEN], 0, ["the token of another service was refused: connect it anew"]),
        ({}, [NEW_NAMES], 0, ["more new series than 100 a second, or 1,000 at once"]),
        ({}, [TOO_MANY_PRODUCERS], 0, ["others hold all connections"]),
        ({}, [OLD_ZEROMQ, BAD_CONNECTION], 0, ["older than version 4: update it", "none of a PUB"]),
        ({}, [BROKEN_OFF], 0, ["no PUB socket, or has sent a message of more than 16 MiB"]),
        ({}, [], 2, ["its log has the error"]),
    ],
)
def test_a_user_is_told_what_helps(
    refusals: Refusals, counts: Counts, kinds: list[str], errors: int, words: list[str]
) -> None:
    for kind in kinds:
        refusals.refuse(InvalidMessage(kind, ""))
    for _ in range(errors):
        refusals.fail(failure())
    refused: Counts = {"refused": dict(refusals.by_kind)}
    notices = refusals.notices({**refused, **counts})
    assert len(notices) == len(words)
    assert all(word in notice for word, notice in zip(words, notices, strict=True))


def test_errors_have_one_notice_however_many_there_are(refusals: Refusals) -> None:
    refusals.fail(failure())
    first = refusals.notices({})
    refusals.fail(failure())
    assert refusals.notices({}) == first
