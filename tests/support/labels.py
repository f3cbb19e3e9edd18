"""What a page writes on its canvas."""

from __future__ import annotations

from typing import Final

from support.hand import Hand

RECORD: Final = """() => {
    window.written = [];
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
        if (text && this.globalAlpha > 0) window.written.push([this.textAlign, text]);
        fillText.call(this, text, ...where);
    };
}"""
"""Texts of the canvas: those of a y-axis end at it, those of x stand in the middle."""


def labels(hand: Hand) -> tuple[list[str], list[str]]:
    """Return what is written beside the y-axis at the left and below x in one picture, and all
    else.
    """
    before, size = hand.stats()["frames"], hand.page.viewport_size
    assert size
    hand.page.evaluate(f"() => {{ if (!window.written) ({RECORD})(); window.written.length = 0; }}")
    hand.page.set_viewport_size({"width": size["width"], "height": size["height"] + 1})
    hand.until(lambda s: s["frames"] > before, "a picture")
    found = hand.page.evaluate("() => window.written")
    plain = [(side, text.replace("\u202f", " ").replace("\u2212", "-")) for side, text in found]
    ticks = [f"{side} {text}" for side, text in plain if side in ("right", "center")]
    return ticks, [text for _, text in plain]
