"""A scene video as it is now: its storyboard by scenes, and what an old directory holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from json import dumps
from typing import Any

from studio.looking import ShotStatus, Take
from studio.runs.folders import Listing, Root
from studio.service.scene_cards import Cards, SceneCard
from studio.ui.views import scene_cards as cards_view
from studio.ui.views.shots import card
from studio.ui.views.words import act_button, chip, empty, esc, icon

_STATUS = {
    "done": ("done", "good", "done"),
    "torn": ("damaged", "bad", "problem"),
    "stale": ("to make again", "warn", "stale"),
    "missing": ("missing", "warn", "todo"),
}
_NOTES_SHOWN = 12
_PICTURE = "Or a picture of your own for the beginning."
_PICTURE_LATER = "Begin with a picture of your own; the next run makes what follows from it."


def own_files(*, is_begun: bool) -> str:
    """A picture that the film begins with, and environments of one's own; held by the browser until the video is begun."""
    picture = (
        '<label class="btn"><span>Choose a picture…</span><input type="file" class="unseen" id="scene-picture-file" '
        'accept="image/*" aria-describedby="scene-picture-name"></label>'
        f'<span class="hint" id="scene-picture-name">{_PICTURE_LATER if is_begun else _PICTURE}</span>'
    )
    places = (
        '<label class="btn"><span>Choose environments…</span><input type="file" class="unseen" '
        'id="scene-environments-file" accept=".json,application/json" aria-describedby="scene-environments-name"></label>'
        '<span class="hint" id="scene-environments-name">Your own list of places, as a JSON file.</span>'
    )
    return f'<div class="own-files">{picture}{"" if is_begun else places}</div>'


def folders(roots: Sequence[Root], shown: Listing | None) -> str:
    """The folders of the server that may be looked into; ``shown`` is the one that is open."""
    if shown is None:
        rows = "".join(
            f"<li>{act_button(one.path, 'look', _told(one.number, ()), kind='ghost', icon='folder')}</li>"
            for one in roots
        )
        none = "" if rows else '<li class="hint">None of the folders that may be looked into is there.</li>'
        hint = '<p class="hint">Which folders these are is said when the studio is started: Settings shows how.</p>'
        return f'<div class="card folders"><ul>{rows}{none}</ul>{hint}{_close()}</div>'
    parts = shown.parts
    top = next((one.path for one in roots if one.number == shown.root), "")
    way = [act_button(top, "look", _told(shown.root, ()), kind="small ghost")] + [
        act_button(name, "look", _told(shown.root, parts[: at + 1]), kind="small ghost")
        for at, name in enumerate(parts)
    ]
    up = (
        act_button("Up", "look", _told(shown.root, parts[:-1]), icon="up")
        if parts
        else act_button("Up", "roots", icon="up")
    )
    rows = "".join(_folder(shown, one.name, is_video=one.is_scene_video) for one in shown.folders)
    more = f'<li class="hint">and {shown.left_out} more</li>' if shown.left_out else ""
    none = "" if rows else '<li class="hint">There is no folder in it.</li>'
    use = act_button(
        "Explain this folder", "explain", _told(shown.root, parts), kind="primary" if shown.is_scene_video else "",
        disabled=not parts,
    )  # fmt: skip
    return (
        f'<div class="card folders"><nav aria-label="Folder">{" / ".join(way)}</nav><ul>{rows}{none}{more}</ul>'
        f'<div class="folders-go">{use}{up}{_close()}</div></div>'
    )


def _folder(shown: Listing, name: str, *, is_video: bool) -> str:
    told = _told(shown.root, (*shown.parts, name))
    mark = chip("scene video", "good", "film") if is_video else ""
    return f"<li>{act_button(name, 'look', told, kind='ghost', icon='folder')}{mark}</li>"


def _told(root: int, parts: Sequence[str]) -> dict[str, object]:
    return {"root": root, "parts": dumps(list(parts))}


