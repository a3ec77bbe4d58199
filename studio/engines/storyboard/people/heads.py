"""Heads in three-quarter view, looking right: face, hair, beard, hat. 100 units tall,
chin at (0, 0).
"""

from __future__ import annotations

from studio.engines.storyboard.people import faces, hats
from studio.engines.storyboard.people.looks import Look as Look
from studio.engines.storyboard.people.looks import Mood as Mood
from studio.engines.storyboard.people.looks import mood_of as mood_of
from studio.engines.storyboard.sheet.vector import ellipse, mixed, path, shade, stroke


def head(look: Look, mood: Mood, *, is_close: bool) -> tuple[str, str]:
    """What lies behind the shoulders (long hair, hood) and the head itself;
    ``is_close`` adds fine features.
    """
    hat = look.wears("hat")
    if hat in hats.CLOSED:
        return "", hats.hat(hat, look.colour("hat"), look.skin)
    behind = _hair_behind(look) + hats.behind(hat, look.colour("hat"))
    skin, dark = look.skin, shade(look.skin, 0.86)
    parts = [path(faces.outline(look), skin), _ear(look, dark), faces.features(look, mood, is_close=is_close)]
    parts += [_beard(look), _hair_front(look, hat, is_close)]
    if look.wears("glasses"):
        parts.append(_glasses(look))
    if look.wears("mask"):
        parts.append(_mask(look))
    parts.append(hats.hat(hat, look.colour("hat"), look.skin))
    return behind, "".join(parts)


def _ear(look: Look, dark: str) -> str:
    if look.hair_style in {"long", "bob", "curly"} and look.gender == "female":
        return ""
    return ellipse(-19, -43, 7.5, 10.5, look.skin, turn=-12) + stroke("M-21,-48 C-16,-48 -16,-40 -20,-38", dark, 2)


def _beard(look: Look) -> str:
    colour, deep = look.hair, shade(look.hair, 0.84)
    moustache = path(
        "M17,-24 C22,-29 28,-28 30,-25 C33,-28 38,-28 40,-23 C37,-20 33,-20 30,-21 C26,-19 21,-19 17,-24 Z",
        deep,
    )
    lower = "C18,-8 22,-6 28,-6 C34,-7 37,-11 40.5,-22"
    if look.beard == "full":
        d = f"M-22,-40 C-16,-34 -8,-30 4,-24 C10,-22 14,-16 17,-12 {lower} C44,-4 36,13 18,14 C-4,15 -20,-6 -22,-40 Z"
        return path(d, colour) + moustache
    if look.beard == "long":
        d = f"M-22,-40 C-16,-34 -8,-30 4,-24 C10,-22 14,-16 17,-12 {lower} C48,10 40,44 24,66 C10,48 -20,16 -22,-40 Z"
        waves = stroke("M6,2 C10,18 18,32 22,48 M26,6 C28,18 27,30 25,42", deep, 2.4, opacity=0.7)
        return path(d, colour) + waves + moustache
    if look.beard == "moustache":
        return moustache
    if look.beard == "stubble":
        d = f"M-21,-36 C-14,-30 -4,-28 6,-22 C10,-18 14,-12 17,-11 {lower} C39,-8 31,0.5 18,1 C2,1.5 -14,-12 -21,-36 Z"
        return path(d, mixed(look.skin, look.hair, 0.5), opacity=0.45)
    return ""


def _hair_behind(look: Look) -> str:
    colour = shade(look.hair, 0.86)
    if look.hair_style == "long":
        return path("M-30,-78 C-48,-50 -44,-10 -46,26 C-46,44 -36,54 -22,54 C-6,54 6,46 8,30 L12,-40 Z", colour)
    if look.hair_style == "bob":
        return path("M-32,-74 C-46,-44 -42,-12 -32,0 C-18,6 -4,2 2,-8 L6,-50 Z", colour)
    if look.hair_style == "curly":
        spots = [
            (-34, -70, 21),
            (-42, -46, 20),
            (-38, -22, 20),
            (-26, -4, 17),
            (-14, -94, 21),
            (12, -103, 20),
            (34, -94, 15),
        ]
        return "".join(ellipse(x, y, r, r, colour) for x, y, r in spots)
    if look.hair_style == "ponytail":
        return path(
            (
                "M-26,-82 C-54,-88 -66,-60 -60,-30 C-57,-14 -66,-6 -70,2 C-52,0 -42,-14 "
                "-43,-36 C-44,-54 -38,-64 -24,-66 Z"
            ),
            colour,
        )
    if look.hair_style == "braids":
        beads = "".join(ellipse(-30 - i * 1.5, -22 + i * 13, 8.5 - i * 0.7, 8.5, colour) for i in range(5))
        return beads + ellipse(-37, 44, 4, 7, colour)
    return ""


