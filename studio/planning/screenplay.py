"""Screenplays: Fountain, and plain text with INT./EXT. headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studio.errors import BadInput
from studio.model.story import Character, Scene, Story
from studio.planning.apposition import introductions
from studio.planning.inference import emotion_in
from studio.planning.language import one_line, split_sentences, word_set
from studio.planning.setting import place_words, time_in, weather_in

_HEADING = re.compile(r"^(?:INT|EXT|EST|I/E|INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE)
_PLAIN_HEADING = re.compile(r"^(?:SCENE|Scene)\s+\d{1,4}\s*[:.–—-]+\s*(?=\S)")
_SCENE_NUMBER = re.compile(r"\s*#[\w.-]{1,12}#\s*$|^\d{1,4}[A-Z]?[.)]?\s+(?=(?:INT|EXT|I/E)\b)")
_TRANSITION = re.compile(
    r"^(?:[A-Z][A-Z .]{0,30} TO:|FADE (?:IN|OUT)[.:]?|THE END\.?|CONTINUED:?|\(CONTINUED\)|END CREDITS\.?)$"
)
_TITLE_KEY = re.compile(
    r"^(title|credit|authors?|source|notes|draft date|date|contact|copyright|revision|format):\s*(.*)$", re.IGNORECASE
)
_CUE = re.compile(r"^(?=[^a-z]*$)[^\W\d_][^()]{0,40}?(?:\s*\([^)]{1,40}\))*\s*\^?$")
_HIDDEN = re.compile(r"/\*.*?\*/|\[\[.*?\]\]", re.DOTALL)
_EMPHASIS = re.compile(r"(?<!\\)(?:\*{1,3}|(?<!\w)_|_(?!\w))")
_VOICE_ONLY = re.compile(r"\(\s*(?:V\.?\s?O\.?|NARRATION|O\.?\s?S\.?|VOICE)", re.IGNORECASE)
_BUILDINGS = word_set(
    "lighthouse castle church house ship train car cottage cabin palace tower temple museum station hospital "
    "school barn mill factory tent bus boat submarine spaceship plane airplane helicopter hotel mansion "
    "cathedral"
)


def is_screenplay(text: str) -> bool:
    """True if the text has a scene heading on a line of its own, or a Fountain title page."""
    lines = [line.strip() for line in text.split("\n")]
    has_title = any(re.match(r"(?i)title:\s*\S", line) for line in lines[:1])
    headings = sum(bool(_is_heading(line)) for line in lines)
    cues = sum(bool(_CUE.match(line)) and lines[n - 1 : n] != [line] for n, line in enumerate(lines) if line)
    return headings > 0 or (has_title and cues > 0)


def _is_heading(line: str) -> bool:
    bare = _SCENE_NUMBER.sub("", line)
    is_forced = line.startswith(".") and not line.startswith("..") and line[1:2].isalnum()
    is_slug = bool(_HEADING.match(bare)) and (bare[:3].isupper() or "." in bare[:8]) and len(bare) < 120
    return is_slug or is_forced or bool(_PLAIN_HEADING.match(line) and len(line) < 120)


@dataclass
class _Draft:
    """One scene while its lines are read."""

    heading: str
    action: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    speakers: dict[str, None] = field(default_factory=dict)
    last_speaker: str = ""


def story_of_screenplay(text: str, source: str, title: str = "") -> Story:
    """The story that a screenplay tells; see ``scripts.read_script``. Raises BadInput if nothing happens in it."""
    page, body = _title_page(_HIDDEN.sub("", text))
    drafts = _drafts(body)
    if not drafts:
        raise BadInput(f"{source}: there are headings but neither action nor dialogue under them.")
    has_dialogue = any(draft.spoken for draft in drafts)
    looks = _introductions(drafts)
    scenes: list[Scene] = []
    for draft in drafts:
        scenes.append(_scene(draft, scenes[-1] if scenes else None, looks, has_dialogue))
    cast = tuple(Character(name=name, look=look) for name, look in looks.items())
    return Story(
        title=page.get("title") or title or "Untitled",
        scenes=tuple(scenes),
        cast=cast,
        written_by="user",
    )


def _title_page(text: str) -> tuple[dict[str, str], list[str]]:
    """Keys of the title page, and the lines after it."""
    lines = text.split("\n")
    page: dict[str, str] = {}
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if not _TITLE_KEY.match(lines[start].strip()):
        return page, lines
    key = ""
    for n in range(start, len(lines)):
        line = lines[n]
        found = _TITLE_KEY.match(line.strip())
        if found:
            key = found.group(1).lower()
            page[key] = _EMPHASIS.sub("", found.group(2)).strip()
        elif key and line[:1] in (" ", "\t") and line.strip():
            page[key] = f"{page[key]} {_EMPHASIS.sub('', line).strip()}".strip()
        else:
            return page, lines[n:]
    return page, []


def _drafts(lines: list[str]) -> list[_Draft]:
    drafts: list[_Draft] = [_Draft("")]
    speaker = ""
    for n, raw in enumerate(lines):
        line = raw.strip()
        if not line:
            speaker = "" if raw == "" or not raw.strip() else speaker
        elif _is_heading(line):
            drafts.append(_Draft(_SCENE_NUMBER.sub("", line).removeprefix(".")))
            speaker = ""
        elif _is_layout(line):
            speaker = ""
        elif speaker:
            _say(drafts[-1], speaker, line)
        elif _starts_dialogue(lines, n):
            speaker = line.removeprefix("@").rstrip(" ^")
        else:
            drafts[-1].action.append(_unmarked(line.removeprefix("!").strip("><~ ")))
    return [draft for draft in drafts if draft.action or draft.spoken]


def _is_layout(line: str) -> bool:
    """Sections, synopses, page breaks and transitions: for the crew, neither shown nor said."""
    is_transition = bool(_TRANSITION.match(line)) or (line.startswith(">") and not line.endswith("<"))
    return is_transition or bool(re.match(r"#{1,6}\s|=\s|={3,}|[-*_]{3,}$", line))


def _starts_dialogue(lines: list[str], n: int) -> bool:
    line = lines[n].strip()
    is_first = n == 0 or not lines[n - 1].strip() or _is_heading(lines[n - 1].strip())
    is_followed = n + 1 < len(lines) and bool(lines[n + 1].strip())
    return is_first and is_followed and (line.startswith("@") or (not line.startswith("!") and bool(_CUE.match(line))))


def _say(draft: _Draft, cue: str, line: str) -> None:
    if re.fullmatch(r"\(.*\)?", line) and line.startswith("("):
        return
    words = _unmarked(line.removeprefix("~"))
    if not words:
        return
    name = speaker_name(cue)
    is_voice = name.lower() in ("narrator", "voice", "narration") or bool(_VOICE_ONLY.search(cue))
    if name.lower() not in ("narrator", "voice", "narration") and not _VOICE_ONLY.search(cue):
        draft.speakers.setdefault(name)
    if is_voice or (draft.last_speaker == name and draft.spoken):
        draft.spoken.append(words)
    else:
        first = (split_sentences(words) or [words])[0]
        verb = "asks" if first.endswith("?") else "says"
        draft.spoken.append(f"{name} {verb}: {words}")
    draft.last_speaker = "" if is_voice else name


def speaker_name(cue: str) -> str:
    """``MARIA (CONT'D)`` gives ``Maria``; a forced name (``@McCoy``) keeps its letters."""
    bare = one_line(re.sub(r"\([^)]*\)", " ", cue))
    return _capitals(bare) if bare.isupper() else bare


def _capitals(words: str) -> str:
    return re.sub(
        r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda word: word.group()[:1].upper() + word.group()[1:].lower(), words
    )


def _unmarked(line: str) -> str:
    return one_line(_EMPHASIS.sub("", line).replace("\\*", "*").replace("\\_", "_"))


def _introductions(drafts: list[_Draft]) -> dict[str, str]:
    """Everybody who speaks or is introduced, with the look that an action gives.

    ``MARIA (60, in a yellow raincoat) climbs …`` and ``MARIA, an old fisherman in a raincoat, climbs …``.
    """
    names = dict.fromkeys(name for draft in drafts for name in draft.speakers)
    known = {word for name in names for word in (name, name.upper())}
    looks: dict[str, str] = dict.fromkeys(names, "")
    for draft in drafts:
        for line in draft.action:
            for found in re.finditer(r"\b([A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,2})\s*\(([^()]{2,120})\)", line):
                name = _capitals(found.group(1))
                looks[name] = looks.get(name) or _look_of(found.group(2))
            for name, look in introductions(line, known)[1].items():
                name = _capitals(name) if name.isupper() else name
                looks[name] = looks.get(name) or look
    return looks


def _look_of(words: str) -> str:
    """``60, weathered, in a yellow raincoat`` gives ``60 years old, weathered, in a yellow raincoat``."""
    return re.sub(r"^(\d{1,3})(?:s)?(?=\s*(?:,|$))", r"\1 years old", one_line(words).strip(" .,"))


def _scene(draft: _Draft, before: Scene | None, looks: dict[str, str], has_dialogue: bool) -> Scene:
    action = one_line(" ".join(draft.action))
    seen = re.sub(
        r"\b([A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,2})\s*\([^()]{2,120}\)", lambda found: found.group(1), action
    )
    seen = introductions(seen, {word for name in looks for word in (name, name.upper())})[0]
    shouted = {name.upper(): name for name in looks}
    for loud, name in shouted.items():
        seen = re.sub(rf"\b{re.escape(loud)}\b", name, seen)
    present = dict(draft.speakers)
    for name in looks:
        if re.search(rf"\b{re.escape(name)}\b", seen):
            present.setdefault(name)
    narration = " ".join(draft.spoken) if has_dialogue else seen
    return Scene(
        location=_location(draft.heading) or (before.location if before else ""),
        characters=tuple(present),
        action=seen,
        emotion=emotion_in(f"{action} {' '.join(draft.spoken)}"),
        narration=_with_stops(narration),
        time_of_day=time_in(draft.heading) or _continued(draft.heading, before),
        weather=weather_in(f"{draft.heading} . {seen}"),
    )


def _continued(heading: str, before: Scene | None) -> str | None:
    is_same = re.search(r"(?i)\b(?:continuous|later|same|moments)\b", heading)
    return before.time_of_day if before and (is_same or not heading) else None


def _with_stops(narration: str) -> str:
    return narration if not narration or narration[-1] in ".!?…\"'”’)" else f"{narration}."


def _location(heading: str) -> str:
    """``INT. LIGHTHOUSE - NIGHT`` gives ``inside the lighthouse``, ``INT. KITCHEN - DAY`` the kitchen."""
    bare = _PLAIN_HEADING.sub("", heading)
    place = place_words(_SCENE_NUMBER.sub("", bare))
    place = _capitals(place).lower() if place.isupper() else place
    is_inside = bool(re.match(r"INT\b(?!\.?\s?/)", bare, re.IGNORECASE))
    if not place:
        return ""
    if not re.match(r"(?i)(?:the|an?|inside|under|on|in|at)\b", place):
        place = f"the {place}" if place[0].islower() and not re.match(r"[\w-]+['’]s\b", place) else place
    words = place.split()
    return f"inside {place}" if is_inside and words[-1].lower() in _BUILDINGS and words[0] != "inside" else place
