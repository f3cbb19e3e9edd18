"""Ways in by TCP, to which strangers may come."""
