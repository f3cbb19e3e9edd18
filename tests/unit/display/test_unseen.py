"""Plots that nothing shows are shown below the first cell that publishes to them; those whose
outputs a notebook has lost come back with the cell that changes them; and no others do.
"""

from __future__ import annotations

import pytest
from support.eventually import eventually

from zwsnb.display.unseen import Cell, Unseen


class Room:
    """A notebook, its plots, and who looks at them."""

    def __init__(self) -> None:
        self.versions: dict[str, int] = {}
        self.seen: dict[str, int] = {}
        self.titled: set[str] = set()  # have something to see, and no points
        self.page = ""
        self.error: Exception | None = None
        self.again: list[str] = []
        self.flushed = 0
        self.is_captured = False
        self.unseen = Unseen(self, self.first, lambda: self.is_captured)
        for plot in ("a", "b"):
            self.show(plot, "first page")

    def flush(self) -> object:
        self.flushed += 1
        return True

    def version(self, plot: str) -> int | None:
        if self.error is not None:
            raise self.error
        return self.versions.get(plot)

    def points(self, plot: str) -> int:
        return self.versions.get(plot, 0) * (plot not in self.titled)

    def viewers(self, plot: str) -> int:
        return self.seen.get(plot, 0)

    def show(self, plot: str, page: str) -> None:
        self.unseen.show(plot, page, lambda: self.again.append(plot))

    def first(self, plot: str) -> None:
        """What shows a plot for the first time, and again below the same cell."""
        self.again.append(plot)
        self.unseen.show(plot, self.page, lambda: self.first(plot))

    def publish(self, plot: str) -> None:
        is_new = plot not in self.versions
        self.versions[plot] = self.versions.get(plot, 0) + 1
        if is_new:
            self.unseen.publish(plot)

    def begin(self, page: str, name: str = "") -> None:
        self.page = page
        self.unseen.before_cell(Cell(name, page))

    def cell(self, page: str, *plots: str, name: str = "") -> list[str]:
        """Run a cell that publishes to plots; return what is shown by that."""
        self.again.clear()
        self.begin(page, name)
        for plot in plots:
            self.publish(plot)
        self.unseen.after_cell()
        return [*self.again]


@pytest.fixture
def room() -> Room:
    return Room()


def test_a_plot_that_was_lost_comes_back_with_the_next_cell_that_changes_it(room: Room) -> None:
    room.publish("b")
    assert room.cell("second page") == []
    assert room.cell("second page", "a") == ["a"]
    assert room.cell("second page", "a", "b") == ["b"]
    assert room.cell("second page", "a", "b") == []
    assert room.flushed == 3


def test_what_a_cell_captures_is_left_to_the_next_one(room: Room) -> None:
    room.is_captured = True
    assert room.cell("first page", "new") == []
    room.is_captured = False
    assert room.cell("first page", "new") == ["new"]


def test_in_the_page_where_it_was_shown_nothing_is_done(room: Room) -> None:
    assert room.cell("first page", "a", "b") == []
    assert room.flushed == 0


def test_what_somebody_looks_at_is_not_lost_and_never_was(room: Room) -> None:
    room.seen["a"] = 1
    assert room.cell("second page", "a") == []
    room.seen["a"] = 0
    assert room.cell("second page", "a") == []


def test_what_the_cell_shows_itself_is_not_shown_twice(room: Room) -> None:
    room.begin("second page")
    room.publish("a")
    room.show("a", "second page")
    room.unseen.after_cell()
    assert room.again == []


def test_it_comes_back_while_the_cell_runs(room: Room) -> None:
    room.begin("second page")
    room.publish("a")
    eventually(lambda: room.again == ["a"])
    room.unseen.after_cell()
    assert room.again == ["a"]


def test_what_changes_after_the_cell_waits_for_the_next_one(room: Room) -> None:
    room.cell("second page")
    room.publish("a")
    assert room.cell("second page") == []
    assert room.cell("second page", "a") == ["a"]


def test_a_plot_that_is_closed_or_forgotten_does_not_come_back(room: Room) -> None:
    for plot in ("a", "b"):
        room.publish(plot)
    room.begin("second page")
    del room.versions["a"]
    room.unseen.forget("b")
    room.unseen.after_cell()
    assert room.unseen.is_idle
    assert room.cell("second page", "a", "b") == ["a"], "which is a new plot"


def test_a_service_that_does_not_answer_stops_no_cell(room: Room) -> None:
    room.error = RuntimeError("nobody answers")
    assert room.cell("second page", "a") == []
    room.error = None
    room.begin("second page")
    room.error = OSError("nobody answers")
    room.unseen.after_cell()
    room.error = None
    assert room.cell("second page", "a") == ["a"]


