"""``studio serve``: the window and the REST service on one local port."""

from __future__ import annotations

import os
from pathlib import Path

import click

from studio.cli.options import FILE, errors_in_words, sessions_option, settings_for
from studio.errors import UserError


@click.command()
@click.option(
    "--host", default="127.0.0.1", help="Address to answer on; beyond this machine only with a password.  [127.0.0.1]"
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7860,
    help="The next free one is taken if it is busy; 0 for any.  [7860]",
)
@click.option("--browser/--no-browser", default=True, help="Open the window in the browser.  [yes]")
@click.option("--window/--no-window", default=True, help="Without the window: REST and WebSocket alone.  [yes]")
@click.option(
    "--password-file",
    type=FILE,
    help="The password is this file's first line (else STUDIO_PASSWORD).",
)
@sessions_option
@errors_in_words
def serve(
    host: str, port: int, browser: bool, window: bool, password_file: Path | None, sessions_dir: Path | None
) -> None:  # fmt: skip
    """Open the window in the browser (python app.py does the same).

    On an address beyond this machine it answers only who knows the password.
    """
    from studio import serving

    serving.serve(
        settings_for(sessions_dir),
        host=host,
        port=port,
        open_browser=browser and window,
        window=window,
        password=_password(password_file),
    )


def _password(file: Path | None) -> str:
    if file is None:
        return os.environ.get("STUDIO_PASSWORD", "")
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The password cannot be read from {file}: {error}.") from error
    return lines[0].strip() if lines else ""
