"""Manuscripts as people bring them: one file a format, all read into a ``BookText``."""
