"""Faces: what age and mood make of eyes, brows, nose, cheeks and mouth. Head units, chin at (0, 0)."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engines.storyboard.people.looks import Look, Mood
from studio.engines.storyboard.sheet.vector import ellipse, mixed, path, shade, stroke

_GROWN = (
    "M-27,-50 C-31,-84 -12,-97 7,-97 C29,-97 41,-84 41,-63 C41,-57 40,-52 40.5,-47 "
    "C42,-42 46.5,-36 47,-33.5 C47.5,-31 44,-29.5 41,-29 C41,-26 40.5,-24 40,-21 "
    "C39,-8 31,0.5 18,1 C2,1.5 -14,-12 -19,-28 C-24,-34 -26,-42 -27,-50 Z"
)
_CHILD = (
    "M-28,-48 C-32,-84 -12,-97 7,-97 C30,-97 42,-84 42,-60 C42,-54 41,-49 41.5,-44 "
    "C42.5,-39 44.5,-36 44.5,-33 C44.5,-31 43.5,-30 43.5,-28 C47,-17 42,-4 27,0 "
    "C10,4 -15,0 -23,-18 C-28,-28 -28,-40 -28,-48 Z"
)
_OLD = (
    "M-27,-50 C-31,-84 -12,-97 7,-97 C29,-97 41,-84 41,-63 C41,-57 39.5,-52 40,-47 "
    "C42,-42 48,-35 48.5,-32 C49,-29 45,-27.5 41,-28 C40,-26 39.5,-24 39.5,-21 "
    "C42,-10 34,1 22,2.5 C12,4 6,0 0,-2 C-10,-1 -19,-12 -20,-24 C-24,-34 -26,-42 -27,-50 Z"
)


@dataclass(frozen=True, slots=True)
class _Build:
    """Where an age has its features and how large they are."""

    eye_y: float
    eye: float
    """Size of the eyes; 1 for grown people."""
    mouth_y: float
    mouth: float
    brow: float
    """Thickness of the brows."""
    brow_y: float


_BUILDS = {
    "child": _Build(-38, 1.5, -12.5, 0.84, 0.72, -55),
    "young": _Build(-44, 1.2, -14.5, 0.94, 0.9, -58),
    "old": _Build(-46, 0.9, -15.5, 1.0, 1.3, -57),
}
_USUAL = _Build(-46, 1.0, -15.5, 1.0, 1.0, -58)
_EYES = ((14.5, 7.4), (34.6, 5.2))
"""Middle and half width of the near and the far eye."""


def outline(look: Look) -> str:
    """The shape of the face: round and full-cheeked in a child, sagging in the old."""
    return {"child": _CHILD, "old": _OLD}.get(look.age, _GROWN)


def eyes_of(look: Look) -> tuple[float, float]:
    """How high the eyes are, and how large glasses before them must be, 1 for a grown person's."""
    return _BUILDS.get(look.age, _USUAL).eye_y, 1.2 if look.age == "child" else 1.0


def features(look: Look, mood: Mood, *, is_close: bool) -> str:
    """Everything on the skin of the face; ``is_close`` adds fine lines."""
    build = _BUILDS.get(look.age, _USUAL)
    parts = [_cheeks(look, build)]
    if look.wears("freckles"):
        parts.append(_freckles(look))
    if mood.has_bags or look.age == "old":
        parts.append(_bags(look, build, 0.42 if mood.has_bags else 0.22))
    parts.append(_eyes(look, mood, build) if is_close else _plain_eyes(mood, build))
    parts += [_brows(look, mood, build), _nose(look, is_close), _mouth(look, mood, build, is_close)]
    if look.age == "old":
        parts.append(_wrinkles(shade(look.skin, 0.74), is_close))
    if mood.is_sweating and is_close:
        parts.append(path("M-8,-70 C-11,-62 -11,-57 -7,-56 C-3,-57 -4,-63 -8,-70 Z", "#cfeaf6", opacity=0.9))
    return "".join(parts)


def _freckles(look: Look) -> str:
    """Over nose and cheeks."""
    dark, low = mixed(look.skin, "#8a4a22", 0.55), 6 if look.age == "child" else 0
    spots = ((6, -32), (11, -29), (16, -32), (20, -28), (9, -25), (15, -24), (33, -31), (38, -28), (35, -25))
    return "".join(ellipse(x, y + low, 1.3, 1.2, dark) for x, y in spots)


