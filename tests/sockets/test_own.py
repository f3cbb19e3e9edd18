"""What stands for a service of this process in the hands of others."""

from __future__ import annotations

from support.services import own, running

from zwsnb.producer.publisher import Publisher
from zwsnb.producer.sink import Unheard
from zwsnb.service.own import silence


def test_who_is_silenced_delivers_what_there_is_and_publishes_on_to_nobody() -> None:
    with running() as service:
        publisher, publish = own(service), own(service).bind("plot")
        publish(1, 2)
        silence(publisher)
        assert service.points("plot", "y").tolist() == [[1, 2]]
        for i in range(10_000):
            publish(i, i)
        publish([1, 2], [3, 4])
        assert isinstance(publisher.sink, Unheard)
        assert not publisher.flush(0.1)


def test_who_has_nobody_to_deliver_to_is_silenced_too() -> None:
    publisher = Publisher()
    silence(publisher)
    publisher.bind("plot")(1, 2)
    assert publisher.stats()["queued"] == 1
    publisher.stop()
