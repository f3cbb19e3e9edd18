"""Whose fault an error is, and how much of its traceback a caller sees."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterable

import pytest

from zwsnb.protocol.checks.option_checks import lines, number
from zwsnb.protocol.mistakes import is_mistake, public
from zwsnb.protocol.names import check_name


def raised_by(call: Callable[[], object]) -> Exception:
    """Return what a call raises."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 - it is what the test is about
        return error
    raise AssertionError("nothing was raised")


def faulty(value: None) -> int:
    """Fail as a fault of zwsnb would: no statement of it raises."""
    return value + 1  # type: ignore[operator]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda: check_name(3, "plot"), True),
        (lambda: lines([("high", "text")], "lines"), True),
        (lambda: number([], "window"), True),
        (lambda: faulty(None), False),
        (lambda: lines([{"y": 1, "text": []}, 3, *None], "lines"), False),  # type: ignore[misc]
        (lambda: int("three"), False),
    ],
)
def test_a_mistake_is_what_a_raise_statement_of_zwsnb_has_made(
    call: Callable[[], object], expected: bool
) -> None:
    assert is_mistake(raised_by(call)) is expected


def test_what_others_raise_is_none() -> None:
    def raises() -> None:
        raise ValueError("of a test, not of zwsnb")

    assert not is_mistake(raised_by(raises))
    assert not is_mistake(ValueError("never raised"))


@public()
def checked(value: object, *, what: str = "x") -> float:
    """Return the number."""
    return deeper(value, what)


def deeper(value: object, what: str) -> float:
    return number(value, what)


def frames(error: Exception) -> list[str]:
    """Return the functions in a traceback, below the one that called."""
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)][2:]


def test_a_mistake_has_one_frame_below_the_call() -> None:
    error = raised_by(lambda: checked("wide"))
    assert str(error) == "x is 'wide'; it is a number"
    assert frames(error) == ["call"]
    assert error.__suppress_context__


def test_a_mistake_through_two_public_functions_has_one_frame_too() -> None:
    @public()
    def outer() -> float:
        return checked("wide")

    error = raised_by(lambda: outer())  # noqa: PLW0108 - the lambda is the line of the call
    assert frames(error) == ["call"]


def test_a_fault_of_ours_keeps_its_traceback() -> None:
    @public()
    def broken() -> int:
        return faulty(None)

    error = raised_by(lambda: broken())  # noqa: PLW0108 - the lambda is the line of the call
    assert frames(error) == ["call", "broken", "faulty"]


def test_a_public_function_keeps_its_signature_and_its_words() -> None:
    assert str(inspect.signature(checked)) == "(value: 'object', *, what: 'str' = 'x') -> 'float'"
    assert checked.__doc__ == "Return the number."
    assert checked(3, what="y") == 3


def test_keywords_that_do_not_exist_are_refused_by_a_sentence() -> None:
    def refuse(names: Iterable[str]) -> None:
        for name in names:
            raise TypeError(f"there is no {name}")

    @public(refuse)
    def function(first: int, *, second: int = 2) -> int:
        return first + second

    assert function(first=1, second=1) == 2
    with pytest.raises(TypeError, match="there is no thrid"):
        function(1, thrid=3)  # type: ignore[call-arg]


def test_an_interrupt_passes() -> None:
    @public()
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
