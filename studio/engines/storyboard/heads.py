"""Heads in three-quarter view, looking right: face, expression, hair, beard. 100 units tall,
chin at (0, 0).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.engines.storyboard import hats
from studio.engines.storyboard.vector import ellipse, mixed, path, shade, stroke


@dataclass(frozen=True, slots=True)
class Look:
    """How one character looks, in every shot the same."""

    gender: str
    age: str
    skin: str
    hair: str
    """Colour."""
    hair_style: str
    """``short, bald, bob, long, bun, ponytail, curly, braids, mop``."""
    beard: str = ""
    """``full, long, moustache, stubble`` or empty."""
    has_glasses: bool = False
    garments: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Slot (``top, bottom, hat, shoes, scarf, cape, apron, mask``) to style and colour (hex)."""
    props: tuple[str, ...] = ()

    def wears(self, slot: str) -> str:
        """Style in ``slot``, or empty."""
        return self.garments.get(slot, ("", ""))[0]

    def colour(self, slot: str, otherwise: str = "#777c86") -> str:
        """Colour in ``slot``."""
        return self.garments.get(slot, ("", otherwise))[1]


@dataclass(frozen=True, slots=True)
class Mood:
    """What a face does; lengths in head units."""

    brow_tilt: float = 0
    """Positive: inner ends up (sorrow, fear); negative: down (anger)."""
    brow_lift: float = 0
    smile: float = 2
    mouth_open: float = 0
    eye_open: float = 1
    gaze: float = 0
    """Down is positive."""
    tear: bool = False


_MOODS = {
    "joy": Mood(1, 2, 9, 5, 0.82),
    "happy": Mood(1, 2, 9, 5, 0.82),
    "love": Mood(2, 1, 6, 0, 0.8, 1),
    "sad": Mood(6, 1, -5, 0, 0.78, 2),
    "sadness": Mood(6, 1, -5, 0, 0.78, 2),
    "crying": Mood(7, 1, -6, 2, 0.35, 2, True),
    "melancholy": Mood(5, 1, -2.5, 0, 0.76, 2),
    "lonely": Mood(4, 1, -2.5, 0, 0.8, 1),
    "anger": Mood(-8, -3, -5, 0, 0.86),
    "tense": Mood(-4, -1, -2.5, 0, 0.95),
    "determined": Mood(-4, -1, 0.5, 0, 0.92),
    "fear": Mood(7, 5, -4, 7, 1.3),
    "surprise": Mood(1, 8, 0, 10, 1.3),
    "wonder": Mood(2, 6, 4, 4, 1.16, -2),
    "calm": Mood(1, 0, 3, 0, 0.86),
    "sleep": Mood(1, 0, 2, 0, 0.0),
}

FACE = (
    "M-27,-50 C-31,-84 -12,-97 7,-97 C29,-97 41,-84 41,-63 C41,-57 40,-52 40.5,-47 "
    "C42,-42 46.5,-36 47,-33.5 C47.5,-31 44,-29.5 41,-29 C41,-26 40.5,-24 40,-21 "
    "C39,-8 31,0.5 18,1 C2,1.5 -14,-12 -19,-28 C-24,-34 -26,-42 -27,-50 Z"
)


def mood_of(mood: str) -> Mood:
    """The expression for a mood word; calm attention if none is known."""
    return _MOODS.get(mood, Mood())


def head(look: Look, mood: Mood, *, is_close: bool) -> tuple[str, str]:
    """What lies behind the shoulders (long hair, hood) and the head itself;
    ``is_close`` adds fine features.
    """
    hat = look.wears("hat")
    if hat in hats.CLOSED:
        return "", hats.hat(hat, look.colour("hat"), look.skin)
    behind = _hair_behind(look) + hats.behind(hat, look.colour("hat"))
    skin, dark = look.skin, shade(look.skin, 0.86)
    parts = [path(FACE, skin), _ear(look, dark), _cheeks(look)]
    parts.append(_features(look, mood, is_close))
    if look.age == "old":
        parts.append(_wrinkles(dark, is_close))
    parts += [_beard(look), _hair_front(look, hat, is_close)]
    if look.has_glasses:
        parts.append(_glasses())
    if look.wears("mask"):
        parts.append(_mask(look))
    parts.append(hats.hat(hat, look.colour("hat"), look.skin))
    return behind, "".join(parts)


