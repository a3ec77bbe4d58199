"""What people do and feel, looked at as pixels: every doing its own silhouette, every feeling its own face."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw

from studio.engines.storyboard.people.busts import bust
from studio.engines.storyboard.people.heads import mood_of
from studio.engines.storyboard.people.poses import POSES, pose_of
from studio.engines.storyboard.people.props import names as held_things
from studio.engines.storyboard.people.set_pieces import names as set_pieces
from studio.engines.storyboard.people.wardrobe import look_of
from studio.engines.storyboard.picture import subjects
from studio.engines.storyboard.picture.compose import cast_of
from studio.engines.storyboard.picture.painter import _painted_place, paint
from studio.engines.storyboard.reading import deeds
from studio.engines.storyboard.reading.sentences import read_prompt
from studio.engines.storyboard.sheet.brief import Brief, Subject
from studio.engines.storyboard.sheet.sprites import Light, Sprite
from studio.engines.storyboard.things.records import table
from studio.engines.storyboard.words.vocabulary import vocabulary

_LIGHT = Light(-0.6, (1.0, 0.95, 0.86), (0.8, 0.84, 0.95))
_DOINGS = (
    "standing walking running jumping sitting sitting_floor kneeling laughing crying reading pointing waving "
    "arms_raised carrying lifting dancing in_bed looking_up on_ladder swimming rowing cooking painting fishing "
    "digging riding cycling opening_door opening_window writing piano sweeping pushing throwing hammering"
).split()
_FEELINGS = ("joy", "sad", "fear", "anger", "surprise", "calm", "tired", "laughing", "crying")


def _drawn(pose: str, kind: str = "woman", *props: str) -> Sprite:
    subject = Subject(kind, kind, pose=pose, props=props)
    return subjects.draw(subject, height_px=120, light=_LIGHT, seed=1)


def _bust(kind: str, mood: str = "neutral", **more: object) -> npt.NDArray[np.int16]:
    subject = Subject(kind, kind, **more)  # type: ignore[arg-type]
    sprite = subjects.draw_bust(subject, height_px=240, mood=mood, light=_LIGHT, seed=1)
    return sprite.rgba.astype(np.int16)


def _silhouette(sprite: Sprite) -> npt.NDArray[np.bool_]:
    """The cut-out as a black shape of fixed size, standing on the same point."""
    canvas = np.zeros((360, 480), bool)
    alpha = sprite.rgba[..., 3] > 128
    top, left = 300 - round(sprite.foot_y), 240 - round(sprite.foot_x)
    canvas[top : top + alpha.shape[0], left : left + alpha.shape[1]] = alpha
    return canvas


def _hero(prompt: str) -> Subject:
    return read_prompt(prompt, style="").subjects[0]


def test_every_doing_is_told_from_every_other_by_its_silhouette_alone() -> None:
    shapes = {pose: _silhouette(_drawn(pose, "man")) for pose in _DOINGS}
    likeness = {
        (a, b): float((shapes[a] & shapes[b]).sum() / (shapes[a] | shapes[b]).sum())
        for i, a in enumerate(_DOINGS)
        for b in _DOINGS[i + 1 :]
    }
    assert max(likeness.values()) < 0.86, max(likeness, key=lambda pair: likeness[pair])


@pytest.mark.parametrize("pose", ["piano", "writing", "rowing", "cycling", "painting", "digging", "cooking", "in_bed"])
def test_the_hands_are_at_what_they_work_with(pose: str) -> None:
    """Figure and set piece are one connected shape, but for steam and clods."""
    mask = Image.fromarray(np.where(_silhouette(_drawn(pose)), 255, 0).astype(np.uint8)).copy()
    whole = np.asarray(mask) > 0
    rows, columns = np.nonzero(whole)
    middle = len(rows) // 2
    ImageDraw.floodfill(mask, (int(columns[middle]), int(rows[middle])), 100)
    assert (np.asarray(mask) == 100).sum() > 0.9 * whole.sum()


def test_every_word_for_a_doing_has_a_pose_and_every_pose_its_set_piece() -> None:
    assert set(vocabulary("pose").values()) - deeds.unrefined() - {"driving"} <= set(POSES)
    assert {pose.piece for pose in POSES.values()} - {""} == set(set_pieces())


@pytest.mark.parametrize(
    ("doing", "pose"),
    [
        ("opens the window", "opening_window"),
        ("opens the door of the house", "opening_door"),
        ("opens a letter", "reading"),
        ("knocks at the door", "knocking"),
        ("sits on the floor", "sitting_floor"),
        ("sits on a bench and cries", "sitting+crying"),
        ("reads a book on the carpet", "sitting_floor+reading"),
        ("plays the piano", "piano"),
        ("plays an old violin", "playing"),
        ("writes a letter at the desk", "writing"),
        ("looks up at the stars", "looking_up"),
        ("looks out of the window", "at_window"),
        ("climbs a ladder", "on_ladder"),
        ("climbs the stairs", "walking"),
        ("rides a bicycle", "cycling"),
        ("rides a horse", "riding"),
        ("sleeps in her bed", "in_bed"),
        ("rows across the water", "rowing"),
        ("in the fog rows two girls over the river", "rowing"),
        ("with a lamp knocks at the door", "knocking"),
        ("knocks at the window", "at_window"),
        ("knocks over a vase", "pushing"),
        ("cooks soup", "cooking"),
        ("digs a hole", "digging"),
        ("lifts a heavy box", "lifting"),
        ("lifts the lantern", "holding_up"),
        ("points at the moon", "pointing_up"),
        ("laughs", "laughing"),
        ("steers the ship", "at_the_helm"),
        ("pours tea into a cup", "pouring_tea"),
        ("waters the beds with a hose", "hosing"),
        ("hammers a glowing sword", "forging"),
        ("hammers nails into a plank", "nailing"),
        ("paints the wall", "painting_wall"),
        ("paints a portrait by the wall", "painting"),
        ("chops wood", "chopping_wood"),
        ("chops onions", "cutting_food"),
        ("hangs the laundry", "hanging_washing"),
        ("washes the dishes", "washing_up"),
        ("repairs her bicycle", "mending_bicycle"),
        ("repairs a clock", "mending_clock"),
        ("mends a fishing net", "mending_nets"),
        ("plays the cello", "cello"),
        ("looks through a microscope", "microscope"),
        ("brushes her hair", "brushing_hair"),
        ("brushes her dog", "petting"),
        ("feeds the pigeons", "feeding_birds"),
        ("carries a lantern", "walking"),
        ("carries her baby", "cradling"),
        ("rides a wave", "surfing"),
        ("writes on the blackboard", "writing_on_board"),
    ],
)
def test_the_object_of_a_doing_makes_its_pose(doing: str, pose: str) -> None:
    assert _hero(f"Wide shot: a woman {doing}").pose == pose


def test_every_line_of_the_table_of_doings_names_what_there_is() -> None:
    rules = [rule for rules in deeds.rules().values() for rule in rules]
    assert {pose for rule in rules for pose in rule.to.split("+")} - {""} <= set(POSES) | {"driving"}
    assert {rule.holds for rule in rules} - {""} <= held_things() | {"carried:child"}
    assert {kind for rule in rules for kind in rule.takes} <= set(table())


def test_a_trade_does_its_own_work() -> None:
    assert _hero("A welder works at night").pose == "welding"
    assert _hero("A saxophonist plays in the street").pose == "saxophone"


def test_what_is_painted_has_the_colour_that_is_said() -> None:
    def blue(subject: Subject) -> int:
        rgba = subjects.draw(subject, height_px=160, light=_LIGHT, seed=1).rgba.astype(int)
        return int(((rgba[..., 2] > rgba[..., 0] + 60) & (rgba[..., 3] > 200)).sum())

    assert blue(_hero("A man paints a wall blue")) > 5 * blue(_hero("A man paints a wall white")) + 500


def test_who_is_busy_with_the_hands_is_seen_nearer_unless_a_size_is_said() -> None:
    sizes = ("A man sews", "Wide shot: a man sews", "A man walks on a road", "A man sews before a castle gate")
    assert [read_prompt(prompt, style="").framing for prompt in sizes] == ["full", "wide", "wide", "full"]


@pytest.mark.parametrize(
    ("prompt", "beside"),
    [
        ("A barber cuts a man's hair", "client:man"),
        ("A mother combs her daughter's hair", "client:girl"),
        ("A boy milks a cow", "tended:cow"),
        ("A ferryman rows two girls over the river", "mate:girl"),
        ("Two old women sit on a bench", "mate:old_woman"),
        ("A young couple rows across a lake", "mate:woman"),
    ],
)
def test_two_who_do_something_with_each_other_are_one_drawing(prompt: str, beside: str) -> None:
    (one,) = read_prompt(prompt, style="").subjects
    assert beside in one.props
    alone = _silhouette(subjects.draw(replace(one, props=()), height_px=120, light=_LIGHT, seed=1)).sum()
    assert _silhouette(subjects.draw(one, height_px=120, light=_LIGHT, seed=1)).sum() > 1.08 * alone


def test_an_animal_is_told_from_its_silhouette_whatever_it_does() -> None:
    poses = ("", "sitting", "sleeping", "jumping", "howling", "eating", "swimming")
    shapes = [
        _silhouette(subjects.draw(Subject("wolf", "wolf", pose=pose), height_px=70, light=_LIGHT, seed=1))
        for pose in poses
    ]
    likeness = [float((a & b).sum() / (a | b).sum()) for i, a in enumerate(shapes) for b in shapes[i + 1 :]]
    assert max(likeness) < 0.86


@pytest.mark.parametrize(
    ("prompt", "kind", "pose"),
    [
        ("A cat sleeps on a pile of books", "cat", "sleeping"),
        ("A wolf howls at the moon", "wolf", "howling"),
        ("A horse grazes in the meadow", "horse", "eating"),
        ("A dog swims across the river", "dog", "swimming"),
        ("An owl flies over the forest", "owl", "flying"),
    ],
)
def test_what_an_animal_does_is_drawn_and_so_not_named(prompt: str, kind: str, pose: str) -> None:
    brief = read_prompt(prompt, style="")
    assert (brief.subjects[0].kind, brief.subjects[0].pose, brief.undrawn) == (kind, pose, ())


def test_the_members_of_a_group_differ_and_each_is_the_same_in_every_shot() -> None:
    trio = Subject("fisherman", "fisherman", count=3)
    members = [subjects.draw(trio, height_px=160, light=_LIGHT, seed=seed).rgba for seed in (4, 5, 6, 4)]
    assert len({member.shape[0] for member in members[:3]}) == 3
    assert np.array_equal(members[0], members[3])


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ('The captain stands at the wheel of the ship "the Albatross"', ["captain"]),
        ("The ship Swallow sails through a storm", ["schooner"]),
        ("A sailor sings aboard the Black Swan", ["sailor", "schooner"]),
        ("A seagull flies over a ship", ["seagull", "schooner"]),
    ],
)
def test_the_name_of_a_ship_is_no_subject(prompt: str, kinds: list[str]) -> None:
    named = [one.kind for one in read_prompt(prompt, style="").subjects]
    assert [kind for kind in named if kind in {"seagull", "swan", "captain", "sailor", "schooner"}] == kinds


def test_what_the_pose_draws_is_not_drawn_a_second_time() -> None:
    for doing in ("plays the piano", "rows a boat", "climbs a ladder", "sleeps in bed", "writes at a table"):
        assert len(read_prompt(f"Wide shot: a woman {doing}", style="").subjects) == 1, doing


def test_two_in_a_boat_are_drawn_in_one_boat() -> None:
    (crew,) = read_prompt("Wide shot: an old man and a boy fish from a rowing boat", style="").subjects
    assert (crew.pose, crew.relation) == ("boating+fishing", "on_water")
    alone = _drawn("boating", "old_man")
    both = _drawn("boating", "old_man", "mate:boy")
    assert _silhouette(both).sum() > 1.08 * _silhouette(alone).sum()


def test_who_is_described_by_a_doing_does_it() -> None:
    brief = read_prompt("Full shot: a queen points at a kneeling knight in the throne room", style="")
    assert {one.kind: one.pose for one in brief.subjects}["knight"] == "kneeling"


def test_a_swimmer_is_seen_at_the_water_line_only() -> None:
    water = paint(
        Brief("w", "lake", "w", subjects=(Subject("woman", "woman", pose="swimming", relation="in_water"),)),
        size=(320, 180),
        seed=1,
    )
    land = paint(Brief("w", "lake", "w", subjects=(Subject("woman", "woman"),)), size=(320, 180), seed=1)

    def rows(painting: object) -> int:
        alpha = np.asarray(painting.layers[1].image)[..., 3] > 200  # type: ignore[attr-defined]
        return int(alpha.any(1).sum())

    assert rows(water) < 0.6 * rows(land)


@pytest.mark.parametrize(
    ("prompt", "undrawn"),
    [
        ("A man yodels in the market", ("yodels",)),
        ("A man is whittling by the river", ("whittling",)),
        ("A woman polishes the glass", ()),
        ("A monk knocks at the gate", ()),
        ("A boy throws a snowball", ()),
        ("A pale girl with a pale face", ()),
        ("A girl in pale light beside a hollow tree", ()),
        ("A man walks and a woman smiles", ()),
    ],
)
def test_doings_that_are_not_drawn_are_named_and_qualities_are_not(prompt: str, undrawn: tuple[str, ...]) -> None:
    assert read_prompt(prompt, style="").undrawn == undrawn


def test_every_feeling_has_a_face_of_its_own() -> None:
    faces = {mood: _bust("man", mood)[60:140] for mood in _FEELINGS}
    pairs = [(a, b) for i, a in enumerate(_FEELINGS) for b in _FEELINGS[i + 1 :]]
    changed = {(a, b): float((np.abs(faces[a] - faces[b]).max(-1) > 40).mean()) for a, b in pairs}
    assert min(changed.values()) > 0.004, min(changed, key=lambda pair: changed[pair])


def test_who_laughs_shows_teeth_and_who_cries_has_tears() -> None:
    def share(picture: npt.NDArray[np.int16], is_it: npt.NDArray[np.bool_]) -> float:
        return float((is_it & (picture[..., 3] > 200))[40:160].mean())

    laughing, calm, crying = (_bust("woman", mood) for mood in ("laughing", "calm", "crying"))
    dark_red = [(p[..., 0] > p[..., 1] + 30) & (p[..., 0] < 120) for p in (laughing, calm)]
    assert share(laughing, dark_red[0]) > share(calm, dark_red[1]) + 0.001
    blue = [(p[..., 2] > p[..., 0] + 40) & (p[..., 2] > 170) for p in (crying, calm)]
    assert share(crying, blue[0]) > share(calm, blue[1]) + 0.0005


def _eyes(kind: str) -> tuple[float, float]:
    """Row (share of the height from the lower edge) and area of the whites of the eyes."""
    picture = _bust(kind, "fear")
    white = (picture[..., :3].min(-1) > 225) & (picture[..., 3] > 200)
    rows = np.flatnonzero(white.any(1))
    return 1 - float(np.average(rows, weights=white.sum(1)[rows])) / picture.shape[0], float(white.mean())


def test_a_child_has_large_eyes_low_in_the_face() -> None:
    child, woman = _eyes("girl"), _eyes("woman")
    assert child[0] < woman[0] - 0.01
    assert child[1] > 1.4 * woman[1]


def test_an_old_face_is_lined_and_its_hair_is_white() -> None:
    def lines(kind: str) -> float:
        grey = _bust(kind, "calm")[70:150, :, :3].mean(-1)
        return float((np.abs(np.diff(grey, axis=0)) > 12).mean())

    assert lines("old_woman") > 1.3 * lines("woman")
    crown = {kind: _bust(kind)[12:26, :, :] for kind in ("old_woman", "woman")}
    light = {kind: float(part[part[..., 3] > 200][:, :3].mean()) for kind, part in crown.items()}
    assert light["old_woman"] > light["woman"] + 60


def test_a_child_seen_close_has_narrow_shoulders() -> None:
    def share(kind: str) -> float:
        alpha = _bust(kind)[..., 3] > 200
        return float(alpha[-4].sum()) / float(alpha[80:130].sum(1).max())

    assert share("boy") < 0.85 * share("man")


def test_what_is_held_is_seen_in_a_close_up() -> None:
    with_letter, without = _bust("woman", props=("letter",)), _bust("woman")
    assert (with_letter[..., :3].min(-1) > 215).sum() > (without[..., :3].min(-1) > 215).sum() + 200


def test_the_mood_of_a_picture_is_on_the_faces_of_a_medium_shot() -> None:
    glad, sad = (
        subjects.draw(Subject("man", "man"), height_px=300, light=_LIGHT, seed=1, mood=mood) for mood in ("joy", "sad")
    )
    assert np.abs(glad.rgba.astype(int) - sad.rgba.astype(int))[:80].max() > 60


def test_two_doings_make_one_pose() -> None:
    both = pose_of("sitting+reading")
    assert both.thighs == POSES["sitting"].thighs
    assert both.arms == POSES["reading"].arms


def test_a_style_that_is_none_is_known_as_such() -> None:
    assert not read_prompt("a man", style="cubist").is_style_known
    assert read_prompt("a man", style="watercolour").is_style_known
    assert read_prompt("a man", style="").is_style_known


@pytest.mark.parametrize("seed", [1, 2])
def test_who_opens_a_window_in_a_room_stands_at_that_of_the_room(seed: int) -> None:
    stage = _painted_place(read_prompt("a girl opens the window in her small room", style=""), (320, 180), seed)
    hero = cast_of(stage, seed).placed[0]
    x0, _, x1, _ = stage.windows[0]
    assert (hero.subject.pose, pose_of(hero.subject.pose).piece) == ("opening_own_window", "")
    assert min(abs(hero.x - x0), abs(hero.x - x1)) < 0.2 * hero.person_px
    assert hero.sprite.faces == ("right" if hero.x < (x0 + x1) / 2 else "left")


def _worn(kind: str, slot: str, colour: str = "#777c86") -> npt.NDArray[np.bool_]:
    """Where the portrait of ``kind`` changes by what is put on."""
    look = look_of(Subject(kind, kind))
    more = replace(look, garments={**look.garments, slot: (slot, colour)})
    one, other = (bust(worn, mood_of("neutral"), height_px=240, light=_LIGHT).rgba for worn in (look, more))
    return np.abs(one.astype(np.int16) - other).sum(2) > 30


@pytest.mark.parametrize("kind", ["girl", "woman", "old_man"])
def test_glasses_are_before_the_eyes(kind: str) -> None:
    eyes = np.abs(_bust(kind) - _bust(kind, "sleep")).sum(2) > 60
    rims = _worn(kind, "glasses", "#2f8f68")
    assert abs(np.median(np.argwhere(rims)[:, 0]) - np.median(np.argwhere(eyes)[:, 0])) < 0.05 * len(rims)


def test_glasses_and_freckles_are_understood() -> None:
    clothes = dict(_hero_clothes("Close-up of a girl with freckles and green glasses"))
    assert (clothes["glasses"], "freckles" in clothes) == ("green", True)
    assert 0.0005 < _worn("boy", "freckles").mean() < 0.01


def _hero_clothes(prompt: str) -> tuple[tuple[str, str], ...]:
    return read_prompt(prompt, style="").subjects[0].clothes
