"""The controls of a plot, by which its pages steer a program: what one is, which values it takes.
[no I/O]

A program declares a control, with the value that it begins with; a page changes that value. Both
are checked here, by the same rules: what a page sends is trusted no more than what a socket does.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, TypeAlias, cast, get_args

from zwsnb.protocol.names import MAX_NAME, check_name

Kind: TypeAlias = Literal["slider", "switch", "choice", "button"]
Value: TypeAlias = float | bool | str
"""Of a slider a number, of a switch True or False, of a choice one of its texts; of a button how
often it was pressed."""

MAX_CONTROLS: Final = 50
"""Of one plot."""

MAX_CHOICES: Final = 100
"""Texts of one choice."""

_KINDS: Final = get_args(Kind)
_LARGEST: Final = 2**53
"""Where a double counts no further."""

_SLACK: Final = 1e-9
"""Of the width of a slider: a page counts in steps, and comes so near to an end."""


@dataclass(frozen=True, slots=True)
class Control:
    """One control as it was declared, with its value.

    low, high, step, log: of a slider; step 0: any number. choices: of a choice. number: rises with
    each word of its program, so that of two the newer one is known.
    """

    name: str
    kind: Kind
    value: Value
    low: float = 0.0
    high: float = 1.0
    step: float = 0.0
    log: bool = False
    choices: tuple[str, ...] = ()
    number: int = 0

    def with_value(self, value: object) -> Control:
        """Return it with another value.

        Raises:
            TypeError, ValueError: it is none that the control can have.
        """
        return replace(self, value=check_value(self, value))

    def pressed(self) -> Control:
        """Return a button that was pressed once more."""
        return replace(self, value=1 + cast("int", self.value))

    def declared(self) -> dict[str, object]:
        """Return what a program says of it to the relay."""
        return {**self.described(), "number": self.number}

    def described(self) -> dict[str, object]:
        """Return what a page is told of it."""
        its: dict[str, object] = {"name": self.name, "kind": self.kind, "value": self.value}
        if self.kind == "slider":
            its |= {"low": self.low, "high": self.high, "step": self.step, "log": self.log}
        if self.kind == "choice":
            its["choices"] = list(self.choices)
        return its


def slider(
    name: str, value: object, low: object, high: object, step: object, *, log: bool
) -> Control:
    """Return a slider.

    Raises:
        TypeError, ValueError: it cannot be.
    """
    ends = [_number(end, f"an end of slider {name!r}") for end in (low, high)]
    if ends[0] >= ends[1]:
        raise ValueError(f"slider {name!r} goes from {ends[0]:g} to {ends[1]:g}; low is below high")
    if log and ends[0] <= 0:
        raise ValueError(f"slider {name!r} is logarithmic and begins at {ends[0]:g}, not above 0")
    by = _number(step, f"the step of slider {name!r}")
    if not 0 <= by <= ends[1] - ends[0]:
        raise ValueError(f"slider {name!r} has the step {by:g}; it fits between its ends")
    if log and by:
        raise ValueError(f"slider {name!r} is logarithmic, and has no step")
    made = Control(_name(name), "slider", ends[0], ends[0], ends[1], by, log)
    return made.with_value(value)


def switch(name: str, value: object) -> Control:
    """Return a switch; raises as `slider`."""
    return Control(_name(name), "switch", value=False).with_value(value)


def choice(name: str, choices: object, value: object) -> Control:
    """Return a choice, whose value is the first of its texts where `value` is None; raises as
    `slider`.
    """
    if isinstance(choices, str) or not isinstance(choices, list | tuple):
        raise TypeError(f"choice {name!r} has {choices!r:.100}; it has a list of texts")
    texts = tuple(check_name(text, f"a text of choice {name!r}") for text in choices)
    if not 0 < len(texts) <= MAX_CHOICES:
        raise ValueError(f"choice {name!r} has {len(texts)} texts; it has 1 to {MAX_CHOICES}")
    if len(set(texts)) < len(texts):
        raise ValueError(f"choice {name!r} has a text twice")
    made = Control(_name(name), "choice", texts[0], choices=texts)
    return made if value is None else made.with_value(value)


def button(name: str, clicks: object = 0) -> Control:
    """Return a button; raises as `slider`."""
    return Control(_name(name), "button", 0).with_value(clicks)


def check_value(control: Control, value: object) -> Value:
    """Return a value that a control can have.

    Raises:
        TypeError, ValueError: it can not; the text says which ones it can.
    """
    what = f"{control.kind} {control.name!r}"
    if control.kind == "slider":
        return _within(control, _number(value, what), what)
    if control.kind == "switch":
        if not isinstance(value, bool):
            raise TypeError(f"{what} is {value!r:.100}; it is True or False")
        return value
    if control.kind == "choice":
        if not isinstance(value, str) or value not in control.choices:
            raise ValueError(
                f"{what} is {value!r:.100}; it is one of {', '.join(control.choices)[:200]}"
            )
        return value
    if type(value) is not int or not 0 <= value < _LARGEST:
        raise ValueError(f"{what} was pressed {value!r:.100} times; that is no count")
    return value


def _within(control: Control, value: float, what: str) -> float:
    low, high = control.low, control.high
    slack = _SLACK * (high - low)
    if not low - slack <= value <= high + slack:
        raise ValueError(f"{what} is {value:g}; it is from {low:g} to {high:g}")
    return min(max(low, value), high)


def _number(value: object, what: str) -> float:
    try:
        found = float(value) if not isinstance(value, str | bool) else math.nan  # type: ignore[arg-type]  # what has a float
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        raise ValueError(f"{what} is {value!r:.100}; it is a finite number")
    return found


def _name(name: str) -> str:
    return check_name(name, "the name of a control")


def control_of(members: Mapping[str, object]) -> Control:
    """Return the control that a program has described.

    Raises:
        TypeError, ValueError: it is none.
    """
    name, number = check_name(members.get("name"), "the name of a control"), members.get("number")
    if type(number) is not int or not 0 <= number < _LARGEST:
        raise ValueError(f"number is {number!r:.40}")
    return replace(_control_in(name, members), number=number)


def _control_in(name: str, members: Mapping[str, object]) -> Control:
    value = members.get("value")
    match members.get("kind"):
        case "slider":
            low, high, step = (members.get(key, 0) for key in ("low", "high", "step"))
            return slider(name, value, low, high, step, log=members.get("log") is True)
        case "switch":
            return switch(name, value)
        case "choice":
            return choice(name, members.get("choices"), value)
        case "button":
            return button(name, value)
    raise ValueError(f"kind is {members.get('kind')!r:.40}; it is one of {', '.join(_KINDS)}")


def in_words(control: Control) -> str:
    """Return what a mark says of a control that was changed."""
    value = control.value
    if control.kind == "button":
        return control.name
    if control.kind == "switch":
        said = "on" if value else "off"
    else:
        said = value if isinstance(value, str) else f"{value:.4g}"
    return f"{control.name} = {said}"[:MAX_NAME]


# -- what a page has done, on its way to the program -----------------------------------------------


class Steered(NamedTuple):
    """A page has given a control a value. None: it is another program's now, or its plot closed.
    number: that of the declaration which had come.
    """

    plot: str
    name: str
    value: Value | None
    number: int

    def to_json(self) -> str:
        """Return it as text, for a program in another process."""
        return json.dumps(self._asdict())


after_hearing: Final[list[Callable[[str], object]]] = []
"""Called with the publisher for which a service in another process has stopped to tell what pages
do, in a thread of its own: the connection has ended, and maybe the service."""
