"""Camera moves: words parsed once into a value that every video engine understands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

MoveKind = Literal[
    "static", "pan", "tilt", "zoom", "dolly", "truck", "pedestal", "orbit", "handheld", "tracking", "drone"
]
Direction = Literal["none", "in", "out", "left", "right", "up", "down"]
Speed = Literal["slow", "normal", "fast"]


@dataclass(frozen=True, slots=True)
class CameraMove:
    """One move over one shot. Push, pull -> ``dolly in/out``; crane -> ``pedestal``; arc -> ``orbit``.

    The direction is the camera's: a pan right shows what lies to the right, so the picture slides left.
    """

    kind: MoveKind
    direction: Direction = "none"
    speed: Speed = "normal"
    is_guess: bool = False
    """True if the words named no move and a gentle push in stands for them."""


_KINDS: tuple[tuple[MoveKind, str], ...] = (
    (
        "static",
        r"static|stationary|locked(?: off| down)?|lock off|fixed|tripod|still (?:shot|frame|camera)"
        r"|no (?:camera )?mo(?:ve|vement|tion)",
    ),
    (
        "dolly",
        r"push(?:es|ing)?(?: in| out)?|pull(?:s|ing)?(?: in| out| back| away)?|doll(?:y|ies|ying)"
        r"|creep(?:s|ing)?",
    ),
    ("zoom", r"zoom(?:s|ed|ing)?|ken burns"),
    ("orbit", r"orbit(?:s|al|ing)?|arc(?:s|ing)?|circl(?:e|es|ing)|revolv(?:e|es|ing)|rotat(?:e|es|ing|ion)"),
    (
        "pedestal",
        r"crane(?:s|d)?|craning|pedestal|jib|boom|ris(?:e|es|ing)|ascend(?:s|ing)?|descend(?:s|ing)?",
    ),
    (
        "drone",
        r"drone|aerial|fly ?(?:over|by|through)|flyover|flying|flies|helicopter|sweep(?:s|ing)?"
        r"|bird s eye|soar(?:s|ing)?",
    ),
    ("tracking", r"track(?:s|ing)?|follow(?:s|ing)?|steadicam|walk(?:ing)? with"),
    ("handheld", r"hand ?held|shak(?:y|e|ing)|wobbl(?:y|ing)|documentary style"),
    ("pan", r"pan(?:s|ned|ning)?|whip"),
    ("tilt", r"tilt(?:s|ed|ing)?"),
    ("truck", r"truck(?:s|ing)?|slid(?:e|es|ing)|mov(?:e|es|ing)|lateral|sideways|crab"),
)
"""Words of each kind. Where two start at the same place, the row further up wins."""

_MOVES = re.compile("|".join(rf"(?P<{kind}>\b(?:{words})\b)" for kind, words in _KINDS))
_FROM_TO = re.compile(
    r"\b(?:from )?(?:the )?(?:left|right|top|bottom|up|down) to (?:the )?(left|right|top|bottom|up|down)\b"
)
_DIRECTIONS: tuple[tuple[Direction, str], ...] = (
    ("left", r"left(?:wards?)?"),
    ("right", r"right(?:wards?)?"),
    ("up", r"up(?:wards?)?|rise|rises|rising|ascend\w*|top"),
    ("down", r"down(?:wards?)?|lower\w*|descend\w*|bottom"),
    ("out", r"out(?:wards?)?|back(?:wards?)?|away|pull(?:s|ing)?(?! in)"),
    ("in", r"in(?:wards?)?|into|forwards?|closer|towards?|push(?:es|ing)?(?! out)|creep(?:s|ing)?"),
)
_WAYS = re.compile("|".join(rf"(?P<{way}>\b(?:{words})\b)" for way, words in _DIRECTIONS))
_SLOW = re.compile(
    r"\b(?:slow(?:ly)?|gentl[ey]|soft(?:ly)?|subtl[ey]|majestic(?:ally)?|gradual(?:ly)?|graceful(?:ly)?|calm(?:ly)?|smooth(?:ly)?|drift(?:s|ing)?|creep(?:s|ing)?|lingering|languid)\b"
)
_FAST = re.compile(
    r"\b(?:fast|quick(?:ly)?|rapid(?:ly)?|whip|swift(?:ly)?|sudden(?:ly)?|snap|crash|abrupt(?:ly)?|frantic|dynamic|energetic)\b"
)

_ALLOWED: dict[MoveKind, tuple[Direction, ...]] = {
    "static": ("none",),
    "pan": ("right", "left", "up", "down"),
    "tilt": ("up", "down"),
    "zoom": ("in", "out"),
    "dolly": ("in", "out", "left", "right", "up", "down"),
    "truck": ("right", "left", "up", "down", "in", "out"),
    "pedestal": ("up", "down"),
    "orbit": ("right", "left"),
    "handheld": ("none",),
    "tracking": ("right", "left", "in", "out"),
    "drone": ("in", "out", "left", "right", "up", "down"),
}
"""Directions a kind can take; the first stands for none given."""


COMMON_MOVES = (
    "static", "push in", "pull out", "zoom in", "zoom out", "pan left", "pan right", "tilt up", "tilt down",
    "truck left", "truck right", "crane up", "crane down", "orbit left", "orbit right", "tracking shot", "drone shot",
    "handheld",
)  # fmt: skip
"""Words for every kind of move, for whoever asks what there is."""


def parse_camera(text: str) -> CameraMove:
    """The first camera move that ``text`` names, in any case, hyphened, or as oneWord.

    Words without a move, and no words, are a slow push in with ``is_guess`` true. A direction that the named
    move cannot take is overruled by what the words mean together: ``pan up`` is a tilt, ``move in`` a dolly.
    """
    words = _plain(text)
    found = _MOVES.search(words)
    if found is None:
        return CameraMove("dolly", "in", "slow", is_guess=True)
    kind: MoveKind = next(name for name, _ in _KINDS if found.group(name) is not None)
    if kind == "static":
        return CameraMove("static")
    start, end = _clause(words, found)
    way = _direction(words[start:end], found.group(), _ALLOWED[kind])
    kind, way = _settled(kind, way)
    return CameraMove(kind, way, _speed(words[:end], found.start()))


def moves_like(text: str) -> tuple[str, ...]:
    """Those of ``COMMON_MOVES`` that ``text`` may have meant: ``tild up`` the tilts; none for ``banana``."""
    names = {move.partition(" ")[0]: None for move in COMMON_MOVES}
    meant = {name for word in _plain(text).split() for name in get_close_matches(word, names, n=1)}
    return tuple(move for move in COMMON_MOVES if move.partition(" ")[0] in meant)


def camera_words(text: str) -> str:
    """``text`` if it names a move, else the move that stands for it: what is written for a video model."""
    move = parse_camera(text)
    return describe(move) if move.is_guess else text.strip()


def describe(move: CameraMove) -> str:
    """``move`` in words that ``parse_camera`` reads back and a video model understands."""
    name = {"dolly": "push" if move.direction == "in" else "pull", "truck": "move", "pedestal": "crane"}.get(
        move.kind, move.kind
    )
    if move.kind in ("tracking", "drone"):
        name = f"{move.kind} shot"
    pace = "" if move.speed == "normal" or move.kind == "static" else f"{move.speed} "
    way = "" if move.direction == "none" else f" {move.direction}"
    return f"{pace}{name}{way}"


def _plain(text: str) -> str:
    """Lower case, camelCase and punctuation split, but clause marks kept as ``,``."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    spaced = re.sub(r"[.;:!?]+(?=\s|$)", " , ", spaced.lower())
    return " ".join(re.sub(r"[^\w,]+|_", " ", spaced).replace(",", " , ").split())


