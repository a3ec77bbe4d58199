"""The user's own story, script or list of prompts, read into our values; refused only with the exact place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.errors import BadInput
from studio.model.shot import Shot
from studio.model.story import Story
from studio.model.text_files import decode_text, read_text_file
from studio.model.tolerant import MOST_SHOTS, parse_json, shots_from, story_from
from studio.planning.filming.framing import SIZES
from studio.planning.filming.prompt_lines import FIELDS
from studio.planning.language import capitalised
from studio.planning.telling.prose import story_of_prose, title_of
from studio.planning.telling.screenplay import is_screenplay, story_of_screenplay


def read_script(path_or_text: Path | str) -> Story:
    """A story whose words are the user's: a file (Path) or the text itself (str), prose or screenplay.

    Prose: each paragraph is a scene and is narrated word for word; place, time, weather, feeling and
    characters are inferred. Screenplay (Fountain, or plain with INT./EXT. headings): action is shown, dialogue
    is narrated as prose (``“…,” says Maria.``; ``asks`` after a question; a narrator's or off-screen voice is spoken
    as it stands) over the action it follows; a screenplay without any dialogue has its action narrated.
    ``written_by`` is ``user``.

    Raises BadInput if it is empty or no text.
    """
    if isinstance(path_or_text, Path):
        text, source = read_text_file(path_or_text), path_or_text.name
        title = _title_of(path_or_text)
    else:
        source, title = "the script", ""
        text = decode_text(path_or_text.encode("utf-8", "replace"), source)
    if is_screenplay(text):
        return story_of_screenplay(text, source, title)
    return story_of_prose(text, source, title)


def read_story(path: Path) -> Story:
    """A story from JSON: an object, a bare list of scenes, or a list holding one story object.

    Raises BadInput naming line and column if it is no JSON, or the field (``scenes[2].narration``) if it is
    no story.
    """
    return story_from(parse_json(read_text_file(path), path.name), path.name, title=_title_of(path))


def read_prompts(path: Path) -> tuple[Shot, ...]:
    """Shots from a JSON list, or from text with one shot a line: ``image | motion | camera | narration``.

    Blank lines and lines that start with ``#`` are skipped; ``\\|`` is a bar that belongs to the words. What is
    left open (scene, motion, camera, length) is filled in by ``shots.complete_shots``.
    """
    text = read_text_file(path)
    if path.suffix.lower() == ".json" or text.lstrip("\ufeff \n\t")[:1] in ("[", "{"):
        return tuple(shot for _, shot in shots_from(parse_json(text, path.name), path.name))
    shots: list[Shot] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            if len(shots) == MOST_SHOTS:
                raise BadInput(
                    f"{path.name}, line {number}: one film can hold {MOST_SHOTS} shots, and this is one more."
                )
            shots.append(_shot_of(line, len(shots) + 1, f"{path.name}, line {number}"))
    if not shots:
        raise BadInput(f"{path.name}: no line in it describes a shot.")
    return tuple(shots)


def title_of_prompts(shots: Sequence[Shot]) -> str:
    """What the first picture shows, in few words: ``Wide shot, low angle: a fox in the snow.`` gives the fox."""
    prompt = shots[0].image_prompt
    is_framed = prompt.lower().startswith(SIZES) and ": " in prompt
    words = title_of(prompt.split(": ", 1)[1] if is_framed else prompt)
    return capitalised(words)


def _shot_of(line: str, index: int, place: str) -> Shot:
    parts = [" ".join(part.replace("\0", "|").split()) for part in line.replace("\\|", "\0").split("|")]
    if len(parts) > len(FIELDS):
        raise BadInput(
            f"{place}: {len(parts)} parts between bars; a shot has at most four: image | motion | camera | narration."
        )
    if not parts[0]:
        raise BadInput(f"{place}: the picture is not described; a shot starts with its image prompt.")
    given = {field: part for field, part in zip(FIELDS, parts, strict=False) if part}
    return Shot.model_validate({"index": index} | given)


def _title_of(path: Path) -> str:
    """``my_last-script.txt`` gives ``My last script``."""
    words = " ".join(path.stem.replace("_", " ").replace("-", " ").split())
    return capitalised(words) or "Untitled"
