"""Archives that nobody thought of: whatever is in them, an import ends in a project or in a sentence, and stays inside."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.core.archive import import_archive
from studio.core.project import load_project
from studio.core.session import Session
from studio.errors import StudioError
from tests.core.archive_bytes import DEFLATED, FILE, FOLDER, LINK, PIPE, STORED, Raw, project_files, zip_of

_PARTS = st.sampled_from(
    ["a", "b", "A", "images", "tmp", "takes", "..", ".", "", "C:", "con", "nul.txt", ".lock", "x ", "y.", "é", "e\u0301",
     "\u202e", "ß", "ss", "__MACOSX", ".DS_Store", "snapshots", "z.zip", "metadata.json", "checkpoints.jsonl",
     "session_1_meta.json", "studio-archive.json", "a\\b", "\0", "映画"]
)  # fmt: skip
_NAMES = st.one_of(st.lists(_PARTS, min_size=1, max_size=4).map("/".join), st.text(max_size=12))
_KEYS = st.sampled_from(
    ["kind", "name", "digest", "tmp", "size_bytes", "mtime_ns", "format", "files", "source", "file", "session_name",
     "manifest", "error", "type", "fingerprint", "step", "blake3", "facts", "origin", "inputs"]
)  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["../x", "made", "ab" * 32]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=12,
)
_CONTENTS = st.one_of(
    st.binary(max_size=200),
    _JSON.map(lambda found: json.dumps(found).encode()),
    st.lists(_JSON, max_size=4).map(lambda lines: b"".join(json.dumps(line).encode() + b"\n" for line in lines)),
)
_ODD = st.fixed_dictionaries(
    {},
    optional={
        "flags": st.sampled_from([0, 0x800, 0x801, 8, 0x808, 0xFFFF]),
        "attributes": st.sampled_from([0, FILE, FOLDER, LINK, PIPE, 0xFFFFFFFF]),
        "packed": st.binary(max_size=30),
        "crc": st.integers(0, 2**32 - 1),
        "size": st.integers(0, 2**32 - 1),
        "extra": st.binary(max_size=40),
        "local_name": _NAMES,
        "local_method": st.sampled_from([0, 8, 14]),
        "local_size": st.integers(0, 2**32 - 1),
        "offset": st.integers(0, 2**32 - 1) | st.integers(0, 300),
        "disk": st.sampled_from([0, 1, 0xFFFF]),
    },
)


@st.composite
def archives(draw) -> bytes:
    """Mostly honest, so that they get far; then one thing or another is odd."""
    raws = list(project_files(**draw(st.dictionaries(_KEYS, _JSON, max_size=1)))) if draw(st.integers(0, 3)) else []
    for name, content, method in draw(
        st.lists(st.tuples(_NAMES, _CONTENTS, st.sampled_from([STORED, DEFLATED])), max_size=5)
    ):
        raws.append(Raw(name, content, method))
    if raws and draw(st.integers(0, 2)) == 0:
        at = draw(st.integers(0, len(raws) - 1))
        raws[at] = replace(raws[at], **draw(_ODD))
    how = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "count": st.integers(0, 9),
                "comment": st.binary(max_size=30) | st.just(b"AI Film Studio archive"),
                "before": st.binary(max_size=9),
                "after": st.binary(max_size=9),
                "between": st.binary(max_size=99),
                "disk": st.integers(0, 2),
            },
        )
        if draw(st.integers(0, 4)) == 0
        else st.just({})
    )
    return zip_of(raws, **how)


def _import_safely(content: bytes) -> str:
    """``refused`` or the kind of what came in; asserts that nothing lies outside and that what came in opens."""
    root = Path(tempfile.mkdtemp(prefix="fuzz-"))
    sessions = root / "a" / "b" / "sessions"
    try:
        (root / "in.zip").write_bytes(content)
        imported, sentence = None, ""
        try:
            imported = import_archive(root / "in.zip", sessions, adopt=lambda unpacked: "adopted")
        except StudioError as error:
            sentence = str(error)
        if imported is None:
            assert sentence.isprintable()
            assert _outside(root, sessions) == []
            assert not sessions.exists() or not list(sessions.iterdir())
            return "refused"
        assert _outside(root, sessions) == []
        if imported.kind == "studio":
            assert [path.name for path in sessions.iterdir()] == [imported.name]
            assert load_project(imported.directory).session_name == imported.name
            with Session(imported.directory) as session:
                for name in session.journal.names():
                    session.takes(name)
            assert _outside(root, sessions) == []
            assert [path.name for path in sessions.iterdir()] == [imported.name]
        return imported.kind
    finally:
        shutil.rmtree(root)


def _outside(root: Path, sessions: Path) -> list[Path]:
    expected = {root / "in.zip", root / "a", root / "a" / "b", sessions}
    return [path for path in root.rglob("*") if path not in expected and not path.is_relative_to(sessions)]


_QUICK = settings(
    max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def test_made_up_archives_become_a_project_or_a_sentence():
    _try_many(200)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_thousand_made_up_archives_become_a_project_or_a_sentence():
    _try_many(2000)


def _try_many(count: int) -> None:
    ends: dict[str, int] = {}

    @settings(_QUICK, max_examples=count)
    @given(archives())
    def attempt(content: bytes) -> None:
        end = _import_safely(content)
        ends[end] = ends.get(end, 0) + 1

    attempt()
    assert ends["refused"] > count // 10, ends
    assert ends["studio"] > count // 10, ends
