"""A page behind a comm of the service's own process, or of another one: what it is sent, heard or
not.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from support.comm_page import CommPage
from support.eventually import eventually
from support.services import own, running, stats, viewers
from support.tiny_png import PNG

from zwsnb.clients import page_client
from zwsnb.comm import schedule
from zwsnb.comm.comm_socket import Message
from zwsnb.comm.schedule import CREDIT, MOST_TURNS
from zwsnb.controls.control import Steered, slider
from zwsnb.display.picture import Drawing
from zwsnb.events.happened import Told
from zwsnb.history import plots
from zwsnb.protocol.batch import Clear, Close, Command, Mark, SetOptions
from zwsnb.protocol.messages import ENDED, Declare
from zwsnb.relay.schedule import SLOW_TICK
from zwsnb.service.backend import Backend
from zwsnb.service.service import Service


@contextlib.contextmanager
def opened(
    backend: Backend, plot: str, *, answers: bool = True, edits: bool = True
) -> Iterator[CommPage]:
    page = CommPage(backend, plot, answers=answers, edits=edits)
    try:
        page.until_told("hello")
        yield page
    finally:
        page.close()


def test_it_is_shown_what_there_is_and_what_comes_new(
    backend: Backend, service: Service, plot: str
) -> None:
    publish = own(service).bind(plot)
    publish([1, 2], [3, 4])
    with opened(backend, plot) as page:
        assert page.of("hello")[0]["edits"]
        page.look()
        page.until_x(2)
        publish(3, 5)
        page.until_x(3)
        assert page.page.vertices[0].tolist() == [[1, 3], [2, 4], [3, 5]]
        [viewer] = viewers(service, plot)
        assert viewer["through"] == "the notebook"


def test_a_page_that_has_gone_is_no_viewer(backend: Backend, service: Service, plot: str) -> None:
    own(service).bind(plot)(1, 1)
    with opened(backend, plot):
        assert len(viewers(service, plot)) == 1
    eventually(lambda: not viewers(service, plot))


def test_a_page_that_the_service_was_too_busy_to_serve_leaves_no_viewer(
    service: Service, plot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(service).bind(plot)(1, 1)
    hub, free, told = service._hub, threading.Event(), list[Message]()
    hub.post(free.wait, 10)
    with monkeypatch.context() as impatient:
        impatient.setattr(hub, "call", partial(hub.call, timeout=0.05))
        with pytest.raises(TimeoutError):
            service.attach(plot, told.append)
    free.set()
    with opened(service, plot):  # behind the other
        assert (len(viewers(service, plot)), told) == (1, [])


def test_it_asks_and_edits_as_any_page(backend: Backend, service: Service, plot: str) -> None:
    own(service).bind(plot)([1, 2], [3, 4])
    with opened(backend, plot) as page:
        page.say(type="read", id=7, x=1.2)
        assert page.until_told("read")["points"][0]["y"] == 3
        page.until_told("series")
        page.say(type="rename", id=0, to="loss")
        eventually(lambda: page.of("series")[-1]["series"][0]["name"] == "loss")


def test_one_of_a_reader_asks_and_does_not_edit(
    backend: Backend, service: Service, plot: str
) -> None:
    own(service).bind(plot)([1, 2], [3, 4])
    with opened(backend, plot, edits=False) as page:
        assert page.of("hello")[0]["edits"] is False
        page.say(type="rename", id=0, to="loss")
        page.say(type="remove", id=0)
        page.say(type="read", id=7, x=1.2)
        assert page.until_told("read")["points"][0]["y"] == 3
        assert [one["name"] for one in page.until_told("series")["series"]] == ["y"]
        assert viewers(service, plot)[0]["through"] == "the notebook"


def test_it_steers_the_program_that_has_declared_a_control(
    backend: Backend, service: Service, plot: str
) -> None:
    told: list[Told] = []
    backend.hear(own(service).producer, told.append)
    lr = slider("lr", 0.5, 0, 1, 0, log=False).declared()
    own(service).send_command(Declare(plot, "lr", lr))
    with opened(backend, plot) as page:
        page.say(type="steer", name="lr", value=0.25)
        eventually(lambda: told == [Steered(plot, "lr", 0.25, 0)])
        eventually(
            lambda: [said["controls"][0]["value"] for said in page.of("controls")][-1:] == [0.25]
        )


def test_it_owes_more_patches_than_a_page_with_a_socket(
    service: Service, plot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However long the test takes, the loop stays closed.
    monkeypatch.setattr(schedule, "PATIENCE", 60.0)
    publish = own(service).bind(plot)
    publish(0, 0)
    with opened(service, plot, answers=False) as page:
        page.say(type="pong", number=1)
        page.look()
        for x in range(1, 40):
            publish(x, x)
            own(service).flush()
            if len(page.fresh) == CREDIT:
                break
            page.until_x(x)
        assert len(page.fresh) == CREDIT
        assert not any(page.fresh[1:]), "only what is new"
        # It asks for nothing when it has painted, so the relay looks by itself.
        assert service.call(service._hub.resident.viewers.take_interval) == SLOW_TICK


def test_a_last_point_comes_after_what_was_owed_though_another_page_has_the_turn(
    service: Service, plot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing else has its writer look.
    for name in ("PATIENCE", "PING_EVERY"):
        monkeypatch.setattr(schedule, name, 60.0)
    monkeypatch.setattr(page_client, "STATUS_EVERY", 60.0)
    publish, pace = own(service).bind(plot), service._hub.resident._pace
    publish(0, 0)
    with opened(service, plot, answers=False) as page:
        page.look()
        for x in range(1, CREDIT):
            page.until_x(x - 1)
            publish(x, x)
        page.until_x(CREDIT - 1)
        publish(CREDIT, CREDIT)
        own(service).flush()
        service.call(lambda: pace.took(time.monotonic() + 0.2, "another page"))
        page.say(type="ack", patch=page.page.number)
        page.until_x(CREDIT)


def test_a_page_that_goes_before_its_turn_leaves_its_place(plot: str) -> None:
    with running() as service:
        own(service).bind(plot)(0, 0)
        pace = service._hub.resident._pace
        service.call(lambda: pace.took(time.monotonic() + 60, "another page"))
        with opened(service, plot) as page:
            page.look()
            eventually(lambda: pace._row)
        eventually(lambda: not pace._row)


def test_a_kernel_that_does_not_hear_plays_on_and_closes_the_loop_when_it_does(
    backend: Backend, service: Service, plot: str
) -> None:
    publish = own(service).bind(plot)
    publish(0, 0)
    with opened(backend, plot) as page:
        page.look()
        page.until_x(0)
        page.answers = False
        x = 0

        def is_open() -> bool:
            nonlocal x
            x += 1
            publish(x, x)
            return bool(page.of("pace")) and len(page.fresh) > 4 * CREDIT

        eventually(is_open)
        assert page.of("pace")[-1]["open"] is True
        assert all(page.fresh[-3:]), "one that is lost on the way is not missed"
        page.answers = True
        page.say(type="ack", patch=page.page.number)
        page.until_told("pace", open=False)
        publish(x + 1, 1)
        page.until_x(x + 1)
        eventually(lambda: viewers(service, plot)[0]["queued"] == 0)


def test_messages_that_were_lost_are_made_good(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    publish(0, 0)
    with opened(service, plot, answers=False) as page:
        page.say(type="pong", number=1)
        page.look()
        while len(page.fresh) < CREDIT:
            publish(len(page.fresh) + 1, 1)
            own(service).flush()
        # It has painted the first one only, and hears and answers.
        page.say(type="pong", number=2, patch=1)
        publish(1e6, 1)
        eventually(lambda: len(page.fresh) == CREDIT + 1)
        page.say(type="pong", number=3, patch=1)
        eventually(lambda: page.fresh[-1])


def test_a_page_that_goes_at_once_is_no_error(service: Service, plot: str) -> None:
    before = stats(service)["counts"].get("errors", 0)
    for _ in range(20):
        page = CommPage(service, plot, answers=False)
        page.say(type="clock", sent=1.0)
        page.close()
    # It goes with its last viewer, since nothing was published to it.
    eventually(lambda: plot not in stats(service)["plots"])
    assert stats(service)["counts"].get("errors", 0) == before


def test_pages_of_all_plots_have_thirty_turns_a_second_together(
    service: Service, plot: str
) -> None:
    publishers = [own(service).bind(f"{plot} {i}") for i in range(3)]
    for publish in publishers:
        publish(0, 0)
    pages = [CommPage(service, f"{plot} {i}") for i in range(3)]
    try:
        for page in pages:
            page.until_told("hello")
            page.look()
        x = 0
        began = eventually(lambda: all(page.fresh for page in pages)) and _patches(pages)

        def has_enough() -> bool:
            nonlocal x
            x += 1
            for publish in publishers:
                publish(x, x)
            return _patches(pages) - began >= 2 * MOST_TURNS

        since = time.monotonic()
        eventually(has_enough)
        assert time.monotonic() - since > 1.5, "of some 2 s"
        assert min(len(page.fresh) for page in pages) > MOST_TURNS / 3, "each has its turn"
    finally:
        for page in pages:
            page.close()


@pytest.mark.parametrize(
    "command",
    [
        lambda plot, x: SetOptions(plot, {"title": f"step {x}"}),
        lambda plot, x: Mark(plot, float(x), f"epoch {x}"),
        lambda plot, _: Clear(plot),
    ],
    ids=["a title", "a mark", "other points"],
)
def test_what_is_new_at_each_step_leaves_all_pages_their_pictures(
    service: Service, plot: str, command: Callable[[str, int], Command]
) -> None:
    def step(pages: list[CommPage], x: int) -> None:
        own(service).send_command(command(plot, x))

    assert _pictures_beside(service, plot, step) > 5


def test_a_pointer_that_moves_leaves_all_pages_their_pictures(service: Service, plot: str) -> None:
    def step(pages: list[CommPage], x: int) -> None:
        pages[0].say(type="read", id=x, x=x)

    assert _pictures_beside(service, plot, step) > 5


def _pictures_beside(
    service: Service, plot: str, step: Callable[[list[CommPage], int], object]
) -> int:
    """Return the fewest patches that one of two plots' pages has in a second of many steps."""
    publishers = [own(service).bind(name) for name in (plot, f"{plot} 2")]
    for publish in publishers:
        publish(0, 0)
    with opened(service, plot) as first, opened(service, f"{plot} 2") as second:
        for page in (first, second):
            page.look()
            page.until_x(0)
        before = [len(page.fresh) for page in (first, second)]
        for x in range(1, 200):
            for publish in publishers:
                publish(x, x)
            step([first, second], x)
            time.sleep(0.005)
        after = [len(page.fresh) for page in (first, second)]
    own(service).send_command(Close(f"{plot} 2"))
    return min(now - then for now, then in zip(after, before, strict=True))


