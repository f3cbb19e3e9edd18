"""Parsers of what others send, against all that was ever found and a few hundred new inputs; `make
soak` tries them for minutes.
"""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.database import InMemoryExampleDatabase
from support.fuzzing import target as fuzzing
from support.fuzzing.target import CORPUS, LARGEST, Broken, Found, Target, size_of
from support.fuzzing.targets import TARGETS

EXAMPLES = 60

MOST = 64
"""Files of a part of the corpus: it is run each time."""

PEAK = 2 << 20
"""Bytes that a parser may take for a moment, beside those for each byte that it is given: modules
are read on the way, and what reads dates has tables.
"""


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_takes_what_is_good(name: str) -> None:
    target = TARGETS[name]
    assert [data for data in target.good if not target.try_with(data)] == []


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_keeps_its_law_for_all_of_the_corpus(name: str) -> None:
    for path in TARGETS[name].kept():
        data = path.read_bytes()
        tracemalloc.start()
        try:
            TARGETS[name].try_with(data)
            _, peak = tracemalloc.get_traced_memory()
        except Exception as error:
            raise AssertionError(f"{name}/{path.name}") from error
        finally:
            tracemalloc.stop()
        assert peak < PEAK + fuzzing.ROOM * len(data), path.name


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_keeps_its_law_for_whatever_comes(name: str) -> None:
    assert TARGETS[name].hunt(EXAMPLES).tried >= 1


def test_the_corpus_is_small_and_of_these_parsers() -> None:
    assert {folder.name for folder in CORPUS.iterdir()} == {*TARGETS}
    for name, target in TARGETS.items():
        files = target.kept()
        assert 0 < len(files) <= MOST, name
        for path in files:
            assert re.fullmatch(r"[A-Za-z0-9.-]+", path.name)
            assert path.stat().st_size <= LARGEST


# -- the trial itself ------------------------------------------------------------------------------


def brittle(data: bytes) -> bytes:
    """A parser that fails at a byte that it does not know."""
    if b"\xff" in data:
        raise KeyError("a byte")
    return data


BRITTLE = Target("brittle", brittle, (ValueError,), st.binary(max_size=50))


def test_the_smallest_input_that_breaks_a_law_is_found_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzzing, "CORPUS", tmp_path)
    with pytest.raises(Found, match="brittle is given") as found:
        BRITTLE.hunt(2000, InMemoryExampleDatabase())
    assert found.value.data == b"\xff"
    path = BRITTLE.keep(found.value.data)
    assert path.parent == tmp_path / "brittle"
    assert [each.read_bytes() for each in BRITTLE.kept()] == [b"\xff"]


def test_what_is_out_of_all_proportion_breaks_the_law() -> None:
    greedy = Target("greedy", lambda _: "x" * 1_000_000, (), st.binary())
    with pytest.raises(Broken, match="3 bytes became 1000"):
        greedy.try_with(b"abc")


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ([], [[]] * 100),
        ({}, {"a": "b" * 1000}),
        (Found("a", b"", ValueError()), BRITTLE),
    ],
)
def test_a_size_is_that_of_all_parts(small: object, large: object) -> None:
    assert size_of(small) < size_of(large)
