"""``asr/openai``: speech written down by OpenAI, or by a server that offers the same call (Speaches, LocalAI …).

A minute costs next to nothing, so one whose answer was lost is asked for again. One that came is kept until its file is
finished.
"""

from __future__ import annotations

import io
import json
import math
import wave
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.engines.facts import Facts
from studio.engines.kept import answer_of, keep, kept_in
from studio.engines.limits import Limiter
from studio.engines.openai_service import ADDRESS, KEY, check_model, facts_of, is_own, must_be_no_error, service, unset
from studio.engines.remote import ask_once
from studio.engines.setup import Setting, Setup
from studio.engines.speech.invented import Guess
from studio.engines.speech.request import primary
from studio.errors import Answer, BadInput, EngineUnavailable
from studio.media.audio import read_blocks
from studio.media.languages import code_of
from studio.model.job import Job, JobNote

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.engines.speech.segments import Recognised

    Samples = NDArray[np.float32]

MODEL = Setting(
    "openai_listener_model", "Listener model (OpenAI-compatible)", "model", "whisper-1",
    "As the server calls it; one that gives the times of words, such as whisper-1, or on Speaches "
    "Systran/faster-whisper-small.",
)  # fmt: skip
_RATE_HZ = 16_000
_ANSWER_S = 300.0
_MOST_S = 720.0
"""25 MB of samples: more is not taken."""
_WINDOW_S = 30.0
_MOST_WINDOWS = 10
_LEAST_SOUND_S = 0.5


class OpenAiListener:
    """Transcribes with the times of words. What is sent is mono, 16 kHz."""

    settings = (ADDRESS, KEY, MODEL)
    name = "asr/openai"
    is_deterministic = False
    uses_seed = False
    slots = 2

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._http = service(self.name, setup, timeout_s=_ANSWER_S)
        self._model = setup[MODEL]
        self._limiter = Limiter(self.slots)

    @property
    def identity(self) -> str:
        return f"{self.name}/{self._model}"

    @property
    def is_free(self) -> bool:
        """True at a server of the user's own."""
        return is_own(self._setup)

    @property
    def unset(self) -> str:
        """What must be set first."""
        return unset(self.name, self._setup)

    def check(self) -> None:
        """Raise EngineUnavailable if no key and no address is set, nobody answers there, or the model is not there."""
        check_model(self.name, self._setup, self._model)

    def facts(self) -> Facts:
        """The models that are offered there."""
        return facts_of(self.name, self._setup, MODEL, r"whisper|transcri|parakeet|canary")

    def askings(self, given: Mapping[str, Any], notes: Sequence[JobNote] = ()) -> int:
        """As ``studio.engines.base.AsksOften`` has it: none for what was heard and only has to be saved."""
        return 0 if kept_in(notes) else 1

    def detect(self, audio: Path, *, job: Job) -> str:
        """As the service names it for the first half minute in which somebody speaks; of five minutes with sound at most."""
        for samples in _windows(audio):
            answer, said = self._heard(samples, "", job)
            if not said:
                continue
            named = str(answer.get("language") or "")
            if code := code_of(named):
                return code
            raise EngineUnavailable(
                f"{self.name} does not say which language is spoken{f' but “{named[:40]}”' if named else ''}. Say it "
                "yourself, then run again."
            )
        return ""

    def transcribe(self, out: Path, audio: Path, *, language: str | None = None, job: Job) -> None:
        """Raises EngineError as ``studio.engines.http`` makes it, BadInput for what is longer than twelve minutes."""
        import numpy as np

        blocks = [block.mean(axis=1) for block in read_blocks(audio, rate_hz=_RATE_HZ)]
        samples = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        if len(samples) > _MOST_S * _RATE_HZ:
            raise BadInput(
                f"{audio.name} is longer than {_MOST_S / 60:g} minutes, which {self.name} takes at once: cut it."
            )
        said: list[dict[str, Any]] = []
        if _sound_s(samples):
            said = self._heard(samples, primary(language) if language else "", job)[1]
        out.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")

    def _heard(self, samples: Samples, language: str, job: Job) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
        """What the service answered, now or before, and what was said by that; answers of no use are not kept."""
        sound = _wav(samples)
        question = sha256(language.encode() + sound).hexdigest()[:32]
        kept = _kept(job, question)
        answer = self._asked(sound, language, job) if kept is None else kept
        said = self._said(answer, samples)
        if kept is None:
            keep(job, question, json.dumps(answer))
        return answer, said

    def _asked(self, sound: bytes, language: str, job: Job) -> Mapping[str, Any]:
        from studio.engines.speech.segments import SCRIPT_EXAMPLES

        given = {"language": language, "prompt": SCRIPT_EXAMPLES.get(language, "")}
        form = [
            ("model", self._model), ("response_format", "verbose_json"), ("temperature", "0"),
            ("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment"),
            *((name, value) for name, value in given.items() if value),
        ]  # fmt: skip
        files = {"file": ("speech.wav", sound, "audio/wav")}

        def send(key: str) -> Any:
            answer = self._http.post_json("/v1/audio/transcriptions", stage="listen", data=form, files=files)
            return must_be_no_error(self._http, "listen", answer)

        found = ask_once(self.name, job, self._limiter, send, asks_again=True)
        return found if isinstance(found, Mapping) else {}

    def _said(self, answer: Mapping[str, Any], samples: Samples) -> list[dict[str, Any]]:
        from studio.engines.speech.onsets import stretches_of_sound
        from studio.engines.speech.segments import as_said

        heard = _recognised(answer, len(samples) / _RATE_HZ)
        if not heard and str(answer.get("text") or "").strip():
            raise EngineUnavailable(
                f"{self.name}: the model {self._model} does not say when words are spoken. Choose one that does in Settings, "
                "such as whisper-1.",
                answer=Answer(self.name, "listen", 200, "no_times"),
            )
        return as_said(heard, stretches_of_sound(samples, _RATE_HZ))


