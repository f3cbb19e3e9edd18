"""`Shown`: what of `Plot` shows it, below a cell, in a browser or in a box of widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zwsnb import api, widgets
from zwsnb.notebook import outputs, unscripted
from zwsnb.notebook.service_plots import begin_of
from zwsnb.protocol.mistakes import public

if TYPE_CHECKING:
    from zwsnb.widget.plot_widget import PlotWidget


class Shown:
    """Shows the plot of that ``name``, as high as it says."""

    name: str
    height: int
    _options: dict[str, Any]

    @property
    def url(self) -> str:
        """The address of the plot's page, with the token that opens it."""
        return api.service().url(self.name)

    def open(self) -> str:
        """Open the plot's page in a browser; return its address, and print it where no browser
        could be opened.
        """
        from zwsnb.display import browser

        outputs.placed(self.name)
        url = self.url
        # All users of the machine can read what a browser is started with.
        if not browser.open_page(api.service().url_for_once(self.name)):
            print(url)  # noqa: T201 - to open it elsewhere
        return url

    def show(self) -> None:
        """Show the plot below the cell."""
        from zwsnb.display import ipython

        ipython.show(self)

    def widget(self) -> PlotWidget:
        """Return the plot as a widget, to stand in a box beside others: the page in the notebook's
        own document. Its options are traits, as in ``p.widget().window = 10``.
        """
        outputs.placed(self.name)
        return widgets.widget(self.name, self.height, begin_of(self.name, self.height))

    @public()
    def freeze(self) -> None:
        """Show a still picture of the plot as it is now, which a saved notebook keeps; the plot
        goes on.
        """
        outputs.freeze(self.name)

    def _text(self) -> str:
        options = "".join(f", {key}={value!r}" for key, value in self._options.items())
        return f"Plot({self.name!r}{options})"

    def __repr__(self) -> str:
        running = api.current()
        if running is None:
            return self._text()
        base, _, _ = running.url(self.name).partition("?")  # without the token
        return f"{self._text()} at {base} (.url opens it)"

    def _ipython_display_(self) -> None:
        """Show the plot and right behind it the picture that remains, where a script can hide it.

        Raises:
            NotImplementedError: it cannot, and IPython goes on to the form below.
        """
        outputs.show(self.name, self.height, self._text())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> object:
        """Return the plot for a notebook, as a script that finds a way to its page or else as a
        frame, a widget or a link, and as a line of text for everybody else: with the address, where
        there are no frames.
        """
        from zwsnb.display import ipython

        if (found := outputs.bundle(self.name, self.height, self._text())) is not None:
            return found if found.metadata else found.data
        text = repr(self) if ipython.is_terminal() else self._text()
        return {"text/html": unscripted.html(self.name, self.height), "text/plain": text}
