"""In which order x come, and what has changed where one came late.  [no I/O]"""
