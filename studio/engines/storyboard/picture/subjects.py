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
from studio.engines.storyboard.sheet.vector import ellipse, group, hex_of, path, rect, stroke, within
from studio.engines.storyboard.things import birds, icons, kinds
from studio.engines.storyboard.things.records import Record, table
from studio.engines.storyboard.words.vocabulary import vocabulary

_HANDS_FULL = frozenset(
    "praying crying dancing ballet arms_raised waving lying embracing flying climbing falling laughing shouting thinking "
    "jumping lifting lifting_up pushing pulling throwing bowing trembling opening_own_window looking_far tired kicking "
    "cutting_hair combing milking".split()
)
"""Doings that leave no hand to hold something, beside those that are done at a set piece."""
_HANDS_FREE = frozenset({"", "shut_window", "mirror"})
"""Set pieces that leave the hands free."""
_HELD_TO_FACE = {"drinking": "cup", "flute": "flute", "singing": ""}
_HELD_CLOSE = frozenset(
    "letter book cup phone candle lantern flower bouquet violin map camera telescope microphone teddy baby newspaper sword umbrella torch".split()
)
_POSE_MOODS = {
    "laughing": "laughing", "crying": "crying", "shouting": "shouting", "trembling": "fear", "tired": "tired",
    "in_bed": "sleep", "lying_bench": "sleep", "lying_sofa": "sleep", "embracing": "love", "singing": "singing", "praying": "calm", "sleeping": "sleep",
    "fighting": "anger",
}  # fmt: skip
_GROWN = 632.0
"""How tall somebody grown is in the units of figures."""
_STATURES = (1.0, 0.94, 1.05, 0.97, 1.02)
"""How tall the members of a group are, beside each other."""
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
    is_of_many = subject.count > 1 and table()[subject.kind].is_person
    return rasterised(drawing, float(height_px) * (_STATURES[seed % len(_STATURES)] if is_of_many else 1.0))


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
    gender = ("male", "female")[seed % 2] if kind == "person" and not subject.gender else subject.gender
    return replace(subject, count=1, kind=kind, noun=f"{subject.noun} {seed % 8}", gender=gender)


@lru_cache(maxsize=64)
def _drawing(subject: Subject, variant: int, mood: str = "") -> Drawing:
    found = table().get(subject.kind) or table()["person"]
    if found.is_person:
        return _person(subject, mood)
    source, _, name = found.art.partition(":")
    if subject.pose == "flying" and subject.kind in birds.PLUMAGE:
        return birds.on_the_wing(subject)
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
    piece = pose_of(subject.pose).piece
    is_at_work = piece not in _HANDS_FREE
    if is_at_work or ((subject.pose in _HANDS_FULL or doing in _HANDS_FULL) and not carried):
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
    tints = dict(subject.clothes)
    colour = tints.get(pose_of(pose).piece) or tints.get("bicycle", "")
    paint = hex_of(colour) if colour else ""
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
    client = _after(subject.props, "client:")
    if client:
        seated = figures.person(
            look_of(Subject(client, f"other {client}")), "seated_for_it", face, (), "", is_close=False
        )
        return _before_the_shears(figure, seated, is_cut=pose == "cutting_hair")
    tended = _after(subject.props, "tended:")
    if tended:
        return _tended(figure, tended, tints.get(tended, ""), pose)
    mates = [prop.removeprefix("mate:") for prop in subject.props if prop.startswith("mate:")]
    is_ashore = "sitting" in pose
    for which, mate in enumerate(mates[:2]):
        how = pose.replace("sitting", "beside") if is_ashore else "aboard"
        other = figures.person(look_of(Subject(mate, f"other {mate} {which}")), how, face, (), "", is_close=False)
        figure = _with_mate(figure, other, over=is_ashore, at=(-0.26, 0.30)[which])
    return figure


