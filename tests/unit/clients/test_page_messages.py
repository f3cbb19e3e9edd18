"""What a page sends becomes a typed message, or is refused."""

from __future__ import annotations

import base64
import json
import math
import struct
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from support.characters import CHARACTERS
from support.tiny_png import PNG

from zwsnb.clients.page_messages import (
    BAD,
    UNKNOWN,
    Ack,
    Click,
    Clock,
    Drawn,
    LookAt,
    Measure,
    PageMessage,
    Read,
    Remove,
    Rename,
    Rights,
    SetTrigger,
    Smooth,
    Steer,
    greeting,
    options_of,
    parse,
)
from zwsnb.display.picture import MOST_BYTES, Drawing
from zwsnb.history.plots import History, Plot
from zwsnb.protocol.messages import MAX_PAGE_TEXT, VERSION, InvalidMessage
from zwsnb.view.viewport import Viewport


def png_of_size(width: int, height: int) -> str:
    """Return the beginning of a PNG that says that it is so large, in base64."""
    head = base64.b64decode(PNG)[:16]
    return base64.b64encode(head + struct.pack(">2I", width, height) + 9 * b"0").decode()


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"type": "ack", "patch": 3}, Ack(3)),
        ({"type": "ack", "patch": 3, "more": "is ignored"}, Ack(3)),
        ({"type": "clock", "sent": 12.5}, Clock(12.5)),
        ({"type": "read", "id": 7, "x": 1}, Read(7, 1.0)),
        ({"type": "read", "id": 7, "x": 1, "y": -2}, Read(7, 1.0, -2.0)),
        ({"type": "measure", "id": 7, "from": -1, "to": 1e9}, Measure(7, -1.0, 1e9)),
        ({"type": "smooth", "id": 3, "weight": 0.5}, Smooth(3, 0.5)),
        (
            {"type": "measure", "id": 7, "from": 1, "to": 2, "selected": True},
            Measure(7, 1.0, 2.0, is_selected=True),
        ),
        ({"type": "click", "x": 1, "y": 2.5}, Click(1.0, 2.5)),
        (
            {"type": "click", "x": 1, "y": 2.5, "point": {"id": 3, "x": 1, "y": 2}},
            Click(1.0, 2.5, 3, (1.0, 2.0)),
        ),
        ({"type": "rename", "id": 3, "to": "base · line"}, Rename(3, "base · line")),
        ({"type": "remove", "id": 3}, Remove(3)),
        ({"type": "steer", "name": "go"}, Steer("go", None, is_released=True)),
        (
            {"type": "steer", "name": "lr", "value": 0.1, "released": False},
            Steer("lr", 0.1, is_released=False),
        ),
        (
            {"type": "picture", "id": 3, "png": PNG, "width": 900, "height": 359.5},
            Drawn(3, Drawing(PNG, 900.0, 359.5)),
        ),
        ({"type": "picture", "id": 3, "png": None, "width": 0, "height": 0}, Drawn(3, None)),
        ({"type": "trigger", "trigger": {"level": 2}}, SetTrigger({"level": 2})),
        ({"type": "view", "width": 640, "mode": "all"}, LookAt(Viewport(640), paused=False)),
        (
            {"type": "view", "width": 640, "mode": "follow", "window": 30, "paused": True},
            LookAt(Viewport(640, window=30), paused=True),
        ),
        (
            {"type": "view", "width": 640, "mode": "range", "from": 1, "to": 2, "paused": 1},
            LookAt(Viewport(640, 1.0, 2.0), paused=False),
        ),
    ],
)
def test_a_message_is_typed(members: dict[str, Any], message: PageMessage) -> None:
    text = json.dumps(members)
    assert parse(text) == parse(text.encode()) == message
    assert type(parse(text)) is type(message)


HUGE = "1" + 400 * "0"


@pytest.mark.parametrize(
    "members",
    [
        {"id": "3"},
        {"png": 7},
        {"png": ""},
        {"png": "R0lGODlhAQABAAAAACw="},
        {"png": PNG[:-1]},
        {"png": f" {PNG}"},
        {"png": f"<b>{PNG}"},
        {"png": png_of_size(0, 5)},
        {"png": png_of_size(30_000, 30_000)},
        {"png": PNG[:8] + MOST_BYTES * "A"},
        {"width": 0.5},
        {"width": -900},
        {"height": 10_001},
        {"height": math.nan},
        {"height": math.inf},
        {"height": "359"},
        {"height": None},
    ],
)
def test_what_is_no_picture_is_refused(members: dict[str, Any]) -> None:
    good = {"type": "picture", "id": 3, "png": PNG, "width": 900, "height": 359}
    with pytest.raises(InvalidMessage) as caught:
        parse(json.dumps(good | members))
    assert caught.value.kind == BAD
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("said", [None, {}, {"level": None}, {"level": 1, "series": None}, [1]])
def test_what_says_nothing_of_a_trigger_takes_none_back(said: object) -> None:
    with pytest.raises(InvalidMessage, match="not a trigger"):
        parse(json.dumps({"type": "trigger", "trigger": said}))


