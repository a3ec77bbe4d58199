"""The scenes and environments of a scene video as cards: every field saves itself when it is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.looking import ShotStatus, Take
from studio.model.camera import parse_camera
from studio.model.scenes import CAMERA_WORDS
from studio.planning.filming.scene_edits import LENGTHS_S
from studio.service.scene_cards import Cards, EnvironmentCard, SceneCard
from studio.ui.views.camera import camera_picture
from studio.ui.views.shots import takes_view
from studio.ui.views.words import act_button, esc, plural

NEW_PLACE = "new"
_MOST_WORDS = 60


def places(cards: Cards, *, is_locked: bool, can_undo: bool, can_redo: bool) -> str:
    """The environments, each with the scenes that play there, and what takes a change of any card back."""
    if not cards.scenes:
        return ""
    undo = act_button("Undo", "undo", kind="small", disabled=not can_undo, id="scene-undo")
    redo = act_button("Redo", "redo", kind="small", disabled=not can_redo, id="scene-redo")
    listed = "".join(_place(one, is_locked=is_locked) for one in cards.environments)
    add = act_button("Add environment", "add-place", icon="plus", disabled=is_locked)
    return (
        f'<div class="places-head"><h2 class="panel-head">Environments <span>{len(cards.environments)}</span></h2>'
        f"{undo}{redo}</div>"
        f'<ol class="places">{listed}</ol><div class="places-go">{add}<span class="hint">A reworded environment is another '
        "in all of its scenes.</span></div>"
    )


def _place(one: EnvironmentCard, *, is_locked: bool) -> str:
    used = f"{'Scene' if len(one.used) == 1 else 'Scenes'} {', '.join(map(str, one.used))}" if one.used else "Not used"
    told = {"place": one.number}
    drop = act_button(
        "Delete", "drop-place", told, kind="small ghost", disabled=is_locked, icon="trash", icon_only=True,
        title="Delete this environment",
    )  # fmt: skip
    off = " disabled" if is_locked else ""
    return (
        f'<li class="place"><span class="place-head"><b>{one.number}</b> <span class="hint">{used}</span>'
        f"{'' if one.used else drop}</span>"
        f'<textarea rows="2" data-cell="place" data-line="{one.number}" data-was="{esc(one.text)}" '
        f'aria-label="Environment {one.number}"{off}>{esc(one.text)}</textarea></li>'
    )


def head(card: SceneCard, clips: str, *, last: int, is_locked: bool) -> str:
    """The scene's number and length, and its place among the others."""
    told = {"scene": card.number}
    order = "".join((
        act_button("Earlier", "earlier", told, kind="small ghost", disabled=is_locked or card.number == 1),
        act_button("Later", "later", told, kind="small ghost", disabled=is_locked or card.number == last),
        act_button("Insert after", "insert", told, kind="small ghost", disabled=is_locked),
        act_button(
            "Delete…", "drop-scene", told, kind="small ghost", disabled=is_locked or last == 1,
            heading=f"Delete scene {card.number}?", ask="It leaves the film with its clips. Undo brings it back.",
            verb="Delete scene",
        ),
    ))  # fmt: skip
    return f'<div class="scene-top">{scene_head(card.number, clips)}<span class="scene-order">{order}</span></div>'


def scene_head(number: int, clips: str) -> str:
    """``Scene 2 1 clip · 5 s``."""
    return f'<h3 class="scene-head">Scene {number} <span>{clips}</span></h3>'


def fields(card: SceneCard, cards: Cards, *, is_locked: bool) -> str:
    """What the scene is, to be changed."""
    fixed = "came spoken, as a file" if cards.is_spoken else ""
    return (
        '<div class="scene-words">'
        + _text(card, "name", "Name", card.name, is_locked)
        + _choice(card, "environment", "Environment", _environments(card, cards), is_locked)
        + _choice(card, "camera", "Camera", _cameras(card), is_locked, camera_picture(parse_camera(card.camera)))
        + _choice(card, "duration", "Length", _lengths(card), is_locked)
        + _text(card, "action", "What happens", card.action, is_locked, lines=2)
        + _text(card, "narration", "Narration", card.narration, is_locked or bool(fixed), lines=2, note=fixed)
        + _text(card, "emotions", "Mood", card.emotions, is_locked)
        + _text(card, "sounds", "Sounds", card.sounds, is_locked)
        + "</div>"
    )


