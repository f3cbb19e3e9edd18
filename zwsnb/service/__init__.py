"""The service of a process: its thread, or its child, and how other processes find it."""
