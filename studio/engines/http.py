"""Calls to a service: what may be asked again is, what may cost money never is, and every no is the right error.

The rules: a GET changes nothing, so it is repeated on a lost connection and on 408, 425, 429 and 5xx, with full
jitter and the service's own Retry-After. A POST that creates is sent once. If it surely was not accepted (no
connection, 429, 503, 529) the error is ``EngineBusy`` or ``EngineUnavailable``; if it may have been (a time-out, a
broken answer, 500, 502, 504) it is ``OutcomeUnknown``. A key stands in a header and nowhere else.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from studio.engines.answers import TornError, blocks, must_be_whole, read_whole, retry_after_s
from studio.engines.inward import must_lead_outward
from studio.engines.remote import ASK_ANEW
from studio.errors import (
    Answer,
    EngineBusy,
    EngineError,
    EngineRefused,
    EngineUnavailable,
    OutcomeUnknown,
    UnusableOutput,
)

if TYPE_CHECKING:
    from requests import Response

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_NOT_BEGUN = frozenset({408, 425, 429, 503, 529})
_TRIES = 5
_LONGEST_PAUSE_S = 60.0
_TELLING = 6
"""So many letters of a key in a row are not to be shown."""
_MOST_FILE_BYTES = 4 << 30
_MOST_JSON_BYTES = 256 << 20
_MOST_TURNS = 5
"""A download address may send elsewhere so often."""
_REQUEST_ID = ("x-request-id", "request-id", "x-goog-request-id", "cf-ray")


@dataclass(frozen=True, slots=True)
class Said:
    """What a service's error body says: a word for it, a sentence, and how long to wait if it names that.

    ``remedy`` is what to do about it where that does not follow from the status.
    """

    kind: str = ""
    sentence: str = ""
    retry_after_s: float | None = None
    remedy: str = ""


def read_error(body: Any) -> Said:
    """The usual shapes: ``{"error": {"type", "message"}}``, ``{"error": "…"}``, ``{"detail": …}``, ``{"message": "…"}``.

    ``{"detail": [{"loc": […], "msg"}]}`` lists what FastAPI does not like of a request.
    """
    inner = body.get("error", body.get("detail", body)) if isinstance(body, Mapping) else body
    if isinstance(inner, str):
        return Said("", inner)
    if isinstance(inner, list):
        faults = [one for one in inner if isinstance(one, Mapping) and one.get("msg")]
        return Said("", "; ".join(f"{_last(one.get('loc'))}: {one['msg']}" for one in faults))
    if not isinstance(inner, Mapping):
        return Said()
    kinds = (inner.get(key) for key in ("type", "code", "status"))
    kind = next((word for word in kinds if isinstance(word, str) and word), "")
    sentence = inner.get("message") or inner.get("detail") or ""
    return Said(kind, str(sentence), _google_delay_s(inner))


def _last(place: Any) -> str:
    return str(place[-1]) if isinstance(place, list) and place else "request"


def _google_delay_s(error: Mapping[str, Any]) -> float | None:
    details = error.get("details")
    for detail in details if isinstance(details, list) else []:
        found = (
            re.fullmatch(r"(\d+(?:\.\d+)?)s", str(detail.get("retryDelay", "")))
            if isinstance(detail, Mapping)
            else None
        )
        if found:
            return float(found.group(1))
    return None


@dataclass(frozen=True)
class Http:
    """One service at one address. ``engine`` is named in every error; ``headers`` carry the key.

    ``read`` understands the service's error bodies; ``verdict`` may name the error class where the status alone
    does not tell (None: by the status). ``sleep`` and ``jitter`` are handed in by tests.
    """

    engine: str
    base: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    read: Callable[[Any], Said] = read_error
    verdict: Callable[[int, Said], type[EngineError] | None] = lambda status, said: None
    timeout_s: float = 30.0
    sleep: Callable[[float], None] | None = None
    jitter: Callable[[], float] = random.random
    look: Callable[[], None] | None = None
    """Called while something comes; may raise Cancelled, as ``sleep`` may. What was sent to create is heard to its end."""
    tries: int = 5
    """How often a question is asked before the service counts as not answering."""
    hidden: tuple[str, ...] = field(default=(), repr=False)
    """What stands in bodies and must stand in no error, beside what is in the headers."""

    def heeding(self, wait: Callable[[float], None]) -> Http:
        """The same, that sleeps by ``wait`` and ends as soon as that raises Cancelled."""
        return replace(self, sleep=wait, look=partial(wait, 0.0))

    def get(self, path: str, *, stage: str, **params: Any) -> Any:
        """The JSON answer of a question that changes nothing. Raises EngineError."""
        return self._json(self._ask("GET", path, stage, params=params or None), stage)

    def get_dated(self, path: str, *, stage: str, **params: Any) -> tuple[Any, float | None]:
        """As ``get``, and the service's own time in seconds since 1970 (None if it does not tell): clocks differ."""
        answer = self._ask("GET", path, stage, params=params or None)
        try:
            said_at = parsedate_to_datetime(answer.headers.get("Date", "")).timestamp()
        except ValueError:
            said_at = None
        return self._json(answer, stage), said_at

    def try_get(self, path: str, *, stage: str, **params: Any) -> Any | None:
        """As ``get``; None where the service knows nothing of that (404)."""
        try:
            return self.get(path, stage=stage, **params)
        except EngineError as error:
            if error.answer and error.answer.status == 404:
                return None
            raise

    def ask_json(self, path: str, *, stage: str, **body: Any) -> Any:
        """As ``get``, for a question that is too long for an address: a POST that begins nothing and is repeated."""
        return self._json(self._ask("POST", path, stage, **body), stage)

    def post(self, path: str, *, stage: str, timeout_s: float | None = None, **body: Any) -> Response:
        """The answer of a request that creates, sent once. ``body``: ``json``, ``data`` and ``files`` as of requests."""
        import requests

        try:
            answer = self._send("POST", path, timeout_s=timeout_s, **body)
        except (requests.ConnectTimeout, requests.exceptions.ConnectionError) as error:
            if _never_arrived(error):
                raise self._unreachable(stage) from None
            raise self._unknown(stage) from None
        except requests.RequestException:
            raise self._unknown(stage) from None
        if answer.ok:
            return answer
        raise self._no(answer, stage, creates=True)

    def post_json(self, path: str, *, stage: str, timeout_s: float | None = None, **body: Any) -> Any:
        """As ``post``; its JSON. OutcomeUnknown if the answer is none: it may have been cut on its way."""
        answer = self.post(path, stage=stage, timeout_s=timeout_s, **body)
        try:
            return answer.json()
        except (ValueError, RecursionError):
            sent = f"it sent {answer.headers.get('Content-Type', 'nothing named')}"
            raise self._unknown(stage, f"an answer came that cannot be read ({sent})", sent) from None

    def put_file(self, url: str, file: Path, *, stage: str, headers: Mapping[str, str]) -> None:
        """``file`` is at the signed address ``url``, which is told no key. Repeated like a question: it costs nothing."""
        import requests

        for number in range(1, self.tries + 1):
            must_lead_outward(url, self.base, Answer(self.engine, stage))
            try:
                with file.open("rb") as content:
                    answer = requests.put(
                        url, data=content, headers=dict(headers), timeout=self.timeout_s, allow_redirects=False
                    )
            except requests.RequestException:
                if number == self.tries:
                    raise self._unreachable(stage) from None
            else:
                if answer.ok:
                    return
                if number == self.tries or answer.status_code not in _AGAIN:
                    raise self._no(answer, stage)
            self._pause(number, None)

    def delete(self, path: str, *, stage: str) -> None:
        """What the service has at ``path`` is gone; no error if it was gone before."""
        import requests

        try:
            answer = self._send("DELETE", path)
        except requests.RequestException:
            raise self._unreachable(stage) from None
        if not answer.ok and answer.status_code != 404:
            raise self._no(answer, stage)

    def download(self, url: str, out: Path, *, stage: str = "download", with_key: bool = False) -> None:
        """The file at ``url`` is in ``out``, as long as announced; goes on where it broke off where that is offered.

        Signed addresses are fetched without the key, which is for the service alone.
        """
        for number in range(1, _TRIES + 1):
            try:
                self._fetch(url, out, stage, with_key=with_key)
            except TornError as torn:
                if number == _TRIES:
                    raise EngineBusy(
                        f"{self.engine}: the finished file broke off {_TRIES} times ({torn}). It is fetched again next time.",
                        retry_after_s=_LONGEST_PAUSE_S, answer=Answer(self.engine, stage),
                    ) from None  # fmt: skip
                self._pause(number, None)
            else:
                return

    def _fetch(self, url: str, out: Path, stage: str, *, with_key: bool) -> None:
        import requests

        have = out.stat().st_size if out.exists() else 0
        headers = {"Range": f"bytes={have}-"} if have else {}
        if with_key:
            headers |= self.headers
        try:
            with self._open(url if "://" in url else self.base + url, headers, stage) as answer:
                if answer.status_code == 416:
                    out.unlink()
                    raise TornError("its length changed")
                if answer.status_code in _AGAIN:
                    raise TornError(f"status {answer.status_code}")
                if not answer.ok:
                    raise self._no(answer, stage)
                goes_on = answer.status_code == 206 and answer.headers.get("Content-Range", "").startswith(
                    f"bytes {have}-"
                )
                with out.open("ab" if goes_on else "wb") as file:
                    for block in blocks(answer, look=self.look):
                        if file.write(block) and file.tell() > _MOST_FILE_BYTES:
                            raise UnusableOutput(f"What came is over {_MOST_FILE_BYTES >> 30} GB: no clip is.")
                must_be_whole(answer, out, have if goes_on else 0)
        except requests.RequestException as error:
            raise TornError(type(error).__name__) from None

    def _open(self, url: str, headers: Mapping[str, str], stage: str) -> Response:
        """What answers at ``url``, followed to where it sends; only the first is told the key. EngineRefused if that is inside."""
        import requests

        for _ in range(_MOST_TURNS):
            must_lead_outward(url, self.base, Answer(self.engine, stage))
            answer = requests.get(url, headers=headers, stream=True, timeout=self.timeout_s, allow_redirects=False)
            if not answer.is_redirect:
                return answer
            answer.close()
            url = urljoin(url, answer.headers["Location"])
            headers = {name: value for name, value in headers.items() if name == "Range"}
        raise TornError("it sends from one address to the next")

    def _ask(self, method: str, path: str, stage: str, **given: Any) -> Response:
        import requests

        for number in range(1, self.tries + 1):
            try:
                answer = self._send(method, path, **given)
            except requests.RequestException:
                if number == self.tries:
                    raise self._unreachable(stage) from None
                self._pause(number, None)
                continue
            if answer.ok:
                return answer
            no = self._no(answer, stage)
            if number == self.tries or answer.status_code not in _AGAIN:
                raise no
            self._pause(number, no.retry_after_s if isinstance(no, EngineBusy) else None)
        raise AssertionError

    def _send(self, method: str, path: str, *, timeout_s: float | None = None, **given: Any) -> Response:
        import requests

        headers = {**self.headers, **given.pop("headers", {})}
        longest_s = timeout_s or self.timeout_s
        timeout = (min(10.0, longest_s), longest_s)
        answer = requests.request(
            method, self.base + path, headers=headers, timeout=timeout, allow_redirects=False, stream=True, **given
        )
        try:
            body = read_whole(answer, most_bytes=_MOST_JSON_BYTES, look=self.look if method == "GET" else None)
        except TornError as torn:
            raise requests.ConnectionError(str(torn)) from None
        finally:
            answer.close()
        answer.raw = BytesIO(body)
        return answer

    def _json(self, answer: Response, stage: str) -> Any:
        try:
            return answer.json()
        except (ValueError, RecursionError):
            kind = answer.headers.get("Content-Type", "nothing named")
        message = f"{self.engine}: what answers at {self._place()} is not the service it should be (it sent {kind})."
        raise EngineUnavailable(
            f"{message} Check the address in Settings.", answer=Answer(self.engine, stage, answer.status_code)
        )

    def _no(self, response: Response, stage: str, *, creates: bool = False) -> EngineError:
        status = response.status_code
        try:
            said = self.read(response.json())
        except (ValueError, RecursionError):
            text = response.text[:200].strip()
            said = Said("", "a web page came instead of an answer" if text.startswith("<") else text)
        request_id = next((response.headers[name] for name in _REQUEST_ID if name in response.headers), "")
        answer = Answer(self.engine, stage, status, said.kind, request_id)
        parts = [f"status {status}", said.kind, f"request {request_id}" if request_id else ""]
        words = (
            f"{self.engine}, {stage}: {said.sentence.rstrip('.') or 'refused'} ({', '.join(p for p in parts if p)})."
        )
        words = self.without_key(words)
        kind = self.verdict(status, said) or _kind_of(status, creates=creates)
        if kind is EngineBusy:
            wait_s = said.retry_after_s if said.retry_after_s is not None else retry_after_s(response.headers)
            return EngineBusy(f"{words} It is tried again later.", retry_after_s=wait_s or 0.0, answer=answer)
        remedy = said.remedy or _REMEDIES.get(status, _REMEDY_OF.get(kind, ""))
        return kind(f"{words} {remedy}".rstrip(), answer=answer)

    def without_key(self, text: str) -> str:
        """``text`` with every key blotted out, also a part of one: some servers repeat the one that they refuse."""
        secrets = {value.rpartition(" ")[2] for value in self.headers.values()} | {*self.hidden}
        pieces = {key[at : at + _TELLING] for key in secrets for at in range(len(key) - _TELLING + 1)}
        told = (at for at in range(len(text)) if text[at : at + _TELLING] in pieces)
        hidden = {at + step for at in told for step in range(_TELLING)}
        return re.sub("\0+", "…", "".join("\0" if at in hidden else letter for at, letter in enumerate(text)))

    def _unreachable(self, stage: str) -> EngineUnavailable:
        message = f"{self.engine} does not answer at {self._place()}. Is it running, and is this computer online?"
        return EngineUnavailable(message, answer=Answer(self.engine, stage))

    def _unknown(self, stage: str, what: str = "no answer came", kind: str = "") -> OutcomeUnknown:
        message = f"{self.engine}, {stage}: {what}, so it may have begun. {_REMEDY_OF[OutcomeUnknown]}"
        return OutcomeUnknown(message, answer=Answer(self.engine, stage, kind=kind))

    def _place(self) -> str:
        parts = urlsplit(self.base)
        return f"{parts.scheme}://{parts.hostname or ''}" + (f":{parts.port}" if parts.port else "")

    def _pause(self, number: int, asked_s: float | None) -> None:
        import time

        longest = min(_LONGEST_PAUSE_S, 0.5 * 2**number)
        (self.sleep or time.sleep)(min(_LONGEST_PAUSE_S, asked_s) if asked_s else longest * self.jitter())


_REMEDIES = {
    401: "Check the key in Settings.",
    402: "The account there has no credit left.",
    403: "The key does not allow this: check it in Settings.",
    404: "The model or the work is not known there: check the model in Settings.",
    413: "It is too large for this service: choose a smaller size or a shorter length.",
}
_REMEDY_OF: Mapping[type[EngineError], str] = {
    OutcomeUnknown: f"It may have been paid for: look there. {ASK_ANEW}",
    EngineRefused: "Change the words or the settings of this item, then try again.",
    EngineUnavailable: "Look at your account there and at the settings of this engine, or choose another engine.",
}


def _kind_of(status: int, *, creates: bool) -> type[EngineError]:
    if status in (401, 402, 403):
        return EngineUnavailable
    if status in _NOT_BEGUN:
        return EngineBusy
    if status >= 500:
        return OutcomeUnknown if creates else EngineBusy
    return EngineRefused


def _never_arrived(error: Exception) -> bool:
    """True if no connection was made at all, so that nothing can have been accepted."""
    import requests
    from urllib3.exceptions import MaxRetryError, NameResolutionError, NewConnectionError

    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, (NewConnectionError, NameResolutionError))
