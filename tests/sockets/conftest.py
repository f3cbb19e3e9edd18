"""A service for the tests of a module, and a plot in it for each; or a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.services import own, running

from zwsnb import api
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.batch import Close
from zwsnb.service import parent
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


@pytest.fixture
def own_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder for services, and a publisher as in a new process; whatever a test has started is
    stopped.
    """
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / "services"))
    monkeypatch.delenv(parent.VARIABLE, raising=False)
    publisher = Publisher(make_sender=api._make_sender, find_service=api.ensure)
    publisher.said = api.publisher.said
    monkeypatch.setattr(api, "publisher", publisher)
    monkeypatch.setattr(api, "_service", None)
    yield
    api.stop()
