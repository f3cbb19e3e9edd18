"""What a user types: the command line, and `%zwsnb` in a notebook."""
