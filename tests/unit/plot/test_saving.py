"""A plot as a file: its kinds, and that what was there stays until the new one is whole."""

from __future__ import annotations

import importlib.util
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.optional import library
from support.snapshots import plot_of

from zwsnb.display import png
from zwsnb.history.csv import CSV_ROWS
from zwsnb.plot.saving import Points, Source, pdf_of, save
from zwsnb.snapshot.render import render_svg

SVG = render_svg(plot_of((0, 1), (1, 2)))
PAGE = b"<!doctype html>"

NEEDED = {"png": ["resvg_py"], "pdf": ["typst"], "parquet": ["pandas", "pyarrow"]}
"""Libraries, by kinds of files that need some."""


Rows = list[tuple[float, float]]

_only_root = pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a file away"
)


def names(folder: Path) -> list[str]:
    """The names in a folder."""
    return [path.name for path in folder.iterdir()]


def points_of(series: dict[str, Rows], origin: int | None = None) -> Points:
    described: dict[str, Any] = {
        name: ({"of": name, "run": "", "number": 0}, np.array(rows))
        for name, rows in series.items()
    }
    return Points(described, origin)


def source(svg: str = SVG, points: Points | None = None) -> Source:
    return Source(lambda: svg, lambda: points or points_of({"a": [(1.0, 2.0)]}), lambda: PAGE)


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """What saves a plot under a name, and returns the path, beside which nothing is left."""

    def do(name: str, given: Source | None = None, scale: float = 2) -> Path:
        path = tmp_path / name
        save(given or source(), path, scale)
        assert names(tmp_path) == [name]
        return path

    return do


# -- the kinds -------------------------------------------------------------------------------------


def test_an_svg_is_the_snapshot(saved: Callable[..., Path]) -> None:
    assert saved("a.svg").read_text(encoding="utf-8") == SVG


def test_a_page_is_written_as_it_is(saved: Callable[..., Path]) -> None:
    assert saved("a.html").read_bytes() == PAGE


@pytest.mark.parametrize("scale", [1, 2, 3.5])
def test_a_png_has_the_pixels_that_are_asked_for(saved: Callable[..., Path], scale: float) -> None:
    data = saved("a.PNG", scale=scale).read_bytes()
    assert data.startswith(b"\x89PNG")
    width, _ = struct.unpack(">II", data[16:24])
    assert width == 800 * scale


