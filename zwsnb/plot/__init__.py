"""`Plot`, the handle that users have of a plot: what goes into it, and what comes out."""
