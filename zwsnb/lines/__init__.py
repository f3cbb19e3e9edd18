"""Lines of text, as programs print them, and the points that they are.  [no I/O]"""
