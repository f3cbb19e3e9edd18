"""What a page exports: pictures, rows, addresses; and the menu that offers them."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Download, Page
from support.decoy import decoy
from support.lab import Plot
from support.pages import free_port, kill, opened, relay, until_points, until_text, user, violations
from support.png_files import decoded, pixels_like

import zwsnb
from zwsnb import api
from zwsnb.commands import status_text

pytestmark = [pytest.mark.browser]

SVG = "{http://www.w3.org/2000/svg}"
STAMP = r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d"
TITLE, SERIES = "Training <run> & more", "loss <b>"


@pytest.fixture(scope="module", autouse=True)
def service() -> Iterator[None]:
    zwsnb.start()
    yield
    zwsnb.stop()


@pytest.fixture(scope="module")
def plot() -> zwsnb.Plot:
    made = zwsnb.Plot(
        "take away", title=TITLE, x_label="step", y_label="volts", lines=[(0.5, "goal")]
    )
    made.publish(range(1_000), {SERIES: [math.sin(i / 50) for i in range(1_000)]})
    made.publish(range(1_000), other=[math.cos(i / 50) for i in range(1_000)])
    return made


@pytest.fixture
def page(browser: Browser, plot: zwsnb.Plot) -> Iterator[Page]:
    """The plot's page, in a browser that does not ask where files go."""
    with opened(browser, plot.url) as found:
        found.evaluate(
            "() => { delete window.showSaveFilePicker;"
            " delete Window.prototype.showSaveFilePicker; }"
        )
        until_points(found, 2_000)
        yield found


def choose(page: Page, item: str) -> None:
    page.click("#more")
    page.click(f"#{item}")


def taken(page: Page, item: str) -> Download:
    with page.expect_download() as found:
        choose(page, item)
    return found.value


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


# --- pictures ---


def test_png_of_what_is_seen_with_title_and_legend_at_twice_the_size(page: Page) -> None:
    download = taken(page, "save-png")
    picture = content(download)
    assert re.fullmatch(rf"take away_{STAMP}\.png", download.suggested_filename)
    assert picture.startswith(b"\x89PNG")
    plot_height = page.evaluate("() => document.getElementById('plot').clientHeight")
    color = Plot(page).stats()["series"][SERIES]["color"]
    width, height, colored, dark = page.evaluate(
        """async ([base64, color]) => {
            const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
            const image = await createImageBitmap(new Blob([bytes]));
            const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
            context.drawImage(image, 0, 0);
            const count = (top, bottom, [r, g, b]) => {
                const { data } = context.getImageData(0, top, image.width, bottom - top);
                let found = 0;
                for (let i = 0; i < data.length; i += 4) {
                    const away = [r, g, b].map((part, j) => Math.abs(data[i + j] - part));
                    if (away[0] + away[1] + away[2] < 30) found += 1;
                }
                return found;
            };
            const colored = count(120, image.height, color);
            return [image.width, image.height, colored, count(0, 60, [28, 32, 39])];
        }""",
        [base64.b64encode(picture).decode(), list(bytes.fromhex(color[1:]))],
    )
    assert width == 2 * 900
    assert height > 2 * plot_height + 60
    assert colored > 2_000, "a line"
    assert dark > 200, "a title"


def test_svg_has_title_axes_ticks_legend_and_vertices_and_escapes_names(page: Page) -> None:
    root = ET.fromstring(content(taken(page, "save-svg")))  # noqa: S314 - made here
    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert {TITLE, SERIES, "other", "step", "volts", "goal", "200", "0.5"} <= texts
    color = Plot(page).stats()["series"][SERIES]["color"]
    lines = [path.get("d") or "" for path in root.iter(f"{SVG}path") if path.get("stroke") == color]
    assert sum(line.count("L") for line in lines) > 200
    assert not [element.tag for element in root.iter() if element.tag.endswith("script")]


def test_svg_shows_only_the_series_that_are_seen(page: Page) -> None:
    page.get_by_role("button", name="other").click()
    root = ET.fromstring(content(taken(page, "save-svg")))  # noqa: S314 - made here
    assert "other" not in {text.text for text in root.iter(f"{SVG}text")}


def test_a_picture_has_the_marks_their_figures_and_the_date(page: Page) -> None:
    page.mouse.click(300, 200)
    page.mouse.click(600, 150)
    Plot(page).until(lambda s: s["figures"], "figures")
    root = ET.fromstring(content(taken(page, "save-svg")))  # noqa: S314 - made here
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert {"A", "B"} <= set(texts)
    assert [text for text in texts if re.match(r"A\s.* · B\s.* · Δx\s", text)]
    assert [text for text in texts if re.match(r"loss\s<b> · mean\s.* · n\s", text)]
    assert re.fullmatch(r"[\d-]{10} [\d:]{8}", texts[-1])


