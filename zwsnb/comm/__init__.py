"""A page in the notebook's own document: its connection is the comm of a widget."""
