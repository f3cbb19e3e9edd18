"""The way in: the hub that takes points and wakes those who look."""
