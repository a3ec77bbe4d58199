"""The terminal's face of the studio: ``studio …``. Nothing heavy is imported before a command runs."""
