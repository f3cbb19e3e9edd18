"""What `publish?` shows."""

from __future__ import annotations

import inspect

import pytest

from zwsnb.plot.run import Blocks
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.signature import Publish


def test_the_signature_shows_no_address_of_an_object() -> None:
    signature = str(inspect.signature(Publisher().bind("plot")))
    assert "y: 'Any' = <not given>" in signature
    assert " at 0x" not in signature


BOUND = Publisher().bind("plot")


@pytest.mark.parametrize("publish", [BOUND, Blocks(BOUND).publish], ids=["plot", "run"])
def test_a_bound_function_has_the_signature_and_the_help_that_are_declared(
    publish: Publish,
) -> None:
    _, *declared = inspect.signature(Publish.__call__).parameters.values()
    assert list(inspect.signature(publish).parameters.values()) == declared
    assert publish.__doc__ == Publish.__call__.__doc__
    assert str(publish.__doc__).startswith("Put points on the plot")
