"""What parsers are tried with: whole messages that are changed, trees of JSON, and noise."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st

SEPARATOR: Final = b"\n--\n"
"""Between the frames of a message, in one input."""

WORDS: Final = (
    "", "plot", "y", "a/b", "x" * 300, "\0", "\ud800", "\U0001f600", "1e999", "nan", "2020-01-01",
    "9999-12-31T23:59:60Z", "__class__", "1" * 400, "\u202e", "auto", "none", "\u0660",
)  # fmt: skip
"""Texts that have been a parser's trouble somewhere."""

NUMBERS: Final = (
    0, -1, 1, 2**31, 2**53, -(2**53), 2**64, -(2**64), 10**400, 1e308, 5e-324, -0.0, math.nan,
    math.inf, -math.inf,
)  # fmt: skip

BYTES: Final = (b"", b"\0", b"\xff", b"\n", b'"', b"{", b"[", b"\\ud800", b"1e999", b"\x7f" * 8)

numbers: Final = st.sampled_from(NUMBERS) | st.integers() | st.floats()
words: Final = st.sampled_from(WORDS) | st.text(max_size=20)
leaves: Final = st.none() | st.booleans() | numbers | words
trees: Final = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


def as_json(tree: object) -> bytes:
    """Return a tree as JSON, in which a text may be none that UTF-8 has."""
    return json.dumps(tree).encode()


@st.composite
def changed(draw: st.DrawFn, good: Sequence[bytes]) -> bytes:
    """One of `good`, in which a few bytes are others, left out, put in, or those of another."""
    data = bytearray(draw(st.sampled_from(good)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.sampled_from((0, 1, 1, 2, 8, len(data))))
        data[at : at + cut] = draw(
            st.sampled_from(BYTES) | st.binary(max_size=8) | st.sampled_from(good)
        )
    return bytes(data)


@st.composite
def with_other_members(draw: st.DrawFn, good: Sequence[Mapping[str, Any]]) -> bytes:
    """One of the objects `good`, in which a few members are anything, or left out, or new."""
    members: dict[str, Any] = dict(draw(st.sampled_from(good)))
    names = sorted({key for each in good for key in each})
    for _ in range(draw(st.integers(0, 3))):
        key = draw(st.sampled_from(names) | words)
        if draw(st.booleans()):
            members[key] = draw(trees)
        else:
            members.pop(key, None)
    return as_json(members)


def json_inputs(good: Iterable[Mapping[str, Any]]) -> st.SearchStrategy[bytes]:
    """Inputs of a parser of JSON objects such as `good`."""
    objects = list(good)
    texts = [as_json(each) for each in objects]
    return st.one_of(
        with_other_members(objects), changed(texts), trees.map(as_json), st.binary(max_size=64)
    )


def byte_inputs(good: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Inputs of a parser of messages such as `good`."""
    return changed(good) | st.binary(max_size=200)


def text_inputs(good: Sequence[str], alphabet: str) -> st.SearchStrategy[bytes]:
    """Inputs of a parser of texts such as `good`, which are mostly of the letters `alphabet`."""
    some = st.text(st.sampled_from(alphabet), max_size=60).map(str.encode)
    any_text = st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass"))
    return changed([text.encode() for text in good]) | some | any_text


@st.composite
def frames_of(
    draw: st.DrawFn, headers: st.SearchStrategy[bytes], good: Sequence[Sequence[bytes]]
) -> bytes:
    """The frames of a message such as `good`, of which some are others, or their number is."""
    frames = list(draw(st.sampled_from(good)))
    if draw(st.booleans()):
        frames[0] = draw(headers)
    if draw(st.booleans()):
        at = draw(st.integers(0, len(frames) - 1))
        frames[at : at + draw(st.integers(0, 2))] = draw(
            st.lists(changed([*frames]) | st.binary(max_size=48), max_size=2)
        )
    return SEPARATOR.join(frames)
