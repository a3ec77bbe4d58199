"""One module a tab, each with ``build`` and then ``wire``."""
