"""Errors as sentences."""

from __future__ import annotations

import json
import socket

import pytest

from zwsnb.commands.error_text import sentence


def undecodable() -> UnicodeDecodeError:
    return UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (OSError(28, "No space left on device", "/run/1.json"),
         "No space left on device: /run/1.json"),
        (OSError(18, "Invalid cross-device link", "a", None, "b"),
         "Invalid cross-device link: a -> b"),
        (FileNotFoundError("the page has not been built"), "the page has not been built"),
        (OSError("port 80 at h cannot be used"), "port 80 at h cannot be used"),
        (socket.gaierror(-2, "Name or service not known"), "Name or service not known"),
        (KeyError("plot 'p' has had no points"), "plot 'p' has had no points"),
        (KeyError("a", "b"), "('a', 'b')"),
        (ValueError("window is -1"), "window is -1"),
        (ValueError("window is", -1), "('window is', -1)"),
        (undecodable(), "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        (json.JSONDecodeError("Expecting value", "", 0),
         "Expecting value: line 1 column 1 (char 0)"),
        (TimeoutError(), "TimeoutError"),
        (KeyError(), "KeyError"),
    ],
)  # fmt: skip
def test_an_error_is_a_whole_sentence(error: Exception, text: str) -> None:
    assert sentence(error) == text
