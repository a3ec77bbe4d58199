"""Who stands where, how large, and how a cut-out comes to belong to its picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from studio.engines.storyboard.people import portraits
from studio.engines.storyboard.people.poses import pose_of
from studio.engines.storyboard.picture import subjects, tops
from studio.engines.storyboard.picture.at_window import open_leaves, own_window, person_px, without_piece
from studio.engines.storyboard.picture.integrate import embed, paint_halo, relight_from
from studio.engines.storyboard.picture.placed import Placed
from studio.engines.storyboard.places.variants import variant_of
from studio.engines.storyboard.sheet.brief import Subject, is_earth
from studio.engines.storyboard.sheet.canvas import Array, rgb
from studio.engines.storyboard.sheet.sprites import Light, Sprite
from studio.engines.storyboard.sheet.stage import PASSING, Stage, seed_of
from studio.engines.storyboard.things.records import Record

_PERSON_SHARE = {"extreme_wide": 0.16, "wide": 0.36, "full": 0.66, "medium": 1.16}
_WHOLE_POSES = frozenset(
    "sitting sitting_floor kneeling praying dancing lying crouching riding flying swimming jumping running falling "
    "kicking lifting pushing pulling throwing fighting climbing ballet embracing cycling bowing".split()
)
_LOW_POSES = frozenset(
    "sitting sitting_floor kneeling praying crouching lying lying_bench lying_sofa in_bed lifting swimming rowing boating cycling".split()
)
_IN_WATER_POSES = frozenset(("rowing", "boating", "swimming"))
_INDOORS_SHARE = 0.25
_MOST_COPIES = 9
_FAR = frozenset(("wide", "extreme_wide"))
_HOVERS = frozenset({"ghost"})
_HEAVENLY = frozenset({"globe", "ringed_planet", "planet", "moon", "sun", "star", "earth"})


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in the picture, far ones first, and the point the eye should go to."""

    placed: tuple[Placed, ...]
    focus: tuple[float, float]


def cast_of(stage: Stage, seed: int) -> Cast:
    """Choose place and size for every subject of the brief."""
    drawn = tops.bases_first([subject for subject in stage.brief.subjects if not _is_of_the_place(stage, subject)])
    if not drawn:
        return Cast((), (stage.side_x(0.36), stage.height * 0.7))
    _light_the_fire(stage, drawn)
    director = _Director(stage, relight_from(stage), seed)
    for index, subject in enumerate(drawn):
        director.place(index, subject)
    placed = director.placed
    hero = placed[0]
    tall = hero.sprite.rgba.shape[0]
    focus = (hero.x, hero.y - hero.sprite.foot_y + tall * (0.42 if hero.is_bust else 0.45))
    return Cast(tuple(sorted(placed, key=lambda one: one.order)), focus)


def _is_of_the_place(stage: Stage, subject: Subject) -> bool:
    """True for what the place itself shows: planets in space, the castle of a castle."""
    if stage.brief.place in ("space", "planet"):
        return subject.kind in _HEAVENLY and not is_earth(subject)
    named = {stage.brief.place, variant_of(stage.brief.place, stage.brief.place_key)}
    return subject.kind in named and stage.landmark is not None


def _light_the_fire(stage: Stage, drawn: list[Subject]) -> None:
    """A fire among the subjects is a nearer light than the sky's after sunset."""
    fires = [i for i, subject in enumerate(drawn) if subjects.record(subject.kind).anchor == "fire"]
    if fires and stage.palette.darkness > 0.4:
        stage.key, stage.key_x = rgb("#ffab5e"), stage.side_x(0.36 if fires[0] == 0 else 0.60)


def paint_cast(stage: Stage, cast: Cast, seed: int) -> Array:
    """Paint everybody with their glow, shadow and reflection; returns where the picture is solidly theirs."""
    solid = np.zeros((stage.height, stage.width), np.float32)
    if cast.placed:
        lead = max(cast.placed, key=lambda one: one.sprite.rgba.shape[0])
        paint_halo(stage, cast.focus, lead.sprite)
    for one in cast.placed:
        embed(stage, one, solid, seed)
    return solid


