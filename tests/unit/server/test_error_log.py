"""The log of errors: one line a second, and a count of what it left out."""

from __future__ import annotations

import logging

import pytest

from zwsnb.delivery import sender
from zwsnb.relay import refusals
from zwsnb.server import error_log
from zwsnb.server.error_log import ErrorLog


def test_it_counts_what_it_does_not_log(caplog: pytest.LogCaptureFixture) -> None:
    log = ErrorLog(interval=60)
    log.writelines(["first", "line\r\n"])
    for _ in range(5):
        log.write("again")
    log.flush()
    log._next = 0
    log.exception(None, ValueError, ValueError("x" * 1000), None)  # noqa: LOG004  # no logger
    assert [record.message[:20] for record in caplog.records] == [
        "first line",
        "ValueError: xxxxxxxx",
    ]
    assert caplog.records[1].message.endswith("x (and 5 more)")
    assert len(caplog.records[1].message) < 400


def test_an_exception_is_an_error_and_is_counted_though_it_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = ErrorLog(interval=60)
    for _ in range(3):
        try:
            raise KeyError("a mistake")  # noqa: TRY301  # it is to have a place
        except KeyError as error:
            log.exception(None, KeyError, error, error.__traceback__)  # noqa: TRY401  # no logger
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert f"KeyError: 'a mistake' at {__file__}:" in record.message
    assert log.exceptions == 3


def test_only_what_is_the_users_to_mend_is_printed_where_logging_is_not_set_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python prints a warning for which no handler is found."""
    with monkeypatch.context() as patch:
        patch.setattr(logging.root, "handlers", [])
        assert all(log.hasHandlers() for log in (error_log.LOG, refusals._log, sender._log))
        assert not logging.getLogger("zwsnb.steering").hasHandlers()
        assert not logging.getLogger("zwsnb.adapters").hasHandlers()
