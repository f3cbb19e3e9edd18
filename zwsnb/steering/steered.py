"""`Steered`: what of `Plot` puts controls on its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from zwsnb.controls import control as controls
from zwsnb.progress.loops import steps_of
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import MAX_NAME
from zwsnb.steering.handles import Button, Choice, Slider, Switch, plain, text_of
from zwsnb.steering.loop import looped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")


class Steered:
    """Steers the program by the plot of that ``name``.

    A control has a name, which is its label, and is on every page of the plot, those that come
    later included. Whoever may do more than look may change it. A control of a name that there is
    already takes its place, with the value that is declared; a plot has at most 50.
    """

    name: str

    @public()
    def slider(
        self,
        name: str,
        value: float,
        bounds: tuple[float, float] = (0.0, 1.0),
        *,
        step: float = 0.0,
        log: bool = False,
    ) -> Slider:
        """Put a slider on the plot: ``lr = p.slider("lr", 1e-3, (1e-5, 1), log=True)``, and
        ``lr.value`` in the loop.

        Args:
            name: its label, 1 to 256 characters
            value: the number that it begins with
            bounds: the lowest and the highest one (default: 0 to 1)
            step: between two that can be set, from the lowest; 0: any (default: 0)
            log: from one decade to the next is as far everywhere (default: False)

        Raises:
            TypeError, ValueError: it cannot be: the value is out of bounds, say.
        """
        low, high = bounds
        return Slider(self.name, controls.slider(name, value, low, high, step, log=log))

    @public()
    def switch(self, name: str, value: bool = False) -> Switch:  # noqa: FBT001, FBT002 - as its value
        """Put a switch on the plot, which is on or off: ``noise = p.switch("noise", True)``, and
        ``noise.value``.

        Raises:
            TypeError, ValueError: it cannot be.
        """
        return Switch(self.name, controls.switch(name, plain(value)))

    @public()
    def choice(
        self, name: str, choices: Sequence[str | float], value: str | float | None = None
    ) -> Choice:
        """Put a choice of several texts or numbers on the plot: ``how = p.choice("how", ["sgd",
        "adam"])``, and ``how.value``.

        Args:
            name: its label
            choices: 1 to 100 texts or numbers; what is chosen comes back as it was given
            value: the one that it begins with (default: the first)

        Raises:
            TypeError, ValueError: it cannot be.
        """
        is_list = isinstance(choices, list | tuple)
        texts = [text_of(each) for each in choices] if is_list else choices
        return Choice(self.name, controls.choice(name, texts, text_of(value)), choices)

    @public()
    def button(self, name: str, then: Callable[[], object] | None = None) -> Button:
        """Put a button on the plot: ``stop = p.button("stop")``, and ``if stop.pressed(): break``;
        or ``p.button("save", save)``, which calls a function as `Button.on_click` does.

        Raises:
            TypeError, ValueError: it cannot be.
        """
        if then is not None and not callable(then):
            raise TypeError(f"then is {then!r:.100}; it is a function")
        button = Button(self.name, controls.button(name))
        if then is not None:
            button.on_click(then)
        return button

    @public()
    def loop(
        self, iterable: Iterable[T], total: int | None = None, *, text: str = ""
    ) -> Iterator[T]:
        """Return an iterator over `iterable` that can be stopped, paused and taken step by step on
        the plot, and shows how far it is as `zwsnb.track` does: ``for step in p.loop(range(n)):``.

        Stop ends the loop as its end does, before the next item is fetched. Pause waits there, and
        an interrupt still ends the cell; Step goes on for one item, and pauses a loop that runs.
        One that is paused when it ends, an inner one say, begins paused when its cell runs it anew.

        Args:
            total: how many items there are (default: as many as `iterable` says)
            text: what stands before the figures and on the buttons, such as "epoch"; loops in one
                another have one each (default: nothing, and "loop" on the buttons)

        Raises:
            TypeError, ValueError: it is no iterable, or the total or the text is none.
        """
        name = text[: MAX_NAME - len("Pause ")] or "loop"
        return looped(iterable, steps_of(iterable, total, text), text, self.name, name)
