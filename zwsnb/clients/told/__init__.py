"""What pages are told of the series and the options of their plot."""
