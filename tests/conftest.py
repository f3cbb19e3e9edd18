"""What all tests share: their order, a folder of their own for running services, one browser."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import pytest_timeout
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SOCKETS: Final = Path(__file__).parent / "sockets"

# What hypothesis draws is the same each time: what has passed passes. Others are drawn by
# --hypothesis-profile=default, which is how to look for more.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


def turn_of(item: pytest.Item) -> int:
    """Return when a test has its turn: last in a browser, and there the slow modules first, so that
    two processes that share them end at about the same time.

    Playwright's synchronous interface keeps an event loop running in this thread for as long as it
    lives, in which the blocking clients of Jupyter do not work.
    """
    if item.get_closest_marker("browser") is None:
        return 0
    module = item.getparent(pytest.Module)
    return 1 if module is not None and module.get_closest_marker("slow") else 2


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to run what takes very long."""
    parser.addoption("--long", action="store_true", help="run the tests marked long as well")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what takes very long, unless it is asked for; begin a second try with its own time."""
    set_timer(item)
    if item.get_closest_marker("long") and not item.config.getoption("long"):
        pytest.skip("`make test-long` runs it")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in order; one with more processes than its own has a second try."""
    items.sort(key=turn_of)
    for item in items:
        # A browser, a kernel, a relay and a server on two shared processors may all be late at
        # once. Once more, and pytest says so.
        has_a_marker = item.get_closest_marker("browser") or item.get_closest_marker("kernel")
        if has_a_marker or SOCKETS in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


def set_timer(item: pytest.Item) -> None:
    """Give a test its time anew: pytest-timeout's clock stops at the first failure, and a second
    try, or the end of a fixture, may hang as well.
    """
    item.config.hook.pytest_timeout_cancel_timer(item=item)
    its = pytest_timeout._get_item_settings(item)
    item.config.hook.pytest_timeout_set_timer(item=item, settings=its)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Have the end of a test in its time."""
    set_timer(item)


@pytest.fixture(scope="module", autouse=True)
def few_objects() -> None:
    """Have the collector of garbage look once through what is left of the modules before, and not
    again: of ten thousand tests that takes it half a second, in whatever thread it comes up. So
    the tests take two thirds of the time, and a hub that is measured is not held.
    """
    gc.collect()
    gc.freeze()


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
