"""All tests here hold in C and in Python."""

from __future__ import annotations

from support.pairs import language  # noqa: F401 - a fixture of all tests here
