"""What a plot holds of an image: its rows, and over them a pyramid of the highest.  [no I/O]"""
