"""What a notebook shows of plots, and when."""
