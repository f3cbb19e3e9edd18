"""Where a service is, how another process asks it, and what other machines reach of it."""
