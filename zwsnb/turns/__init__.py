"""Long work in the hub: cut into turns of a few milliseconds, and shared among those who ask."""
