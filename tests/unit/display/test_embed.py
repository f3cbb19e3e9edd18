"""The HTML of a plot in a notebook."""

from __future__ import annotations

from html.parser import HTMLParser

from zwsnb.display.embed import HEIGHT, iframe


class _Frames(HTMLParser):
    """Collects the attributes of frames, as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            self.found.append(dict(attrs))


def test_a_frame_shows_the_page_over_the_whole_width() -> None:
    (frame,) = _Frames(iframe("http://h/?token=t", "p", 123)).found
    assert frame["src"] == "http://h/?token=t"
    assert frame["title"] == "zwsnb plot p"
    assert (frame["width"], frame["height"]) == ("100%", "123")


def test_a_frame_has_a_height_of_its_own() -> None:
    (frame,) = _Frames(iframe("http://h/", "p")).found
    assert frame["height"] == str(HEIGHT)


def test_a_frame_may_do_what_its_menu_offers() -> None:
    (frame,) = _Frames(iframe("http://h/", "p")).found
    assert frame["allow"] == "loopback-network; fullscreen; clipboard-write"


def test_names_and_addresses_are_escaped() -> None:
    html = iframe('http://h/?a=1&b="', '"><script>alert(1)</script>')
    assert "<script>" not in html
    (frame,) = _Frames(html).found
    assert frame["src"] == 'http://h/?a=1&b="'
    assert frame["title"] == 'zwsnb plot "><script>alert(1)</script>'


def test_the_notebooks_theme_reaches_the_frame() -> None:
    html = iframe("http://h/", "p")
    for theme in ("light", "dark"):
        assert f"iframe.zwsnb {{ color-scheme: {theme} }}" in html
    assert _Frames(html).found[0]["class"] == "zwsnb"
