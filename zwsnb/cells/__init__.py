"""A screen cut into cells: of each its newest point, or how many points lie there."""
