"""The values of other libraries, as numpy has them: their numbers, their times, their units."""
