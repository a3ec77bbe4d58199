"""An old dubbing session becomes a dub of ours: its lines, translations, takes and films stand where ours would."""

from __future__ import annotations

from pathlib import Path

from studio.core.files import free_name, safe_name
from studio.core.foreign.dubbing import ForeignDub, open_dubbing
from studio.core.foreign.shelf import apart
from studio.core.project import new_project, now_text, title_line
from studio.engines import registry
from studio.errors import BadInput, EngineUnavailable
from studio.media import verify
from studio.media.probe import probe
from studio.model.dub import TRANSLATION, DubOptions, DubSource
from studio.model.transcript import lines_json
from studio.service.dubs import Dubs
from studio.service.projects import Opened, opened
from studio.service.voices import first_speaker, voices_for
from studio.steps.dubbing import names as dub_names

_ANY_LANGUAGE = "espeak"


def open_dubbing_session(studio: Dubs, directory: Path, *, name: str = "") -> Opened:
    """A dub with everything usable of the session in ``directory``, which stays as it is.

    Raises BadInput if it is none, or its original video is gone.
    """
    found = open_dubbing(directory, verify.whole_video(), verify.sound_of())
    if found.video is None:
        raise BadInput(
            f"{directory.name} has lost its original video: put it back as original_video.mp4, or dub the video anew and "
            "bring its lines and translations (studio dub VIDEO --transcript … --translation …)."
        )
    sessions = studio.settings.sessions
    name = studio.new_name(name) if name else free_name(sessions, safe_name(found.name) or "dub")
    original = dub_names.original(found.video.suffix, has_picture=bool(probe(found.video).video))
    source = DubSource(file=original, transcript="source/transcript.json" if found.lines else "")
    options = _options(found)
    project = new_project(
        name,
        "dub",
        title=title_line(found.name),
        video_name=found.video_name,
        languages=list(found.languages),
        options=options.model_dump(mode="json"),
        source=source.model_dump(mode="json"),
        started_at=found.created_at or now_text(),
        earlier_voices=dict(found.voices),
    )
    studio.create(sessions / name, project, _files(found, original, source))
    return opened(name, found.done, found.torn, found.stale, found.missing)


def _files(found: ForeignDub, original: str, source: DubSource) -> dict[str, Path | bytes]:
    assert found.video
    files: dict[str, Path | bytes] = {original: found.video}
    if found.lines:
        files[source.transcript] = files[dub_names.LINES] = lines_json(found.lines).encode()
    for language, entries in found.translations.items():
        files[dub_names.translation(language)] = TRANSLATION.dump_json(entries, by_alias=True, indent=1) + b"\n"
    for language, takes in found.takes.items():
        files |= {dub_names.take(language, line_id): take for line_id, take in takes.items() if take.suffix == ".wav"}
    files |= {dub_names.final(language, final.suffix): final for language, final in found.finals.items()}
    used = {file for file in files.values() if isinstance(file, Path)}
    kept = [*found.tracks.values(), *(take for takes in found.takes.values() for take in takes.values())]
    kept += [*found.custom_voices, *found.mixed_videos, *found.unassigned]
    more = apart([file for file in dict.fromkeys(kept) if file not in used], [])
    files |= {f"source/{place}": file for place, file in more.items()}
    for language, text in found.texts.items():
        files[f"source/{language}.txt"] = text.encode()
    return files


def _options(found: ForeignDub) -> DubOptions:
    """The old voices belong to services that may not be here: each language gets one that is, the old ones are noted."""
    try:
        engine = first_speaker(found.languages)
    except EngineUnavailable:
        engine = _ANY_LANGUAGE
    voices = registry.tts(engine).voices if engine in registry.working("tts") else ()
    speaks = registry.tts(engine)
    here = {language: voices_for(speaks, language)[:1] for language in found.languages} if voices else {}
    return DubOptions(
        languages=found.languages, tts=engine, voices={language: names[0] for language, names in here.items() if names}
    )
