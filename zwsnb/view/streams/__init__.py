"""What stands for a series on a screen: streams of vertices that grow at their end.  [no I/O]"""