def _cheeks(look: Look, build: _Build) -> str:
    blush = mixed(look.skin, "#e0564a", 0.4 if look.age == "child" else 0.3)
    size, y = (10.5, -22.0) if look.age == "child" else (7.5, -27.0)
    strength = 0.3 if look.age == "old" else 0.6
    return ellipse(9, y, size, size * 0.75, blush, opacity=strength) + ellipse(
        38, y, size * 0.5, size * 0.7, blush, opacity=strength * 0.8
    )


def _bags(look: Look, build: _Build, opacity: float) -> str:
    dark = mixed(look.skin, "#5a3a5e", 0.5)
    return "".join(ellipse(x, build.eye_y + 8.5, wide * 1.02, 3.4, dark, opacity=opacity) for x, wide in _EYES)


def _brows(look: Look, mood: Mood, build: _Build) -> str:
    colour = shade(look.hair, 0.8) if look.hair_style != "bald" or look.age == "old" else "#4a3a30"
    heavy = (4.0 if look.gender != "female" else 2.9) * build.brow
    lift, tilt, y = mood.brow_lift, mood.brow_tilt, build.brow_y
    return stroke(
        f"M4.5,{y + 1 - lift + tilt * 0.55:.1f} Q13,{y - 4 - lift:.1f} 23.5,{y - lift - tilt * 0.75:.1f}", colour, heavy
    ) + stroke(
        f"M31,{y - lift - tilt * 0.75:.1f} Q36,{y - 4 - lift:.1f} 40.5,{y + 0.5 - lift + tilt * 0.4:.1f}", colour, heavy
    )


def _plain_eyes(mood: Mood, build: _Build) -> str:
    y = build.eye_y
    if mood.is_squinting or mood.eye_open < 0.35:
        bend = -6 if mood.is_squinting else 4
        return "".join(
            stroke(f"M{x - wide:.1f},{y} Q{x:.1f},{y + bend:.1f} {x + wide:.1f},{y}", "#2b2326", 2.8)
            for x, wide in ((15.5, 6.0), (34.5, 4.0))
        )
    tall = 5.6 * mood.eye_open * build.eye
    return ellipse(15.5, y, 3.9 * build.eye, tall, "#2b2326") + ellipse(34.5, y, 3.2 * build.eye, tall, "#2b2326")


def _eyes(look: Look, mood: Mood, build: _Build) -> str:
    return "".join(_eye(look, mood, build, x, wide) for x, wide in _EYES) + (_tears(build) if mood.tear else "")


def _eye(look: Look, mood: Mood, build: _Build, x: float, half: float) -> str:
    lash = "#2b2127"
    y, wide = build.eye_y, half * (1 + (build.eye - 1) * 0.55)
    x += 0.8 * (1 if x < 20 else -1) * (build.eye - 1)
    if mood.is_squinting:
        return stroke(f"M{x - wide:.1f},{y + 2:.1f} Q{x:.1f},{y - 8:.1f} {x + wide:.1f},{y + 2:.1f}", lash, 2.6)
    tall = 6.4 * mood.eye_open * build.eye
    if tall < 2.2:
        return stroke(f"M{x - wide:.1f},{y} Q{x:.1f},{y + 5} {x + wide:.1f},{y}", lash, 2.4)
    upper = f"M{x - wide:.1f},{y + 0.8:.1f} C{x - wide * 0.7:.1f},{y - tall * 1.2:.1f} {x + wide * 0.7:.1f},{y - tall * 1.25:.1f} {x + wide:.1f},{y:.1f}"
    lower = f"C{x + wide * 0.6:.1f},{y + tall * 0.85:.1f} {x - wide * 0.6:.1f},{y + tall * 0.85:.1f} {x - wide:.1f},{y + 0.8:.1f} Z"
    name = f"eye{int(x)}"
    size = 4.5 * (0.5 + 0.5 * build.eye) * (0.8 if mood.eye_open > 1.3 else 1.0)
    gaze = y - 0.4 + mood.gaze * 0.6
    iris = "#3f6d7c" if look.hair in {"#dcb863", "#bd5f2c"} else "#5a3c28"
    ball = ellipse(x + 1.4, gaze, size, size * 1.1, iris) + ellipse(x + 1.6, gaze, size * 0.55, size * 0.6, "#17131a")
    ball += ellipse(x + 3.0, gaze - size * 0.42, size * 0.28, size * 0.3, "#ffffff")
    art = f'<clipPath id="{name}"><path d="{upper} {lower}"/></clipPath>' + path(f"{upper} {lower}", "#f5f1ea")
    art += f'<g clip-path="url(#{name})">{ball}</g>' + stroke(upper, lash, 2.8 if look.gender == "female" else 2.2)
    if mood.eye_open < 0.75:
        art += stroke(
            f"M{x - wide:.1f},{y - 3:.1f} Q{x:.1f},{y - tall * 0.9 - 5.5:.1f} {x + wide:.1f},{y - 3.6:.1f}",
            shade(look.skin, 0.66), 1.8,
        )  # fmt: skip
    if look.gender == "female" and x < 20:
        art += stroke(f"M{x - wide:.1f},{y + 0.6:.1f} l-3,-2.6", lash, 1.9)
    return art


