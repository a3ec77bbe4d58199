"""Plain prose made a story: each paragraph a scene, each sentence narrated as the user wrote it."""

from __future__ import annotations

import math
import re

from studio.errors import BadInput
from studio.model.story import Character, Scene, Story
from studio.planning.language import one_line, split_clauses, split_sentences
from studio.planning.telling.apposition import introductions, look_told, roles_told, told_genders
from studio.planning.telling.inference import emotion_in, nouns_in, people_of, place_anywhere, place_in
from studio.planning.telling.setting import time_in, weather_in

_HEADING = re.compile(r"^(?:#{1,6}\s++(.*)|(?i:title):\s*+(.+))$")
_BREAK = re.compile(r"^(?:[*_=~-]\s*){3,}$|^#$")
_SCENE_WORDS = 36
"""About what is told in the 15 s of the longest scene of a scene video."""
_ENDLESS_WORDS = 150
_SHORT_PARAGRAPH_WORDS = 8
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_ROOMS = (
    "attic|bakery|bedroom|cabin|cafe|castle|cellar|cottage|farmhouse|hall|house|hut|inn|kitchen|library|mill|office|pub|"
    "restaurant|room|school|shop|station|tavern|theatre|workshop"
)
_ROOM = re.compile(rf"(?i)\b(?:{_ROOMS})\b")
_ROOM_TOLD = re.compile(rf"\b(?:[Tt]he|an?|his|her|their|my|our)\s+((?:[a-z-]+\s+)?(?:{_ROOMS}))\b")
_COOKING = re.compile(r"(?i)\b(?:knead\w*|dough|ovens?|stove|bakes?|baking)\b")
_INDOORS = re.compile(
    r"(?i)\b(?:knead\w*|(?:in|from|into|on|at) (?:the|an?|his|her) (?:ovens?|stove|bed)|bakes?|hearth|fireplace|(?:by|at|near) the fire(?:side)?|"
    r"(?:go|goes|went|walks?|walked|runs?|ran|comes?|came|returns?|returned) (?:back )?(?:home|indoors|inside))\b(?! the\b)"
)
_FIRE_OUTSIDE = re.compile(
    r"(?i)\b(?:camp ?fire|bonfire|(?:light|lit|build|built|make|made)s? (?:a|the) (?:\w+ )?fire)\b"
)
_AFTER_STOP = re.compile(r"(?<=\w[.!?] )[a-z]")
_PRONOUN = re.compile(r"(?i)\b(?:he|she|they|him|her|them|his|their)\b")
_SAYING = "said|says|asked|asks|replied|replies|answered|answers|whispered|cried|shouted|called|murmured|thought"
_SAID = re.compile(
    rf"(?i)^\W*(?:(?:and|then|but)\s+)?(?:(?:{_SAYING})\b|(?:\w+\s+){{1,3}}(?:{_SAYING})\b\W*(?:\w+\W*){{0,3}}$)"
)
_NAMING = re.compile(r"(?:His|Her|Their|The \w+['’]s) name (?:is|was)\b|\w+(?: \w+){0,2} (?:is|was) called\b")
_FIRST_PERSON = re.compile(r"\b(?:I|me|my)\b")


def story_of_prose(text: str, source: str, title: str = "") -> Story:
    """The story that ``text`` tells; see ``scripts.read_script``. Raises BadInput if there is no word in it."""
    heading, paragraphs = _paragraphs(text)
    pieces = [piece for paragraph in paragraphs for piece in _pieces(paragraph)]
    if not pieces:
        raise BadInput(f"{source} has no words in it to make a film of.")
    names = {word for name in people_of(pieces) if name[:1].isupper() for word in (name, name.split()[-1])}
    shown, looks = _shown(pieces, names)
    people = list(dict.fromkeys([*people_of(shown), *looks]))
    return Story(
        title=heading or title or title_of(pieces[0]),
        scenes=_scenes(
            pieces,
            shown,
            _Calling(people, " ".join(shown)),
            place_anywhere(" ".join(pieces[:40])) or "an open landscape",
        ),
        cast=tuple(Character(name=name, look=look) for name, look in looks.items()),
        written_by="user",
    )


