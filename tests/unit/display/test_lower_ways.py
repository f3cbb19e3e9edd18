"""Who looks after a plot that no page shows, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from zwsnb.display import lower_ways
from zwsnb.display.lower_ways import (
    EMPTY,
    LATER,
    LATER_EVERY,
    PAGE_WITHIN,
    PICTURE_EVERY,
    WIDGET_WITHIN,
    LowerWays,
    Widget,
)
from zwsnb.display.picture import Output


@dataclass
class FakeWidget:
    """A widget whose views a test makes."""

    has_views: bool = False


@dataclass
class Notebook:
    """Keeps what it is shown, at a time that a test sets."""

    now: float = 0.0
    seen: bool | None = False
    outputs: list[tuple[str, str, bool]] = field(default_factory=list)
    pictures: int = 0
    made: FakeWidget = field(default_factory=FakeWidget)

    def is_seen(self, plot: str) -> bool | None:
        del plot
        return self.seen

    def display(self, output: Output, display_id: str, *, update: bool) -> None:
        self.outputs.append((str(output.data["text/plain"]), display_id, update))

    def widget(self, plot: str, height: int) -> tuple[Widget, Output]:
        return self.made, Output({"text/plain": f"widget of {plot}, {height}"}, {})

    def update_picture(self) -> None:
        self.pictures += 1


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def ways(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> LowerWays:
    """After a plot was shown; the test looks, and no thread."""
    monkeypatch.setattr(LowerWays, "_start", lambda _: None)
    made = LowerWays(notebook, lambda: notebook.now)
    made.show("p", 240)
    return made


def test_a_plot_whose_page_comes_needs_no_more(notebook: Notebook, ways: LowerWays) -> None:
    assert ways.look()
    notebook.now, notebook.seen = 1.0, True
    assert not ways.look()
    notebook.now, notebook.seen = 100.0, False
    assert not ways.look()
    assert [(text, update) for text, _, update in notebook.outputs] == [("", False)]


def test_when_no_page_comes_the_widget_is_shown_in_its_place(
    notebook: Notebook, ways: LowerWays
) -> None:
    notebook.now = PAGE_WITHIN - 0.1
    assert ways.look()
    assert len(notebook.outputs) == 1
    notebook.now = PAGE_WITHIN
    assert ways.look()
    (empty, its, _), (text, the_same, update) = notebook.outputs
    assert (empty, text, update) == (EMPTY.data["text/plain"], "widget of p, 240", True)
    assert its == the_same
    notebook.made.has_views = True
    assert not ways.look()
    assert notebook.pictures == 0


def test_when_no_view_comes_either_the_picture_is_kept_up_once_a_second(
    notebook: Notebook, ways: LowerWays
) -> None:
    notebook.now = 10.0
    ways.look()
    notebook.now += WIDGET_WITHIN - 0.1
    ways.look()
    assert notebook.pictures == 0
    notebook.now += 0.2
    for _ in range(3):
        assert ways.look()
    assert notebook.pictures == 1
    notebook.now += PICTURE_EVERY
    ways.look()
    assert notebook.pictures == 2
    notebook.made.has_views = True
    notebook.now += PICTURE_EVERY
    assert not ways.look(), "a view has come"
    assert notebook.pictures == 2


def test_a_plot_that_is_shown_again_begins_again(notebook: Notebook, ways: LowerWays) -> None:
    notebook.now = PAGE_WITHIN
    ways.look()
    ways.show("p", 240)
    ways.look()
    assert [update for _, _, update in notebook.outputs] == [False, True, False]
    notebook.now += PAGE_WITHIN
    ways.look()
    assert notebook.outputs[-1][1:] == (notebook.outputs[2][1], True)


def test_without_a_service_nothing_is_looked_after(notebook: Notebook, ways: LowerWays) -> None:
    notebook.seen = None
    assert not ways.look()


def test_what_is_forgotten_is_not_shown(notebook: Notebook, ways: LowerWays) -> None:
    ways.forget()
    notebook.now = 100.0
    assert not ways.look()
    assert len(notebook.outputs) == 1


def test_a_thread_looks_until_nothing_is_left(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lower_ways, "LOOK_EVERY", 0.001)
    ways = LowerWays(notebook, lambda: notebook.now)
    ways.show("p", 240)
    thread = ways._thread
    assert thread is not None
    notebook.seen = True
    thread.join(10)
    assert not thread.is_alive()
    ways.show("q", 240)
    assert ways._thread is not thread
    ways.forget()


def test_an_error_of_one_look_ends_nothing(notebook: Notebook, ways: LowerWays) -> None:
    def fail(plot: str) -> bool:
        raise TimeoutError(plot)

    its, notebook.is_seen = notebook.is_seen, fail  # type: ignore[method-assign]
    assert ways.look()
    notebook.is_seen = its  # type: ignore[method-assign]
    notebook.now = PAGE_WITHIN
    assert ways.look()
    assert len(notebook.outputs) == 2


def test_a_plot_that_is_closed_is_forgotten_alone(notebook: Notebook, ways: LowerWays) -> None:
    ways.show("q", 240)
    ways.forget("p")
    notebook.now = PAGE_WITHIN
    assert ways.look()
    assert [text for text, _, update in notebook.outputs if update] == ["widget of q, 240"]


def test_when_nobody_comes_for_long_pictures_are_rare(notebook: Notebook, ways: LowerWays) -> None:
    notebook.now = PAGE_WITHIN
    ways.look()
    notebook.now += LATER + 1
    ways.look()
    notebook.now += PICTURE_EVERY
    ways.look()
    assert notebook.pictures == 1
    notebook.now += LATER_EVERY
    ways.look()
    assert notebook.pictures == 2
