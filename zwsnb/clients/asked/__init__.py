"""What a page asks, and is answered in turns."""
