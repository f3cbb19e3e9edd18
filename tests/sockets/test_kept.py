"""What a cleaner of temporary files removes of a running service is made again."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from support.eventually import eventually
from support.services import running

from zwsnb.delivery.sender import Sender
from zwsnb.producer.publisher import Publisher
from zwsnb.service import connection_file, kept


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / "services"))
    monkeypatch.setattr(kept, "LOOK_EVERY", 0.01)


@pytest.mark.parametrize("gone", ["folder", "socket", "file"])
def test_others_find_it_and_come_in_again(gone: str) -> None:
    with running() as service:
        file = connection_file.path_of(service.info)
        socket = Path(service.connection.ingress.removeprefix("ipc://"))
        if gone == "folder":
            shutil.rmtree(file.parent)
        else:
            (file if gone == "file" else socket).unlink()
        eventually(lambda: file.exists() and socket.exists())
        assert connection_file.running() == [service.info]
        publisher = Publisher(make_sender=Sender)
        publisher.connection = service.connection
        publisher.bind("plot")(1, 1)
        assert publisher.flush(10)
        publisher.stop()
    assert list(file.parent.iterdir()) == []


def test_a_way_in_whose_folder_has_gone_comes_again_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    with running(ingress=f"ipc://{folder}/way-in") as service:
        look, looks = service._files.look, []

        def counted() -> None:
            looks.append(time.monotonic())
            look()

        monkeypatch.setattr(service._files, "look", counted)
        shutil.rmtree(folder)
        eventually(lambda: len(looks) > 3)
        folder.mkdir(mode=0o777)  # as another user would who waits for that
        folder.chmod(0o777)
        seen = len(looks)
        eventually(lambda: len(looks) > seen + 3)
        assert list(folder.iterdir()) == []
        folder.chmod(0o700)
        eventually((folder / "way-in").exists)
    assert caplog.messages == []


def test_who_is_connected_stays_so() -> None:
    with running() as service:
        publisher = Publisher(make_sender=Sender)
        publisher.connection = service.connection
        publish = publisher.bind("plot")
        for x in range(3):
            publish(x, x)
            assert publisher.flush(10)
            socket = Path(service.connection.ingress.removeprefix("ipc://"))
            socket.unlink()
            eventually(socket.exists)
        assert service.points("plot", "y").tolist() == [[0, 0], [1, 1], [2, 2]]
        publisher.stop()


def test_what_was_removed_at_the_end_stays_away() -> None:
    with running() as service:
        files = service._files
    with pytest.raises(FileNotFoundError):
        connection_file.path_of(service.info).stat()
    assert files._is_there is False
