"""``text/claude``: Anthropic's Messages API. With the schema; by a forced tool for models that do not take one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from studio.engines.chat.ladder import Question, Reply, without_bounds
from studio.engines.chat.writing import ANSWER_S, MOST_TOKENS, NARRATION_STYLE, Writer
from studio.engines.facts import Facts
from studio.engines.http import Http, Said
from studio.engines.limits import Limiter
from studio.engines.models import must_offer
from studio.engines.remote import ask_once
from studio.engines.setup import Setting, Setup
from studio.errors import Answer, EngineError, EngineRefused, EngineUnavailable
from studio.model.job import Job

KEY = Setting("claude_api_key", "Claude key", "key", "", "From Anthropic's console.")
MODEL = Setting("claude_model", "Claude model", "model", "claude-sonnet-5", "As Anthropic calls it.")
ADDRESS = Setting("claude_url", "Claude address", "address", "https://api.anthropic.com", "For a proxy of your own.")
_VERSION = "2023-06-01"
_CHECK_S = 5.0


class ClaudeChat:
    """A conversation with Claude; what comes of it is its heirs' to say, and so is the ``name``."""

    settings: tuple[Setting, ...] = (KEY, MODEL, ADDRESS)
    name = ""
    is_deterministic = False
    uses_seed = False
    slots = 1

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._model = setup[MODEL]
        self._http = self._service(timeout_s=ANSWER_S)
        self._limiter = Limiter(self.slots)
        self._takes_schema = True

    @property
    def identity(self) -> str:
        return f"{self.name}/{self._model}"

    @property
    def unset(self) -> str:
        """The key, if there is none."""
        missing = f"{self.name} needs a key of Anthropic's ({KEY.variable}). Set it in Settings."
        return "" if self._setup[KEY] else missing

    def check(self) -> None:
        """Raise EngineUnavailable if no key is set, nobody answers, the key is not accepted or the model is gone."""
        if self.unset:
            raise EngineUnavailable(self.unset)
        must_offer(self.name, self._models(), self._model)

    def facts(self) -> Facts:
        """The models that are offered there, the newest first."""
        return Facts({MODEL.name: self._models()})

    def reply(self, question: Question, job: Job) -> Reply:
        """The model's answer."""
        if self._takes_schema:
            try:
                return self._asked(question, job, self._by_schema(question))
            except EngineRefused as error:
                if not error.answer or error.answer.status != 400:
                    raise
                self._takes_schema = False
        return self._asked(question, job, self._by_tool(question))

    def _models(self) -> tuple[str, ...]:
        listed = self._service(timeout_s=_CHECK_S, tries=1).get("/v1/models", stage="check", limit=1000)
        entries = listed.get("data") if isinstance(listed, Mapping) else None
        return tuple(str(one.get("id")) for one in entries or () if isinstance(one, Mapping))

    def _service(self, *, timeout_s: float, tries: int = 5) -> Http:
        headers = {"x-api-key": self._setup[KEY], "anthropic-version": _VERSION}
        base = self._setup[ADDRESS].rstrip("/").removesuffix("/v1")
        return Http(self.name, base, headers, verdict=_verdict, timeout_s=timeout_s, tries=tries)

    def _asked(self, question: Question, job: Job, form: Mapping[str, Any]) -> Reply:
        roles = {"user": "user", "model": "assistant"}
        body = {
            "model": self._model,
            "max_tokens": MOST_TOKENS,
            "system": question.system,
            "messages": [{"role": roles[turn.who], "content": turn.text} for turn in question.turns],
            **form,
        }
        answer = ask_once(
            self.name, job, self._limiter,
            lambda key: self._http.post_json("/v1/messages", stage="write", json=body),
            asks_again=True,
        )  # fmt: skip
        return _reply(self.name, answer)

    @staticmethod
    def _by_schema(question: Question) -> dict[str, Any]:
        return {"output_config": {"format": {"type": "json_schema", "schema": without_bounds(question.schema)}}}

    @staticmethod
    def _by_tool(question: Question) -> dict[str, Any]:
        tool = {
            "name": question.name,
            "description": "Takes the finished answer.",
            "input_schema": without_bounds(question.schema),
        }
        return {"tools": [tool], "tool_choice": {"type": "tool", "name": question.name}}


class ClaudeWriter(Writer, ClaudeChat):
    """Stories by Claude."""

    settings = (*ClaudeChat.settings, NARRATION_STYLE)
    name = "text/claude"


def _verdict(status: int, said: Said) -> type[EngineError] | None:
    """An empty account is status 400 there; 404 is a model that is gone."""
    is_broke = status == 400 and "credit balance" in said.sentence.lower()
    return EngineUnavailable if is_broke or status == 404 else None


def _reply(engine: str, answer: Any) -> Reply:
    parts = answer.get("content") if isinstance(answer, Mapping) else None
    blocks = [part for part in parts or () if isinstance(part, Mapping)]
    reason = str(answer.get("stop_reason") or "") if isinstance(answer, Mapping) else ""
    text = "".join(str(block.get("text") or "") for block in blocks if block.get("type") == "text")
    if reason == "refusal":
        said = " ".join(text.split())[:300].rstrip(".") or "it gave no reason"
        raise EngineRefused(
            f"{engine} will not write this: {said}. Change the idea.", answer=Answer(engine, "write", 200, reason)
        )
    tools = [block.get("input") for block in blocks if block.get("type") == "tool_use"]
    return Reply(json.dumps(tools[0]) if tools else text, reason == "max_tokens")
