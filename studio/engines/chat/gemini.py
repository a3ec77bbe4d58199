"""``text/gemini``: Google's generateContent with a JSON schema; with the schema in the words where that is refused."""

from __future__ import annotations

from typing import Any

from studio.engines.chat.ladder import Question, Reply, without_bounds
from studio.engines.chat.writing import ANSWER_S, MOST_TOKENS, NARRATION_STYLE, Writer, schema_in_words
from studio.engines.facts import Facts
from studio.engines.gemini_service import ADDRESS, KEY, check_model, facts_of, parts_of, path_of, service, unset
from studio.engines.limits import Limiter
from studio.engines.remote import ask_once
from studio.engines.setup import Setting, Setup
from studio.errors import EngineRefused
from studio.model.job import Job

MODEL = Setting("gemini_text_model", "Gemini text model", "model", "gemini-flash-latest", "As Google calls it.")


class GeminiChat:
    """A conversation with Gemini; what comes of it is its heirs' to say, and so is the ``name``."""

    settings: tuple[Setting, ...] = (KEY, MODEL, ADDRESS)
    name = ""
    is_deterministic = False
    uses_seed = False
    slots = 1

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._model = setup[MODEL]
        self._http = service(self.name, setup, timeout_s=ANSWER_S)
        self._limiter = Limiter(self.slots)
        self._takes_schema = True

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
        return facts_of(self.name, self._setup, MODEL, r"^gemini(?!.*(image|tts|audio|live|embed))")

    def reply(self, question: Question, job: Job) -> Reply:
        """The model's answer."""
        if self._takes_schema:
            try:
                return self._asked(question, job)
            except EngineRefused as error:
                if not error.answer or error.answer.status != 400:
                    raise
                self._takes_schema = False
        return self._asked(question, job)

    def _asked(self, question: Question, job: Job) -> Reply:
        body = self._body(question)
        answer = ask_once(
            self.name, job, self._limiter,
            lambda key: self._http.post_json(path_of(self._model), stage="write", json=body),
            asks_again=True,
        )  # fmt: skip
        parts, reason = parts_of(self.name, "write", answer)
        return Reply("".join(str(part.get("text") or "") for part in parts), reason == "MAX_TOKENS")

    def _body(self, question: Question) -> dict[str, Any]:
        system = question.system
        form: dict[str, Any] = {"responseMimeType": "application/json", "maxOutputTokens": MOST_TOKENS}
        if self._takes_schema:
            form["responseJsonSchema"] = without_bounds(question.schema)
        else:
            system = f"{system}\n\n{schema_in_words(question)}"
        contents = [{"role": turn.who, "parts": [{"text": turn.text}]} for turn in question.turns]
        return {
            "systemInstruction": {"parts": [{"text": system}]}, "contents": contents, "generationConfig": form,
        }  # fmt: skip


class GeminiWriter(Writer, GeminiChat):
    """Stories by Gemini."""

    settings = (*GeminiChat.settings, NARRATION_STYLE)
    name = "text/gemini"