def test_all_are_forgotten_at_once(room: Room) -> None:
    room.unseen.forget()
    assert room.unseen.is_idle


# -- plots that nothing has shown ------------------------------------------------------------------


def test_a_plot_that_nothing_shows_is_shown_by_the_first_cell_that_publishes_to_it(
    room: Room,
) -> None:
    assert room.cell("first page", "new", name="one") == ["new"]
    assert room.cell("first page", "new", "newer", name="two") == ["newer"]
    assert room.cell("first page", "new", "newer", name="three") == []


def test_it_is_shown_while_the_cell_runs(room: Room) -> None:
    room.begin("first page", "one")
    room.publish("new")
    eventually(lambda: room.again == ["new"])
    room.publish("new")
    room.unseen.after_cell()
    assert room.again == ["new"]


def test_the_cell_that_runs_again_shows_it_again(room: Room) -> None:
    room.cell("first page", "new", name="one")
    room.seen["new"] = 1  # the output that is being cleared
    for _ in range(2):
        assert room.cell("first page", "new", name="one") == ["new"]
    assert room.cell("first page", name="one") == [], "it publishes no more"


def test_where_cells_have_no_names_it_is_shown_once(room: Room) -> None:
    assert room.cell("first page", "new") == ["new"]
    assert room.cell("first page", "new") == []


def test_a_plot_stands_below_a_cell_once(room: Room) -> None:
    room.begin("first page", "one")
    room.publish("new")
    eventually(lambda: room.again == ["new"])
    assert not room.unseen.claim("new"), "the last line of the cell shows it"
    room.unseen.after_cell()
    room.begin("first page", "two")
    assert room.unseen.claim("new"), "another cell does"


def test_what_the_user_shows_stands_below_its_cell_once(room: Room) -> None:
    assert room.unseen.claim("new"), "no cell runs"
    for cell in ("one", "two", "two"):
        room.begin("first page", cell)
        assert (room.unseen.stands("new"), room.unseen.claim("new")) == (False, True)
        room.show("new", "first page")
        assert (room.unseen.stands("new"), room.unseen.claim("new")) == (True, False)
        room.unseen.after_cell()


def test_a_plot_that_has_come_back_is_not_shown_by_the_last_line_too(room: Room) -> None:
    room.begin("second page")
    room.publish("a")
    eventually(lambda: room.again == ["a"])
    assert not room.unseen.claim("a")


def test_what_is_captured_stands_nowhere(room: Room) -> None:
    room.begin("first page", "one")
    room.is_captured = True
    assert all(room.unseen.claim("new") for _ in range(2))
    room.is_captured = False
    assert room.unseen.claim("new")
    room.is_captured = True
    assert room.unseen.claim("new"), "who captures gets it"


def test_what_is_cleared_or_forgotten_stands_there_no_more(room: Room) -> None:
    room.begin("first page", "one")
    assert room.unseen.claim("new")
    room.unseen.cleared()
    assert room.unseen.claim("new")
    room.unseen.forget("new")
    assert room.unseen.claim("new")
    room.unseen.forget()
    assert room.unseen.claim("new")


def test_what_the_user_shows_first_is_not_shown_again(room: Room) -> None:
    room.begin("first page", "one")
    assert room.unseen.claim("new")
    room.show("new", "first page")
    room.publish("new")
    room.unseen.after_cell()
    assert room.again == []


@pytest.mark.parametrize("is_before", [True, False])
def test_a_plot_in_a_tab_of_its_own_is_not_shown(room: Room, is_before: bool) -> None:
    room.begin("first page", "one")
    if is_before:
        room.unseen.place("new")
        room.publish("new")
    else:
        room.publish("new")
        room.unseen.place("new")
    room.unseen.after_cell()
    assert room.again == []
    assert room.cell("second page", "new", name="two") == []


def test_what_somebody_looks_at_elsewhere_is_not_shown(room: Room) -> None:
    room.seen["new"] = 1
    assert room.cell("first page", "new", name="one") == []


def test_a_thread_between_two_cells_waits_for_one_in_which_it_publishes(room: Room) -> None:
    room.cell("first page", name="one")
    room.publish("new")
    assert room.cell("first page", name="two") == []
    assert room.cell("first page", "new", name="three") == ["new"]


def test_it_can_be_turned_off(room: Room) -> None:
    assert room.cell("first page", "new", name="one") == ["new"]
    room.unseen.is_on = False
    assert room.cell("first page", "new", "newer", name="one") == []
    assert room.cell("second page", "a") == ["a"], "what was lost comes back all the same"