def test_a_picture_may_be_as_large_as_a_notebook_keeps_it() -> None:
    png = PNG[:32] + (MOST_BYTES - 32) * "A"
    members = {"type": "picture", "id": 3, "png": png, "width": 1, "height": 10_000}
    text = json.dumps(members)
    assert parse(text) == Drawn(3, Drawing(png, 1, 10_000))
    assert len(text) < MAX_PAGE_TEXT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        "null",
        "{}",
        "[" * 30_000,
        b"\xff\xfe binary",
        '{"type": "ack"}',
        '{"type": "ack", "patch": "1"}',
        '{"type": "ack", "patch": null}',
        '{"type": "ack", "patch": true}',
        '{"type": "ack", "patch": 1.5}',
        '{"type": "view"}',
        '{"type": "view", "width": ' + HUGE + ', "mode": "all"}',
        '{"type": "view", "width": 10, "mode": "follow", "window": NaN}',
        '{"type": "view", "width": 10, "mode": "range", "from": 2, "to": 1}',
        '{"type": "view", "width": 10, "mode": "dance"}',
        '{"type": "clock"}',
        '{"type": "clock", "sent": Infinity}',
        '{"type": "read", "x": 1}',
        '{"type": "read", "id": 1, "x": "1"}',
        '{"type": "read", "id": 1, "x": 1, "y": null}',
        '{"type": "read", "id": 1, "x": ' + HUGE + "}",
        '{"type": "measure", "id": 1, "from": 1}',
        '{"type": "smooth", "id": 3}',
        '{"type": "smooth", "id": 3, "weight": NaN}',
        '{"type": "rename", "id": 3}',
        '{"type": "rename", "to": "baseline"}',
        '{"type": "rename", "id": "loss", "to": "baseline"}',
        '{"type": "rename", "id": 3, "to": ""}',
        '{"type": "rename", "id": 3, "to": 7}',
        '{"type": "rename", "id": 3, "to": "two\\nlines"}',
        '{"type": "rename", "id": 3, "to": "' + 257 * "x" + '"}',
        '{"type": "remove"}',
        '{"type": "remove", "id": "loss"}',
        '{"type": "remove", "id": true}',
    ],
)
def test_a_message_that_cannot_be_used_is_refused(text: str | bytes) -> None:
    with pytest.raises(InvalidMessage) as caught:
        parse(text)
    assert caught.value.kind == BAD
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("kind", ['"dance"', "[]", "null", "3", '{"ack": 1}'])
def test_a_type_of_another_version_is_refused_by_its_name(kind: str) -> None:
    with pytest.raises(InvalidMessage) as caught:
        parse(f'{{"type": {kind}}}')
    assert caught.value.kind == UNKNOWN


TEXTS = st.text(CHARACTERS)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=4,
)
KEYS = st.sampled_from(
    ["patch", "width", "mode", "window", "from", "to", "sent", "id", "x", "paused", "png", "height"]
)
KINDS = st.sampled_from(["ack", "view", "clock", "read", "measure", "rename", "remove", "picture"])


@settings(deadline=None)
@given(KINDS, st.dictionaries(KEYS, JSON | st.sampled_from(["all", "follow", "range"])))
def test_whatever_a_page_sends_is_a_message_or_refused(kind: str, members: dict[str, Any]) -> None:
    try:
        message = parse(json.dumps({"type": kind} | members))
    except InvalidMessage as error:
        assert error.kind == BAD  # noqa: PT017  # both ends are right
    else:
        assert isinstance(message, PageMessage)


@settings(deadline=None)
@given(TEXTS | st.binary() | JSON.map(json.dumps))
def test_any_text_is_a_message_or_refused(text: str | bytes) -> None:
    try:
        parse(text)
    except InvalidMessage as error:
        assert error.kind in (BAD, UNKNOWN)  # noqa: PT017  # both ends are right


# -- what a page is told ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rights", "told"),
    [
        (Rights(), {"edits": True}),
        (Rights(edits=False), {"edits": False}),
        (Rights(again={"of": "q"}), {"edits": True, "again": {"of": "q"}}),
        (Rights(editor="e", through="hub.test"), {"edits": True, "editor": "e"}),
    ],
)
def test_a_greeting_says_what_the_page_may_do(rights: Rights, told: dict[str, object]) -> None:
    plot = History(1 << 20).get_or_create("p")
    hello = greeting(plot, rights, 1000.5)
    assert (hello["type"], hello["version"], hello["plot"]) == ("hello", VERSION, "p")
    assert hello["clock"] == 1000.5
    assert {key: hello[key] for key in ("edits", "editor", "again") if key in hello} == told


def test_a_page_of_a_spectrum_is_told_so_with_the_options_of_that() -> None:
    plot = Plot("p")
    plot.bring_times()
    plot.count_from(1_700_000_000)
    plot.set_options({"style": "spectrum", "window": 10, "title": "T"})
    said = options_of(plot)
    options: Any = said["options"]
    keys = ("style", "window", "title", "time", "x_unit")
    assert [options[key] for key in keys] == ["spectrum", None, "T", False, "Hz"]
    assert said["origin"] == 1_700_000_000  # marks that come meanwhile are counted from there
    plot.set_options({"style": "line"})
    assert options_of(plot)["options"] == {**plot.shown_options}
