"""Images on the wires: rows from producers, columns of colours to pages, as bytes.  [no I/O]"""
