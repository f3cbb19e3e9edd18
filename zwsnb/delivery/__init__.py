"""What makes sure that each batch comes to the relay once, in order, whatever happens between."""
