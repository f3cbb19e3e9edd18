"""The budget: beside threads that compute, patches are spaced by what they cost."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from zwsnb.relay.cpu_budget import CpuBudget
from zwsnb.relay.schedule import FRAME, MAX_SPACING, SHARE


@dataclass
class Machine:
    """Clocks of a hub that takes `cost` seconds for a patch, beside threads that compute for
    `others` of the time.
    """

    cost: float
    others: float = 1.0
    share: float | None = SHARE
    is_flood: bool = False
    now: float = 100.0
    own: float = 0.0
    whole: float = 0.0

    def __post_init__(self) -> None:
        self.budget = CpuBudget(
            self.share, lambda: self.is_flood, lambda: self.own, lambda: self.whole
        )

    def patch(self, frame: float = FRAME) -> float:
        """Send a patch to a page that asks for the next one when it has painted and rested; return
        how long it rests.
        """
        self.own += self.cost
        rest = self.budget.delay_after(self.now)
        passed = frame + rest
        self.now += passed
        self.whole += self.cost + passed * self.others
        return rest

    def share_of(self, patches: int) -> float:
        """Return which share of the time the hub takes for so many patches."""
        begin, spent = self.now, self.own
        for _ in range(patches):
            self.patch()
        return (self.own - spent) / (self.now - begin)


@pytest.mark.parametrize("cost", [0.0005, 0.0007, 0.0012])
def test_beside_a_busy_cell_the_hub_takes_its_share(cost: float) -> None:
    machine = Machine(cost)
    machine.share_of(50)
    assert machine.share_of(200) == pytest.approx(SHARE, rel=0.02)


def test_cheap_patches_come_with_every_frame() -> None:
    machine = Machine(0.0004)
    assert {machine.patch() for _ in range(100)} == {0.0}


def test_a_page_has_20_patches_a_second_whatever_they_cost() -> None:
    machine = Machine(0.01)
    rests = [machine.patch() for _ in range(50)]
    assert rests[-1] == pytest.approx(MAX_SPACING - FRAME)


@pytest.mark.parametrize(
    "machine",
    [Machine(0.002, others=0.3), Machine(0.002, share=None), Machine(0.002, is_flood=True)],
)
def test_nobody_rests_for_threads_that_sleep_nor_in_a_flood_nor_unasked(machine: Machine) -> None:
    assert {machine.patch() for _ in range(100)} == {0.0}


def test_a_cell_that_ends_is_no_longer_spared() -> None:
    machine = Machine(0.001)
    assert [machine.patch() for _ in range(50)][-1] > 0
    machine.others = 0.0
    assert [machine.patch() for _ in range(50)][-1] == 0


def test_all_viewers_share_it() -> None:
    """Four pages that paint at the same time get a fourth each of what one would get."""
    machine = Machine(0.0006)
    machine.share_of(50)
    due = [machine.now] * 4
    begin, spent = machine.now, machine.own
    for _ in range(400):
        i = due.index(min(due))
        machine.whole += max(0.0, due[i] - machine.now)
        machine.now = max(machine.now, due[i])
        machine.own += machine.cost
        machine.whole += machine.cost
        due[i] = machine.now + FRAME + machine.budget.delay_after(machine.now)
    assert (machine.own - spent) / (machine.now - begin) < 0.05, "20 a second for each are 0.048"
