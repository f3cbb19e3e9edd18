"""Descriptors: whoever needs some is told before there are none left."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from zwsnb.limits import descriptors
from zwsnb.limits.descriptors import are_few, check_descriptors, has_left

resource = pytest.importorskip("resource")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> int:
    """How many are in use; the limit is ten more."""
    found = descriptors._opened()
    monkeypatch.setattr(descriptors, "_limit", lambda: found + 10)
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="nothing lists them here")
@pytest.mark.parametrize("folder", ["/proc/self/fd", "/dev/fd"])
def test_those_in_use_are_counted(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descriptors, "_OPEN", (folder,))
    before = descriptors._opened()
    held = [os.open(os.devnull, os.O_RDONLY) for _ in range(5)]
    assert descriptors._opened() == before + 5
    for each in held:
        os.close(each)


def test_the_limit_is_that_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert descriptors._limit() > 0
    monkeypatch.setattr(resource, "getrlimit", lambda _: (77, 99))
    assert descriptors._limit() == 77
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY,) * 2)
    assert descriptors._limit() == 1 << 30
    monkeypatch.setattr(descriptors, "resource", None)
    assert descriptors._limit() == 1 << 30


def test_enough_are_enough(opened: int) -> None:
    del opened
    check_descriptors(10, "a service")


def test_too_few_are_told_with_the_limit_and_the_repair(opened: int) -> None:
    with pytest.raises(OSError, match=f"{opened + 10:,} that this process may have") as caught:
        check_descriptors(11, "a service")
    assert caught.value.errno == errno.EMFILE
    assert "a service of zwsnb needs 11" in str(caught.value)
    assert "`ulimit -n 4096`" in str(caught.value)


@pytest.mark.parametrize(("limit", "few"), [(1024, 64), (4096, 64), (160, 10), (3, 0)])
def test_few_are_left_where_those_who_come_may_need_them_all(
    monkeypatch: pytest.MonkeyPatch, limit: int, few: int
) -> None:
    monkeypatch.setattr(descriptors, "_limit", lambda: limit)
    monkeypatch.setattr(descriptors, "_opened", lambda: limit - few)
    assert are_few()
    monkeypatch.setattr(descriptors, "_opened", lambda: limit - few - 1)
    assert not are_few()


def test_where_none_is_left_to_look_with_all_are_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> list[Path]:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(descriptors, "_OPEN", ("/dev/fd",))
    monkeypatch.setattr(Path, "iterdir", fail)
    assert descriptors._opened() == descriptors._limit()


def test_where_nothing_lists_them_nobody_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descriptors, "_OPEN", ("/nowhere/fd",))
    assert descriptors._opened() == 0


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="only Linux tells")
def test_of_another_process_is_told_what_it_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    left = descriptors._limit() - descriptors._opened()
    assert has_left(os.getpid(), left - 10)
    assert not has_left(os.getpid(), left + 10)
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: "Max open files  unlimited unlimited")
    assert has_left(os.getpid(), left + 10)


@pytest.mark.parametrize("said", [None, "", "Max open files  many many"])
def test_one_of_which_nothing_is_told_is_taken_to_have_some(
    monkeypatch: pytest.MonkeyPatch, said: str | None
) -> None:
    if said is not None:
        monkeypatch.setattr(Path, "read_text", lambda *_, **__: said)
    assert has_left(0, 1)
