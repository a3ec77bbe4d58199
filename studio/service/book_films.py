"""What films and books share: undo, and the way from a book to a film of its pictures and passages."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from studio import pipelines
from studio.core import history
from studio.core.files import free_name, safe_name
from studio.core.plan import plan as plan_through
from studio.core.session import Session
from studio.errors import UserError
from studio.model.bounds import SHOT_S
from studio.model.film import FilmOptions
from studio.model.illustration import ManuscriptOptions
from studio.model.source import Source
from studio.planning.differences import sentence, steps_back
from studio.planning.language import speech_s
from studio.service.films import Films
from studio.service.manuscripts import Manuscripts
from studio.service.pictures import Picture
from studio.service.voices import narrated
from studio.steps.books import names as manuscript_names

_BRISK = 1.3
"""Faster than a passage is really spoken: a shot grows with its narration, but what is planned too long stays silent."""
_LEAST_S = 4.0
_CHOSEN = ("images/ch",)
"""How the files begin among whose takes one is chosen."""


class BookFilms(Films, Manuscripts):
    """Films, books, and films of books."""

    def to_film(self, name: str, *, film: str = "") -> str:
        """A new film whose shots are the book's pictures, in order, each with its passage spoken; returns its name.

        The pictures are its stills, in their own size. Raises UserError if there are none yet.
        """
        shown = [one for one in self.pictures(name) if one.mark == "DONE" and one.moment]
        if not shown:
            raise UserError(f"{name} has no pictures yet: run it first.")
        book = self.manuscript(name)
        places = {chapter.id: chapter.number for chapter in book.chapters}
        options = ManuscriptOptions.model_validate(self.project(name).options)
        chosen = narrated(
            FilmOptions(
                width_px=options.width_px,
                height_px=options.height_px,
                seed=options.seed,
                image=options.image,
                style=shown[0].prompt.style,
                tts="auto",
                language=book.language,
            )
        )
        pace = _BRISK * pipelines.pace_of(chosen)
        shots = [_shot(number, places[one.chapter], one, pace) for number, one in enumerate(shown, start=1)]
        stills = {number: self.directory(name) / one.file for number, one in enumerate(shown, start=1)}
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "moments.json"
            file.write_text(json.dumps(shots, ensure_ascii=False, indent=1), encoding="utf-8")
            wanted = film or free_name(self.settings.sessions, safe_name(f"{name}_film"))
            made = self.create_film(Source(kind="prompts"), chosen, name=wanted, brought=file, stills=stills)
        self.set_title(made, book.title or name)
        return made

    def can_undo(self, name: str) -> tuple[bool, bool]:
        """Whether there is something to undo, and to redo."""
        with self._read(name) as session:
            if session.project.kind == "manuscript":
                return history.possible_steps(session, _edited(session), chosen=_CHOSEN)
        return super().can_undo(name)

    def _step(self, name: str, by: int) -> str:
        """Undo and redo go through what a person changed: chapters, people, moments, words of pictures."""
        if self.project(name).kind != "manuscript":
            return super()._step(name, by)
        with self._open(name) as session:
            files, pipeline = _edited(session), pipelines.of(session.project)
            before = {file: session.journal.current(file) for file in files}
            chosen = history.step_through(
                session, files, by, lambda: plan_through(session, pipeline).wanted, chosen=_CHOSEN
            )
            changed = [file for file in files if session.journal.current(file) is not before[file]]
            told = [f"{_in_words(file)} {steps_back(by)}" for file in [*changed, *chosen]]
            return sentence(told or [f"all {steps_back(by)}"])


def _in_words(file: str) -> str:
    """What a person knows the file as; chapters by what names their files."""
    whole = {manuscript_names.MANUSCRIPT: "the chapters", manuscript_names.CAST: "the people"}
    chapter, _, picture = Path(file).stem.partition("_")
    if picture:
        return f"which take is {f'picture {int(picture[1:])}' if picture[1:].isdigit() else 'the strip'} of {chapter}"
    return whole.get(file) or f"{'the moments' if file.startswith('analysis/') else 'the pictures'} of {chapter}"


def _edited(session: Session) -> list[str]:
    """The files that people change, the text first: the others follow from it."""
    others = [file for file in session.journal.names() if file.startswith(("analysis/", "prompts/"))]
    return [manuscript_names.MANUSCRIPT, manuscript_names.CAST, *others]


def _shot(number: int, scene: int, picture: Picture, pace: float) -> dict[str, Any]:
    """The picture as a list of prompts has it, as long as its passage takes at ``pace`` words a second."""
    assert picture.moment is not None
    narration = " ".join(picture.moment.text_excerpt.split())
    tones = picture.moment.emotional_tones
    return {
        "index": number,
        "scene": scene,
        "image_prompt": picture.prompt.prompt,
        "narration": narration,
        "duration": round(min(max(speech_s(narration, pace), _LEAST_S), SHOT_S.most), 2),
        "emotion": tones[0] if tones else "neutral",
    }