def _tears(build: _Build) -> str:
    y = build.eye_y
    near = path(f"M11,{y + 6:.1f} c-3.4,9 -3.6,14.5 0.4,15.5 c4.4,-1 3.2,-8 -0.4,-15.5 Z", "#8fd0f0", opacity=0.95)
    trail = stroke(f"M15,{y + 5:.1f} C15,{y + 14:.1f} 12,{y + 22:.1f} 13,{y + 30:.1f}", "#a9ddf5", 2.6, opacity=0.9)
    far = stroke(f"M35,{y + 5:.1f} C36,{y + 12:.1f} 37,{y + 18:.1f} 36,{y + 25:.1f}", "#a9ddf5", 2.4, opacity=0.9)
    return trail + far + near


def _nose(look: Look, is_close: bool) -> str:
    dark, deep = shade(look.skin, 0.72), shade(look.skin, 0.6)
    if look.age == "child":
        return stroke("M38,-27.5 C39.5,-25.4 43,-25.6 44,-28", dark, 2.0)
    if not is_close:
        return stroke("M39,-33 C41,-30 44,-29 45,-30.5", dark, 2.2)
    bridge = path(
        "M36,-46 C36,-38 34,-34 35,-31 C37,-28 42,-28 45,-30 C40,-34 38,-40 36,-46 Z",
        shade(look.skin, 0.5), opacity=0.10 if look.age == "young" else 0.18,
    )  # fmt: skip
    return bridge + stroke("M36.5,-30 C38,-28 41,-28 43,-29.5", deep, 2.4 if look.age == "old" else 1.8)


def _mouth(look: Look, mood: Mood, build: _Build, is_close: bool) -> str:
    lip = mixed(shade(look.skin, 0.72), "#b03a3f", 0.5 if look.gender == "female" and look.age != "old" else 0.22)
    y, smile, half = build.mouth_y, mood.smile, 9.4 * build.mouth
    x = 26.5
    if mood.mouth == "o":
        return ellipse(x, y + 1.5, half * 0.52, half * 0.74, "#5a2024") + ellipse(x, y + 5, half * 0.3, 2.2, "#b5535a")
    if mood.mouth in {"laugh", "open"}:
        return _open_mouth(mood, x, y, half, is_close)
    if mood.mouth == "teeth":
        return _clenched(x, y, half)
    corner, curve = y - smile * 0.5, y + smile * 0.95
    line = stroke(
        f"M{x - half:.1f},{corner:.1f} Q{x:.1f},{curve:.1f} {x + half:.1f},{corner:.1f}", shade(lip, 0.78), 2.4
    )
    if not is_close:
        return stroke(
            f"M{x - half:.1f},{corner:.1f} Q{x:.1f},{curve:.1f} {x + half:.1f},{corner:.1f}", shade(lip, 0.8), 3
        )
    full = (5.4 if look.gender == "female" else 3.4) * (0.5 if look.age == "old" else 1)
    under = (
        f"M{x - half + 3:.1f},{corner + smile * 0.42:.1f} Q{x:.1f},{curve + full:.1f} {x + half - 3:.1f},{corner + smile * 0.42:.1f} "
        f"Q{x:.1f},{curve:.1f} {x - half + 3:.1f},{corner + smile * 0.42:.1f} Z"
    )
    dimple = (
        stroke(f"M{x - half - 2.4:.1f},{corner - 3:.1f} q-2,3 0.4,5.4", shade(look.skin, 0.76), 1.6)
        if smile > 5
        else ""
    )
    return path(under, lip, opacity=0.75) + line + dimple


