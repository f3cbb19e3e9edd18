"""What is kept: plots, series, and the pyramid of extremes over them.  [no I/O]"""
