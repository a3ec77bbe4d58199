"""The storyboard and one shot with its takes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath

from studio.looking import ShotStatus, Take
from studio.ui.views.film import shot_in
from studio.ui.views.words import act_button, chip, empty, esc, icon, media_url, moment, plural

_MARKS = {"DONE": ("done", "finished"), "IMG": ("picture", "picture only"), "TODO": ("todo", "to do")}
NO_WORDS = "No words yet: say what the picture shows."
_TAKE_WORDS = {"image": "Picture", "video": "Clip", "narration": "Narration"}


_SIZE = re.compile(r"(?i)[\w -]{0,30}(?:shot|close-up|view)(?:,[^:]{0,40})?$")


def board(
    project: str, shots: Sequence[ShotStatus], versions: Mapping[str, str], *, chosen: int, problems: Mapping[int, str],
    changed: Collection[int], is_working: bool,
) -> str:  # fmt: skip
    """Every shot as a card, in film order. ``versions``: of each file that is there, its state as text.

    ``changed``: the numbers of the shots that are not as the last run left them.
    """
    if not project or not shots:
        text = (
            "The shots appear here while the film is made."
            if is_working or project
            else ("Write an idea on the left and press Make film: its shots appear here one by one.")
        )
        if not is_working and any(name.startswith("images/") for name in versions):
            return empty(
                "No shots yet", "The pictures are taken over: Make film makes shots of them.", icon_name="picture"
            )
        return empty("The storyboard is empty", text, icon_name="picture")
    cards = "".join(
        card(project, status, versions, place, is_chosen=status.shot.index == chosen, problem=problems.get(status.shot.index, ""),
             is_changed=status.shot.index in changed, is_working=is_working)
        for place, status in enumerate(shots, start=1)
    )  # fmt: skip
    return f'<ol class="board" aria-label="Storyboard">{cards}</ol>'


def card(
    project: str, status: ShotStatus, versions: Mapping[str, str], place: int, *, is_chosen: bool, problem: str, is_changed: bool,
    is_working: bool,
) -> str:  # fmt: skip
    """One shot to be opened."""
    shot = status.shot
    image = f"images/shot_{shot.index:03d}.png"
    if image in versions:
        picture = f'<img loading="lazy" alt="" src="{esc(media_url(project, image, versions[image], thumb_px=320))}">'
    else:
        picture = (
            f'<span class="nopic{" busy" if is_working else ""}">{icon("work" if is_working else "picture")}</span>'
        )
    state = chip("changed", "warn", "stale") if is_changed else _mark(status)
    bad = chip("problem", "bad", "problem") if problem else ""
    title = f' title="{esc(problem)}"' if problem else ""
    return (
        f'<li><button type="button" class="shot{" chosen" if is_chosen else ""}" data-act="shot" data-shot="{shot.index}"'
        f'{title} aria-pressed="{str(is_chosen).lower()}"><span class="pic">{picture}'
        f'<span class="num">{place}</span><span class="len">{shot.duration_s:.1f} s</span></span>'
        f'<span class="what">{esc(_shown(shot.image_prompt)) or NO_WORDS}</span>'
        f'<span class="marks">{state}{bad}</span></button></li>'
    )


def _mark(status: ShotStatus) -> str:
    sign, word = _MARKS[status.mark]
    return f'<span class="mark {status.mark.lower()}">{icon(sign)}{word}</span>'


def _shown(prompt: str) -> str:
    """What a picture shows, without the size and angle that its words begin with: on a card there is room for a line."""
    lead, mark, rest = prompt.partition(": ")
    return rest[:1].upper() + rest[1:] if mark and _SIZE.match(lead) else prompt


def board_head(shots: Sequence[ShotStatus], changed: Collection[int]) -> str:
    """How many shots, how long, how far."""
    if not shots:
        return '<h2 class="panel-head">Storyboard</h2>'
    others = sum(status.shot.index in changed for status in shots)
    done = sum(status.mark == "DONE" and not status.stale and status.shot.index not in changed for status in shots)
    length = sum(status.shot.duration_s for status in shots)
    words = [
        plural(len(shots), "shot"),
        f"{length:.0f} s",
        f"{done} finished",
        *([f"{others} changed"] if others else []),
    ]
    return f'<h2 class="panel-head">Storyboard <span>{" · ".join(words)}</span></h2>'


def shot_head(status: ShotStatus, place: int, count: int, *, is_changed: bool) -> str:
    """Which shot is open."""
    state = chip("changed since it was made", "warn", "stale") if is_changed else _mark(status)
    return (
        f'<div class="shot-head" data-shot="{status.shot.index}"><h2 class="panel-head">Shot {place} <span>of {count} · scene '
        f"{status.shot.scene}</span></h2>{state}"
        f"{act_button('Close', 'close', icon='close', icon_only=True, kind='ghost', title='Close (Esc)')}</div>"
    )


def preview(project: str, status: ShotStatus, versions: Mapping[str, str], problem: str) -> str:
    """The shot as it is now: its clip, else its picture."""
    index = status.shot.index
    image, clip = f"images/shot_{index:03d}.png", f"videos/shot_{index:03d}.mp4"
    wrong = f'<p class="bad">{icon("problem")} {esc(problem)}</p>' if problem else ""
    if clip in versions:
        shown = f'<video controls loop muted playsinline preload="metadata" src="{esc(media_url(project, clip, versions[clip]))}" aria-label="Clip of this shot"></video>'
    elif image in versions:
        shown = (
            f'<img alt="Picture of this shot" src="{esc(media_url(project, image, versions[image], thumb_px=640))}">'
        )
    else:
        first = "" if status.shot.image_prompt.strip() else "Say what it shows. "
        shown = empty("No picture yet", f"{first}It is made when you press Make.", icon_name="picture")
    return f'<div class="stage small">{shown}</div>{wrong}'


def takes_view(
    project: str, takes: Sequence[Take], versions: Mapping[str, str], *, due: Mapping[str, str],
    is_film_due: bool, is_locked: bool,
) -> str:  # fmt: skip
    """All takes side by side, the chosen one marked. ``due``: of files that the next run replaces, how.

    ``is_film_due``: the film is not made of the chosen ones yet.
    """
    in_film = "chosen: press Make" if is_film_due else "in the film"
    groups = []
    files = list(dict.fromkeys(take.name for take in takes))
    for file in files:
        what = {"images": "image", "videos": "video", "narration": "narration"}[file.split("/")[0]]
        sentence = file.rsplit("_", 1)[-1].removesuffix(".wav")
        word = f"{_TAKE_WORDS[what]}, sentence {sentence}" if what == "narration" else _TAKE_WORDS[what]
        of_kind = [take for take in takes if take.name == file]
        if len(of_kind) > 1:
            cards = "".join(
                _take(
                    project, what, number, take, versions, due=due.get(file, ""), in_film=in_film, is_locked=is_locked
                )
                for number, take in enumerate(of_kind, start=1)
            )
            groups.append(f'<h3>{word} <span>{len(of_kind)} takes</span></h3><ol class="takes">{cards}</ol>')
    if not takes:
        return '<p class="hint">Nothing of this shot is made yet.</p>'
    if not groups:
        return (
            '<p class="hint">A take is one version of this shot’s picture, clip or narration. There is one of each so far: '
            "to get another, press Retake, then Make, and pick the one you like.</p>"
        )
    return "".join(groups)


def _take(
    project: str, what: str, number: int, take: Take, versions: Mapping[str, str], *, due: str, in_film: str,
    is_locked: bool,
) -> str:  # fmt: skip
    is_live = take.is_current and take.name in versions
    path = take.name if is_live else take_path(take)
    url = media_url(project, path, versions.get(take.name, "") if is_live else take.id)
    shown = {
        "image": f'<img loading="lazy" alt="Take {number}" src="{esc(url + ("&" if "?" in url else "?") + "thumb=320")}">',
        "video": f'<video controls muted playsinline preload="metadata" src="{esc(url)}" aria-label="Take {number}"></video>',
        "narration": f'<audio controls preload="none" src="{esc(url)}" aria-label="Take {number}"></audio>',
    }[what]
    if take.is_current:
        pick = chip(due, "warn", "stale") if due else chip(in_film, "good", "done")
    else:
        told = {"what": what, "take": take.id, "shot": shot_in(take.name)}
        pick = act_button(
            "Pick",
            "pick",
            told,
            kind="small",
            disabled=is_locked,
            title="Use this one: it comes into the film when you press Make",
        )
    origin = {"made": "", "adopted": "changed by hand", "picked": ""}.get(take.origin, take.origin)
    return (
        f'<li class="take{" current" if take.is_current else ""}">{shown}'
        f'<span class="take-line">Take {number} <span class="hint">{moment(take.at)} {esc(origin)}</span>{pick}</span></li>'
    )


def take_path(take: Take) -> str:
    """Where a take that is not in the film stands inside the project."""
    return f"takes/{take.name}/{take.id}{PurePosixPath(take.name).suffix}"
