"""All parsers under trial."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from support.fuzzing import page, shown, texts, wire
from support.fuzzing.target import Target

TARGETS: Final[Mapping[str, Target]] = {
    target.name: target for target in (*wire.TARGETS, *page.TARGETS, *texts.TARGETS, *shown.TARGETS)
}
