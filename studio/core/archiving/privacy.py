"""What leaves with an export must not tell where the project stood or who its owner is.

The texts that steps write name files relative to the project. Only two files can hold more: the journal, which keeps
the words of failures (a disk's or an outside program's, paths and all), and the manifest, where a person may have
put a path. Both are the studio's own and no digest of them is kept, so they may change on the way out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

#: ``/home/anna/x.wav`` or ``C:\\Users\\anna\\x.wav`` in running text; the file's own name may stay.
_PATH = re.compile(r"""(?<![\w.:/\\~])(?:[A-Za-z]:)?(?:[/\\][^\s/\\"'“”‘’<>|:;,()]+)+[/\\]([^\s/\\"'“”‘’<>|:;,()]*)""")


class Privacy:
    """Takes the places of this machine out of texts. ``directory`` is where the project stands."""

    def __init__(self, directory: Path) -> None:
        here = [directory.absolute(), directory.resolve()]
        self._inside = _any_of(here)
        home = {Path.home(), Path.home().resolve()}
        above_home = {parent for path in home for parent in path.parents}
        around = {parent for path in here for parent in path.parents if len(parent.parts) > 2}
        self._home = _any_of(home)
        self._around = _any_of(around - home - above_home)
        self._above = _any_of(around & above_home)

    def of_text(self, text: str) -> str:
        """``text`` with paths in the project relative to it, and nothing of the folders around it."""
        text = self._inside.sub(lambda found: "" if found[1] else "the project", text)
        text = self._around.sub("", text)
        text = self._home.sub(lambda found: f"~{found[1] or ''}", text)
        return self._above.sub("", text)

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

    def _cleaned(self, found: object, words: Callable[[str], str]) -> object:
        if isinstance(found, str):
            return words(found)
        if isinstance(found, list):
            return [self._cleaned(item, words) for item in found]
        if isinstance(found, dict):
            return {key: self._cleaned(item, words) for key, item in found.items()}
        return found


def _any_of(paths: Iterable[Path]) -> re.Pattern[str]:
    """One of ``paths`` or the beginning of one; group 1 is the slash behind it, if there is one."""
    texts = {text for path in paths if len(path.parts) > 1 for text in (str(path), path.as_posix())}
    if not texts:
        return re.compile(r"(?!)()")
    longest_first = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?:([/\\\\])|(?![\\w.-]))")
