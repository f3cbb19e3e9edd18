"""What one client looks at, and so what it is sent next.  [no I/O]"""
