"""What a relay takes of producers it can also show: whatever numbers and options those are."""

from __future__ import annotations

import json
import struct
import warnings
from typing import Any, Final
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from support.fuzzing.draws import SEPARATOR, as_json, frames_of, numbers, with_other_members
from support.fuzzing.target import Broken, Target
from support.fuzzing.texts import OPTIONS
from support.fuzzing.wire import GOOD_BATCHES
from zwsnb.clients.page_messages import ALL, greeting
from zwsnb.history.plots import History, Plot
from zwsnb.protocol.batch import Body, body_in, header_in
from zwsnb.protocol.messages import InvalidMessage, JsonObject, json_text
from zwsnb.protocol.options import DEFAULTS
from zwsnb.protocol.patch import messages_of
from zwsnb.relay.relay import Relay
from zwsnb.saved.contents import contents_of
from zwsnb.snapshot.render import render_svg
from zwsnb.turns.turns import last_of
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport

NEXT: Final = b"\n==\n"
"""Between two messages, in one input."""

TOKEN: Final = "a token of a service"
VIEWS: Final = (Viewport(300), Viewport(7, window=10.0), Viewport(200, lo=-1.0, hi=1e300))


def show(data: bytes) -> int:
    """Take messages as a relay does, and show what is there then, to pages and in files; return how
    many were taken. Nothing is printed: it would stand below a cell.
    """
    relay, taken = Relay(History(), TOKEN), 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for message in data.split(NEXT):
                taken += _takes(relay, message.split(SEPARATOR))
            for plot in list(relay.history.plots.values()):
                _show(plot)
    finally:
        relay.stop()
    return taken


def _takes(relay: Relay, frames: list[bytes]) -> bool:
    try:
        body: Body = body_in(header_in(frames), frames)
        relay.dispatch(body, "p")
    except InvalidMessage:
        return False
    return True


def _show(plot: Plot) -> None:
    ET.fromstring(render_svg(plot).encode())  # noqa: S314 - made here
    json.loads(json_text(greeting(plot, ALL, 0.0)), parse_constant=_refuse)
    last_of(object(), contents_of(plot, 0.0))
    for viewport in VIEWS:
        view = Subscription(plot)
        view.set_viewport(viewport)
        patch = view.next_patch()
        if patch is not None:
            messages_of(patch)


def _refuse(word: str) -> None:
    raise Broken(f"{word} is no JSON")


# -- what to try it with ---------------------------------------------------------------------------

HEADER: Final[JsonObject] = {
    "v": 2, "token": TOKEN, "producer": "p", "batch": 0, "points": 0, "dropped": 0,
    "kind": "points", "plot": "p", "t": 0.0,
}  # fmt: skip
WORDS: Final = (
    "auto", "none", "log", "left", "right", "dots", "line", "density", "spectrum", "candles",
    "bars", "step", "y", "a", "groups", "viridis", "UTC", "10s", "", "grow", "s", "ms",
)  # fmt: skip
MEMBERS: Final = (
    "y", "a", "series", "text", "axis", "from", "to", "level", "mode", "height", "y_label", "style",
    "y_range", "color", "smooth", "of",
)  # fmt: skip

_values: Final = st.none() | st.booleans() | numbers | st.sampled_from(WORDS)
_settings: Final = st.recursive(
    _values,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=3)
    ),
    max_leaves=6,
)
_doubles: Final = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(
    (0.0, 1e308, -1e308, 5e-324, 1e15, 1.7e9)
)


@st.composite
def points(draw: st.DrawFn) -> bytes:
    """A batch of points, of any numbers that there are, with marks or without."""
    xs = draw(st.lists(_doubles, min_size=1, max_size=5))
    count = len(xs)
    ys = draw(st.lists(_doubles | st.just(float("nan")), min_size=count, max_size=count))
    its: dict[str, Any] = {"series": draw(st.sampled_from("yab")), "time": draw(st.booleans())}
    its["origin"] = draw(st.sampled_from((0, 0, 1, -1, 10**9, 2**63, -(2**63))))
    columns = [xs, ys]
    if draw(st.integers(0, 3)) == 0:
        columns.append(draw(st.lists(_doubles, min_size=2 * count, max_size=2 * count)))
    packed = [struct.pack(f"<{len(each)}d", *each) for each in columns]
    return SEPARATOR.join([as_json(HEADER | its), *packed])


@st.composite
def options(draw: st.DrawFn) -> bytes:
    """Options, of those that there are."""
    said: dict[str, Any] = dict(draw(st.sampled_from([{}, *OPTIONS])))
    for name in draw(st.lists(st.sampled_from(sorted(DEFAULTS)), max_size=4, unique=True)):
        said[name] = draw(_settings)
    return as_json(HEADER | {"kind": "options", "options": said})


_others: Final = frames_of(
    with_other_members([json.loads(frames[0]) for frames in GOOD_BATCHES]), GOOD_BATCHES
)

TARGETS: Final = (
    Target(
        "shown",
        show,
        (),
        st.lists(points() | options() | options() | _others, min_size=1, max_size=5).map(NEXT.join),
        [NEXT.join(SEPARATOR.join(frames) for frames in GOOD_BATCHES)],
    ),
)
