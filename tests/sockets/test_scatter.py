"""Scatters over real sockets: from this process and from another to a page, each with its marks."""

from __future__ import annotations

import json

import numpy as np
from support.scripts import run
from support.services import own, page

from zwsnb.protocol.batch import Points
from zwsnb.service.service import Service


def test_a_page_is_sent_colours_and_sizes(service: Service, plot: str) -> None:
    publisher = own(service)
    marks = np.array([[5.0, 6.0], [1.0, np.nan]])
    with page(service, plot=plot) as viewer:
        viewer.look()
        publisher.publish_body(
            Points(plot, "y", np.empty(0), np.empty(0), marks=marks), [3.0, 1.0], [0.0, 1.0]
        )
        while not viewer.page.marks:
            viewer.hear()
            viewer.ack()
        (vertices,), (found,) = viewer.page.vertices.values(), viewer.page.marks.values()
        assert vertices.tolist() == [[3, 0], [1, 1]]
        np.testing.assert_array_equal(found.values, marks.T)
        assert (found.colors, found.sizes) == ((5, 6), (1, 1))


CHILD = """
import numpy as np, zwsnb
zwsnb.connect()
plot = zwsnb.Plot("child")
for i in range(100):
    plot.scatter(i, -i, color=i / 2)
n = 150_000
plot.scatter(np.arange(n), np.zeros(n), size=np.arange(n), series="many")
zwsnb.flush(30)
found = plot.to_numpy("many")
assert found.shape == (n, 4), found.shape
assert (found[:, 3] == found[:, 0]).all()
zwsnb.stop()
"""

PARENT = """
    import subprocess
    import numpy as np

    zwsnb.start()
    subprocess.run([sys.executable, "-c", sys.argv[1]], check=True)
    deadline = time.monotonic() + 30
    while zwsnb.stats()["points"] < 150_100 and time.monotonic() < deadline:
        time.sleep(0.01)
    plot = zwsnb.Plot("child")
    y = plot.to_numpy()
    path = plot.save("points.csv")
    lines = path.read_text().splitlines()
    path.unlink()
    print(json.dumps([y.shape, (y[:, 2] == y[:, 0] / 2).all().item(), lines[0], lines[3]]))
"""


def test_marks_of_another_process_all_arrive() -> None:
    shape, are_same, heading, row = json.loads(run(PARENT, CHILD).stdout)
    assert shape == [100, 4]
    assert are_same
    assert heading == "series,x,y,color,size"
    assert row == "y,2.0,-2.0,1.0,"
