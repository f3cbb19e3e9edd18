"""A publisher and its sender over a real socket: all arrives once, in order, or is counted."""

from __future__ import annotations

import contextlib
import ctypes
import json
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from support.eventually import PATIENCE, eventually
from support.ingress import Ingress
from support.interrupts import interrupted
from support.lost_thread import lose_thread
from support.sinks import assert_account

from zwsnb.delivery import goodbyes
from zwsnb.delivery.sender import Sender
from zwsnb.producer import native, queue
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.signature import Publish
from zwsnb.producer.sink import HEARTBEAT, Connection, Source
from zwsnb.protocol.batch import Batch, SetOptions


@pytest.fixture
def ingress() -> Iterator[Ingress]:
    made = Ingress()
    yield made
    made.close()


@pytest.fixture
def sender(ingress: Ingress) -> Iterator[Publisher]:
    """A publisher that sends to `ingress`."""
    made = Publisher(make_sender=Sender)
    made.connection = ingress.connection
    yield made
    made.stop(0.2)


def first_point(sender: Publisher, ingress: Ingress) -> Publish:
    """Publish (0, 0), see it arrive, and return what publishes more."""
    publish = sender.bind("plot")
    publish(0, 0)
    eventually(lambda: ingress.drain() == 1)
    return publish


def test_a_point_arrives_at_once_and_many_arrive_in_order(
    ingress: Ingress, sender: Publisher
) -> None:
    publish = sender.bind("plot")
    publish(0, 0)
    eventually(lambda: ingress.drain() == 1, within=HEARTBEAT)
    for i in range(1, 100_000):
        publish(i, i)
    publish(np.arange(100_000, 400_000), np.arange(100_000, 400_000))
    eventually(lambda: ingress.drain() == 400_000)
    assert ingress.points[sender.producer] == list(range(400_000))
    assert ingress.accounts.total().missing == 0


def test_a_sender_whose_making_was_interrupted_sends_nothing(ingress: Ingress) -> None:
    made: list[Sender] = []

    def make(source: Source, connection: Connection) -> Sender:
        made.append(Sender(source, connection))
        if len(made) == 1:
            raise KeyboardInterrupt
        return made[-1]

    publisher = Publisher(make_sender=make)
    publisher.connection = ingress.connection
    publish = publisher.bind("plot")
    with pytest.raises(KeyboardInterrupt):
        publish(1, 1)
    publish(2, 2)
    eventually(lambda: ingress.drain() == 1)
    assert [sender._thread.ident is None for sender in made] == [True, False]
    publisher.stop(0.2)