def clip_takes(
    project: str, shots: Sequence[tuple[int, ShotStatus]], takes: Mapping[int, Sequence[Take]],
    versions: Mapping[str, str], due: Mapping[int, Mapping[str, str]], *, is_film_due: bool, is_locked: bool,
) -> str:  # fmt: skip
    """Of each clip of a scene that has several takes: all of them, to be picked. ``shots``: with their places in the film."""
    parts = [
        f'<div class="clip-takes"><p><b>Takes of clip {place}</b></p>'
        + takes_view(
            project, takes[status.shot.index], versions, due=due.get(status.shot.index, {}),
            is_film_due=is_film_due, is_locked=is_locked,
        )
        + "</div>"
        for place, status in shots
        if status.shot.index in takes
    ]  # fmt: skip
    return "".join(parts)


def clips_of(shots: Sequence[ShotStatus], card: SceneCard | None = None) -> str:
    """``2 clips · 10 s``; of a scene without any what it is to be."""
    if not shots and card:
        return f"no clips yet · {card.duration_s} s"
    return f"{plural(len(shots), 'clip')} · {sum(status.shot.duration_s for status in shots):.0f} s"


def _text(
    card: SceneCard, cell: str, label: str, value: str, is_locked: bool, *, lines: int = 1, note: str = ""
) -> str:  # fmt: skip
    told = f'data-cell="{cell}" data-line="{card.number}" data-was="{esc(value)}" aria-label="{label} of scene {card.number}"'
    off = " disabled" if is_locked else ""
    field = (
        f'<textarea rows="{lines}" {told}{off}>{esc(value)}</textarea>'
        if lines > 1
        else f'<input type="text" value="{esc(value)}" {told}{off}>'
    )
    hint = f' <span class="hint">{note}</span>' if note else ""
    return f'<label class="of-{cell}"><span>{label}{hint}</span>{field}</label>'


def _choice(
    card: SceneCard, field: str, label: str, options: Sequence[tuple[str, str, bool]], is_locked: bool, more: str = ""
) -> str:  # fmt: skip
    was = next((value for value, _, is_chosen in options if is_chosen), "")
    listed = "".join(
        f'<option value="{esc(value)}"{" selected" if is_chosen else ""}>{esc(words)}</option>'
        for value, words, is_chosen in options
    )
    off = " disabled" if is_locked else ""
    return (
        f'<label class="of-{field}"><span>{label}</span><span class="with-picture"><select data-set="{field}" '
        f'data-line="{card.number}" data-was="{esc(was)}" aria-label="{label} of scene {card.number}"{off}>{listed}</select>'
        f"{more}</span></label>"
    )


def _environments(card: SceneCard, cards: Cards) -> list[tuple[str, str, bool]]:
    found = [] if card.environment else [("0", "None yet", True)]
    for one in cards.environments:
        words = one.text if len(one.text) <= _MOST_WORDS else f"{one.text[: _MOST_WORDS - 1]}…"
        found.append((str(one.number), f"{one.number}  {words}", one.number == card.environment))
    return [*found, (NEW_PLACE, "A new one, beginning as this one", False)]


def _cameras(card: SceneCard) -> list[tuple[str, str, bool]]:
    known = [(word, word, word == card.camera) for word in CAMERA_WORDS]
    return known if card.camera in CAMERA_WORDS else [(card.camera, card.camera or "As it comes", True), *known]


def _lengths(card: SceneCard) -> list[tuple[str, str, bool]]:
    lengths = sorted({*LENGTHS_S, card.duration_s})
    return [(str(length_s), f"{length_s} s", length_s == card.duration_s) for length_s in lengths]
