"""Parts that belong together become one drawing: rider and mount, crew and boat, two who embrace."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engines.storyboard.reading import deeds
from studio.engines.storyboard.reading.parts import Part
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import Token, word_set

_SMALL_CRAFT = word_set("rowing_boat canoe")
CABS = word_set("car pickup truck bus van police_car fire_engine tractor taxi ambulance jeep")
"""Vehicles through whose window a driver is seen."""
_DRAWN_BY_BEASTS = word_set("cart wagon carriage sleigh sled")
_COUPLES = word_set("couple lover lovers newlyweds")
_AFLOAT = ("rowing", "boating", "at_the_helm", "surfing")
_NEXT_WORDS = 4
_LOW_BEAST = 0.62
"""Below this height, in people, one kneels down to an animal."""
_ROADS = word_set("away home off through along down up across to into past over on around toward towards back out")


def _beach(parts: list[Part]) -> None:
    """A boat that somebody on foot pulls or pushes lies ashore."""
    if any(part.pose in {"towing", "pushing", "pulling"} for part in parts):
        for boat in parts:
            if boat.record.kind in _SMALL_CRAFT:
                boat.relation, boat.relative_to = "on_ground", ""


def gather(tokens: Sequence[Token], parts: list[Part]) -> None:
    """Leave in ``parts`` what is drawn for itself."""
    _serve(tokens, parts)
    _tend(tokens, parts)
    _feed(parts)
    _repair(parts)
    _mount(tokens, parts)
    _drive(tokens, parts)
    _board(parts)
    _take_along(parts)
    _share_a_bench(parts)
    _swing(parts)
    _beach(parts)
    _pair_up(parts)
    _let_go(parts)
    _set_on_fire(tokens, parts)
    _keep_to_the_canvas(parts)


def _serve(tokens: Sequence[Token], parts: list[Part]) -> None:
    """Whose hair is cut sits before who cuts it: the two are one drawing."""
    for barber in [part for part in parts if part.record.is_person and part.pose in {"cutting_hair", "brushing_hair"}]:
        after = tokens[barber.deed_at + 1 : barber.deed_at + 5] if barber.deed_at >= 0 else ()
        owner = next((token.noun for token in after if token.owns), "")
        named = next((record.kind for record in table().values() if record.is_person and owner in record.words), "")
        other = next(
            (part for part in parts if part is not barber and part.record.is_person and part.at > barber.deed_at), None
        )
        if barber.pose == "brushing_hair":
            if other is None and not named:
                continue
            barber.pose = "combing"
        if other is not None:
            parts.remove(other)
        barber.props[:] = [f"client:{other.record.kind if other else named or 'man'}"]
        barber.count = 1


def _tend(tokens: Sequence[Token], parts: list[Part]) -> None:
    """An animal that is milked or brushed stands behind who does it: the two are one drawing."""
    for keeper in [part for part in parts if part.record.is_person and part.pose in {"milking", "grooming", "petting"}]:
        beast = next((part for part in parts if part.record.is_living and not part.record.is_person), None)
        kind = beast.record.kind if beast else _owner_of_what_is_touched(tokens, keeper)
        if not kind:
            keeper.pose = "" if keeper.pose == "milking" else "giving"
            continue
        if keeper.pose != "milking":
            keeper.pose = "petting" if table()[kind].height_in_people < _LOW_BEAST else "grooming"
        keeper.props[:] = [prop for prop in keeper.props if keeper.pose != "milking"] + [f"tended:{kind}"]
        if beast is not None:
            keeper.clothes += [(kind, beast.colour)] if beast.colour else []
            parts.remove(beast)


def _owner_of_what_is_touched(tokens: Sequence[Token], keeper: Part) -> str:
    """The kind of animal in ``strokes a horse's neck``, or empty."""
    after = tokens[keeper.deed_at + 1 : keeper.deed_at + 5] if keeper.deed_at >= 0 else ()
    owner = next((token.noun for token in after if token.owns), "")
    beasts = (record for record in table().values() if record.is_living and not record.is_person)
    return next((record.kind for record in beasts if owner in record.words), "")


