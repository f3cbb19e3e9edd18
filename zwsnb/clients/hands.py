"""What a reader does on a page that concerns others: the program, and those who look as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from zwsnb.clients.edits import edit_of, series_of
from zwsnb.clients.page_messages import BAD, Click, Remove, Rename, SetTrigger, Smooth, Steer
from zwsnb.derived.face import face_of
from zwsnb.history.queries import nearest
from zwsnb.protocol.batch import SetOptions
from zwsnb.protocol.messages import InvalidMessage

if TYPE_CHECKING:
    from zwsnb.clients.page_messages import Rights
    from zwsnb.history.plots import Plot
    from zwsnb.history.queries import Measurement
    from zwsnb.protocol.batch import Command
    from zwsnb.relay.relay import Relay

Deed: TypeAlias = Rename | Remove | Smooth | Steer | Click | SetTrigger


class Hands:
    """Those of one page on one plot, as far as its rights go; use it in the hub's own thread."""

    def __init__(self, plot: Plot, relay: Relay, rights: Rights) -> None:
        self._plot, self._relay, self._rights = plot, relay, rights

    def check_rights(self) -> None:
        """Raise InvalidMessage for a page that may only look."""
        if not self._rights.edits:
            raise InvalidMessage(BAD, "this page may only look")

    def do(self, deed: Deed) -> None:
        """Do what the page asks for.

        Raises:
            InvalidMessage: it may only look; there is no such series, or another has its new name;
                a control cannot do that.
        """
        self.check_rights()
        match deed:
            case Rename() | Remove() | Smooth():
                self._edit(deed)
            case Steer(name, value, is_released):
                self._relay.steering.steer(self._plot, name, value, is_released=is_released)
            case Click():
                self._click(deed)
            case SetTrigger(said):
                self._say(SetOptions(self._plot.name, {"trigger": said}))

    def selected(self, lo: float, hi: float, statistics: list[Measurement]) -> None:
        """Tell the programs that watch it that a range of x was selected, and what was measured."""
        names = {series.ident: series.name for series in self._plot.series.values()}
        series = {
            names[its["id"]]: {key: value for key, value in its.items() if key != "id"}
            for its in statistics
            if its["id"] in names and its["count"] + its["gaps"]
        }
        members = {"from": lo, "to": hi, "series": series}
        self._relay.steering.happened(self._plot, "select", members)

    def _click(self, click: Click) -> None:
        if face_of(self._plot) is not self._plot:
            return  # it was no point of the plot
        members: dict[str, object] = {"x": click.x, "y": click.y, "series": None, "point": None}
        if click.series is not None and click.point is not None:
            series = series_of(self._plot, click.series)
            # What is drawn may stand for others in its place; of a curve it is the point itself.
            exact = nearest(series, click.point[0])
            point = click.point if exact is None else (exact["x"], exact["y"])
            members |= {"series": series.name, "point": point}
        self._relay.steering.happened(self._plot, "click", members)

    def _edit(self, edit: Rename | Remove | Smooth) -> None:
        self._say(edit_of(self._plot, edit))

    def _say(self, command: Command) -> None:
        """Do as a program would that asks for it; all pages of the plot hear of it."""
        try:
            self._relay.dispatch(command)
        except InvalidMessage as error:
            raise InvalidMessage(BAD, str(error)) from error
