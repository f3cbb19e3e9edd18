"""Rendering in a process of its own: what comes back, and what when it fails."""

from __future__ import annotations

import base64
import importlib.util
import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from support import this_thread
from support.snapshots import plot_of

from zwsnb.display import png
from zwsnb.producer import native
from zwsnb.snapshot.render import render_svg

SVG = render_svg(plot_of((0, 1), (1, 2)))


def test_documents_come_back_as_png_in_their_order() -> None:
    first, second, third = png.render([SVG, "no svg", SVG])
    assert first is not None
    assert base64.b64decode(first).startswith(b"\x89PNG")
    assert (second, third) == (None, first)


@pytest.mark.parametrize("zoom", [1, 3])
def test_a_zoom_is_kept_whatever_the_size(zoom: float) -> None:
    (made,) = png.render([SVG], zoom=zoom)
    assert made is not None
    width, _ = struct.unpack(">II", base64.b64decode(made)[16:24])
    assert width == zoom * 800


def test_nothing_is_rendered_without_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    this_thread.replace(
        monkeypatch, native, "posix_spawn", lambda *_, **__: pytest.fail("a process")
    )
    assert png.render([]) == []


def test_without_a_renderer_there_is_no_png(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert png.render([SVG]) == [None]


@pytest.mark.parametrize(
    "program",
    ["import sys; sys.exit(3)", "print('no JSON')", "import time; time.sleep(60)"],
)
def test_a_program_that_fails_is_no_error(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "program.py"
    path.write_text(program)
    monkeypatch.setattr(png, "_PROGRAM", path)
    seconds = 0.3 if "sleep" in program else png.RENDERED_WITHIN
    assert png.render([SVG], seconds) == [None]


def test_an_interrupt_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    start = native.posix_spawn

    def note(*words: Any, **how: Any) -> int:
        started.append(start(*words, **how))
        return started[0]

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    this_thread.replace(monkeypatch, native, "posix_spawn", note)
    this_thread.replace(monkeypatch, native, "sleep", interrupt)
    with pytest.raises(KeyboardInterrupt):
        png.render([SVG])
    with pytest.raises(ChildProcessError):
        os.waitpid(started[0], os.WNOHANG)


def test_what_was_rendered_in_time_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "program.py"
    path.write_text("import time\nprint('\"one\"\\n\"hal', end='', flush=True)\ntime.sleep(60)")
    monkeypatch.setattr(png, "_PROGRAM", path)
    assert png.render([SVG, SVG, SVG], 1) == ["one", None, None]


def test_a_process_that_cannot_start_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert png.render([SVG]) == [None]


def test_a_full_disk_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError(28, "No space left on device")

    this_thread.replace(monkeypatch, tempfile, "TemporaryFile", fail)
    assert png.render([SVG]) == [None]


def test_a_child_that_others_have_waited_for_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[int] = []

    def wait(process: int, options: int) -> tuple[int, int]:
        if not waited:
            waited.append(os.waitpid(process, 0)[0])
        return os.waitpid(process, options)

    this_thread.replace(monkeypatch, native, "waitpid", wait)
    assert png.render([SVG]) != [None]


def test_it_works_beside_gevents_patch() -> None:
    program = (
        "from gevent import monkey; monkey.patch_all()\n"
        "import base64, sys\n"
        "from zwsnb.display import png\n"
        "from zwsnb.producer import native\n"
        "done = native.SimpleQueue()\n"
        "native.thread('t', lambda: done.put(png.render([sys.argv[1]]))).start()\n"
        "print(base64.b64decode(done.get(timeout=30)[0])[:4])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, SVG], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("b'\\x89PNG'\n", "")