def _ear(look: Look, dark: str) -> str:
    if look.hair_style in {"long", "bob", "curly"} and look.gender == "female":
        return ""
    return ellipse(-19, -43, 7.5, 10.5, look.skin, turn=-12) + stroke("M-21,-48 C-16,-48 -16,-40 -20,-38", dark, 2)


def _cheeks(look: Look) -> str:
    blush = mixed(look.skin, "#e0564a", 0.34)
    size = 9 if look.age == "child" else 7.5
    return ellipse(12, -27, size, size * 0.75, blush, opacity=0.55) + ellipse(
        37, -27, 4, size * 0.7, blush, opacity=0.45
    )


def _features(look: Look, mood: Mood, is_close: bool) -> str:
    line = shade(look.skin, 0.5)
    brow = shade(look.hair, 0.8) if look.hair_style != "bald" else shade(look.hair, 0.9)
    big = 1.2 if look.age == "child" else 1.0
    lift, tilt = mood.brow_lift, mood.brow_tilt
    heavy = 3.6 if look.gender != "female" else 2.8
    brows = stroke(
        f"M5,{-57 - lift + tilt * 0.4:.1f} Q13,{-62 - lift:.1f} 23,{-58 - lift - tilt * 0.6:.1f}", brow, heavy
    )
    brows += stroke(
        f"M31.5,{-58 - lift - tilt * 0.6:.1f} Q36,{-62 - lift:.1f} 40,{-58 - lift + tilt * 0.3:.1f}",
        brow,
        heavy,
    )
    eyes = _close_eyes(look, mood, big) if is_close else _plain_eyes(mood, big)
    nose = stroke("M39,-33 C41,-30 44,-29 45,-30.5", shade(look.skin, 0.72), 2.2)
    if is_close:
        nose = path("M36,-46 C36,-38 34,-34 35,-31 C37,-28 42,-28 45,-30 C40,-34 38,-40 36,-46 Z", line, opacity=0.16)
        nose += stroke("M36.5,-30 C38,-28 41,-28 43,-29.5", shade(look.skin, 0.6), 1.8)
    return eyes + brows + nose + _mouth(look, mood, is_close)


def _plain_eyes(mood: Mood, big: float) -> str:
    if mood.eye_open < 0.4:
        return stroke("M10,-46 Q15,-43 20,-46", "#2b2326", 2.4) + stroke("M32,-46 Q35,-43 38,-46", "#2b2326", 2.4)
    tall = 5.6 * mood.eye_open * big
    return ellipse(15.5, -46, 3.9 * big, tall, "#2b2326") + ellipse(34.5, -46, 3.2 * big, tall, "#2b2326")


def _close_eyes(look: Look, mood: Mood, big: float) -> str:
    lash, iris = "#2b2127", {"#": "#4a3527"}.get(look.hair[0], "#4a3527")
    if look.hair in {"#dcb863", "#bd5f2c"}:
        iris = "#3f6d7c"
    parts = []
    for x, wide in ((14.5, 7.6 * big), (34.8, 5.2 * big)):
        tall = 6.6 * mood.eye_open * big
        y = -46.0
        if tall < 2:
            parts.append(stroke(f"M{x - wide:.1f},{y} Q{x:.1f},{y + 4.5} {x + wide:.1f},{y}", lash, 2.2))
            continue
        outline = (
            f"M{x - wide:.1f},{y + 0.8:.1f} Q{x - wide * 0.2:.1f},{y - tall * 1.5:.1f} "
            f"{x + wide:.1f},{y - 0.2:.1f} "
            f"Q{x:.1f},{y + tall * 1.15:.1f} {x - wide:.1f},{y + 0.8:.1f} Z"
        )
        name = f"eye{int(x)}"
        parts.append(f'<clipPath id="{name}"><path d="{outline}"/></clipPath>')
        gaze = y - 0.6 + mood.gaze * 0.5
        parts.append(path(outline, "#f3efe8"))
        pupil = ellipse(x + 1.6, gaze, 4.3 * big, 4.8 * big, iris) + ellipse(
            x + 1.9, gaze, 2.3 * big, 2.6 * big, "#17131a"
        )
        pupil += ellipse(x + 3.2, gaze - 2, 1.1, 1.2, "#ffffff")
        parts.append(f'<g clip-path="url(#{name})">{pupil}</g>')
        upper = f"M{x - wide:.1f},{y + 0.8:.1f} Q{x - wide * 0.2:.1f},{y - tall * 1.5:.1f} {x + wide:.1f},{y - 0.2:.1f}"
        parts.append(stroke(upper, lash, 2.6 if look.gender == "female" else 2.1))
        if look.gender == "female" and look.age != "child" and x < 20:
            parts.append(stroke(f"M{x - wide:.1f},{y + 0.8:.1f} l-2.6,-2.2", lash, 1.8))
    if mood.tear:
        parts.append(path("M12,-40 C9,-32 9,-27 13,-26 C17,-27 16,-33 12,-40 Z", "#bfe3f4", opacity=0.9))
    return "".join(parts)


