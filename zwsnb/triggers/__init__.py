"""When a plot shows a sweep, as an oscilloscope does: where series cross a level, and what of x is
seen then.
"""
