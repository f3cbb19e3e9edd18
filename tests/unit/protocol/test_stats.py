"""The types of the statistics: what a user may rely upon."""

from __future__ import annotations

from typing import NotRequired, get_origin, get_type_hints

from zwsnb.protocol.stats import Counts, HubStats, Stats, ViewerStats


def test_the_state_of_a_service_is_what_the_hub_knows_and_the_addresses() -> None:
    assert set(get_type_hints(Stats)) - set(get_type_hints(HubStats)) == {
        "url",
        "plots_url",
        "ingress",
    }


def test_only_a_page_has_patches() -> None:
    types = get_type_hints(ViewerStats, include_extras=True)
    optional = {key for key, type_ in types.items() if get_origin(type_) is NotRequired}
    assert optional == {"in_flight", "patches", "paused", "through"}
    assert set(types) - optional == {"accepted", "delivered", "conflated", "dropped", "queued"}


def test_counts_that_are_zero_are_left_out() -> None:
    assert Counts.__required_keys__ == frozenset()
