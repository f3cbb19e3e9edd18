"""A plot as a file: a picture, its points, or a page.

The name of the file says of which kind it is. What was there before stays until the new file is
whole.
"""

from __future__ import annotations

import base64
import contextlib
import errno
import importlib.util
import os
import re
import stat
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from zwsnb import frames
from zwsnb.display import png
from zwsnb.history.csv import CSV_ROWS, csv_heading, csv_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zwsnb.protocol.stats import SeriesStats

LARGEST_SCALE: Final = 10

_MOST_LINKS: Final = 40
"""Links that lead to one another, as Linux follows them."""

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

_SIZE: Final = re.compile(r'<svg [^>]*? width="([\d.]+)" height="([\d.]+)"')

_SANS: Final = "Helvetica, Arial, Liberation Sans, DejaVu Sans, Noto Sans"
"""Families in place of those that only a browser knows."""

_PAGE: Final = """\
#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""

_POINT: Final = 0.75
"""A pixel of CSS, in points."""


class Points(NamedTuple):
    """What a plot holds: its series by their names, with their points, shape (n, 2); and from where
    x are counted, in whole seconds since 1970, None where they are no times.
    """

    series: Mapping[str, tuple[SeriesStats, NDArray[np.float64]]]
    origin: int | None


class Source(NamedTuple):
    """A plot that can be saved: what returns it as an SVG document, what its points, and what it as
    a page, an HTML document.
    """

    snapshot: Callable[[], str]
    points: Callable[[], Points]
    page: Callable[[], bytes]


def save(source: Source, path: Path, scale: float) -> None:
    """Write a plot to a file, of the kind that its name says.

    scale: pixels of a PNG for each of the picture.

    Raises:
        ValueError: its name says no kind that there is, or the scale is none.
        ImportError: what makes this kind is not installed.
        RuntimeError: the picture could not be rendered.
        OSError: it cannot be written.
    """
    kind = kind_of(path)
    if not 0 < scale <= LARGEST_SCALE:
        raise ValueError(f"scale is more than 0 and at most {LARGEST_SCALE}, not {scale!r}")
    with _new_file(path) as new:
        _WRITERS[kind](source, new, scale)


def kind_of(path: Path) -> str:
    """Return the end of a name that says a kind of file that there is.

    Raises:
        ValueError: it says none.
    """
    kind = path.suffix.lower()
    if kind not in _WRITERS:
        kinds = ", ".join(_WRITERS)
        raise ValueError(f"a plot is saved as one of {kinds}, and {path.name!r} is none of them")
    return kind


@contextlib.contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file that takes the place of another, once it is whole. Until then nobody goes by its
    name: who may write into the folder too, as into a group's, could have a link there, and any
    other file of this user's would be written to, or get the mode of the old one.
    """
    path = _led_to(path)
    if not path.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {str(path.parent)!r} to save {path.name!r} in")
    mode = _mode_at(path)
    new = path.with_name(f".zwsnb-{uuid.uuid4().hex[:8]}{path.suffix}")
    try:
        descriptor = os.open(new, _NEW, 0o666 if mode is None else 0o600)
        with os.fdopen(descriptor, "wb") as file:  # pandas would open one with a name once more
            yield file
            if mode is not None:
                os.chmod(descriptor if os.chmod in os.supports_fd else new, mode)  # noqa: PTH101
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _mode_at(path: Path) -> int | None:
    """Return what may be done with the file that is replaced, None where none is; who runs it does
    so as himself, be it as its owner (setuid) that somebody else's file there was run.

    Raises:
        OSError: nobody could write to what is there: to replace it needs no leave of its own.
        PermissionError: somebody else has put it into a folder of all, such as /tmp.
    """
    try:
        there = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(there.st_mode):
        raise OSError(f"{path} is no file: choose another name")
    if _is_planted(there, path.parent):
        raise PermissionError(f"{path} is somebody else's file: choose another name")
    if not os.access(path, os.W_OK):
        raise PermissionError(f"{path} is write-protected: choose another name, or chmod u+w it")
    return there.st_mode & 0o777


