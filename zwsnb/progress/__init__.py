"""How far loops are: measured, put in words, and shown above their plots."""
