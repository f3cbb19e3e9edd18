"""The pictures behind the live plots of a notebook, and how they are kept up.

Each plot that was shown has one output more, with a display_id, by which it is updated: at the end
of a cell when the plot has changed, at a stop and at the end of the process. What it shows is taken
from the service, which is soon done; a thread that ends when nothing is left to do has a page that
looks draw it, or else renders it, in a process of its own, and updates the output. A cell never
waits for that, except where nobody is there to wait for it: a notebook that is run from the outside
takes no update after its last cell, and no page looks at it.
"""

from __future__ import annotations

import contextlib
import contextvars
import os
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from zwsnb.display.picture import Drawing, Output, empty_output, output_of
from zwsnb.producer import native

LEAST_BETWEEN: Final = 1.0
"""Seconds from one look at the plots to the next."""

_SHARE: Final = 10
"""A look that took long is followed by a pause so many times as long."""

MOST_PLOTS: Final = 20
"""Plots whose pictures are kept up; of more the older ones keep the picture that they have."""

_CALM: Final = 0.5
"""Seconds in which the kernel says that the cell has ended, and the page that it has shown opens,
before another thread wants to run: the first picture imports what draws it.
"""

_ASKED_FOR: Final = 5.0
"""Seconds after which no more pages are asked for what was taken at one look."""

_DRAWN_WITHIN: Final = 20.0
_PARTING: Final = 1.5
"""Seconds for the last pictures at the end of the process, which others wait for: Jupyter for 2.5,
and then it ends the kernel, which could not tell its pages any more.
"""


class Source(Protocol):
    """Where the plots are."""

    def flush(self) -> object:
        """Have all that was published arrive."""

    def version(self, plot: str) -> int | None:
        """Return a number that changes with the plot, 0 as long as there is nothing to see; None
        where it is not there.
        """

    def snapshot(self, plot: str) -> str:
        """Return the plot as an SVG document.

        Raises:
            KeyError, OSError, RuntimeError: it is not there, or nobody answers.
        """

    def picture(self, plot: str) -> Drawing | None:
        """Return the plot as a page that looks at it draws it for its reader, which may take
        seconds; None where none does.

        Raises:
            OSError, RuntimeError: nobody answers.
        """


class Render(Protocol):
    """Renders snapshots."""

    def __call__(self, svgs: Sequence[str], timeout: float) -> Sequence[str | None]:
        """Return SVG documents as PNG in base64; None for one that could not be rendered within so
        many seconds.
        """


class Screen(Protocol):
    """Where the outputs are."""

    def display(self, output: Output, display_id: str, *, update: bool) -> None:
        """Show an output below the running cell; or update those of this display_id."""


@dataclass(slots=True)
class _Shown:
    """A plot that was shown: the display_id of its pictures, their content, and the version of the
    plot that they show.
    """

    display_id: str
    output: Output
    version: int | None = None


@dataclass(slots=True, frozen=True)
class _Film:
    """A snapshot that is to be rendered, unless a page has drawn the plot.

    version: of the plot, if a page that looks may draw it as it was then; None: none is asked.
    """

    plot: str
    svg: str
    taken: datetime
    version: int | None = None
    drawing: Drawing | None = None


