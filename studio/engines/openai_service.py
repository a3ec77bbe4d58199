"""What all engines at OpenAI, and at servers that speak its language, share: where it is, the key, how it says no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studio.engines.facts import Facts, fitting_first
from studio.engines.http import Http, Said, read_error
from studio.engines.models import must_offer
from studio.engines.setup import Setting, Setup
from studio.errors import Answer, EngineError, EngineRefused, EngineUnavailable

OPENAI = "https://api.openai.com"
ADDRESS = Setting(
    "openai_url", "OpenAI-compatible server", "address", OPENAI,
    "OpenAI itself, or your own server: Ollama http://localhost:11434, LM Studio http://localhost:1234, llama.cpp "
    "http://localhost:8080, vLLM http://localhost:8000.",
)  # fmt: skip
KEY = Setting("openai_api_key", "OpenAI-compatible key", "key", "", "Own servers mostly need none.")
_NO_CREDIT = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active")
_REFUSALS = ("moderation_blocked", "content_policy_violation", "content_filter")
_CHECK_S = 5.0
_PROGRAMS = {
    "llamacpp": ("llama.cpp", "/props", "build_info"),
    "library": ("Ollama", "/api/version", "version"),
    "vllm": ("vLLM", "/version", "version"),
}
"""By what stands as the owner of their models: where own servers tell their version."""


def is_own(setup: Setup) -> bool:
    """True for a server other than OpenAI's."""
    return base_of(setup) != OPENAI


def base_of(setup: Setup) -> str:
    """The address without its ``/v1``, which users paste with and without."""
    return setup[ADDRESS].rstrip("/").removesuffix("/v1").rstrip("/")


def service(engine: str, setup: Setup, *, timeout_s: float = 30.0, tries: int = 5) -> Http:
    """The server for ``engine``."""
    key = setup[KEY]
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return Http(engine, base_of(setup), headers, read=_read, verdict=_verdict, timeout_s=timeout_s, tries=tries)


def models_of(engine: str, setup: Setup) -> tuple[str, ...]:
    """What the server offers. Asked once. Raises EngineUnavailable if nobody answers, or another kind of server does."""
    return tuple(str(one["id"]) for one in _listed(engine, setup))


def facts_of(engine: str, setup: Setup, setting: Setting, pattern: str) -> Facts:
    """The models that ``setting`` may name, those of the kind (``pattern``) first, and which program an own server is."""
    listed = _listed(engine, setup)
    models = fitting_first((str(one["id"]) for one in listed), pattern)
    return Facts({setting.name: models}, version=_version(engine, setup, listed))


def _listed(engine: str, setup: Setup) -> Sequence[Mapping[str, Any]]:
    http = service(engine, setup, timeout_s=_CHECK_S, tries=1)
    listed = http.try_get("/v1/models", stage="check")
    entries = listed.get("data") if isinstance(listed, Mapping) else None
    if not isinstance(entries, list):
        raise EngineUnavailable(
            f"{engine}: what answers at {setup[ADDRESS]} keeps no list of models (/v1/models), so it is no server of this "
            "kind. Check the address in Settings.",
            answer=Answer(engine, "check", kind="no_such_service"),
        )
    return [one for one in entries if isinstance(one, Mapping) and "id" in one]


def _version(engine: str, setup: Setup, listed: Sequence[Mapping[str, Any]]) -> str:
    """Of a server of the user's own, as far as its list of models says which program it is."""
    owners = {str(one.get("owned_by", "")) for one in listed}
    known = next((_PROGRAMS[owner] for owner in owners if owner in _PROGRAMS), None)
    if known is None or not is_own(setup):
        return ""
    program, path, field = known
    try:
        said = service(engine, setup, timeout_s=_CHECK_S, tries=1).get(path, stage="check")
    except EngineError:
        return program
    number = said.get(field) if isinstance(said, Mapping) else None
    return f"{program} {number}" if number else program


def unset(engine: str, setup: Setup) -> str:
    """What must be set before ``engine`` can be asked; empty if all is."""
    if setup[KEY] or is_own(setup):
        return ""
    return (
        f"{engine} needs a key of OpenAI's ({KEY.variable}), or the address of your own server ({ADDRESS.variable})."
        " Set one in Settings."
    )


def check_model(engine: str, setup: Setup, model: str) -> None:
    """Raise EngineUnavailable if no server is set, it does not answer, or it does not offer ``model`` (empty: any)."""
    if missing := unset(engine, setup):
        raise EngineUnavailable(missing)
    must_offer(engine, models_of(engine, setup), model)


def must_be_no_error(http: Http, stage: str, answer: Any) -> Any:
    """``answer``, unless it is an error that was sent with status 200, as some servers do."""
    if isinstance(answer, Mapping) and answer.get("error") and not answer.get("choices"):
        said = _read(answer)
        words = http.without_key(said.sentence.rstrip(".")) or "refused"
        raise EngineRefused(
            f"{http.engine}, {stage}: {words} (status 200, {said.kind or 'an error'}). Look at the server's own log.",
            answer=Answer(http.engine, stage, 200, said.kind),
        )
    return answer


def _read(body: Any) -> Said:
    """As ``read_error``, but the code before the type: the type is the same for most errors."""
    said = read_error(body)
    error = body.get("error") if isinstance(body, Mapping) else None
    code = error.get("code") if isinstance(error, Mapping) else None
    return Said(code, said.sentence, said.retry_after_s) if isinstance(code, str) and code else said


def _verdict(status: int, said: Said) -> type[EngineError] | None:
    if said.kind in _NO_CREDIT or status == 404:
        return EngineUnavailable
    return EngineRefused if said.kind in _REFUSALS else None
