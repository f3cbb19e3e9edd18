"""`p.trigger` and `p.arm`: what they send."""

from __future__ import annotations

import pytest
from support.logged import Logged

from zwsnb import Plot
from zwsnb.protocol.batch import SetOptions


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Logged:
    return Logged(monkeypatch)


def said(logged: Logged) -> list[object]:
    bodies = [batch.body for batch in logged.take()]
    return [body.options["trigger"] for body in bodies if isinstance(body, SetOptions)]


def test_a_call_says_all_and_to_arm_says_the_mode(logged: Logged) -> None:
    plot = Plot("p", trigger={"level": 2})
    plot.trigger("v", level=1, holdoff="5ms", persist=4)
    plot.arm()
    whole = {"series": "v", "level": 1.0, "slope": "rising", "mode": "normal"}
    rest = {"holdoff": 0.005, "pre": 0.1, "persist": 4}
    assert said(logged) == [{"level": 2.0}, whole | rest, {"mode": "single"}]
    assert plot.options["trigger"] == {**whole, **rest, "mode": "single"}


def test_what_cannot_be_is_said_at_once(logged: Logged) -> None:
    with pytest.raises(ValueError, match="it is a part of the window"):
        Plot("p").trigger(pre=20)
    assert said(logged) == []
