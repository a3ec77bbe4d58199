"""Opening sessions of the older dubbing program in each shape they have on people's disks."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from studio.core.foreign.dubbing import ForeignDub, is_dubbing, open_dubbing
from studio.errors import BadInput, UnusableOutput

NAME = "my_talk_20250803_181102"
WHOLE = b"whole file"
LINES = [
    {
        "start": 0.0,
        "end": 2.0,
        "text": "Hello everybody.",
        "duration": 2.0,
        "segment_count": 1,
        "word_count": 2,
        "char_count": 16,
    },
    {
        "start": 2.5,
        "end": 5.0,
        "text": "Let us begin.",
        "duration": 2.5,
        "segment_count": 1,
        "word_count": 3,
        "char_count": 13,
    },
]
HINDI = [
    {"start": 0.0, "end": 2.0, "text_translated": "सभी को नमस्ते।"},
    {"start": 2.5, "end": 5.0, "text_translated": "चलिए शुरू करते हैं।"},
]


def verify(path: Path) -> None:
    if path.read_bytes() != WHOLE:
        raise UnusableOutput(f"{path.name} ends in the middle")


def write(root: Path, name: str, content: Any) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode())
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A session as seed and guide describe it: two languages, one of them finished."""
    root = tmp_path / "sessions" / NAME
    meta = {
        "session_name": NAME,
        "video_name": "my talk.mp4",
        "languages": ["hi", "es"],
        "transcription_text": "Hello everybody. Let us begin.",
        "translations": {"hi": "सभी को नमस्ते। चलिए शुरू करते हैं।", "es": "Hola a todos. Empecemos."},
        "voices": {"hi": "gemini_hi_deep", "es": "edge_es_bright"},
        "audio_paths": {"hi": f"sessions/{NAME}/audio/hi_audio.wav", "es": "temp_audio/es_audio.wav"},
        "final_videos": {
            "hi": f"sessions\\{NAME}\\final_videos\\hi_final.mp4",
            "es": "sessions/other/final_videos/es_final.mp4",
        },
        "custom_voices": [f"sessions/{NAME}/custom_voices/custom_hi_voice_01_demo.wav"],
        "mixed_videos": [],
        "session_metadata": {"created_with_version": "1.0", "pipeline_stage": "completed", "total_files": 15},
        "created_at": "2025-08-09T10:00:00.000001",
    }
    write(root, "metadata.json", meta)
    write(root, "transcriptions/original_asr.json", LINES)
    write(root, "transcriptions/chunked_transcript.json", LINES)
    write(root, "translations/translated.json", HINDI)
    write(root, "voices/voice_assignments.json", {"hi": {"voice": "deep"}, "fr": "marie"})
    for name in (
        "original_video.mp4", "audio/hi_audio.wav", "audio/es_audio.wav", "final_videos/hi_final.mp4",
        "custom_voices/custom_hi_voice_01_demo.wav", "custom_voices/of_another_project.wav", "mixed_videos/stray_mixed.mp4",
    ):  # fmt: skip
        write(root, name, WHOLE)
    return root


def opened(root: Path) -> ForeignDub:
    return open_dubbing(root, verify, verify)


def test_everything_of_a_session_is_in_its_place(old: Path) -> None:
    dub = opened(old)
    assert (dub.name, dub.video_name, dub.video) == (NAME, "my talk.mp4", old / "original_video.mp4")
    assert dub.languages == ("hi", "es", "fr")
    assert [(line.id, line.text) for line in dub.lines] == [("0001", "Hello everybody."), ("0002", "Let us begin.")]
    assert [one.text for one in dub.translations["hi"]] == [entry["text_translated"] for entry in HINDI]
    assert dub.texts == {"es": "Hola a todos. Empecemos."}
    assert dub.voices == {"hi": "deep", "fr": "marie", "es": "edge_es_bright"}
    assert dub.tracks == {"hi": old / "audio/hi_audio.wav", "es": old / "audio/es_audio.wav"}
    assert dub.finals == {"hi": old / "final_videos/hi_final.mp4"}
    assert dub.state == "IN_PROGRESS"


def test_the_first_moment_counts_not_the_last_save(old: Path) -> None:
    assert opened(old).created_at == "2025-08-03T18:11:02"


def test_files_of_other_projects_are_kept_apart(old: Path) -> None:
    dub = opened(old)
    assert [path.name for path in dub.custom_voices] == ["custom_hi_voice_01_demo.wav"]
    assert dub.mixed_videos == ()
    assert sorted(path.name for path in dub.unassigned) == ["of_another_project.wav", "stray_mixed.mp4"]


def test_a_final_video_that_is_only_written_down_is_missing(old: Path) -> None:
    reasons = [finding.reason for finding in opened(old).missing if finding.name == "es"]
    assert any("sessions/other/final_videos/es_final.mp4" in reason for reason in reasons)
    assert "its final video is still to be made" in reasons


def test_nothing_in_the_old_directory_is_changed(old: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in old.rglob("*") if path.is_file()}
    opened(old)
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in old.rglob("*") if path.is_file()} == before


def test_a_torn_track_is_reported_and_not_used(old: Path) -> None:
    write(old, "audio/hi_audio.wav", b"whole fi")
    dub = opened(old)
    assert "hi" not in dub.tracks
    assert any("torn" in finding.reason and finding.name == "audio/hi_audio.wav" for finding in dub.torn)


def test_torn_metadata_cost_only_what_stood_in_them(old: Path) -> None:
    (old / "metadata.json").write_text('{"session_name": "my_t')
    dub = opened(old)
    assert dub.name == NAME
    assert [finding.name for finding in dub.torn] == ["metadata.json"]
    assert set(dub.tracks) == {"hi", "es"}
    assert len(dub.mixed_videos) == 1
    assert is_dubbing(old)