class Pictures:
    """Keeps up the pictures of the plots that this process has shown."""

    def __init__(
        self,
        source: Source,
        screen: Screen,
        render: Render,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source, self._screen, self._render, self._clock = source, screen, render, clock
        self._shown: dict[str, _Shown] = {}
        self._films: dict[str, _Film] = {}  # by the display_id that they are for
        self._is_asked = False
        self._due = 0.0
        self._state, self._working = native.Lock(), native.Lock()
        self._thread: native.Thread | None = None
        self._pid = os.getpid()

    @property
    def is_idle(self) -> bool:
        """True when there is nothing to keep up, and nothing to do."""
        return not self._shown and not self._films and self._thread is None

    def show(self, plot: str, place: str = "") -> None:
        """Show the picture of a plot below the running cell, and keep it up from now on; or have
        the outputs become it whose display_id is `place`.
        """
        shown = self._shown.pop(plot, None)
        if shown is None or place:
            shown = _Shown(place or uuid.uuid4().hex, empty_output(plot))
        self._shown[plot] = shown  # the newest one is the last
        while len(self._shown) > MOST_PLOTS:
            del self._shown[next(iter(self._shown))]
        self._screen.display(shown.output, shown.display_id, update=bool(place))

    def freeze(self, plot: str) -> None:
        """Show a picture of a plot as it is now, which stays.

        Raises:
            KeyError, OSError, RuntimeError: as `Source.snapshot`.
        """
        film = _Film(plot, self._source.snapshot(plot), datetime.now().astimezone())
        display_id = uuid.uuid4().hex
        self._screen.display(empty_output(plot, film.svg), display_id, update=False)
        self._add(display_id, film)
        self._start()

    def after_cell(self, *, wait: bool) -> None:
        """Have the pictures of what has changed updated; at once, where the cell is to wait."""
        if self.is_idle or self._pid != os.getpid():
            return
        self._is_asked = True
        if wait:
            self.finish(_DRAWN_WITHIN)
        else:
            self._start()

    def look(self) -> None:
        """Take snapshots of the plots that have changed; they are rendered soon."""
        if self._shown and self._pid == os.getpid():
            self._look()
            self._start()

    def forget(self, plot: str | None = None) -> None:
        """Keep up a plot no more, or none: the pictures stay as they are."""
        for name in [plot] if plot is not None else list(self._shown):
            self._shown.pop(name, None)

    def at_exit(self) -> None:
        """Update what has changed, before the process ends."""
        if self.is_idle or self._pid != os.getpid():
            return
        self._is_asked = True
        self.finish(_PARTING)
        self.forget()

    def finish(self, timeout: float) -> None:
        """Do what there is to do in the calling thread, within so many seconds."""
        deadline = self._clock() + timeout
        if not self._working.acquire(timeout=timeout):
            return
        try:
            if self._is_asked:
                self._look()
            self._develop(max(0.0, deadline - self._clock()))
        finally:
            self._working.release()

    # -- the thread --------------------------------------------------------------------------------

    def _start(self) -> None:
        with self._state, contextlib.suppress(RuntimeError):  # the interpreter is at its end
            if self._thread is not None and self._thread.is_alive():
                return
            # Newer kernels know the cell that an output belongs to by its context.
            context = contextvars.copy_context()
            self._thread = native.thread("zwsnb-pictures", context.run, self._run)
            self._thread.start()

    def _run(self) -> None:
        native.sleep(_CALM)
        while self._has_work():
            with self._working:
                if self._is_asked and self._clock() >= self._due:
                    self._look(by_page=True)
                self._develop(only_final=True)
            self._ask_pages()  # which others do not wait for: they take the snapshots
            with self._working:
                self._develop()
            if self._is_asked:
                native.sleep(0.05)

    def _has_work(self) -> bool:
        with self._state:
            if self._is_asked or self._films:
                return True
            self._thread = None
            return False

    def _add(self, display_id: str, film: _Film) -> None:
        with self._state:
            self._films[display_id] = film

    # -- what it does ------------------------------------------------------------------------------

    def _look(self, *, by_page: bool = False) -> None:
        self._is_asked = False
        begin = self._clock()
        with contextlib.suppress(OSError, RuntimeError):
            self._source.flush()
            for plot, shown in list(self._shown.items()):
                self._take(plot, shown, by_page=by_page)
        end = self._clock()
        self._due = max(begin + LEAST_BETWEEN, end + _SHARE * (end - begin))

    def _take(self, plot: str, shown: _Shown, *, by_page: bool) -> None:
        version = self._source.version(plot)
        if version is None and shown.version is not None:
            self.forget(plot)  # it was closed
        if not version or version == shown.version:
            return
        with contextlib.suppress(KeyError):
            svg = self._source.snapshot(plot)
            shown.version = version
            wanted = version if by_page else None
            self._add(shown.display_id, _Film(plot, svg, datetime.now().astimezone(), wanted))

    def _ask_pages(self) -> None:
        """Have pages that look at what was taken draw it, as long as they answer soon."""
        deadline = self._clock() + _ASKED_FOR
        for display_id, film in list(self._films.items()):
            if film.version is None or self._clock() > deadline:
                continue
            with contextlib.suppress(OSError, RuntimeError):
                drawn = replace(film, drawing=self._drawing(film))
                with self._state:
                    if self._films.get(display_id) is film:  # nobody has been quicker
                        self._films[display_id] = drawn

    def _drawing(self, film: _Film) -> Drawing | None:
        """Return what a page draws, if it is the plot as it was: the next cell may have begun."""
        if self._source.version(film.plot) != film.version:
            return None
        drawing = self._source.picture(film.plot)
        return drawing if self._source.version(film.plot) == film.version else None

    def _develop(self, timeout: float = _DRAWN_WITHIN, *, only_final: bool = False) -> None:
        """Render what was taken, and update the outputs: with SVG, what has found no time.

        only_final: not what a page is to be asked for.
        """
        with self._state:
            films = {
                display_id: film
                for display_id, film in self._films.items()
                if film.version is None or not only_final
            }
            for display_id in films:
                del self._films[display_id]
        if not films:
            return
        rendered = iter(self._render([f.svg for f in films.values() if f.drawing is None], timeout))
        shown = {each.display_id: each for each in list(self._shown.values())}
        for display_id, film in films.items():
            picture = next(rendered) if film.drawing is None else film.drawing
            output = output_of(film.plot, film.svg, picture, film.taken)
            if display_id in shown:
                shown[display_id].output = output
            # A kernel that is at its end has no more outputs.
            with contextlib.suppress(OSError, RuntimeError, LookupError):
                self._screen.display(output, display_id, update=True)
