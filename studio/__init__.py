"""AI Film Studio: from an idea or a script to a finished film, on one's own computer."""

__version__ = "0.1.0"
