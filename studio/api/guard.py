"""The guard at the door of the server: who may speak to it, from which page, and with which words.

A page of any web site may send requests to a server on this computer, and can make a name of its own point to it (DNS
rebinding). So nothing is believed but exact headers: the address asked for (``Host``) must be one of ours; a page that
asks (``Origin``) must be ours; a program that writes without saying where it comes from must know the token in the
user's own folder. Beyond this computer everything needs the password as well. The guard stands outermost, before the
routes, the files, the socket and Gradio alike.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import json
import re
import secrets
import socket
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "x-studio-token"  # noqa: S105 (the header's name)
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_SAFE = frozenset({"GET", "HEAD"})
_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
_HTTP_PORT = 80
_FETCHES_ELSEWHERE = re.compile(r"/+(gradio_api/+)?(proxy=|file=\s*https?:)", re.IGNORECASE)
"""Routes of Gradio's that make this computer fetch what another one serves; the studio has no use for them."""


class Addresses:
    """The values of ``Host`` that are this server's, given what it listens on.

    One that listens everywhere (``0.0.0.0``, ``::``) is reached by any of the computer's IP addresses and by its own
    name; an IP address cannot be made to point elsewhere, so every one of them is taken.
    """

    def __init__(self, host: str, port: int) -> None:
        self._port = port
        self._is_everywhere = is_wildcard(host)
        names = [*_LOOPBACK_NAMES, _bracketed(host.lower())]
        if self._is_everywhere:
            own = socket.gethostname().lower()
            names += [own, f"{own}.local"]
        self._known = frozenset(_with_port(names, port))

    def include(self, host: str) -> bool:
        """True if ``host`` (with its port) is this server."""
        if host in self._known:
            return True
        name, colon, port = host.rpartition(":")
        if not self._is_everywhere or not colon or port != str(self._port):
            return False
        try:
            ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
        except ValueError:
            return False
        return True


class Guard:
    """Lets through what ``addresses``, ``token`` and ``password`` allow, and adds the headers of every answer.

    ``password`` empty means that the server is reached from this computer alone. A wrong password is answered after
    ``failure_pause_s``, one at a time.
    """

    def __init__(
        self, app: ASGIApp, *, addresses: Addresses, token: str, password: str = "", failure_pause_s: float = 0.3
    ) -> None:
        self._app = app
        self._addresses = addresses
        self._token = token
        self._password = password
        self._cookie = secrets.token_urlsafe(32)
        self._failure_pause_s = failure_pause_s
        self._failing = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        reason = self._why_not(scope, headers)
        if reason:
            await _refuse(scope, send, 403, reason)
            return
        if not self._is_known(headers):
            if "authorization" in headers:
                async with self._failing:
                    await asyncio.sleep(self._failure_pause_s)
            await _refuse(scope, send, 401, "This studio asks for its password.")
            return
        gives_cookie = bool(self._password) and not self._has_cookie(headers)
        await self._app(scope, receive, self._sending(send, headers, gives_cookie=gives_cookie))

    def _why_not(self, scope: Scope, headers: Headers) -> str:
        """Why the request is refused; empty if it is not."""
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not self._addresses.include(hosts[0].lower()):
            return "This is not an address of the studio. Open it at the address that it prints when it starts."
        if any(origin != f"http://{hosts[0].lower()}" for origin in origins) or len(origins) > 1:
            return "Pages of other sites may not use the studio."
        if not _is_from_here(scope, headers):
            return "Pages of other sites may not use the studio."
        if _FETCHES_ELSEWHERE.match(scope["path"]):
            return "The studio fetches nothing from other computers for a page."
        is_write = scope["type"] == "http" and scope["method"] not in _SAFE
        if is_write and (scope["method"] not in _WRITES or not (origins or self._has_token(headers))):
            return f"A program that writes must send the studio's token in the header {TOKEN_HEADER.title()}."
        return ""

    def _is_known(self, headers: Headers) -> bool:
        if not self._password:
            return True
        return self._has_cookie(headers) or self._has_token(headers) or self._has_password(headers)

    def _has_token(self, headers: Headers) -> bool:
        return _is_same(headers.get(TOKEN_HEADER, ""), self._token)

    def _has_password(self, headers: Headers) -> bool:
        kind, _, packed = headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            return False
        try:
            _, colon, given = base64.b64decode(packed.strip(), validate=True).decode("utf-8").partition(":")
        except ValueError:  # no base64, or no text
            return False
        return bool(colon) and _is_same(given, self._password)

    def _has_cookie(self, headers: Headers) -> bool:
        return _is_same(_cookie(headers, self._cookie_name(headers)), self._cookie)

    def _cookie_name(self, headers: Headers) -> str:
        return f"studio_{headers.get('host', '').rpartition(':')[2]}"  # cookies do not tell ports apart, names do

    def _sending(self, send: Send, headers: Headers, *, gives_cookie: bool) -> Send:
        host = headers["host"].lower()
        cookie = f"{self._cookie_name(headers)}={self._cookie}; HttpOnly; SameSite=Strict; Path=/"

        async def sending(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                message.setdefault("headers", [])
                answer = MutableHeaders(scope=message)
                if message["type"] == "http.response.start":
                    for name, value in _answer_headers(host):
                        answer.setdefault(name, value)
                if gives_cookie:
                    answer.append("set-cookie", cookie)
            await send(message)

        return sending


def is_wildcard(host: str) -> bool:
    """True if ``host`` means every address of the computer."""
    return host in ("", "0.0.0.0", "::", "[::]")  # noqa: S104 (recognised, not listened on)


def is_loopback(host: str) -> bool:
    """True if only this computer can reach a server on ``host``."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_from_here(scope: Scope, headers: Headers) -> bool:
    """What the browser itself says about who asks. Following a link to the studio from elsewhere is fine."""
    site = headers.get("sec-fetch-site", "none")
    if site in ("same-origin", "none"):
        return True
    is_link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return is_link and scope["type"] == "http" and scope["method"] in _SAFE


def _answer_headers(host: str) -> Iterable[tuple[str, str]]:
    """What every answer says to the browser.

    Gradio writes its configuration and styles into the page and builds event code from text: so ``unsafe-inline`` and
    ``unsafe-eval`` stay; all else is the own server's. ``same-origin`` as referrer policy tells other sites as little
    as ``no-referrer``, but that one makes browsers send ``Origin: null`` with the own page's forms and beacons.
    """
    yield "x-content-type-options", "nosniff"
    yield "referrer-policy", "same-origin"
    yield "x-frame-options", "DENY"
    yield "cross-origin-resource-policy", "same-origin"
    yield "cross-origin-opener-policy", "same-origin"
    yield (
        "content-security-policy",
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws://{host} "
        "data: blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'",
    )


async def _refuse(scope: Scope, send: Send, status: int, sentence: str) -> None:
    """A closed door, before anything of the request was read."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": ""})  # before acceptance: HTTP 403
        return
    body = json.dumps({"error": sentence}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="AI Film Studio", charset="UTF-8"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _with_port(names: Iterable[str], port: int) -> Iterable[str]:
    for name in names:
        yield f"{name}:{port}"
        if port == _HTTP_PORT:
            yield name


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _is_same(given: str, wanted: str) -> bool:
    """Compared in a time that tells nothing about either."""
    digests = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in (given, wanted))
    return hmac.compare_digest(*digests) and bool(wanted)