def _shown(pieces: list[str], names: set[str]) -> tuple[list[str], dict[str, str]]:
    """What can be seen of each piece: no speech, and nobody twice (``Ada, a young gardener,``); and who looks how."""
    silent, roles = roles_told([one_line(_QUOTED.sub("", piece)) or piece for piece in pieces], names, pieces)
    silent, more = roles_told(silent, names)  # ``their neighbour, the baker Tomas,`` is two of them
    roles = more | roles
    genders = told_genders(silent, names)
    shown: list[str] = []
    looks: dict[str, str] = {}
    for piece in silent:
        seen, told = introductions(piece, names, genders)
        shown.append(seen)
        looks = told | looks
    return shown, {name: look_told(name, role, genders.get(name)) for name, role in roles.items()} | looks


def _paragraphs(text: str) -> tuple[str, list[str]]:
    """The title, if there is one, and the paragraphs: blank lines part them, or each line is one if none is blank."""
    blocks: list[list[str]] = [[]]
    title = ""
    for raw in text.split("\n"):
        line = raw.strip()
        heading = _heading(line)
        if heading is not None and not title and not any(blocks):
            title = one_line(heading)
        elif not line or _BREAK.match(line) or heading is not None:
            blocks += [[]] if heading is None else [[heading], []]
        else:
            blocks[-1].append(line)
    blocks = [block for block in blocks if block]
    if len(blocks) == 1 and len(blocks[0]) > 1 and all(line[-1] in '.!?…"”' for line in blocks[0]):
        blocks = [[line] for line in blocks[0]]
    if not title and len(blocks) > 1 and _is_title(blocks[0]):
        title = one_line(blocks.pop(0)[0])
    return title, _merged([one_line(" ".join(block)) for block in blocks])


def _heading(line: str) -> str | None:
    """The words of a heading, without its marks; None for any other line."""
    found = _HEADING.match(line)
    if found is None:
        return None
    return (found.group(1) or "").rstrip("# ") or found.group(2) or ""


def _is_title(block: list[str]) -> bool:
    return len(block) == 1 and len(block[0].split()) <= 8 and block[0][-1] not in '.!?…:;,"”' and block[0][:1].isupper()


def _merged(paragraphs: list[str]) -> list[str]:
    """Short paragraphs (mostly dialogue) that play nowhere else stay with the one before; those without any word go too."""
    merged: list[str] = []
    for paragraph in paragraphs:
        is_elsewhere = bool(place_in(paragraph) or _INDOORS.search(paragraph))
        is_short = len(paragraph.split()) < _SHORT_PARAGRAPH_WORDS and not is_elsewhere
        if merged and (is_short or not re.search(r"\w", paragraph)) and len(merged[-1].split()) < _SCENE_WORDS:
            merged[-1] = f"{merged[-1]} {paragraph}"
        elif re.search(r"\w", paragraph):
            merged.append(paragraph)
    return merged


def _pieces(paragraph: str) -> list[str]:
    """A long paragraph in about equal scenes of at most about 36 words, whole sentences each."""
    whole = len(paragraph.split())
    if whole <= _SCENE_WORDS * 1.25:
        return [paragraph]
    share = whole / math.ceil(whole / _SCENE_WORDS)
    pieces: list[list[str]] = [[]]
    words = 0
    for sentence in (part for one in split_sentences(paragraph) for part in _breaths(one)):
        length = len(sentence.split())
        if pieces[-1] and words + length / 2 > share * len(pieces):
            pieces.append([])
        pieces[-1].append(sentence)
        words += length
    return [" ".join(piece) for piece in pieces]


