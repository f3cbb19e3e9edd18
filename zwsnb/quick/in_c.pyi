# What in_c.c has, where it was compiled.

from collections.abc import Callable, Mapping
from typing import Any, final

VERSION: int

@final
class Pairs:
    is_open: bool
    takes_times: bool
    origin: int
    def __new__(cls, most: int) -> Pairs: ...
    def __len__(self) -> int: ...
    def extend(self, pair: tuple[float, float], /) -> None: ...
    def first(self, count: int, /) -> bytearray: ...
    def forget(self, count: int, /) -> None: ...
    def clear(self) -> None: ...

@final
class Publish:
    def __new__(
        cls,
        closer: Callable[..., None],
        items: Pairs,
        named: Mapping[str, object],
        plots: Mapping[str, object],
        float64: type[float],
        numbers: tuple[type, ...],
        /,
    ) -> Publish: ...
    def __call__(self, *given: Any, **named: Any) -> None: ...
