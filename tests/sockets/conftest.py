"""A service for the tests of a module, and a plot in it for each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.services import own, running

from zwsnb.protocol.batch import Close
from zwsnb.service.backend import Backend
from zwsnb.service.remote import Remote
from zwsnb.service.service import Service


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """A service that the tests of a module share."""
    with running() as found:
        yield found


@pytest.fixture
def plot(service: Service, request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a plot for this test alone."""
    yield request.node.name
    own(service).send_command(Close(request.node.name))


@pytest.fixture(params=["its own process", "another process"])
def backend(request: pytest.FixtureRequest, service: Service) -> Backend:
    """The service as a kernel has it that runs it, and as one that has found it."""
    return service if request.param == "its own process" else Remote(own(service), service.info)