def test_a_pdf_is_one_page_of_the_size_of_the_picture(saved: Callable[..., Path]) -> None:
    library("typst")
    data = saved("a.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/Type/Pages/Count 1/" in data
    assert b"/MediaBox[0 0 600 240]" in data


def test_csv_has_every_point_with_gaps_and_names_in_quotes(saved: Callable[..., Path]) -> None:
    points = points_of({"a,b": [(1.0, 2.5), (2.0, np.nan)], "c": [(0.1, 1e-300)]})
    text = saved("a.csv", source(points=points)).read_bytes()
    assert text == b'series,x,y\r\n"a,b",1.0,2.5\r\n"a,b",2.0,\r\nc,0.1,1e-300\r\n'


def test_csv_of_times_has_their_nanoseconds(saved: Callable[..., Path]) -> None:
    points = points_of({"a": [(1.000000001, 5.0)]}, 1_767_268_800)
    (_, row) = saved("a.csv", source(points=points)).read_text().split()
    assert row == "a,2026-01-01T12:00:01.000000001+00:00,5.0"


def test_csv_of_many_points_is_whole(saved: Callable[..., Path]) -> None:
    rows = [(float(i), float(-i)) for i in range(3 * CSV_ROWS + 1)]
    lines = saved("a.csv", source(points=points_of({"a": rows}))).read_text().split()
    assert lines[1:] == [f"a,{x},{y}" for x, y in rows]


def test_a_plot_without_points_has_a_heading_only(saved: Callable[..., Path]) -> None:
    assert saved("a.csv", source(points=points_of({}))).read_text().split() == ["series,x,y"]


def test_parquet_is_the_long_table(saved: Callable[..., Path]) -> None:
    pandas, _ = library("pandas"), library("pyarrow")
    points = points_of({"a": [(1.000000001, 5.0)], "b": [(2.0, np.nan)]}, 1_767_268_800)
    frame = pandas.read_parquet(saved("a.parquet", source(points=points)))
    assert list(frame.columns) == ["x", "series", "run", "number", "y"]
    assert frame["x"][0] == pandas.Timestamp("2026-01-01T12:00:01.000000001Z")
    assert frame["series"].tolist() == ["a", "b"]
    assert frame["y"].isna().tolist() == [False, True]


# -- what goes wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.gif", "a", ".png", "a.png.txt"])
def test_another_kind_is_refused_with_those_that_there_are(name: str, tmp_path: Path) -> None:
    words = r"one of \.png, \.svg, \.pdf, \.html, \.csv, \.parquet, and '"
    with pytest.raises(ValueError, match=words):
        save(source(), tmp_path / name, 2)
    assert names(tmp_path) == []


@pytest.mark.parametrize("scale", [0, -1, 11, np.nan])
def test_a_scale_that_is_none_is_refused(scale: float, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="scale is more than 0 and at most 10"):
        save(source(), tmp_path / "a.png", scale)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no folder '.*nowhere' to save 'a.svg'"):
        save(source(), tmp_path / "nowhere" / "a.svg", 2)


@pytest.mark.parametrize(
    ("name", "repair"),
    [
        ("a.png", r'pip install "zwsnb\[pictures\]"'),
        ("a.pdf", r'pip install "zwsnb\[pdf\]"'),
        ("a.parquet", "pip install pandas pyarrow"),
    ],
)
def test_what_is_not_installed_is_said_with_the_repair(
    name: str, repair: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ImportError, match=repair):
        save(source(), tmp_path / name, 2)
    assert names(tmp_path) == []


def test_a_picture_that_cannot_be_rendered_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    monkeypatch.setattr(png, "can_render", lambda: True)
    monkeypatch.setattr(png, "render", lambda *_, **__: [None])
    with pytest.raises(RuntimeError, match=r"save it as \.svg"):
        save(source(), path, 2)
    assert (names(tmp_path), path.read_bytes()) == (["a.png"], b"old")


def test_a_disk_that_is_full_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    class Full:
        shape = (10, 2)

        def __len__(self) -> int:
            return 10

        def __getitem__(self, _: slice) -> Any:
            raise OSError(28, "No space left on device")

    full: Any = {"a": ({}, Full())}
    with pytest.raises(OSError, match="No space"):
        save(Source(lambda: SVG, lambda: Points(full, None), lambda: PAGE), path, 2)
    assert (names(tmp_path), path.read_bytes()) == (["a.csv"], b"old")


def test_a_file_that_is_there_is_replaced(saved: Callable[..., Path]) -> None:
    saved("a.svg", source("<svg/>"))
    assert saved("a.svg").read_text(encoding="utf-8") == SVG


def test_a_pdf_of_something_without_a_size_is_a_page_too() -> None:
    library("typst")
    assert pdf_of('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>').startswith(
        b"%PDF-"
    )


def test_a_file_keeps_its_mode_and_a_link_what_it_leads_to(tmp_path: Path) -> None:
    path, link = tmp_path / "a.svg", tmp_path / "link.svg"
    path.write_text("old")
    path.chmod(0o600)
    link.symlink_to(path)
    save(source(), link, 2)
    assert link.is_symlink()
    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777) == (SVG, 0o600)


def test_a_file_that_is_write_protected_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"precious")
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *_: False)  # of root the system asks no mode
    with pytest.raises(PermissionError, match="write-protected: choose another name"):
        save(source(), path, 2)
    assert (names(tmp_path), path.read_bytes()) == (["a.csv"], b"precious")


