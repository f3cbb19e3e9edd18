"""Callbacks and loggers of other frameworks, each of which is imported with its own module."""
