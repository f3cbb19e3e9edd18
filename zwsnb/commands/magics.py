"""The words of `%zwsnb`."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING, Any, Final, NoReturn

from IPython.core.error import UsageError

from zwsnb import api
from zwsnb.commands import status_text
from zwsnb.commands.error_text import sentence
from zwsnb.commands.plot_arguments import add_arguments, flags, steps_of, unknown_words
from zwsnb.display.embed import HEIGHT
from zwsnb.history.catalog import listed
from zwsnb.notebook import outputs
from zwsnb.plot import handles
from zwsnb.plot.plot import Plot
from zwsnb.protocol.names import DEFAULT_PLOT

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


def run(line: str) -> None:
    """Do what a line of `%zwsnb` says.

    Raises:
        UsageError: it says nothing that there is, or that cannot be done.
    """
    try:
        parser = _parser()
        arguments, unknown = parser.parse_known_args(shlex.split(line))
        if unknown:
            parser.error(unknown_words(unknown, _FLAGS))
        arguments.run(arguments)
    except _Help as text:
        print(text)
    except (ImportError, RuntimeError, KeyError, OSError, TypeError, ValueError) as error:
        # A sentence, as magics give it, and not a traceback through the modules of zwsnb.
        raise UsageError(f"%zwsnb: {sentence(error)}") from None


def help_text() -> str:
    """Return all words of `%zwsnb`, and the options of a plot with their defaults."""
    return _parser().format_help()


_HEIGHT: Final = "how high it is (default: %(default)s)"
_FOR_ONCE: Final = "opens its page once, within a minute; p.url has one that stays"
_FLAGS: Final = ("--help", "--height", "--process", *flags())


class _Help(Exception):
    pass


class _Parser(argparse.ArgumentParser):
    """A parser that prints in the cell, and never ends the kernel."""

    def error(self, message: str) -> NoReturn:
        end = "" if message.endswith("?") else ";"
        raise UsageError(f"%zwsnb: {message}{end} %zwsnb --help says more")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise _Help(message or "")

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        raise _Help(self.format_help())


class _WholeParser(_Parser):
    """One whose help has that of the longest of its words too."""

    longest: _Parser

    def format_help(self) -> str:
        return f"{super().format_help()}\n{self.longest.format_help()}"


def _parser() -> _Parser:
    parser = _WholeParser(
        prog="%zwsnb",
        usage="%(prog)s [WORD] [options]",
        description=(
            "Without a word: the address, the viewers, points in and out, and what was dropped "
            "and why."
        ),
        epilog="%(prog)s WORD --help says what a word takes; that of show is below.",
    )
    parser.set_defaults(run=_status)
    words = parser.add_subparsers(title="words", metavar="WORD", parser_class=_Parser)
    parser.longest = show = words.add_parser(
        "show",
        usage="%(prog)s [options] [name]",
        **_about("show a plot below the cell, and change its options"),
    )
    _add_name(show)
    show.add_argument("--height", type=int, default=HEIGHT, metavar="PIXELS", help=_HEIGHT)
    add_arguments(show)
    show.set_defaults(run=_show)
    for word, help_, run in (
        ("clear", "forget the points of a plot", _clear),
        ("freeze", "show a still picture of a plot, which the saved notebook keeps", _freeze),
    ):
        parser_ = words.add_parser(word, **_about(help_))
        _add_name(parser_)
        parser_.set_defaults(run=run)
    save = words.add_parser(
        "save", **_about("write a plot to a file: .png, .svg, .pdf, .html, .csv or .parquet")
    )
    save.add_argument("file", help="as in run.png; one that is there is replaced")
    _add_name(save)
    save.set_defaults(run=_save)
    _add_config(words)
    _add_start(words)
    _add_ends(words)
    return parser


def _about(text: str) -> dict[str, Any]:
    """Return what says of a word what it does: in the list of words, and in its own help."""
    return {"help": text, "description": f"{text[0].upper()}{text[1:]}."}


def _add_start(words: argparse._SubParsersAction[_Parser]) -> None:
    start = words.add_parser(
        "start",
        **_about("start the service again, after a stop; --process: in a process of its own"),
    )
    start.add_argument(
        "--process",
        action="store_true",
        help="run the relay in a process of its own, for cells that hold the interpreter for long "
        "(default: no)",
    )
    start.set_defaults(run=_start)


def _add_ends(words: argparse._SubParsersAction[_Parser]) -> None:
    for word, help_, run in (
        ("restart", "start the service anew; open pages come back by themselves", _restart),
        ("stop", "stop the service; pages say that they have ended", _stop),
    ):
        words.add_parser(word, **_about(help_)).set_defaults(run=run)


def _add_config(words: argparse._SubParsersAction[_Parser]) -> None:
    config = words.add_parser(
        "config",
        **_about(
            "how browsers elsewhere come to the page: proxy=URL (default: it is found); whether a"
            " plot that nothing shows is shown below the cell that publishes to it: show=no"
            " (default: yes)"
        ),
    )
    config.add_argument(
        "setting",
        nargs="?",
        metavar="proxy=URL|show=no",
        help="an address that leads to a port of this machine, with {port} for it, proxy= for none;"
        " or show=yes, show=no",
    )
    config.set_defaults(run=_config)


def _add_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", nargs="?", default=DEFAULT_PLOT, help="the plot (default: %(default)s)"
    )


def _status(arguments: argparse.Namespace) -> None:
    del arguments
    service = api.current()
    if service is None:
        print(api.failure() or "zwsnb is not running: %load_ext zwsnb or %zwsnb start starts it.")
        return
    stats = api.stats()
    # The notebook keeps what is printed, and others may read it.
    stats["url"], stats["plots_url"] = service.url_for_once(), service.plots_url_for_once()
    print(f"{status_text.text(stats)}\n  each address here {_FOR_ONCE}")


def _check_exists(name: str) -> None:
    """Raise KeyError for a plot that nobody has made: the first one is there from the beginning."""
    made = handles.made()
    if name == DEFAULT_PLOT or name in made:
        return
    plots = dict.fromkeys([*(api.stats()["plots"] if api.current() else ()), *made])
    if name not in plots:
        there_are = f"the plots are {listed(plots)}" if plots else "there are none yet"
        raise KeyError(f"there is no plot {name[:100]!r}; {there_are}")


def _show(arguments: argparse.Namespace) -> None:
    steps = steps_of(arguments)
    _check_exists(arguments.name)
    plot = Plot(arguments.name, height=arguments.height)
    for options in steps:
        plot.style(**options)
    plot.show()


def _clear(arguments: argparse.Namespace) -> None:
    _check_exists(arguments.name)
    Plot(arguments.name).clear()


def _freeze(arguments: argparse.Namespace) -> None:
    _check_exists(arguments.name)
    Plot(arguments.name).freeze()


def _save(arguments: argparse.Namespace) -> None:
    _check_exists(arguments.name)
    print(Plot(arguments.name).save(arguments.file))


def _config(arguments: argparse.Namespace) -> None:
    setting: str | None = arguments.setting
    if setting is None:
        proxy = api.service().embedding(DEFAULT_PLOT).ways.template
        print(f"proxy={proxy}" if proxy else "proxy is not set: a way is looked for")
        print(f"show={'yes' if outputs.attend().is_on else 'no'}")
        return
    name, _, value = setting.partition("=")
    if name == "show" and value in ("yes", "no"):
        outputs.attend().is_on = value == "yes"
    elif name == "proxy" and "=" in setting:
        api.service().set_proxy(value)
    else:
        raise ValueError(
            f"there is no setting {setting[:100]!r}; it is proxy=URL, show=yes or show=no, as in"
            " --help"
        )


def _start(arguments: argparse.Namespace) -> None:
    api.start(process=arguments.process)
    Plot().show()


def _restart(arguments: argparse.Namespace) -> None:
    del arguments
    address = api.restart().url_for_once()
    print(f"zwsnb has been started anew at {address}\n  which {_FOR_ONCE}")


def _stop(arguments: argparse.Namespace) -> None:
    del arguments
    api.stop()
    print("zwsnb has stopped; %zwsnb start starts it again.")
