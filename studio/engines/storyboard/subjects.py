"""Subjects as cut-outs: the door of the artist's second half, from a word to a drawn figure."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from studio.engines.storyboard import busts, figures, icons, things
from studio.engines.storyboard.brief import Subject
from studio.engines.storyboard.heads import mood_of
from studio.engines.storyboard.lexicon import SEATS
from studio.engines.storyboard.records import Record, table
from studio.engines.storyboard.sprites import Drawing, Light, Sprite, rasterised
from studio.engines.storyboard.vector import group, hex_of
from studio.engines.storyboard.vocabulary import vocabulary
from studio.engines.storyboard.wardrobe import look_of

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


def record(kind: str) -> Record:
    """What is known about ``kind``. Raises KeyError for a kind that is not in the tables."""
    return table()[kind]


def draw(subject: Subject, *, height_px: float, light: Light, seed: int) -> Sprite:
    """One ``subject`` (its ``count`` is the painter's to repeat) in local colour.

    ``height_px`` is what ``record(kind).height_in_people`` people measure; a seated figure is lower, an
    umbrella makes it taller. One person looks the same at every ``seed``; in a
    group the seed tells its members apart.
    """
    drawing = _drawing(_member(subject, seed), seed % 7)
    return rasterised(drawing, float(height_px))


def draw_bust(subject: Subject, *, height_px: float, mood: str, light: Light, seed: int) -> Sprite:
    """Head and shoulders of a person, ``height_px`` tall from the lower edge to the crown, in split light."""
    return busts.bust(look_of(subject), mood_of(mood), height_px=height_px, light=light)


def _member(subject: Subject, seed: int) -> Subject:
    """One of ``subject``'s number: in a group of people no two neighbours need look alike."""
    if subject.count == 1 or not table()[subject.kind].is_person:
        return replace(subject, count=1)
    kind = ("boy", "girl")[seed % 2] if subject.kind == "child" else subject.kind
    is_plain = kind in {"person", "man", "woman"} and not subject.clothes
    gender = ("male", "female")[seed % 2] if kind == "person" and not subject.gender else subject.gender
    noun = f"{subject.noun} {seed % 8}" if is_plain or subject.kind == "child" else subject.noun
    return replace(subject, count=1, kind=kind, noun=noun, gender=gender)


@lru_cache(maxsize=64)
def _drawing(subject: Subject, variant: int) -> Drawing:
    found = table().get(subject.kind) or table()["person"]
    if found.is_person:
        return _person(subject)
    source, _, name = found.art.partition(":")
    if source == "code":
        return things.drawing(name, subject, variant)
    return icons.drawing(source, name, found, hex_of(subject.colour, "") if found.is_living else "")


def _person(subject: Subject) -> Drawing:
    look = look_of(subject)
    pose = subject.pose or ""
    carried = tuple(prop for prop in subject.props if prop not in SEATS and ":" not in prop)
    tints = dict(subject.clothes)
    held = tuple(f"{prop}:{hex_of(tints[prop])}" if tints.get(prop) else prop for prop in carried or look.props)
    seat = next((prop for prop in subject.props if prop in SEATS), "")
    if held and pose in _HANDS_FULL and not carried:
        held = ()
    if held:
        still, _, moving = vocabulary("pose_with").get(held[0].partition(":")[0], "").partition(":")
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
        other = figures.person(look_of(Subject(partner, partner)), "embracing", mood_of(""), (), "", is_close=False)
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
