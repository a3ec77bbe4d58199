"""A form with one file, read as it comes in: the fields into memory, the file's bytes handed on at once."""

from __future__ import annotations

from collections.abc import Collection

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from studio.errors import BadInput

_MOST_FIELD_BYTES = 1 << 20
_MOST_SMALL_BYTES = 16 << 20
_MOST_HEADER_BYTES = 16 << 10
_MOST_PARTS = 32
_FILE = "file"


class Form:
    """``fields`` by name; ``filename`` as the user's browser gave it, empty if no file came.

    Parts named in ``small`` may be files as well: they are read into memory, as (name, content) in ``small_files``.
    """

    def __init__(self, content_type: str, *, small: Collection[str] = ()) -> None:
        boundary = parse_options_header(content_type)[1].get(b"boundary")
        if not boundary:
            raise BadInput("The form cannot be read: it does not say where its parts end.")
        self.filename = ""
        self._values: dict[str, bytearray] = {}
        self._small = small
        self._small_names: dict[str, str] = {}
        self._header, self._header_value = bytearray(), bytearray()
        self._headers: dict[bytes, bytes] = {}
        self._part = ""
        self._parts = 0
        self._field_bytes = 0
        self._is_whole = False
        self._out = bytearray()
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._on_header,
                "on_header_value": self._on_header_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._begin_content,
                "on_part_data": self._on_content,
                "on_end": self._end,
            },
        )

    @property
    def fields(self) -> dict[str, str]:
        """The form's fields as text."""
        return {
            name: value.decode("utf-8", "replace")
            for name, value in self._values.items()
            if name not in self._small_names
        }

    @property
    def small_files(self) -> dict[str, tuple[str, bytes]]:
        """The small files by the name of their part, as (file's name, content)."""
        return {part: (name, bytes(self._values[part])) for part, name in self._small_names.items()}

    def feed(self, chunk: bytes) -> bytes:
        """Read on; returns what of the file came with ``chunk``. Raises BadInput."""
        try:
            self._parser.write(chunk)
        except MultipartParseError as error:
            raise BadInput(f"The form cannot be read ({error}).") from error
        out = bytes(self._out)
        self._out.clear()
        return out

    def finish(self) -> None:
        """Nothing more comes. Raises BadInput if the form is not whole."""
        if not self._is_whole:
            raise BadInput("The upload was cut off. Send it again.")

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise BadInput("The form has too many parts.")
        self._headers, self._part = {}, ""

    def _on_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]
        self._check_header()

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]
        self._check_header()

    def _check_header(self) -> None:
        if len(self._header) + len(self._header_value) > _MOST_HEADER_BYTES:
            raise BadInput("The form cannot be read: a header in it is too long.")

    def _end_header(self) -> None:
        self._headers[bytes(self._header).lower()] = bytes(self._header_value)
        self._header, self._header_value = bytearray(), bytearray()

    def _begin_content(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._part = options.get(b"name", b"").decode("utf-8", "replace")
        if self._part == _FILE:
            if self.filename:
                raise BadInput("One file at a time, please.")
            self.filename = options.get(b"filename", b"").decode("utf-8", "replace") or "upload"
        elif b"filename" in options and self._part in self._small:
            name = options[b"filename"].decode("utf-8", "replace")
            if name:  # a form sends an empty one for a file that was not chosen
                self._small_names[self._part] = name
                self._values.setdefault(self._part, bytearray())
            else:
                self._part = ""
        elif b"filename" in options:
            raise BadInput(f"The file must be in the form's part “{_FILE}”.")
        elif self._part:
            self._values.setdefault(self._part, bytearray())

    def _on_content(self, data: bytes, start: int, end: int) -> None:
        if self._part == _FILE:
            self._out += data[start:end]
        elif self._part:
            self._field_bytes += end - start
            if self._field_bytes > (_MOST_SMALL_BYTES if self._small_names else _MOST_FIELD_BYTES):
                raise BadInput("The form's fields are too long.")
            self._values[self._part] += data[start:end]

    def _end(self) -> None:
        self._is_whole = True