def _breaths(sentence: str) -> list[str]:
    """A sentence; one of over 150 words (a text without stops) in parts, at clause borders where there are any."""
    if len(sentence.split()) <= _ENDLESS_WORDS:
        return [sentence]
    parts: list[str] = []
    for clause in split_clauses(sentence, longest_words=_SCENE_WORDS):
        words = clause.split()
        parts += [" ".join(words[at : at + _SCENE_WORDS]) for at in range(0, len(words), _SCENE_WORDS)]
    return parts


class _Calling:
    """Finds who of ``people`` a text names; one pass over the text however many there are."""

    def __init__(self, people: list[str], text: str) -> None:
        self._names = {name: name for name in people}
        self._words: dict[str, str] = {}
        for name in people:
            if name[:1].isupper():
                for word in name.split():
                    self._words.setdefault(word, _aged(name, text))

    def named_in(self, text: str) -> list[str]:
        found: dict[str, None] = {}
        for word in re.findall(r"[\w-]+", text):
            name = self._words.get(word)
            if name:
                found.setdefault(name)
        for noun in nouns_in(text):
            found.setdefault(self._names.get(noun, noun))
        if not found and _FIRST_PERSON.search(text):
            found.setdefault("narrator")
        return list(found)[:6]


def _aged(name: str, text: str) -> str:
    """``Maria`` is ``old Maria`` if the text calls her so anywhere."""
    age = re.search(rf"(?i:\b(old|young|little)\s+){re.escape(name)}\b", text)
    return f"{age.group(1).lower()} {name}" if age else name


def _scenes(pieces: list[str], seen: list[str], calling: _Calling, anywhere: str) -> tuple[Scene, ...]:
    scenes: list[Scene] = []
    people: list[str] = []
    for piece, shown in zip(pieces, seen, strict=True):
        named = calling.named_in(shown)
        people = named or (people if _PRONOUN.search(shown) else [])
        before = scenes[-1] if scenes else None
        told = place_in(shown) or (before.location if before else "")
        location = (told and _room_for(shown, told, scenes, seen)) or told or place_anywhere(shown) or anywhere
        scenes.append(
            Scene(
                location=location,
                characters=tuple(people),
                action=_action(shown, people),
                emotion=emotion_in(piece),
                narration=piece,
                time_of_day=time_in(shown) or (before.time_of_day if before else None),
                weather=weather_in(shown),
            )
        )
    return tuple(scenes)


def _room_for(shown: str, told: str, before: list[Scene], seen: list[str]) -> str:
    """The room that ``shown`` calls for (an oven, a bed, a fireside) where ``told`` is under the sky; else empty.

    It is the last one that the story was in, the first one that it speaks of at all, else one that fits.
    """
    if _ROOM.search(told) or not _INDOORS.search(shown) or place_in(shown):
        return ""
    if any(_FIRE_OUTSIDE.search(text) for text in (shown, *(scene.action for scene in before[-5:]))):
        return ""
    been = next((scene.location for scene in reversed(before) if _ROOM.search(scene.location)), "")
    spoken_of = next((found.group(1) for text in seen if (found := _ROOM_TOLD.search(text))), "")
    return been or (f"the {spoken_of}" if spoken_of else "the kitchen" if _COOKING.search(shown) else "a small room")


def _action(shown: str, people: list[str]) -> str:
    """What can be seen of it: every sentence but names and the rests of quoted speech (``said Maria.``)."""
    parted = _AFTER_STOP.sub(lambda found: found.group().upper(), shown)  # ``There. asks Tomas.`` is two sentences
    heard = [sentence for sentence in split_sentences(parted) if not _SAID.match(sentence)]
    visible = [sentence for sentence in heard if not _NAMING.match(sentence)] or heard
    if visible or not people:
        return " ".join(visible)
    return f"{people[0]} talks to {people[1]}." if len(people) > 1 else f"{people[0]} talks."


def title_of(piece: str) -> str:
    """The first words of the text, cut at a clause."""
    words = re.split(r"[.!?…,;:—]", piece, maxsplit=1)[0].split()[:7]
    return " ".join(words).strip(" \"“”'") or "Untitled"
