"""Who takes, and who is taken from: the two sides fulfil the protocols that are declared."""

from __future__ import annotations

from support.sinks import FakeSink

from zwsnb.delivery.sender import Sender
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.signature import Publish
from zwsnb.producer.sink import HEARTBEAT, TICK, Connection, MakeSender, Sink, Source


def test_a_publisher_is_a_source() -> None:
    source: Source = Publisher()
    assert source.take() == []
    assert not source.has_more
    assert source.is_past(source.checkpoint())


def test_a_sender_can_be_made_for_a_publisher() -> None:
    make: MakeSender = Sender
    assert callable(make)


def test_the_first_point_makes_one_sink_for_the_connection(publisher: Publisher) -> None:
    made: list[tuple[Source, Connection]] = []

    def make(source: Source, connection: Connection) -> Sink:
        made.append((source, connection))
        return FakeSink(publisher)

    elsewhere = Publisher(make_sender=make)
    elsewhere.connection = Connection("tcp://127.0.0.1:9", "token")
    publish: Publish = elsewhere.bind("plot")
    assert made == []
    publish(1, 1)
    publish(2, 2, series="b")
    assert made == [(elsewhere, elsewhere.connection)]


def test_a_sink_that_is_not_woken_looks_seldom_and_one_that_is_awake_often() -> None:
    assert TICK < HEARTBEAT / 10


def test_a_call_in_the_midst_of_making_the_sink_leaves_it_to_be_woken(publisher: Publisher) -> None:
    def make(_source: Source, _connection: Connection) -> Sink:
        publish(0, 0)  # as the handler of a signal may
        return sink

    sink = FakeSink(publisher)
    elsewhere = Publisher(make_sender=make)
    elsewhere.connection = Connection("tcp://127.0.0.1:9", "token")
    publish: Publish = elsewhere.bind("plot")
    publish(1, 1)
    publish(2, 2)
    assert sink.wakes > 0
    assert elsewhere.stats()["accepted"] == 3
