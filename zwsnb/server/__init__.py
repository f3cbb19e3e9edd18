"""The way out: HTTP and WebSockets, who may come in, and what each client is sent."""
