"""The one door to the studio: create, open, plan, run, watch, edit, pick, verify. Terminal and window use only this."""

from __future__ import annotations

from pathlib import Path

from studio.core.foreign.dubbing import is_dubbing
from studio.core.foreign.illustrator import is_illustrator
from studio.core.foreign.scene_video import is_scene_video
from studio.errors import BadInput
from studio.model.scenes import SceneOptions
from studio.service.book_films import BookFilms
from studio.service.book_opening import open_illustrator_session
from studio.service.dub_lines import DubLine
from studio.service.dub_opening import open_dubbing_session
from studio.service.dubs import Dubs
from studio.service.projects import Opened
from studio.service.scene_opening import open_scene_video
from studio.service.scenes import Scenes
from studio.service.sheets import Sheets

__all__ = ["DubLine", "Opened", "Studio"]


class Studio(BookFilms, Dubs, Scenes, Sheets):
    """All projects of one sessions folder, and everything that can be done with them."""

    def open_foreign(self, directory: Path, *, name: str = "", session: str = "") -> Opened:
        """A project of our own with everything usable of another program's ``directory``, which stays as it is.

        ``session`` names one of several in the older illustrator's store. Raises BadInput if it is no session of a
        program that the studio knows.
        """
        if is_illustrator(directory):
            return open_illustrator_session(self, directory, session=session, name=name)
        if session:
            raise BadInput(f"{directory.name} is no store of several sessions: leave --session out.")
        if is_dubbing(directory):
            return open_dubbing_session(self, directory, name=name)
        if is_scene_video(directory):
            return open_scene_video(self, self.scan_scene_video(directory), SceneOptions(tts="auto"), name=name)
        return self.open_film_session(directory, name=name)
