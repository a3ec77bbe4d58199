"""What all engines at Google's Gemini API share: where it is, the key, how it says no, what stands in an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from studio.engines.facts import Facts, fitting_first
from studio.engines.http import Http, Said, read_error
from studio.engines.models import must_offer
from studio.engines.setup import Setting, Setup
from studio.errors import Answer, EngineError, EngineRefused, EngineUnavailable

KEY = Setting("gemini_api_key", "Gemini key", "key", "", "From Google AI Studio.")
ADDRESS = Setting(
    "gemini_url", "Gemini address", "address", "https://generativelanguage.googleapis.com", "For a proxy of your own."
)
_CHECK_S = 5.0
_WAY = "generateContent"
_BAD_KEY = ("API_KEY_INVALID", "API_KEY_SERVICE_BLOCKED", "PERMISSION_DENIED", "UNAUTHENTICATED", "BILLING_DISABLED")
_FINE = ("", "STOP", "MAX_TOKENS", "FINISH_REASON_UNSPECIFIED")


def service(engine: str, setup: Setup, *, timeout_s: float, tries: int = 5) -> Http:
    """Google's server for ``engine``."""
    base = setup[ADDRESS].rstrip("/").removesuffix("/v1beta")
    return Http(
        engine, base, {"x-goog-api-key": setup[KEY]}, read=_read, verdict=_verdict, timeout_s=timeout_s, tries=tries
    )


def unset(engine: str, setup: Setup) -> str:
    """What must be set before ``engine`` can be asked; empty if all is."""
    return "" if setup[KEY] else f"{engine} needs a key of Google's ({KEY.variable}). Set it in Settings."


def check_model(engine: str, setup: Setup, model: str) -> None:
    """Raise EngineUnavailable if no key is set, nobody answers, the key is not accepted or the model is gone."""
    if missing := unset(engine, setup):
        raise EngineUnavailable(missing)
    must_offer(engine, _models_of(engine, setup), model)


def facts_of(engine: str, setup: Setup, setting: Setting, pattern: str) -> Facts:
    """The models that ``setting`` may name, those of the kind (``pattern``) first."""
    return Facts({setting.name: fitting_first(_models_of(engine, setup), pattern)})


def _models_of(engine: str, setup: Setup) -> tuple[str, ...]:
    """Those that answer as the engines here ask; all of them where the service does not say how they answer."""
    listed = service(engine, setup, timeout_s=_CHECK_S, tries=1).get("/v1beta/models", stage="check", pageSize=1000)
    entries = listed.get("models") if isinstance(listed, Mapping) else None
    models = [one for one in entries or () if isinstance(one, Mapping)]
    ways = ((str(one.get("name", "")), one.get("supportedGenerationMethods") or [_WAY]) for one in models)
    return tuple(name.removeprefix("models/") for name, known in ways if _WAY in known)


def path_of(model: str) -> str:
    """Where ``model`` is asked."""
    return f"/v1beta/models/{model.removeprefix('models/')}:{_WAY}"


def parts_of(engine: str, stage: str, answer: Any) -> tuple[list[Mapping[str, Any]], str]:
    """The parts of the first candidate, thoughts left out, and why it ended.

    Raises EngineRefused for what was blocked: such a prompt is answered with status 200 and no candidate.
    """
    whole = answer if isinstance(answer, Mapping) else {}
    feedback = whole.get("promptFeedback") or {}
    if feedback.get("blockReason"):
        detail = feedback.get("blockReasonMessage") or "the prompt was blocked"
        raise _refused(engine, stage, str(feedback["blockReason"]), str(detail))
    candidates = whole.get("candidates") or []
    first = candidates[0] if candidates and isinstance(candidates[0], Mapping) else {}
    reason = str(first.get("finishReason") or "")
    content = first.get("content") or {}
    parts = [part for part in content.get("parts") or () if isinstance(part, Mapping) and not part.get("thought")]
    if not parts and reason not in _FINE:
        raise _refused(engine, stage, reason, str(first.get("finishMessage") or "the answer was blocked"))
    return parts, reason


def _refused(engine: str, stage: str, kind: str, said: str) -> EngineRefused:
    return EngineRefused(
        f"{engine}, {stage}: {said[:300].rstrip('.')} (status 200, {kind}). Change the words, then try again.",
        answer=Answer(engine, stage, 200, kind),
    )


def _read(body: Any) -> Said:
    """As ``read_error``; the reason in the details, where there is one, says more than the status."""
    said = read_error(body)
    error = body.get("error") if isinstance(body, Mapping) else None
    details = error.get("details") if isinstance(error, Mapping) else None
    reasons = (detail.get("reason") for detail in details or () if isinstance(detail, Mapping))
    reason = next((word for word in reasons if isinstance(word, str) and word), "")
    return replace(said, kind=reason) if reason else said


def _verdict(status: int, said: Said) -> type[EngineError] | None:
    return EngineUnavailable if said.kind in _BAD_KEY or status == 404 else None
