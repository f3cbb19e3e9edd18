"""The widget: what its page is told, and who hears it."""

from __future__ import annotations

from typing import Any, cast

import pytest
import traitlets

from zwsnb.widget.plot_widget import PlotWidget
from zwsnb.widget.views import Views


class FakeViews:
    """Takes messages."""

    def __init__(self) -> None:
        self.messages: list[object] = []
        self.closed = False

    def __len__(self) -> int:
        return len(self.messages)

    def on_message(self, content: object) -> None:
        self.messages.append(content)

    def close(self) -> None:
        self.closed = True


def made(views: FakeViews) -> PlotWidget:
    def make_views(send: Any) -> Views:
        del send
        return cast("Views", views)

    return PlotWidget("loss", 240, "export default {}", make_views)


def test_what_the_front_end_has_of_it() -> None:
    state = made(FakeViews()).get_state()
    assert (state["plot"], state["height"], state["_esm"]) == ("loss", 240, "export default {}")
    assert state["_model_module"] == "anywidget"
    assert "window" not in state


def test_its_name_stays() -> None:
    with pytest.raises(traitlets.TraitError, match="read-only"):
        made(FakeViews()).plot = "other"


def test_its_views_are_heard_until_it_is_closed() -> None:
    views = FakeViews()
    widget = made(views)
    seen = [widget.has_views]
    widget._handle_custom_msg({"view": "a", "open": 2}, [])
    seen.append(widget.has_views)
    assert (views.messages, seen) == ([{"view": "a", "open": 2}], [False, True])
    widget.close()
    assert views.closed


def test_what_an_option_cannot_be_is_refused() -> None:
    widget = made(FakeViews())
    with pytest.raises(ValueError, match="window"):
        widget.window = -1
