"""All spectra that are shown: each in a plot of its own, or in place of its plot.  [no I/O]"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from zwsnb.derived.face import Face, face_of
from zwsnb.derived.spectrum import SHORTEST, Spectrum, labels_of, resampled_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.history.plots import History, Plot
    from zwsnb.protocol.derivation import ShowSpectrum

MAX_SPECTRA: Final = 100

Key: TypeAlias = tuple[str, str]
"""A plot, and the name under which a spectrum is shown there; empty: those of its own series."""


class Spectra:
    """All spectra of a `history`, by the plot and the name under which they are shown."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._shown: dict[Key, Spectrum] = {}
        self._due: dict[Key, None] = {}

    def show(self, body: ShowSpectrum) -> None:
        """Show a spectrum from now on; the same again changes nothing.

        Raises:
            ValueError: there are as many as there may be, or it would take the place of a series.
        """
        key = body.plot, body.series
        old = self._shown.get(key)
        if old is not None and old.body == body:
            return
        if old is None and len(self._shown) >= MAX_SPECTRA:
            raise ValueError(f"there are {MAX_SPECTRA} spectra: remove some")
        if body.plot == body.of:
            raise ValueError(f"the spectrum of {body.series!r} needs a plot of its own")
        source, target = (self._history.get_or_create(name) for name in (body.of, body.plot))
        new = Spectrum(body, old)
        if new.is_taken_in(target):
            raise ValueError(f"plot {body.plot!r} has a series {body.series!r} already")
        self._shown[key] = new
        self._due[key] = None
        target.propose(labels_of(source))

    def note(self, plot: str) -> None:
        """Note that a plot has changed."""
        for key, spectrum in self._shown.items():
            if spectrum.body.of == plot:
                self._due[key] = None
        found = self._history.get(plot)
        if found is not None and face_of(found) is not found:
            self._due[plot, ""] = None

    def withdraw(self, plot: str, series: str) -> None:
        """Show a spectrum no longer."""
        self._shown.pop((plot, series), None)
        self._due.pop((plot, series), None)

    def forget(self, plot: str) -> None:
        """Show none any longer in a plot, which was closed."""
        for key in [(plot, ""), *(key for key in self._shown if key[0] == plot)]:
            self.withdraw(*key)

    @property
    def due(self) -> int:
        """Those that have changed."""
        return len(self._due)

    @property
    def interval(self) -> float:
        """Seconds to wait before those that have changed are shown."""
        return max(map(self._interval_of, self._due), default=SHORTEST)

    def _interval_of(self, key: Key) -> float:
        if key in self._shown:
            return self._shown[key].interval
        face = self._face_of(key[0])
        return SHORTEST if face is None else face.interval

    def _face_of(self, name: str) -> Face | None:
        plot = self._history.get(name)
        face = plot and face_of(plot)
        return face if isinstance(face, Face) else None

    def update(self) -> Iterator[Plot | None]:
        """Show that of those that have changed which has waited longest: yield None after each
        slice of the work, and at last its plot.
        """
        if not self._due:
            return
        key = next(iter(self._due))
        del self._due[key]
        if key not in self._shown:
            yield from self._update_face(key[0])
            return
        spectrum = self._shown[key]
        source = self._history.get(spectrum.body.of)
        target = self._history.get_or_create(key[0])
        found = None if source is None else (yield from spectrum.making(source))
        if self._shown.get(key) is not spectrum:
            return  # it is shown no longer, or is another by now
        if found is not None:
            spectrum.show(found, target)
            self._history.grown(target)
        yield target

    def _update_face(self, name: str) -> Iterator[Plot | None]:
        """Show what a plot has of spectra in place of its points, as far as a turn goes."""
        source, face = self._history.get(name), self._face_of(name)
        if source is None or face is None:
            return
        yield from face.turn(source)
        if self._history.get(name) is not source:
            return
        self._history.grown(source)
        if face.is_old(source):
            self._due[name, ""] = None
        yield source

    def notices(self, plot: str) -> list[str]:
        """Return what a user should know of those in a plot, in plain words."""
        here = {key[1]: its for key, its in self._shown.items() if key[0] == plot}
        resampled = [name for name, its in here.items() if its.is_resampled and not its.is_taken]
        source, face = self._history.get(plot), self._face_of(plot)
        return [
            *map(resampled_words, resampled),
            *(
                f"The spectrum of {name} is not shown: points are published here under its name."
                for name, its in here.items()
                if its.is_taken
            ),
            *(face.notices(source) if source and face else ()),
        ]
