"""Screenplays: Fountain, and plain text with INT./EXT. headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studio.errors import BadInput
from studio.model.story import Character, Passage, Scene, Story
from studio.planning.language import one_line, split_sentences, word_set
from studio.planning.telling.apposition import introductions
from studio.planning.telling.inference import emotion_in
from studio.planning.telling.looks import head_noun, is_living_word
from studio.planning.telling.setting import place_words, time_in, weather_in

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
_BRACKETED = re.compile(
    r"\b(?:(?P<capitals>[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+){0,2})|(?P<name>[A-Z][a-z][\w'’-]*(?: [A-Z][\w'’-]+){0,2})|"
    r"(?P<article>(?i:the|an?))\s+(?P<role>[a-z][\w-]*(?: [a-z][\w-]*){0,2}))\s*\((?P<look>[^()]{2,240})\)"
)
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
class _Speech:
    """What one person, or a voice without a face, says in one go."""

    name: str
    is_voice: bool
    words: list[str]


@dataclass
class _Part:
    """A paragraph of action and what is said after it; what is said before any action goes with the first."""

    action: list[str] = field(default_factory=list)
    spoken: list[_Speech] = field(default_factory=list)


@dataclass
class _Draft:
    """One scene while its lines are read."""

    heading: str
    parts: list[_Part] = field(default_factory=list)
    is_open: bool = False
    """True while the next line of action goes on with the paragraph before."""

    @property
    def action(self) -> list[str]:
        return [line for part in self.parts for line in part.action]

    @property
    def spoken(self) -> list[_Speech]:
        return [speech for part in self.parts for speech in part.spoken]

    @property
    def speakers(self) -> dict[str, None]:
        return dict.fromkeys(speech.name for speech in self.spoken if not speech.is_voice)

    def act(self, line: str) -> None:
        """A line of action."""
        is_first = bool(self.parts) and not self.parts[-1].action
        if not (self.parts and (self.is_open or is_first)):
            self.parts.append(_Part())
        self.parts[-1].action.append(line)
        self.is_open = True

    def say(self, name: str, is_voice: bool, words: str) -> None:
        """A line of speech; who was not in the action is looked at by itself."""
        self.is_open = False
        last = self.parts[-1] if self.parts else None
        before = last.spoken[-1] if last and last.spoken else None
        if before and (before.name, before.is_voice) == (name, is_voice):
            before.words.append(words)
            return
        if last is None or (last.action and not is_voice and not _is_in(name, " ".join(last.action))):
            self.parts.append(_Part())
        self.parts[-1].spoken.append(_Speech(name, is_voice, [words]))


def _is_in(name: str, action: str) -> bool:
    """True if ``action`` names the speaker, or speaks of somebody whom it does not name at all."""
    named = re.search(rf"(?i)\b(?:{'|'.join(map(re.escape, name.split()))})\b", action)
    return bool(named or re.match(r"(?:He|She|They)\b", action))


def story_of_screenplay(text: str, source: str, title: str = "") -> Story:
    """The story that a screenplay tells; see ``scripts.read_script``. Raises BadInput if nothing happens in it."""
    page, body = _title_page(_HIDDEN.sub("", text))
    drafts = _drafts(body)
    if not drafts:
        raise BadInput(f"{source}: there are headings but neither action nor dialogue under them.")
    has_dialogue = any(draft.spoken for draft in drafts)
    looks = _introductions(drafts)
    called = _called(drafts)
    scenes: list[Scene] = []
    for draft in drafts:
        passages = _passages(draft, looks, called, has_dialogue)
        scenes.append(_scene(draft, scenes[-1] if scenes else None, looks, passages))
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
            speaker = ""
            drafts[-1].is_open = False
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
            drafts[-1].act(_unmarked(line.removeprefix("!").strip("><~ ")))
    return [draft for draft in drafts if draft.parts]


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
    draft.say(name, is_voice, words)


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

    ``MARIA (60, in a yellow raincoat) climbs …``, ``The keeper (a woman of 60) climbs …`` and ``MARIA, an old fisherman
    in a raincoat, climbs …``.
    """
    names = dict.fromkeys(name for draft in drafts for name in draft.speakers)
    known = {word for name in names for word in (name, name.upper())}
    looks: dict[str, str] = dict.fromkeys(names, "")
    for draft in drafts:
        for line in draft.action:
            for found in _BRACKETED.finditer(line):
                name = _introduced(found)
                if name:
                    looks[name] = looks.get(name) or _look_of(found.group("look"))
            for name, look in introductions(line, known)[1].items():
                name = _capitals(name) if name.isupper() else name
                looks[name] = looks.get(name) or look
    return looks


