"""The relay on real sockets: plain producers as the article has them, everything that is refused,
and who is missing.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import random
import socket as sockets
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import zmq
from support.eventually import eventually
from support.paths import SHARED
from support.services import dealer, page, producer, running, send_until_heard
from support.zmtp_peer import HELLO

from zwsnb.delivery.pieces import PIECE, cut
from zwsnb.delivery.receipts import Held, Receipt, decode_receipt, encode_ask
from zwsnb.delivery.sender import Sender
from zwsnb.history.plots import Plot
from zwsnb.history.runs import Arrival
from zwsnb.kinds.arrays import Column
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.sink import Connection
from zwsnb.protocol.batch import (
    Batch,
    Body,
    Clear,
    Close,
    Mark,
    Points,
    SetOptions,
    encode_batch,
)
from zwsnb.protocol.images.rows import MAX_CELLS, Rows
from zwsnb.protocol.messages import MAX_JSON
from zwsnb.service.service import Service
from zwsnb.zmtp.greeting import GREETING
from zwsnb.zmtp.wire import COMMAND, LONG, MORE, frame

VECTORS = json.loads((SHARED / "vectors.json").read_text(encoding="utf-8"))
ANYWHERE = "tcp://127.0.0.1:*"


@pytest.fixture(scope="module")
def shared() -> Iterator[Service]:
    """A service for tests that each have a plot, or a kind of refusal, to themselves."""
    with running(listen=[ANYWHERE]) as found:
        yield found


@pytest.fixture
def service() -> Iterator[Service]:
    with running(listen=[ANYWHERE]) as found:
        yield found


@pytest.fixture
def plain(service: Service) -> Iterator[zmq.Socket[bytes]]:
    """A plain producer that is heard."""
    with producer(service.listening[0]) as found:
        send_until_heard(service, found)
        yield found


def count(service: Service, plot: str = "plot") -> int:
    """How many points a plot has taken."""
    found = service.stats()["plots"].get(plot)
    return found["points"] if found is not None else 0


def refused(service: Service) -> dict[str, int]:
    """How many messages were refused, by kind."""
    found: dict[str, int] = service.stats()["counts"].get("refused", {})
    return found


def errors(service: Service) -> int:
    """How many messages have failed by a fault of zwsnb."""
    found: int = service.stats()["counts"].get("errors", 0)
    return found


# -- plain producers -------------------------------------------------------------------------------


def test_nanoseconds_of_a_plain_producer_keep_their_digits(
    service: Service, plain: zmq.Socket[bytes]
) -> None:
    service.call(service.relay.set_options, "p", {"time": "ns"})
    first = 1_795_867_200_123_456_789
    for x in (first, first + 1, first + 2):
        plain.send(json.dumps({"x": x, "y": 0, "plot": "p"}).encode())
    eventually(lambda: count(service, "p") == 3)
    origin = service.stats()["plots"]["p"]["origin"]
    seconds = service.points("p", "y", origin)[:, 0]
    assert [origin * 10**9 + round(x * 1e9) for x in seconds] == [first, first + 1, first + 2]


def test_the_articles_producer_is_on_the_plot(service: Service) -> None:
    context = zmq.Context()
    socket = context.socket(zmq.PUB)
    socket.connect(service.listening[0])
    send_until_heard(service, socket)
    for i in range(900):
        x, y = float(i), 2.5 * (1 + math.sin(i / 500))
        socket.send(json.dumps(dict(x=x, y=y)).encode())  # noqa: C408 - written as the article has it
    eventually(lambda: count(service) == 900)
    context.destroy()
    points = service.points("plot", "y")
    assert points[:, 0].tolist() == list(range(900))
    assert points[-1, 1] == 2.5 * (1 + math.sin(899 / 500))


def test_a_producer_may_name_series_and_plot_and_send_a_topic(
    service: Service, plain: zmq.Socket[bytes]
) -> None:
    plain.send_multipart([b"weather", b'{"x": 1, "y": 2, "series": "wind", "plot": "p"}'])
    plain.send_multipart([b"a", b"b", b"c", b'{"x": 2, "y": 3, "series": "wind", "plot": "p"}'])
    plain.send(b'{"x": 1, "y": 9, "plot": "p"}')
    eventually(lambda: count(service, "p") == 3)
    assert service.points("p", "wind").tolist() == [[1, 2], [2, 3]]
    assert service.points("p", "y").tolist() == [[1, 9]]


def test_a_producer_may_send_numbers_by_name_as_a_log_has_them(
    service: Service, plain: zmq.Socket[bytes]
) -> None:
    plain.send(b'{"step": 3, "train": {"loss": 0.5, "acc": null}, "note": "a", "plot": "p"}')
    plain.send(b'{"step": 4, "train": {"loss": NaN, "acc": 0.25}, "plot": "p"}')
    plain.send(b'{"x": 5, "y": null, "plot": "p"}')
    eventually(lambda: count(service, "p") == 5)
    np.testing.assert_equal(service.points("p", "train/loss"), [[3, 0.5], [4, math.nan]])
    np.testing.assert_equal(service.points("p", "train/acc"), [[3, math.nan], [4, 0.25]])
    np.testing.assert_equal(service.points("p", "y"), [[5, math.nan]])
    assert service.stats()["counts"] == {"gaps": 3}
    assert service.stats()["plots"]["p"]["options"]["time"] is False


def test_a_date_as_x_makes_a_time_axis(service: Service, plain: zmq.Socket[bytes]) -> None:
    plain.send(b'{"time": "2011-03-13T07:06:40Z", "v": 1, "plot": "p"}')
    eventually(lambda: count(service, "p") == 1)
    assert service.points("p", "v").tolist() == [[1300000000, 1]]
    assert service.stats()["plots"]["p"]["options"]["time"] is True


def test_a_clock_as_x_makes_a_time_axis_until_somebody_says_no(
    service: Service, plain: zmq.Socket[bytes]
) -> None:
    plain.send(b'{"x": 1795811940.5, "y": 1}')
    eventually(lambda: count(service) == 1)
    assert service.stats()["plots"]["plot"]["options"]["time"] is True
    service.call(service.relay.set_options, "plot", {"time": False})
    assert service.stats()["plots"]["plot"]["options"]["time"] is False


def test_x_may_be_in_milliseconds_and_dates_stand_beside_them(
    service: Service, plain: zmq.Socket[bytes]
) -> None:
    service.call(service.relay.set_options, "plot", {"time": "ms"})
    plain.send(b'{"x": 1300000000500, "y": 1}')
    plain.send(b'{"x": "2011-03-13T07:06:41Z", "y": 2}')
    plain.send(b'{"x": 1.3e18, "y": 3}')
    eventually(lambda: service.stats()["counts"].get("refused") == {"no time": 1})
    assert service.points("plot", "y").tolist() == [[1300000000.5, 1], [1300000001, 2]]
    assert 'say the unit of x, time="ms"' in service.call(service.relay.notices)[0]


def test_without_x_the_points_of_a_plot_are_counted(
    service: Service, plain: zmq.Socket[bytes]
) -> None:
    for i in range(2_500):
        plain.send(b'{"a": %d, "b": 1}' % i)
        if i % 2:
            plain.send(b'{"v": 1, "plot": "other"}')
    eventually(lambda: count(service) == 5_000)
    assert service.points("plot", "a").tolist() == [[i, i] for i in range(2_500)]
    assert service.points("other", "v")[-1].tolist() == [1249, 1]


def test_a_producer_that_binds_is_subscribed_to() -> None:
    with zmq.Context() as context, context.socket(zmq.PUB) as socket:
        socket.bind(ANYWHERE)
        with running(subscribe=[socket.getsockopt_string(zmq.LAST_ENDPOINT)]) as service:
            send_until_heard(service, socket)
            socket.send(b'{"x": 1, "y": 2}')
            eventually(lambda: count(service) == 1)
        socket.linger = 0


def test_a_burst_of_20000_points_arrives_whole(service: Service, plain: zmq.Socket[bytes]) -> None:
    for i in range(20_000):
        plain.send(b'{"x": %d, "y": %d}' % (i, i))
    eventually(lambda: count(service) == 20_000)
    assert (service.points("plot", "y")[:, 0] == np.arange(20_000)).all()


def test_points_of_a_producer_reach_a_page(service: Service, plain: zmq.Socket[bytes]) -> None:
    with page(service) as viewer:
        viewer.look()
        for i in range(100):
            plain.send(b'{"x": %d, "y": 1}' % i)
        viewer.until_x(99)
        assert len(viewer.page.vertices[0]) == 100


# -- refusals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["not JSON", "not a point", "not a number", "not finite", "bad name"]
)
def test_what_is_no_point_is_counted_by_its_kind_and_harms_nothing(
    service: Service, plain: zmq.Socket[bytes], kind: str
) -> None:
    bad = [
        bytes.fromhex(v["hex"]) if "hex" in v else v["message"].encode()
        for v in VECTORS["points"]
        if v.get("refused") == kind
    ]
    assert len(bad) > 5
    for i, message in enumerate(bad):
        plain.send(message)
        plain.send(b'{"x": %d, "y": 1}' % i)
    eventually(lambda: count(service) == len(bad))
    assert refused(service) == {kind: len(bad)}


@pytest.mark.parametrize("size", [MAX_JSON + 1, 10_000_000])
def test_a_message_too_large_is_counted_and_harms_nothing(
    service: Service, plain: zmq.Socket[bytes], size: int
) -> None:
    plain.send(b'{"x": 1, "y": 1}'.ljust(size))
    plain.send(b'{"x": 2, "y": 2}')
    eventually(lambda: count(service) == 1)
    assert refused(service) == {"too large": 1}


def test_a_message_beyond_all_measure_costs_its_sender_the_connection(
    service: Service, plain: zmq.Socket[bytes]
) -> None:
    with producer(service.listening[0]) as hostile:
        send_until_heard(service, hostile)
        hostile.send(bytes(20 << 20))
        plain.send(b'{"x": 1, "y": 1}')
        eventually(lambda: count(service) == 1)
        send_until_heard(service, hostile)


def test_a_message_without_end_is_refused_and_told(
    service: Service, plain: zmq.Socket[bytes]
) -> None:
    host, _, port = service.listening[0].removeprefix("tcp://").rpartition(":")
    with sockets.create_connection((host, int(port))) as hostile:
        hostile.sendall(HELLO)
        with contextlib.suppress(ConnectionError):
            for _ in range(1_000):
                hostile.sendall(frame(bytes(60_000), MORE))
        plain.send(b'{"x": 1, "y": 1}')
        eventually(lambda: count(service) == 1)
    assert refused(service) == {"too large": 1}


def test_names_made_up_in_a_loop_are_refused_and_others_go_on(
    service: Service, plain: zmq.Socket[bytes]
) -> None:
    for i in range(3_000):
        plain.send(b'{"x": 1, "y": 1, "series": "%d", "plot": "%d"}' % (i, i % 10))
    plain.send(b'{"x": 1, "y": 1, "series": "0", "plot": "0"}')
    eventually(lambda: service.stats()["producers"]["plain"] >= 1_000)
    eventually(lambda: service.points("0", "0").tolist() == [[1, 1]] * 2)
    made = service.stats()["plots"]
    assert sum(len(made[str(i)]["series"]) for i in range(10)) < 2_500
    assert refused(service)["new names"] > 500
    assert "their names should be few, and stay" in service.call(service.relay.notices)[0]


def test_noise_on_every_port_harms_nothing() -> None:
    chance = random.Random(4)
    with running(listen=[ANYWHERE], ingress=ANYWHERE) as service:
        for i in range(200):
            at = chance.choice([service.listening[0], service.relay.ingress])
            with sockets.create_connection(("127.0.0.1", int(at.rpartition(":")[2]))) as raw:
                greeting = b"\xff\0\0\0\0\0\0\0\1\x7f\3\0NULL" if i % 2 else b""
                raw.sendall(greeting + chance.randbytes(chance.choice([1, 20, 64, 500])))
        with producer(service.listening[0]) as plain, dealer(service.connection) as push:
            send_until_heard(service, plain)
            push.send_multipart(encode_batch(batch_of(0, 0, 1, 2), service.token))
            eventually(lambda: count(service) == 2)


def test_a_refusal_is_logged_once_a_second(
    service: Service, plain: zmq.Socket[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "zwsnb.service"):
        for _ in range(1000):
            plain.send(b"noise")
        eventually(lambda: refused(service) == {"not JSON": 1000})
    lines = [r.message for r in caplog.records if r.name == "zwsnb.service"]
    assert 1 <= len(lines) <= 3
    assert lines[0].startswith("refused a message (1 so far): not JSON: ")


def test_a_page_is_told_what_was_refused_of_its_plot_until_it_is_cleared(
    service: Service, plain: zmq.Socket[bytes]
) -> None:
    with page(service) as viewer:
        viewer.look()
        for message in (b"noise", b'{"x": [], "y": 1, "plot": "b"}', b'{"x": [], "y": 1}'):
            plain.send(message)
        said = viewer.hear_of("status")
        while not said["counts"]:
            said = viewer.hear_of("status")
        assert said["counts"] == {"refused": {"not a number": 1}}
        assert refused(service) == {"not JSON": 1, "not a number": 2}
        service.call(service.relay.dispatch, Clear("plot"))
        assert viewer.hear_of("status")["counts"] == {}


# -- publishers elsewhere --------------------------------------------------------------------------


@pytest.fixture
def push(service: Service) -> Iterator[zmq.Socket[bytes]]:
    with dealer(service.connection) as found:
        yield found


def envelope(number: int, points_before: int, body: Body, dropped: int = 0) -> Batch:
    """A batch of one producer."""
    return Batch("a" * 32, number, points_before, dropped, body)


def batch_of(number: int, points_before: int, *x: float, dropped: int = 0) -> Batch:
    """A batch of one producer, to series "y"."""
    column = np.array(x)
    return envelope(number, points_before, Points("plot", "y", column, column), dropped)


def test_batches_of_a_publisher_elsewhere_are_taken_in_order(
    service: Service, push: zmq.Socket[bytes]
) -> None:
    push.send_multipart(encode_batch(batch_of(0, 0, 1, 2), service.token))
    push.send_multipart(
        encode_batch(envelope(1, 2, SetOptions("plot", {"title": "t"})), service.token)
    )
    push.send_multipart(encode_batch(batch_of(2, 2, 3), service.token))
    eventually(lambda: count(service) == 3)
    assert service.points("plot", "y")[:, 0].tolist() == [1, 2, 3]
    assert service.stats()["plots"]["plot"]["options"]["title"] == "t"
    assert service.stats()["producers"]["remote"] == {
        "producers": 1,
        "accepted": 3,
        "delivered": 3,
        "refused": 0,
        "dropped": 0,
        "missing": 0,
    }


@pytest.mark.parametrize("token", ["", "wrong", "gehört-nicht-dazu", "\ud800"])
def test_a_batch_without_the_token_is_refused(
    service: Service, push: zmq.Socket[bytes], token: str
) -> None:
    push.send_multipart(encode_batch(batch_of(0, 0, 1), token))
    push.send_multipart(encode_batch(batch_of(0, 0, 2), service.token))
    eventually(lambda: count(service) == 1)
    assert refused(service) == {"wrong token": 1}
    assert (
        "A producer with the token of another service was refused: connect it anew."
        in service.call(service.relay.notices)
    )


def test_a_batch_behind_lost_ones_waits_for_them_and_a_second_one_is_taken_once(
    service: Service, push: zmq.Socket[bytes]
) -> None:
    said = []
    for batch in (batch_of(0, 0, 1, 2), batch_of(0, 0, 1, 2), batch_of(2, 3, 8), batch_of(1, 2, 3)):
        push.send_multipart(encode_batch(batch, service.token))
        said.append(decode_receipt(push.recv()))
    assert said == [Receipt(1), Receipt(1), Receipt(1, is_hole=True), Receipt(2)]
    assert count(service) == 3
    assert service.stats()["counts"] == {}


def test_what_a_publisher_does_not_have_any_more_is_missed(
    service: Service, push: zmq.Socket[bytes]
) -> None:
    push.send_multipart(encode_batch(batch_of(0, 0, 1, 2), service.token))
    push.send(encode_ask(service.token, "a" * 32, Held(3, 7, 1), 1))
    push.send_multipart(encode_batch(batch_of(3, 7, 8, 9, dropped=1), service.token))
    eventually(lambda: count(service) == 4)
    assert service.stats()["counts"] == {"missing": 4, "dropped": 1}
    assert (
        "4 points were sent and did not arrive: a producer was killed, or its connection broke."
        in service.call(service.relay.notices)
    )


def test_a_stranger_gets_no_further_than_the_handshake() -> None:
    """By TCP without the key not a byte of a message is taken, however long it is."""
    with running(ingress="tcp://127.0.0.1:*") as service:
        address = service.connection.ingress
        with (
            zmq.Context() as context,
            context.socket(zmq.DEALER) as keyless,
            dealer(Connection(address, "another")) as wrong,
            dealer(service.connection) as right,
        ):
            keyless.linger = 0
            keyless.connect(address)
            batch = encode_batch(batch_of(0, 0, 1), service.token)
            for socket in (keyless, wrong):
                socket.send_multipart(batch)
            right.send_multipart(batch)
            assert decode_receipt(right.recv()) == Receipt(1)
            assert not keyless.poll(200)
            assert not wrong.poll(0)
            wrong.linger = 0
        assert service.stats()["producers"]["remote"]["producers"] == 1
        assert service.stats()["counts"] == {}


def test_a_stranger_may_send_no_more_than_a_piece_before_the_handshake() -> None:
    """Only when a frame is whole does libzmq look whose it is."""
    with running(ingress="tcp://127.0.0.1:*") as service:
        port = int(service.connection.ingress.rpartition(":")[2])
        with sockets.create_connection(("127.0.0.1", port), 3) as stranger:
            stranger.sendall(GREETING.replace(b"NULL\0", b"CURVE"))
            stranger.sendall(bytes([COMMAND | LONG]) + (PIECE + 65).to_bytes(8, "big"))
            with contextlib.suppress(ConnectionResetError):
                while stranger.recv(4096):  # its greeting comes first
                    pass
        cells = np.zeros((256, MAX_CELLS // 256), np.float32)
        rows = Rows("plot", "image", np.arange(256.0), cells, (0.0, 1.0))
        with dealer(service.connection) as right:
            right.send_multipart(cut(encode_batch(Batch("p", 0, 0, 0, rows), service.token)))
            assert decode_receipt(right.recv()) == Receipt(1)
        assert service.stats()["counts"] == {}


@pytest.mark.parametrize(
    "vector", [pytest.param(v, id=v["name"]) for v in VECTORS["batches"] if "refused" in v]
)
def test_what_is_no_batch_is_counted_and_harms_nothing(
    service: Service, push: zmq.Socket[bytes], vector: dict[str, Any]
) -> None:
    header = vector["frames"][0].replace("the-token", service.token)
    push.send_multipart([header.encode(), *map(bytes.fromhex, vector["frames"][1:])])
    eventually(lambda: refused(service) == {vector["refused"]: 1})


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"colour": "red"}, "bad options"),
        ({"window": -1}, "bad options"),
        ({"series": {"a": {"color": "x"}}}, "bad options"),
    ],
)
def test_options_that_are_none_are_refused(
    service: Service, push: zmq.Socket[bytes], options: dict[str, Any], kind: str
) -> None:
    push.send_multipart(encode_batch(envelope(0, 0, SetOptions("plot", options)), service.token))
    eventually(lambda: refused(service) == {kind: 1})


def test_names_made_up_in_a_loop_do_not_fill_the_memory(
    service: Service, push: zmq.Socket[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.history.plots.MAX_PLOTS", 3)
    monkeypatch.setattr("zwsnb.history.catalog.MAX_SERIES", 2)
    for i in range(5):
        for n, plot, series in ((2 * i, f"plot {i}", "y"), (2 * i + 1, "plot 0", f"series {i}")):
            batch = envelope(n, n, Points(plot, series, np.zeros(1), np.zeros(1)))
            push.send_multipart(encode_batch(batch, service.token))
    eventually(lambda: refused(service) == {"too many plots or series": 6})
    plots = service.stats()["plots"]
    assert list(plots) == ["plot 0", "plot 1", "plot 2"]
    assert list(plots["plot 0"]["series"]) == ["y", "series 0"]
    assert "Points were refused: there is room for" in service.relay.notices()[0]


def test_a_failure_of_ours_is_counted_apart_and_the_way_in_stays_open(
    service: Service, push: zmq.Socket[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    append = service.relay.history.append
    monkeypatch.setattr(service.relay.history, "append", lambda *_: 1 / 0)
    push.send_multipart(encode_batch(batch_of(0, 0, 1), service.token))
    eventually(lambda: errors(service) == 1)
    monkeypatch.setattr(service.relay.history, "append", append)
    push.send_multipart(encode_batch(batch_of(1, 1, 2), service.token))
    eventually(lambda: count(service) == 1)
    assert refused(service) == {}


def test_a_plain_point_that_fails_does_not_close_the_way_in(
    service: Service, plain: zmq.Socket[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    append, calls = service.relay.history.append, []

    def fail_once(plot: str, series: str, x: Column, y: Column, came: Arrival) -> Plot:
        # The points that asked whether the producer is heard may still be arriving.
        if plot == "plot":
            calls.append(x)
            if len(calls) == 1:
                raise ZeroDivisionError
        return append(plot, series, x, y, came)

    monkeypatch.setattr(service.relay.history, "append", fail_once)
    plain.send(b'{"x": 1, "y": 1}')
    eventually(lambda: calls)
    plain.send(b'{"x": 2, "y": 2}')
    eventually(lambda: count(service) == 1)
    assert service.points("plot", "y").tolist() == [[2, 2]]
    assert (refused(service), errors(service)) == ({}, 1)


def test_a_failure_of_ours_does_not_end_the_way_in_of_this_process(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = service._publisher
    assert own is not None
    publish, append = own.bind("plot"), service.relay.history.append
    monkeypatch.setattr(service.relay.history, "append", lambda *_: 1 / 0)
    publish(1, 1)
    eventually(lambda: service.relay.refusals.errors)
    monkeypatch.setattr(service.relay.history, "append", append)
    publish(2, 2)
    eventually(lambda: count(service) == 1)


def test_a_failure_of_ours_is_shown_to_a_page(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = service._publisher
    assert own is not None
    monkeypatch.setattr(service.relay.history, "append", lambda *_: 1 / 0)
    with page(service) as viewer:
        viewer.look()
        own.bind("plot")(1, 1)
        said = viewer.hear_of("status")
        while said["counts"].get("errors") != 1:
            said = viewer.hear_of("status")
    assert [n for n in said["notices"] if "its log has the error" in n]


def test_publishers_and_the_service_of_one_process_share_a_plot(service: Service) -> None:
    elsewhere = Publisher(make_sender=Sender)
    elsewhere.connection = service.connection
    elsewhere.bind("plot")(1, 1, series="there")
    own = service._publisher
    assert own is not None
    own.bind("plot")(1, 1, series="here")
    eventually(lambda: count(service) == 2)
    elsewhere.stop()
    producers = service.stats()["producers"]
    assert producers["own"] == own.stats()
    assert own.stats()["taken"] == 1
    assert producers["remote"]["delivered"] == 1


# -- a plot's life ---------------------------------------------------------------------------------


def test_words_about_a_plot(service: Service) -> None:
    own = service._publisher
    assert own is not None
    publish = own.bind("p")
    publish([1, 2, 3], [1, 2, 3])
    own.send_command(Clear("p"))
    publish(4, 4)
    assert service.points("p", "y").tolist() == [[4, 4]]
    assert count(service, "p") == 4
    own.send_command(Mark("p", 4, "here"))
    own.send_command(Close("p"))
    assert "p" not in service.stats()["plots"]
    publish(5, 5)
    assert count(service, "p") == 1


def test_a_time_makes_a_time_axis(service: Service) -> None:
    own = service._publisher
    assert own is not None
    own.bind("p")(np.datetime64("2024-02-29T12:00"), 1)
    assert service.stats()["plots"]["p"]["options"]["time"] is True
