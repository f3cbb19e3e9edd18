"""What of a service other machines reach: nothing, unless its user says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

_USUAL: Final = {"host": "127.0.0.1", "ingress": "", "listen": ()}

_LOCAL: Final = {"localhost", "lo", "lo0"}
"""Names of this machine for itself: in addresses of ZeroMQ an interface may stand as well."""


def reached(host: str, ingress: str, listen: Iterable[str]) -> list[str]:
    """Return what other machines reach of a service with these addresses, each in a few words."""
    found = []
    if not _is_local(host):
        found.append(f"the page at {host or 'every address'}, with its token, not encrypted")
    if not _is_local_address(ingress):
        found.append(f"publishers at {ingress}, with the token, encrypted")
    open_ = [each for each in listen if not _is_local_address(each)]
    found += [f"producers at {each}, anybody, not encrypted" for each in open_]
    return found


def check_reach(options: Mapping[str, Any]) -> None:
    """Raise ValueError where other machines would reach something of a service with these options,
    and nobody has said that they may.
    """
    found = _reached_of(options)
    if found and not options.get("allow_remote"):
        raise ValueError(
            f"other machines would reach {'; '.join(found)}: add allow_remote=True (--allow-remote)"
            " if they are to"
        )


def exposure(options: Mapping[str, Any]) -> str:
    """Return the line that says what other machines reach of a service with these options."""
    found = _reached_of(options)
    return f"other machines reach {'; '.join(found) or 'nothing'}"


def _reached_of(options: Mapping[str, Any]) -> list[str]:
    return reached(*(options.get(name, usual) for name, usual in _USUAL.items()))


def _is_local_address(address: str) -> bool:
    """Return whether an address of ZeroMQ is of this machine alone."""
    if not address.startswith("tcp://"):
        return True  # ipc and inproc; what is none is refused where it is used
    host, is_whole, _ = address.removeprefix("tcp://").rpartition(":")
    return not is_whole or _is_local(host.rpartition(";")[2])


def _is_local(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname if host.startswith("[") else host
    try:
        return ip_address(name or "").is_loopback
    except ValueError:
        return name in _LOCAL
