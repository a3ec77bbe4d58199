"""Subjects as cut-outs: the door of the artist's second half, from a word to a drawn figure."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from studio.engines.storyboard.people import busts, figures
from studio.engines.storyboard.people.heads import mood_of
from studio.engines.storyboard.people.poses import pose_of
from studio.engines.storyboard.people.wardrobe import look_of
from studio.engines.storyboard.reading.lexicon import SEATS
from studio.engines.storyboard.sheet.brief import Subject
from studio.engines.storyboard.sheet.sprites import Drawing, Light, Sprite, drawn_box, rasterised
from studio.engines.storyboard.sheet.vector import group, hex_of, path, within
from studio.engines.storyboard.things import icons, kinds
from studio.engines.storyboard.things.records import Record, table
from studio.engines.storyboard.words.vocabulary import vocabulary

_HANDS_FULL = frozenset(
    "praying crying dancing ballet arms_raised waving lying lying_bench lying_sofa in_bed embracing swimming flying climbing falling laughing "
    "shouting thinking jumping lifting lifting_up pushing pulling throwing bowing trembling on_ladder on_rope on_rock "
    "piano drumming writing typing dining sewing painting wiping cooking working hammering digging sweeping steering "
    "watering cuddling towing opening_door knocking opening_window opening_own_window at_window at_own_window rowing boating cycling looking_far tired kicking".split()
)
_HELD_TO_FACE = {"drinking": "cup", "flute": "flute", "singing": ""}
_HELD_CLOSE = frozenset(
    "letter book cup phone candle lantern flower bouquet violin map camera telescope microphone teddy baby newspaper sword umbrella torch".split()
)
_POSE_MOODS = {
    "laughing": "laughing", "crying": "crying", "shouting": "shouting", "trembling": "fear", "tired": "tired",
    "in_bed": "sleep", "lying_bench": "sleep", "lying_sofa": "sleep", "embracing": "love", "singing": "singing", "praying": "calm", "sleeping": "sleep",
    "fighting": "anger",
}  # fmt: skip
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
_WINDOWS = {
    "car": (0.33, 0.12, 0.57, 0.37),
    "pickup": (0.31, 0.07, 0.52, 0.31),
    "truck": (0.17, 0.30, 0.36, 0.48),
    "bus": (0.10, 0.20, 0.27, 0.50),
    "van": (0.21, 0.22, 0.35, 0.45),
    "police_car": (0.31, 0.15, 0.55, 0.40),
    "fire_engine": (0.17, 0.28, 0.33, 0.47),
    "tractor": (0.53, 0.12, 0.71, 0.42),
    "taxi": (0.33, 0.24, 0.55, 0.47),
    "ambulance": (0.21, 0.27, 0.44, 0.48),
    "jeep": (0.39, 0.11, 0.62, 0.34),
}
"""The driver's window of vehicles that look left: left, top, right, bottom in shares of what is drawn."""


def record(kind: str) -> Record:
    """What is known about ``kind``. Raises KeyError for a kind that is not in the tables."""
    return table()[kind]


def draw(subject: Subject, *, height_px: float, light: Light, seed: int, mood: str = "") -> Sprite:
    """One ``subject`` (its ``count`` is the painter's to repeat) in local colour.

    ``height_px`` is what ``record(kind).height_in_people`` people measure; a seated figure is lower, an
    umbrella makes it taller. One person looks the same at every ``seed``; in a
    group the seed tells its members apart. ``mood`` is on people's faces.
    """
    drawing = _drawing(_member(subject, seed), seed % 7, mood)
    return rasterised(drawing, float(height_px))


def draw_bust(subject: Subject, *, height_px: float, mood: str, light: Light, seed: int) -> Sprite:
    """Head and shoulders of a person, ``height_px`` tall from the lower edge to the crown, in split light.

    ``seed`` tells the members of a group apart.
    """
    subject = _member(subject, seed)
    return busts.bust(
        look_of(subject), mood_of(_felt(subject, mood)), height_px=height_px, light=light, held=in_hand(subject)
    )


