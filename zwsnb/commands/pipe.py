"""`zwsnb pipe` itself: its flags, and standard input published to the service that runs, or to one
of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import math
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from zwsnb import api
from zwsnb.commands.error_text import sentence
from zwsnb.commands.plot_arguments import add_arguments, steps_of
from zwsnb.commands.signals import end_by
from zwsnb.lines.bounded import bounded
from zwsnb.lines.lines import Lines
from zwsnb.lines.split import NAMED_DELIMITERS
from zwsnb.plot import saving
from zwsnb.plot.plot import Plot
from zwsnb.plot.scattered import publish_dots
from zwsnb.protocol.batch import Points, SetOptions
from zwsnb.protocol.names import DEFAULT_PLOT
from zwsnb.service import connection_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zwsnb.protocol.point import Point
    from zwsnb.service.backend import Backend

DESCRIPTION: Final = (
    "Publish lines from standard input, as in `vmstat 1 | zwsnb pipe`, to the running service;"
    " where none runs, to one of its own, which serves the page until Ctrl-C. A line is `y`, `x y`,"
    " `x y1 y2 ..`, CSV, `name=value`, `name:value`, or a JSON object; a first line of words names"
    " the columns."
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Marked: TypeAlias = tuple[str | None, str | None]
"""The columns that are the colour and the size of dots, None for none."""

AT_ONCE: Final = 10
"""Lines a second that are printed about what was refused."""

AT_LEAST: Final = 1.0
"""Seconds between two words about points that are on their way."""

GIVE_UP_AFTER: Final = 5.0
"""Seconds without one more point at the service after which it is taken for dead."""


def add_flags(pipe: argparse.ArgumentParser) -> None:
    """Add the flags of `zwsnb pipe` to its parser."""
    add = pipe.add_argument
    add("--plot", default=DEFAULT_PLOT, metavar="NAME", help="the plot (default: %(default)s)")
    add(
        "--to",
        metavar="FILE",
        help="the connection file of a service (default: that of the only one that you run)",
    )
    which = pipe.add_mutually_exclusive_group()
    which.add_argument(
        "--x",
        metavar="now|line|COLUMN",
        help="what is x: the time now, the count of lines, or a column, by its name or its number"
        " from 1 (default: as the lines have it)",
    )
    which.add_argument("--now", dest="x", action="store_const", const="now", help="as --x now")
    for what in ("color", "size"):
        add(
            f"--{what}",
            metavar="COLUMN",
            help=f"the column that gives each point its {what}, by its name or its number; points"
            " are dots then, and not lines",
        )
    add("--header", action="store_true", help="the first line is a heading, whatever it holds")
    add(
        "--delimiter",
        type=_delimiter,
        metavar="C",
        help="what parts columns: a character, or tab, blank, comma, semicolon"
        " (default: as the lines have it)",
    )
    add(
        "--save",
        action="append",
        default=[],
        type=_file,
        metavar="FILE",
        help="at the end of the input write the plot to a file, .png, .svg, .pdf, .html, .csv or"
        " .parquet, and serve no page any more; may be repeated",
    )
    add_arguments(pipe)


def _delimiter(text: str) -> str:
    found = NAMED_DELIMITERS.get(text.casefold(), text)
    if len(found) != 1 or found.isalnum() or found in '"\r\n+-.':
        raise argparse.ArgumentTypeError(
            f"{text!r} is no delimiter; it is one character, or {', '.join(NAMED_DELIMITERS)}"
        )
    return found


def _file(text: str) -> Path:
    try:
        saving.kind_of(Path(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return Path(text)


def run(arguments: argparse.Namespace) -> int:
    """Publish standard input; return 1 when nothing of it could be taken, not all has come to the
    service, or it could not be saved.
    """
    steps = steps_of(arguments)
    if sys.stdin is None:
        raise RuntimeError("there is no standard input: it is closed")
    service, is_own = _service(arguments.to)
    for options in steps:
        api.publisher.send_command(SetOptions(arguments.plot, options))
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a line that is no text is refused, as any other
    where = "no service runs, so this one serves" if is_own else "publishing to"
    _tell(f"{where} {service.url(arguments.plot)}")
    lines = Lines(time.time, arguments.x, arguments.delimiter, arguments.header, say=Sayings(_tell))
    is_ended = False
    try:
        _publish(bounded(sys.stdin), lines, arguments.plot, (arguments.color, arguments.size))
        is_ended = True
    except KeyboardInterrupt:
        pass
    except RuntimeError as error:  # nobody takes any more
        _tell(sentence(error))
    has_come = _hand_over()
    _tell(summary(lines))
    is_saved = not lines.points or _save(arguments.plot, arguments.save)
    if is_own and is_ended and lines.points and not arguments.save:
        _tell("the page is served until Ctrl-C")
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
    api.leave()  # what was lost has been said
    return 0 if lines.points and has_come and is_saved else 1


def _service(to: str | None) -> tuple[Backend, bool]:
    """Return the service to publish to, and whether it is one of this process."""
    with contextlib.suppress(ValueError):  # in another thread than the main one
        end_by(signal.default_int_handler)
    if to is not None or connection_file.running():
        service = api.connect(to)
        api.publisher.on_full = "block"  # who writes the lines can wait
        return service, False
    return api.start(on_full="block"), True


def _publish(texts: Iterable[str], lines: Lines, plot: str, marked: Marked) -> None:
    has_looked = False
    for text in texts:
        point = lines.read(text)
        if point is None:
            continue
        names = [column and lines.name_of(column, point) for column in marked]
        if not has_looked:
            _tell_missing(marked, names, point.values)
            has_looked = True
        try:
            _publish_point(point, plot, None if marked == (None, None) else names)
        except (TypeError, ValueError) as error:
            lines.take_back(text, sentence(error))


def _publish_point(point: Point, plot: str, marked: Sequence[str | None] | None) -> None:
    """Publish a point; of a scatter as a dot, with those that are marked as colour and size."""
    x = _EPOCH + timedelta(seconds=point.x or 0.0) if point.is_time else point.x
    if marked is None:
        api.publisher.publish(x, point.values, None, point.plot or plot, {})
    else:
        _publish_dots(x, dict(point.values), point.plot or plot, marked)


def _tell_missing(marked: Marked, names: Sequence[str | None], values: Iterable[str]) -> None:
    """Tell of columns of a scatter that the first line with numbers has not; names: of those it
    has.
    """
    for column, name in zip(marked, names, strict=True):
        if column is not None and name is None:
            _tell(f"there is no column {column!r} yet, only {', '.join(values)}")


def _hand_over() -> bool:
    """Wait until the service has everything; say so while that takes long, and where it does not
    come about. Return whether it has.
    """
    left, since = _left(), time.monotonic()
    with contextlib.suppress(KeyboardInterrupt):
        while not api.publisher.flush(AT_LEAST) and time.monotonic() < since + GIVE_UP_AFTER:
            was, left = left, _left()
            if left < was:
                since = time.monotonic()
            if left:
                _tell(f"{_many(left, 'point')} on the way")
    lost = _left() + api.publisher.dropped()
    if lost:
        _tell(f"{_many(lost, 'point')} did not come to the service, which does not answer")
    return not lost


def _left() -> int:
    """Return how many points have not come to the service."""
    sink = api.publisher.sink
    return api.publisher.stats()["queued"] + (0 if sink is None else sink.held)


def _publish_dots(
    x: object, values: dict[str, float], plot: str, marked: Sequence[str | None]
) -> None:
    """Publish values as dots; marked: which of them are colour and size, None for none.

    Raises:
        ValueError: there are no others.
    """
    color, size = (math.nan if name is None else values.pop(name, math.nan) for name in marked)
    if not values:
        raise ValueError("there is no y in it beside the color and the size")
    for series, y in values.items():
        dots = Points(plot, series, np.empty(0), np.empty(0))
        # What has no area is as small as a dot may be.
        publish_dots(dots, (x, y), color, size if math.isnan(size) else max(size, 0.0))


def _save(plot: str, files: Iterable[Path]) -> bool:
    """Write a plot to files; return whether all could be written."""
    is_saved = True
    for file in files:
        try:
            _tell(f"saved {Plot(plot).save(file)}")
        except (ImportError, OSError, RuntimeError, ValueError) as error:
            _tell(f"{file} was not saved: {sentence(error)}")
            is_saved = False
    return is_saved


def summary(lines: Lines) -> str:
    """Return what became of the lines, in one."""
    parts = [f"{_many(lines.points, 'point')} of {_many(lines.lines, 'line')}"]
    if lines.headings:
        parts.append(_many(lines.headings, "heading"))
    others = {"blank": lines.blank, "refused": lines.refused}
    parts += [f"{n:,} {kind}" for kind, n in others.items() if n]
    return ("" if lines.points else "nothing was taken: ") + ", ".join(parts)


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


class Sayings:
    """Tells sentences at once, but not more than `AT_ONCE` a second; then how many there were.

    clock: seconds that only grow.
    """

    def __init__(
        self, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._tell = tell
        self._clock = clock
        self._since = float("-inf")
        self._told = self._held = 0

    def __call__(self, sentence: str) -> None:
        """Tell a sentence, or count it."""
        now = self._clock()
        if now >= self._since + 1:
            if self._held:
                self._tell(f"and {self._held:,} more like these")
            self._since, self._told, self._held = now, 0, 0
        if self._told < AT_ONCE:
            self._told += 1
            self._tell(sentence)
        else:
            self._held += 1


def _tell(sentence: str) -> None:
    if sys.stderr is None:
        return  # it is closed, and `print` would take the standard output, where no address belongs
    with contextlib.suppress(OSError):  # the terminal has gone
        print(f"zwsnb: {sentence}", file=sys.stderr, flush=True)
