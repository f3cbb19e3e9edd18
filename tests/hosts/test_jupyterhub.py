"""JupyterHub with two users, seen from elsewhere: each sees the own plot, and not the other's."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from support import jupyterhub, lab
from support.programs import needs
from support.showing import LOOP, SHOW, follow, reload_and_come_late, requests_of

pytest.importorskip("jupyter_server_proxy")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.kernel,
    pytest.mark.slow,
    pytest.mark.long,
    needs("jupyterhub", "configurable-http-proxy"),
]

SIZE: ViewportSize = {"width": 1000, "height": 900}

ASK = """([address, protocols]) => new Promise(settle => {
    const socket = new WebSocket(address, protocols);
    socket.onmessage = () => (settle("a message"), socket.close());
    socket.onclose = () => settle("closed");
})"""
"""What a page hears of a WebSocket."""


PUBLISH = """
from zwsnb.producer.publisher import Publisher
from zwsnb.delivery.sender import Sender
from zwsnb.producer.sink import Connection
stranger = Publisher(make_sender=Sender)
stranger.connection = Connection({ingress!r}, {token!r})
stranger.bind('loss')([7, 8, 9], [1, 1, 1])
print(stranger.flush())
"""
"""Three points to the service of another user."""


@dataclass
class User:
    """A user who has logged in, and has a plot."""

    server: lab.Server
    notebook: lab.Notebook
    asked: list[str]
    """What the user's browser has asked since."""

    @property
    def page(self) -> Page:
        return self.notebook.page

    def status_of(self, address: str) -> int:
        """Return what the user is answered at an address, at the end of all that it leads to."""
        with contextlib.closing(self.page.context.new_page()) as page:
            response = page.goto(address)
            assert response is not None
            return response.status


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, lab.Server]]:
    with jupyterhub.serve(tmp_path_factory.mktemp("hub"), "ann", "bob") as found:
        yield found


@pytest.fixture(scope="module")
def users(browser: Browser, servers: dict[str, lab.Server]) -> Iterator[dict[str, User]]:
    with contextlib.ExitStack() as stack:
        yield {name: logged_in(browser, server, stack) for name, server in servers.items()}


def logged_in(browser: Browser, server: lab.Server, stack: contextlib.ExitStack) -> User:
    context = browser.new_context(viewport=SIZE)
    page = stack.enter_context(contextlib.closing(context)).new_page()
    jupyterhub.log_in(page, server)
    server.write("notebook", [SHOW, LOOP])
    return User(server, server.open(page, "notebook"), requests_of(page))


def test_each_sees_the_own_plot_during_the_cell_and_after_it_on_reload_and_in_another_browser(
    users: dict[str, User], browser: Browser
) -> None:
    for name, user in users.items():
        plot = follow(user.notebook, 1, user.server.folder)
        assert re.match(rf"{re.escape(user.server.url)}proxy/\d+/\?plot=loss&", plot.frame.url)
        assert f"/user/{name}/" in user.server.url
        with contextlib.closing(browser.new_context(viewport=SIZE)) as context:
            late = context.new_page()
            jupyterhub.log_in(late, user.server)
            reload_and_come_late(user.notebook, user.server, late)
        # Nothing of the reader's own machine is asked.
        assert not [url for url in user.asked if re.search("//(127|localhost)", url)]


def test_neither_page_nor_socket_nor_port_lets_the_other_user_in(users: dict[str, User]) -> None:
    ann, bob = users["ann"], users["bob"]
    ann.notebook.run(0)
    plot = ann.notebook.plot(0)
    plot.until_points(3)
    address = plot.frame.url
    socket = [url for url in ann.asked if re.search(r"/proxy/\d+/ws\?", url)][-1]
    ticket = re.findall(r"ticket=([^&]+)", address)
    # Even who has got the address, with its ticket, is not let in by the hub.
    assert ann.status_of(address) == 200
    assert bob.status_of(address) == 403
    key = [socket, ["zwsnb", f"ticket.{ticket[0]}"]]
    assert ann.page.evaluate(ASK, key) == "a message"
    assert bob.page.evaluate(ASK, key) == "closed"
    ingress, token = ann.notebook.do(
        "s = zwsnb.api.service()\nprint(s.connection.ingress, s.token)"
    ).split()
    bob.notebook.run(0)
    own = bob.notebook.do("print(zwsnb.api.service().token)").strip()
    said = "print(zwsnb.stats()['plots']['loss']['points'])"
    before = ann.notebook.do(said)
    # The key of the way in is made of the token: with another one nothing comes in.
    assert bob.notebook.do(PUBLISH.format(ingress=ingress, token=own)) == "False\n"
    assert ann.notebook.do(said) == before
    assert lab.points_of(plot.stats()) == 3
    # What was refused is what her own token lets in.
    assert bob.notebook.do(PUBLISH.format(ingress=ingress, token=token)) == "True\n"
    plot.until_points(6)


def test_who_has_not_logged_in_is_led_to_the_login(
    users: dict[str, User], browser: Browser
) -> None:
    ann = users["ann"]
    ann.notebook.run(0)
    address = ann.notebook.plot(0).frame.url
    with contextlib.closing(browser.new_context()) as nobody:
        page = nobody.new_page()
        page.goto(address)
        assert page.get_by_label("Username").is_visible()
        assert "ticket" not in page.content()