def _patches(pages: list[CommPage]) -> int:
    return sum(len(page.fresh) for page in pages)


def test_the_end_of_the_service_is_told() -> None:
    with running() as service:
        page = CommPage(service, "p")
        page.until_told("hello")
    assert page.until_told("end")["reason"] == "The service was stopped."
    assert page.until_ended().code == ENDED


def test_a_plot_too_many_is_refused(
    service: Service, plot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "MAX_PLOTS", 0)
    assert "no room" in CommPage(service, plot).until_ended().reason


def test_its_drawing_is_asked_for_while_it_is_heard(
    backend: Backend, service: Service, plot: str
) -> None:
    publish = own(service).bind(plot)
    publish(1, 1)
    found: list[Drawing | None] = []
    with opened(backend, plot) as page:
        page.look()
        page.until_x(1)
        asking = threading.Thread(target=lambda: found.append(backend.picture(plot)))
        asking.start()
        number = page.until_told("picture")["id"]
        page.say(type="picture", id=number, png=PNG, width=600, height=300)
        asking.join(10)
        assert found == [Drawing(PNG, 600.0, 300.0)]
        page.answers = False
        publish(2, 2)
        page.until_told("pace", open=True)
        assert backend.picture(plot) is None
        assert len(page.of("picture")) == 1