def _feed(parts: list[Part]) -> None:
    """Birds that are fed pick up grain at the feet of who feeds them."""
    feeder = next((part for part in parts if part.record.is_person and part.pose == "feeding_birds"), None)
    for part in parts if feeder else ():
        if part.record.is_living and not part.record.is_person and part.record.height_in_people < _LOW_BEAST:
            part.relation, part.relative_to = "beside", feeder.record.kind if feeder else ""
            part.pose = "pecking"


def _repair(parts: list[Part]) -> None:
    """What somebody mends or builds stands right before them."""
    for mender in [
        part for part in parts if part.record.is_person and part.pose in {"mending", "building", "trimming"}
    ]:
        broken = next((part for part in parts if part is not mender and not part.record.is_person), None)
        if broken is not None:
            broken.relation, broken.relative_to = "beside", mender.record.kind
            broken.pose = ""


def _keep_to_the_canvas(parts: list[Part]) -> None:
    """What somebody paints is on the canvas, which is drawn with the painter."""
    if any(part.pose == "painting" for part in parts):
        parts[:] = [part for part in parts if part.record.kind not in {"painting", "easel"}]


def _mount(tokens: Sequence[Token], parts: list[Part]) -> None:
    """A rider's mount is drawn with the rider: it leaves the list of parts."""
    mounts = {
        "horse",
        "camel",
        "elephant",
        "unicorn",
        "donkey",
        "bicycle",
        "motorcycle",
        "dragon",
        "llama",
        "deer",
    }
    for rider in [part for part in parts if part.record.is_person and part.pose == "riding"]:
        mount = next((part for part in parts if part.record.kind in mounts and part is not rider), None)
        if mount is None and _is_on_something_else(tokens, rider):
            rider.pose = ""
            continue
        kind = mount.record.kind if mount else "horse"
        rider.props.append(f"mount:{kind}")
        if mount is not None:
            rider.clothes += [(kind, mount.colour)] if mount.colour else []
            parts.remove(mount)


def _drive(tokens: Sequence[Token], parts: list[Part]) -> None:
    """Who drives is seen through the vehicle's window: it leaves the list of parts. Nothing named on a road is a car."""
    for driver in [part for part in parts if part.record.is_person and part.pose == "driving"]:
        driver.pose = "sitting"
        cab = next((part for part in parts if part.record.kind in CABS and part.count == 1), None)
        after = tokens[driver.deed_at + 1].text if 0 <= driver.deed_at < len(tokens) - 1 else ""
        is_on_a_road = after in _ROADS and not any(part.record.kind in _DRAWN_BY_BEASTS for part in parts)
        if cab is None and not is_on_a_road:
            continue
        kind = cab.record.kind if cab else "car"
        driver.pose, driver.count = "driving", 1  # whoever comes along is behind the other windows
        driver.props[:] = [f"cab:{kind}"]
        driver.relation, driver.relative_to = "on_ground", ""
        if cab is not None:
            driver.clothes += [(kind, cab.colour)] if cab.colour else []
            parts.remove(cab)


def _is_on_something_else(tokens: Sequence[Token], rider: Part) -> bool:
    """True for ``rides a skateboard``: a thing that is no mount is no horse."""
    what = tokens[rider.deed_at + 1 : rider.deed_at + 3] if rider.deed_at >= 0 else ()
    return len(what) == 2 and what[0].text in {"a", "an", "his", "her"} and what[1].is_word