def _mouth(look: Look, mood: Mood, is_close: bool) -> str:
    lip = mixed(shade(look.skin, 0.72), "#b03a3f", 0.5 if look.gender == "female" else 0.2)
    y, smile, gape = -15.5, mood.smile, mood.mouth_open
    left, right, middle = 17.0, 35.0, 27.0
    curve_y = y + smile * 0.7
    if gape > 0:
        top = f"M{left},{y - smile * 0.25:.1f} Q{middle},{y + smile * 0.35 - 1:.1f} {right},{y - smile * 0.25:.1f} "
        shape = top + f"Q{middle},{y + smile * 0.5 + gape * 1.7:.1f} {left},{y - smile * 0.25:.1f} Z"
        teeth = ""
        if smile > 3 and is_close:
            teeth = path(top + f"Q{middle},{y + smile * 0.4 + 3.4:.1f} {left},{y - smile * 0.25:.1f} Z", "#f4efe6")
        return path(shape, "#6d2a2d") + teeth
    if not is_close:
        return stroke(f"M19,{y - smile * 0.3:.1f} Q{middle},{curve_y:.1f} 34,{y - smile * 0.3:.1f}", lip, 2.6)
    corner = y - smile * 0.35
    mouth = stroke(f"M{left},{corner:.1f} Q{middle},{curve_y:.1f} {right},{corner:.1f}", shade(lip, 0.8), 2.2)
    full = 5.2 if look.gender == "female" else 3.4
    under = (
        f"M{left + 3},{corner + smile * 0.3:.1f} Q{middle},{curve_y + full:.1f} "
        f"{right - 2},{corner + smile * 0.3:.1f} "
        f"Q{middle},{curve_y:.1f} {left + 3},{corner + smile * 0.3:.1f} Z"
    )
    return path(under, lip, opacity=0.75) + mouth


def _wrinkles(dark: str, is_close: bool) -> str:
    if not is_close:
        return stroke("M8,-24 Q11,-19 10,-14", dark, 1.8)
    lines = (
        "M9,-27 Q13,-21 11,-13 M3,-40 Q5,-38 9,-38 M-1,-44 l5,1 M8,-36 Q14,-33 21,-36 "
        "M6,-72 Q18,-75 32,-71 M8,-79 Q18,-81 30,-78"
    )
    return stroke(lines, dark, 1.6, opacity=0.9)


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
        return path(side, colour) if style in {"short", "mop", "bun"} else _side_lock(look)
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


def _glasses() -> str:
    rims = stroke(
        "M5,-47 a10,10 0 1 0 20,0 a10,10 0 1 0 -20,0 M29,-47 a7.5,9.5 0 1 0 15,0 a7.5,9.5 0 1 0 -15,0",
        "#3b3330",
        2.4,
    )
    return rims + stroke("M25,-48 q2,-3 4,0 M5,-48 L-18,-50", "#3b3330", 2.4)


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
