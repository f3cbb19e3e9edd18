"""The pictures of docs/guide.md, a function each: `tools/guide.py` makes them."""
