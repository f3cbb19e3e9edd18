"""The way out: HTTP and WebSockets, and who may come in."""
