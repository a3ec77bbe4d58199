"""``image/openai``: pictures by OpenAI's image models, or a server that offers the same call."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.engines.base import Reference
from studio.engines.facts import Facts
from studio.engines.limits import Limiter
from studio.engines.openai_service import ADDRESS, KEY, check_model, facts_of, is_own, must_be_no_error, service, unset
from studio.engines.pictures import JPEG, nearest_shape, sent_along, still_words, write_received
from studio.engines.remote import ask_once
from studio.engines.setup import Setting, Setup
from studio.errors import UnusableOutput
from studio.model.job import Job

MODEL = Setting(
    "openai_image_model", "Image model (OpenAI-compatible)", "model", "gpt-image-2", "As the server calls it."
)
QUALITY = Setting(
    "openai_image_quality", "Image quality", "text", "medium", "low, medium or high: the price goes with it."
)
REFERENCES = Setting(
    "openai_image_references", "Reference pictures at once", "number", "",
    "How many pictures of people and places the server takes with a prompt (/v1/images/edits), so that they look the same "
    "in every shot. Empty: 16 at OpenAI, none at a server of your own.",
)  # fmt: skip
_MOST_REFERENCES = 16
_SIZES = ((1024, 1024), (1536, 1024), (1024, 1536))
_ANSWER_S = 300.0


class OpenAiArtist:
    """Stills by an image model. Asked for once each: a picture costs money whether or not its answer arrives."""

    settings = (ADDRESS, KEY, MODEL, QUALITY, REFERENCES)
    name = "image/openai"
    is_deterministic = False
    uses_seed = False
    slots = 4

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._http = service(self.name, setup, timeout_s=_ANSWER_S)
        self._model, self._quality = setup[MODEL], setup[QUALITY]
        self._limiter = Limiter(self.slots)

    @property
    def identity(self) -> str:
        return f"{self.name}/{self._model}/{self._quality}"

    @property
    def is_free(self) -> bool:
        """True at a server of the user's own."""
        return is_own(self._setup)

    @property
    def most_references(self) -> int:
        """As was set; else what OpenAI takes, and at another server none: there it cannot be known."""
        given = self._setup[REFERENCES]
        if given.isdecimal():
            return min(_MOST_REFERENCES, int(given))
        return 0 if self.is_free else _MOST_REFERENCES

    @property
    def unset(self) -> str:
        """What must be set first."""
        return unset(self.name, self._setup)

    def check(self) -> None:
        """Raise EngineUnavailable if no key and no address is set, nobody answers there, or the model is not there."""
        check_model(self.name, self._setup, self._model)

    def facts(self) -> Facts:
        """The models that are offered there."""
        return facts_of(self.name, self._setup, MODEL, r"image|dall-e|flux|diffusion|sdxl|sd3")

    def render(
        self, out: Path, prompt: str, *, size: tuple[int, int], seed: int, style: str,
        references: Sequence[Reference] = (), job: Job,
    ) -> None:  # fmt: skip
        """Write the still. The service knows no seed: each take is another picture. Raises EngineError."""
        width_px, height_px = nearest_shape(size, _SIZES)
        asked = {
            "model": self._model,
            "prompt": still_words(prompt, style, references),
            "n": 1,
            "size": f"{width_px}x{height_px}",
            "quality": self._quality,
            "output_format": "png",
        }
        shown = [
            ("image[]", (f"{number}.jpg", sent_along(reference), JPEG))
            for number, reference in enumerate(references, start=1)
        ]

        def send(key: str) -> Any:
            if shown:
                answer = self._http.post_json("/v1/images/edits", stage="draw", data=asked, files=shown)
            else:
                answer = self._http.post_json("/v1/images/generations", stage="draw", json=asked)
            return must_be_no_error(self._http, "draw", answer)

        content = self._content(ask_once(self.name, job, self._limiter, send), out)
        write_received(out, content, size=size, prompt=prompt, seed=seed, engine=self.identity)

    def _content(self, answer: Any, out: Path) -> bytes:
        """The picture, which stands in the answer itself, or, from some servers, at an address."""
        entries = answer.get("data") if isinstance(answer, Mapping) else None
        entry = entries[0] if isinstance(entries, list) and entries and isinstance(entries[0], Mapping) else {}
        if entry.get("b64_json"):
            try:
                return base64.b64decode(entry["b64_json"], validate=True)
            except (binascii.Error, TypeError, ValueError):
                pass
        elif entry.get("url"):
            self._http.download(str(entry["url"]), out)
            return out.read_bytes()
        raise UnusableOutput(
            f"{self.name}, draw: the answer (status 200) holds no picture. "
            "Look at the account there before you ask again."
        )
