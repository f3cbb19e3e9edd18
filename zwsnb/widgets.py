"""The widgets and controls of the plots of this process: one set of options for each plot, and one
widget in each session, so that whatever shows them shows the same.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from zwsnb import api
from zwsnb.producer import native
from zwsnb.protocol.batch import SetOptions
from zwsnb.protocol.options import DEFAULTS, merged, taking_back

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zwsnb.comm.comm_socket import Tell
    from zwsnb.display.ipython import CellWatch
    from zwsnb.service.addresses.answers import Answer
    from zwsnb.service.backend import Attachment
    from zwsnb.widget.controls import Controls
    from zwsnb.widget.plot_widget import PlotWidget
    from zwsnb.widget.settings import Settings
    from zwsnb.widget.views import Views

Session: TypeAlias = "threading.Thread | None"
"""The readers of an application of marimo's are served by one process, each by a thread with
widgets of its own; a kernel of Jupyter's has one session.
"""

_options: Final[dict[str, dict[str, Any]]] = {}
"""By plot, the options that this process has given; and as traits, where they were asked for."""

_settings: Final[dict[str, Settings]] = {}
_widgets: Final[dict[tuple[str, Session], PlotWidget]] = {}
_cells: Final[list[CellWatch]] = []
_making = native.RLock()


def widget(plot: str, height: int, begin: int | None = None) -> PlotWidget:
    """Return the widget of a plot, of the height that was asked for last; begin: the pixels with
    which its views begin (default: all).
    """
    from zwsnb.display import ipython
    from zwsnb.display.front_end import only_looks
    from zwsnb.server.static_files import widget_script
    from zwsnb.widget.plot_widget import PlotWidget
    from zwsnb.widget.settings import link

    with _making:
        _forget_sessions()
        key = plot, _session()
        made = _widgets.get(key)
        if made is None or made.comm is None:  # somebody has closed it
            edits = not only_looks(sys.modules)
            made = PlotWidget(
                plot, height, widget_script(), lambda send: _views(plot, send, edits=edits)
            )
            link(settings(plot), made)
            _widgets[key] = made
    made.height, made.begin = height, height if begin is None else begin
    if ipython.is_notebook() and not ipython.is_unattended():
        made.expect_views()
    return made


def controls(plot: str, clear: Callable[[], None]) -> Controls:
    """Return new controls of a plot; clear: forgets its points."""
    from zwsnb.widget import controls

    return controls.controls(settings(plot), clear)


def settings(plot: str) -> Settings:
    """Return the options of a plot as traits."""
    from zwsnb.widget.settings import Settings

    with _making:
        if plot not in _settings:
            _settings[plot] = Settings(
                _options.get(plot, {}), lambda name, value: _change(plot, name, value)
            )
        return _settings[plot]


def _change(plot: str, name: str, value: object) -> None:
    options = {name: taking_back(name) if value == DEFAULTS[name] else value}
    api.publisher.send_command(SetOptions(plot, options))
    changed(plot, options)


def changed(plot: str, options: Mapping[str, Any], *, is_whole: bool = False) -> None:
    """Take options that this process has given; or all there are."""
    _options[plot] = dict(options) if is_whole else merged(_options.get(plot, {}), options)
    if (known := _settings.get(plot)) is not None:
        known.tell(_options[plot])


def _said() -> list[SetOptions]:
    """Return what a relay that knows nothing has to be told."""
    return [SetOptions(plot, its, is_whole=True) for plot, its in list(_options.items()) if its]


def _forget_options() -> None:
    """Another service knows no options."""
    _options.clear()
    for known in _settings.values():
        known.reset()


api.before_stop.append(_forget_options)
api.publisher.said = _said


def forget(plot: str) -> None:
    """Close the widget of a plot, which is gone; controls stay for the next one of that name."""
    _options.pop(plot, None)
    if (known := _settings.get(plot)) is not None:
        known.reset()
    for key in [key for key in _widgets if key[0] == plot]:
        _widgets.pop(key).close()


def _session() -> Session:
    return threading.current_thread() if "marimo" in sys.modules else None


def _forget_sessions() -> None:
    """Close the widgets of sessions that have ended."""
    for key in list(_widgets):
        if key[1] is not None and not key[1].is_alive():
            _widgets.pop(key).close()


def _views(plot: str, send: Any, *, edits: bool) -> Views:
    from zwsnb.display.ipython import CellWatch
    from zwsnb.service.addresses import answers
    from zwsnb.widget.views import Views

    if not _cells:
        _cells.append(CellWatch())

    def get(route: str, query: Mapping[str, str]) -> Answer:
        # Whoever has the port of a service that has gone is not to hear its token.
        asked = api.service().proved(route, **{**query, "plot": plot})
        return answers.get(asked.url, asked.answer)

    def attach(tell: Tell, *, everyone: bool = False) -> Attachment:
        return api.service().attach(plot, tell, everyone=everyone, edits=edits)

    return Views(attach, get, send, _cells[0].hears_since)