def _hair_front(look: Look, hat: str, is_close: bool) -> str:
    colour, lit = look.hair, shade(look.hair, 1.16)
    style = look.hair_style
    if style == "bald":
        if look.age != "old":
            return ""
        return path("M-27,-58 C-33,-50 -32,-38 -27,-26 C-23,-30 -22,-44 -19,-56 C-22,-60 -25,-61 -27,-58 Z", colour)
    if hat in hats.COVERING:
        side = "M-29,-66 C-33,-52 -31,-36 -25,-24 C-21,-32 -20,-48 -14,-58 L-10,-70 Z"
        drawn_back = "M-29,-70 C-36,-54 -37,-32 -31,-13 C-26,-12 -22,-20 -22,-34 C-21,-46 -16,-56 -6,-70 Z"
        if style in {"braids", "ponytail", "bun"}:
            return path(drawn_back, colour)
        return path(side, colour) if style in {"short", "mop"} else _side_lock(look)
    strands = ""
    if style == "mop":
        d = (
            "M-28,-28 C-44,-60 -36,-108 6,-108 C38,-109 50,-88 44,-64 C40,-66 38,-72 "
            "36,-76 C32,-68 24,-66 18,-74 C14,-64 4,-60 -2,-68 C-6,-58 -12,-54 -20,-52 "
            "C-18,-42 -22,-34 -28,-28 Z"
        )
        strands = "M-22,-82 C-14,-96 0,-100 12,-100"
    elif style == "short":
        d = (
            "M-25,-24 C-40,-54 -38,-106 6,-107 C34,-108 47,-92 43,-70 C38,-80 22,-84 4,-80 "
            "C-4,-78 -8,-66 -12,-58 C-15,-52 -22,-54 -23,-46 C-24,-38 -22,-30 -25,-24 Z"
        )
        strands = "M-20,-80 C-10,-94 6,-98 22,-94"
    elif style == "bun":
        d = "M-22,-40 C-40,-62 -30,-108 8,-107 C34,-107 46,-90 42,-68 C34,-82 16,-82 2,-74 C-6,-66 -8,-54 -22,-40 Z"
        bun = ellipse(-36, -88, 19, 18, colour) + stroke("M-46,-92 C-40,-102 -28,-98 -26,-88", lit, 2.4, opacity=0.6)
        return bun + path(d, colour) + stroke("M-24,-66 C-14,-88 4,-96 22,-94", lit, 2.4, opacity=0.5)
    else:
        d = (
            "M-28,-26 C-46,-60 -36,-108 6,-108 C36,-109 48,-88 43,-64 C38,-78 28,-86 "
            "14,-86 C8,-74 -2,-64 -12,-58 C-16,-46 -18,-34 -28,-26 Z"
        )
        strands = "M-26,-64 C-20,-86 -4,-98 14,-99 M-20,-52 C-12,-62 -2,-70 4,-82"
    shine = stroke(strands, lit, 2.6 if is_close else 3, opacity=0.5) if strands else ""
    return path(d, colour) + _side_lock(look) + shine


def _side_lock(look: Look) -> str:
    if look.hair_style in {"long", "bob"}:
        drop = 44 if look.hair_style == "long" else -2
        d = (
            f"M-10,-72 C-24,-62 -18,-40 -22,-20 C-24,0 -18,{drop - 12} -28,{drop} "
            f"C-44,{drop - 8} -48,-20 -40,-54 C-36,-72 -22,-84 -10,-72 Z"
        )
        return path(d, look.hair)
    if look.hair_style == "curly":
        spots = [(-20, -62, 13), (-28, -44, 13), (-26, -24, 12)]
        return "".join(ellipse(x, y, r, r, look.hair) for x, y, r in spots)
    return ""


def _glasses(look: Look) -> str:
    """Round ones before the eyes, as large as these ask for."""
    y, wide = faces.eyes_of(look)
    colour, near, far, high = look.colour("glasses"), 10 * wide, 7.5 * wide, 9.7 * wide
    rims = stroke(
        f"M{15 - near:.1f},{y:.1f} a{near:.1f},{high:.1f} 0 1 0 {2 * near:.1f},0 a{near:.1f},{high:.1f} 0 1 0 {-2 * near:.1f},0 "
        f"M{36.5 - far:.1f},{y:.1f} a{far:.1f},{high:.1f} 0 1 0 {2 * far:.1f},0 a{far:.1f},{high:.1f} 0 1 0 {-2 * far:.1f},0",
        colour,
        2.4,
    )
    bridge, gap = 15 + near, max(1.0, 21.5 - near - far)
    return rims + stroke(
        f"M{bridge:.1f},{y - 1:.1f} q{gap / 2:.1f},-3 {gap:.1f},0 M{15 - near:.1f},{y - 1:.1f} L-18,{y - 3:.1f}",
        colour,
        2.4,
    )


def _mask(look: Look) -> str:
    colour = look.colour("mask")
    if look.wears("mask") == "eye_mask":
        return path(
            (
                "M-26,-58 C-4,-62 20,-62 42,-58 L41,-40 C34,-36 28,-40 26,-44 C22,-36 8,-36 "
                "4,-42 C-6,-46 -16,-48 -26,-46 Z"
            ),
            colour,
        ) + (ellipse(15.5, -48, 4.5, 4.5, "#f1efe8") + ellipse(34.5, -48, 3.6, 4.5, "#f1efe8"))
    return path("M-20,-34 C0,-40 30,-40 45,-36 C46,-10 36,2 18,2 C0,2 -16,-14 -20,-34 Z", colour)
