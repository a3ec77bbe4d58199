"""What leaves with an export must not tell where the project stood or who its owner is.

The texts that steps write name files relative to the project. Only two files can hold more: the journal, which keeps
the words of failures (a disk's or an outside program's, paths and all), and the manifest, where a person may have
put a path. Both are the studio's own and no digest of them is kept, so they may change on the way out.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

#: ``/home/anna/x.wav`` or ``C:\\Users\\anna\\x.wav`` in running text; the file's own name may stay.
_PATH = re.compile(r"""(?<![\w.:/\\~])(?:[A-Za-z]:)?(?:[/\\][^\s/\\"'“”‘’<>|:;,()]+)+[/\\]([^\s/\\"'“”‘’<>|:;,()]*)""")


class Privacy:
    """Takes the places of this machine out of texts. ``directory`` is where the project stands."""

    def __init__(self, directory: Path) -> None:
        here = [directory, directory.resolve()]
        inside = _variants(here)
        around = _variants([*(p for path in here for p in path.parents if len(p.parts) > 3), Path(tempfile.gettempdir())])
        home = _variants([Path.home(), Path.home().resolve()])
        self._inside = _any_of(inside)
        self._home = _any_of(home)
        self._around = _any_of(around)

    def of_text(self, text: str) -> str:
        """``text`` with paths in the project relative to it, and nothing of the folders around it."""
        text = self._inside.sub(lambda found: "" if found[1] else "the project", text)
        text = self._around.sub("", text)
        return self._home.sub(lambda found: f"~{found[1] or ''}", text)

    def of_json(self, content: bytes) -> bytes:
        """The JSON text with ``of_text`` done to every string; the same bytes if there was nothing to do."""
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            return self.of_text(content.decode("utf-8", "replace")).encode()
        cleaned = self._cleaned(found, words=self.of_text)
        if cleaned == found:
            return content
        return (json.dumps(cleaned, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")

    def of_journal(self, content: bytes) -> bytes:
        """The journal with ``of_text`` done to its lines; what failures say loses every absolute path."""
        *lines, _torn = content.split(b"\n")
        return b"".join(self._line(line) + b"\n" for line in lines)

    def _line(self, line: bytes) -> bytes:
        if b"/" not in line and b"\\" not in line:
            return line
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            return b""  # damaged: the journal leaves it out as well
        is_told = isinstance(record, dict) and record.get("kind") != "artifact"
        cleaned = self._cleaned(record, words=self._of_words if is_told else self.of_text)
        if cleaned == record:
            return line
        return json.dumps(cleaned, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

    def _of_words(self, text: str) -> str:
        return _PATH.sub(r"\1", self.of_text(text))

    def _cleaned(self, found: object, words: object) -> object:
        if isinstance(found, str):
            return words(found)  # type: ignore[operator]
        if isinstance(found, list):
            return [self._cleaned(item, words) for item in found]
        if isinstance(found, dict):
            return {key: self._cleaned(item, words) for key, item in found.items()}
        return found


def _variants(paths: list[Path]) -> list[str]:
    texts = {str(path) for path in paths if len(path.parts) > 1} | {path.as_posix() for path in paths if len(path.parts) > 1}
    return sorted(texts, key=len, reverse=True)


def _any_of(texts: list[str]) -> re.Pattern[str]:
    """One of ``texts`` as a path or the beginning of one; group 1 is the slash behind it, if there is one."""
    if not texts:
        return re.compile(r"(?!)()")
    return re.compile(f"(?:{'|'.join(map(re.escape, texts))})(?:([/\\\\])|(?![\\w.-]))")
