"""A session of the older illustrator becomes a book of ours: what it found and drew stands where ours would."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from studio import pipelines
from studio.core.files import free_name, safe_name
from studio.core.foreign.findings import Finding
from studio.core.foreign.illustrator import ForeignBook, ForeignPicture, open_illustrator
from studio.core.foreign.shelf import apart
from studio.core.project import new_project, now_text, title_line
from studio.errors import BadInput
from studio.media import verify
from studio.media.picture import as_still
from studio.model import bounds
from studio.model.illustration import PROMPTS, ChapterPrompts, IllustrationPrompt, ManuscriptOptions, ManuscriptSource
from studio.model.manuscript import Chapter, Manuscript
from studio.model.moments import ANALYSIS, ChapterAnalysis, EmotionalMoment
from studio.planning.books.emphasis import read_marks
from studio.planning.books.manuscripts import read_manuscript
from studio.planning.books.styles import read_style
from studio.service.manuscripts import Manuscripts
from studio.service.projects import Opened, check_engines, opened
from studio.steps.books import names

_SOURCE = "source/manuscript.json"
_OLD = "source/old/"


def open_illustrator_session(studio: Manuscripts, directory: Path, *, session: str = "", name: str = "") -> Opened:
    """A book with everything usable of one session in the store ``directory``, which stays as it is.

    Of several sessions that of the id ``session`` is taken, else the one that holds most; the others are told of.
    Raises BadInput if it is no such store, or the session's manuscript is gone.
    """
    books = open_illustrator(directory, verify.image_of())
    found = next((book for book in books if not session or book.session_id == session), None)
    if found is None:
        known = ", ".join(book.session_id for book in books if book.session_id)
        raise BadInput(f"{directory.name} has no session {session}. It has {known or 'none'}.")
    if found.manuscript is None:
        raise BadInput(
            f"The text of session {found.session_id} is not in {directory.name}: put the manuscript's file into its "
            "folder saved_manuscripts, or illustrate the manuscript anew."
        )
    book = read_manuscript(found.manuscript)
    options = _options(found)
    title = book.title or found.manuscript.stem
    name = studio.new_name(name) if name else free_name(studio.settings.sessions, safe_name(title) or "book")
    source = ManuscriptSource(file=_SOURCE, chapter_count=len(book.chapters), origin=directory.name)
    project = new_project(
        name,
        "manuscript",
        title=title_line(title),
        options=options.model_dump(mode="json"),
        source=source.model_dump(mode="json"),
        started_at=found.started_at or now_text(),
    )
    check_engines(pipelines.engines_of(project))
    with TemporaryDirectory() as folder:
        importer = _Importer(found, book, Path(folder))
        importer.gather()
        studio.create(studio.settings.sessions / name, project, importer.files)
    others = [
        Finding(one.session_id, "another session of this store") for one in books if one is not found and one.session_id
    ]
    return opened(name, found.done, found.torn, importer.stale, [*found.missing, *others])


def _options(found: ForeignBook) -> ManuscriptOptions:
    given: dict[str, Any] = {}
    with suppress(BadInput):  # no style, or none that can be read: the usual one
        given["style"] = read_style(found.style_config, "style_config").model_dump()
    if found.max_emotional_moments:
        given["max_emotional_moments"] = min(found.max_emotional_moments, int(bounds.MOMENTS.most))
    return ManuscriptOptions.model_validate(given)


@dataclass
class _Importer:
    """Gathers the project's files. ``work`` is a folder for pictures that are converted."""

    found: ForeignBook
    book: Manuscript
    work: Path
    files: dict[str, Path | bytes] = field(default_factory=dict)
    stale: list[Finding] = field(default_factory=list)

    def gather(self) -> None:
        assert self.found.manuscript
        self.files[_SOURCE] = self.found.manuscript
        used: set[Path] = set()
        for chapter in self.book.chapters:
            moments = self._moments(chapter)
            pictures = [one for one in self.found.pictures if one.chapter == chapter.number]
            drawn = list(zip(moments, pictures, strict=False))
            if moments:
                analysis = ChapterAnalysis(moments=tuple(moments))
                self.files[names.analysis(chapter.id)] = ANALYSIS.dump_json(analysis, indent=1) + b"\n"
            for moment, picture in drawn:
                used.add(picture.file)
                self.files[names.image(chapter.id, moment.number)] = self._still(chapter, moment, picture)
            if drawn and len(drawn) == len(moments) and all(picture.prompt for picture in pictures):
                self.files[names.prompts(chapter.id)] = _prompts(drawn)
        rest = apart([one.file for one in self.found.pictures if one.file not in used], [])
        self.files |= {f"{_OLD}{place}": file for place, file in rest.items()}

    def _moments(self, chapter: Chapter) -> list[EmotionalMoment]:
        """The old moments that are passages of the chapter, where they really stand; each once."""
        placed: dict[int, EmotionalMoment] = {}
        lost = 0
        for said in self.found.moments.get(chapter.number, ()):
            moment = said.model_copy(update={"text_excerpt": read_marks(said.text_excerpt)[0]})
            start = _place(chapter.content, moment)
            if start is None:
                lost += 1
                continue
            end = start + len(moment.text_excerpt)
            placed[start] = moment.model_copy(update={"start_position": start, "end_position": end})
        if lost:
            self.stale.append(
                Finding(f"chapter {chapter.number}", f"{lost} of its moments are no passages of its text")
            )
        return [placed[start].model_copy(update={"number": number}) for number, start in enumerate(sorted(placed), 1)]

    def _still(self, chapter: Chapter, moment: EmotionalMoment, picture: ForeignPicture) -> Path:
        out = self.work / f"{chapter.id}_{moment.number}.png"
        as_still(picture.file, out)
        return out


def _place(text: str, moment: EmotionalMoment) -> int | None:
    """Where the excerpt stands: where it was said to, else its only place, else the nearest."""
    excerpt, said = moment.text_excerpt, moment.start_position
    if text.startswith(excerpt, said):
        return said
    places: list[int] = []
    at = text.find(excerpt)
    while at >= 0:
        places.append(at)
        at = text.find(excerpt, at + 1)
    return min(places, key=lambda place: abs(place - said), default=None)


def _prompts(drawn: Sequence[tuple[EmotionalMoment, ForeignPicture]]) -> bytes:
    pictures = tuple(
        IllustrationPrompt(number=moment.number, excerpt=moment.text_excerpt, prompt=picture.prompt)
        for moment, picture in drawn
    )
    return PROMPTS.dump_json(ChapterPrompts(pictures=pictures), indent=1) + b"\n"
