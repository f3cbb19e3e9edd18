"""A publisher and its sender over a real socket: all arrives once, in order, or is counted."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import zmq
from support.eventually import PATIENCE, eventually
from support.interrupts import interrupted
from support.sinks import assert_account

from zwsnb.producer import queue
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.sender import Sender
from zwsnb.producer.signature import Publish
from zwsnb.producer.sink import HEARTBEAT, Connection, Source
from zwsnb.protocol.batch import Batch, Points, decode_batch
from zwsnb.relay.accounts import Accounts


class Ingress:
    """A PULL socket that accounts for what arrives as a relay does."""

    def __init__(self, address: str = "tcp://127.0.0.1:*") -> None:
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.PULL)
        self.socket.rcvhwm = 4
        self.socket.bind(address)
        self.connection = Connection(self.socket.getsockopt_string(zmq.LAST_ENDPOINT), "token")
        self.accounts = Accounts()
        self.points: dict[str, list[float]] = defaultdict(list)

    def drain(self, timeout: float = 0.0) -> int:
        """Take what is there; return how many points have arrived so far."""
        while self.socket.poll(int(1000 * timeout)):
            batch, token = decode_batch(self.socket.recv_multipart())
            assert token == "token"
            assert self.accounts.record(batch), "twice"
            if isinstance(batch.body, Points):
                assert (batch.body.x == batch.body.y).all()
                self.points[batch.producer] += batch.body.x.tolist()
        return sum(map(len, self.points.values()))

    def close(self) -> None:
        self.context.destroy(linger=0)


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


def test_an_interrupted_wake_or_flush_leaves_the_sender_at_work(
    ingress: Ingress, sender: Publisher
) -> None:
    publish = first_point(sender, ingress)
    assert sender.sink is not None
    for _ in interrupted(sender.sink.wake):
        pass
    for _ in interrupted(sender.flush):
        pass
    publish(1, 1)
    assert sender.flush()
    eventually(lambda: ingress.drain() == 2)


def test_a_point_that_could_not_wake_the_sender_is_sent_at_the_end(
    ingress: Ingress, sender: Publisher
) -> None:
    sender.bind("plot")
    sender.sink = Sender(sender, ingress.connection)
    # As it is where an interrupt came between the two.
    sender._buffers["plot", "y", ""].items.extend((1.0, 1.0))
    sender.stop()
    eventually(lambda: ingress.drain() == 1)


def test_flush_is_true_when_everything_is_on_its_way(ingress: Ingress, sender: Publisher) -> None:
    publish = sender.bind("plot")
    for i in range(200):
        publish(i, i)
        assert sender.flush()
        assert sender.stats()["queued"] == 0


def asking(ingress: Ingress, answers: list[int | Exception]) -> Publisher:
    """A publisher whose sender asks how much has arrived, and gets these answers."""

    def arrived(producer: str, patience: float) -> int:
        assert producer == publisher.producer
        assert 0 < patience <= 2
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    publisher = Publisher(make_sender=lambda source, to: Sender(source, to, arrived))
    publisher.connection = ingress.connection
    return publisher


def test_flush_asks_until_the_relay_has_had_everything_and_then_no_more(ingress: Ingress) -> None:
    answers: list[int | Exception] = [0, 0, 1]
    publisher = asking(ingress, answers)
    publisher.bind("plot")(1, 1)
    assert publisher.flush()
    assert publisher.flush()
    assert answers == []
    publisher.stop()
    eventually(lambda: ingress.drain() == 1)


@pytest.mark.parametrize("answer", [0, RuntimeError("none"), PermissionError("refused")])
def test_flush_is_false_where_the_relay_has_not_had_everything_or_does_not_say_so(
    answer: int | Exception, ingress: Ingress
) -> None:
    publisher = asking(ingress, [answer] * 1000)
    publisher.bind("plot")(1, 1)
    assert not publisher.flush(0.1)
    assert publisher.stats()["taken"] == 1
    publisher.stop()
    eventually(lambda: ingress.drain() == 1)


def test_flush_waits_for_a_point_that_comes_while_the_sender_finds_nothing(
    ingress: Ingress, sender: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish, take, queued = sender.bind("plot"), sender.take, []

    def flush() -> None:
        assert sender.flush()
        queued.append(sender.stats()["queued"])

    def late_take() -> list[Batch]:
        found = take()
        if not found and not flushing.ident:
            publish(1, 1)
            flushing.start()
            eventually(lambda: isinstance(sender.sink, Sender) and sender.sink._waiting)
        return found

    flushing = threading.Thread(target=flush)
    monkeypatch.setattr(sender, "take", late_take)
    publish(0, 0)
    eventually(lambda: queued)
    assert queued == [0]


def test_stop_delivers_what_there_is(ingress: Ingress, sender: Publisher) -> None:
    publish = sender.bind("plot")
    for i in range(50_000):
        publish(i, i)
    sender.stop()
    assert ingress.drain(0.2) == 50_000
    assert not [t for t in threading.enumerate() if t.name == "zwsnb-sender"]


def test_stop_does_not_wait_for_a_relay_that_has_gone(sender: Publisher, ingress: Ingress) -> None:
    publish = sender.bind("plot")
    ingress.close()
    publish(np.arange(10**6), np.arange(10**6))
    stopped = threading.Thread(target=sender.stop, args=(0.2,))
    stopped.start()
    stopped.join(PATIENCE)
    assert not stopped.is_alive()


def test_a_relay_that_comes_back_gets_the_newest_and_hears_of_the_rest(
    sender: Publisher, ingress: Ingress
) -> None:
    publish = first_point(sender, ingress)
    ingress.close()
    for i in range(1, 1001):
        publish(i, i)
    back = Ingress(ingress.connection.ingress)

    def has_arrived() -> bool:
        publish(1001, 1001)
        return bool(back.drain() and back.points[sender.producer][-1] == 1001)

    eventually(has_arrived)
    back.close()
    total = back.accounts.total()
    assert total.missing + total.delivered == back.accounts.by_producer[sender.producer].accepted


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


def test_a_sender_that_fails_prints_nothing() -> None:
    """What a thread prints would appear below a notebook's cell."""
    script = """
        sys.stderr = sys.stdout
        publish(1, 1)
        publisher.sink._thread.join(10)
        assert not publisher.sink._thread.is_alive()
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
