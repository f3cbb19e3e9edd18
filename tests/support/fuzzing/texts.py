"""What people write and files hold: expressions, sizes, options, lines, connection files."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from hypothesis import strategies as st

from support.fuzzing.draws import changed, json_inputs, text_inputs
from support.fuzzing.target import Broken, Target, check_same
from zwsnb.derived.expression import Expression
from zwsnb.derived.parser import parse
from zwsnb.lines.lines import Lines
from zwsnb.protocol.checks.wishes import Wishes
from zwsnb.protocol.options import check_options
from zwsnb.protocol.point import Point
from zwsnb.protocol.sizes import parse_bytes, seconds_of
from zwsnb.service import connection_file

EXPRESSIONS: Final = (
    'ema("train/loss", .99)', "a - b * (c + 2) / -d", "mean(loss, 100)", "mean(loss, '10s')",
    "derivative(x)", "- - - a", '"it\'s"', "((((a))))", "1e3 * a.b", "abs(log10(a))",
)  # fmt: skip
SIZES: Final = ("500 MB", "1 GiB", "10s", "5 min", "500ms", "1M", "-1e3 us", "12", "1e999d", "3 µs")
OPTIONS: Final[list[dict[str, Any]]] = [
    {"title": "t", "window": 10, "y_range": [0, None], "log_y": True, "time": "auto"},
    {"lines": [{"y": 1, "text": "limit"}], "regions": [{"from": 0, "to": 1, "text": "r"}]},
    {"series": {"loss": {"color": "#ff0000", "width": 2, "smooth": 0.5}}, "history": "50 MB"},
    {"panels": [["a", "b"], {"series": ["c"], "y_label": "y"}], "tiles": ["a"], "zone": "UTC"},
    {"trigger": {"level": 1, "series": "a", "slope": "rising", "mode": "auto"}, "y_unit": "m"},
    {"x_range": [0, 1], "style": "dots", "x_label": "x", "y2": ["a"], "colors": "viridis"},
]
LINES: Final = (
    "time,a,b\n2024-01-01 00:00:00,1,2\n2024-01-01 00:00:01,3,\n",
    "1 2 3\n4 5 6\n",
    "a;b\n1,5;2,5\n",
    'x,"y ""quoted"""\n1,2\n',
    "loss=0.5 acc=0.9 step=3\n",
    "epoch: 3, loss: 1e-3\n",
    '{"x": 1, "train": {"loss": 0.5}}\n{"step": 2, "loss": null}\n',
    "# a comment\n\n12:00:00,123 5 ms 3 kB 4%\n",
    "\x1b[31mred\x1b[0m 1\n\ufeff2\n\0 3\n",
    "procs memory\n r  b swpd\n 1  0  0\n",
)


def read_expression(data: bytes) -> Expression:
    """Parse what a user has written; written again it is the same."""
    expression = parse(data.decode("utf-8", "surrogateescape"))
    check_same(expression, parse(expression.text))
    if not expression.series or not expression.cost >= 1:
        raise Broken(f"{expression!r:.200}")
    return expression


def read_size(data: bytes) -> tuple[object, ...]:
    """Read a size and a span of time."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        size = parse_bytes(text)
    except ValueError:
        return (seconds_of(text, "a span"),)
    return (size,)


def read_options(data: bytes) -> dict[str, Any]:
    """Check options, and put them over others; what has been checked may be said again."""
    said = json.loads(data.decode())
    if not isinstance(said, dict):
        raise TypeError("no object")
    checked = check_options(said)
    check_same(checked, check_options(json.loads(json.dumps(checked))))
    options = Wishes().saying(checked).options
    check_same(options, json.loads(json.dumps(options, ensure_ascii=False).encode()))
    return checked


def read_lines(data: bytes) -> list[Point]:
    """Read the lines of a pipe: each is a point, a heading, blank, or refused."""
    lines = Lines(clock=lambda: 0.0)
    found = [lines.read(line) for line in data.decode("utf-8", "replace").splitlines(keepends=True)]
    points = [point for point in found if point is not None]
    if lines.lines != lines.points + lines.headings + lines.blank + lines.refused:
        raise Broken("there are lines of no kind")
    for point in points:
        if point.x is None or not abs(point.x) < float("inf") or not point.values:
            raise Broken(f"{point!r:.200}")
    return points


def read_connection(data: bytes) -> list[connection_file.Info]:
    """Look for services where a file holds `data`: it names one that is there, or none."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("ZWSNB_RUNTIME_DIR")
        os.environ["ZWSNB_RUNTIME_DIR"] = folder
        try:
            Path(folder).chmod(0o700)
            (Path(folder) / "1-1.json").write_bytes(data)
            found = connection_file.running()
            for info in found:
                connection_file.path_of(info)
                connection_file.is_there(info)
                if not urlsplit(info["url"]).scheme:
                    raise Broken(f"{info}")
        finally:
            if before is None:
                del os.environ["ZWSNB_RUNTIME_DIR"]
            else:
                os.environ["ZWSNB_RUNTIME_DIR"] = before
    return found


CONNECTIONS: Final[list[dict[str, Any]]] = [
    {
        "pid": os.getpid(),
        "url": "http://127.0.0.1:8000/?token=abc",
        "ingress": "ipc:///nowhere/1-1.sock",
        "token": "abc",
        "owner": os.getpid(),
    }
]

TARGETS: Final = (
    Target(
        "expression",
        read_expression,
        (ValueError,),
        text_inputs(EXPRESSIONS, "ab ema(mean),.'\"+-*/(0123456789e"),
        [each.encode() for each in EXPRESSIONS],
    ),
    Target(
        "size",
        read_size,
        (ValueError,),
        text_inputs(SIZES, "0123456789.eE+- kmgibKMGBsuµhdw"),
        [each.encode() for each in SIZES if each != "1M"],
    ),
    Target("options", read_options, (TypeError, ValueError), json_inputs(OPTIONS)),
    Target(
        "lines",
        read_lines,
        (),
        st.lists(
            changed([each.encode() for each in LINES])
            | text_inputs(LINES, "0123456789.,;:=-+ \t\"'{}[]eE%nan|#/\n"),
            max_size=3,
        ).map(b"".join),
        [each.encode() for each in LINES],
    ),
    Target(
        "connection_file",
        read_connection,
        (),
        json_inputs(CONNECTIONS),
        [json.dumps(each).encode() for each in CONNECTIONS],
    ),
)
