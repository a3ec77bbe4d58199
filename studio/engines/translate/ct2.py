"""Translation models of the user's own: CTranslate2 folders under ``$STUDIO_MODELS``.

``mt-de-en/`` holds a model of one direction, ``mt-nllb…/`` one of the NLLB family for all of its languages; each with
``model.bin``, ``config.json``, its vocabulary, and the model's ``tokenizer.json``. A model that is replaced under the
same name is not noticed: give its folder another name.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from studio.engines.base import ToTranslate, TranslatedText
from studio.engines.translate.terms import Pair, translate_texts
from studio.errors import BadInput, EngineUnavailable, UserError

_FILES = ("model.bin", "config.json", "tokenizer.json")
_BATCH_LINES = 16
_BEAM = 4
_MOST_TOKENS = 256
_NLLB = {
    "ar": "arb_Arab", "bg": "bul_Cyrl", "bn": "ben_Beng", "ca": "cat_Latn", "cs": "ces_Latn", "da": "dan_Latn",
    "de": "deu_Latn", "el": "ell_Grek", "en": "eng_Latn", "es": "spa_Latn", "et": "est_Latn", "fa": "pes_Arab",
    "fi": "fin_Latn", "fr": "fra_Latn", "he": "heb_Hebr", "hi": "hin_Deva", "hr": "hrv_Latn", "hu": "hun_Latn",
    "id": "ind_Latn", "it": "ita_Latn", "ja": "jpn_Jpan", "ko": "kor_Hang", "lt": "lit_Latn", "lv": "lvs_Latn",
    "nb": "nob_Latn", "nl": "nld_Latn", "pl": "pol_Latn", "pt": "por_Latn", "ro": "ron_Latn", "ru": "rus_Cyrl",
    "sk": "slk_Latn", "sl": "slv_Latn", "sr": "srp_Cyrl", "sv": "swe_Latn", "sw": "swh_Latn", "ta": "tam_Taml",
    "te": "tel_Telu", "th": "tha_Thai", "tr": "tur_Latn", "uk": "ukr_Cyrl", "ur": "urd_Arab", "vi": "vie_Latn",
    "zh": "zho_Hans",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Loaded:
    model: Any
    tokenizer: Any
    ends_source: bool
    """True if the model's own rules add the end of a sentence; else it is added here."""


class OwnModel:
    """Any language that the user's models know; the one made for a pair goes before a model of many languages."""

    identity = "mt/ct2/2"
    is_deterministic = True
    uses_seed = False
    batch_lines = _BATCH_LINES

    def __init__(self, models: Path | None = None) -> None:
        home = os.environ.get("STUDIO_MODELS")
        self._models = models or (Path(home) if home else None)
        self._loaded: dict[Path, _Loaded] = {}
        self._lock = threading.Lock()

    def check(self) -> None:
        if find_spec("ctranslate2") is None or find_spec("tokenizers") is None:
            raise EngineUnavailable("The runner of translation models is missing: pip install ctranslate2 tokenizers")
        folders = self._folders()
        if not folders:
            raise EngineUnavailable(
                "No translation model is there: put a CTranslate2 model into $STUDIO_MODELS/mt-SOURCE-TARGET (mt-en-de), "
                "with its tokenizer.json."
            )
        if not any(not _missing(folder) for folder in folders):
            raise EngineUnavailable(f"{folders[0].name} lacks {', '.join(_missing(folders[0]))}.")

    def knows(self, source: str, target: str) -> bool:
        return self._folder(Pair(_short(source), _short(target))) is not None

    def translate(
        self, lines: Sequence[ToTranslate], *, source: str, target: str, glossary: Mapping[str, str]
    ) -> dict[str, TranslatedText]:
        self.check()
        pair = Pair(_short(source), _short(target))
        folder = self._folder(pair)
        if folder is None:
            raise UserError(
                f"No model translates {source} → {target}: put one into $STUDIO_MODELS/mt-{source}-{target}."
            )
        loaded = self._load(folder)
        codes = (_NLLB[pair.source], _NLLB[pair.target]) if _is_nllb(folder) else None

        def say(texts: Sequence[str]) -> list[str]:
            return _say(loaded, texts, codes)

        said = translate_texts({line.id: line.text for line in lines}, say, pair, glossary)
        return {key: TranslatedText(text) for key, text in said.items() if text}

    def _folders(self) -> list[Path]:
        if self._models is None or not self._models.is_dir():
            return []
        return sorted(folder for folder in self._models.glob("mt-*") if folder.is_dir())

    def _folder(self, pair: Pair) -> Path | None:
        whole = [folder for folder in self._folders() if not _missing(folder)]
        own = [folder for folder in whole if folder.name == f"mt-{pair.source}-{pair.target}"]
        many = [folder for folder in whole if _is_nllb(folder) and {pair.source, pair.target} <= set(_NLLB)]
        return next(iter(own + many), None)

    def _load(self, folder: Path) -> _Loaded:
        with self._lock:
            if folder not in self._loaded:
                self._loaded[folder] = _loaded(folder)
            return self._loaded[folder]


def _loaded(folder: Path) -> _Loaded:
    from tokenizers import Tokenizer

    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        rules = (folder / "tokenizer.json").read_text(encoding="utf-8")
        json.loads(rules)
        model = import_module("ctranslate2").Translator(
            str(folder), device="cpu", intra_threads=max(1, min(4, os.cpu_count() or 1))
        )
    except (RuntimeError, ValueError) as error:
        raise BadInput(f"The model in {folder.name} cannot be read: {error}.") from error
    return _Loaded(model, Tokenizer.from_str(rules), bool(config.get("add_source_eos")))


def _say(loaded: _Loaded, texts: Sequence[str], codes: tuple[str, str] | None) -> list[str]:
    end = [] if loaded.ends_source else ["</s>"]
    start = [codes[0]] if codes else []
    asked = [start + loaded.tokenizer.encode(text, add_special_tokens=False).tokens + end for text in texts]
    prefix = [[codes[1]] for _ in texts] if codes else None
    answers = loaded.model.translate_batch(
        asked, target_prefix=prefix, beam_size=_BEAM, max_decoding_length=_MOST_TOKENS, max_batch_size=_BATCH_LINES
    )
    return [_words(loaded.tokenizer, answer.hypotheses[0], codes) for answer in answers]


def _words(tokenizer: Any, tokens: Sequence[str], codes: tuple[str, str] | None) -> str:
    marks = {"</s>", codes[1]} if codes else {"</s>"}
    ids = [tokenizer.token_to_id(word) for word in tokens if word not in marks]
    return str(tokenizer.decode([one for one in ids if one is not None], skip_special_tokens=True)).strip()


def _missing(folder: Path) -> list[str]:
    return [name for name in _FILES if not (folder / name).is_file()]


def _is_nllb(folder: Path) -> bool:
    return folder.name.startswith("mt-nllb")


def _short(code: str) -> str:
    return code.lower().replace("_", "-").split("-")[0]
