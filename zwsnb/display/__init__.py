"""Showing a plot below a cell, or as a widget."""
