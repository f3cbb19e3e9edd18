"""What a service knows of itself, and as Prometheus reads it.  [no I/O]"""
