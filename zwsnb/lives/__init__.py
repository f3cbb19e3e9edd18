"""How a service begins, ends and fails: whole or not at all, and not in silence."""
