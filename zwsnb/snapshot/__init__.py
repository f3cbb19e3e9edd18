"""A picture of a plot as it is now, as SVG: the rules of the page, once more in Python.  [no I/O]"""
