"""Services and what is set for them. A key comes in and never goes out: it is shown as dots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from studio.engines.checking import Checked, Part
from studio.engines.registry import KnownSetting
from studio.engines.setup import DOTS, Setup
from studio.ui.views.words import act_button, chip, esc, icon, plain, plural

SHARED = "shared"
_KIND_WORDS = {
    "text": "stories", "analysis": "readings of books", "image": "pictures", "video": "clips", "tts": "voices", "asr": "transcripts",
    "mt": "translations", "sound": "sounds", "music": "music",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """How a service's card looks: folded or not, being checked, what a check found."""

    is_open: bool = False
    is_busy: bool = False
    found: Sequence[Checked] = field(default_factory=tuple)


def heading() -> str:
    """What stands over the services."""
    return (
        '<div class="card"><h2 class="panel-head">Services</h2><p class="hint">None is needed: the studio makes '
        "everything by itself. These write, draw, move or speak in other ways; most want an account of yours, and many cost "
        "money. What you set here stays in a file on this computer that only you can read.</p></div>"
    )


def service(key: str, known: Sequence[KnownSetting], setup: Setup, shown: Shown | None = None) -> str:
    """One service: what can be set, and what is there."""
    shown = shown or Shown()
    offers = _offers(shown.found)
    fields = "".join(_field(one, setup, offers.get(one.setting.name, ()), is_busy=shown.is_busy) for one in known)
    is_set = any(setup.given(one.setting) for one in known)
    state = chip("set", "", "todo") if is_set else chip("not set", "", "todo")
    told = {"service": key}
    buttons = act_button("Save", "save-service", told, disabled=shown.is_busy)
    if key != SHARED:
        buttons += act_button(
            "Check", "check-service", told, kind="primary", disabled=shown.is_busy,
            title="Saves what you typed, then asks the service what is there",
        )  # fmt: skip
    return (
        f'<details class="card service"{" open" if shown.is_open else ""}><summary><b>{esc(title(key, known))}</b> '
        f'<span class="hint">{esc(_makes(known))}</span>{state if key != SHARED else ""}</summary>'
        f'<div class="service-fields">{fields}</div><div class="service-go">{buttons}</div>'
        f'<div class="service-found" role="status">{_found(shown)}</div></details>'
    )


def title(key: str, known: Sequence[KnownSetting]) -> str:
    """The service's name: what stands before the last word of ``Claude key``, ``ComfyUI servers``."""
    if key == SHARED:
        return "For several services"
    for kind in ("key", "address"):
        for one in known:
            if one.setting.kind == kind:
                return one.setting.title.rpartition(" ")[0] or one.setting.title
    return key.capitalize()


def _makes(known: Sequence[KnownSetting]) -> str:
    kinds = dict.fromkeys(name.split("/")[0] for one in known for name in one.engines)
    return ", ".join(_KIND_WORDS.get(kind, kind) for kind in kinds)


def _offers(found: Sequence[Checked]) -> dict[str, tuple[str, ...]]:
    """By setting, what all of the service's engines found on offer."""
    names = dict.fromkeys(name for one in found for name in one.offers)
    return {
        name: tuple(dict.fromkeys(choice for one in found for choice in one.offers.get(name, ()))) for name in names
    }


def _field(known: KnownSetting, setup: Setup, offered: Sequence[str], *, is_busy: bool) -> str:
    setting = known.setting
    name, given = f"set-{setting.name}", setup.given(setting)
    source, is_hidden = setup.source(setting), bool(given) and setting.hides(given)
    hint = f'<p class="hint" id="{name}-hint">{esc(setting.help)}</p>' if setting.help else ""
    if source == "environment":
        shown = f"<code>{esc(setup.shown(setting))}</code>"
        return (
            f'<div><span class="service-label">{esc(setting.title)}</span><p>{shown} '
            f'<span class="hint">from the environment ({esc(setting.variable)}): change it there.</span></p></div>'
        )
    kind = "password" if is_hidden or setting.kind == "key" else "text"
    value = "" if is_hidden else given
    placeholder = f"{DOTS} set" if is_hidden else setting.default
    forget = ""
    if is_hidden:
        forget = act_button(
            "Forget", "forget-setting", {"setting": setting.name}, kind="small danger", heading=f"Forget: {setting.title}",
            ask="It is deleted from this computer. Engines that need it stop working here.", verb="Forget",
        )  # fmt: skip
    described = f' aria-describedby="{name}-hint"' if hint else ""
    return (
        f'<div><label class="service-label" for="{name}">{esc(setting.title)}</label><div class="service-input">'
        f'<input id="{name}" data-field="{esc(setting.name)}" type="{kind}" value="{esc(value)}" '
        f'placeholder="{esc(placeholder)}" autocomplete="{"new-password" if kind == "password" else "off"}" '
        f'spellcheck="false"{described}{" disabled" if is_busy else ""}>{forget}</div>{_choice(known, setup, offered)}{hint}</div>'
    )


def _choice(known: KnownSetting, setup: Setup, offered: Sequence[str]) -> str:
    """What the service offers for a field: choosing one writes it there. What is set and not offered is named as that."""
    if not offered:
        return ""
    setting, given = known.setting, setup.given(known.setting)
    is_gone = given and not setting.is_list and given not in offered
    first = f"Not offered (any more): {given}" if is_gone else f"{plural(len(offered), 'choice')} offered there"
    options = "".join(
        f'<option value="{esc(one)}"{" selected" if one == given and not setting.is_list else ""}>{esc(one)}</option>'
        for one in offered
    )
    return (
        f'<div class="service-input offered"><select data-fills="set-{esc(setting.name)}"{" data-adds" if setting.is_list else ""} '
        f'aria-label="{esc(setting.title)}: offered there"><option value="">{esc(first)}</option>{options}</select></div>'
    )


def _found(shown: Shown) -> str:
    if shown.is_busy:
        return f'<p class="service-busy">{icon("work")} Asking the service: up to 10 seconds …</p>'
    return "".join(
        f"<div><h3>{esc(_KIND_WORDS.get(one.name.split('/')[0], one.name).capitalize())}</h3><ul>{''.join(map(_part, one.parts))}</ul></div>"
        for one in shown.found
    )


def _part(part: Part) -> str:
    mark = chip(part.heading, "good", "done") if part.is_good else chip(part.heading, "warn", "problem")
    return f"<li>{mark}{f' <span>{esc(plain(part.says))}</span>' if part.says else ''}</li>"


def by_service(known: Sequence[KnownSetting]) -> Mapping[str, tuple[KnownSetting, ...]]:
    """The settings of each service; those for several at the end."""
    services = [*dict.fromkeys(one.service for one in known if one.service), ""]
    found = {key or SHARED: tuple(one for one in known if one.service == key) for key in services}
    return {key: own for key, own in found.items() if own}
