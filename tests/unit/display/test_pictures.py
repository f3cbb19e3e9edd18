"""Keeping pictures up: when they are taken, what is updated, and that nothing piles up."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence

import pytest
from support.eventually import eventually

from zwsnb.display.picture import Drawing, Output
from zwsnb.display.pictures import LEAST_BETWEEN, MOST_PLOTS, Pictures


class Plots:
    """Plots whose snapshots are their names and versions."""

    def __init__(self) -> None:
        self.versions: dict[str, int] = {}
        self.flushed = 0
        self.error: Exception | None = None
        self.taken: list[str] = []
        self.asked: list[str] = []  # whose pages
        self.draw: Callable[[str], Drawing | None] = lambda _: None

    def flush(self) -> object:
        self.flushed += 1
        return True

    def version(self, plot: str) -> int | None:
        if self.error is not None:
            raise self.error
        return self.versions.get(plot)

    def snapshot(self, plot: str) -> str:
        if plot not in self.versions:
            raise KeyError(plot)
        self.taken.append(plot)
        return f"<svg><desc>{plot} {self.versions[plot]}</desc></svg>"

    def picture(self, plot: str) -> Drawing | None:
        self.asked.append(plot)
        return self.draw(plot)


class Notebook:
    """What a notebook has been sent, and what it shows."""

    def __init__(self) -> None:
        self.outputs: list[str] = []  # the display_id of each
        self.content: dict[str, Output] = {}
        self.updates = 0
        self.error: Exception | None = None

    def display(self, output: Output, display_id: str, *, update: bool) -> None:
        if self.error is not None:
            raise self.error
        if update:
            assert display_id in self.content, "an update of nothing"
            self.updates += 1
        else:
            self.outputs.append(display_id)
        self.content[display_id] = output

    def words(self) -> list[str]:
        """The ends of the texts of the outputs, from the top to the bottom."""
        return [self.content[each].data["text/plain"].rpartition(": ")[2] for each in self.outputs]


class Room:
    """Pictures with all that they need, and a clock that stands still."""

    def __init__(self) -> None:
        self.plots, self.notebook = Plots(), Notebook()
        self.rendered: list[int] = []
        self.timeouts: list[float] = []
        self.gate = threading.Event()
        self.gate.set()
        self.now = 100.0
        self.pictures = Pictures(self.plots, self.notebook, self.render, lambda: self.now)

    def render(self, svgs: Sequence[str], timeout: float) -> Sequence[str | None]:
        self.rendered.append(len(svgs))
        self.timeouts.append(timeout)
        self.gate.wait(10)
        return ["PNG" for _ in svgs]

    def shows(self, *words: str) -> bool:
        return self.notebook.words() == list(words)

    def is_still(self) -> bool:
        return self.pictures._thread is None


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room()
    yield made
    made.now += 1000
    made.gate.set()
    eventually(made.is_still)


def test_a_picture_follows_at_the_end_of_the_cell(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")
    assert room.shows("no picture yet")
    room.pictures.after_cell(wait=False)
    eventually(lambda: room.shows("p 1"))
    assert room.notebook.content[room.notebook.outputs[0]].data["image/png"] == "PNG"
    assert room.plots.flushed == 1


def test_it_waits_for_nothing_but_nobody(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")
    room.gate.clear()
    room.pictures.after_cell(wait=False)
    assert room.shows("no picture yet")
    room.gate.set()
    room.plots.versions["p"] = 2
    room.pictures.after_cell(wait=True)
    assert room.shows("p 2")


def test_a_plot_that_has_not_changed_is_no_work(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")
    for _ in range(3):
        room.pictures.after_cell(wait=True)
    assert (room.rendered, room.plots.taken) == ([1], ["p"])


@pytest.mark.parametrize("versions", [{}, {"p": 0}])
def test_a_plot_without_anything_is_no_work(versions: dict[str, int], room: Room) -> None:
    room.plots.versions = versions
    room.pictures.show("p")
    room.pictures.after_cell(wait=True)
    assert (room.rendered, room.plots.taken, room.notebook.updates) == ([], [], 0)


def test_where_nothing_was_shown_there_is_no_work_at_all(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.after_cell(wait=True)
    room.pictures.after_cell(wait=False)
    room.pictures.look()
    room.pictures.at_exit()
    assert room.plots.flushed == 0
    assert room.is_still()
    assert room.pictures.is_idle


def test_cells_that_end_quickly_share_a_picture_and_the_last_state_comes(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")
    room.pictures.after_cell(wait=False)
    eventually(lambda: room.shows("p 1"))
    for version in range(2, 9):
        room.plots.versions["p"] = version
        room.pictures.after_cell(wait=False)
    assert room.plots.taken == ["p"]
    room.now += LEAST_BETWEEN
    eventually(lambda: room.shows("p 8"))
    assert room.plots.taken == ["p", "p"]


def test_pictures_that_take_long_are_taken_seldom(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")

    def slow() -> object:
        room.now += 0.5
        return True

    room.plots.flush = slow  # type: ignore[method-assign]
    room.pictures.after_cell(wait=False)
    eventually(lambda: room.shows("p 1"))
    assert room.pictures._due == 100.5 + 5


def test_outputs_of_one_plot_are_one_picture(room: Room) -> None:
    room.plots.versions |= {"p": 1, "q": 1}
    for plot in ("p", "q", "p"):
        room.pictures.show(plot)
    room.pictures.after_cell(wait=True)
    assert room.shows("p 1", "q 1", "p 1")
    assert (room.rendered, room.notebook.updates) == ([2], 2)
    room.pictures.show("p")
    assert room.shows("p 1", "q 1", "p 1", "p 1"), "a new output has the picture at once"


def test_only_what_has_changed_is_rendered(room: Room) -> None:
    room.plots.versions |= {"p": 1, "q": 1}
    room.pictures.show("p")
    room.pictures.show("q")
    room.pictures.after_cell(wait=True)
    room.plots.versions["q"] = 2
    room.pictures.after_cell(wait=True)
    assert room.rendered == [2, 1]
    assert room.shows("p 1", "q 2")


def test_of_very_many_plots_the_newest_are_kept_up(room: Room) -> None:
    names = [f"p{i}" for i in range(MOST_PLOTS + 5)]
    room.plots.versions = dict.fromkeys(names, 1)
    for name in names:
        room.pictures.show(name)
    room.pictures.after_cell(wait=True)
    assert room.notebook.words() == ["no picture yet"] * 5 + [f"{name} 1" for name in names[5:]]


def test_a_plot_that_was_closed_keeps_its_last_picture(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")
    room.pictures.after_cell(wait=True)
    del room.plots.versions["p"]
    room.pictures.after_cell(wait=True)
    assert room.shows("p 1")
    assert room.pictures.is_idle
    room.plots.versions["p"] = 7
    room.pictures.show("p")
    room.pictures.after_cell(wait=True)
    assert room.shows("p 1", "p 7"), "a new plot of that name is another one"


def test_what_is_looked_at_before_the_end_comes_after_it(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")
    room.pictures.look()
    room.pictures.forget()
    room.plots.versions.clear()
    eventually(lambda: room.shows("p 1"))
    eventually(lambda: room.pictures.is_idle)


def test_a_cell_that_stops_waits_for_the_last_picture_where_nobody_is(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")
    room.gate.clear()
    room.pictures.look()
    room.pictures.forget()
    eventually(lambda: bool(room.rendered))
    threading.Timer(0.1, room.gate.set).start()
    room.pictures.after_cell(wait=True)
    assert room.shows("p 1")


def test_a_frozen_picture_stays(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.freeze("p")
    eventually(lambda: room.shows("p 1"))
    room.plots.versions["p"] = 2
    room.pictures.after_cell(wait=True)
    assert room.shows("p 1")
    with pytest.raises(KeyError):
        room.pictures.freeze("none")
    assert room.shows("p 1")


def test_at_the_exit_the_last_state_is_shown(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")
    room.pictures.at_exit()
    assert room.shows("p 1")
    assert room.pictures.is_idle
    assert room.timeouts == [1.5]


def test_a_forked_child_leaves_the_pictures_alone(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")
    monkeypatch.setattr(os, "getpid", lambda: -1)
    room.pictures.after_cell(wait=True)
    room.pictures.look()
    room.pictures.at_exit()
    assert room.shows("no picture yet")


@pytest.mark.parametrize("error", [OSError("no"), RuntimeError("no"), TimeoutError("no")])
def test_a_service_that_does_not_answer_leaves_the_picture(error: Exception, room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")
    room.plots.error = error
    room.pictures.after_cell(wait=True)
    assert room.shows("no picture yet")
    room.plots.error = None
    room.pictures.after_cell(wait=True)
    assert room.shows("p 1")


def test_a_notebook_that_takes_nothing_any_more_is_no_error(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.pictures.show("p")
    room.notebook.error = OSError("closed")
    room.pictures.after_cell(wait=True)
    assert not room.notebook.updates


def test_without_a_renderer_it_is_an_svg(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.plots.versions["p"] = 1
    monkeypatch.setattr(room.pictures, "_render", lambda svgs, _: [None for _ in svgs])
    room.pictures.show("p")
    room.pictures.after_cell(wait=True)
    assert "data:image/svg+xml" in room.notebook.content[room.notebook.outputs[0]].data["text/html"]


# -- the drawing of a page -------------------------------------------------------------------------


def page_draws(plot: str) -> Drawing:
    return Drawing(f"drawing of {plot}", 900.4, 359.0)


def png_of(room: Room, output: int = 0) -> str:
    return str(room.notebook.content[room.notebook.outputs[output]].data.get("image/png"))


def test_what_a_page_draws_is_the_picture_in_its_size_with_the_words_of_the_snapshot(
    room: Room,
) -> None:
    room.plots.versions["p"] = 1
    room.plots.draw = page_draws
    room.pictures.show("p")
    room.pictures.after_cell(wait=False)
    eventually(lambda: room.shows("p 1"))
    output = room.notebook.content[room.notebook.outputs[0]]
    assert output.data["image/png"] == "drawing of p"
    size = {"width": 900, "height": 359}
    assert output.metadata["image/png"] == size | {"alt": output.data["text/plain"]}
    assert sum(room.rendered) == 0


def test_only_what_no_page_draws_is_rendered(room: Room) -> None:
    room.plots.versions |= {"p": 1, "q": 1, "r": 1}
    room.plots.draw = lambda plot: page_draws(plot) if plot == "q" else None
    for plot in "pqr":
        room.pictures.show(plot)
    room.pictures.after_cell(wait=False)
    eventually(lambda: room.shows("p 1", "q 1", "r 1"))
    assert [png_of(room, i) for i in range(3)] == ["PNG", "drawing of q", "PNG"]
    assert room.rendered == [2]


@pytest.mark.parametrize("error", [OSError("no"), RuntimeError("no"), TimeoutError("no")])
def test_a_page_that_cannot_be_asked_leaves_it_to_the_snapshot(
    error: Exception, room: Room
) -> None:
    def fail(_: str) -> Drawing | None:
        raise error

    room.plots.versions["p"] = 1
    room.plots.draw = fail
    room.pictures.show("p")
    room.pictures.after_cell(wait=False)
    eventually(lambda: room.shows("p 1"))
    assert png_of(room) == "PNG"


def test_a_plot_that_has_not_changed_is_not_drawn_again(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.plots.draw = page_draws
    room.pictures.show("p")
    for _ in range(3):
        room.pictures.after_cell(wait=False)
        eventually(room.is_still)
        room.now += LEAST_BETWEEN
    assert room.plots.asked == ["p"]
    room.pictures.at_exit()
    assert (png_of(room), room.plots.asked) == ("drawing of p", ["p"])


@pytest.mark.parametrize("when", ["unattended", "stop", "exit", "freeze"])
def test_no_page_is_asked_where_nobody_looks_or_the_time_is_short(when: str, room: Room) -> None:
    room.plots.versions["p"] = 1
    room.plots.draw = page_draws
    if when == "freeze":
        room.pictures.freeze("p")
    else:
        room.pictures.show("p")
    if when == "unattended":
        room.pictures.after_cell(wait=True)
    elif when == "stop":
        room.pictures.look()
        room.pictures.forget()
    elif when == "exit":
        room.pictures.at_exit()
    eventually(lambda: room.shows("p 1") and room.is_still())
    assert (png_of(room), room.plots.asked) == ("PNG", [])


def test_the_end_of_the_process_does_not_wait_for_a_page(room: Room) -> None:
    asked, gate = threading.Event(), threading.Event()

    def think(plot: str) -> Drawing | None:
        asked.set()
        gate.wait(10)
        return page_draws(plot)

    room.plots.versions["p"] = 1
    room.plots.draw = think
    room.pictures.show("p")
    room.pictures.after_cell(wait=False)
    assert asked.wait(10)
    room.pictures.at_exit()
    assert room.shows("p 1")
    gate.set()
    eventually(room.is_still)
    assert png_of(room) == "PNG", "what comes too late is not shown"


def test_pages_that_take_long_do_not_keep_the_others_waiting(room: Room) -> None:
    def think(plot: str) -> Drawing | None:
        room.now += 3.0
        return page_draws(plot)

    room.plots.versions = dict.fromkeys("pqrs", 1)
    room.plots.draw = think
    for plot in "pqrs":
        room.pictures.show(plot)
    room.pictures.after_cell(wait=False)
    eventually(lambda: room.shows("p 1", "q 1", "r 1", "s 1"))
    assert room.plots.asked == ["p", "q"]
    assert png_of(room, 3) == "PNG"


def test_a_page_that_would_draw_the_next_cell_is_not_asked(room: Room) -> None:
    room.plots.versions["p"] = 1
    room.plots.draw = page_draws
    room.pictures.show("p")
    snapshot = room.plots.snapshot

    def and_then_the_next_cell_begins(plot: str) -> str:
        svg = snapshot(plot)
        room.plots.versions["p"] = 2
        return svg

    room.plots.snapshot = and_then_the_next_cell_begins  # type: ignore[method-assign]
    room.pictures.after_cell(wait=False)
    eventually(lambda: room.shows("p 1"))
    assert (room.plots.asked, png_of(room)) == ([], "PNG")


def test_what_it_has_drawn_of_the_next_cell_is_not_taken(room: Room) -> None:
    def draw(plot: str) -> Drawing:
        room.plots.versions["p"] = 2
        return page_draws(plot)

    room.plots.versions["p"] = 1
    room.plots.draw = draw
    room.pictures.show("p")
    room.pictures.after_cell(wait=False)
    eventually(lambda: room.shows("p 1"))
    assert (room.plots.asked, png_of(room)) == (["p"], "PNG")


def test_what_no_page_draws_does_not_wait_for_one(room: Room) -> None:
    asked, answer = threading.Event(), threading.Event()

    def draw(plot: str) -> Drawing:
        asked.set()
        answer.wait(10)
        return page_draws(plot)

    room.plots.versions |= {"p": 1, "q": 1}
    room.plots.draw = draw
    room.pictures.show("p")
    room.pictures.freeze("q")
    room.pictures.after_cell(wait=False)
    assert asked.wait(10)
    assert room.shows("no picture yet", "q 1")
    answer.set()
    eventually(lambda: room.shows("p 1", "q 1"))
