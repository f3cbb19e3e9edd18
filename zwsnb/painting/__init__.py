"""Shapes of one kind each, as SVG: lines, dots, candles; their colours, and the elements of SVG."""
