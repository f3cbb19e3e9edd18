"""Where points enter the hub: sources, accounts, refusals, and when points are taken and sent."""
