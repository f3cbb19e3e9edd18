"""What a loop says of itself: its metrics, and how far it is."""
