"""Images over real sockets: from this process and from another to a page, each row counted."""

from __future__ import annotations

import json

import numpy as np
from support.scripts import run
from support.services import Page, own, page

from zwsnb.protocol.batch import Clear
from zwsnb.protocol.images.rows import Rows
from zwsnb.service.service import Service


def rows(plot: str, x: list[float], value: float = 1.0) -> Rows:
    cells = np.full((len(x), 4), value, np.float32)
    return Rows(plot, "image", np.empty(0), cells, (0.0, 3.0))


def until_rows(viewer: Page, count: int) -> None:
    """Take and acknowledge patches until the page has columns of so many rows."""
    while viewer.image.rows < count:
        viewer.hear()
        viewer.ack()


def test_a_page_is_sent_the_columns_of_an_image(service: Service, plot: str) -> None:
    publisher = own(service)
    with page(service, plot=plot) as viewer:
        viewer.look(height=100)
        publisher.publish_body(rows(plot, [0, 1]), [0.0, 1.0])
        until_rows(viewer, 2)
        assert viewer.image.name == "image"
        assert viewer.image.x.tolist() == [0, 1]
        publisher.publish_body(rows(plot, [2], 3.0), [2.0])
        until_rows(viewer, 3)
        assert viewer.image.x.tolist() == [0, 1, 2]
        assert viewer.image.z[0] == 1
        cell = viewer.say("read", id=7, x=1.8, y=2.2).hear_of("read")["cell"]
        assert cell == {"x": 2.0, "y": 2.0, "value": 3.0, "exact": True, "began": 0}
        publisher.send_command(Clear(plot))
        while viewer.image.name:
            viewer.hear()
            viewer.ack()


CHILD = """
import numpy as np, zwsnb
zwsnb.connect()
plot = zwsnb.Plot("child")
for i in range(300):
    plot.image(i / 10, np.full(512, i / 300), y=(0, 1))
plot.image(np.ones((3000, 400)), series="whole")
zwsnb.stop()
"""

PARENT = """
    import subprocess

    zwsnb.start()
    subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
    deadline = time.monotonic() + 30
    while zwsnb.stats()["points"] < 700 and time.monotonic() < deadline:
        time.sleep(0.01)
    its = zwsnb.stats()
    remote = its["producers"]["remote"]
    print(json.dumps([its["points"], its["counts"], remote["accepted"], remote["delivered"]]))
"""


def test_rows_of_another_process_all_arrive() -> None:
    assert json.loads(run(PARENT, CHILD).stdout) == [700, {}, 700, 700]
