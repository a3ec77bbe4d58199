"""``text/openai``: OpenAI and every server that speaks its language (Ollama, LM Studio, vLLM, llama.cpp …).

What such a server understands differs, so there are three ways of asking, tried in this order: with the schema, for
JSON with the schema in the words, in plain words. A way that is refused is not tried again while the engine lives.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from studio.engines.chat.ladder import Question, Reply, without_bounds
from studio.engines.chat.writing import (
    ANSWER_S,
    MOST_TOKENS,
    NARRATION_STYLE,
    OWN_ANSWER_S,
    Writer,
    schema_in_words,
)
from studio.engines.facts import Facts
from studio.engines.limits import Limiter
from studio.engines.openai_service import (
    ADDRESS,
    KEY,
    check_model,
    facts_of,
    is_own,
    models_of,
    must_be_no_error,
    service,
    unset,
)
from studio.engines.remote import ask_once
from studio.engines.setup import Setting, Setup
from studio.errors import Answer, EngineError, EngineRefused, OutcomeUnknown
from studio.model.job import Job

MODEL = Setting(
    "openai_text_model", "Text model (OpenAI-compatible)", "model", "",
    "As the server calls it; empty: gpt-5.4-mini at OpenAI, the first one that an own server names.",
)  # fmt: skip
_AT_OPENAI = "gpt-5.4-mini"
_TALKS = r"^(?!.*(image|dall-e|tts|speech|audio|whisper|transcri|embed|moderation|realtime|sora|rerank))"
"""Names of models that write."""
_WAYS = ("json_schema", "json_object", "text")
_NOT_UNDERSTOOD = (400, 415, 422, 500, 501)


class OpenAiChat:
    """A conversation with a chat model; what comes of it is its heirs' to say, and so is the ``name``."""

    settings: tuple[Setting, ...] = (ADDRESS, KEY, MODEL)
    name = ""
    is_deterministic = False
    uses_seed = False
    slots = 1

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._is_own = is_own(setup)
        self._http = service(self.name, setup, timeout_s=OWN_ANSWER_S if self._is_own else ANSWER_S)
        self._model = setup[MODEL] or ("" if self._is_own else _AT_OPENAI)
        self._limiter = Limiter(self.slots)
        self._lock = threading.Lock()
        self._way = 0
        self._found = ""

    @property
    def identity(self) -> str:
        return f"{self.name}/{self._model or 'default'}"

    @property
    def is_free(self) -> bool:
        """True at a server of the user's own."""
        return self._is_own

    @property
    def unset(self) -> str:
        """What must be set first."""
        return unset(self.name, self._setup)

    def check(self) -> None:
        """Raise EngineUnavailable if no key and no address is set, nobody answers there, or the model is not there."""
        check_model(self.name, self._setup, self._model)

    def facts(self) -> Facts:
        """The models that are offered there."""
        return facts_of(self.name, self._setup, MODEL, _TALKS)

    def reply(self, question: Question, job: Job) -> Reply:
        """The model's answer, asked for in the first way that this server understands."""
        while True:
            way = self._way
            try:
                return self._asked(question, _WAYS[way], job)
            except (EngineRefused, OutcomeUnknown) as error:
                if way + 1 == len(_WAYS) or not _may_be_the_way(error):
                    raise
                with self._lock:
                    self._way = max(self._way, way + 1)

    def _asked(self, question: Question, way: str, job: Job) -> Reply:
        body = self._body(question, way)

        def send(key: str) -> Any:
            answer = self._http.post_json("/v1/chat/completions", stage="write", json=body)
            return must_be_no_error(self._http, "write", answer)

        return _reply(self.name, ask_once(self.name, job, self._limiter, send, asks_again=True))

    def _body(self, question: Question, way: str) -> dict[str, Any]:
        system = question.system
        form: dict[str, Any] = {}
        if way == "json_schema":
            schema = question.schema if self._is_own else without_bounds(question.schema)
            held = {"name": question.name, "strict": True, "schema": schema}
            form = {"response_format": {"type": "json_schema", "json_schema": held}}
        else:
            system = f"{system}\n\n{schema_in_words(question)}"
        if way == "json_object":
            form = {"response_format": {"type": "json_object"}}
        roles = {"user": "user", "model": "assistant"}
        turns = [{"role": roles[turn.who], "content": turn.text} for turn in question.turns]
        limit = "max_tokens" if self._is_own else "max_completion_tokens"
        messages = [{"role": "system", "content": system}, *turns]
        return {"model": self._model_there(), "messages": messages, limit: MOST_TOKENS, **form}

    def _model_there(self) -> str:
        """The model that is set, else the first one that the server names."""
        with self._lock:
            if not self._model and not self._found:
                self._found = next(iter(models_of(self.name, self._setup)), "default")
            return self._model or self._found


class OpenAiWriter(Writer, OpenAiChat):
    """Stories by a chat model."""

    settings = (*OpenAiChat.settings, NARRATION_STYLE)
    name = "text/openai"


def _may_be_the_way(error: EngineError) -> bool:
    """True if the server may only not have understood the way of asking."""
    answer = error.answer
    is_refusal = bool(answer and answer.kind in ("refusal", "content_filter", "content_policy_violation"))
    return bool(answer and answer.status in _NOT_UNDERSTOOD and not is_refusal)


def _reply(engine: str, answer: Any) -> Reply:
    choices = answer.get("choices") if isinstance(answer, Mapping) else None
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], Mapping) else {}
    message = choice.get("message") or {}
    reason = str(choice.get("finish_reason") or "")
    refusal = message.get("refusal")
    if refusal or reason == "content_filter":
        raise EngineRefused(
            f"{engine} will not write this: {str(refusal or 'its content filter stopped it')[:300].rstrip('.')}. Change the idea.",
            answer=Answer(engine, "write", 200, "refusal" if refusal else reason),
        )
    return Reply(_text_of(message.get("content")), reason == "length")


def _text_of(content: Any) -> str:
    """A string, or the text parts of a list, as some servers send."""
    if isinstance(content, list):
        return "".join(str(part.get("text") or "") for part in content if isinstance(part, Mapping))
    return content if isinstance(content, str) else ""
