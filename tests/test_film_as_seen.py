"""One film with the real engines, small: what a person would see, hear and read."""

from __future__ import annotations

import itertools
import json
import threading
import wave
from pathlib import Path

import av
import jiwer
import numpy as np
import pytest

from studio.engines import registry
from studio.media.audio import loudness as measure_loudness
from studio.media.probe import probe
from studio.media.subtitles import read_cues
from studio.model.film import FilmOptions
from studio.model.source import Source
from studio.service import Studio
from studio.settings import Settings

IDEA = "A lighthouse keeper finds a stranded whale on the winter shore"
SECONDS = 24.0


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    studio = Studio(Settings(tmp_path_factory.mktemp("sessions"), workers=2))
    options = FilmOptions(seconds=SECONDS, width_px=320, height_px=180, tts="auto")
    name = studio.create_film(Source(kind="idea", idea=IDEA), options, name="whale")
    result = studio.run(name, tell=lambda number, event: None, stop=threading.Event())
    assert (result.status, result.problems) == ("completed", [])
    return studio.directory(name)


def test_it_is_a_film_every_player_opens_as_long_as_asked(film):
    facts = probe(film / "film.mp4")
    assert facts.duration_s == pytest.approx(SECONDS, abs=0.2)
    assert (facts.picture.codec, facts.picture.pix_fmt) == ("h264", "yuv420p")
    assert [stream.codec for stream in facts.audio] == ["aac"]
    assert [stream.codec for stream in facts.subtitles] == ["mov_text"]


def test_it_has_the_loudness_of_streamed_films(film):
    measured = measure_loudness(film / "film.mp4")
    assert measured.integrated_lufs == pytest.approx(-16.0, abs=0.7)
    assert measured.true_peak_dbtp <= -1.0


def test_the_narration_is_understood_word_for_word_over_music_and_sea(film, tmp_path):
    out = tmp_path / "heard.json"
    registry.recognizer().transcribe(out, film / "film.mp4", language="en")
    heard = " ".join(line["text"] for line in json.loads(out.read_text()))
    told = " ".join((film / "narration/narration.txt").read_text().split())
    plain = jiwer.Compose([jiwer.ToLowerCase(), jiwer.RemovePunctuation(), jiwer.RemoveMultipleSpaces(), jiwer.Strip()])
    assert jiwer.wer(plain(told), plain(heard)) <= 0.15, (told, heard)


def test_each_subtitle_comes_with_its_sentence(film):
    onsets = _onsets_s(film / "narration/narration.wav")
    cues = read_cues(film / "film.srt")
    before = ["."] + [cue.text.strip() for cue in cues]
    first = [cue for cue, last in zip(cues, before, strict=False) if last[-1] in ".!?”"]  # others go on with a sentence
    assert len(first) >= 4
    assert all(min(abs(onset - cue.start_s) for onset in onsets) <= 0.15 for cue in first)


def test_every_told_sentence_is_in_the_subtitles(film):
    shown = " ".join(" ".join(cue.text.split()) for cue in read_cues(film / "film.srt"))
    told = " ".join((film / "narration/narration.txt").read_text().split())
    assert shown == told


def test_the_picture_moves_and_its_shots_differ(film):
    frames = _frames(film / "film.mp4", every=24)
    steps = [float(np.abs(a - b).mean()) for a, b in itertools.pairwise(frames)]
    assert min(steps) > 0.1
    assert sum(step > 8 for step in steps) >= 3


def test_there_is_music_where_nobody_speaks(film):
    with wave.open(str(film / "narration/narration.wav")) as told:
        speech = np.frombuffer(told.readframes(told.getnframes()), np.int16).reshape(-1, 2)[:, 0] / 32768
    mixed = _sound(film / "film.mp4")
    length = min(len(speech), len(mixed)) // 4800 * 4800
    is_quiet = np.abs(speech[:length]).reshape(-1, 4800).max(axis=1) < 0.001
    level = np.sqrt((mixed[:length].reshape(-1, 4800) ** 2).mean(axis=1))
    assert np.median(level[is_quiet][5:-15]) > 0.003


def test_the_idea_is_in_the_story_and_the_artist_says_what_it_drew(film):
    story = (film / "story.json").read_text().lower()
    assert all(word in story for word in ("keeper", "whale", "lighthouse"))
    assert json.loads(story)["written_by"].startswith("text/builtin")


def test_chapters_follow_the_scenes(film):
    with av.open(str(film / "film.mp4")) as container:
        chapters = container.chapters()
    assert len(chapters) >= 3


def _onsets_s(path: Path) -> list[float]:
    """Starts of sound after at least 0.15 s of silence."""
    with wave.open(str(path)) as file:
        rate_hz = file.getframerate()
        sound = np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, file.getnchannels())[:, 0]
    step = rate_hz // 100
    loud = np.abs(sound[: len(sound) // step * step].reshape(-1, step).astype(int)).max(axis=1) > 300
    return [n / 100 for n in range(len(loud)) if loud[n] and not loud[max(0, n - 15) : n].any()]


def _frames(path: Path, *, every: int) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [
            frame.to_ndarray(format="gray").astype(float)
            for number, frame in enumerate(container.decode(video=0))
            if number % every == 0
        ]


def _sound(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