def test_the_picture_is_copied_to_the_clipboard(browser: Browser, plot: zwsnb.Plot) -> None:
    with opened(browser, plot.url, permissions=["clipboard-read", "clipboard-write"]) as page:
        until_points(page, 2_000)
        choose(page, "copy-picture")
        until_text(page, "#task-text", "in the clipboard")
        kinds = page.evaluate(
            "async () => (await navigator.clipboard.read()).flatMap(({ types }) => [...types])"
        )
        assert "image/png" in kinds


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("copy-picture", "does not let this page copy a picture: save it as PNG"),
        ("copy-address", "does not let this page copy: open the plot in its own tab"),
        ("full-screen", "does not let this page fill the screen: open the plot in its own tab"),
    ],
)
def test_what_the_browser_forbids_is_said_with_a_way_out(
    browser: Browser, plot: zwsnb.Plot, item: str, sentence: str
) -> None:
    # A frame of another origin of this machine, which was given no permission.
    html = f'<iframe src="{plot.url}" width="800" height="350"></iframe>'
    port = free_port()
    with decoy(port, html.encode()), user(browser) as context:
        page = context.new_page()
        page.goto(f"http://localhost:{port}/")
        frame = page.frames[1]
        Plot(frame).until_state("live")
        frame.click("#more")
        frame.click(f"#{item}")
        until_text(frame, "#task-text", sentence)


# --- rows ---


def rows_of(download: Download) -> list[str]:
    return content(download).decode().splitlines()[1:]


def test_csv_of_everything_held_by_a_plain_download(page: Page) -> None:
    download = taken(page, "csv-all")
    assert re.fullmatch(rf"take away_{STAMP}_everything\.csv", download.suggested_filename)
    assert len(rows_of(download)) == 2_000
    assert "brief=" in download.url, "browsers write it down"
    assert not re.search("token|ticket", download.url)


def test_csv_of_what_is_seen(page: Page) -> None:
    page.mouse.move(450, 200)
    page.mouse.wheel(0, -500)
    view = Plot(page).until(lambda s: s["view"]["to"] - s["view"]["from"] < 900, "a closer look")[
        "view"
    ]
    x = [float(row.rsplit(",", 2)[1]) for row in rows_of(taken(page, "csv-seen"))]
    assert (min(x), max(x)) == (math.ceil(view["from"]), math.floor(view["to"]))


def test_csv_of_the_selection(page: Page) -> None:
    for x in (300, 600):
        page.mouse.click(x, 200)
    selection = Plot(page).until(lambda s: s["selection"], "a selection")["selection"]
    xs = [float(row.rsplit(",", 2)[1]) for row in rows_of(taken(page, "csv-selected"))]
    assert (min(xs), max(xs)) == (math.ceil(selection["from"]), math.floor(selection["to"]))


def pick_private_file(page: Page) -> None:
    """Have the browser's dialog answer at once: a file that only the page sees."""
    page.evaluate(
        """() => {
            const root = navigator.storage.getDirectory();
            const open = async () => (await root).getFileHandle("rows.csv", { create: true });
            window.showSaveFilePicker = open;
            window.zwsnbSaid = [];
            const text = document.getElementById("task-text");
            const note = () => window.zwsnbSaid.push(text.textContent);
            new MutationObserver(note).observe(text, { childList: true });
        }"""
    )


SIZE_OF_FILE = """async () => {
    const root = await navigator.storage.getDirectory();
    const file = await (await root.getFileHandle("rows.csv")).getFile();
    return (await file.text()).split("\\n").length - 2;
}"""

SLOW_DISK = """() => {
    const { write } = FileSystemWritableFileStream.prototype;
    FileSystemWritableFileStream.prototype.write = async function (data) {
        await new Promise((done) => setTimeout(done, 500));
        return write.call(this, data);
    };
}"""


def test_csv_streams_into_a_file_with_progress(browser: Browser) -> None:
    big = zwsnb.Plot("many rows")
    big.publish(range(200_000), range(200_000))
    with opened(browser, big.url) as page:
        until_points(page, 200_000)
        pick_private_file(page)
        choose(page, "csv-all")
        until_text(page, "#task-text", "Saved 200.k rows as CSV")
        said = page.evaluate("window.zwsnbSaid")
        assert [text for text in said if re.match(r"CSV: [\d. k\u202f]+ of 200.k rows", text)], said
        assert page.evaluate(SIZE_OF_FILE) == 200_000
        assert not page.is_visible("#task-stop")