def _felt(subject: Subject, mood: str) -> str:
    """What is on the face: what is done shows there, else the mood of the picture."""
    doings = [_POSE_MOODS[pose] for pose in subject.pose.split("+") if pose in _POSE_MOODS]
    return doings[-1] if doings else mood


def in_hand(subject: Subject) -> str:
    """What somebody seen close holds up before the breast, or empty."""
    tints = dict(subject.clothes)
    held = next((prop for prop in subject.props if prop in _HELD_CLOSE), "")
    return f"{held}:{hex_of(tints[held])}" if tints.get(held) else held


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
def _drawing(subject: Subject, variant: int, mood: str = "") -> Drawing:
    found = table().get(subject.kind) or table()["person"]
    if found.is_person:
        return _person(subject, mood)
    source, _, name = found.art.partition(":")
    if subject.pose == "burning":
        return _in_flames(_drawing(replace(subject, pose=""), variant))
    if source == "code":
        return kinds.drawing(name, subject, variant)
    return icons.drawing(source, name, found, hex_of(subject.colour, "") if subject.colour else "")


def held_by(subject: Subject) -> tuple[str, ...]:
    """What somebody seen whole has in the hands (``bag:#8a4b2f``): what is said, else what the trade carries."""
    carried = tuple(prop for prop in subject.props if prop not in SEATS and ":" not in prop)
    doing = subject.pose.rpartition("+")[2]
    if doing in _HELD_TO_FACE and not carried and _HELD_TO_FACE[doing]:
        return (_HELD_TO_FACE[doing],)
    are_full = subject.pose in _HANDS_FULL or doing in _HANDS_FULL
    if are_full and (not carried or pose_of(subject.pose).piece):
        return ()
    tints = dict(subject.clothes)
    held = carried or look_of(subject).props
    return tuple(f"{prop}:{hex_of(tints[prop])}" if tints.get(prop) else prop for prop in held[:2])


def _person(subject: Subject, mood: str) -> Drawing:
    look = look_of(subject)
    pose = subject.pose or ""
    face = mood_of(_felt(subject, mood))
    held = held_by(subject)
    seat = next((prop for prop in subject.props if prop in SEATS), "")
    if held:
        still, _, moving = vocabulary("pose_with").get(held[0].partition(":")[0], "").partition(":")
        if pose in {"", "standing", "waiting", "looking", "talking"}:
            pose = still or pose or "standing"
        elif pose in {"sitting", "sitting_floor", "kneeling"} and still:
            pose = f"{pose}+{still}"
        elif pose == "walking":
            pose = moving or pose
        elif pose == "fishing" and seat:
            pose = "fishing_sitting"
    paint = hex_of(tints["bicycle"]) if (tints := dict(subject.clothes)).get("bicycle") else ""
    figure = figures.person(look, pose or "standing", face, held, seat, paint, is_close=False)
    mount = _after(subject.props, "mount:")
    partner = _after(subject.props, "partner:")
    if mount:
        return _ridden(figure, mount, tints.get(mount, ""))
    cab = _after(subject.props, "cab:")
    if cab:
        return _at_the_wheel(
            figures.person(look, "standing", face, (), "", paint, is_close=False), cab, tints.get(cab, "")
        )
    if partner:
        other = figures.person(look_of(Subject(partner, f"other {partner}")), "embracing", face, (), "", is_close=False)
        if other.height < figure.height * 0.8:
            figure = figures.person(look, "hugging_child", face, (), "", is_close=False)
            return _embraced(figure, other, is_child=True)
        return _embraced(figure, other)
    carried_one = _after(subject.props, "carried:")
    if carried_one:
        rider = figures.person(
            look_of(Subject(carried_one, f"small {carried_one}")), "piggyback", face, (), "", is_close=False
        )
        return replace(figure, body=group(rider.body, x=-112, y=-92) + figure.body)
    mate = _after(subject.props, "mate:")
    if mate:
        other = figures.person(look_of(Subject(mate, f"other {mate}")), "aboard", face, (), "", is_close=False)
        return _with_mate(figure, other)
    return figure


