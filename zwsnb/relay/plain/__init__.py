"""What plain producers bring: programs that send JSON points by ZeroMQ, and have no token."""