def _kept(job: Job, question: str) -> Mapping[str, Any] | None:
    """What was answered before; None if nothing, or nothing that can be read: a journal may come from anybody."""
    note = kept_in(job.notes).get(question)
    try:
        answer = json.loads(answer_of(note)) if note else None
    except ValueError:
        return None
    return answer if isinstance(answer, Mapping) else None


def _windows(audio: Path) -> Iterator[Samples]:
    """Half minutes of ``audio`` in which there is sound."""
    found = 0
    for block in read_blocks(audio, rate_hz=_RATE_HZ, block_s=_WINDOW_S):
        samples = block.mean(axis=1)
        if _sound_s(samples) >= _LEAST_SOUND_S:
            found += 1
            yield samples
        if found == _MOST_WINDOWS:
            return


def _sound_s(samples: Samples) -> float:
    from studio.engines.speech.onsets import stretches_of_sound

    return sum(end_s - start_s for start_s, end_s in stretches_of_sound(samples, _RATE_HZ))


def _wav(samples: Samples) -> bytes:
    import numpy as np

    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE_HZ)
        file.writeframes(np.rint(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes())
    return out.getvalue()


def _recognised(answer: Mapping[str, Any], length_s: float) -> list[Recognised]:
    """The segments, each with its words: some servers list those inside it, others beside all segments."""
    beside = _timed(answer.get("words"), length_s)
    listed = _timed(answer.get("segments"), length_s)
    if not listed and beside:
        whole = {"text": answer.get("text") or " ".join(str(word.get("word") or "") for word in beside)}
        listed = [{**whole, "start": beside[0]["start"], "end": beside[-1]["end"]}]
    found: list[Recognised] = []
    for number, segment in enumerate(listed):
        own = _timed(segment.get("words"), length_s)
        if not own:
            ends_s = segment["end"] if number + 1 < len(listed) else math.inf
            own = [word for word in beside if (word["start"] + word["end"]) / 2 <= ends_s]
            beside = beside[len(own) :]
        found.append(_one(segment, own))
    return found


def _one(segment: Mapping[str, Any], words: Sequence[Mapping[str, Any]]) -> Recognised:
    from studio.engines.speech.onsets import Heard
    from studio.engines.speech.segments import Recognised

    text = str(segment.get("text") or "").strip()
    spelled = text.split()
    if len(spelled) != len(words):  # else as in the text: the words beside it come without their commas and full stops
        spelled = [str(word.get("word") or "") for word in words]
    sure, silent, packed = (
        _number(segment.get(name)) or 0.0 for name in ("avg_logprob", "no_speech_prob", "compression_ratio")
    )
    guess = Guess(segment["start"], segment["end"], text, sure, silent, packed)
    heard = (Heard(word["start"], word["end"], said) for word, said in zip(words, spelled, strict=True))
    return Recognised(guess, tuple(heard))


def _timed(entries: Any, length_s: float) -> list[dict[str, Any]]:
    """Those that say from when to when, in seconds, in their order, kept within the sound."""
    found: list[dict[str, Any]] = []
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, Mapping):
            start_s, end_s = (_number(entry.get(name)) for name in ("start", "end"))
            if start_s is not None and end_s is not None and 0 <= start_s <= end_s and start_s < length_s:
                found.append({**entry, "start": start_s, "end": min(end_s, length_s)})
    return sorted(found, key=lambda entry: float(entry["start"]))


def _number(value: Any) -> float | None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if is_number else None