def _clause(words: str, found: re.Match[str]) -> tuple[int, int]:
    """Span of the words that may say where this move goes: its clause, up to where another move begins."""
    start = max(words.rfind(",", 0, found.start()), words.rfind(" then ", 0, found.start()), 0)
    rest = words[found.end() :]
    stops = (re.search(r"\b(?:then|before|while)\b", rest), _other_move(rest, found))
    return start, found.end() + min((stop.start() for stop in stops if stop), default=len(rest))


def _other_move(rest: str, found: re.Match[str]) -> re.Match[str] | None:
    """The next word of a *different* kind; ``drone sweeping``, ``tracking shot follows`` are one move."""
    for match in _MOVES.finditer(rest):
        if match.lastgroup != found.lastgroup:
            return match
    return None


def _direction(clause: str, verb: str, allowed: tuple[Direction, ...]) -> Direction:
    if allowed == ("none",):
        return "none"
    goal = _FROM_TO.search(clause)
    if goal:
        named = {"top": "up", "bottom": "down"}.get(goal.group(1), goal.group(1))
        return next(way for way, _ in _DIRECTIONS if way == named)
    at = clause.find(verb)
    after, before = clause[at:], clause[:at]
    for words in (after, before):
        for match in _WAYS.finditer(words):
            way = next(name for name, _ in _DIRECTIONS if match.group(name) is not None)
            if way in allowed or way in ("up", "down", "left", "right"):
                return way
    return allowed[0]


def _settled(kind: MoveKind, way: Direction) -> tuple[MoveKind, Direction]:
    """Kind and direction as a cameraman would call them."""
    if kind == "pan" and way in ("up", "down"):
        return "tilt", way
    if kind == "tilt" and way in ("left", "right"):
        return "pan", way
    if kind in ("dolly", "truck"):
        return ("dolly" if way in ("in", "out") else "truck"), way
    return (kind, way) if way in _ALLOWED[kind] else (kind, _ALLOWED[kind][0])


def _speed(words: str, at: int) -> Speed:
    """Pace named nearest to the move's own word at ``at``."""
    found: list[tuple[int, Speed]] = [(abs(match.start() - at), "slow") for match in _SLOW.finditer(words)]
    found += [(abs(match.start() - at), "fast") for match in _FAST.finditer(words)]
    return min(found)[1] if found else "normal"
