"""A thread that ends before its first line, as where Python has no memory for its frame."""

from __future__ import annotations

import pytest

from zwsnb.producer import native


def lose_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lose the next thread of the system that is started; soon it is known."""
    start, lost = native.start_new_thread, [1]
    monkeypatch.setattr(native, "BEGINS_WITHIN", 0.1)
    monkeypatch.setattr(
        native, "start_new_thread", lambda *args: lost.pop() if lost else start(*args)
    )
