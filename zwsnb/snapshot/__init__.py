"""A snapshot of a plot, as SVG: the rules of the page, once more in Python."""
