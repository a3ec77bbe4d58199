"""A scene video as it is now: its storyboard by scenes, and what an old directory holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

from studio.looking import ShotStatus
from studio.ui.views.shots import card
from studio.ui.views.words import act_button, chip, empty, esc, icon, plural

_STATUS = {
    "done": ("good", "done"),
    "torn": ("bad", "problem"),
    "stale": ("warn", "stale"),
    "missing": ("warn", "todo"),
}
_NOTES_SHOWN = 12


def drop_zone() -> str:
    """Where the ZIP of an old directory is dropped; it is sent at once, explained, and nothing else happens to it."""
    return (
        '<h2 class="panel-head">Continue an old directory</h2>'
        '<div class="drop" data-drop data-to="/api/old-videos" tabindex="0" role="button" '
        'aria-label="Explain an old scene-video directory: choose its ZIP file or drop it here">'
        "<p><b>Drop the ZIP of an old directory here</b> or choose a file</p>"
        '<p class="hint">A zipped <code>video_…</code> folder. What is in it is told first; what is finished is never '
        "made again.</p>"
        '<progress max="100" value="0" aria-label="Upload" hidden></progress><p class="drop-said" aria-live="polite"></p>'
        '<input type="file" accept=".zip,application/zip" hidden aria-label="ZIP of an old directory"></div>'
    )


def board(
    project: str, shots: Sequence[ShotStatus], versions: Mapping[str, str], *, problems: Mapping[int, str],
    changed: Collection[int], is_working: bool,
) -> str:  # fmt: skip
    """Every clip as a card, in order, under the scene that it belongs to."""
    if not shots:
        text = (
            "The clips appear here, scene by scene, while the video is made."
            if project
            else "Paste a script on the left and press Make video, or drop the ZIP of an old directory."
        )
        return empty("No clips yet", text, icon_name="picture")
    parts = []
    for scene, group in groupby(enumerate(shots, start=1), key=lambda one: one[1].shot.scene):
        clips = list(group)
        length_s = sum(status.shot.duration_s for _, status in clips)
        cards = "".join(
            card(project, status, versions, place, is_chosen=False, problem=problems.get(status.shot.index, ""),
                 is_changed=status.shot.index in changed, is_working=is_working)
            for place, status in clips
        )  # fmt: skip
        parts.append(
            f'<section class="scene" aria-label="Scene {scene}"><h3 class="scene-head">Scene {scene} '
            f"<span>{plural(len(clips), 'clip')} · {length_s:.0f} s</span></h3>"
            f'<ol class="board">{cards}</ol></section>'
        )
    return "".join(parts)


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
        ask="What was unpacked here goes; your own directory and its ZIP stay as they are.", verb="Remove",
    )  # fmt: skip
    why = "" if can_go_on else '<p class="hint">It holds no scenes: start from its script instead.</p>'
    return (
        f'<section class="card found" aria-label="What the old directory holds"><h2 class="panel-head">'
        f"{esc(found['directory'])}</h2>"
        f"<p><b>Remains:</b> {esc(found['remains']['words'])} <span class='hint'>(with narration and sounds)</span></p>"
        f'<div class="found-scroll"><table class="list found-rows"><thead><tr><th>What</th><th>State</th><th>File</th>'
        f"<th>Note</th></tr></thead><tbody>{rows}</tbody></table></div>"
        f"<details open><summary>JSON documents ({len(found['documents'])})</summary>"
        f'<p class="hint">{esc(found["why"])}</p><table class="list found-documents"><thead><tr><th>File</th><th>Kind</th>'
        f'<th class="number">Entries</th><th class="number">Bytes</th></tr></thead><tbody>{documents}</tbody></table></details>'
        f"{_notes(notes)}{why}"
        f'<div class="found-go">{go}{take}{drop}<span class="hint">Continue makes what is missing, with the settings on '
        "the left. The old files stay as they are.</span></div></section>"
    )


def _row(row: Mapping[str, Any]) -> str:
    tone, sign = _STATUS[str(row["status"])]
    is_scene = row["scene"] is None or (row["clip"] is None and str(row["what"]).startswith("scene "))
    return (
        f'<tr class="{esc(row["status"])}" data-what="{esc(row["what"])}"><th scope="row" class="{"" if is_scene else "part"}">'
        f"{esc(str(row['what']).capitalize())}</th><td>{chip(row['status'], tone, sign)}</td>"
        f"<td>{esc(row['file'])}</td><td>{esc(row['note'])}</td></tr>"
    )


def _document(one: Mapping[str, Any]) -> str:
    mark = chip("used", "good", "done") if one["is_chosen"] else chip("torn", "bad", "problem") if one["fault"] else ""
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
