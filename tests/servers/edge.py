"""Microsoft's service behind the Edge browser, as the library ``edge-tts`` speaks to it: a list, and a WebSocket."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import struct
from html import unescape
from typing import Any

from tests.servers.base import Call, Double, Reply
from tests.servers.openai import SPEECH_HZ, spoken
from tests.servers.sounds import as_mp3

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_PART_BYTES = 4000


class Edge(Double):
    """``refuses`` are the statuses that the next connections get; ``mute`` says nothing; ``breaks`` so many times midway."""

    def __init__(self) -> None:
        super().__init__()
        self.refuses: list[int] = []
        self.is_mute = False
        self.breaks = 0

    def answer(self, call: Call) -> Reply:
        if call.path.endswith("/voices/list"):
            return Reply([_voice("pt-BR-FranciscaNeural", "Female"), _voice("en-US-EmmaMultilingualNeural", "Female"), _voice("en-GB-RyanNeural", "Male")])  # fmt: skip
        return Reply(b"", self.refuses.pop(0))

    def upgraded(self, call: Call, connection: socket.socket) -> bool:
        if call.headers.get("upgrade", "").lower() != "websocket" or self.refuses:
            return False
        with self.lock:
            self.calls.append(call)
        accept = base64.b64encode(hashlib.sha1(call.headers["sec-websocket-key"].encode() + _GUID).digest()).decode()
        head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        connection.sendall(f"{head}Sec-WebSocket-Accept: {accept}\r\n\r\n".encode())
        assert "audio-24khz-48kbitrate-mono-mp3" in _received(connection)
        self._speak(connection, _received(connection))
        return True

    def _speak(self, connection: socket.socket, asked: str) -> None:
        body = re.search(r"<voice name='(.+?)'>.*rate='(.+?)%'.*?>(.*)</prosody>", asked, re.DOTALL)
        assert body
        voice, rate, text = body[1], int(body[2]), unescape(body[3])
        with self.lock:
            self.created.append({"voice": voice, "rate": rate, "text": text})
            broken, self.breaks = self.breaks > 0, max(0, self.breaks - 1)
        _send(connection, "Path:turn.start\r\n\r\n{}")
        sound = (
            b"" if self.is_mute else as_mp3(spoken(text, 1 + rate / 100), SPEECH_HZ, rate_hz=24_000, bit_rate=48_000)
        )
        head = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"
        for at in range(0, len(sound), _PART_BYTES):
            _send(connection, struct.pack(">H", len(head)) + head + sound[at : at + _PART_BYTES])
            if broken:
                connection.shutdown(socket.SHUT_RDWR)
                return
        _send(connection, "Path:turn.end\r\n\r\n{}")


def _voice(name: str, gender: str) -> dict[str, Any]:
    locale = "-".join(name.split("-")[:2])
    return {"Name": name, "ShortName": name, "Gender": gender, "Locale": locale, "Status": "GA"}


def _received(connection: socket.socket) -> str:
    """The next message, which a client masks."""
    first, second = _exactly(connection, 2)
    length = second & 0x7F
    if length == 126:
        (length,) = struct.unpack(">H", _exactly(connection, 2))
    mask, content = _exactly(connection, 4), bytearray(_exactly(connection, length))
    assert first & 0x0F == 1
    return bytes(letter ^ mask[at % 4] for at, letter in enumerate(content)).decode()


def _exactly(connection: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        part = connection.recv(count - len(found))
        assert part
        found += part
    return found


def _send(connection: socket.socket, message: str | bytes) -> None:
    content = message.encode() if isinstance(message, str) else message
    length = bytes([len(content)]) if len(content) < 126 else b"\x7e" + struct.pack(">H", len(content))
    connection.sendall((b"\x81" if isinstance(message, str) else b"\x82") + length + content)
