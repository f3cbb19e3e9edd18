"""A notebook that has shown nothing yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import CapturedIO, capture_output

from zwsnb import api
from zwsnb.display import ipython, lower_ways
from zwsnb.notebook import outputs


@pytest.fixture(autouse=True)
def _nothing_shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(api, "before_stop", [])
    for kept in ("_kept", "_lower", "_unseen"):
        monkeypatch.setattr(outputs, kept, [])
    monkeypatch.setattr(outputs, "_heights", {})
    monkeypatch.setattr(api.publisher, "heard", None)
    monkeypatch.setattr(lower_ways, "LOOK_EVERY", 0.001)
    yield
    outputs.leave()
    for lower in outputs._lower:
        thread = lower._thread
        lower.forget()
        if thread is not None:  # else it asks the service of the next test
            thread.join(10)
    for pictures in outputs._kept:
        pictures.forget()


@pytest.fixture
def captured(monkeypatch: pytest.MonkeyPatch) -> Iterator[CapturedIO]:
    """What cells show, as if that were the notebook."""
    InteractiveShell.instance()
    monkeypatch.setattr(ipython, "is_captured", lambda: False)
    with capture_output() as found:
        yield found
    InteractiveShell.clear_instance()
