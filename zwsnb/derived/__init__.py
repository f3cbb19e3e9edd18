"""Series that the relay computes from others, point by point as they come."""
