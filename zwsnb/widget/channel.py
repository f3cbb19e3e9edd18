"""Messages to the views of a widget, from any thread, while a cell runs.

ipykernel's comm notes from where it was last used, and has the answers handled there: what the cell
or another thread sends makes the plot deaf until the cell ends (ipykernel 7.4). So where the kernel
is ipykernel, messages go by its session, past the comm's own book-keeping; and what it has noted is
dropped after it was used by others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ipywidgets


def send(
    widget: ipywidgets.Widget,
    content: Mapping[str, object],
    buffers: list[bytes | memoryview] | None = None,
) -> None:
    """Send a custom message to all views of a widget; to one that is closed nothing is sent."""
    comm = widget.comm
    if comm is None:
        return
    session, socket = _session_of(comm)
    if session is None:
        # Other kernels' comms are made for bytes.
        widget.send(content, None if buffers is None else [bytes(each) for each in buffers])
        return
    data = {"method": "custom", "content": content}
    session.send(
        socket,
        "comm_msg",
        {"data": data, "comm_id": comm.comm_id},
        ident=getattr(comm, "topic", None),
        buffers=buffers,
    )


def listen_anywhere(widget: ipywidgets.Widget) -> None:
    """Have what views say handled by the subshell to which their front end sends it."""
    getattr(widget.comm, "__dict__", {}).pop("_reply_subshell_id", None)


def _session_of(comm: Any) -> tuple[Any, Any]:
    """Return the session of an ipykernel and its socket; None, None where it is another kernel."""
    kernel = getattr(comm, "kernel", None)
    return getattr(kernel, "session", None), getattr(kernel, "iopub_socket", None)
