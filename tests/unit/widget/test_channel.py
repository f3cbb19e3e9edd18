"""How messages leave: past an ipykernel's book-keeping, by the widget itself elsewhere."""

from __future__ import annotations

from typing import Any, cast

import ipywidgets

from zwsnb.widget import channel


class Recorder:
    """Keeps calls."""

    def __init__(self, **attributes: object) -> None:
        self.calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
        self.__dict__ |= attributes

    def send(self, *args: Any, **options: Any) -> None:
        self.calls.append((args, options))


def test_by_the_session_of_an_ipykernel() -> None:
    session = Recorder()
    kernel = Recorder(session=session, iopub_socket="iopub")
    comm = Recorder(kernel=kernel, comm_id="id", topic=b"comm-id")
    widget = Recorder(comm=comm)
    channel.send(cast("ipywidgets.Widget", widget), {"view": "a"}, [b"patch"])
    assert session.calls == [
        (
            (
                "iopub",
                "comm_msg",
                {"data": {"method": "custom", "content": {"view": "a"}}, "comm_id": "id"},
            ),
            {"ident": b"comm-id", "buffers": [b"patch"]},
        )
    ]
    assert widget.calls == []


def test_by_the_widget_where_the_kernel_is_another() -> None:
    widget = Recorder(comm=Recorder(comm_id="id"))
    channel.send(cast("ipywidgets.Widget", widget), {"view": "a"}, [b"patch"])
    assert widget.calls == [(({"view": "a"}, [b"patch"]), {})]


def test_not_at_all_where_it_is_closed() -> None:
    widget = Recorder(comm=None)
    channel.send(cast("ipywidgets.Widget", widget), {"view": "a"})
    assert widget.calls == []
