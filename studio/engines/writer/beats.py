"""Which beats a film of so many scenes has, and what time and weather a scene's own words ask for."""

from __future__ import annotations

import re

#: Merged beats are joined with ``+``; the first that the user's own events do not fill names the frame's line.
_BEATS = {
    1: "call+ending",
    2: "setup+call turn+ending",
    3: "setup+call attempt+setback turn+ending",
    4: "setup+call attempt+setback turn ending",
    5: "setup call attempt+setback turn ending",
    6: "setup call attempt setback turn ending",
    7: "setup call attempt setback attempt2 turn ending",
    8: "setup call attempt setback attempt2 turn aftermath ending",
    9: "setup setup2 call attempt setback attempt2 turn aftermath ending",
    10: "setup setup2 call attempt setback attempt2 setback2 turn aftermath ending",
    11: "setup setup2 call attempt walk setback attempt2 setback2 turn aftermath ending",
    12: "setup setup2 call attempt walk setback attempt2 setback2 turn turn2 aftermath ending",
}
_NAMES = {"setup2": "setup", "attempt2": "attempt", "walk": "attempt", "setback2": "setback", "turn2": "turn", "aftermath": "ending"}  # fmt: skip


def beats_of(scene_count: int) -> list[list[str]]:
    """Beats of every scene; above twelve scenes more walks and setbacks come before the turn."""
    if scene_count <= 12:
        return [part.split("+") for part in _BEATS[max(1, scene_count)].split()]
    parts = [[part] for part in _BEATS[12].split()]
    extra = [["walk"] if i % 2 == 0 else ["setback2"] for i in range(scene_count - 12)]
    return parts[:8] + extra + parts[8:]


def beat_name(beats: list[str]) -> str:
    """The name of the scene's place in the arc, as ``Scene.beat`` knows it."""
    last = beats[0] if beats[0] != "setup" or len(beats) == 1 else beats[1]
    if "turn" in beats and len(beats) > 1:
        last = "turn"
    return _NAMES.get(last, last)


_TIMES = (
    (r"\b(?:at|before|by) (?:dawn|first light|daybreak)|\bmorning\b|\bsunrise\b|first sun", "dawn"),
    (r"\bmidnight\b|\bnight\b|\bstars? (?:come|hang|turn)|moonlight|in the dark\b|lamplight", "night"),
    (r"\bsunset\b|sun sinks|sun goes down|last (?:gold|light|sun)|day go down", "golden hour"),
    (r"\bevening\b|\bdusk\b|lamps come on", "dusk"),
)
_WEATHERS = (
    (r"\bstorm\b|squall|lightning|thunder|hail\b", "storm"),
    (r"\brain\b|downpour|drops fall", "rain"),
    (r"\bsnow falls|blizzard|\bsnow settles", "snow"),
    (r"\bfog\b|\bmist\b", "fog"),
    (r"\bwind turns|\bgust\b|wind tears", "wind"),
)
_ARC_TIMES = {"setup": "dawn", "call": "day", "attempt": "day", "setback": "dusk", "turn": "golden hour", "ending": "golden hour"}  # fmt: skip
_DARK_TIMES = {"setup": "dusk", "call": "night", "attempt": "night", "setback": "night", "turn": "night", "ending": "dawn"}  # fmt: skip


def time_in(text: str, beat: str, *, given: str, is_dark: bool) -> str:
    """The time of day of a scene: what its words say, else the idea's, else what the arc suggests."""
    if given and not re.search(r"\b(?:dawn|morning)\b", text.lower()):
        return given
    for pattern, time in _TIMES:
        if re.search(pattern, text.lower()):
            return time
    return given or (_DARK_TIMES if is_dark else _ARC_TIMES).get(beat, "day")


def weather_in(text: str, *, given: str, is_indoor: bool) -> str:
    """The weather of a scene: what its words say, else the idea's; none indoors unless given."""
    if not is_indoor:
        for pattern, weather in _WEATHERS:
            if re.search(pattern, text.lower()):
                return weather
    return given
