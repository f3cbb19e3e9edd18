"""A plot as one page that needs no relay: what of its points is in it, as bytes and as HTML."""
