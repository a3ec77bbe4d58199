"""``image/gemini``: pictures by Gemini's image models."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from studio.engines.base import Reference
from studio.engines.facts import Facts
from studio.engines.gemini_service import ADDRESS, KEY, check_model, facts_of, parts_of, path_of, service, unset
from studio.engines.limits import Limiter
from studio.engines.pictures import JPEG, nearest_shape, sent_along, still_words, write_received
from studio.engines.remote import ask_once
from studio.engines.setup import Setting, Setup
from studio.errors import Answer, EngineRefused
from studio.model.job import Job

MODEL = Setting("gemini_image_model", "Gemini image model", "model", "gemini-3.1-flash-image", "As Google calls it.")
_RATIOS = ((1, 1), (2, 3), (3, 2), (3, 4), (4, 3), (4, 5), (5, 4), (9, 16), (16, 9), (21, 9))
_LARGE_PX = 1408
"""Wider or higher than this, twice the usual 1,024 pixels are asked for."""
_ANSWER_S = 300.0


class GeminiArtist:
    """Stills by Gemini. Asked for once each: a picture costs money whether or not its answer arrives."""

    settings = (KEY, MODEL, ADDRESS)
    name = "image/gemini"
    is_deterministic = False
    uses_seed = False
    slots = 4
    most_references = 4
    """The oldest of Gemini's image models takes so many; newer ones take more."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._http = service(self.name, setup, timeout_s=_ANSWER_S)
        self._model = setup[MODEL]
        self._limiter = Limiter(self.slots)

    @property
    def identity(self) -> str:
        return f"{self.name}/{self._model}"

    @property
    def unset(self) -> str:
        """What must be set first."""
        return unset(self.name, self._setup)

    def check(self) -> None:
        """Raise EngineUnavailable if no key is set, nobody answers, the key is not accepted or the model is gone."""
        check_model(self.name, self._setup, self._model)

    def facts(self) -> Facts:
        """The models that are offered there."""
        return facts_of(self.name, self._setup, MODEL, "image")

    def render(
        self, out: Path, prompt: str, *, size: tuple[int, int], seed: int, style: str,
        references: Sequence[Reference] = (), job: Job,
    ) -> None:  # fmt: skip
        """Write the still. The service knows no seed: each take is another picture. Raises EngineError."""
        width, height = nearest_shape(size, _RATIOS)
        frame = {"aspectRatio": f"{width}:{height}", **({"imageSize": "2K"} if max(size) > _LARGE_PX else {})}
        shown = [
            {"inlineData": {"mimeType": JPEG, "data": base64.b64encode(sent_along(reference)).decode()}}
            for reference in references
        ]
        body = {
            "contents": [{"role": "user", "parts": [{"text": still_words(prompt, style, references)}, *shown]}],
            "generationConfig": {"responseModalities": ["TEXT", "IMAGE"], "imageConfig": frame},
        }
        content = ask_once(
            self.name, job, self._limiter,
            lambda key: self._content(self._http.post_json(path_of(self._model), stage="draw", json=body)),
        )  # fmt: skip
        write_received(out, content, size=size, prompt=prompt, seed=seed, engine=self.identity)

    def _content(self, answer: Any) -> bytes:
        """The last picture of all parts: those before it are drafts. Raises EngineRefused if there are only words."""
        parts, reason = parts_of(self.name, "draw", answer)
        pictures = [part.get("inlineData") or part.get("inline_data") or {} for part in parts]
        for picture in reversed(pictures):
            try:
                if picture.get("data"):
                    return base64.b64decode(picture["data"], validate=True)
            except (binascii.Error, TypeError, ValueError):
                continue
        said = " ".join(" ".join(str(part.get("text") or "") for part in parts).split())[:300].rstrip(".")
        raise EngineRefused(
            f"{self.name}, draw: it sent no picture{f' but said: {said}' if said else ''} (status 200, {reason or 'no reason'}). "
            "Change the words of this shot, then try again.",
            answer=Answer(self.name, "draw", 200, reason),
        )
