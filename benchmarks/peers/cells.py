"""How each library shows a live line in a notebook, as its own documentation advises, in the words
of `peers.job`.

SETUP shows the plot with {held} points (and for zwsnb, whose relay keeps the window, {window} of
x). BUSY gives `accept(x, y)`, called for every point, and `redraw()`, called 60 times a second (or
None). SINGLE gives `publish(x, y)`, which puts one more point on a plot that shows everything. y
goes from -1.2 to 1.2 for all.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Peer(NamedTuple):
    """One library: the distribution whose version is named, and its cells."""

    name: str
    distribution: str
    advice: str
    setup: str
    busy: str
    single: str


WINDOW_OF_TWO: Final = """
from collections import deque
import numpy as np
import job
held = {held}
xs, ys = deque(range(-held, 0), job.WINDOW), deque(map(job.wave, range(held)), job.WINDOW)
def accept(x, y):
    xs.append(x)
    ys.append(y)
"""

GROWING: Final = """
def publish(x, y):
    accept(x, y)
    redraw()
"""

ZWSNB: Final = Peer(
    "zwsnb",
    "zwsnb",
    "%load_ext zwsnb; publish(x, y)",
    """
%load_ext zwsnb
import zwsnb, job
plot = zwsnb.Plot(window={window}, y_range=(-1.2, 1.2))
for i in range({held}):
    publish(i - {held}, job.wave(i))
""",
    "accept, redraw = publish, None",
    "",
)

BOKEH: Final = Peer(
    "Bokeh push_notebook + stream",
    "bokeh",
    "source.stream(..., rollover), push_notebook(handle=handle)",
    WINDOW_OF_TWO
    + """
from bokeh.io import output_notebook, push_notebook, show
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure
from bokeh.resources import INLINE
output_notebook(INLINE, hide_banner=True)
source = ColumnDataSource(dict(x=np.array(xs), y=np.array(ys)))
fig = figure(width=900, height=360, y_range=(-1.2, 1.2))
fig.line("x", "y", source=source)
handle = show(fig, notebook_handle=True)
def redraw():
    source.stream(dict(x=np.array(xs), y=np.array(ys)), rollover=job.WINDOW)
    push_notebook(handle=handle)
    xs.clear(); ys.clear()
""",
    "",
    GROWING,
)

PLOTLY: Final = Peer(
    "Plotly FigureWidget",
    "plotly",
    "with fig.batch_update(): trace.x, trace.y = ...",
    WINDOW_OF_TWO
    + """
import plotly.graph_objects as go
fig = go.FigureWidget(go.Scatter(x=np.array(xs), y=np.array(ys), mode="lines"))
fig.update_layout(width=900, height=360, yaxis_range=[-1.2, 1.2])
display(fig)
trace = fig.data[0]
def redraw():
    with fig.batch_update():
        trace.x, trace.y = np.array(xs), np.array(ys)
""",
    "",
    GROWING,
)

IPYMPL: Final = Peer(
    "ipympl",
    "ipympl",
    "line.set_data(...); fig.canvas.draw(); fig.canvas.flush_events()",
    "%matplotlib widget\n"
    + WINDOW_OF_TWO
    + """
import matplotlib.pyplot as plt
fig, axes = plt.subplots(figsize=(9, 3.6))
axes.set_ylim(-1.2, 1.2)
line, = axes.plot(xs, ys)
plt.show()
def redraw():
    line.set_data(xs, ys)
    axes.set_xlim(xs[0], xs[-1] + 1)
    fig.canvas.draw()
    fig.canvas.flush_events()
""",
    "",
    GROWING,
)

BQPLOT: Final = Peer(
    "bqplot",
    "bqplot",
    "with line.hold_sync(): line.x, line.y = ...",
    WINDOW_OF_TWO
    + """
import bqplot as bq
scales = {"x": bq.LinearScale(), "y": bq.LinearScale(min=-1.2, max=1.2)}
line = bq.Lines(x=np.array(xs), y=np.array(ys), scales=scales)
axes = [bq.Axis(scale=scales["x"]), bq.Axis(scale=scales["y"], orientation="vertical")]
fig = bq.Figure(marks=[line], axes=axes, layout={"width": "900px", "height": "360px"})
display(fig)
def redraw():
    with line.hold_sync():
        line.x, line.y = np.array(xs), np.array(ys)
""",
    "",
    GROWING,
)

PERSPECTIVE: Final = Peer(
    "Perspective",
    "perspective-python",
    "table.update({...}) of a table with a limit, in a PerspectiveWidget",
    WINDOW_OF_TWO
    + """
import perspective
from perspective.widget import PerspectiveWidget
table = perspective.table({"x": "float", "y": "float"}, limit=job.WINDOW)
table.update({"x": list(xs), "y": list(ys)})
widget = PerspectiveWidget(table, plugin="X/Y Line", columns=["x", "y"])
display(widget)
def redraw():
    table.update({"x": list(xs), "y": list(ys)})
    xs.clear(); ys.clear()
""",
    "",
    GROWING,
)

ARTICLE: Final = Peer(
    "the article's own design",
    "gevent-websocket",
    "JSON a point over PUB/SUB and WebSocket, a redraw a message, the last 100 points",
    """
import atexit, json, subprocess, sys, time
import zmq
from pathlib import Path
from IPython.display import IFrame
import job
program = str(Path(job.__file__).with_name("article.py"))
server = subprocess.Popen([sys.executable, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
atexit.register(server.kill)
told = json.loads(server.stdout.readline())
socket = zmq.Context().socket(zmq.PUB)
socket.connect(told["address"])
def accept(x, y):
    socket.send(json.dumps(dict(x=x, y=y)).encode())
redraw, publish = None, accept
display(IFrame(told["url"], 700, 400))
""",
    "",
    """
time.sleep(1)
for i in range(100):
    accept(i, 0)
time.sleep(1)
""",
)

PEERS: Final = (ZWSNB, BOKEH, BQPLOT, IPYMPL, PERSPECTIVE, PLOTLY, ARTICLE)
