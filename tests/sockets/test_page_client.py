"""A page over a real WebSocket: what it is sent, pages that are slow or strange, and the end."""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Iterator
from threading import Event

import gevent
import numpy as np
import pytest
from support.eventually import PATIENCE, eventually
from support.services import Page, address, closing, own, page, running, stats, viewers
from websockets.sync.client import connect

from zwsnb import __version__
from zwsnb.clients import large, page_client
from zwsnb.clients.told import listing, told
from zwsnb.history import plots
from zwsnb.protocol.batch import Clear, Close, Mark, SetOptions
from zwsnb.protocol.messages import VERSION, Bar, Progress
from zwsnb.service.service import Service
from zwsnb.view.subscription import Subscription


def test_a_page_is_greeted_and_shown_what_there_is(service: Service, plot: str) -> None:
    own(service).send_command(SetOptions(plot, {"title": "Titel", "window": 30.0}))
    own(service).bind(plot)([1, 2], [3, 4], series="a")
    with page(service, plot=plot) as viewer:
        hello = viewer.said[0]
        assert (hello["type"], hello["version"], hello["zwsnb"]) == ("hello", VERSION, __version__)
        assert (hello["plot"], hello["options"]["title"], hello["options"]["window"]) == (
            plot,
            "Titel",
            30.0,
        )
        viewer.look()
        assert viewer.hear_of("series")["series"] == [
            {"id": 0, "name": "a", "of": "a", "run": "", "number": 0, "cell": None, "slot": 0}
        ]
        viewer.until_x(2)
        assert viewer.page.vertices[0].tolist() == [[1, 3], [2, 4]]


