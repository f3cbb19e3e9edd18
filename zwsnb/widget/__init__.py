"""A plot as a widget: its page in the notebook's own document, its options as traits, controls."""
