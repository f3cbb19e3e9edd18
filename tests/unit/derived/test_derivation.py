"""A derivation has a series for each run of its source."""

from __future__ import annotations

from support.deriving import World


def names(world: World) -> dict[str, int]:
    return {name: series.count for name, series in world.plot.series.items()}


def run_twice(world: World, *series: str) -> None:
    for _ in range(2):
        for each in series:
            world.publish(range(10), range(10), each)


def test_a_new_run_of_the_source_begins_one_of_its_own(world: World) -> None:
    world.derive("integral(y)")
    run_twice(world, "y")
    assert names(world) == {
        "y": 10, "y (1)": 10, "integral(y)": 10, "integral(y) (1)": 10,
    }  # fmt: skip
    assert world.points("integral(y)").tolist() == world.points("integral(y) (1)").tolist()


def test_past_runs_are_derived_as_well_when_it_is_declared_later(world: World) -> None:
    run_twice(world, "y")
    world.publish(range(5), range(5))
    world.derive("integral(y)")
    runs = {s.number: s.count for s in world.plot.series.values() if s.of == "integral(y)"}
    assert runs == {0: 5, 2: 10, 1: 10}


def test_each_named_run_has_its_own(world: World) -> None:
    world.derive("integral(loss)", "area")
    world.publish(range(3), range(3), "loss", run="a")
    world.publish(range(4), range(4), "loss", run="b")
    its = {s.run: s.count for s in world.plot.series.values() if s.of == "area"}
    assert its == {"a": 3, "b": 4}
    slots = {(s.of, s.run): s.slot for s in world.plot.series.values()}
    assert slots["area", "a"] == slots["loss", "a"] != slots["area", "b"]


def test_runs_of_two_series_go_together(world: World) -> None:
    world.derive("a - b")
    run_twice(world, "a", "b")
    assert {n: c for n, c in names(world).items() if "-" in n} == {"a - b": 10, "a - b (1)": 10}
    assert world.points("a - b")[:, 1].tolist() == [0] * 10


def test_what_leaves_its_source_leaves_it(world: World) -> None:
    world.derive("integral(y)")
    run_twice(world, "y")
    world.plot.remove("y (1)")
    world.update()
    assert names(world) == {"y": 10, "integral(y)": 10}
    ident = world.series("integral(y)").ident
    world.plot.clear()
    world.update()
    assert names(world) == {}
    world.publish([0, 1], [1, 1])
    assert names(world) == {"y": 2, "integral(y)": 2}
    assert world.series("integral(y)").ident == ident  # pages take the new points in one step


def test_a_run_of_it_that_was_removed_does_not_come_back(world: World) -> None:
    world.derive("integral(y)")
    run_twice(world, "y")
    world.plot.remove("integral(y) (1)")
    world.publish([10], [10])
    assert names(world) == {"y": 11, "y (1)": 10, "integral(y)": 11}


def test_what_is_cleared_begins_anew(world: World) -> None:
    world.derive("integral(y)")
    run_twice(world, "y")
    world.plot.clear("integral(y)")
    world.update()
    world.publish([10], [10])
    assert names(world) == {"y": 11, "y (1)": 10, "integral(y)": 11}
    world.check("integral(y)")
    world.derive("integral(y)")
    assert names(world)["integral(y)"] == 11


def test_a_named_run_of_it_that_was_removed_does_not_come_back(world: World) -> None:
    world.derive("integral(loss)", "area")
    for run in "ab":
        world.publish(range(3), range(3), "loss", run=run)
    name = next(s.name for s in world.plot.series.values() if (s.of, s.run) == ("area", "a"))
    assert not world.derived.withdraw(name)
    world.plot.remove(name)
    world.publish([3], [3], "loss", run="a")
    assert [s.run for s in world.plot.series.values() if s.of == "area"] == ["b"]


def test_of_a_curve_nothing_is_derived(world: World) -> None:
    world.derive("y + 1")
    world.publish([0, 1, 2, 3], [0, 0, 0, 0])
    world.plot.set_options({"xy": True})
    world.update()
    assert list(world.plot.series) == ["y"]
    assert world.derived.notices() == [
        "y + 1 is not computed: of a curve, whose x swings, nothing is derived."
    ]


def test_it_says_for_what_it_waits(world: World) -> None:
    world.derive("ema(lss, .9)")
    assert world.derived.notices() == []
    world.publish([0], [1], "loss")
    assert world.derived.notices() == ["ema(lss, .9) waits for 'lss'; the plot has 'loss'."]