def _with_mate(first: Drawing, other: Drawing, *, over: bool, at: float) -> Drawing:
    """``other`` sits ``at`` so many of its heights from ``first`` in the same boat, whose hull hides their legs, or
    ``over`` the same bench."""
    second = group(other.body, x=at * first.height, y=first.foot[1] - other.foot[1] if over else 0.0)
    return replace(first, body=first.body + second if over else second + first.body)


_CAPE = "M-46,-176 Q4,-214 58,-176 C96,-120 150,-64 186,-8 L176,70 Q40,96 -52,40 Q-76,-80 -46,-176 Z"


def _before_the_shears(cutter: Drawing, seated: Drawing, *, is_cut: bool) -> Drawing:
    """``seated`` on a chair before ``cutter``, who has a comb at the hair; if it ``is_cut`` scissors and a white cape too."""
    size = seated.height / 640
    cape = group(
        path(_CAPE, "#eef0f0") + path("M-46,-176 Q4,-214 58,-176 L46,-150 Q4,-178 -34,-150 Z", "#cfd6da"), scale=size
    )
    k = cutter.height / 640
    lift = 92 * k if seated.height < 0.8 * cutter.height else 0.0
    down = cutter.foot[1] - seated.foot[1] - lift
    step = rect(140 * k, cutter.foot[1] - lift, 190 * k, lift, "#6b4a30", round_=5) if lift else ""
    shears = (
        stroke("M0,0 L44,-30 M2,-22 L48,6", "#aab4be", 7)
        + ellipse(-8, 8, 9, 9, "#33373f")
        + ellipse(-6, -30, 9, 9, "#33373f")
    )
    comb = rect(-8, -4, 62, 14, "#33373f", round_=3)
    low = cutter.foot[1] / (cutter.height / 640)
    tools = group(shears, x=126 * k, y=(low - 452) * k, scale=k) + group(
        comb, x=128 * k, y=(low - 410) * k, turn=-18, scale=k
    )
    tools = tools if is_cut else group(comb, x=132 * k, y=(low - 436) * k, turn=-18, scale=k)
    sitter = group(seated.body + (cape if is_cut else ""), x=200 * k, y=down)
    return replace(cutter, body=step + sitter + cutter.body + tools)


def _tended(keeper: Drawing, kind: str, colour: str, pose: str) -> Drawing:
    """``keeper`` at the flank of the animal ``kind``, both to scale, looking right; who milks has a pail below.

    Low animals sit before who kneels to them.
    """
    is_low = pose == "petting"
    below = _drawing(Subject(kind, kind, pose="sitting" if is_low else "", colour=colour), 1)
    left, top, right, bottom = drawn_box(below)
    scale = table()[kind].height_in_people * _GROWN / (bottom - top)
    wide, k = (right - left) * scale, keeper.height / 640
    x = 150 * k + wide * (0.50 if is_low else 0.12 if pose == "grooming" else 0.24)
    flip = (below.faces == "left") != is_low  # what is petted looks back at who pets it
    beast = group(
        below.body,
        x=x + (1 if flip else -1) * (left + right) / 2 * scale,
        y=keeper.foot[1] - bottom * scale,
        scale=scale,
        flip=flip,
    )
    pail = ""
    if pose == "milking":
        art = (
            stroke("M-30,-62 C-26,-96 26,-96 30,-62", "#55606b", 5)
            + path("M-36,-62 H36 L28,0 H-28 Z", "#9aa7b2")
            + ellipse(0, -62, 36, 9, "#f6f3ea")
        )
        squirt = stroke("M-6,-64 L-4,-120 M8,-64 L6,-120", "#ffffff", 4)
        pail = group(squirt + art, x=160 * k, y=keeper.foot[1] + 8 * k, scale=1.1 * k)
    box = (min(keeper.box[0], x - wide), keeper.box[1], max(keeper.box[2], x + wide), keeper.box[3])
    return replace(keeper, body=beast + keeper.body + pail, box=box)


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
    tall = found.height_in_people * _GROWN
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
