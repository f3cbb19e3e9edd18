"""Parsers of what others send, each with its law and what to try it with; the inputs that were
worth keeping stand in tests/corpus.
"""