def _with_mate(rower: Drawing, other: Drawing) -> Drawing:
    """``other`` sits behind ``rower`` in the same boat, whose hull hides their legs."""
    return replace(rower, body=group(other.body, x=-0.26 * rower.height) + rower.body)


def _in_flames(thing: Drawing) -> Drawing:
    """``thing`` with fire at its roof and windows."""
    left, top, right, bottom = thing.box
    wide, high = right - left, bottom - top
    tongue = "M-30,0 C-54,-40 -14,-62 -22,-112 C16,-84 10,-58 22,-50 C26,-64 22,-74 26,-86 C52,-50 44,-16 30,0 Z"
    flames = "".join(
        group(
            path(tongue, "#e8662a") + group(path(tongue, "#ffb63c"), scale=0.66) + group(path(tongue, "#fff0b0"), scale=0.34),
            x=left + wide * x, y=top + high * y, scale=high * size / 110,
        )
        for x, y, size in ((0.3, 0.42, 0.42), (0.52, 0.36, 0.56), (0.72, 0.44, 0.4), (0.4, 0.84, 0.2), (0.66, 0.84, 0.2))
    )  # fmt: skip
    glow = (left + wide / 2, top + high * 0.3, high * 0.6, (1.0, 0.6, 0.25))
    box = (left, top - high * 0.35, right, bottom)
    return replace(thing, body=thing.body + flames, box=box, lights=(*thing.lights, glow))


def _after(props: tuple[str, ...], prefix: str) -> str:
    return next((prop.removeprefix(prefix) for prop in props if prop.startswith(prefix)), "")


def _ridden(rider: Drawing, mount: str, colour: str) -> Drawing:
    """``rider`` on the back of ``mount``, both to scale, looking right."""
    found = table()[mount]
    below = _drawing(Subject(mount, mount, pose="walking", colour=colour), 1)
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


def _at_the_wheel(driver: Drawing, kind: str, colour: str) -> Drawing:
    """Head and shoulders of ``driver`` behind the window of the vehicle ``kind``, both to scale, looking right."""
    below = _drawing(Subject(kind, kind, colour=colour), 1)
    left, top, right, bottom = drawn_box(below)
    scale = table()[kind].height_in_people * driver.height / (bottom - top)
    wide, high = (right - left) * scale, (bottom - top) * scale
    vehicle = group(below.body, x=(left + right) / 2 * scale, y=-bottom * scale, scale=scale, flip=True)
    west, north, east, south = _WINDOWS[kind]
    frame = (wide * (0.5 - east), high * (north - 1), wide * (east - west), high * (south - north))
    crown = frame[1] + 0.08 * frame[3] - (driver.foot[1] - driver.height)
    seen = group(driver.body, x=frame[0] + 0.45 * frame[2] - driver.foot[0], y=crown)
    box = (-wide / 2, -high, wide / 2, 0.0)
    return Drawing(vehicle + within(seen, f"window-{kind}", frame), box, (0.0, 0.0), driver.height, driver.lights)


def _embraced(one: Drawing, other: Drawing, *, is_child: bool = False) -> Drawing:
    """``one`` and ``other`` (mirrored) in each other's arms; a child stands before who kneels to it."""
    gap = max(one.height * 0.115, 62.0)
    down = one.foot[1] - other.foot[1]
    pair = [group(other.body, x=gap, y=down, flip=True), group(one.body, x=-gap)]
    art = "".join(reversed(pair) if is_child else pair)
    return Drawing(art, one.box, one.foot, one.height, one.lights)
