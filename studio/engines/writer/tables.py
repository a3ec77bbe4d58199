"""The writer's tables in ``assets/writer``: frames of stories, kits of places, roles of people and animals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from studio.media.assets import asset_path


@dataclass(frozen=True, slots=True)
class Line:
    """One variant of a beat, unfilled: what is said, what may be added, what is seen."""

    say: str
    more: str = ""
    show: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beat:
    """All variants of one beat of a frame, with its emotion in a bright and in a dark story."""

    emotion: str
    dark_emotion: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A small plot of one piece: one line for each of its beats, in their order."""

    name: str
    beats: dict[str, Line]


@dataclass(slots=True)
class Kit:
    """A kind of place: how a painter names it, what is near, who lives there, what may be said of it."""

    name: str
    is_indoor: bool
    era: str
    words: tuple[str, ...] = ()
    place: str = ""
    spots: tuple[str, ...] = ()
    person: str = ""
    do: list[str] = field(default_factory=list)
    sight: list[str] = field(default_factory=list)
    dark: list[str] = field(default_factory=list)
    hard: list[str] = field(default_factory=list)
    calm: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Role:
    """What a role wears, where it is at home and what it does day by day."""

    names: tuple[str, ...]
    kit: str
    clothes: str
    routine: str
    is_animal: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the writer knows about stories, places and people."""

    frames: dict[str, dict[str, Beat]]
    kits: dict[str, Kit]
    roles: dict[str, Role]
    """By singular name, ``lighthouse keeper``."""
    threads: dict[str, tuple[Thread, ...]] = field(default_factory=dict)
    """By frame; ``late``, ``late2`` and ``late1`` hold the ends of stories that the user began."""


def read_tables() -> Tables:
    """Read all tables from the studio's assets."""
    frames = _read_frames(_text("frames.txt"))
    return Tables(
        frames=frames,
        threads=_read_threads(_text("threads.txt") + _text("objects.txt"), frames),
        kits=_read_kits(_text("kits.txt")),
        roles=_read_roles(_text("roles.txt")),
    )


def _text(name: str) -> str:
    return asset_path(f"writer/{name}").read_text(encoding="utf-8")


def _read_frames(text: str) -> dict[str, dict[str, Beat]]:
    frames: dict[str, dict[str, Beat]] = {}
    lines: dict[tuple[str, str], list[Line]] = {}
    moods: dict[tuple[str, str], tuple[str, str]] = {}
    key = ("", "")
    for row in text.splitlines():
        if row.startswith("= "):
            key = (row[2:].strip(), "")
        elif row.startswith("# ") and key[0]:
            beat, emotion, dark = row[2:].split()
            key = (key[0], beat)
            moods.setdefault(key, (emotion, dark))
        elif row.strip() and key[1]:
            lines.setdefault(key, []).append(_read_line(row))
    for (frame, beat), found in lines.items():
        frames.setdefault(frame, {})[beat] = Beat(*moods[frame, beat], tuple(found))
    return frames


def _read_line(row: str) -> Line:
    tags: tuple[str, ...] = ()
    if row.startswith("@"):
        head, row = row.split(" ", 1)
        tags = tuple(head[1:].split(","))
    parts = [part.strip() for part in row.split(" | ")]
    if len(parts) == 3:
        return Line(parts[0], parts[1], parts[2], tags)
    if len(parts) == 2:
        is_sentence = bool(re.search(r'[.!?]"?$', parts[1]))
        return Line(parts[0], parts[1] if is_sentence else "", "" if is_sentence else parts[1], tags)
    return Line(parts[0], tags=tags)


def _read_threads(text: str, frames: dict[str, dict[str, Beat]]) -> dict[str, tuple[Thread, ...]]:
    """The threads by frame; lines that stand before a frame's first thread replace that frame's lines of their beat."""
    threads: dict[str, list[Thread]] = {}
    frame = ""
    shared: tuple[str, ...] = ()
    plain: dict[tuple[str, str], list[Line]] = {}
    for row in text.splitlines():
        if row.startswith("= "):
            frame, shared = row[2:].strip(), ()
        elif row.startswith("~ ") and frame:
            name, _, tags = row[2:].partition(" ")
            shared = tuple(tag for tag in tags.split(",") if tag)
            threads.setdefault(frame, []).append(Thread(f"{frame}.{name}", {}))
        elif frame and ": " in row and not row.startswith("#"):
            beat, _, rest = row.partition(": ")
            line = _read_line(rest)
            if frame in threads:
                threads[frame][-1].beats[beat] = replace(line, tags=(*line.tags, *shared))
            else:
                plain.setdefault((frame, beat), []).append(line)
    for (name, beat), lines in plain.items():
        mood = frames.get(name, {}).get(beat) or frames["deed"].get(beat) or frames["deed"]["setback"]
        frames.setdefault(name, {})[beat] = replace(mood, lines=tuple(lines))
    return {name: tuple(found) for name, found in threads.items()}


def _read_kits(text: str) -> dict[str, Kit]:
    kits: dict[str, Kit] = {}
    kit = Kit("", is_indoor=False, era="any")
    for row in text.splitlines():
        if row.startswith("= "):
            name, venue, era = row[2:].split()
            kit = kits[name] = Kit(name, is_indoor=venue == "in", era=era)
        elif kit.name and ": " in row:
            key, value = row.split(": ", 1)
            if key in ("do", "sight", "dark", "hard", "calm"):
                getattr(kit, key).append(value)
            elif key in ("words", "spots"):
                setattr(kit, key, tuple(word.strip() for word in value.split(",")))
            else:
                setattr(kit, key, value)
    return kits


def _read_roles(text: str) -> dict[str, Role]:
    roles: dict[str, Role] = {}
    is_animal = False
    for row in text.splitlines():
        if row.startswith("# animals"):
            is_animal = True
        if row.startswith("#") or not row.strip():
            continue
        names, kit, clothes, routine = (part.strip() for part in row.split("|"))
        role = Role(tuple(name.strip() for name in names.split(",")), kit, clothes, routine, is_animal)
        roles.update(dict.fromkeys(role.names, role))
    return roles