def test_segments_under_a_key_with_times_as_text_are_lines_where_none_were_saved(old: Path) -> None:
    (old / "transcriptions/chunked_transcript.json").unlink()
    said = [
        {"start": "0.0", "end": "2,0", "text": " Hello everybody."},
        {"start": "00:00:02,500", "end": "5", "text": "Let us begin."},
    ]
    write(old, "transcriptions/original_asr.json", {"segments": said})
    dub = opened(old)
    assert [(line.start_s, line.end_s) for line in dub.lines] == [(0.0, 2.0), (2.5, 5.0)]
    assert len(dub.segments) == 2


def test_a_torn_transcript_gives_its_whole_lines_and_the_recognised_ones_after_them(old: Path) -> None:
    text = json.dumps(LINES)
    (old / "transcriptions/chunked_transcript.json").write_text(text[: len(text) - 30])
    later = {"start": 2.6, "end": 5.0, "text": "let us begin"}
    write(old, "transcriptions/original_asr.json", [LINES[0], later])
    dub = opened(old)
    assert [line.text for line in dub.lines] == ["Hello everybody.", "let us begin"]
    assert any("1 whole entries" in finding.reason for finding in dub.torn)


def test_an_entry_that_ends_before_it_starts_is_told_and_left_out(old: Path) -> None:
    write(old, "transcriptions/chunked_transcript.json", [*LINES, {"start": 9, "end": 8, "text": "x"}])
    dub = opened(old)
    assert len(dub.lines) == 2
    assert any("entry 3: it ends at 8 s" in finding.reason for finding in dub.torn)


def test_an_untouched_template_counts_as_missing(old: Path) -> None:
    entries = [HINDI[0], {"start": 2.5, "end": 5.0, "text_translated": "[TRANSLATE: Let us begin.]"}]
    write(old, "translations/hi.json", entries)
    dub = opened(old)
    assert [one.id for one in dub.translations["hi"]] == ["0001"]
    assert any(finding.name == "hi" and "still to be translated: 0002" in finding.reason for finding in dub.missing)


@pytest.mark.parametrize(
    "value",
    [
        [
            {"start": 0, "end": 2, "text_translated": "Hola a todos."},
            {"start": "2.5", "end": 5, "text_translated": "Empecemos."},
        ],
        {"segments": [{"start": 0, "end": 2, "text": "Hola a todos."}, {"start": 2.5, "end": 5, "text": "Empecemos."}]},
        ["Hola a todos.", "Empecemos."],
        "Hola a todos.\nEmpecemos.",
    ],
)
def test_translations_by_language_are_read_in_every_shape(old: Path, value: Any) -> None:
    write(old, "translations/language_translations.json", {"es": value})
    dub = opened(old)
    assert [(one.id, one.text) for one in dub.translations["es"]] == [("0001", "Hola a todos."), ("0002", "Empecemos.")]
    assert set(dub.translations) == {"hi", "es"}


def test_a_translation_of_no_known_language_is_not_guessed(old: Path) -> None:
    entries = [
        {"start": 0, "end": 2, "text_translated": "Olá!"},
        {"start": 2.5, "end": 5, "text_translated": "Comecemos, pois."},
    ]
    write(old, "translations/translated.json", entries)
    dub = opened(old)
    assert dub.translations == {}
    assert any("does not say which language" in finding.reason for finding in dub.missing)


def test_spoken_lines_are_found_by_language_and_number(old: Path) -> None:
    write(old, "audio/hi/0001.wav", WHOLE)
    write(old, "audio/es/segment_0.wav", WHOLE)
    dub = opened(old)
    assert dub.takes == {"hi": {"0001": old / "audio/hi/0001.wav"}, "es": {"0001": old / "audio/es/segment_0.wav"}}


def test_a_translation_changed_after_it_was_spoken_makes_the_track_stale(old: Path) -> None:
    track = old / "audio/hi_audio.wav"
    os.utime(track, (1_700_000_000, 1_700_000_000))
    assert ("hi", "its translation was changed after it was spoken") in [(f.name, f.reason) for f in opened(old).stale]


def test_a_video_of_another_kind_and_name_is_found(old: Path) -> None:
    (old / "original_video.mp4").rename(old / "my talk.mp4")
    assert opened(old).video == old / "my talk.mp4"


def test_a_lost_video_is_missing_not_an_error(old: Path) -> None:
    (old / "original_video.mp4").unlink()
    dub = opened(old)
    assert dub.video is None
    assert any(finding.name == "original_video" for finding in dub.missing)


def test_a_link_out_of_the_session_is_not_followed(old: Path, tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.wav", WHOLE)
    (old / "audio/hi_audio.wav").unlink()
    (old / "audio/hi_audio.wav").symlink_to(secret)
    assert "hi" not in opened(old).tracks


def test_a_finished_session_is_complete(old: Path) -> None:
    write(old, "final_videos/es_final.mp4", WHOLE)
    write(old, "voices/voice_assignments.json", {})
    assert opened(old).state == "COMPLETE"


def test_our_own_projects_and_other_folders_are_no_dubbing_sessions(old: Path, tmp_path: Path) -> None:
    assert is_dubbing(old)
    write(tmp_path, "ours/metadata.json", {"format": 1, "video_name": "", "voices": {}, "translations": {}})
    assert not is_dubbing(tmp_path / "ours")
    (old / "checkpoints.jsonl").touch()
    assert not is_dubbing(old)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="no session of the dubbing program"):
        opened(tmp_path / "empty")
