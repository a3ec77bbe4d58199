"""Close portraits: head and shoulders in three-quarter view, with an expression, in light from one side."""

from __future__ import annotations

from dataclasses import replace

from studio.engines.storyboard.people.body import body_of
from studio.engines.storyboard.people.heads import head
from studio.engines.storyboard.people.looks import Look, Mood
from studio.engines.storyboard.people.props import held_at
from studio.engines.storyboard.sheet.sprites import Drawing, Facing, Light, Sprite, rasterised
from studio.engines.storyboard.sheet.vector import ellipse, group, mixed, path, rect, shade, stroke, taper

_UNITS = 186.0
"""From the lower edge to the crown of the head; a hat stands higher."""
_LOWER = 80.0
_SHOULDERS = {"child": 0.62, "young": 0.84, "old": 0.94}
_HANGS = frozenset(("lantern", "lamp"))
"""Things that hang below the hand: it is held higher."""


def bust(look: Look, mood: Mood, *, height_px: float, light: Light, held: str = "") -> Sprite:
    """Head and shoulders of ``look``, ``height_px`` from the lower edge to the crown; ``held`` before the breast.

    The lower edge is straight and opaque; the foot is its middle. Faces right.
    """
    drawing = _split(_portrait(look, mood), light)
    drawing = replace(drawing, body=drawing.body + _hand(look, held))
    return rasterised(drawing, height_px)


def _portrait(look: Look, mood: Mood) -> str:
    behind, front = head(look, mood, is_close=True)
    thin = {"child": 0.66, "young": 0.86}.get(look.age, 1.0) * (0.9 if look.gender == "female" else 1.0)
    base, reach = (5, 1.35) if look.age == "child" else (22, 1.0)  # a child's shoulders are higher
    neck = path(
        f"M{-17 * thin:.1f},-34 L{18 * thin:.1f},-34 C{17 * thin:.1f},-10 {20 * thin:.1f},{base - 14} {30 * thin * reach:.1f},{base} "
        f"L{-34 * thin * reach:.1f},{base} C{-22 * thin:.1f},{base - 14} {-18 * thin:.1f},-10 {-17 * thin:.1f},-34 Z",
        shade(look.skin, 0.92),
    )
    chin_shadow = path(
        f"M{-18 * thin:.1f},-24 C-6,-4 8,4 {22 * thin:.1f},0 C{26 * thin:.1f},4 {22 * thin:.1f},14 14,16 "
        f"C-2,18 {-16 * thin:.1f},4 {-18 * thin:.1f},-24 Z",
        shade(look.skin, 0.66),
        opacity=0.75,
    )
    narrow = _narrowness(look)
    cape = (
        path(
            (
                f"M-14,10 C{-80 * narrow:.0f},14 {-126 * narrow:.0f},34 {-134 * narrow:.0f},90 "
                f"L{120 * narrow:.0f},90 C{110 * narrow:.0f},40 60,14 20,12 Z"
            ),
            look.colour("cape"),
        )
        if look.wears("cape")
        else ""
    )
    pack = ellipse(-104, 34, 34, 60, look.colour("pack")) if look.wears("pack") == "wings" else ""
    shoulders = group(
        _shoulders(look, narrow), y=-9 if look.age == "child" else 0, scale=1.1 if look.age == "child" else 1
    )
    return pack + cape + group(behind) + neck + chin_shadow + shoulders + front


def _narrowness(look: Look) -> float:
    return _SHOULDERS.get(look.age, 1.0) * (0.82 if look.gender == "female" and look.age != "child" else 1.0)


def _hand(look: Look, held: str) -> str:
    """A hand that holds ``held`` up at the lower edge; empty for nothing."""
    if not held:
        return ""
    name = held.partition(":")[0]
    x, y = 58 * _narrowness(look) + 8, 2.0 if name in _HANGS else 62.0
    thing = held_at(held, (x, y), (x + 20, y + 60), 92.0, body_of("", look.gender))
    sleeve = taper((x + 22, 100), (x + 2, y + 14), 17, 13, shade(look.colour("top"), 1.08))
    fist = ellipse(x, y + 6, 12.5, 11.5, look.skin) + stroke(
        f"M{x - 7:.1f},{y + 3:.1f} h12 m-12,5 h11", shade(look.skin, 0.78), 1.6
    )
    return thing.behind + sleeve + thing.middle + fist + thing.front


