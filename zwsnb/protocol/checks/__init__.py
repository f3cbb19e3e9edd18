"""What the options of a plot may be: each check returns a value as it is kept, or raises."""
