"""Objects that become arrays each in its own way, as those of torch, jax and others do."""

from __future__ import annotations

from typing import Any

import numpy as np


class Tensor:
    """A tensor as torch has it: with a gradient it must be detached, and bfloat16 numpy does not
    know. Nobody may walk along it.
    """

    def __init__(self, values: Any, *, has_gradient: bool = False, is_bfloat: bool = False) -> None:
        self.values = np.asarray(values)
        self.has_gradient, self.is_bfloat = has_gradient, is_bfloat

    @property
    def ndim(self) -> int:
        return self.values.ndim

    def __iter__(self) -> Any:
        raise AssertionError("a loop over the elements takes seconds")

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return self.numpy()

    def numpy(self) -> Any:
        if self.has_gradient:
            raise RuntimeError("Can't call numpy() on Tensor that requires grad.")
        if self.is_bfloat:
            raise TypeError("Got unsupported ScalarType BFloat16")
        return self.values

    def detach(self) -> Tensor:
        return Tensor(self.values, is_bfloat=self.is_bfloat)

    def cpu(self) -> Tensor:
        return self

    def double(self) -> Tensor:
        return Tensor(self.values.astype(np.float64), has_gradient=self.has_gradient)


class HasNumpy:
    """An object with ``.numpy()`` only."""

    def __init__(self, values: Any) -> None:
        self.values = values

    def numpy(self) -> Any:
        return self.values


class HasToNumpy(HasNumpy):
    """An object with ``.to_numpy()`` only."""

    numpy = None  # type: ignore[assignment]

    def to_numpy(self) -> Any:
        return self.values


class HasDlpack:
    """An object with ``__dlpack__`` only."""

    def __init__(self, values: Any) -> None:
        self.values = np.asarray(values)

    def __dlpack__(self, **options: Any) -> Any:
        return self.values.__dlpack__(**options)

    def __dlpack_device__(self) -> Any:
        return self.values.__dlpack_device__()


class HasArray:
    """An object with ``__array__`` only."""

    def __init__(self, values: Any) -> None:
        self.values = np.asarray(values)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return self.values


WAYS = (Tensor, HasNumpy, HasToNumpy, HasDlpack, HasArray)