def _shoulders(look: Look, narrow: float) -> str:
    top, colour = look.wears("top"), look.colour("top")
    w = 96 * narrow
    body = (
        f"M-20,6 C{-w * 0.5:.0f},16 {-w * 0.9:.0f},20 {-w:.0f},52 L{-w - 10:.0f},92 "
        f"L{w:.0f},92 L{w * 0.92:.0f},50 C{w * 0.84:.0f},24 {w * 0.5:.0f},16 22,6 "
        "C14,18 -10,18 -20,6 Z"
    )
    if top in {"dress", "gown", "bridal", "tutu", "vest"}:
        return _bare_shoulders(look, body, w)
    if top == "spacesuit":
        return _suit_collar(body, colour)
    fronts = {
        "coat": _lapels,
        "raincoat": _lapels,
        "jacket": _lapels,
        "suit": _lapels,
        "labcoat": _lapels,
        "uniform": _lapels,
        "sweater": _knit,
        "armour": _plate,
        "robe": _wrap,
        "kimono": _wrap,
        "cassock": _wrap,
        "tunic": _wrap,
    }
    return "".join([path(body, colour), *fronts.get(top, _collar)(look, w), *_over(look, w)])


def _over(look: Look, w: float) -> list[str]:
    parts: list[str] = []
    if look.wears("bottom") == "overalls":
        parts.append(stroke(f"M{-w * 0.5:.0f},20 L-34,92 M{w * 0.44:.0f},20 L40,92", look.colour("bottom"), 13))
    if look.wears("apron"):
        parts.append(
            path("M-34,44 L44,44 L50,92 L-40,92 Z", look.colour("apron"))
            + stroke("M-34,46 L-24,12 M44,46 L34,12", look.colour("apron"), 6)
        )
    if look.wears("scarf"):
        c = look.colour("scarf")
        parts.append(
            path("M-34,-4 C-20,12 24,12 36,-6 C46,4 44,24 32,30 C8,40 -24,36 -38,24 C-46,14 -42,2 -34,-4 Z", c)
            + path("M-26,26 L-46,90 L-18,92 L-6,30 Z", shade(c, 0.84))
            + stroke("M-34,10 C-16,24 20,24 36,8", shade(c, 0.72), 3)
        )
    return parts


def _bare_shoulders(look: Look, body: str, w: float) -> str:
    top, colour = look.wears("top"), look.colour("top")
    dark = shade(colour, 0.7)
    skin = path(body, look.skin)
    bodice = (
        f"M{-w * 0.62:.0f},24 L{-w * 0.5:.0f},21 C{-w * 0.34:.0f},56 20,66 "
        f"{w * 0.4:.0f},22 L{w * 0.54:.0f},25 C{w * 0.7:.0f},40 {w * 0.8:.0f},60 "
        f"{w * 0.86:.0f},92 L{-w * 0.9:.0f},92 C{-w * 0.86:.0f},60 {-w * 0.76:.0f},40 "
        f"{-w * 0.62:.0f},24 Z"
    )
    beads = stroke("M-20,22 C-6,40 20,40 32,20", "#e9d9a8", 2.4) if top != "vest" and look.age != "child" else ""
    return (
        skin
        + path(bodice, colour)
        + stroke(f"M{-w * 0.5:.0f},21 C{-w * 0.34:.0f},56 20,66 {w * 0.4:.0f},22", dark, 3)
        + beads
    )


def _suit_collar(body: str, colour: str) -> str:
    return (
        path(body, colour)
        + '<path d="M-62,14 C-50,-8 66,-8 78,14 C66,38 -50,38 -62,14 Z" fill="#aeb7bf"/>'
        + rect(-4, 52, 44, 26, "#8d98a5", round_=5)
        + ellipse(8, 65, 5, 5, "#d2503f")
        + ellipse(26, 65, 5, 5, "#4fb3d0")
    )


def _lapels(look: Look, w: float) -> list[str]:
    parts: list[str] = []
    top = look.wears("top")
    colour = look.colour("top")
    dark = shade(colour, 0.7)
    lit = shade(colour, 1.2)
    shirt = (
        "#ebe7dd"
        if top in {"suit", "jacket", "labcoat", "uniform"}
        else mixed(colour, "#f0ead8", 0.35)
        if top == "raincoat"
        else "#6f6a66"
    )
    parts.append(path("M-18,10 L26,10 L20,92 L4,92 Z", shirt))
    if top in {"suit", "uniform"}:
        parts.append(path("M6,20 L18,20 L22,34 L18,92 L8,92 L4,34 Z", look.colour("tie", "#8c2f36")))
    parts.append(
        path("M-22,4 C-34,10 -40,20 -44,28 L-30,50 L-36,58 L8,92 L-2,40 Z", lit)
        + path("M24,4 C36,12 42,20 46,28 L36,48 L42,56 L20,92 L14,40 Z", lit)
    )
    parts.append(stroke("M-44,28 L-30,50 L-36,58 L8,92 M46,28 L36,48 L42,56 L20,92", dark, 2))
    parts += [ellipse(2 + i, 74 + 14 * i, 3.4, 3.4, "#d9b45c" if top == "uniform" else dark) for i in (0, 1)]
    return parts