def test_a_page_hears_of_what_comes_new(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as viewer:
        viewer.look()
        publish(1, 1)
        viewer.until_x(1)
        publish(1, 1, series="b")
        said = viewer.hear_of("series")["series"]
        assert [(one["id"], one["name"]) for one in said] == [(0, "y"), (1, "b")]
        viewer.until_x(1, series=1)
        own(service).send_command(SetOptions(plot, {"style": "step"}))
        assert viewer.hear_of("options")["options"]["style"] == "step"
        own(service).send_command(Mark(plot, 1.0, "here"))
        while not (marks := viewer.hear_of("marks"))["marks"]:
            pass
        assert marks["marks"] == [{"x": 1.0, "text": "here"}]
        own(service).send_command(Progress(plot, (Bar("half", 0.5), Bar("?", None))))
        bars = [{"text": "half", "part": 0.5}, {"text": "?", "part": None}]
        assert viewer.hear_of("progress")["bars"] == bars
        own(service).send_command(Clear(plot))
        assert viewer.hear_of("progress")["bars"] == []
        publish(7, 7)
        viewer.until_x(7)
        assert viewer.page.vertices[0].tolist() == [[7, 7]]


def test_a_page_learns_the_difference_of_the_clocks(service: Service, plot: str) -> None:
    with page(service, plot=plot) as viewer:
        viewer.say("clock", sent=12.5)
        said = viewer.hear_of("clock")
        assert said["sent"] == 12.5
        assert said["clock"] > 1.7e9


def test_a_page_that_pauses_gets_nothing_and_is_current_at_once(
    service: Service, plot: str
) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as viewer:
        viewer.look()
        publish(1, 1)
        viewer.until_x(1)
        viewer.look(paused=True)
        eventually(lambda: viewers(service, plot)[0]["paused"])
        patches = viewers(service, plot)[0]["patches"]
        publish(np.arange(2, 1000), np.zeros(998))
        assert viewers(service, plot)[0]["patches"] == patches
        viewer.look(paused=False)
        viewer.until_x(999)


def test_a_page_that_never_acks_holds_up_nobody(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as silent, page(service, plot=plot) as good:
        silent.look()
        good.look()
        for i in range(100):
            publish(np.arange(i * 100, i * 100 + 100), np.zeros(100))
            good.until_x(i * 100 + 99)
            viewers(service, plot)
        eventually(lambda: viewers(service, plot)[1]["queued"] == 0)
        first, second = viewers(service, plot)
        assert (first["in_flight"], first["patches"], second["in_flight"]) == (2, 2, 0)
        assert second["patches"] >= 100
        while len(silent.owed) < 2:
            silent.hear()
        silent.until_x(9999)


def test_who_waits_for_other_pages_is_heard_and_told_what_is_new(
    service: Service, plot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as viewer:
        viewer.look()
        publish(1, 1)
        viewer.hear_of("series")
        while not viewer.owed:
            viewer.hear()
        publish(2, 2)
        monkeypatch.setattr(page_client, "LARGE", 1)
        monkeypatch.setattr(large, "LARGE", 1)
        monkeypatch.setattr(large, "MOST", -(1 << 28))  # there is room for nobody
        viewer.ack()
        viewer.say("clock", sent=12.5)
        viewer.hear_of("clock")
        own(service).send_command(SetOptions(plot, {"title": "New"}))
        assert viewer.hear_of("options")["options"]["title"] == "New"
        own(service).send_command(Mark(plot, 1.0, "here"))
        assert viewer.hear_of("marks")["marks"]
        assert viewer.page.newest == {0: (1, 1)}
        monkeypatch.setattr(large, "MOST", 1 << 28)
        viewer.until_x(2)


def test_what_came_while_a_patch_waited_is_told_before_it(
    service: Service, plot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as viewer:
        viewer.look()
        publish(1, 1)
        viewer.until_x(1)

        waits, goes = Event(), Event()

        @contextlib.contextmanager
        def making(*_: object, **__: object) -> Iterator[None]:
            waits.set()
            while not goes.is_set():
                gevent.sleep(0.01)
            yield

        monkeypatch.setattr(large.LargePatches, "making", making)
        publish(2, 2)
        assert waits.wait(PATIENCE)
        publish(2, 2, series="b")
        eventually(lambda: len(stats(service)["plots"][plot]["series"]) == 2)
        goes.set()
        heard = []
        while (said := viewer.hear()) is not None:
            heard.append(said["type"])
        assert "series" in heard
        viewer.until_x(2, series=1)


def test_pages_come_and_go_and_nothing_of_them_stays(service: Service, plot: str) -> None:
    for _ in range(20):
        with page(service, plot=plot) as viewer:
            viewer.look()
    eventually(lambda: stats(service)["viewers"] == 0)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "3",
        "null",
        "{}",
        "[" * 30_000,
        '{"type": "ack"}',
        '{"type": "ack", "patch": 99}',
        '{"type": "ack", "patch": "1"}',
        '{"type": "ack", "patch": null}',
        '{"type": "view"}',
        '{"type": "view", "width": 1' + 400 * "0" + ', "mode": "all"}',
        '{"type": "view", "width": 10, "mode": "follow", "window": NaN}',
        '{"type": "view", "width": 10, "mode": "range", "from": 2, "to": 1}',
        '{"type": "clock"}',
        '{"type": "read", "id": 1, "x": "a"}',
        '{"type": "read", "id": 1, "x": 1' + 400 * "0" + "}",
        '{"type": "measure", "id": 1, "from": 1}',
        b"\xff\xfe binary",
    ],
)
def test_a_page_that_talks_nonsense_is_counted_and_served(
    service: Service, plot: str, message: str | bytes
) -> None:
    own(service).bind(plot)(1, 1)
    before = refused(service, "bad page message")
    with page(service, plot=plot) as viewer:
        viewer.socket.send(message)
        viewer.look()
        viewer.until_x(1)
    assert refused(service, "bad page message") == before + 1


@pytest.mark.parametrize(
    "message", ['{"type": "dance", "steps": 3}', '{"type": []}', '{"type": null}']
)
def test_words_of_tomorrow_are_counted_and_the_page_is_served(
    service: Service, plot: str, message: str
) -> None:
    own(service).bind(plot)(1, 1)
    before = refused(service, "unknown page message")
    with page(service, plot=plot) as viewer:
        viewer.socket.send(message)
        viewer.look()
        viewer.until_x(1)
    assert refused(service, "unknown page message") == before + 1


def test_an_ack_of_a_patch_that_was_not_sent_is_counted_and_the_page_is_served(
    service: Service, plot: str
) -> None:
    own(service).bind(plot)(1, 1)
    before = refused(service, "bad page message")
    with page(service, plot=plot) as viewer:
        viewer.say("ack", patch=99)
        viewer.look()
        viewer.until_x(1)
    assert refused(service, "bad page message") == before + 1


def runs_heard(viewer: Page) -> list[tuple[int, str]]:
    """Return the list of series as it comes next: numbers and names."""
    return [(one["id"], one["name"]) for one in viewer.hear_of("series")["series"]]


def test_a_page_renames_and_removes_runs_and_all_pages_hear_of_it(
    service: Service, plot: str
) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as viewer, page(service, plot=plot) as other:
        for y in (1, 2):
            publish([1, 2, 3], [y, y, y], series="loss")
        for each in (viewer.look(), other.look()):
            assert runs_heard(each) == [(1, "loss"), (0, "loss (1)")]
        viewer.say("rename", id=0, to="baseline")
        for each in (viewer, other):
            assert runs_heard(each) == [(1, "loss"), (0, "baseline")]
        other.say("remove", id=0)
        for each in (viewer, other):
            assert runs_heard(each) == [(1, "loss")]
        publish(4, 4, series="loss")
        viewer.until_x(4, series=1)
        assert viewers(service, plot)[0]["accepted"] == 7, "removed points were taken once"


def test_cleared_and_published_at_once_a_series_never_goes(
    service: Service, plot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "HOLD", 10.0)
    publish = own(service).bind(plot)
    with page(service, plot=plot) as viewer:
        publish(1, 1)
        viewer.look().until_x(1)
        for x in range(2, 6):
            own(service).send_command(Clear(plot))
            eventually(lambda: not stats(service)["plots"][plot]["series"])
            publish(x, x)
            viewer.until_x(x)
            assert viewer.page.vertices[0].tolist() == [[x, x]]
        lists = [said["series"] for said in viewer.said if said["type"] == "series"]
    assert [len(each) for each in lists] == [1] * 5


def test_a_series_that_is_cleared_and_does_not_come_again_is_gone(
    service: Service, plot: str
) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as viewer:
        publish(1, 1)
        publish(1, 1, series="other")
        viewer.look().until_x(1, series=1)
        own(service).send_command(Clear(plot, "other"))
        assert runs_heard(viewer) == [(0, "y")]
        publish(2, 2)
        viewer.until_x(2)


@pytest.mark.parametrize(
    "members",
    [
        {"type": "remove", "id": 7},
        {"type": "rename", "id": 7, "to": "baseline"},
        {"type": "rename", "id": 0, "to": "other"},
    ],
    ids=str,
)
def test_what_cannot_be_renamed_or_removed_is_counted_and_nothing_changes(
    service: Service, plot: str, members: dict[str, object]
) -> None:
    publish = own(service).bind(plot)
    publish(1, 1, series="loss")
    publish(1, 1, series="other")
    before = refused(service, "bad page message")
    with page(service, plot=plot) as viewer:
        viewer.socket.send(json.dumps(members))
        viewer.look()
        assert runs_heard(viewer) == [(0, "loss"), (1, "other")]
        viewer.until_x(1, series=1)
    assert refused(service, "bad page message") == before + 1


def test_an_error_of_zwsnb_is_not_the_page_s_fault_and_does_not_end_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a mistake")

    monkeypatch.setattr("zwsnb.clients.hands.Hands.do", fail)
    with running() as service, page(service) as viewer, caplog.at_level(logging.WARNING):
        publish = own(service).bind("plot")
        publish(1, 1)
        viewer.look().until_x(1)
        viewer.say("click", x=1.0, y=1.0)
        publish(2, 2)
        viewer.until_x(2)
        eventually(lambda: stats(service)["counts"] == {"errors": 1})
        while not any("errors" in said.get("counts", {}) for said in viewer.said):
            viewer.hear()
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    assert record.exc_info[0] is KeyError


def test_an_error_in_an_answer_is_told_and_the_page_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("a mistake")

    with running() as service, page(service) as viewer, caplog.at_level(logging.WARNING):
        publish = own(service).bind("plot")
        publish(1, 1)
        viewer.look().until_x(1)
        with monkeypatch.context() as patch:
            patch.setattr("zwsnb.clients.asked.reading.nearest", fail)
            viewer.say("read", id=1, x=1.0)
            eventually(lambda: stats(service)["counts"] == {"errors": 1})
        viewer.say("read", id=2, x=1.0)
        assert viewer.hear_of("read")["id"] == 2
    assert "KeyError" in caplog.text


@pytest.mark.parametrize(
    ("owner", "name"), [(Subscription, "patching"), (listing, "described")], ids=str
)
def test_an_error_in_what_is_sent_is_told_and_the_page_goes_on(
    owner: object, name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = getattr(owner, name)
    failed: list[bool] = []

    def fail_once(*of: object) -> object:
        if not failed:
            failed.append(True)
            raise KeyError("a mistake")
        return whole(*of)

    monkeypatch.setattr(page_client, "REST", 0.05)
    monkeypatch.setattr(page_client, "STATUS_EVERY", 0.05)
    monkeypatch.setattr(owner, name, fail_once)
    with running() as service, page(service) as viewer, caplog.at_level(logging.ERROR):
        publish = own(service).bind("plot")
        publish(1, 1)
        viewer.look().until_x(1)
        publish(2, 2)
        viewer.until_x(2)
        assert viewer.page.vertices[0].tolist() == [[1, 1], [2, 2]]
        while not any("errors" in said.get("counts", {}) for said in viewer.said):
            viewer.hear()
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [KeyError]


def refused(service: Service, kind: str) -> int:
    """How many messages of a kind were refused."""
    return stats(service)["counts"].get("refused", {}).get(kind, 0)


def test_a_plot_without_points_goes_with_its_last_viewer(service: Service, plot: str) -> None:
    with page(service, plot=plot), page(service, plot=plot):
        assert len(viewers(service, plot)) == 2
    eventually(lambda: plot not in stats(service)["plots"])


def test_a_page_gets_what_x_is_and_whether_that_is_a_guess(service: Service) -> None:
    with page(service, plot="clock") as viewer:
        own(service).publish(1795811940.5, 1.0, None, "clock", {})
        said = viewer.hear_of("options")
        assert (said["options"]["time"], said["guessed"]) == (True, ["time"])
        own(service).send_command(SetOptions("clock", {"time": True}))
        said = viewer.hear_of("options")
        assert (said["options"]["time"], said["guessed"]) == (True, [])


def test_a_plot_that_got_points_or_options_while_it_was_watched_stays(service: Service) -> None:
    with page(service, plot="points") as one, page(service, plot="options") as other:
        own(service).bind("points")(1, 1)
        own(service).send_command(SetOptions("options", {"title": "Titel"}))
        one.look().until_x(1)
        assert other.hear_of("options")["options"]["title"] == "Titel"
    eventually(lambda: not stats(service)["viewers"])
    assert {"points", "options"} <= set(stats(service)["plots"])


def test_a_page_that_waits_takes_no_place_from_a_producer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plots, "MAX_PLOTS", 2)
    with running() as service, page(service, plot="waits") as viewer:
        for name in "ab":
            own(service).bind(name)(1, 1)
        assert set(stats(service)["plots"]) == {"waits", "a", "b"}
        own(service).bind("c")(1, 1)
        assert refused(service, "too many plots or series") == 1
        with connect(address(service, "/ws", "ws", v=VERSION, plot="d"), proxy=None) as late:
            sentence = "there are 2 plots, and no room for 'd': close some"
            assert closing(Page(late)) == (1008, sentence)
        viewer.look().hear()


@pytest.mark.parametrize("window", [1e-300, 1e-9, 1.7e308])
def test_a_page_may_look_at_any_width(service: Service, plot: str, window: float) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as viewer:
        viewer.look(mode="follow", window=window)
        for x in (-1e308, 0.0, 1.7e9, 1e308):
            publish([x, x], [1, 2])
            viewer.until_x(x)


# -- the end -----------------------------------------------------------------------------------


def test_pages_of_a_closed_plot_are_told_so_and_others_are_not(service: Service, plot: str) -> None:
    with page(service, plot=plot) as viewer, page(service, plot="another") as other:
        own(service).send_command(Close(plot))
        assert closing(viewer) == (4000, "The plot was closed.")
        other.look()
        own(service).bind("another")(1, 1)
        other.until_x(1)


def test_pages_are_told_that_the_service_stops() -> None:
    with running() as service, page(service) as viewer, page(service, plot="b") as other:
        service.stop("The kernel was restarted.")
        assert closing(viewer) == closing(other) == (4000, "The kernel was restarted.")