@pytest.mark.parametrize(
    "where",
    [
        "producer.queue.merged",
        "delivery.link.encode_batch",
        "delivery.link.encode_batch delivery.sender._log.warning delivery.link.Link",
    ],
)
def test_a_sender_without_memory_goes_on_when_there_is_some(
    where: str, ingress: Ingress, sender: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, tried = first_point(sender, ingress), threading.Event()

    def fail(*_: object) -> None:
        tried.set()
        raise MemoryError

    with monkeypatch.context() as patched:
        for each in where.split():
            patched.setattr(f"zwsnb.{each}", fail)
        publish(1, 1)
        assert tried.wait(PATIENCE)
    publish(2, 2)
    assert flushed(sender, ingress)
    assert ingress.points[sender.producer] == [0, 1, 2]
    assert ingress.accounts.total().missing == 0


@pytest.mark.parametrize("end", ["flush", "stop"])
def test_a_sender_whose_thread_ends_before_it_begins_delivers(
    end: str, ingress: Ingress, sender: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_thread(monkeypatch)
    sender.bind("plot")(0, 0)
    if end == "flush":
        assert not sender.flush(0.2)
        assert flushed(sender, ingress)
    assert stopped(sender, ingress) == 1


def test_points_go_on_their_way_as_soon_as_there_is_a_thread_again(
    ingress: Ingress, sender: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    publish = sender.bind("plot")
    with monkeypatch.context() as without_threads:
        without_threads.setattr(native, "start_new_thread", full)
        publish(0, 0)
    lose_thread(monkeypatch)
    publish(1, 1)

    def comes() -> bool:
        publish(2, 2)  # and nobody flushes, as in the loop of a program
        return ingress.drain() > 2

    eventually(comes)


def test_an_interrupted_wake_or_flush_leaves_the_sender_at_work(
    ingress: Ingress, sender: Publisher
) -> None:
    publish = first_point(sender, ingress)
    assert sender.sink is not None
    for _ in interrupted(sender.sink.wake):
        pass
    for _ in interrupted(partial(sender.flush, 0.0)):
        pass
    publish(1, 1)
    assert flushed(sender, ingress)
    assert ingress.drain() == 2


def test_a_point_that_could_not_wake_the_sender_is_sent_at_the_end(
    ingress: Ingress, sender: Publisher
) -> None:
    sender.bind("plot")
    sender.sink = Sender(sender, ingress.connection)
    # As it is where an interrupt came between the two.
    sender._buffers["plot", "y", ""].items.extend((1.0, 1.0))
    assert stopped(sender, ingress) == 1


def stopped(sender: Publisher, ingress: Ingress) -> int:
    """Stop while the relay is at work; return how many points have come."""
    thread = threading.Thread(target=sender.stop)
    thread.start()
    eventually(lambda: ingress.drain() >= 0 and not thread.is_alive())
    return ingress.drain()


def flushed(sender: Publisher, ingress: Ingress) -> bool:
    """Flush while the relay is at work."""
    said: list[bool] = []
    thread = threading.Thread(target=lambda: said.append(sender.flush(PATIENCE)))
    thread.start()
    eventually(lambda: ingress.drain() >= 0 and not thread.is_alive())
    return said[0]


def test_flush_is_true_when_everything_has_come(ingress: Ingress, sender: Publisher) -> None:
    publish = sender.bind("plot")
    for i in range(50):
        publish(i, i)
        assert flushed(sender, ingress)
        assert ingress.drain() == i + 1
        assert sender.stats()["queued"] == 0


def test_flush_is_false_until_the_relay_has_said_that_it_has_everything(
    ingress: Ingress, sender: Publisher
) -> None:
    publish = first_point(sender, ingress)
    assert flushed(sender, ingress)
    ingress.answers = False
    publish(1, 1)
    assert not sender.flush(0.05)
    assert ingress.drain(0.1) == 2
    assert not sender.flush(0.05)
    ingress.answers = True
    assert flushed(sender, ingress), "it has asked again"
    assert ingress.drain() == 2


def test_flush_is_false_at_once_where_the_relay_refuses(
    ingress: Ingress, sender: Publisher
) -> None:
    sender.connection = ingress.connection._replace(token="another")
    sender.bind("plot")(1, 1)
    sender.flush(0.0)  # by CURVE it does not even come to the relay
    assert ingress.drain(0.2) == 0
    assert ingress.refused == []


def test_flush_waits_for_a_point_that_comes_while_the_sender_finds_nothing(
    ingress: Ingress, sender: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, take, queued = sender.bind("plot"), sender.take, []

    def flush() -> None:
        assert sender.flush(PATIENCE)
        queued.append(sender.stats()["queued"])

    def late_take() -> list[Batch]:
        found = take()
        if not found and not flushing.ident:
            publish(1, 1)
            flushing.start()
            eventually(lambda: isinstance(sender.sink, Sender) and sender.sink._waiting)
        return found

    def is_flushed() -> bool:
        ingress.drain()
        return bool(queued)

    flushing = threading.Thread(target=flush)
    monkeypatch.setattr(sender, "take", late_take)
    publish(0, 0)
    eventually(is_flushed)
    assert queued == [0]


def test_stop_delivers_what_there_is(ingress: Ingress, sender: Publisher) -> None:
    publish = sender.bind("plot")
    for i in range(50_000):
        publish(i, i)
    assert stopped(sender, ingress) == 50_000
    assert not [t for t in threading.enumerate() if t.name == "zwsnb-sender"]


def test_stop_does_not_wait_for_a_relay_that_has_gone(sender: Publisher, ingress: Ingress) -> None:
    publish = sender.bind("plot")
    ingress.close()
    publish(np.arange(10**6), np.arange(10**6))
    stopped = threading.Thread(target=sender.stop, args=(0.2,))
    stopped.start()
    stopped.join(PATIENCE)
    assert not stopped.is_alive()


def test_a_relay_that_comes_back_gets_everything_that_no_other_has_had(
    sender: Publisher, ingress: Ingress
) -> None:
    publish = first_point(sender, ingress)
    assert flushed(sender, ingress)
    ingress.close()
    for i in range(1, 1001):
        publish(i, i)
    back = Ingress(ingress.connection.ingress)
    eventually(lambda: back.drain() == 1000)
    assert back.points[sender.producer] == list(range(1, 1001))
    assert back.accounts.total().missing == 0
    assert flushed(sender, back)
    back.close()


def test_what_answers_in_another_language_for_a_while_loses_nothing(
    sender: Publisher, ingress: Ingress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a tunnel does whose other end is down, or who has the port of a relay that comes back."""
    monkeypatch.setattr("zwsnb.delivery.window.CONNECT_AFTER", 0.5)
    publish = first_point(sender, ingress)
    assert flushed(sender, ingress)
    ingress.close()
    with other_language(urlsplit(ingress.connection.ingress).port or 0) as answered:
        eventually(answered.is_set)
        for i in range(1, 1001):
            publish(i, i)
            sender.flush(0.001)
    back = Ingress(ingress.connection.ingress)
    eventually(lambda: back.drain() == 1000)
    assert back.points[sender.producer] == list(range(1, 1001))
    back.close()


@contextlib.contextmanager
def other_language(port: int) -> Iterator[threading.Event]:
    """Answer all who connect to a port with a line of HTTP; the event is set when one has come."""
    answered = threading.Event()

    def answer() -> None:
        with contextlib.suppress(OSError):
            while True:
                peer = server.accept()[0]
                with peer:
                    peer.recv(10)  # the first word of ZeroMQ
                    peer.sendall(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
                answered.set()

    with socket.create_server(("127.0.0.1", port)) as server:
        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield answered
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_a_publisher_goes_on_to_another_relay_with_what_no_other_has_had(
    sender: Publisher, ingress: Ingress
) -> None:
    publish = first_point(sender, ingress)
    assert flushed(sender, ingress)
    ingress.close()
    publish(1, 1)
    assert not sender.flush(0.1)
    other = Ingress(token="of another service")
    sender.reconnect(other.connection)
    publish(2, 2)
    eventually(lambda: other.drain() == 2)
    assert (other.points[sender.producer], other.refused) == ([1, 2], [])
    other.close()


def test_receipts_that_are_lost_are_asked_for(sender: Publisher, ingress: Ingress) -> None:
    publish = first_point(sender, ingress)
    ingress.answers = False
    publish(1, 1)
    eventually(lambda: ingress.drain() == 2)
    ingress.answers = True
    assert flushed(sender, ingress)
    assert ingress.points[sender.producer] == [0, 1]


def test_a_command_that_is_too_long_keeps_nothing_up(sender: Publisher, ingress: Ingress) -> None:
    publish = first_point(sender, ingress)
    sender.send_command(SetOptions("plot", {"title": "x" * 70_000}))
    publish(1, 1)
    eventually(lambda: ingress.drain() == 2)
    assert ingress.refused == []


def test_a_relay_that_stands_still_costs_the_caller_nothing_but_what_is_dropped(
    sender: Publisher, ingress: Ingress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "HIGH_WATER_MARK", 1 << 20)
    publish, n = sender.bind("plot"), 50_000
    for i in range(400):
        publish(np.arange(i * n, i * n + n), np.arange(i * n, i * n + n))
    assert_account(sender, 400 * n)
    assert sender.stats()["dropped"] > 0
    eventually(lambda: ingress.drain() + sender.stats()["dropped"] == 400 * n)
    publish(400 * n, 400 * n)
    eventually(
        lambda: ingress.drain() and ingress.accounts.total().dropped == sender.stats()["dropped"]
    )
    assert ingress.accounts.total().missing == 0
    assert (np.diff(ingress.points[sender.producer]) > 0).all()


# -- other processes -------------------------------------------------------------------------------


def run(script: str, connection: Connection, *words: str) -> subprocess.Popen[str]:
    """Run a script, which finds the connection in its argument; it ends like a user's."""
    head = """
        import json, os, sys, threading
        from zwsnb.producer.sink import Connection
        from zwsnb.api import publish, publisher
        publisher.connection = Connection(*json.loads(sys.argv[1]))
    """
    code = textwrap.dedent(head) + textwrap.dedent(script)
    return subprocess.Popen(
        [sys.executable, "-c", code, json.dumps(connection), *words],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_script_delivers_everything_although_it_ends_at_once(ingress: Ingress) -> None:
    script = """
        for i in range(100_000):
            publish(i, i)
    """
    with run(script, ingress.connection) as process:
        eventually(lambda: ingress.drain() == 100_000)
        assert process.wait(PATIENCE) == 0
    assert list(ingress.points.values()) == [list(range(100_000))]


@pytest.mark.parametrize("starts", ["threads", "no threads"])
def test_what_is_published_for_the_first_time_at_exit_comes(ingress: Ingress, starts: str) -> None:
    """Python 3.12 starts no thread by then."""
    script = """
        import atexit
        import numpy as np
        from zwsnb.producer import native
        def last():
            def refuse(*_):
                raise RuntimeError("can't create new thread at interpreter shutdown")
            if sys.argv[2] == "no threads":
                native.start_new_thread = refuse
            publish(np.arange(20_000.0), np.arange(20_000.0))
            assert publisher.flush(10)
            publish(20_000, 20_000)
        atexit.register(last)
    """
    with run(script, ingress.connection, starts) as process:
        eventually(lambda: ingress.drain() == 20_001)
        assert process.wait(PATIENCE) == 0
    assert list(ingress.points.values()) == [list(range(20_001))]


def test_one_that_is_given_back_is_not_said_to_be_lost(
    capsys: pytest.CaptureFixture[str],
) -> None:
    publisher = Publisher(make_sender=Sender)
    publisher.connection = Connection("ipc:///nowhere/at/all", "token")
    publisher.bind("plot")(1, 1)
    sender = publisher.sink
    publisher.stop(0.01)
    assert publisher.stats()["queued"] == 1  # another is to have it
    goodbyes.say_the_rest()
    assert capsys.readouterr().err == ""
    assert sender is not None


def test_a_sender_that_fails_prints_nothing() -> None:
    """What a thread prints would appear below a notebook's cell."""
    script = """
        sys.stderr = sys.stdout
        publish(1, 1)
        assert not publisher.flush(10)
        assert publisher.sink._thread.is_alive()  # it tries again
        assert publisher.sink.loss().startswith("1 point has not arrived: nonsense is no address")
        os._exit(0)
    """
    with run(script, Connection("nonsense", "token")) as process:
        assert process.communicate(timeout=PATIENCE)[0] == ""
        assert process.returncode == 0


def test_a_forked_child_is_another_producer_and_sends_nothing_of_its_parents(
    ingress: Ingress,
) -> None:
    script = """
        for i in range(1000):
            publish(i, i)
        pid = os.fork()
        for i in range(1000, 2000):
            publish(i, i)
        if pid:
            sys.exit(os.waitpid(pid, 0)[1])
    """
    with run(script, ingress.connection) as process:
        eventually(lambda: ingress.drain() == 3000)
        assert process.wait(PATIENCE) == 0
    assert sorted(map(len, ingress.points.values())) == [1000, 2000]
    parent, child = sorted(ingress.points.values())
    assert parent == list(range(2000))
    assert child == list(range(1000, 2000))


BURST = """
    import json, multiprocessing, sys, threading
    from zwsnb.api import publish, publisher
    from zwsnb.producer.sink import Connection

    if __name__ == "__main__":
        publisher.connection = Connection(*json.loads(sys.argv[1]))

    def work(n):
        for i in range(n):
            publish(i, i)
        print(publisher.producer)

    def child(connection, n):
        publisher.connection = Connection(*connection)
        work(n)

    if __name__ == "__main__":
        n = int(sys.argv[2])
        context = multiprocessing.get_context(sys.argv[3])
        args = (tuple(publisher.connection), n)
        processes = [context.Process(target=child, args=args) for _ in range(4)]
        for process in processes:
            process.start()
        threads = [threading.Thread(target=work, args=(n,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for each in (*threads, *processes):
            each.join()
        sys.exit(sum(process.exitcode for process in processes))
"""


class TriedLock:
    """A lock that somebody has, and that tells when another tries to get it."""

    def __init__(self) -> None:
        self.lock, self.tried = threading.Lock(), threading.Event()
        self.lock.acquire()
        self.release = self.lock.release

    def acquire(self, timeout: float) -> bool:
        got = self.lock.acquire(blocking=False)
        self.tried.set()
        return got or self.lock.acquire(timeout=timeout)


def test_a_thread_that_begins_while_another_delivers_goes_on_after_it(
    ingress: Ingress, sender: Publisher
) -> None:
    """Who flushes is at it by itself where no thread can be started just then."""
    publish = sender.bind("plot")
    sender.sink = made = Sender(sender, ingress.connection)
    made._is_running = lock = TriedLock()  # type: ignore[assignment]
    publish(0, 0)
    assert lock.tried.wait(PATIENCE)
    lock.release()
    assert flushed(sender, ingress)
    assert ingress.points[sender.producer] == [0]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_million_points_from_4_threads_and_4_processes_all_arrive_once_and_in_order(
    ingress: Ingress, method: str, tmp_path: Path
) -> None:
    n = 125_000
    script = tmp_path / "burst.py"
    script.write_text(textwrap.dedent(BURST), encoding="utf-8")
    words = [sys.executable, str(script), json.dumps(ingress.connection), str(n), method]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        eventually(lambda: ingress.drain() == 8 * n, within=40)
        assert process.wait(PATIENCE) == 0
    assert ingress.accounts.total().missing == 0
    assert sorted(map(len, ingress.points.values())) == [n] * 4 + [4 * n]
    for points in ingress.points.values():
        if len(points) == n:
            assert points == list(range(n))
        else:
            assert np.bincount(np.array(points, dtype=np.int64), minlength=n).tolist() == [4] * n


# -- trouble ---------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="its C library has no usleep")
def test_the_time_for_which_a_process_has_stood_still_is_no_silence_of_the_relay(
    ingress: Ingress, sender: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, sink = first_point(sender, ingress), sender.sink
    assert isinstance(sink, Sender)
    eventually(lambda: not sink.held)
    publish(1, 1)
    eventually(lambda: sink.held == 1)
    monkeypatch.setattr("zwsnb.delivery.sender.GIVE_UP_AFTER", 2.0)
    ctypes.PyDLL(None).usleep(2_500_000)  # which keeps the interpreter
    assert not sink.trouble
    assert "does not answer" in eventually(lambda: sink.trouble)


def test_points_that_have_not_come_wait_for_the_next_relay(ingress: Ingress) -> None:
    publisher = Publisher(make_sender=Sender)
    publisher.connection = ingress.connection
    publish = publisher.bind("plot")
    for i in range(1000):
        publish(i, i)
    publisher.stop(0.2)  # which nobody answers
    stats = publisher.stats()
    assert (stats["accepted"], stats["queued"], stats["taken"]) == (1000, 1000, 0)
    publisher.connection = ingress.connection
    publish(1000, 1000)
    eventually(lambda: ingress.drain() == 1001)
    assert ingress.points[publisher.producer] == list(range(1001))
    publisher.stop(0.2)


def test_who_blocks_for_a_relay_that_is_silent_for_long_is_told(
    ingress: Ingress, sender: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.delivery.sender.GIVE_UP_AFTER", 0.3)
    monkeypatch.setattr("zwsnb.delivery.window.MAX_BYTES", 1000)
    monkeypatch.setattr(queue, "SOFT_LIMIT", 1000)
    monkeypatch.setattr(queue, "HIGH_WATER_MARK", 1000)
    sender.on_full = "block"
    publish = first_point(sender, ingress)

    def publish_much() -> None:
        for i in range(100):
            publish(np.arange(i, i + 50), np.arange(i, i + 50))

    with pytest.raises(RuntimeError, match=r"the service at .* does not answer"):
        publish_much()
    accepted = sender.stats()["accepted"]
    eventually(lambda: ingress.drain() == accepted)


def test_few_descriptors_are_told_and_a_later_try_sends_everything(
    ingress: Ingress, sender: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(24, "a sender of zwsnb needs 16 descriptors")

    monkeypatch.setattr("zwsnb.delivery.window.CONNECT_AFTER", 0.5)
    with monkeypatch.context() as few:
        few.setattr("zwsnb.delivery.sender.check_descriptors", fail)
        sender.bind("plot")(0, 0)
        assert not sender.flush(0.3)
        assert isinstance(sender.sink, Sender)
        expected = "1 point has not arrived: a sender of zwsnb needs 16 descriptors"
        eventually(lambda: isinstance(sender.sink, Sender) and sender.sink.loss() == expected)
    eventually(lambda: ingress.drain() == 1)


def test_a_flush_that_is_given_up_leaves_nothing(sender: Publisher, ingress: Ingress) -> None:
    first_point(sender, ingress)(1, 1)
    for _ in range(20):
        assert not sender.flush(0.001)
    assert isinstance(sender.sink, Sender)
    assert not sender.sink._waiting
