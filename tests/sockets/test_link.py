"""The socket of a sender: opened again and again, and never in the way."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import zmq
from support.eventually import eventually
from support.full_process import full_process
from zmq.utils import garbage

from zwsnb.delivery import link as module
from zwsnb.delivery.doors import has_keys, lock
from zwsnb.delivery.link import LARGE, Link
from zwsnb.delivery.pieces import PIECE, joined
from zwsnb.producer import native
from zwsnb.zmtp.wire import COMMAND, LONG

MECHANISMS = ["tcp://127.0.0.1:*", "ipc://{folder}/s"]
if sys.platform == "linux":
    MECHANISMS.append("ipc://@{folder}")


@pytest.fixture(params=MECHANISMS, ids=["tcp", "ipc", "name"][: len(MECHANISMS)])
def relay(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[zmq.Socket[bytes]]:
    address = request.param.format(folder=tmp_path_factory.mktemp("s"))
    with zmq.Context() as context, context.socket(zmq.ROUTER) as socket:
        lock(socket, address, "token")
        socket.bind(address)
        yield socket


@pytest.fixture
def link() -> Iterator[Link]:
    made = Link()
    yield made
    made.close()


def where(relay: zmq.Socket[bytes]) -> str:
    return relay.getsockopt_string(zmq.LAST_ENDPOINT)


def received(relay: zmq.Socket[bytes]) -> tuple[bytes, list[bytes]]:
    """Who has sent a message, and its frames."""
    peer, *frames = relay.recv_multipart()
    return peer, joined(frames) if has_keys(where(relay)) else frames


def test_a_message_goes_and_its_answer_comes(relay: zmq.Socket[bytes], link: Link) -> None:
    link.open(where(relay), "token")
    for size in (1, PIECE, LARGE):
        link.send([b"header", bytes(size)])
        peer, frames = received(relay)
        assert frames == [b"header", bytes(size)]
        relay.send_multipart([peer, b"yes", b"more"])
        link.wait(10)
        assert link.receive() == [b"yes"]
        assert link.receive() == []


def test_what_was_sent_by_the_connection_before_does_not_come_by_the_next(link: Link) -> None:
    with zmq.Context() as context, context.socket(zmq.ROUTER) as late:
        late.bind("tcp://127.0.0.1:*")
        address = where(late)
    link.open(address, "token")
    link.send([b"old"])
    link.open(address, "token")
    link.send([b"new"])
    with zmq.Context() as context, context.socket(zmq.ROUTER) as late:
        lock(late, address, "token")
        late.bind(address)
        # On a busy machine the connection before may live for a moment, and bring what is its own.
        came: dict[bytes, list[bytes]] = {}
        while not any(b"new" in its for its in came.values()):
            peer, *frames = late.recv_multipart()
            came.setdefault(peer, []).extend(frames)
        assert [b"new"] in came.values()
        assert not late.poll(100)


def is_cut(link: Link) -> bool:
    link.send([b"the token"])
    return link.is_cut


def test_who_takes_the_place_of_a_socket_file_is_sent_nothing(
    link: Link, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Another user, where somebody has removed the folder of a service in /tmp."""
    folder = tmp_path_factory.mktemp("s")
    address = f"ipc://{folder}/s"
    with zmq.Context() as context:
        with context.socket(zmq.ROUTER) as socket:
            socket.bind(address)
            link.open(address, "token")
            link.send([b"x"])
            assert socket.recv_multipart()[1:] == [b"x"]
        shutil.rmtree(folder)
        folder.mkdir()
        folder.chmod(0o777)
        with context.socket(zmq.ROUTER) as socket:
            socket.bind(address)
            eventually(lambda: is_cut(link))
            with pytest.raises(OSError, match="others may write into the folder"):
                link.open(address, "token")
            link.send([b"the token"])
            assert not socket.poll(300)


def test_who_has_taken_an_address_can_say_nothing_long(link: Link) -> None:
    """ZeroMQ takes whole what is announced, before it looks who says it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        link.open(f"tcp://127.0.0.1:{server.getsockname()[1]}", "token")
        peer, _ = server.accept()
    with peer:
        peer.settimeout(10)
        peer.sendall(
            b"\xff\0\0\0\0\0\0\0\1\x7f\3\1" + b"CURVE".ljust(20, b"\0") + b"\1" + bytes(31)
        )
        peer.sendall(bytes([COMMAND | LONG]) + (1 << 30).to_bytes(8, "big") + b"WELCOME")
        with contextlib.suppress(ConnectionResetError):
            while peer.recv(1 << 16):
                pass


def test_a_socket_file_may_have_a_long_name(link: Link) -> None:
    """Longer than there is room for, where it is connected in the folder that was looked at."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="z") as folder, zmq.Context() as context:
        address = f"ipc://{folder}/".ljust(6 + 107, "n")
        with context.socket(zmq.ROUTER) as relay:
            relay.bind(address)
            link.open(address, "token")
            link.send([b"x"])
            assert relay.recv_multipart()[1:] == [b"x"]


@pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0, reason="only root can give a folder away"
)
@pytest.mark.parametrize("when", ["unlock", "hold"])
@pytest.mark.parametrize("is_there", [True, False])
def test_nor_is_who_takes_it_right_after_the_folder_was_looked_at(
    when: str,
    is_there: bool,
    link: Link,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another user can have his folder come and go in /tmp, a thousand times a second."""
    folder, his = tmp_path / "zwsnb", tmp_path / "his"
    his.mkdir()
    os.chown(his, 65534, 65534)
    if is_there:
        folder.mkdir(mode=0o700)
    look = getattr(module, when)

    def swapped(*given: object) -> object:
        try:
            return look(*given)
        finally:
            if is_there:
                folder.rename(tmp_path / "gone")
            his.rename(folder)

    monkeypatch.setattr(module, when, swapped)
    with zmq.Context() as context, context.socket(zmq.ROUTER) as socket:
        socket.bind(f"ipc://{his}/s")
        with contextlib.suppress(OSError):
            link.open(f"ipc://{folder}/s", "token")
        link.send([b"the token"])
        assert folder.is_dir()
        assert not socket.poll(300)


def test_one_that_was_not_opened_does_nothing(link: Link) -> None:
    """Nor does who waits for it meanwhile, or it would take a processor of the program's."""
    link.send([b"x"])
    begin = time.monotonic()
    link.wait(0.05)
    assert time.monotonic() - begin >= 0.05
    assert link.receive() == []


def test_at_the_end_of_the_interpreter_a_large_message_goes_with_a_copy(
    relay: zmq.Socket[bytes], link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start() -> None:
        raise RuntimeError("can't create new thread at interpreter shutdown")

    monkeypatch.setattr(garbage.gc, "thread", None)
    monkeypatch.setattr(garbage.gc, "start", start)
    link.open(where(relay), "token")
    for _ in range(2):
        link.send([b"header", bytes(LARGE)])
        assert received(relay)[1] == [b"header", bytes(LARGE)]


def test_where_greenlets_take_the_place_of_threads_meanwhile_a_large_message_goes_with_a_copy(
    relay: zmq.Socket[bytes], link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the sender waits for ever for a thread of pyzmq's that has become a greenlet."""
    starts: list[None] = []
    monkeypatch.setattr(garbage.gc, "thread", None)
    monkeypatch.setattr(garbage.gc, "start", lambda: starts.append(None))
    link.open(where(relay), "token")
    monkeypatch.setattr(native, "is_patched", lambda: True)
    link.send([b"header", bytes(LARGE)])
    assert received(relay)[1] == [b"header", bytes(LARGE)]
    assert not starts


FEW = """
    import os, resource, sys
    from zwsnb.delivery.link import LARGE, Link

    link = Link()
    link.open(sys.argv[1], "token")
    link.send([b"header", b"small"])
    resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))
    held = []
    while len(os.listdir("/proc/self/fd")) + int(sys.argv[2]) <= 100:
        held.append(os.open(os.devnull, os.O_RDONLY))
    link.send([b"header", bytes(LARGE)])
    for each in held:
        os.close(each)
    link.send([b"header", bytes(LARGE)])
    sys.stdin.read()
    link.close()
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="nothing lists descriptors here")
@pytest.mark.parametrize("free", [1, 2, 3, 4, 5, 6])
def test_where_the_program_has_left_few_descriptors_a_large_message_goes_with_a_copy(
    relay: zmq.Socket[bytes], free: int
) -> None:
    """PyZMQ makes a context for the first one that goes without."""
    words = [sys.executable, "-c", textwrap.dedent(FEW), where(relay), str(free)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as sender:
        for size in (5, LARGE, LARGE):
            assert relay.poll(20_000), size
            assert len(received(relay)[1][-1]) == size
        assert sender.communicate(timeout=20)[1] == b""
    assert sender.returncode == 0


@pytest.mark.parametrize("address", ["nonsense", "", "tcp://127.0.0.1"])
def test_what_is_no_address_is_told_with_an_example(link: Link, address: str) -> None:
    with pytest.raises(OSError, match=r"is no address that can be used .*; one looks like"):
        link.open(address, "token")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what another process has")
@pytest.mark.parametrize(
    "address", ["ipc://{folder}/{{pid}}-1.sock", "ipc://@zwsnb-{{pid}}-1-test"]
)
def test_a_service_without_descriptors_is_left_alone_until_it_has_some(
    tmp_path: Path, link: Link, address: str
) -> None:
    """Else libzmq ends its process."""
    with full_process(address.format(folder=tmp_path)) as service:
        link.open(service.address, "token")
        link.send([b"lost"])
        assert link.is_cut
        assert link.is_doubtful
        service.give_back()
        link.open(service.address, "token")
