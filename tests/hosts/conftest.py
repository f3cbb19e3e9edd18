"""What the tests of real hosts share."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of somebody who has been nowhere."""
    size: ViewportSize = {"width": 1000, "height": 900}
    with contextlib.closing(browser.new_context(viewport=size)) as user:
        yield user.new_page()
