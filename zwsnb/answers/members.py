"""JSON that is made member by member.  [no I/O]

What a service says of a thousand plots of a thousand series is never whole in its memory where it
is written to somebody, and whoever makes it can let others run between any two members.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from zwsnb.protocol.messages import json_text

TEXT: Final = 16_384
"""Characters of a piece of text, about."""


@dataclass(frozen=True, slots=True)
class Members:
    """A JSON object, by its keys and values; a value may be one of these again."""

    pairs: Iterable[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Items:
    """A JSON array."""

    values: Iterable[object]


def made(value: object) -> Iterator[Any]:
    """Yield None after each member, and at last all of it, as `json.loads` would return it."""
    yield (yield from _made(value))


def _made(value: object) -> Generator[None, None, Any]:
    if isinstance(value, Items):
        values = []
        for each in value.values:
            values.append((yield from _made(each)))  # noqa: PERF401 - no yield in a list
        return values
    if isinstance(value, Members):
        found = {}
        for key, each in value.pairs:
            found[key] = yield from _made(each)
        return found
    yield
    return value


def encoded(value: object) -> Iterator[str | None]:
    """Yield its text in pieces, and None between the members of a piece."""
    parts: list[str] = []
    size = 0
    for part in _encoded(value):
        parts.append(part)
        size += len(part)
        if size < TEXT:
            yield None
            continue
        yield "".join(parts)
        parts, size = [], 0
    yield "".join(parts) or None


def _encoded(value: object) -> Iterator[str]:
    if isinstance(value, Items):
        yield from _listed("[]", (("", each) for each in value.values))
    elif isinstance(value, Members):
        yield from _listed("{}", ((f"{json.dumps(key)}: ", each) for key, each in value.pairs))
    else:
        yield json_text(value)


def _listed(ends: str, values: Iterable[tuple[str, object]]) -> Iterator[str]:
    yield ends[0]
    begin = ""
    for head, each in values:
        yield begin + head
        yield from _encoded(each)
        begin = ", "
    yield ends[1]