def test_after_a_stop_it_begins_anew(room: Room) -> None:
    room.cell("first page", "new", name="one")
    room.unseen.forget()
    del room.versions["new"]
    assert room.cell("first page", "new", name="two") == ["new"]


def test_the_thread_of_a_cell_that_has_ended_shows_nothing_below_the_next(room: Room) -> None:
    for i in range(5):
        room.begin("first page", f"cell {i}")
        room.publish(f"plot {i}")
        room.unseen.after_cell()
    assert room.again == [f"plot {i}" for i in range(5)]


def test_a_plot_that_is_closed_and_made_anew_in_its_cell_is_shown_anew(room: Room) -> None:
    room.begin("first page", "one")
    room.publish("new")
    eventually(lambda: room.again == ["new"])
    room.unseen.forget("new")
    assert room.unseen.claim("new"), "the user may show it"
    room.unseen.after_cell()


def test_what_was_published_while_it_was_off_is_shown_later(room: Room) -> None:
    room.unseen.is_on = False
    assert room.cell("first page", "new", name="one") == []
    room.unseen.is_on = True
    assert room.cell("first page", "new", name="two") == ["new"]


# -- small frames ----------------------------------------------------------------------------------


class Frame:
    """A small frame, and what has become of it."""

    def __init__(self, room: Room, plot: str) -> None:
        self.room, self.plot = room, plot
        self.became = "small"

    def grow(self) -> None:
        self.became = "large"
        self.room.show(self.plot, self.room.page)

    def remove(self) -> None:
        self.became = "nothing"


@pytest.fixture
def small(room: Room) -> Frame:
    """The small frame of a plot, below a cell that still runs; a page of it is open."""
    frame = Frame(room, "new")
    room.begin("page", "load")
    room.unseen.show_small("new", frame)
    room.seen["new"] = 1
    return frame


def test_a_small_frame_gives_way_to_the_plot_below_another_cell(room: Room, small: Frame) -> None:
    room.unseen.after_cell()
    assert room.cell("page", name="nothing") == []
    assert small.became == "small"
    assert room.cell("page", "new", name="loop") == ["new"]
    assert small.became == "nothing"
    assert room.cell("page", "new", name="loop") == ["new"], "again below its cell"


def test_below_its_own_cell_it_becomes_the_plot(room: Room, small: Frame) -> None:
    room.publish("new")
    room.unseen.after_cell()
    assert (small.became, room.again) == ("large", [])
    assert room.cell("page", "new", name="loop") == []


def test_points_of_another_process_are_seen_where_no_cell_runs_and_where_one_does(
    room: Room, small: Frame
) -> None:
    room.unseen.after_cell()
    room.versions["new"] = 1
    eventually(lambda: small.became == "large")
    other = Frame(room, "other")
    room.unseen.show_small("other", other)
    room.begin("page", "waits")
    room.versions["other"] = 1
    eventually(lambda: other.became == "nothing")
    assert room.again == ["other"]


def test_points_of_a_cell_that_captures_make_it_grow_behind_that(room: Room, small: Frame) -> None:
    room.unseen.after_cell()
    room.is_captured = True
    assert room.cell("page", "new", name="loop") == []
    assert small.became == "small"
    room.is_captured = False
    room.unseen.after_cell()  # that of the cell around what was captured
    assert (small.became, room.again) == ("large", [])


def test_what_the_user_shows_is_not_shown_small(room: Room, small: Frame) -> None:
    room.unseen.after_cell()
    room.begin("page", "shows")
    assert room.unseen.claim("new")
    assert small.became == "nothing"


def test_however_many_views_of_a_small_frame_there_are_the_plot_is_shown(
    room: Room, small: Frame
) -> None:
    room.unseen.after_cell()
    room.seen["new"] = 3
    assert room.cell("page", "new", name="loop") == ["new"]
    assert small.became == "nothing"


def test_a_title_is_no_point_and_waits_for_the_loop(room: Room, small: Frame) -> None:
    room.unseen.after_cell()
    room.titled.add("new")
    room.versions["new"] = 1
    assert room.cell("page", name="options") == []
    assert small.became == "small"
    room.titled.clear()
    assert room.cell("page", "new", name="loop") == ["new"]


def test_after_a_stop_nothing_waits_for_points(room: Room, small: Frame) -> None:
    room.unseen.forget()
    assert room.unseen.is_idle
    eventually(lambda: room.unseen._awaiting is None)
    assert small.became == "small"
