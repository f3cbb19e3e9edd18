"""JupyterHub with users whose servers run on this machine, each in a home of its own."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from playwright.sync_api import Page

from support.lab import HUB, Server, environment
from support.pages import free_port
from support.programs import find, serving

PASSWORD: Final = "a password for tests"
BEGIN_WITHIN: Final = 60_000
"""Milliseconds for a user's server."""

CONFIG: Final = """
import json
from pathlib import Path

home = Path({home!r})
c.JupyterHub.bind_url = "http://127.0.0.1:{port}/"
c.JupyterHub.hub_port = {hub}
c.JupyterHub.db_url = f"sqlite:///{{home}}/hub.sqlite"
c.JupyterHub.cookie_secret_file = str(home / "cookie_secret")
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.pid_file = str(home / "proxy.pid")
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {password!r}
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(home / "users/{{username}}")
c.Spawner.cmd = [{singleuser!r}]
c.Spawner.args = ["--allow-root"]
c.Spawner.http_timeout = c.Spawner.start_timeout = 60


def set_environment(spawner):
    path = home / f"users/{{spawner.user.name}}.json"
    spawner.environment = json.loads(path.read_text())


c.Spawner.pre_spawn_hook = set_environment
"""


@contextlib.contextmanager
def serve(home: Path, *users: str) -> Iterator[dict[str, Server]]:
    """Run a hub for as long as the context lasts; the server of each user as a browser elsewhere
    knows it. It runs as soon as the user has logged in.
    """
    port = free_port()
    config = home / "jupyterhub_config.py"
    text = CONFIG.format(
        home=str(home),
        port=port,
        hub=free_port(),
        api=free_port(),
        proxy=find("configurable-http-proxy"),
        singleuser=find("jupyterhub-singleuser"),
        password=PASSWORD,
    )
    config.write_text(text, encoding="utf-8")
    servers = {}
    for user in users:
        folder = home / "users" / user
        env = environment(folder)
        (folder.parent / f"{user}.json").write_text(json.dumps(ours(env)), encoding="utf-8")
        servers[user] = Server(f"http://{HUB}:{port}/user/{user}/", folder, token="")
    words, url = [find("jupyterhub"), "--config", str(config)], f"http://127.0.0.1:{port}/hub/login"
    env = environment(home / "hub")
    with serving(words, url, home / "hub.log", env):
        yield servers


def ours(env: dict[str, str]) -> dict[str, str]:
    """Return what of a user's environment is not everybody's."""
    return {key: value for key, value in env.items() if os.environ.get(key) != value}


def log_in(page: Page, server: Server) -> None:
    """Log a user in, and wait until the user's server runs."""
    page.goto(urljoin(server.url, "/hub/spawn"))
    page.get_by_label("Username").fill(server.folder.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{server.url}lab*", timeout=BEGIN_WITHIN)