def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    """Who reads a pipe would wait for ever."""
    path = tmp_path / "a.csv"
    os.mkfifo(path)
    with pytest.raises(OSError, match=r"a\.csv is no file: choose another name"):
        save(source(), path, 2)
    assert path.is_fifo()


def test_links_that_lead_to_each_other_lead_nowhere(tmp_path: Path) -> None:
    for name, to in (("a.svg", "b.svg"), ("b.svg", "a.svg")):
        (tmp_path / name).symlink_to(to)
    with pytest.raises(OSError, match="leads on and on"):
        save(source(), tmp_path / "a.svg", 2)
    assert sorted(names(tmp_path)) == ["a.svg", "b.svg"]


@_only_root
@pytest.mark.parametrize(("mode", "is_kept"), [(0o1777, True), (0o777, False), (0o1755, False)])
def test_a_link_that_somebody_else_has_put_into_a_folder_of_all_is_not_followed(
    mode: int, is_kept: bool, tmp_path: Path
) -> None:
    (own := tmp_path / "own").write_text("mine")
    (folder := tmp_path / "all").mkdir()
    folder.chmod(mode)
    (link := folder / "run.svg").symlink_to("../own")
    os.chown(link, 65534, 65534, follow_symlinks=False)
    if is_kept:
        with pytest.raises(PermissionError, match="is somebody else's link, to"):
            save(source(), link, 2)
    else:
        save(source(), link, 2)
    assert (own.read_text(encoding="utf-8") == "mine") is is_kept
    assert names(folder) == ["run.svg"]


@_only_root
@pytest.mark.parametrize(("mode", "is_kept"), [(0o1777, True), (0o777, False), (0o1755, False)])
def test_a_file_that_somebody_else_has_put_into_a_folder_of_all_is_not_replaced(
    mode: int, is_kept: bool, tmp_path: Path
) -> None:
    (folder := tmp_path / "all").mkdir()
    folder.chmod(mode)
    (path := folder / "run.svg").write_text("before", encoding="utf-8")
    os.chown(path, 65534, 65534)
    if is_kept:
        with pytest.raises(PermissionError, match="is somebody else's file: choose another"):
            save(source(), path, 2)
    else:
        save(source(), path, 2)
    assert (path.read_text(encoding="utf-8") == "before") == is_kept
    assert names(folder) == ["run.svg"]


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such mode")
def test_nobody_runs_a_new_file_as_who_has_saved_it(tmp_path: Path) -> None:
    """Who may write to it could: a program that is written by mmap stays one of its owner's."""
    (path := tmp_path / "run.svg").touch()
    path.chmod(0o6777)
    seen: list[int] = []

    def snapshot() -> str:
        seen.extend(each.stat().st_mode & 0o7077 for each in tmp_path.glob(".zwsnb-*"))
        return SVG

    save(source()._replace(snapshot=snapshot), path, 2)
    assert (path.stat().st_mode & 0o7777, seen) == (0o777, [0])


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such links")
@pytest.mark.parametrize("kind", ["svg", "png", "pdf", "html", "csv", "parquet"])
def test_who_may_write_into_the_folder_too_leads_it_to_no_other_file(
    kind: str, tmp_path: Path
) -> None:
    for needed in NEEDED.get(kind, ()):
        library(needed)
    (own := tmp_path / "own").write_text("mine", encoding="utf-8")
    own.chmod(0o600)
    (folder := tmp_path / "group").mkdir()
    (path := folder / f"run.{kind}").touch()
    path.chmod(0o666)

    def swapped(its: Callable[[], Any]) -> Callable[[], Any]:
        def swap() -> Any:
            (new,) = folder.glob(".zwsnb-*")
            (link := folder / "link").symlink_to(own)
            link.replace(new)
            return its()

        return swap

    save(Source(*map(swapped, source())), path, 2)
    assert (own.read_text(encoding="utf-8"), own.stat().st_mode & 0o777) == ("mine", 0o600)


def test_a_name_may_be_as_long_as_a_name_may_be(saved: Callable[..., Path]) -> None:
    assert saved(251 * "a" + ".svg").exists()
