"""A page is opened in a browser that can draw it, or it is said that there is none."""

from __future__ import annotations

import webbrowser

import pytest

from zwsnb.display import browser

URL = "http://127.0.0.1:1/?token=t"


class Graphical(webbrowser.BaseBrowser):
    """A browser that keeps what it opens."""

    def __init__(self, *, works: bool = True) -> None:
        super().__init__()
        self.works = works
        self.opened: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: ARG002 - as webbrowser has it
        self.opened.append(url)
        return self.works


@pytest.mark.parametrize("works", [True, False])
def test_a_browser_is_given_the_address(monkeypatch: pytest.MonkeyPatch, *, works: bool) -> None:
    graphical = Graphical(works=works)
    monkeypatch.setattr(webbrowser, "get", lambda: graphical)
    assert browser.open_page(URL) is works
    assert graphical.opened == [URL]


def test_without_a_browser_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> webbrowser.BaseBrowser:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    assert not browser.open_page(URL)


@pytest.mark.parametrize(("environment", "is_opened"), [(None, False), ("true %s", True)])
def test_one_of_the_terminal_is_opened_where_the_user_has_chosen_it(
    monkeypatch: pytest.MonkeyPatch, environment: str | None, *, is_opened: bool
) -> None:
    monkeypatch.delenv("BROWSER", raising=False)
    if environment is not None:
        monkeypatch.setenv("BROWSER", environment)
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("true"))
    assert browser.open_page(URL) is is_opened
