"""Long runs, each of one of the promises R1 to R14: `python benchmarks/soak.py`."""
