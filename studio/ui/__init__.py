"""The window: the studio in a browser."""
