"""A plot as an anywidget: the page runs in the notebook's own document, and its connection is the
widget's comm (static/widget.js).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import ipywidgets
import traitlets

from zwsnb.display.embed import most_of
from zwsnb.widget import channel
from zwsnb.widget.settings import OptionTraits
from zwsnb.widget.views import Views


class PlotWidget(OptionTraits, anywidget.AnyWidget):
    """A plot beside other widgets. Its options are traits: ``p.widget().window = 10``.

    plot: its name. height: pixels; a view has `begin` of them until its page asks for more, and
    `most` where several panels need them. script: the page, as a module. make_views: makes what
    handles the messages of its views, given what sends to them.
    """

    plot = traitlets.Unicode(read_only=True).tag(sync=True)
    height = traitlets.Int().tag(sync=True)
    begin = traitlets.Int().tag(sync=True)
    most = traitlets.Int(read_only=True).tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)

    @traitlets.observe("height")
    def _bound(self, change: Any) -> None:
        self.set_trait("most", most_of(change["new"]))

    def __init__(
        self, plot: str, height: int, script: str, make_views: Callable[[Any], Views]
    ) -> None:
        self.set_trait("plot", plot)
        super().__init__(
            height=height,
            begin=height,
            _esm=script,
            layout=ipywidgets.Layout(width="100%", min_width="240px"),
        )
        self._its_views = make_views(
            lambda content, buffers=None: channel.send(self, content, buffers)
        )
        self.on_msg(lambda _, content, __: self._its_views.on_message(content))

    @property
    def has_views(self) -> bool:
        """True while somebody sees it."""
        return len(self._its_views) > 0

    def expect_views(self) -> None:
        """Prepare for being shown: see `zwsnb.widget.views.Views.expect`."""
        self._its_views.expect()

    def open(self) -> None:
        """Make the comm."""
        super().open()
        channel.listen_anywhere(self)

    def _send(self, msg: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        super()._send(msg, buffers)
        channel.listen_anywhere(self)

    def close(self) -> None:
        """Close it, and with it all views."""
        self._its_views.close()
        super().close()
