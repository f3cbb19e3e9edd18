"""ZMTP 3, the protocol under ZeroMQ (rfc.zeromq.org/spec/23 and 37), as a SUB peer speaks it that
reads from strangers: bytes in, messages and bytes out, and a bound for everything.  [no I/O]
"""
