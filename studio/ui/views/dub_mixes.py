"""Named mixes of a dub, and where its music and effects come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.media.languages import language_name
from studio.model.dub import Mix
from studio.ui.views.words import act_button, chip, esc, icon, shown_voice

PRESETS = {
    "dub": "Dub: voices replaced",
    "voice-over": "Voice-over: original below",
    "narration": "Narration: sound low",
    "bed-off": "Voices alone",
}
_SHORT = {"dub": "dub", "voice-over": "voice-over", "narration": "narration", "bed-off": "voices alone"}
AS_CAST = "as cast"


def mixes(
    made: Sequence[Mix], files: Mapping[str, str], voices: Mapping[str, Sequence[str]], *, is_locked: bool
) -> str:
    """The named mixes with a row for one more. ``files``: the finished ones by name; ``voices`` by language."""
    rows = "".join(_row(mix, is_made=mix.name in files, is_locked=is_locked) for mix in made)
    listed = (
        f"<ul>{rows}</ul>"
        if made
        else '<p class="hint">The same film once more in another voice or with other sound.</p>'
    )
    return (
        f'<details class="card files mixes"{" open" if made else ""}><summary>More mixes{f" ({len(made)})" if made else ""}</summary>'
        f"{listed}{_new(voices, is_locked=is_locked)}</details>"
    )


def _row(mix: Mix, *, is_made: bool, is_locked: bool) -> str:
    voice = mix.voices.get("", "")
    facts = [language_name(mix.language), shown_voice(voice) if voice else AS_CAST, _SHORT[mix.preset]]
    state = chip("made", "good", "done") if is_made else chip("to make", "", "todo")
    drop = act_button(
        f"Remove mix {mix.name}", "drop-mix", {"name": mix.name}, icon="trash", icon_only=True, kind="small ghost",
        disabled=is_locked, heading=f"Remove the mix {mix.name}?", ask="It is not made any more. The dubs stay.", verb="Remove mix",
    )  # fmt: skip
    return f"<li><b>{esc(mix.name)}</b><span>{esc(' · '.join(facts))}</span>{state}{drop}</li>"


def _new(voices: Mapping[str, Sequence[str]], *, is_locked: bool) -> str:
    off = " disabled" if is_locked else ""
    groups = "".join(
        f'<optgroup label="{esc(language_name(code))}"><option value="{esc(code)}|">{esc(language_name(code))}, {AS_CAST}</option>'
        + "".join(f'<option value="{esc(code)}|{esc(one)}">{esc(shown_voice(one))}</option>' for one in here)
        + "</optgroup>"
        for code, here in voices.items()
    )
    presets = "".join(f'<option value="{key}">{esc(words)}</option>' for key, words in PRESETS.items())
    return (
        f'<div class="new-mix" data-mix><input name="name" maxlength="60" placeholder="Name" aria-label="Name of the mix"{off}>'
        f'<select name="said" aria-label="Voice of the mix"{off}>{groups}</select>'
        f'<select name="preset" aria-label="Sound of the mix"{off}>{presets}</select>'
        f"{act_button('Add', 'add-mix', kind='small', disabled=is_locked)}</div>"
    )


def bed(where_from: str, *, is_own: bool, is_locked: bool) -> str:
    """What is heard under the voices, and the way to another sound."""
    off = " disabled" if is_locked else ""
    back = act_button("Use the film's own", "own-bed", kind="small", disabled=is_locked) if is_own else ""
    title = "A music-and-effects track as long as the film, instead of its own sound"
    return (
        f'<p class="bed"><span class="hint">Sound under the voices: {esc(where_from)}</span>{back}'
        f'<button type="button" class="btn small" data-bed title="{title}"{off}>{icon("up")}<span>Music and effects…</span></button></p>'
    )
