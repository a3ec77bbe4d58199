"""What the language and picture models are told to be: short Markdown files, the studio's own and the user's.

A file of the same name in ``agents/`` of the studio's data folder goes before the studio's own; a new file in its
``narration/`` is one more style. What is changed there counts for what is made from then on.
"""

from __future__ import annotations

from pathlib import Path
from string import Template

from studio.errors import BadInput
from studio.media.assets import asset_path
from studio.settings import data_dir

_MOST_BYTES = 64 << 10
PLAIN = "plain"


def agent(name: str, **words: str) -> str:
    """The text of ``name`` (``story``, ``narration/comedy``) with ``$words`` filled in. Raises BadInput if it cannot be read."""
    place = next((path for path in (_own() / f"{name}.md",) if path.is_file()), None) or asset_path(f"agents/{name}.md")
    return Template(_read(place)).safe_substitute(words).strip()


def narration_styles() -> dict[str, str]:
    """Every style of narration with the line that says what it is for; ``plain`` first."""
    names = {path.stem for folder in (asset_path("agents"), _own()) for path in (folder / "narration").glob("*.md")}
    return {name: agent(f"narration/{name}").split("\n", 1)[0] for name in sorted(names, key=lambda n: (n != PLAIN, n))}


def _own() -> Path:
    return data_dir() / "agents"


def _read(place: Path) -> str:
    try:
        with place.open("rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{place} cannot be read ({error}). Mend it, or take it away.") from error
