"""How the front end of a kernel shows a plot, as far as its environment tells.  [no I/O]

Facts of hosts that do not run here; docs/hosts.md says which were tried.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from typing import Any, Final, Literal, TypeAlias

FrontEnd: TypeAlias = Literal["script", "frame", "widget", "voila"]
"""A script that finds a way and hides the picture behind it; a plain frame, at an address that the
kernel knows, or the widget where it may not be there (notebook/unscripted.py); the widget, which
comes by the notebook's own connection. Voila runs the script too, but its page comes when the cells
have ended, and no output is changed later.
"""

_REMOTE: Final = ("SSH_CONNECTION", "WSL_DISTRO_NAME", "REMOTE_CONTAINERS", "CODESPACES")
"""What the environment of a kernel has where the window of VS Code is on another machine."""


def front_end_of(
    cell: str, names: Collection[str], modules: Collection[str], environ: Mapping[str, str]
) -> FrontEnd:
    """Return how plots are shown.

    cell: the id of the running cell. names: of the notebook's variables. modules: that are loaded.
    environ: the environment of the kernel.
    """
    # Colab lets no WebSocket through to a kernel's machine.
    if "google.colab" in modules or "COLAB_RELEASE_TAG" in environ:
        return "widget"
    # Voila sets it for each of its kernels.
    if "VOILA_BASE_URL" in environ:
        return "voila"
    if "__vsc_ipynb_file__" not in names and not cell.startswith("vscode-"):
        return "script"
    # code-server has an address for each port; the others forward them, or do not.
    is_remote = any(environ.get(name) for name in _REMOTE)
    return "widget" if is_remote and not environ.get("VSCODE_PROXY_URI") else "frame"


def only_looks(modules: Mapping[str, Any]) -> bool:
    """Return whether those who see the front end run no cells, as the readers of an application of
    marimo's (`marimo run`), whose sessions share the plots of one process.

    modules: that are loaded. The session is that of the thread that asks.
    """
    with contextlib.suppress(KeyError, AttributeError):  # not loaded, or too old to say so
        return bool(modules["marimo"].app_meta().mode == "run")
    return False
