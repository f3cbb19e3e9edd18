"""The options of a plot as traits, which can be set, observed and linked."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypedDict

import traitlets

from zwsnb.producer import native
from zwsnb.protocol.options import DEFAULTS, check_options, merged

NAMES: Final = tuple(DEFAULTS)


class Change(TypedDict):
    """What traitlets passes to an observer, as far as it is used here."""

    name: str
    new: object


class _Proposal(TypedDict):
    """What traitlets passes to a validator, as far as it is used here."""

    trait: traitlets.TraitType[Any, Any]
    value: object


def _option() -> traitlets.Any:
    return traitlets.Any(allow_none=True)


class OptionTraits(traitlets.HasTraits):
    """Those of `zwsnb.Plot`, which explains each; None: it is not said."""

    title = _option()
    window = _option()
    x_range = _option()
    trigger = _option()
    y_range = _option()
    y2_range = _option()
    style = _option()
    period = _option()
    points = _option()
    time = _option()
    tz = _option()
    log = _option()
    xy = _option()
    aspect = _option()
    x_label = _option()
    y_label = _option()
    y2_label = _option()
    x_unit = _option()
    y_unit = _option()
    y2_unit = _option()
    z_range = _option()
    z_log = _option()
    z_label = _option()
    z_unit = _option()
    legend = _option()
    tiles = _option()
    series = _option()
    panels = _option()
    lines = _option()
    regions = _option()
    link = _option()
    history = _option()

    @traitlets.validate(*NAMES)
    def _validate_option(self, proposal: _Proposal) -> object:
        """Return what an option is then: its default, where the value takes it back.

        Raises:
            TypeError, ValueError: it cannot be that.
        """
        name = str(proposal["trait"].name)
        standing = merged({}, check_options({name: proposal["value"]}))
        return standing.get(name, DEFAULTS[name])


class Settings(OptionTraits):
    """The options of one plot in this process, for all its widgets and controls.

    options: as they are. change: called with the one that was set by a trait; its value is None
    where it is not to be said any more.
    """

    def __init__(
        self, options: Mapping[str, object], change: Callable[[str, object], None]
    ) -> None:
        super().__init__()
        self._told_in = 0  # the thread that takes options at the moment
        self._change = change
        self.tell(options)
        self.observe(self._on_change, list(NAMES))

    def tell(self, options: Mapping[str, object]) -> None:
        """Take all options that the plot has, which were changed elsewhere."""
        with self._telling():
            for name in NAMES:
                self.set_trait(name, options.get(name, DEFAULTS[name]))

    def reset(self) -> None:
        """Take that nothing is said any more; what others have linked to it may not bear that."""
        for name in NAMES:
            with self._telling(), contextlib.suppress(Exception):
                self.set_trait(name, DEFAULTS[name])

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        before, self._told_in = self._told_in, native.get_ident()
        try:
            yield
        finally:
            self._told_in = before

    def _on_change(self, change: Change) -> None:
        if self._told_in != native.get_ident():
            self._change(change["name"], change["new"])


def link(settings: Settings, other: OptionTraits) -> None:
    """Keep the options of a widget the same as those of its plot, beginning with the plot's."""

    def follow(change: Change) -> None:
        name = change["name"]
        other.set_trait(name, getattr(settings, name))

    def lead(change: Change) -> None:
        name = change["name"]
        if (value := getattr(other, name)) != getattr(settings, name):
            settings.set_trait(name, value)
            # The plot may have made something else of it: options of single series are merged.
            other.set_trait(name, getattr(settings, name))

    for name in NAMES:
        other.set_trait(name, getattr(settings, name))
    settings.observe(follow, list(NAMES))
    other.observe(lead, list(NAMES))
