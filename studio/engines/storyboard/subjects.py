"""Subjects as cut-outs: the door of the artist's second half, from a word to a drawn figure."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from studio.engines.storyboard import busts, figures, icons, things
from studio.engines.storyboard.brief import Subject
from studio.engines.storyboard.heads import mood_of
from studio.engines.storyboard.records import Record, table
from studio.engines.storyboard.sprites import Drawing, Light, Sprite, rasterised
from studio.engines.storyboard.vector import group, hex_of
from studio.engines.storyboard.wardrobe import look_of

_SEATS = frozenset({"chair", "armchair", "bench", "rock", "log", "stool"})
_HANDS_FULL = frozenset(
    {
        "praying",
        "crying",
        "dancing",
        "ballet",
        "arms_raised",
        "waving",
        "lying",
        "embracing",
        "swimming",
        "flying",
        "climbing",
        "falling",
    }
)
_SADDLES = {
    "horse": 0.60,
    "unicorn": 0.56,
    "camel": 0.78,
    "elephant": 0.86,
    "donkey": 0.66,
    "bicycle": 0.92,
    "motorcycle": 0.7,
    "dragon": 0.42,
    "llama": 0.62,
    "deer": 0.55,
}
"""How high a rider sits, in shares of the mount's height."""
_POSE_WITH = {
    "umbrella": ("umbrella", "umbrella_walk"), "lantern": ("holding", "holding_walk"), "candle": ("holding_up", "holding_walk"),
    "torch": ("holding_up", "holding_walk"), "book": ("reading", "walking"), "letter": ("reading", "walking"), "map": ("reading", "walking"),
    "newspaper": ("reading", "walking"), "guitar": ("playing", "playing"), "violin": ("playing", "playing"), "trumpet": ("painting", "painting"),
    "box": ("carrying", "carrying"), "gift": ("carrying", "carrying"), "baby": ("carrying", "carrying"), "bread": ("carrying", "carrying"),
    "fishing_rod": ("fishing", "holding_walk"), "brush": ("painting", "walking"), "camera": ("holding_up", "holding_walk"), "telescope": ("holding_up", "holding_walk"),
    "microphone": ("holding_up", "holding_walk"), "sword": ("holding", "holding_walk"), "bow": ("pointing", "holding_walk"), "staff": ("holding", "holding_walk"), "wand": ("pointing", "holding_walk"),
    "bouquet": ("holding", "holding_walk"), "flower": ("holding", "holding_walk"), "balloon": ("holding_up", "holding_walk"), "kite": ("holding_up", "running"), "gun": ("holding", "holding_walk"),
    "stick": ("holding", "holding_walk"), "cup": ("holding", "holding_walk"), "flashlight": ("holding", "holding_walk"), "phone": ("holding_up", "holding_walk"), "teddy": ("standing", "walking"), "ball": ("holding", "running"),
    "spear": ("holding", "holding_walk"), "broom": ("holding", "holding_walk"), "axe": ("holding", "holding_walk"),
}  # fmt: skip


def record(kind: str) -> Record:
    """What is known about ``kind``. Raises KeyError for a kind that is not in the tables."""
    return table()[kind]


def draw(subject: Subject, *, height_px: float, light: Light, seed: int) -> Sprite:
    """One ``subject`` (its ``count`` is the painter's to repeat) in local colour.

    ``height_px`` is what ``record(kind).height_in_people`` people measure; a seated figure comes out lower, an
    umbrella makes it taller. The same ``subject`` looks the same at every ``seed``; the seed varies only what
    no character depends on.
    """
    drawing = _drawing(replace(subject, count=1), seed % 7)
    return rasterised(drawing, float(height_px))


def draw_bust(subject: Subject, *, height_px: float, mood: str, light: Light, seed: int) -> Sprite:
    """Head and shoulders of a person, ``height_px`` tall from the lower edge to the crown, in split light."""
    return busts.bust(look_of(subject), mood_of(mood), height_px=height_px, light=light)


@lru_cache(maxsize=64)
def _drawing(subject: Subject, variant: int) -> Drawing:
    found = table().get(subject.kind) or table()["person"]
    if found.is_person:
        return _person(subject)
    source, _, name = found.art.partition(":")
    if source == "code":
        return things.drawing(name, subject, variant)
    return icons.drawing(source, name, found)


def _person(subject: Subject) -> Drawing:
    look = look_of(subject)
    pose = subject.pose or ""
    carried = tuple(prop for prop in subject.props if prop not in _SEATS and ":" not in prop)
    tints = dict(subject.clothes)
    held = tuple(
        f"{prop}:{hex_of(tints[prop])}" if tints.get(prop) else prop for prop in carried or look.props
    )
    seat = next((prop for prop in subject.props if prop in _SEATS), "")
    if held and pose in _HANDS_FULL and not carried:
        held = ()
    if held:
        still, moving = _POSE_WITH.get(held[0].partition(":")[0], ("", ""))
        if pose in {"", "standing", "waiting", "looking"}:
            pose = still or pose or "standing"
        elif pose == "walking":
            pose = moving or pose
        elif pose == "fishing" and seat:
            pose = "fishing_sitting"
    figure = figures.person(look, pose or "standing", mood_of(""), held, seat, is_close=False)
    mount = _after(subject.props, "mount:")
    partner = _after(subject.props, "partner:")
    if mount:
        return _ridden(figure, mount)
    if partner:
        other = figures.person(
            look_of(Subject(partner, partner)), "embracing", mood_of(""), (), "", is_close=False
        )
        return _embraced(figure, other)
    return figure


def _after(props: tuple[str, ...], prefix: str) -> str:
    return next((prop.removeprefix(prefix) for prop in props if prop.startswith(prefix)), "")


def _ridden(rider: Drawing, mount: str) -> Drawing:
    """``rider`` on the back of ``mount``, both to scale, looking right."""
    found = table()[mount]
    below = _drawing(Subject(mount, mount, pose="walking"), 1)
    tall = found.height_in_people * rider.height
    own = below.height * (0.92 if below.is_cropped_height else 1.0)
    scale = tall / own
    saddle = _SADDLES.get(mount, 0.6)
    x, y = (-1 if below.faces == "left" else 1) * -below.foot[0] * scale, -below.foot[1] * scale
    if below.is_cropped_height:
        y += 0.04 * below.height * scale
    beast = group(below.body, x=x, y=y, scale=scale, flip=below.faces == "left")
    art = beast + group(rider.body, x=-0.02 * tall, y=-saddle * tall)
    reach = rider.height + tall
    return Drawing(art, (-reach, -reach * 1.3, reach, reach * 0.2), (0.0, 0.0), rider.height, rider.lights)


def _embraced(one: Drawing, other: Drawing) -> Drawing:
    """``one`` and ``other`` (mirrored) in each other's arms."""
    gap = one.height * 0.12
    down = one.foot[1] - other.foot[1]
    art = group(other.body, x=gap, y=down, flip=True) + group(one.body, x=-gap)
    return Drawing(art, one.box, one.foot, one.height, one.lights)


def neutral_light() -> Light:
    """Even light from the right, for contact sheets."""
    return Light(0.6, (1.0, 0.95, 0.86), (0.8, 0.84, 0.95))


def coverage(sprite: Sprite) -> float:
    """Share of the cut-out that is opaque."""
    return float(np.mean(sprite.rgba[..., 3] > 127))
