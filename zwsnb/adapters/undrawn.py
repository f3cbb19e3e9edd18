"""The words of W&B that draw nothing: a program has them, and they may stand in the middle of its
training.  [no I/O]
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

NOT_DONE: Final = frozenset({
    *("watch", "unwatch", "save", "log_code", "log_artifact", "link_artifact", "upsert_artifact"),
    *("finish_artifact", "log_model", "link_model", "mark_preempting"),
})  # fmt: skip
"""What a run or the module is asked to do and does not, which is counted."""

NOT_NEEDED: Final = frozenset({"login", "setup", "teardown"})
"""What there is no need for, since nothing leaves this machine."""

_METHODS: Final = ("add", "new_", "get_", "set_")
"""How the methods begin that fill a table or an artifact."""


class AlertLevel(StrEnum):
    """How bad it is."""

    INFO = "INFO"
    WARN = "WARN"
    ERROR = "ERROR"


class Undrawn:
    """A value that is taken and not drawn; a metric that is one is left out and counted."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        del args, kwargs

    def __getattr__(self, name: str) -> Callable[..., None]:
        if not name.startswith(_METHODS):
            raise AttributeError(f"a {type(self).__name__} that is not drawn has no {name!r}")
        return lambda *_, **__: None


class Charts:
    """``wandb.plot``, whose functions return what is not drawn."""

    def __getattr__(self, name: str) -> type[Undrawn]:
        if name.startswith("_"):
            raise AttributeError(name)
        return Undrawn


_MEDIA: Final = (
    *("Image", "Histogram", "Table", "Audio", "Video", "Html", "Object3D", "Molecule", "Plotly"),
    *("Artifact", "Graph", "Settings"),
)
VALUES: Final[dict[str, Any]] = {name: type(name, (Undrawn,), {}) for name in _MEDIA}
VALUES["plot"] = Charts()
"""What a program makes and logs."""
