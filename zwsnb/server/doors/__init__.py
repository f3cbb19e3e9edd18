"""What stands between a connection and the application: the handshake, keys, places, headers."""
