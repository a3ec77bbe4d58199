"""Parts that belong together become one drawing: rider and mount, crew and boat, two who embrace."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engines.storyboard.reading import deeds
from studio.engines.storyboard.reading.parts import Part
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.english import Token, kind_of_noun, word_set

_SMALL_CRAFT = word_set("rowing_boat canoe")
CABS = word_set("car pickup truck bus van police_car fire_engine tractor taxi ambulance jeep")
"""Vehicles through whose window a driver is seen."""
_DRAWN_BY_BEASTS = word_set("cart wagon carriage sleigh sled")
_ROADS = word_set("away home off through along down up across to into past over on around toward towards back out")


def _beach(parts: list[Part]) -> None:
    """A boat that somebody on foot pulls or pushes lies ashore."""
    if any(part.pose in {"towing", "pushing", "pulling"} for part in parts):
        for boat in parts:
            if boat.record.kind in _SMALL_CRAFT:
                boat.relation, boat.relative_to = "on_ground", ""


def gather(tokens: Sequence[Token], parts: list[Part]) -> None:
    """Leave in ``parts`` what is drawn for itself."""
    _mount(tokens, parts)
    _drive(tokens, parts)
    _board(parts)
    _beach(parts)
    _pair_up(parts)
    _let_go(parts)
    _set_on_fire(tokens, parts)
    _keep_to_the_canvas(parts)


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
    """True for ``rides a skateboard``: a thing that nobody can draw is no horse."""
    what = tokens[rider.deed_at + 1 : rider.deed_at + 4] if rider.deed_at >= 0 else ()
    return (
        bool(what)
        and what[0].text in {"a", "an", "the", "his", "her"}
        and any(kind_of_noun(token.noun) == "!concrete" for token in what[1:])
    )


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
        mates = [other.record.kind for other in crew if other is not rower] + [rower.record.kind] * (rower.count - 1)
        rower.props += [f"mate:{kind}" for kind in mates[:1]]
        rower.count = 1
        parts[:] = [part for part in parts if part is not boat and (part is rower or part not in crew)]
    for part in parts:
        if part.pose.startswith(("rowing", "boating", "at_the_helm")):
            part.relation, part.relative_to = "on_water", ""


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
        elif part.noun in {"couple", "lover", "lovers", "newlyweds"}:
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
