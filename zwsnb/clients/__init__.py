"""Those who watch a plot: pages and readers of `/json`, and which of them watch what."""
