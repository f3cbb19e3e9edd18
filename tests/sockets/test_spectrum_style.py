"""A plot with style="spectrum", in this process and with the relay in another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support.eventually import eventually
from support.services import address, get, own, page, strict, viewers
from websockets.sync.client import connect

import zwsnb
from zwsnb import Plot
from zwsnb.protocol.batch import SetOptions
from zwsnb.service.service import Service


def tone(plot: Plot, frequency: float, since: float = 0.0) -> None:
    x = since + np.arange(1_000) / 1_000
    plot.publish(x, 3 * np.sin(2 * np.pi * frequency * x))


@pytest.mark.usefixtures("own_session")
@pytest.mark.parametrize("process", [False, True])
def test_what_is_saved_is_the_spectrum_and_what_is_read_the_signal(
    process: bool, tmp_path: Path
) -> None:
    zwsnb.start(process=process)
    plot = Plot("p", style="spectrum", window="1s", x_unit="s", y_unit="V")
    for since, ending in enumerate(("svg", "html", "png", "csv")):
        tone(plot, 50, since)
        plot.save(tmp_path / f"a.{ending}")
    for ending in ("svg", "html"):
        text = (tmp_path / f"a.{ending}").read_text()
        assert "frequency" in text
        assert "Hz" in text
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 1 + 4_000
    assert plot.to_numpy().shape == (4_000, 2)
    plot.style(style="line")
    plot.save(tmp_path / "a.svg")
    assert "frequency" not in (tmp_path / "a.svg").read_text()


@pytest.mark.usefixtures("own_session")
def test_a_plot_that_was_a_curve_says_why_it_cannot() -> None:
    plot = Plot("p", xy=True)
    with pytest.raises(ValueError, match="xy is True, of which there is no spectrum"):
        plot.style("spectrum")
    plot.style("spectrum", xy="auto")
    tone(plot, 50)
    eventually(lambda: plot.stats()["options"]["style"] == "spectrum")


def test_an_open_page_turns_to_the_spectrum_moves_and_turns_back(
    service: Service, plot: str
) -> None:
    publisher = own(service)
    publish = publisher.bind(plot)
    x = np.arange(1_000) / 1_000
    publisher.send_command(SetOptions(plot, {"window": 1, "x_unit": "s"}))
    publish(x, 3 * np.sin(2 * np.pi * 50 * x))
    with page(service, plot=plot) as viewer:
        viewer.look(mode="follow", window=1)
        viewer.until_x(0.999)
        publisher.send_command(SetOptions(plot, {"style": "spectrum"}))
        options = viewer.hear_of("options")["options"]
        keys = ("style", "window", "x_unit")
        assert [options[key] for key in keys] == ["spectrum", None, "Hz"]
        viewer.until_x(50)  # where it is highest
        assert viewer.page.vertices[0][-1, 0] == 500
        publish(x + 1, np.sin(2 * np.pi * 60 * x))
        viewer.until_x(60)
        [account] = viewers(service, plot)
        assert account["accepted"] == 501
        assert strict(get(service, "/plot", plot=plot)[2]) == {"points": 2_000}
        assert len(get(service, "/csv", plot=plot)[2].splitlines()) == 1 + 2_000
        publisher.send_command(SetOptions(plot, {"style": "line"}))
        assert viewer.hear_of("options")["options"]["window"] == 1
        viewer.until_x(1.999)
        assert viewer.page.vertices[0][0, 0] == pytest.approx(1, abs=0.01)
        assert viewers(service, plot)[0]["accepted"] == 2_000


def test_a_reader_of_json_gets_the_points(service: Service, plot: str) -> None:
    own(service).send_command(SetOptions(plot, {"style": "spectrum"}))
    with connect(address(service, "/json", "ws", plot=plot), proxy=None) as reader:
        eventually(lambda: viewers(service, plot))
        own(service).bind(plot)(np.arange(20.0), np.arange(20.0))
        assert [strict(reader.recv(10))["x"] for _ in range(20)] == list(range(20))


def test_the_snapshot_is_of_what_was_published_just_now(service: Service, plot: str) -> None:
    own(service).send_command(SetOptions(plot, {"style": "spectrum", "x_unit": "s"}))
    pictures = set()
    x = np.arange(1_000) / 1_000
    for since in range(3):
        own(service).bind(plot)(x + since, np.sin(2 * np.pi * (50 + 100 * since) * x))
        pictures.add(get(service, "/snapshot", plot=plot)[2])
    assert len(pictures) == 3
    assert all(b"400\xe2\x80\xafHz" in picture for picture in pictures)
