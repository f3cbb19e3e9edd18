"""The options of a service, declared once: `zwsnb.start(...)`, `zwsnb serve` and the command line
of a relay in a process of its own have them from here, or are compared with this by a test.

Whatever takes them imports this without gevent and ZeroMQ, which a `Service` needs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from zwsnb.producer import native
from zwsnb.protocol.names import no_option
from zwsnb.protocol.sizes import parse_bytes


class ServiceOption(NamedTuple):
    """One option of a service.

    ``type`` is its annotation in Python, ``help`` a line about it. ``flag`` is the one of `zwsnb
    serve`; without one, the option is about the process of the notebook, and a relay in a process
    of its own does not have it.
    """

    name: str
    type: str
    default: object
    help: str
    flag: str | None = None
    metavar: str | None = None

    @property
    def is_list(self) -> bool:
        """True for an option of several values, whose flag may be repeated."""
        return self.default == ()


SERVICE_OPTIONS: Final = (
    ServiceOption(
        "host", "str", "127.0.0.1", "the address to serve the page at",
        "--host",
    ),
    ServiceOption(
        "port", "int", 0, "its port; 0 is a free one",
        "--port",
    ),
    ServiceOption(
        "ingress", "str", "",
        "where zwsnb's own publishers connect, as in tcp://127.0.0.1:5001, which is encrypted;"
        " without it, a socket file that only you can reach",
        "--ingress", "ADDRESS",
    ),
    ServiceOption(
        "listen", "Iterable[str]", (),
        'bind a SUB socket for plain producers, which send {"x": .., "y": ..} by PUB, at'
        " tcp://127.0.0.1:5000, say",
        "--listen", "ADDRESS",
    ),
    ServiceOption(
        "subscribe", "Iterable[str]", (), "connect a SUB socket to a plain producer that binds",
        "--subscribe", "ADDRESS",
    ),
    ServiceOption(
        "allow_remote", "bool", False,  # noqa: FBT003 - its default
        "let other machines reach what host, ingress and listen open to them",
        "--allow-remote",
    ),
    ServiceOption(
        "memory", "int | str", "1 GiB",
        "for the points of all plots together, in bytes or as a text such as 1 GiB",
        "--memory", "SIZE",
    ),
    ServiceOption(
        "hosts", "Iterable[str]", (),
        "a further Host header to answer to, as in lab.example:8000",
        "--allow-host", "HOST",
    ),
    ServiceOption(
        "origins", "Iterable[str]", (), "a further Origin whose pages may connect",
        "--allow-origin", "ORIGIN",
    ),
    ServiceOption(
        "proxy", "str", "",
        "an address that leads to a port of this machine, with {port} for it, where browsers reach"
        " no other; without it, that in $ZWSNB_PROXY_URL",
        "--proxy", "URL",
    ),
    ServiceOption(
        "switch_interval", "float | None", 0.0005,
        "seconds after which a busy cell hands over the interpreter's lock, while it publishes"
        " 100,000 points a second or more and somebody looks; None leaves it alone",
    ),
    ServiceOption(
        "share", "float | None", 0.025,
        "of the time in which this process computes, what its plots may take; None: as much as"
        " they need",
    ),
)  # fmt: skip
"""What can be given for a service, in the order in which it is listed everywhere."""


def check_names(names: Iterable[str]) -> None:
    """Raise TypeError unless each of `names` is an option of `zwsnb.start`."""
    known = ["process", "on_full", *(option.name for option in SERVICE_OPTIONS)]
    for name in names:
        if name not in known:
            raise TypeError(no_option(name, known, "", "the options of a service are"))


def check_values(**options: Any) -> None:
    """Check the numbers among options of a service, of which others are left out.

    Raises:
        ValueError: one is out of its range; the text says what it may be.
    """
    port, memory = options.get("port", 0), options.get("memory", 1)
    share, interval = options.get("share"), options.get("switch_interval")
    if not (isinstance(port, int) and 0 <= port < 1 << 16):
        raise ValueError(f"port is {port!r}; it is a number up to 65535, and 0 is any free one")
    is_size = parse_bytes(memory) > 0 if isinstance(memory, str) else _is_positive(memory)
    if not is_size:
        raise ValueError(f'memory is {memory!r}; it is a number of bytes, or a text as "500 MB"')
    if share is not None and not (_is_positive(share) and share <= 1):
        raise ValueError(f"share is {share!r}; it is a part of 1, as in 0.025, or None")
    if interval is not None and not _is_positive(interval):
        raise ValueError(f"switch_interval is {interval!r}; it is seconds, as in 0.0005, or None")


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and 0 < value < math.inf


def asked_for(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of `options` that differ from the defaults."""
    asked = {}
    for option in SERVICE_OPTIONS:
        given = options[option.name]
        value = tuple(given) if option.is_list and not isinstance(given, str) else given
        if value != option.default:
            asked[option.name] = value
    return asked


def serve_words(options: Mapping[str, object]) -> list[str]:
    """Return options of a service as arguments of `zwsnb serve`.

    Raises:
        TypeError: one of them does not exist there.
        ValueError: a number is out of its range, or other machines would reach something, and are
            not allowed to.
    """
    with native.no_fork():  # and not before a service starts
        from zwsnb.service.addresses.reach import check_reach

    check_reach(options)
    check_values(**options)
    flags = {option.name: option.flag for option in SERVICE_OPTIONS if option.flag}
    words = []
    for name, value in options.items():
        if name not in flags:
            raise TypeError(no_option(name, flags, " of a relay in a process", "they are"))
        if isinstance(value, bool):
            words += [flags[name]] * value
            continue
        values = value if isinstance(value, list | tuple) else [value]
        words += [f"{flags[name]}={each}" for each in values]
    return words
