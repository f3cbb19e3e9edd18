"""What a program asks a plot's pages for: controls, whose values it reads while its cell runs."""