def _led_to(path: Path) -> Path:
    """Return what a link leads to, and not the link; itself, if it is none.

    Raises:
        PermissionError: somebody else has put the link into a folder of all, such as /tmp.
    """
    for _ in range(_MOST_LINKS):
        if not path.is_symlink():
            return path.parent.resolve() / path.name
        _check_link(path)
        path = path.parent / path.readlink()
    raise OSError(errno.ELOOP, f"{str(path)!r} leads on and on")


def _check_link(path: Path) -> None:
    """Raise PermissionError for a link that Linux would not follow either: it may lead to any file
    of this user, which would be lost. Where a link is read it is not asked.
    """
    if _is_planted(path.lstat(), path.parent):
        raise PermissionError(
            f"{path} is somebody else's link, to {path.readlink()}: choose another name"
        )


def _is_planted(found: os.stat_result, its_folder: Path) -> bool:
    """Return whether somebody else has put what was found into a folder of all."""
    folder = its_folder.stat()
    is_of_all = folder.st_mode & stat.S_ISVTX and folder.st_mode & stat.S_IWOTH
    return bool(is_of_all) and found.st_uid not in (os.geteuid(), folder.st_uid)


# -- pictures --------------------------------------------------------------------------------------


def _svg(source: Source, file: IO[bytes], scale: float) -> None:
    del scale
    file.write(source.snapshot().encode())


def _png(source: Source, file: IO[bytes], scale: float) -> None:
    if not png.can_render():
        raise ImportError('a PNG needs resvg: pip install "zwsnb[pictures]"; an SVG needs nothing')
    (rendered,) = png.render([source.snapshot()], zoom=scale)
    if rendered is None:
        raise RuntimeError(
            "the picture could not be rendered: save it as .svg, which needs nothing"
        )
    file.write(base64.b64decode(rendered))


def _pdf(source: Source, file: IO[bytes], scale: float) -> None:
    del scale
    if importlib.util.find_spec("typst") is None:
        raise ImportError('a PDF needs typst: pip install "zwsnb[pdf]"; an SVG needs nothing')
    file.write(pdf_of(source.snapshot()))


def pdf_of(svg: str) -> bytes:
    """Return an SVG document as a PDF of one page, of its size; words stay words.

    Raises:
        ImportError: typst is not installed.
    """
    import typst

    found = _SIZE.match(svg)
    width, height = (_POINT * float(each) for each in found.groups()) if found else (600, 240)
    page = _PAGE.format(width=width, height=height).encode()
    text = svg.replace('font-family="', f'font-family="{_SANS}, ', 1)
    # It lets the interpreter go while it works.
    made: bytes = typst.compile(page, format="pdf", sys_inputs={"svg": text})
    return made


# -- points ----------------------------------------------------------------------------------------


def _csv(source: Source, file: IO[bytes], scale: float) -> None:
    del scale
    series, origin = source.points()
    columns = max((2, *(points.shape[1] for _, points in series.values())))
    file.write(csv_heading(columns).encode())
    for name, (_, points) in series.items():
        for begin in range(0, len(points), CSV_ROWS):
            rows = csv_text(name, points[begin : begin + CSV_ROWS], origin, columns)
            file.write(rows.encode())


def _parquet(source: Source, file: IO[bytes], scale: float) -> None:
    del scale
    for library in ("pandas", "pyarrow"):
        if importlib.util.find_spec(library) is None:
            raise ImportError(f"a Parquet file needs {library}: pip install pandas pyarrow")
    series, origin = source.points()
    frame = frames.frame(series, origin=origin, is_long=True)
    frame.to_parquet(file, engine="pyarrow", compression="zstd", index=False)


# -- a page ----------------------------------------------------------------------------------------


def _html(source: Source, file: IO[bytes], scale: float) -> None:
    del scale
    file.write(source.page())


_WRITERS: Final[Mapping[str, Callable[[Source, IO[bytes], float], None]]] = {
    ".png": _png,
    ".svg": _svg,
    ".pdf": _pdf,
    ".html": _html,
    ".csv": _csv,
    ".parquet": _parquet,
}
