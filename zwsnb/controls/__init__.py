"""The controls of a plot: what one is, which values it takes, which ones a plot has.  [no I/O]"""