def _board(parts: list[Part]) -> None:
    """Who sits in a small boat is drawn with it; a second one on board too."""
    for boat in [part for part in parts if part.record.kind in _SMALL_CRAFT]:
        crew = [p for p in parts if p.record.is_person and p.relation == "inside" and p.relative_to == boat.record.kind]
        if not crew or boat.count > 1:
            continue
        rower = next((p for p in crew if p.pose == "rowing"), crew[0])
        if rower.pose != "rowing":
            arms = rower.pose.partition("+")[2] or rower.pose
            rower.pose = deeds.joined("boating", arms)
        mates = [other.record.kind for other in crew if other is not rower for _ in range(other.count)]
        mates += [_other_of(rower)] * (rower.count - 1)
        rower.props += [f"mate:{kind}" for kind in mates[:2]]
        rower.count = 1
        parts[:] = [part for part in parts if part is not boat and (part is rower or part not in crew)]
    for part in parts:
        if part.pose.startswith(_AFLOAT):
            part.relation, part.relative_to = "on_water", ""


def _take_along(parts: list[Part]) -> None:
    """Whom somebody rows across sits in the same boat: ``rows two girls over the river``."""
    for rower in [part for part in parts if part.pose == "rowing"]:
        if any(prop.startswith("mate:") for prop in rower.props):
            continue
        rowed = [part for part in parts if part.record.is_person and 0 < part.at - rower.deed_at < _NEXT_WORDS]
        mates = [part.record.kind for part in rowed for _ in range(part.count)]
        mates += [_other_of(rower)] * (rower.count - 1)
        rower.props += [f"mate:{kind}" for kind in mates[:2]]
        rower.count = 1
        parts[:] = [part for part in parts if part not in rowed]


def _other_of(one: Part) -> str:
    """The kind of the second of two: of a couple the woman, else of the same kind."""
    return "woman" if one.noun in _COUPLES else one.record.kind


def _swing(parts: list[Part]) -> None:
    """Whoever is pushed on a swing sits on it: the ropes are drawn with them."""
    seat = next((part for part in parts if part.record.kind == "swing"), None)
    pushed = [part for part in parts if part.record.is_person and seat is not None and part.end <= seat.at]
    if seat is not None and len(pushed) > 1 and pushed[0].pose == "pushing":
        pushed[-1].pose, pushed[-1].relation, pushed[-1].relative_to = "swinging", "beside", pushed[0].record.kind
        parts.remove(seat)


def _share_a_bench(parts: list[Part]) -> None:
    """Two who sit on a bench or sofa sit on the same one."""
    for one in parts:
        if (
            one.record.is_person
            and one.count == 2
            and one.pose.startswith("sitting")
            and {"bench", "sofa"} & set(one.props)
        ):
            one.props.append(f"mate:{one.record.kind}")
            one.count = 1


def _set_on_fire(tokens: Sequence[Token], parts: list[Part]) -> None:
    for part in parts:
        near = {token.text for token in tokens[max(0, part.at - 2) : part.end + 4]}
        if part.record.is_building and (near & {"burning", "blazing", "burns"} or {"on", "fire"} <= near):
            part.pose = "burning"


def _let_go(parts: list[Part]) -> None:
    """A hand that holds something is not drawn beside it: the thing alone fills the frame."""
    things = [part for part in parts if not part.record.is_person and part.record.kind != "hand"]
    if things:
        parts[:] = [part for part in parts if part.record.kind != "hand"]


def _pair_up(parts: list[Part]) -> None:
    """Two who embrace become one drawing; a couple that does not is a man and a woman."""
    for part in [part for part in parts if part.record.is_person]:
        if part not in parts:
            continue
        if part.pose == "embracing":
            other = next(
                (p for p in parts if p is not part and p.record.is_person and p.pose in {"embracing", ""}),
                None,
            )
            alone = "woman" if part.record.kind != "woman" else "man"
            kind = other.record.kind if other else part.record.kind if part.count > 1 else alone
            part.props.append(f"partner:{kind}")
            part.count = 1
            if other is not None:
                if other.relative_to and not part.relative_to:
                    part.relation, part.relative_to = other.relation, other.relative_to
                parts.remove(other)
        elif part.noun in _COUPLES and not any(prop.startswith("mate:") for prop in part.props):
            part.count = 1
            parts.append(
                Part(
                    table()["woman"],
                    "woman",
                    part.at,
                    part.end,
                    pose=part.pose,
                    relation=part.relation,
                    relative_to=part.relative_to,
                )
            )
