"""A camera move as a small picture and in words."""

from __future__ import annotations

from studio.model.camera import CameraMove, describe, parse_camera
from studio.ui.views.words import esc

_WORDS = {
    "static": "The camera stands still.",
    "pan": "The camera turns {way} on the spot.",
    "tilt": "The camera tilts {way} on the spot.",
    "zoom in": "The lens zooms in.",
    "zoom out": "The lens zooms out.",
    "dolly in": "The camera moves closer.",
    "dolly out": "The camera moves back.",
    "truck": "The camera slides to the {way}.",
    "truck up": "The camera moves up.",
    "truck down": "The camera moves down.",
    "pedestal up": "The camera rises.",
    "pedestal down": "The camera sinks.",
    "orbit": "The camera circles to the {way}.",
    "handheld": "Held in the hand: small, living movements.",
    "tracking": "The camera goes along to the {way}.",
    "tracking in": "The camera follows from behind.",
    "tracking out": "The camera leads, looking back.",
    "drone": "The camera flies {way}.",
}
_PACES = {"slow": "Slow.", "normal": "At a normal pace.", "fast": "Fast."}

_FRAME = '<rect class="cam-frame" x="10" y="8" width="76" height="46" rx="3"/>'
_ARROW = '<path class="cam-arrow" d="{path}" marker-end="url(#cam-tip)"/>'
_LINES = {"right": "M30 31H66", "left": "M66 31H30", "up": "M48 45V17", "down": "M48 17V45"}
_PANS = {"right": "M28 38Q48 16 67 36", "left": "M68 38Q48 16 29 36"}
_TILTS = {"up": "M42 46Q64 31 43 17", "down": "M42 16Q64 31 43 45"}
_STILL = {
    "static": '<path class="cam-quiet" d="M48 22v18M39 31h18"/><circle class="cam-quiet" cx="48" cy="31" r="5"/>',
    "handheld": '<path class="cam-arrow" d="M24 33q6-12 12-2t12 0 12-2 12 4"/>'
    '<path class="cam-quiet" d="M24 42q8-7 16 0t16 0 16 0"/>',
}
_CORNERS = ((14, 12, 30, 22), (82, 12, 66, 22), (14, 50, 30, 40), (82, 50, 66, 40))


def camera_card(text: str) -> str:
    """How the words are understood: the picture, what happens, and the plain name of the move."""
    move = parse_camera(text)
    guess = " No move is named: a gentle push in stands for it." if move.is_guess else ""
    return (
        f'<div class="cam">{camera_picture(move)}<p><b>{esc(describe(move))}</b><br>'
        f"{esc(meaning(move))}{esc(guess)}</p></div>"
    )


def meaning(move: CameraMove) -> str:
    """What the camera does, in a sentence or two."""
    words = _WORDS.get(f"{move.kind} {move.direction}") or _WORDS.get(move.kind, "")
    if move.kind in ("static", "handheld"):
        return words
    return f"{words.format(way=move.direction)} {_PACES[move.speed]}"


def camera_picture(move: CameraMove) -> str:
    """A frame of 96 x 62 with arrows that say where the camera goes; fast moves are drawn bold."""
    return (
        f'<svg class="cam-pic {move.speed}" viewBox="0 0 96 62" width="96" height="62" role="img" '
        f'aria-label="{esc(describe(move))}"><defs><marker id="cam-tip" viewBox="0 0 8 8" refX="6" refY="4" '
        'markerWidth="5" markerHeight="5" orient="auto-start-reverse"><path class="cam-head" d="M0 0L8 4L0 8z"/>'
        f"</marker></defs>{_FRAME}{_drawing(move)}</svg>"
    )


def _drawing(move: CameraMove) -> str:
    way = move.direction
    if move.kind in _STILL:
        return _STILL[move.kind]
    if move.kind == "orbit":
        start, end, sweep = (26, 70, 0) if way == "right" else (70, 26, 1)
        ring = _ARROW.format(path=f"M{start} 27A22 12 0 0 {sweep} {end} 27")
        return f'<circle class="cam-dot" cx="48" cy="26" r="5"/>{ring}'
    if way in ("in", "out"):
        return _depth(move.kind) + "".join(_ARROW.format(path=_corner(corner, way)) for corner in _CORNERS)
    if move.kind in ("pan", "tilt"):
        return _ARROW.format(path={**_PANS, **_TILTS}[way])
    return _ground(move.kind, way) + _ARROW.format(path=_low(way) if move.kind == "tracking" else _LINES[way])


def _depth(kind: str) -> str:
    if kind == "zoom":
        return '<rect class="cam-quiet" x="32" y="22" width="32" height="18" rx="2"/>'
    return '<circle class="cam-dot" cx="48" cy="31" r="4"/>'


def _ground(kind: str, way: str) -> str:
    """What the camera goes along: a figure, the land below, a rail."""
    if kind == "tracking":
        return '<circle class="cam-dot" cx="48" cy="22" r="4"/>'
    if kind == "drone":
        return '<path class="cam-quiet" d="M12 46q18-8 36-3t36-2"/>'
    return f'<path class="cam-quiet" d="{"M26 41H70" if way in ("left", "right") else "M58 16V46"}"/>'


def _corner(corner: tuple[int, int, int, int], way: str) -> str:
    outer_x, outer_y, inner_x, inner_y = corner
    if way == "in":
        return f"M{outer_x} {outer_y}L{inner_x} {inner_y}"
    return f"M{inner_x} {inner_y}L{outer_x} {outer_y}"


def _low(way: str) -> str:
    return "M66 40H30" if way == "left" else "M30 40H66"
