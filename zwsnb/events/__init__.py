"""What happens on a plot that a program is told of: a selection, a click, a crossing of a level."""
