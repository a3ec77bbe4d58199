"""``python -m studio.cli`` is ``studio``."""

from studio.cli.main import cli

cli(prog_name="studio")