def _knit(look: Look, w: float) -> list[str]:
    parts: list[str] = []
    colour = look.colour("top")
    dark = shade(colour, 0.7)
    lit = shade(colour, 1.2)
    parts.append(
        path("M-24,-6 C-10,8 16,8 26,-6 L34,14 C20,30 -18,30 -34,14 Z", lit)
        + stroke("M-20,2 l-4,12 M-8,7 l-2,13 M5,8 l1,13 M17,5 l4,12", dark, 1.8, opacity=0.6)
    )
    parts.append(
        stroke(
            f"M{-w * 0.7:.0f},50 Q0,66 {w * 0.7:.0f},50 M{-w * 0.8:.0f},68 Q0,84 {w * 0.8:.0f},68",
            dark,
            3,
            opacity=0.5,
        )
    )
    return parts


def _plate(look: Look, w: float) -> list[str]:
    parts: list[str] = []
    colour = look.colour("top")
    dark = shade(colour, 0.7)
    lit = shade(colour, 1.2)
    parts.append(
        ellipse(-w * 0.78, 46, 34, 30, lit)
        + ellipse(w * 0.74, 46, 30, 30, lit)
        + path("M-30,4 C-16,18 18,18 32,4 L36,18 C18,34 -18,34 -36,18 Z", dark)
        + stroke("M4,26 L4,92", dark, 3)
    )
    return parts


def _wrap(look: Look, w: float) -> list[str]:
    parts: list[str] = []
    colour = look.colour("top")
    dark = shade(colour, 0.7)
    lit = shade(colour, 1.2)
    parts.append(
        path("M-22,4 C-40,12 -48,22 -50,30 L4,92 L16,92 L-8,50 Z", lit)
        + path("M24,4 C38,12 46,22 48,30 L18,92 L4,92 L20,50 Z", dark)
    )
    return parts


def _collar(look: Look, w: float) -> list[str]:
    parts: list[str] = []
    top = look.wears("top")
    colour = look.colour("top")
    dark, lit = shade(colour, 0.7), shade(colour, 1.2)
    parts.append(path("M-24,4 C-12,20 16,20 28,4 L32,10 C18,30 -14,30 -30,10 Z", dark))
    if top == "shirt":
        parts.append(
            path("M-24,0 L4,26 L-18,38 L-36,12 Z", lit)
            + path("M26,0 L6,26 L26,36 L40,12 Z", lit)
            + stroke("M5,28 L5,92", dark, 2)
        )
    return parts


def _split(art: str, light: Light) -> Drawing:
    """``art`` with the side away from the light in shade, along a line that follows the face."""
    if light.direction >= 0:
        side = (
            "M-200,-260 L14,-260 C6,-130 -2,-100 -3,-70 C-4,-56 3,-48 3,-38 C3,-28 -3,-20 "
            "0,-10 C4,2 10,6 6,16 C-2,34 12,56 4,100 L-200,100 Z"
        )
    else:
        side = (
            "M200,-260 L18,-260 C24,-130 29,-100 30,-66 C30,-54 35,-44 36,-36 C36,-30 "
            "30,-28 30,-22 C30,-14 28,-6 24,2 C16,12 24,24 26,34 C32,60 20,80 24,100 "
            "L200,100 Z"
        )
    facing: Facing = "right"
    strength = 0.30 + 0.16 * min(1.0, abs(light.direction))
    body = (
        f'<defs><g id="portrait">{art}</g></defs><use xlink:href="#portrait"/>'
        '<mask id="shape" mask-type="alpha" maskUnits="userSpaceOnUse" x="-200" '
        'y="-260" width="400" height="360">'
        '<use xlink:href="#portrait"/></mask><g '
        f'mask="url(#shape)">{path(side, "#171a3a", opacity=strength)}</g>'
    )
    return Drawing(body, (-150, -225, 150, _LOWER), (0, _LOWER), _UNITS, (), facing)
