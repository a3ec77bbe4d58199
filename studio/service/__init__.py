"""The one door to the studio: create, open, plan, run, watch, edit, pick, verify. Terminal and window use only this."""

from __future__ import annotations

from studio.service.dubs import DubLine, Dubs
from studio.service.films import Films
from studio.service.projects import Opened

__all__ = ["DubLine", "Opened", "Studio"]


class Studio(Films, Dubs):
    """All projects of one sessions folder, and everything that can be done with them."""