def test_csv_that_is_stopped_saves_nothing(browser: Browser) -> None:
    big = zwsnb.Plot("too many rows")
    big.publish(range(500_000), range(500_000))
    with opened(browser, big.url) as page:
        until_points(page, 500_000)
        pick_private_file(page)
        page.evaluate(SLOW_DISK)
        choose(page, "csv-all")
        until_text(page, "#task-text", "rows")
        assert violations(page) == []
        page.click("#task-stop")
        until_text(page, "#task-text", "Stopped: no CSV was saved")
        assert page.evaluate(SIZE_OF_FILE) < 0


def test_no_rows_are_offered_when_the_relay_has_gone(browser: Browser) -> None:
    with relay() as (process, url), opened(browser, url) as page:
        kill(process)
        Plot(page).until_state("reconnecting")
        page.click("#more")
        assert page.get_attribute("#csv-all", "aria-disabled") == "true"
        assert page.get_attribute("#save-png", "aria-disabled") == "false"


# --- addresses ---


def test_full_screen(page: Page) -> None:
    choose(page, "full-screen")
    page.wait_for_function("() => document.fullscreenElement === document.documentElement")
    choose(page, "full-screen")
    page.wait_for_function("() => document.fullscreenElement === null")


def test_the_address_of_its_own_tab_opens_the_plot(browser: Browser, plot: zwsnb.Plot) -> None:
    with opened(
        browser, f"{plot.url}&theme=dark", permissions=["clipboard-read", "clipboard-write"]
    ) as page:
        choose(page, "copy-address")
        until_text(page, "#task-text", "The address is in the clipboard")
        assert page.evaluate("navigator.clipboard.readText()") == plot.url
        with page.expect_popup() as popup:
            choose(page, "own-tab")
        assert popup.value.url == plot.url


def test_all_plots_are_a_click_away(page: Page) -> None:
    with page.expect_popup() as popup:
        choose(page, "all-plots")
    assert popup.value.url == api.service().plots_url()


def test_the_address_of_all_plots_is_said_by_the_service_and_its_status(plot: zwsnb.Plot) -> None:
    zwsnb.Plot("another").publish(1, 1)
    service = api.service()
    said = zwsnb.stats()
    assert said["plots_url"] == service.plots_url() == service.url().replace("/?", "/plots?")
    assert f"all plots: {service.plots_url()}" in status_text.text(said)


# --- the menu ---


def test_the_menu_works_by_keyboard_and_leaves_the_plot_alone(page: Page) -> None:
    before = Plot(page).stats()["view"]
    page.focus("#more")
    page.keyboard.press("Enter")
    focused = "() => document.activeElement.id"
    assert page.evaluate(focused) == "save-png"
    page.wait_for_function("() => document.getElementById('more').ariaExpanded === 'true'")
    for key, expected in (
        ("ArrowDown", "save-svg"),
        ("End", "show-keys"),
        ("ArrowDown", "save-png"),
        ("f", "full-screen"),
    ):
        page.keyboard.press(key)
        assert page.evaluate(focused) == expected
    page.keyboard.press("0")
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "more"
    assert not page.is_visible("#menu")
    page.wait_for_function("() => document.getElementById('more').ariaExpanded === 'false'")
    assert Plot(page).stats()["view"] == before


# -- the picture that a notebook keeps -------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_notebook_keeps_what_is_seen_on_light_ground(
    browser: Browser, plot: zwsnb.Plot, theme: str
) -> None:
    with opened(browser, plot.url + f"&theme={theme}") as page:
        until_points(page, 2_000)
        shown = Plot(page).stats()["series"]
        ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        drawing = api.service().picture(plot.name)
        assert drawing is not None
        image = decoded(drawing.png)
        assert drawing.width == page.evaluate("() => document.querySelector('#plot').clientWidth")
        assert (image.width, image.height) == (2 * drawing.width, 2 * drawing.height)
        assert image.getpixel((0, 0)) == (255, 255, 255)
        for one in shown.values():
            assert (pixels_like(image, one["color"], within=8) > 500) == (theme == "light")
        # The page is as it was.
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == ground
        assert Plot(page).stats()["series"] == shown
        assert page.locator("#menu").is_hidden()
