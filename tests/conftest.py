"""What all tests share: their order, a folder of their own for running services, one browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import is_hypothesis_test

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE: Final = Path(__file__).parent
SOCKETS: Final = HERE / "sockets"
MEASURED: Final = (HERE / "unit", SOCKETS)
"""Where coverage is measured."""


def is_measured(item: pytest.Item) -> bool:
    """Say whether coverage is measured while this test runs.

    A kernel is another process; a browser beside a relay that is traced waits for the tracer.
    """
    is_in_browser = item.get_closest_marker("browser") is not None
    return not is_in_browser and any(folder in item.path.parents for folder in MEASURED)


def turn_of(item: pytest.Item) -> int:
    """Return when a test has its turn: first where coverage is measured, last in a browser.

    Playwright's synchronous interface keeps an event loop running in this thread for as long as it
    lives, in which the blocking clients of Jupyter do not work.
    """
    if item.get_closest_marker("browser") is not None:
        return 2
    return 0 if is_measured(item) else 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in order, and run one with more processes than its own again that has failed.

    Properties are not measured: a tracer takes three times as long for what hypothesis makes up,
    and what they run has examples too.
    """
    items.sort(key=turn_of)
    for item in items:
        if item.config.pluginmanager.hasplugin("_cov") and is_hypothesis_test(
            getattr(item, "obj", None)
        ):
            item.add_marker(pytest.mark.no_cover)
        # A browser, a kernel, a relay and a server on two shared processors may all be late at
        # once. Once more, and pytest says so.
        has_a_marker = item.get_closest_marker("browser") or item.get_closest_marker("kernel")
        if has_a_marker or SOCKETS in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Stop measuring coverage before the first test whose time it would change."""
    if (coverage := sys.modules.get("coverage")) is None or is_measured(item):
        return
    if (running := coverage.Coverage.current()) is not None:
        running.stop()


@pytest.fixture(scope="session", autouse=True)
def runtime_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the services of the tests apart from those that the user runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path_factory.mktemp("services")))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium, which only the tests that ask for it need to be installed for."""
    from playwright.sync_api import sync_playwright
    from support import lab

    with sync_playwright() as playwright, lab.launch(playwright) as found:
        yield found
