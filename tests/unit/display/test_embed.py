"""The HTML of a plot in a notebook."""

from __future__ import annotations

import dataclasses
import json
from html.parser import HTMLParser

import pytest

from zwsnb.display.embed import HEIGHT, MOST, Embedding, height_for, iframe, javascript, link
from zwsnb.display.ways import Ways


class _Frames(HTMLParser):
    """Collects the attributes of frames, or of others, as a browser reads them."""

    def __init__(self, html: str, tag: str = "iframe") -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self._tag = tag
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self._tag:
            self.found.append(dict(attrs))


def page(plot: str = "p", query: str = "ticket=t") -> Embedding:
    return Embedding(plot, "http://h:8000", query, "question", "key")


def test_a_frame_shows_the_page_over_the_whole_width() -> None:
    (frame,) = _Frames(iframe(page(), 123)).found
    assert frame["src"] == "http://h:8000/?ticket=t"
    assert frame["title"] == "zwsnb plot p"
    assert (frame["width"], frame["height"]) == ("100%", "123")


def test_a_frame_has_a_height_of_its_own() -> None:
    (frame,) = _Frames(iframe(page())).found
    assert frame["height"] == str(HEIGHT)


def test_a_frame_may_do_what_its_menu_offers() -> None:
    (frame,) = _Frames(iframe(page())).found
    assert frame["allow"] == "loopback-network; fullscreen; clipboard-write"


def test_names_and_addresses_are_escaped() -> None:
    html = iframe(page('"><script>alert(1)</script>', 'a=1&b="'))
    assert "<script>" not in html
    (frame,) = _Frames(html).found
    assert frame["src"] == 'http://h:8000/?a=1&b="'
    assert frame["title"] == 'zwsnb plot "><script>alert(1)</script>'


def test_a_link_opens_the_page_in_a_tab_that_knows_nothing_of_the_notebook() -> None:
    html = link(page("<b>", 'a=1&b="'))
    (found,) = _Frames(html, "a").found
    assert found == {
        "href": 'http://h:8000/?a=1&b="',
        "target": "_blank",
        "rel": "noopener noreferrer",
    }
    assert html.endswith(">zwsnb plot &lt;b&gt;</a>")


def test_the_notebooks_theme_reaches_the_frame() -> None:
    html = iframe(page())
    for theme in ("light", "dark"):
        assert f"iframe.zwsnb {{ color-scheme: {theme} }}" in html
    assert _Frames(html).found[0]["class"] == "zwsnb"


def test_the_script_is_told_what_it_needs() -> None:
    text = javascript("SCRIPT;", page("näme"), 123)
    begin = "SCRIPT;zwsnbBundle.show(element, "
    assert text.startswith(begin)
    assert json.loads(text.removeprefix(begin).removesuffix(");")) == {
        "plot": "näme",
        "base": "http://h:8000",
        "query": "ticket=t",
        "ask": "question",
        "key": "key",
        "height": 123,
        "begin": 123,
        "most": 123,
        "picture": False,
        "widget": False,
        "voila": False,
        "template": "",
        "presets": [],
    }


def test_the_script_is_told_of_a_picture_behind_it() -> None:
    assert '"picture": true,' in javascript("", page(), picture=True)


def test_the_script_is_told_of_a_frame_that_grows() -> None:
    assert '"height": 360, "begin": 40,' in javascript("", page(), begin=40)


@pytest.mark.parametrize(
    "name", ["</script><script>alert(1)</script>", "<!--<script>", "<!-- <SCRIPT x"]
)
def test_a_name_neither_ends_the_script_of_an_exported_page_nor_prolongs_it(name: str) -> None:
    text = javascript("", page(name))
    assert "<" not in text
    assert json.loads(text[text.index("{") : text.rindex("}") + 1])["plot"] == name


def test_the_ways_that_are_known_are_told() -> None:
    ways = Ways("/t/{port}/", ("/p/{port}/",))
    told = javascript("", dataclasses.replace(page(), ways=ways))
    assert '"template": "/t/{port}/", "presets": ["/p/{port}/"]' in told


def test_a_frame_takes_the_way_that_is_set() -> None:
    ways = Ways("https://t.test/{port}")
    assert dataclasses.replace(page(), ways=ways).url == "https://t.test/8000/?ticket=t"


def test_an_output_shows_none_of_its_keys() -> None:
    assert "ticket" not in repr(page())
    assert "key" not in repr(page())


@pytest.mark.parametrize(
    ("panels", "height", "pixels"),
    [(1, 360, 360), (2, 360, 360), (4, 360, 576), (16, 360, MOST), (16, 240, 240), (4, 700, 700)],
)
def test_where_no_height_is_said_panels_have_the_room_that_they_need(
    panels: int, height: int, pixels: int
) -> None:
    assert height_for(panels, height) == pixels


def test_a_frame_may_grow_where_no_height_is_said() -> None:
    assert '"most": 900,' in javascript("", page())
    assert '"most": 240,' in javascript("", page(), 240)