def _open_mouth(mood: Mood, x: float, y: float, half: float, is_close: bool) -> str:
    """Laughing and joyful mouths turn up, crying and frightened ones down."""
    is_up = mood.smile > 0
    wide = half * (1.16 if mood.mouth == "laugh" else 0.98)
    deep = 15.0 if mood.mouth == "laugh" else 8.5
    top = y - (5.5 if is_up else 2.0)
    if is_up or mood.mouth == "laugh":
        bow = 2.0 if is_up else -1.5
        edge = f"M{x - wide:.1f},{top:.1f} Q{x:.1f},{top + bow:.1f} {x + wide:.1f},{top:.1f} "
        shape = (
            edge
            + f"C{x + wide * 0.8:.1f},{top + deep * 1.15:.1f} {x - wide * 0.8:.1f},{top + deep * 1.15:.1f} {x - wide:.1f},{top:.1f} Z"
        )
        teeth = path(
            edge
            + f"L{x + wide * 0.86:.1f},{top + 3.6:.1f} Q{x:.1f},{top + 5.6:.1f} {x - wide * 0.86:.1f},{top + 3.6:.1f} Z",
            "#f7f2e8",
        )
        tongue = ellipse(x, top + deep * 0.72, wide * 0.45, deep * 0.17, "#cc6a68")
        return path(shape, "#5e2226") + teeth + (tongue if is_close else "")
    shape = (
        f"M{x - wide:.1f},{y + 5:.1f} C{x - wide * 0.7:.1f},{top - 5:.1f} {x + wide * 0.7:.1f},{top - 5:.1f} {x + wide:.1f},{y + 5:.1f} "
        f"C{x + wide * 0.5:.1f},{y + 2.2:.1f} {x - wide * 0.5:.1f},{y + 2.2:.1f} {x - wide:.1f},{y + 5:.1f} Z"
    )
    return path(shape, "#5e2226")


def _clenched(x: float, y: float, half: float) -> str:
    box = (
        f"M{x - half:.1f},{y + 3.4:.1f} Q{x - half:.1f},{y - 4.4:.1f} {x:.1f},{y - 4.6:.1f} Q{x + half:.1f},{y - 4.4:.1f} {x + half:.1f},{y + 3.4:.1f} "
        f"Q{x:.1f},{y + 0.4:.1f} {x - half:.1f},{y + 3.4:.1f} Z"
    )
    bars = "".join(f"M{x + dx * half:.1f},{y - 3.4:.1f} v5.4 " for dx in (-0.5, -0.1, 0.3, 0.66))
    return path(box, "#f3ede2") + stroke(bars, "#8d7f78", 1.1) + stroke(box, "#5e2226", 2.0)


def _wrinkles(dark: str, is_close: bool) -> str:
    if not is_close:
        return stroke("M8,-24 Q11,-19 10,-14 M10,-74 Q20,-76 30,-73", dark, 2.0)
    folds = stroke("M9,-29 Q14.5,-22 12,-10 M37,-26 Q40,-21 38.5,-13", dark, 2.2)
    brow = stroke("M4,-70 Q18,-74 34,-69 M6,-76.5 Q18,-80 31,-75.5 M26,-62 q1.4,4 0.4,7", dark, 1.7)
    feet = stroke("M4,-46 l-8,-4.4 M4,-43.6 l-9,0.6 M4.6,-41 l-7.6,4.6", dark, 1.7)
    sag = stroke("M7,-37.5 Q14,-33.5 22,-37 M30,-37.5 Q35,-34.5 39.5,-37.5 M17,-5.5 Q26,-3 33,-6", dark, 1.6)
    neck = stroke("M-9,-12 Q-4,-4 4,-1", dark, 1.8)
    return folds + brow + feet + sag + neck
