"""What both ends agree on: names, values, options, and the bytes on each wire.  [no I/O]"""