def _close() -> str:
    return act_button("Close", "close-folders", kind="ghost")


def drop_zone(folders: str = "") -> str:
    """Where the ZIP of an old directory is dropped; it is sent at once, explained, and nothing else happens to it.

    ``folders``: those of the server, while one is looked for there.
    """
    choose = act_button("Or choose its folder on this computer…", "roots", icon="folder")
    return (
        '<h2 class="panel-head">Continue an older video</h2>'
        '<div class="drop" data-drop data-to="/api/old-videos" tabindex="0" role="button" '
        'aria-label="Explain the folder of an older scene video: choose its ZIP file or drop it here">'
        "<p><b>Drop its folder as a ZIP here</b> or choose a file</p>"
        '<p class="hint">The folder is called <code>video_…</code>. What is in it is told first; what is finished is never '
        "made again.</p>"
        '<progress max="100" value="0" aria-label="Upload" hidden></progress><p class="drop-said" aria-live="polite"></p>'
        '<input type="file" accept=".zip,application/zip" hidden aria-label="ZIP of an older video"></div>'
        f"{folders or choose}"
    )


@dataclass(frozen=True, slots=True)
class Board:
    """What the storyboard by scenes shows. ``versions``: of each file that is there, its state as text.

    ``due``: by clip, which of its files the next run replaces and how; ``problems`` what went wrong with which clip.
    """

    project: str
    shots: Sequence[ShotStatus]
    cards: Cards
    takes: Mapping[int, Sequence[Take]]
    versions: Mapping[str, str]
    problems: Mapping[int, str]
    changed: Collection[int]
    due: Mapping[int, Mapping[str, str]]
    is_film_due: bool
    is_locked: bool


def no_board(*, is_begun: bool) -> str:
    """What goes here."""
    text = (
        "Write scenes shows them here, to be changed before anything is drawn. Make video makes all of it."
        if is_begun
        else "Paste a script on the left and press Make video, or continue an older video."
    )
    return empty("No scenes yet", text, icon_name="picture")


def board(shown: Board) -> str:
    """Every scene as a card with its clips, in the order of the film."""
    if not (shown.shots or shown.cards.scenes):
        return no_board(is_begun=True)
    of_scene: dict[int, list[tuple[int, ShotStatus]]] = {card.id: [] for card in shown.cards.scenes}
    for place, status in enumerate(shown.shots, start=1):
        of_scene.setdefault(status.shot.scene, []).append((place, status))
    known = {card.id: card for card in shown.cards.scenes}
    return "".join(_scene(shown, number, clips, known.get(number)) for number, clips in of_scene.items())


def _scene(shown: Board, number: int, clips: Sequence[tuple[int, ShotStatus]], scene: SceneCard | None) -> str:
    words = cards_view.clips_of([status for _, status in clips], scene)
    cards = "".join(
        card(shown.project, status, shown.versions, place, is_chosen=False,
             problem=shown.problems.get(status.shot.index, ""), is_changed=status.shot.index in shown.changed,
             is_working=shown.is_locked)
        for place, status in clips
    )  # fmt: skip
    last = len(shown.cards.scenes)
    if scene:
        top = cards_view.head(scene, words, last=last, is_locked=shown.is_locked)
        top += cards_view.fields(scene, shown.cards, is_locked=shown.is_locked)
    else:
        top = cards_view.scene_head(number, words)
    takes = cards_view.clip_takes(
        shown.project, clips, shown.takes, shown.versions, shown.due, is_film_due=shown.is_film_due,
        is_locked=shown.is_locked,
    )  # fmt: skip
    return (
        f'<section class="scene card" aria-label="Scene {scene.number if scene else number}">{top}'
        f'<ol class="board">{cards}</ol>{takes}</section>'
    )


