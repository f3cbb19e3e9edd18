"""`Shown`: what a plot says of itself, and its page in a browser."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from zwsnb import api, widgets
from zwsnb.display import browser
from zwsnb.display.embed import Embedding
from zwsnb.display.ways import Ways
from zwsnb.notebook import outputs
from zwsnb.plot.shown import Shown
from zwsnb.server import static_files


class Handle(Shown):
    name = "loss"
    height = 200

    def __init__(self) -> None:
        self._options = {"window": 5, "title": "Run"}


class Service:
    ways = Ways()

    def url(self, plot: str) -> str:
        return f"http://relay.test/?plot={plot}"

    def url_for_once(self, plot: str) -> str:
        return f"http://relay.test/?once=1&plot={plot}"

    def embedding(self, plot: str, *, claims: bool = True) -> Embedding:
        query = f"plot={plot}{'&claim=1' if claims else ''}"
        return Embedding(plot, "http://relay.test", query, ask="", key="", ways=self.ways)

    def stats(self) -> dict[str, object]:
        return {"plots": {}}


@pytest.fixture
def _running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "current", Service)
    monkeypatch.setattr(api, "service", Service)


TEXT = "Plot('loss', window=5, title='Run')"


def test_without_a_service_it_says_its_name_and_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "current", lambda: None)
    assert repr(Handle()) == TEXT


@pytest.mark.usefixtures("_running")
def test_with_one_it_says_where_it_is_and_nothing_that_opens_it() -> None:
    assert repr(Handle()) == f"{TEXT} at http://relay.test/ (.url opens it)"


@pytest.mark.usefixtures("_running")
def test_outside_of_a_notebook_its_form_is_a_frame_of_its_height() -> None:
    bundle = Handle()._repr_mimebundle_()
    assert isinstance(bundle, dict)
    assert bundle["text/plain"] == TEXT
    assert "http://relay.test/?plot=loss" in bundle["text/html"]
    assert 'height="200"' in bundle["text/html"]


@pytest.mark.usefixtures("_running")
@pytest.mark.parametrize("mode", ["run", "edit"])
def test_in_an_application_of_marimo_the_frame_only_looks(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    marimo = SimpleNamespace(app_meta=lambda: SimpleNamespace(mode=mode))
    monkeypatch.setitem(sys.modules, "marimo", marimo)
    assert ("claim" in str(Handle()._repr_mimebundle_())) is (mode == "edit")


@pytest.mark.usefixtures("_running")
@pytest.mark.parametrize("is_marimo", [False, True])
def test_where_a_frame_might_show_another_program_as_the_hosts_own_there_is_none(
    is_marimo: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Service, "ways", Ways("https://lab.test/proxy/{port}/"))
    monkeypatch.setattr(static_files, "widget_script", lambda: "export default {}")
    marimo = SimpleNamespace(running_in_notebook=lambda: is_marimo)
    monkeypatch.setitem(sys.modules, "marimo", marimo)
    bundle = Handle()._repr_mimebundle_()
    assert isinstance(bundle, dict)
    assert "<iframe" not in str(bundle)
    assert ("application/vnd.jupyter.widget-view+json" in bundle) is is_marimo
    link = '<a href="https://lab.test/proxy/80/?plot=loss&amp;claim=1"'
    assert (link in str(bundle)) is not is_marimo
    assert bundle["text/plain"] == TEXT
    widgets.forget("loss")


@pytest.mark.usefixtures("_running")
@pytest.mark.parametrize("is_opened", [True, False])
def test_its_address_is_printed_where_no_browser_is(
    is_opened: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []

    def open_page(url: str) -> bool:
        opened.append(url)
        return is_opened

    monkeypatch.setattr(browser, "open_page", open_page)
    monkeypatch.setattr(outputs, "placed", lambda _name: None)
    assert Handle().open() == "http://relay.test/?plot=loss"
    assert opened == ["http://relay.test/?once=1&plot=loss"]
    assert bool(capsys.readouterr().out) is not is_opened
