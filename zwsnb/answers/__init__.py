"""Long answers, piece by piece: what a service says of everything, points as bytes.  [no I/O]"""