def _introduced(found: re.Match[str]) -> str:
    """The name before the bracket; empty if it tells of nobody's look (``Paris (later)``, ``the lamp (broken)``)."""
    if found.group("capitals"):
        return _capitals(found.group("capitals"))
    parts = [head_noun(part.strip()) for part in found.group("look").split(",")]
    role, name = found.group("role") or "", found.group("name") or ""
    is_somebody = is_living_word(head_noun(role)) if role else any(map(is_living_word, parts))
    return (role or name) if is_somebody else ""


def _look_of(words: str) -> str:
    """``60, weathered, in a yellow raincoat`` gives ``60 years old, weathered, in a yellow raincoat``."""
    return re.sub(r"^(\d{1,3})(?:s)?(?=\s*(?:,|$))", r"\1 years old", one_line(words).strip(" .,"))


def _called(drafts: list[_Draft]) -> dict[str, str]:
    """How a narrator calls each speaker: by name, or ``the postman`` where the script speaks of a postman."""
    told = " ".join(line for draft in drafts for line in draft.action)
    called: dict[str, str] = {}
    for name in dict.fromkeys(name for draft in drafts for name in draft.speakers):
        is_noun = is_living_word(head_noun(name.lower())) or bool(
            re.search(rf"(?i)\b(?:the|an?)\s+(?:[\w-]+\s+)?{re.escape(name)}\b", told)
        )
        called[name] = f"the {name.lower()}" if is_noun else name
    return called


def _passages(draft: _Draft, looks: dict[str, str], called: dict[str, str], has_dialogue: bool) -> tuple[Passage, ...]:
    """The scene's parts with what is told of each: its speech, or its action in a script without any."""
    passages: list[Passage] = []
    last_speaker = ""
    for part in draft.parts:
        told: list[str] = []
        for speech in part.spoken:
            told.append(_told(speech, called, is_new=speech.name != last_speaker))
            last_speaker = "" if speech.is_voice else speech.name
        action = _shown(one_line(" ".join(part.action)), looks)
        narration = " ".join(told) if has_dialogue else _with_stops(action)
        speakers = tuple(dict.fromkeys(speech.name for speech in part.spoken if not speech.is_voice))
        passages.append(Passage(action=action, narration=narration, speakers=speakers))
    return tuple(passages)


def _told(speech: _Speech, called: dict[str, str], *, is_new: bool) -> str:
    """``“Is anyone out there?” asks Maria. “I was.”``; a voice without a face as it stands."""
    words = one_line(" ".join(speech.words))
    if speech.is_voice:
        return _with_stops(words)
    words = re.sub(r"[\"“”]", "'", words)
    if not is_new:
        return f"“{_with_stops(words)}”"
    first, *more = split_sentences(words) or [words]
    verb = "asks" if first.endswith("?") else "says"
    first = first if first[-1] in "?!…" or first.endswith("...") else f"{first.rstrip('.,')},"
    rest = f" “{_with_stops(' '.join(more))}”" if more else ""
    return f"“{first}” {verb} {called[speech.name]}.{rest}"


def _shown(action: str, looks: dict[str, str]) -> str:
    """``action`` without the looks of who is introduced, and with names as they are written elsewhere."""
    seen = _BRACKETED.sub(
        lambda found: found.group().split("(")[0].rstrip() if _introduced(found) else found.group(), action
    )
    seen = introductions(seen, {word for name in looks for word in (name, name.upper())})[0]
    for name in looks:
        seen = re.sub(rf"\b{re.escape(name.upper())}\b", name, seen)
    return seen


def _scene(draft: _Draft, before: Scene | None, looks: dict[str, str], passages: tuple[Passage, ...]) -> Scene:
    seen = " ".join(passage.action for passage in passages if passage.action)
    present = dict(draft.speakers)
    for name in looks:
        if re.search(rf"\b{re.escape(name)}\b", seen):
            present.setdefault(name)
    spoken = [word for speech in draft.spoken for word in speech.words]
    return Scene(
        location=_location(draft.heading) or (before.location if before else ""),
        characters=tuple(present),
        action=seen,
        emotion=emotion_in(" ".join([*draft.action, *spoken])),
        narration=" ".join(passage.narration for passage in passages if passage.narration),
        time_of_day=time_in(draft.heading) or _continued(draft.heading, before),
        weather=weather_in(f"{draft.heading} . {seen}"),
        passages=passages,
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
