"""The quick way of numbers to where they gather: in C where there is a compiler, else in Python."""
