"""The connection files: who finds which service, and what is left of one that has gone."""

from __future__ import annotations

import errno
import json
import math
import os
import re
import socket
import stat
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from support.full_process import full_process
from support.services import own, running

from zwsnb.delivery.sender import Sender
from zwsnb.lives import untold
from zwsnb.producer.publisher import Publisher
from zwsnb.service import connection_file, parent


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test alone."""
    path = tmp_path / "services"
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(path))
    return path


def info(**more: Any) -> dict[str, Any]:
    """What a connection file of this very process would say."""
    said = {
        "pid": os.getpid(),
        "url": "http://127.0.0.1:1/?token=t",
        "ingress": "tcp://127.0.0.1:2",
        "token": "t",
    }
    return said | more


def put(name: str, content: str | dict[str, Any]) -> Path:
    path = connection_file.folder() / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def dead_pid() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_the_environment_names_the_one_to_find(monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as one, running() as other:
        for service in (one, other):
            path = connection_file.path_of(service.info)
            monkeypatch.setenv("ZWSNB_CONNECT", str(path))
            assert connection_file.find() == service.info
            assert connection_file.find(connection_file.path_of(one.info)) == one.info


def test_a_service_is_there_while_its_file_has_its_token_and_its_process_runs() -> None:
    with running() as service:
        found = service.info
        assert connection_file.is_there(found)
        found["token"] = "that of an earlier one with this port"
        assert not connection_file.is_there(found)
    assert not connection_file.is_there(service.info)


def test_whose_a_service_is_stands_in_its_file() -> None:
    with running(owner=7):
        assert connection_file.find().get("owner") == 7


def test_a_service_is_found_while_it_runs() -> None:
    with running() as service:
        [found] = connection_file.running()
        assert found == connection_file.find()
        assert found["url"] == service.url()
        assert (found["ingress"], found["token"]) == service.connection
        assert found["pid"] == os.getpid()
    assert connection_file.running() == []


def test_only_the_user_can_read_the_files(folder: Path) -> None:
    with running():
        [file] = folder.glob("*.json")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_that_is_there_already_is_replaced(folder: Path) -> None:
    with running() as service:
        [file] = folder.glob("*.json")
        file.write_text("old", encoding="utf-8")
        file.chmod(0o644)
        connection_file.write(service.info)
        assert connection_file.find(file)["token"] == service.token
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_file_of_a_process_that_has_gone_is_removed() -> None:
    there = connection_file.folder() / "1-2.sock"
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(str(there))
    path = put("1-2.json", info(pid=dead_pid(), ingress=f"ipc://{there}"))
    assert connection_file.running() == []
    assert not path.exists()
    assert not there.exists()


def test_a_number_that_another_process_has_now_is_none_of_a_service() -> None:
    """A container that was killed and starts again gives out the same ones."""
    there = connection_file.folder() / "1-2.sock"
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(str(there))
    path = put("1-2.json", info(ingress=f"ipc://{there}"))
    assert connection_file.running() == []
    assert (path.exists(), there.exists()) == (False, False)


def test_one_that_cannot_be_asked_now_is_not_taken_for_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A service that is stopped has as many who wait as there may be; or no descriptor is left."""
    there = connection_file.folder() / "1-2.sock"
    with socket.socket(socket.AF_UNIX) as stopped, socket.socket(socket.AF_UNIX) as waiting:
        stopped.bind(str(there))
        stopped.listen(0)
        waiting.connect(str(there))
        path = put("1-2.json", info(ingress=f"ipc://{there}"))
        assert len(connection_file.running()) == 1

        def fail(*_: object) -> None:
            raise OSError(errno.EMFILE, "Too many open files")

        monkeypatch.setattr(socket, "socket", fail)
        assert len(connection_file.running()) == 1
    assert path.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what another process has")
def test_to_look_for_services_ends_none_that_has_used_up_its_descriptors() -> None:
    """Nor is it taken for gone."""
    with full_process(f"ipc://{connection_file.folder()}/{{pid}}-1.sock") as service:
        its = info(pid=service.pid, ingress=service.address)
        path = put(f"{service.pid}-1.json", its)
        assert connection_file.running() == [its]
    assert path.exists()


@pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0, reason="only root can be another user"
)
def test_a_number_that_a_process_of_somebody_else_has_now_is_none_of_ours() -> None:
    script = """
    import json, os, tempfile
    from zwsnb.service import connection_file
    others = os.getppid()
    os.setuid(65534)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZWSNB_RUNTIME_DIR"] = folder
        path = connection_file.folder() / "1-2.json"
        said = {"url": "http://127.0.0.1:1/?token=t", "ingress": "", "token": "t"}
        for pid in (os.getpid(), others):
            path.write_text(json.dumps({"pid": pid, **said}))
            print(len(connection_file.running()), path.exists())
    """
    words = [sys.executable, "-c", textwrap.dedent(script)]
    said = subprocess.run(words, capture_output=True, text=True, check=True)
    assert said.stdout.split("\n") == ["1 True", "0 False", ""]


def test_a_service_that_starts_removes_what_killed_ones_have_left(folder: Path) -> None:
    left = folder.resolve() / "left.sock"
    with socket.socket(socket.AF_UNIX) as door:
        put("killed.json", info(pid=dead_pid(), ingress=f"ipc://{left}"))
        door.bind(os.fspath(left))
    lives = put("lives.json", info())
    with running() as service:
        found = {path.name for path in folder.glob("*.json")}
        assert found == {lives.name, connection_file.path_of(service.info).name}
        assert not left.exists()


def test_a_socket_file_that_another_service_has_taken_over_stays() -> None:
    there = connection_file.folder() / "1-2.sock"
    with socket.socket(socket.AF_UNIX) as next_one:
        next_one.bind(str(there))
        next_one.listen()
        put("1-2.json", info(pid=dead_pid(), ingress=f"ipc://{there}"))
        assert connection_file.running() == []
        assert there.exists()


def test_publishers_come_by_a_socket_file_beside_it_where_there_can_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = r"ipc://@zwsnb-\d+-7-\w{16}" if sys.platform == "linux" else r"tcp://127\.0\.0\.1:\*"
    assert connection_file.ingress(7) == f"ipc://{connection_file.folder()}/{os.getpid()}-7.sock"
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / ("long" * 25)))
    assert re.fullmatch(name, connection_file.ingress(7))
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / "seen"))
    connection_file.folder().chmod(0o755)
    assert re.fullmatch(name, connection_file.ingress(7))
    (tmp_path / "file").touch()
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / "file"))
    assert re.fullmatch(name, connection_file.ingress(7))
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path / "\udcff"))  # ZeroMQ takes UTF-8
    assert re.fullmatch(name, connection_file.ingress(7))


@pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0, reason="only root can be another user"
)
def test_nobody_else_comes_in_where_another_user_has_made_the_folder_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By TCP he could send what the handshake holds, 16 MiB a connection, and take descriptors."""
    (folder := tmp_path / "somebody's").mkdir()
    os.chown(folder, 65534, 65534)
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(folder))
    with running() as service:
        name = service.connection.ingress.removeprefix("ipc://@")
        assert service.connection.ingress == f"ipc://@{name}"
        stranger = """
        import os, socket, sys
        os.setuid(65534)
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect("\\0" + sys.argv[1])
            print(peer.recv(1))
        """
        words = [sys.executable, "-c", textwrap.dedent(stranger), name]
        assert subprocess.run(words, capture_output=True, check=True).stdout == b"b''\n"
        publisher = Publisher(make_sender=Sender)
        publisher.connection = service.connection
        publisher.bind("plot")(1, 1)
        assert publisher.flush(10)
        publisher.stop()


def test_a_service_that_has_stopped_leaves_no_file() -> None:
    with running() as service:
        folder = connection_file.folder()
        assert {path.suffix for path in folder.iterdir()} == {".json", ".sock"}
        assert service.connection.ingress.startswith("ipc://")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"pid": "x"}',
        "[" * 100_000,
        info(pid=None),
        info(url="http://127.0.0.1:4/"),
        {"pid": os.getpid()},
        *(info(pid=pid) for pid in (0, -1, 1 << 80, math.inf, math.nan)),
        info(owner=math.inf),
        info(url=None),
        info(url="http://127.0.0.1:99999/"),
        "\xff",
    ],
)
def test_a_file_that_says_nothing_is_passed_over(content: Any) -> None:
    path = put("1-2.json", content)
    good = put("3-4.json", info())
    assert connection_file.running() == [info()]
    assert connection_file.find(good) == info()
    with pytest.raises(RuntimeError, match="is not the connection file of a running zwsnb service"):
        connection_file.find(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_holds_nobody_who_looks_for_a_service() -> None:
    os.mkfifo(path := connection_file.folder() / "1-2.json")
    assert connection_file.running() == []
    with pytest.raises(RuntimeError, match="is not the connection file of a running zwsnb service"):
        connection_file.find(path)


def test_a_file_that_is_no_text_is_passed_over() -> None:
    (connection_file.folder() / "1-2.json").write_bytes(b"\xff\xfe\x00")
    assert connection_file.running() == []


def test_none_and_several_are_told_with_what_helps() -> None:
    with pytest.raises(
        RuntimeError,
        match="no zwsnb service is running: %load_ext zwsnb in a notebook, or `zwsnb serve`, "
        "starts one",
    ):
        connection_file.find()
    with running() as one, running() as other:
        with pytest.raises(
            RuntimeError, match="2 zwsnb services are running; name one of"
        ) as caught:
            connection_file.find()
        files = [Path(line.strip()) for line in str(caught.value).splitlines()[1:]]
        assert {connection_file.find(file)["token"] for file in files} == {one.token, other.token}


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(
        RuntimeError, match=r"none\.json is not the connection file of a running zwsnb service"
    ):
        connection_file.find(tmp_path / "none.json")


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a folder away"
)
def test_a_folder_of_somebody_else_is_not_used(folder: Path) -> None:
    folder.mkdir()
    os.chown(folder, 65534, 65534)
    with pytest.raises(
        PermissionError,
        match="belongs to somebody else: set ZWSNB_RUNTIME_DIR to a folder of your own",
    ):
        connection_file.folder()


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a link away"
)
def test_a_link_of_somebody_else_to_a_folder_of_ours_is_not_used(folder: Path) -> None:
    """He could lead it elsewhere as soon as it was looked at."""
    target = folder.parent / "ours"
    target.mkdir(mode=0o700)
    folder.symlink_to(target)
    assert connection_file.folder() == folder
    os.chown(folder, 65534, 65534, follow_symlinks=False)
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        connection_file.folder()
    with running() as service:
        assert not service.connection.ingress.startswith("ipc:///")
    assert list(target.iterdir()) == []


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o703])
def test_a_folder_into_which_others_may_write_is_not_used(folder: Path, mode: int) -> None:
    folder.mkdir()
    folder.chmod(mode)
    with pytest.raises(PermissionError, match=f"others may write into {folder}: chmod 700"):
        connection_file.folder()


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a file away"
)
def test_a_file_that_somebody_else_has_put_there_is_passed_over() -> None:
    path = put("1-2.json", info())
    assert connection_file.running() == [info()]
    os.chown(path, 65534, 65534)
    assert connection_file.running() == []


def test_a_disk_that_is_full_leaves_no_half_of_a_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with running() as service:
        [file] = folder.glob("*.json")
        monkeypatch.setattr(json, "dump", fail)
        with pytest.raises(OSError, match="No space left"):
            connection_file.write(service.info)
        assert not file.exists()


@pytest.fixture(params=["in the way", "not its own", "full"])
def unusable(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder that cannot be used, and what is said of it."""
    if request.param == "in the way":
        folder.parent.joinpath("file").write_text("", encoding="utf-8")
        monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(folder.parent / "file" / "services"))
        return "cannot be made"
    if request.param == "not its own":
        folder.mkdir()
        folder.chmod(0o777)
        return "others may write"

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(json, "dump", fail)
    return "No space left"


def test_without_its_file_a_service_runs_and_says_what_that_costs(unusable: str) -> None:
    untold.taken()
    with running() as service:
        own(service).bind("plot")(1, 2)
        assert service.points("plot", "y").tolist() == [[1, 2]]
        [notice] = service.stats()["notices"]
        assert unusable in notice
        assert "Other processes do not find this service" in notice
        assert untold.taken() == [notice]
        parent.announce(service.info)
        assert parent.VARIABLE not in os.environ
