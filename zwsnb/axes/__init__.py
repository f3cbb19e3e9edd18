"""Axes: where values stand on them, and which of them are said, in which words."""
