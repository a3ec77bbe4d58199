"""``python -m studio.cli`` is ``studio``."""

from studio.cli.start import main

main()
