"""A loop that publishes, and is interrupted every 3 ms: nothing is lost, nothing comes twice."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

SECONDS = 2
STORM = """
import itertools, json, signal, sys, time
import zwsnb
from zwsnb import api
from zwsnb.producer import publisher

is_armed = False

def interrupt(*_):
    global is_armed
    if is_armed:
        is_armed = False
        raise KeyboardInterrupt

def publish_on(numbers):
    global is_armed
    try:
        is_armed = True
        for i in numbers:
            publish(i, i)
    except KeyboardInterrupt:
        is_armed = False

# The loop makes arrays of what has gathered as often as it may.
publisher.SEAL = 64
zwsnb.start(on_full="block", memory="1 GB", process=json.loads(sys.argv[1]))
publish = zwsnb.Plot("storm").publish
numbers, interrupts = itertools.count(), 0
first = next(numbers)
publish(first, first)  # imports, which would never end
end = time.monotonic() + float(sys.argv[2])
signal.signal(signal.SIGALRM, interrupt)
signal.setitimer(signal.ITIMER_REAL, 0.003, 0.003)
while time.monotonic() < end:
    publish_on(numbers)
    interrupts += 1
signal.setitimer(signal.ITIMER_REAL, 0)
published = next(numbers)
flushed = api.publisher.flush(30)
x, y = zwsnb.Plot("storm").to_numpy().T
stats = api.publisher.stats()
step = x[1:] - x[:-1]
print(json.dumps({
    "published": published, "interrupts": interrupts, "flushed": flushed, "held": len(x),
    "in order": bool((step > 0).all()), "missing": published - len(x), "same": bool((x == y).all()),
    "largest hole": float(step.max()), **stats,
}))
zwsnb.stop()
"""


@pytest.mark.slow
@pytest.mark.parametrize("process", [False, True], ids=["in the kernel", "in a process"])
def test_a_storm_of_interrupts_loses_nothing(process: bool) -> None:
    words = [sys.executable, "-c", STORM, json.dumps(process), str(SECONDS)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout)
    print(said)  # noqa: T201 - pytest -rP shows it
    assert said["flushed"]
    assert said["in order"], "none twice"
    assert said["same"], "no x has the y of another"
    assert said["accepted"] == said["taken"] == said["held"]
    assert said["dropped"] == said["queued"] == 0
    # The number that the loop had taken, and not yet given to publish.
    assert said["interrupts"] > 50
    assert 0 <= said["missing"] <= said["interrupts"]
    assert said["largest hole"] < 20