def explanation(found: Mapping[str, Any], key: str) -> str:
    """What the old directory holds, what remains, and the question whether to go on."""
    rows = "".join(_row(row) for row in found["rows"])
    documents = "".join(_document(one) for one in found["documents"])
    notes = [f"{one['name']}: {one['reason']}" for one in (*found["torn_files"], *found["notes"])]
    can_go_on = bool(found["scenes"])
    go = act_button("Continue", "continue", {"key": key}, kind="primary", disabled=not can_go_on)
    take = act_button("Take in only", "take-in", {"key": key}, disabled=not can_go_on)
    drop = act_button(
        "Remove…", "let-go", {"key": key}, kind="ghost", heading=f"Remove {found['directory']} from this page?",
        ask="What was unpacked here goes; your own folder and its ZIP stay as they are.", verb="Remove",
    )  # fmt: skip
    why = "" if can_go_on else '<p class="hint">It holds no scenes: start from its script instead.</p>'
    return (
        f'<section class="card found" aria-label="What the old folder holds"><h2 class="panel-head">'
        f"{esc(found['directory'])}</h2>"
        f"<p><b>Remains:</b> {esc(found['remains']['words'])} <span class='hint'>(with narration and sounds)</span></p>"
        f'<div class="found-scroll"><table class="list found-rows"><thead><tr><th>What</th><th>State</th><th>File</th>'
        f"<th>Note</th></tr></thead><tbody>{rows}</tbody></table></div>"
        f"<details open><summary>Its documents ({len(found['documents'])})</summary>"
        f'<p class="hint">{esc(found["why"])}</p><table class="list found-documents"><thead><tr><th>File</th><th>Kind</th>'
        f'<th class="number">Entries</th><th class="number">Bytes</th></tr></thead><tbody>{documents}</tbody></table></details>'
        f"{_notes(notes)}{why}{_in_place(found, key)}"
        f'<div class="found-go">{go}{take}{drop}<span class="hint">Continue makes what is missing, with the settings on '
        "the left. The old files stay as they are.</span></div></section>"
    )


def _in_place(found: Mapping[str, Any], key: str) -> str:
    if not found["can_be_in_place"]:
        return ""
    checked, value = (" checked", "no") if found["is_in_place"] else ("", "yes")
    return (
        f'<label class="in-place"><input type="checkbox" data-act="in-place" data-key="{esc(key)}" data-value="{value}"'
        f"{checked}> When the film is made, also put what is missing into this folder, under the old names. No file that "
        "is there is touched.</label>"
    )


def _row(row: Mapping[str, Any]) -> str:
    word, tone, sign = _STATUS[str(row["status"])]
    is_scene = row["scene"] is None or (row["clip"] is None and str(row["what"]).startswith("scene "))
    return (
        f'<tr class="{esc(row["status"])}" data-what="{esc(row["what"])}"><th scope="row" class="{"" if is_scene else "part"}">'
        f"{esc(str(row['what']).capitalize())}</th><td>{chip(word, tone, sign)}</td>"
        f"<td>{esc(row['file'])}</td><td>{esc(row['note'])}</td></tr>"
    )


def _document(one: Mapping[str, Any]) -> str:
    mark = (
        chip("used", "good", "done") if one["is_chosen"] else chip("damaged", "bad", "problem") if one["fault"] else ""
    )
    return (
        f'<tr><th scope="row">{esc(one["name"])} {mark}</th><td>{esc(one["kind"])}</td>'
        f'<td class="number">{one["items"]}</td><td class="number">{one["size_bytes"]:,}</td></tr>'
    )


def _notes(notes: Sequence[str]) -> str:
    if not notes:
        return ""
    lines = "".join(f"<li>{icon('problem')} {esc(text)}</li>" for text in notes[:_NOTES_SHOWN])
    more = f'<li class="hint">and {len(notes) - _NOTES_SHOWN} more</li>' if len(notes) > _NOTES_SHOWN else ""
    return (
        f'<details><summary>Good to know ({len(notes)})</summary><ul class="found-notes">{lines}{more}</ul></details>'
    )
