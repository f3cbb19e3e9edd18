"""Addresses that lead from a browser elsewhere to a port of this machine: the one that is set, and
those of hosts that can be told by their environment.  [no I/O]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

VARIABLE: Final = "ZWSNB_PROXY_URL"

_PORT: Final = re.compile(r"\{\{port\}\}|\{port\}")  # code-server has two braces


@dataclass(frozen=True, slots=True)
class Ways:
    """Templates of addresses, with {port} where the port goes: as the user has set it, or empty;
    and those that are tried besides.
    """

    template: str = ""
    presets: tuple[str, ...] = ()
    framed: str = ""  # that of a plain frame, which cannot look for a way by itself

    @classmethod
    def of(cls, environ: Mapping[str, str], proxy: str = "") -> Ways:
        """Return the ways of a process with this environment; `proxy` goes before it.

        Raises:
            ValueError: what is set has no {port}; the text says where it is from.
        """
        name, template = ("proxy", proxy) if proxy else (VARIABLE, environ.get(VARIABLE, ""))
        presets = tuple(_presets(environ))
        # VS Code in a browser; a codespace's own addresses ask a frame to sign in.
        framed = environ.get("VSCODE_PROXY_URI", "")
        return cls(_checked(name, template), presets, framed if framed in presets else "")

    def by(self, proxy: str) -> Ways:
        """Return the same ways, but by this template.

        Raises:
            ValueError: it has no {port}.
        """
        return replace(self, template=_checked("proxy", proxy))

    def plain(self, port: int) -> str:
        """Return the one address of what cannot look for a way by itself, a frame or a link; empty:
        none but the port's own. It may be relative to the page of a notebook.
        """
        found = _filled(self.template or self.framed, port)
        return found if urlsplit(found).scheme in ("http", "https", "") else ""

    @property
    def is_apart(self) -> bool:
        """True where what has a port has an origin of its own at the plain address. A frame there
        shows whoever has the port, and asks nobody: with the port in a path, after the end of a
        service that might be another program as a page of the notebook's own server.
        """
        known = self.template or self.framed
        return not known or _PORT.search(_host_of(known)) is not None

    def hosts(self, port: int) -> list[str]:
        """Return the Host headers with which requests may come."""
        return [host for each in self._all(port) if (host := _host_of(each))]

    def origins(self, port: int) -> list[str]:
        """Return the Origins of the page at these addresses."""
        return [
            f"{urlsplit(each).scheme}://{host}"
            for each in self._all(port)
            if (host := _host_of(each))
        ]

    def _all(self, port: int) -> list[str]:
        return [_filled(each, port) for each in (self.template, *self.presets)]


def _checked(name: str, template: str) -> str:
    if template and not _PORT.search(template):
        raise ValueError(
            f"{name} is {template[:100]!r}; it needs {{port}} where the port goes, as in "
            "https://lab.example/proxy/{port}/"
        )
    return template


def _presets(environ: Mapping[str, str]) -> list[str]:
    found = []
    if code_server := environ.get("VSCODE_PROXY_URI", ""):
        found.append(code_server)
    codespace = environ.get("CODESPACE_NAME")
    domain = environ.get("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN")
    if codespace and domain:
        found.append(f"https://{codespace}-{{port}}.{domain}/")
    return [each for each in found if _PORT.search(each)]


def _filled(template: str, port: int) -> str:
    return _PORT.sub(str(port), template)


def _host_of(address: str) -> str:
    """Return an address's host, and its port where it says one; empty for a relative one."""
    parts = urlsplit(address)
    return parts.netloc.rpartition("@")[2] if parts.scheme in ("http", "https") else ""
