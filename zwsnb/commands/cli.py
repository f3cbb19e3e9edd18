"""The command line: `zwsnb serve | demo | pipe | status`."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING, Any

from zwsnb._version import __version__
from zwsnb.commands import demo, pipe, status_text
from zwsnb.commands.error_text import sentence
from zwsnb.commands.plot_arguments import add_arguments, flags, options_of, unknown_words
from zwsnb.commands.signals import end_by
from zwsnb.lives.orders import ABANDON, first_order, until_ended
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.names import DEFAULT_PLOT
from zwsnb.protocol.options import check_options
from zwsnb.service import connection_file
from zwsnb.service.addresses.reach import exposure
from zwsnb.service.service_options import SERVICE_OPTIONS, ServiceOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zwsnb.protocol.stats import Stats
    from zwsnb.service.service import Service

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - its one name


_FLAGS = (
    *flags(),
    *(option.flag for option in SERVICE_OPTIONS if option.flag),
    *("--help", "--version", "--json", "--no-browser", "--plot"),
)
"""What a flag that does not exist may have meant."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return what the process should exit with."""
    arguments, unknown = (root := parser()).parse_known_args(argv)
    if unknown:
        root.error(unknown_words(unknown, _FLAGS))
    if not getattr(arguments, "child", False):  # whose parent reads no more than how it started
        logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s", stream=sys.stderr)
    try:
        code: int = arguments.run(arguments)
        if sys.stdout is not None:  # it may be closed
            sys.stdout.flush()
    except BrokenPipeError:
        # Who read what this prints has had enough. The interpreter must not find out when it
        # flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, RuntimeError, TypeError, ValueError, KeyError) as error:
        print(f"zwsnb: {sentence(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return code


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    root = argparse.ArgumentParser(
        prog="zwsnb",
        description="Live plots in notebooks, and without one.",
        epilog="%(prog)s COMMAND --help says what a command takes.",
    )
    root.add_argument("--version", action="version", version=f"zwsnb {__version__}")
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _serve_parser(commands)
    _demo_parser(commands)
    _pipe_parser(commands)
    show = commands.add_parser("status", help=_STATUS, description=f"{_STATUS.capitalize()}.")
    show.add_argument("--json", action="store_true", help="print a list in JSON, for programs")
    show.set_defaults(run=_status)
    return root


_STATUS = "print the state of every service that you run"
_SERVE = (
    "Serve the page, take points, and print one line: the page's address with its token. "
    "Ctrl-C ends it."
)
_DEMO = (
    "A process of its own publishes 2.5 * (1 + sin(x / 500)) against time, as JSON over PUB; "
    "two browser windows show it."
)


def _serve_parser(commands: Commands) -> None:
    serve = commands.add_parser(
        "serve",
        usage="%(prog)s [options]",
        help="serve plots of other programs, without a notebook",
        description=_SERVE,
    )
    for option in SERVICE_OPTIONS:
        _add_service_option(serve, option, 8000 if option.name == "port" else option.default)
    serve.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    add_arguments(serve)
    serve.set_defaults(run=_serve)


def _add_service_option(
    command: argparse.ArgumentParser, option: ServiceOption, default: object
) -> None:
    """Add an option of the service to a command, if it has a flag."""
    if option.flag is None:
        return
    keywords: dict[str, Any] = {"default": default, "help": _help_of(option)}
    if isinstance(option.default, bool):
        command.add_argument(option.flag, dest=option.name, action="store_true", help=option.help)
        return
    if option.is_list:
        keywords = {"default": [], "action": "append", "help": f"{option.help}; may be repeated"}
    elif isinstance(option.default, int):
        keywords["type"] = int
    command.add_argument(option.flag, dest=option.name, metavar=option.metavar, **keywords)


def _help_of(option: ServiceOption) -> str:
    return option.help if option.default == "" else f"{option.help} (default: %(default)s)"


def _demo_parser(commands: Commands) -> None:
    words = "an example: a sine wave that moves in two browser windows"
    command = commands.add_parser("demo", usage="%(prog)s [options]", help=words, description=_DEMO)
    for option in SERVICE_OPTIONS:
        if option.name in ("host", "port", "allow_remote"):
            _add_service_option(command, option, option.default)
    command.add_argument(
        "--no-browser", action="store_true", help="print the page's address, and open nothing"
    )
    command.set_defaults(run=_demo)


def _pipe_parser(commands: Commands) -> None:
    command = commands.add_parser(
        "pipe",
        usage="%(prog)s [options]",
        help="plot the lines of standard input",
        description=pipe.DESCRIPTION,
    )
    pipe.add_flags(command)
    command.set_defaults(run=pipe.run)


# -- the commands ----------------------------------------------------------------------------------


def _start(arguments: argparse.Namespace, **more: Any) -> Service:
    from zwsnb.service.service import Service

    names = {option.name for option in SERVICE_OPTIONS}
    options = {name: value for name, value in vars(arguments).items() if name in names} | more
    service = Service.start(**options)
    if arguments.allow_remote and not getattr(arguments, "child", False):
        print(f"zwsnb: {exposure(options)}", file=sys.stderr, flush=True)
    return service


def _serve(arguments: argparse.Namespace) -> int:
    # A child serves the process that has started it, and may take the place of another.
    parent = os.getppid() if arguments.child else None
    more = {} if parent is None else {"owner": parent, **first_order()}
    service = _start(arguments, **more)
    service.call(service.relay.set_options, DEFAULT_PLOT, options_of(arguments))
    return _run(service, parent)


def _run(service: Service, parent: int | None = None) -> int:
    """Print where the page is, and wait for the end: a signal, or for a child a word of its parent,
    or its end.
    """
    reason: str | None = "The relay was stopped."
    if parent is not None:
        # An interrupt of the notebook's cell is not for the relay.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        more = {"notices": service.notices, "listening": service.listening}
        print(json.dumps({**service.info, **more}), flush=True)
        if until_ended(parent) == ABANDON:
            reason = None  # another takes its place, for the same pages
    else:
        # Before the address is printed: who reads it may send a signal at once.
        ended = _end_at_signal()
        print(service.url(), flush=True)
        ended.wait()
    service.stop(reason)
    if parent is not None:
        os._exit(0)  # the parent waits, and to take the interpreter apart would take it a while
    return 0


def _end_at_signal() -> threading.Event:
    ended = threading.Event()
    end_by(lambda *_: ended.set())
    return ended


def _demo(arguments: argparse.Namespace) -> int:
    service = _start(arguments, listen=["tcp://127.0.0.1:*"])
    service.call(service.relay.set_options, DEFAULT_PLOT, check_options(demo.OPTIONS))
    producer = demo.start_producer(service.listening[0])
    try:
        if not arguments.no_browser:
            # Two windows, as in the article: one sees that the same data reaches every page.
            for new in (1, 1):
                webbrowser.open(service.url_for_once(), new=new)
        return _run(service)
    finally:
        producer.terminate()
        producer.wait()


def _status(arguments: argparse.Namespace) -> int:
    found = _found()
    if arguments.json:
        print(json.dumps(found))
    elif found:
        print("\n".join(map(status_text.text, found)))
    else:
        print(
            "no zwsnb service is running: %load_ext zwsnb in a notebook, or `zwsnb serve`, starts"
            " one",
            file=sys.stderr,
        )
        return 1
    return 0


def _found() -> list[Stats]:
    """Return the statistics of every service that answers."""
    from zwsnb.service.remote import Remote

    found = []
    for info in connection_file.running():
        try:
            found.append(Remote(Publisher(), info).stats())
        except (OSError, RuntimeError, KeyError) as error:
            print(f"zwsnb: {sentence(error)}", file=sys.stderr)
    return found


if __name__ == "__main__":
    sys.exit(main())
