"""A parser under trial: what it may do with bytes, and how it is tried.

Whatever it is given it returns a value or raises its one documented error, says the same of it when
it is written and read again, and makes of it no more than `ROOM` times the bytes that came.
"""

from __future__ import annotations

import dataclasses
import hashlib
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from hypothesis import HealthCheck, Phase, Verbosity, given, settings, strategies as st
from hypothesis.database import ExampleDatabase

from support.paths import ROOT

CORPUS: Final = ROOT / "tests/corpus"

LARGEST: Final = 72 << 10
"""Bytes of a file of the corpus at most."""

ROOM: Final = 200
"""Bytes of what a parser makes for each byte that it was given: ``[{},{},{},..`` takes most."""

FREE: Final = 64 << 10
"""Bytes that it may make of nothing."""


class Broken(AssertionError):
    """A parser has broken its law."""


class Found(AssertionError):
    """The smallest input that was found by which a parser breaks its law."""

    def __init__(self, name: str, data: bytes, error: Exception) -> None:
        super().__init__(f"{name} is given {data!r:.500}: {error!r:.500}")
        self.data = data


class Trial(NamedTuple):
    """With how many inputs a parser was tried, and how many seconds one of them took at most."""

    tried: int
    longest: float


@dataclass(frozen=True)
class Target:
    """A parser, as bytes reach it.

    parse: returns what it makes of bytes. refusals: its documented errors. inputs: what to try it
    with. good: whole messages, which it takes.
    """

    name: str
    parse: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
    inputs: st.SearchStrategy[bytes]
    good: Sequence[bytes] = ()

    def try_with(self, data: bytes) -> bool:
        """Try the parser once; return whether it has taken `data`.

        Raises:
            Exception: it has broken its law.
        """
        try:
            made = self.parse(data)
        except self.refusals as refusal:
            check_room(data, str(refusal))
            return False
        check_room(data, made)
        return True

    def hunt(self, examples: int, database: ExampleDatabase | None = None) -> Trial:
        """Try it with so many inputs, with a `database` others than the last time.

        Raises:
            Found: it has broken its law.
        """
        tried: list[bytes] = []
        longest = 0.0

        def once(data: bytes) -> None:
            nonlocal longest
            tried.append(data)
            begin = time.perf_counter()
            self.try_with(data)
            longest = max(longest, time.perf_counter() - begin)

        hunt = settings(
            max_examples=examples,
            database=database,
            derandomize=database is None,
            deadline=None,
            phases=[Phase.reuse, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            verbosity=Verbosity.quiet,
        )(given(self.inputs)(once))
        try:
            hunt()
        except Exception as error:
            raise Found(self.name, tried[-1], error) from error  # it ends with the smallest one
        return Trial(len(tried), longest)

    # -- what is kept ------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where its part of the corpus stands."""
        return CORPUS / self.name

    def kept(self) -> list[Path]:
        """The files of its part of the corpus."""
        return sorted(self.folder.iterdir())

    def keep(self, data: bytes) -> Path:
        """Keep an input by which it broke its law, for the tests to try it from now on."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"found-{hashlib.sha256(data).hexdigest()[:12]}"
        path.write_bytes(data)
        return path


def check_room(data: bytes, made: object) -> None:
    """Raise Broken where `made` is out of all proportion to `data`."""
    size = size_of(made)
    if size > FREE + ROOM * len(data):
        raise Broken(f"{len(data)} bytes became {size}")


def size_of(made: object) -> int:
    """Return the bytes of a value and all that it holds."""
    size, waiting = 0, [made]
    while waiting:
        value = waiting.pop()
        size += value.nbytes if isinstance(value, np.ndarray) else sys.getsizeof(value, 64)
        waiting.extend(_parts_of(value))
    return size


def _parts_of(value: Any) -> Iterable[object]:
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        return value
    if dataclasses.is_dataclass(value):
        return [getattr(value, each.name) for each in dataclasses.fields(value)]
    return ()


def is_same(a: Any, b: Any) -> bool:
    """Return whether two values are alike; NaN is as NaN is."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.dtype == b.dtype and np.array_equal(a, b, equal_nan=True)
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (a != a and b != b)  # noqa: PLR0124 - NaN
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        return a.keys() == b.keys() and all(is_same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple) and type(a) is type(b):
        return len(a) == len(b) and all(map(is_same, a, b))
    if dataclasses.is_dataclass(a) and type(a) is type(b):
        return is_same(_parts_of(a), _parts_of(b))
    return bool(a == b)


def check_same(a: object, b: object) -> None:
    """Raise Broken unless two values are alike."""
    if not is_same(a, b):
        raise Broken(f"{a!r:.200} was written and is read as {b!r:.200}")
