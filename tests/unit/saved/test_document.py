"""The page as one document: what is within stays data, and nothing is asked of anybody."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from support.paths import ROOT

from zwsnb.saved.contents import Contents
from zwsnb.saved.document import Parts, document

MARKUP = (ROOT / "static/index.html").read_text(encoding="utf-8")
EVIL = '</script><script>alert("1")</script><!--'


class Found(HTMLParser):
    """The elements of a document, with their attributes and what is within."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.elements.append(("", {}, ""))  # what follows is not within

    def handle_data(self, data: str) -> None:
        if self.elements:
            tag, attributes, text = self.elements[-1]
            self.elements[-1] = (tag, attributes, text + data)

    def of(self, tag: str, **attributes: str) -> list[tuple[dict[str, str | None], str]]:
        return [
            (its, text)
            for name, its, text in self.elements
            if name == tag and attributes.items() <= its.items()
        ]


def page_of(script: str = "run()", title: str = "p", **head: Any) -> str:
    return document(Parts(MARKUP, "body {}", script), Contents(head, b"\0\1\2"), title)


def test_the_data_is_in_blocks_that_no_browser_runs() -> None:
    found = Found(page_of(points=3))
    ((_, head),) = found.of("script", id="saved-head", type="application/json")
    ((_, data),) = found.of("script", id="saved-vertices", type="application/octet-stream")
    assert json.loads(head) == {"points": 3}
    assert base64.b64decode(data) == b"\0\1\2"
    assert not found.of("script", id="saved-image")
    with_image = Contents({}, b"", b"\3")
    imaged = Found(document(Parts(MARKUP, "body {}", "run()"), with_image, "p"))
    ((_, data),) = imaged.of("script", id="saved-image", type="application/octet-stream")
    assert base64.b64decode(data) == b"\3"


def test_names_stay_names() -> None:
    found = Found(page_of(title=EVIL, name=EVIL))
    ((_, head),) = found.of("script", id="saved-head")
    assert json.loads(head) == {"name": EVIL}
    assert len(found.of("script")) == 3
    ((_, title),) = found.of("title")
    assert title == EVIL


def test_the_policy_allows_what_is_in_it_and_nothing_else() -> None:
    found = Found(page_of())
    ((policy, _),) = found.of("meta", **{"http-equiv": "Content-Security-Policy"})
    said = dict(rule.strip().split(" ", 1) for rule in (policy["content"] or "").split(";"))
    assert said["default-src"] == "'none'"
    assert said["img-src"] == "data: blob:"
    scripts = [text for its, text in found.of("script") if "type" not in its]
    styles = [text for _, text in found.of("style")]
    for rule, (text,) in (("script-src", scripts), ("style-src", styles)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert said[rule] == f"'sha256-{digest}'"


def test_it_asks_nothing_of_anybody() -> None:
    assert re.findall(r'\b(?:src|href)="(?!data:)', page_of()) == []


@pytest.mark.parametrize("script", ["'</script>'", "'</SCRIPT '", "'<!--'"])
def test_a_script_that_would_end_itself_is_refused(script: str) -> None:
    with pytest.raises(ValueError, match="which would end it"):
        page_of(script)


def test_another_markup_is_refused() -> None:
    with pytest.raises(ValueError, match=r"index\.html has '<title>.*' 0 times, not once"):
        document(Parts('<meta charset="utf-8">', "", ""), Contents({}, b""), "p")