def _is_wet(subject: Subject, record: Record) -> bool:
    """True for what water carries; a stranded whale (``on_ground``) is not."""
    if record.anchor in ("water", "swim"):
        return subject.relation != "on_ground"
    return subject.relation in ("on_water", "in_water")


def _is_whole(subject: Subject) -> bool:
    """True for doings that are lost when the picture ends at the knees."""
    pose = subject.pose.partition("+")[0]
    return pose in _WHOLE_POSES or bool(pose_of(subject.pose).piece)


def _is_low(subject: Subject) -> bool:
    """True for children and for those who sit, lie or kneel: seen from afar they would be lost."""
    is_child = subjects.record(subject.kind).height_in_people < 0.8
    return is_child or subject.pose.partition("+")[0] in _LOW_POSES


def _afloat(subject: Subject) -> Record:
    """What is known of ``subject``; who rows or swims, man or beast, belongs to the water."""
    found = subjects.record(subject.kind)
    is_wet = subject.pose.partition("+")[0] in _IN_WATER_POSES and subject.relation in ("on_water", "in_water")
    return replace(found, anchor="water") if is_wet and found.is_living else found


class _Director:
    """Places subjects one after another; the first is the hero and decides the scale."""

    def __init__(self, stage: Stage, light: Light, seed: int) -> None:
        self.stage, self.light, self.seed = stage, light, seed
        self.placed: list[Placed] = []
        self.first_of: dict[str, Placed] = {}
        self.people_px = 0.0
        people = [s.count for s in stage.brief.subjects if subjects.record(s.kind).is_person]
        self.heads, self.has_company = sum(people), len(people) < len(stage.brief.subjects)
        self.busts, self.beside, self.looked_at = 0, 0, 0.0

    def place(self, index: int, subject: Subject) -> None:
        record = _afloat(subject)
        if portraits.is_close(self.stage.brief) and record.is_person and self.busts < portraits.MOST:
            for _ in range(min(portraits.MOST - self.busts, max(1, subject.count))):
                self._bust(subject, record)
            return
        window = own_window(self.stage, subject)
        if index == 0:
            self.people_px = self._hero_scale(subject, record)
            if window:
                self.people_px = person_px(self.stage, self.people_px, record.height_in_people)
        subject = without_piece(subject) if window else subject
        height = self._height(index, subject, record)
        copies = max(1, min(_MOST_COPIES, subject.count))
        if copies > 1:
            height *= min(1.0, 1.25 - 0.06 * copies)
        sprite = self._sprite(subject, record, height, index, 0)
        x, y, floats, order = self._spot(index, subject, record, sprite, height)
        if window:
            x, self.looked_at = window.column(height), window.middle
            if "opening_own_window" in subject.pose:
                open_leaves(self.stage, window)
        person = height / max(record.height_in_people, 0.05)
        is_furnishing = bool(index) and not record.is_living and subject.relation in ("on_ground", "beside")
        if is_furnishing and height > 0.5 * self.people_px:
            order = min(order, self.placed[0].order - 0.25)  # a tent or hearth hides nobody who is busy before it
        self._group(index, subject, record, sprite, (x, y), person, floats, order, copies, height)

    def _sprite(self, subject: Subject, record: Record, height: float, index: int, copy: int) -> Sprite:
        seed, mood = seed_of("sprite", subject.noun) + copy, self.stage.brief.mood
        sprite = subjects.draw(subject, height_px=round(height), light=self.light, seed=seed, mood=mood)
        most = portraits.width_beside(self.stage, self.heads) if self.busts else self.stage.width * 0.80
        wide = sprite.rgba.shape[1]
        if wide > most and height > 8:
            sprite = subjects.draw(
                subject, height_px=round(height * most / wide), light=self.light, seed=seed, mood=mood
            )
        return sprite

    def _hero_scale(self, subject: Subject, record: Record) -> float:
        """How tall a person is at the hero's depth, so that the hero fills what the framing asks."""
        stage, framing = self.stage, self.stage.brief.framing
        share = _PERSON_SHARE.get(framing, 1.16)
        if framing == "extreme_wide" and stage.is_indoors:
            share = _INDOORS_SHARE
        if record.is_person:
            if framing in ("wide", "extreme_wide") and _is_low(subject):
                share *= 1.25
            if framing == "medium" and _is_whole(subject):
                share = 0.66
            return share * stage.span
        tall = record.height_in_people
        least, most = {"extreme_wide": (0.09, 0.30), "wide": (0.17, 0.52), "full": (0.40, 0.68)}.get(
            framing, (0.56, 0.72)
        )
        wanted = float(np.clip(share * tall, least, most)) * stage.span
        return wanted / max(tall, 0.05)

    def _height(self, index: int, subject: Subject, record: Record) -> float:
        stage = self.stage
        natural = self.people_px * record.height_in_people
        if _is_wet(subject, record) and stage.water_foot is not None and stage.surface == "ground":
            wanted = natural if index == 0 else stage.person_at(stage.water_foot) * 2.0 * record.height_in_people
            return float(np.clip(wanted, 0.08 * stage.span, 0.42 * stage.span))
        if self._is_on_deck(record):
            far = stage.person_at(stage.deck_foot or 0.0) * 1.4 * record.height_in_people
            return float(np.clip(far, 0.095 * record.height_in_people * stage.span, 0.36 * stage.span))
        if index == 0:
            return natural
        if is_earth(subject):
            return 0.36 * stage.span
        if record.is_building:
            return float(np.clip(natural * 0.55, 0.20 * stage.span, 0.56 * stage.span))
        if self.busts and not record.is_person:
            natural = min(natural * 2.2, (0.66 if record.is_living else 0.34) * stage.span)
        return float(
            np.clip(
                natural,
                min(0.055 * stage.span, 0.5 * self.people_px),
                0.66 * stage.span if not record.is_person else 1.2 * stage.span,
            )
        )

    def _is_afloat(self, subject: Subject, record: Record, floats: bool) -> bool:
        stage = self.stage
        if floats or stage.surface == "swim":
            return False
        wet = _is_wet(subject, record)
        return stage.surface == "water" or wet and stage.water_foot is not None

    def _is_on_deck(self, record: Record) -> bool:
        return self.stage.deck_foot is not None and record.kind in PASSING

    def _foot(self, height: float, subject: Subject, record: Record) -> float:
        """The row this subject stands on by perspective, kept inside the floor of the place."""
        stage, person = self.stage, height / max(record.height_in_people, 0.05)
        if stage.deck_foot is not None and self._is_on_deck(record):
            return stage.deck_foot
        if _is_wet(subject, record) and stage.water_foot is not None and stage.water_foot < stage.height * 0.9:
            return max(stage.water_foot, height + stage.height * 0.04)
        if stage.brief.framing in ("full", "medium", "medium_close", "close", "extreme_close"):
            if stage.brief.framing == "medium" and record.is_person and height > 0.8 * stage.span:
                return stage.height * 0.10 + height
            low = stage.height * (0.93 if stage.brief.framing == "full" else 0.90)
            return max(low, min(stage.foot_of(person), stage.height * 0.95))
        low, high = (share * stage.height for share in stage.foot_limits)
        foot = float(np.clip(stage.foot_of(person), max(low, stage.horizon + 0.05 * stage.span), high))
        return min(max(foot, height + stage.height * 0.05), stage.height * 0.97)

    def _spot(
        self, index: int, subject: Subject, record: Record, sprite: Sprite, height: float
    ) -> tuple[float, float, bool, float]:
        """x, y, whether it floats, and its place in the order of painting."""
        stage = self.stage
        drift = float(np.random.default_rng(seed_of("drift", self.seed, index)).uniform(-0.03, 0.03))
        x = self._column(index, subject, record, drift)
        y = self._foot(height, subject, record)
        anchor = self.first_of.get(subject.relative_to) or (
            self.placed[0] if self.placed and subject.relative_to else None
        )
        if self.busts and subject.relation not in ("upon", "inside"):
            x, anchor = portraits.column_beside(stage, self.heads, self.beside), None
            self.beside += 1
        hovers = subject.kind in _HOVERS
        aloft = record.anchor == "air" or subject.relation == "in_air" or subject.pose == "flying"
        aloft = aloft and not hovers
        if stage.surface == "swim" or subject.relation == "in_water" and record.anchor == "swim":
            below = record.anchor == "ground" and not record.is_person
            return (
                x,
                (stage.height * 0.90 if below else stage.height * (0.50 + 0.10 * (index % 2)) + height * 0.5),
                not below,
                y,
            )
        if anchor is not None and subject.relation in ("above", "under", "behind", "beside", "inside", "upon"):
            return self._relative(subject, record, sprite, height, anchor, aloft)
        if subject.relation == "above" and stage.landmark is not None:
            lx, head, _ = stage.landmark
            y = max(head + height * 0.55, height + stage.height * 0.05)
            return lx + stage.hero_side * stage.width * 0.28, y, True, y
        if stage.surface == "air" or aloft or subject.relation == "above":
            return (
                x,
                stage.horizon * (0.46 if index or stage.brief.framing in _FAR else 0.75)
                + height * (0.0 if is_earth(subject) else 0.5),
                True,
                stage.horizon - stage.span if index or subject.kind in _HEAVENLY else y,
            )
        if _is_wet(subject, record) and stage.water_foot is not None and stage.surface != "water":
            return x, y, False, y - stage.span * 0.1
        if record.is_building and index:
            y = max(
                stage.horizon + stage.span * 0.06,
                min(y, stage.foot_of(height / record.height_in_people) + stage.span * 0.02),
            )
        return x, y - (stage.span * 0.03 if hovers else 0), hovers, y

    def _column(self, index: int, subject: Subject, record: Record, drift: float) -> float:
        stage = self.stage
        close = stage.brief.framing not in ("wide", "extreme_wide")
        hero = stage.side_x((0.46 if close else 0.36) + drift)
        if len(stage.brief.subjects) > 1 and close and not record.is_building:
            hero = stage.side_x(0.32)
        if index == 0:
            alone = len(stage.brief.subjects) == 1
            return stage.side_x(0.62 + drift) if record.is_building and not alone else hero
        hero_of_all = self.placed[0]
        if hero_of_all.subject.relation == "under" and hero_of_all.subject.relative_to == subject.kind:
            return hero_of_all.x
        if record.is_building:
            return stage.side_x(0.78)
        return stage.side_x((0.64, 0.86, 0.14, 0.50)[(index - 1) % 4] + drift)

    def _relative(
        self, subject: Subject, record: Record, sprite: Sprite, height: float, anchor: Placed, aloft: bool
    ) -> tuple[float, float, bool, float]:
        stage = self.stage
        (tall, wide), mine = anchor.sprite.rgba.shape[:2], sprite.rgba.shape[1]
        top = anchor.y - anchor.sprite.foot_y
        side = 1 if anchor.x < stage.width / 2 else -1
        if subject.relation == "above":
            y = max(top - stage.span * 0.03, height + stage.height * 0.03)
            return anchor.x + side * wide * 0.12, y, True, anchor.order + 1
        if subject.relation == "under":
            return anchor.x, min(anchor.y + stage.span * 0.02, stage.height * 0.96), aloft, anchor.order + 1
        if subject.relation == "behind":
            y = anchor.y - stage.span * 0.03
            return anchor.x + side * (wide * 0.45 + mine * 0.1), y, aloft, anchor.order - 1
        if subject.relation == "upon" and tops.holds(anchor.subject.kind):
            return *tops.spot(anchor, self.placed, mine, subject.count, stage.brief.subjects), True, anchor.order + 0.5
        if subject.relation == "inside":
            return anchor.x, anchor.y - tall * 0.04, False, anchor.order + 1
        x = anchor.x + side * (wide + mine) * 0.56
        if not mine * 0.4 < x < stage.width - mine * 0.4:
            x = anchor.x - side * (wide + mine) * 0.56
        y = anchor.y + (stage.span * 0.012 if not aloft else -tall * 0.3)
        return x, y, aloft, anchor.order + 0.5

    def _group(
        self,
        index: int,
        subject: Subject,
        record: Record,
        sprite: Sprite,
        spot: tuple[float, float],
        person: float,
        floats: bool,
        order: float,
        copies: int,
        height: float,
    ) -> None:
        """Set ``copies`` of the subject side by side in a loose row around ``spot``."""
        stage = self.stage
        x, y = spot
        wide = sprite.rgba.shape[1]
        step = min(wide * 1.12, stage.width * 0.84 / max(1, copies))
        rng = np.random.default_rng(seed_of("group", self.seed, index))
        start = float(
            np.clip(
                x - step * (copies - 1) / 2,
                wide * 0.5,
                max(wide * 0.5, stage.width - wide * 0.5 - step * (copies - 1)),
            )
        )
        for copy in range(copies):
            one, px, py = sprite, x, y
            if copies > 1:
                back = float(rng.uniform(0, 1)) if copy else 0.0
                size = height * (1 - 0.12 * back)
                one = self._sprite(subject, record, size, index, copy) if copy else sprite
                px = start + step * copy + float(rng.uniform(-0.08, 0.08)) * step
                py = (
                    y
                    - (back * 0.10 * person * stage.eye_height if subject.relation != "upon" else 0)
                    + (float(rng.uniform(-0.25, 0.25)) * height if floats and subject.relation != "upon" else 0)
                )
            one = self._facing(one, index, px)
            placed = Placed(
                subject,
                record,
                one,
                px,
                py,
                person,
                floats,
                False,
                self._is_afloat(subject, record, floats),
                order + (py - y) * 0.01 + copy * 0.001,
            )
            self.placed.append(placed)
            self.first_of.setdefault(subject.kind, placed)

    def _facing(self, sprite: Sprite, index: int, x: float) -> Sprite:
        """Heroes look into the empty side or out of their window, partners at the hero."""
        target = self.placed[0].x if index and self.placed else self.stage.width / 2
        target, self.looked_at = self.looked_at or target, 0.0
        wanted = "right" if x < target else "left"
        return sprite if sprite.faces == wanted else sprite.mirrored()

    def _bust(self, subject: Subject, record: Record) -> None:
        """Head and shoulders at the lower edge; of several, each at its own place, facing the first."""
        stage, which = self.stage, self.busts
        height = portraits.height_px(stage, which, self.heads, is_child=subject.age == "child")
        seed = seed_of("sprite", subject.noun) + sum(one.subject is subject for one in self.placed)  # as in whole
        sprite = subjects.draw_bust(subject, height_px=height, mood=stage.brief.mood, light=self.light, seed=seed)
        x = portraits.column(stage, which, self.heads, has_company=self.has_company)
        foot = stage.height + 2.0
        sprite = self._facing(sprite, which, x)
        placed = Placed(subject, record, sprite, x, foot, height, True, True, False, 1000.0 - which)
        self.busts += 1
        self.people_px = height * 0.8
        self.placed.append(placed)
        self.first_of.setdefault(subject.kind, placed)
