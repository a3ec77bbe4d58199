"""Music beds: one piece over the film, whose moods can be told apart."""

from __future__ import annotations

import itertools
import wave
from pathlib import Path

import numpy as np
import pytest

from studio.engines.base import MoodCue
from studio.engines.sound import notation, score
from studio.engines.sound.loudness import Loudness
from studio.engines.sound.moods import CHARACTERS, character_of
from studio.engines.sound.music import BuiltinMusic
from studio.engines.sound.soundfont import SoundFont
from studio.errors import UserError
from studio.media.assets import asset_path
from studio.model.story import EMOTIONS

RATE_HZ = 48000
FILM = (MoodCue("peace", 7.0), MoodCue("mystery", 6.5), MoodCue("tension", 5.3), MoodCue("triumph", 8.2))


@pytest.fixture(scope="module")
def composer() -> BuiltinMusic:
    return BuiltinMusic()


@pytest.fixture(scope="module")
def film(composer: BuiltinMusic, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("music") / "film.wav"
    composer.compose(out, FILM, seed=1)
    return out


@pytest.fixture(scope="module")
def font() -> SoundFont:
    return SoundFont(asset_path("third_party/soundfont/film.sf3"))


def _samples(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, RATE_HZ)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32768.0


def _centroid_hz(samples: np.ndarray) -> float:
    level = np.abs(np.fft.rfft(samples.mean(axis=1)))
    return float((np.fft.rfftfreq(len(samples), 1 / RATE_HZ) * level).sum() / level.sum())


def _contours(piece: notation.Score, section: notation.Section) -> list[tuple[int, ...]]:
    """The four-note statements of the theme in a section, in scale steps from their first note."""
    scale = [key for key in range(128) if (key - piece.home) % 12 in (0, 2, 4, 5, 7, 9, 11)]
    lead = next(part for part in section.character.parts if part.role == "melody")
    places = [scale.index(n.key) for n in piece.notes if n.is_motif and n.part is lead and _is_in(n, section)]
    return (
        [tuple(place - four[0] for place in four) for four in zip(*[iter(places)] * 4, strict=True)] if places else []
    )


def _is_in(note: notation.Note, section: notation.Section) -> bool:
    return section.start_s <= note.start_s < section.start_s + section.duration_s


def test_the_bed_is_exactly_as_long_as_its_cues(film: Path) -> None:
    assert len(_samples(film)) == round(27.0 * RATE_HZ)


def test_the_bed_stands_at_minus_20_lufs(film: Path) -> None:
    meter, samples = Loudness(RATE_HZ), _samples(film).astype(np.float32)
    for start in range(0, len(samples), 4 * RATE_HZ):
        meter.add(samples[start : start + 4 * RATE_HZ])
    assert meter.integrated_lufs == pytest.approx(-20, abs=1)
    assert np.abs(samples).max() < 10 ** (-1 / 20)


def test_the_bed_begins_and_ends_in_silence_without_a_click(film: Path) -> None:
    samples = _samples(film)
    assert np.abs(samples[:24]).max() < 0.01
    assert np.abs(samples[-240:]).max() < 0.001
    assert np.abs(np.diff(samples, axis=0)).max() < 0.15


def test_equal_seeds_give_equal_files_and_another_seed_another_theme(composer: BuiltinMusic, tmp_path: Path) -> None:
    files = [tmp_path / f"{i}.wav" for i in range(3)]
    for out, seed in zip(files, (1, 1, 2), strict=True):
        composer.compose(out, FILM[:1], seed=seed)
    first, again, other = (out.read_bytes() for out in files)
    assert first == again
    assert first != other
    assert len({(score.write(FILM, seed).home, score.write(FILM, seed).motif) for seed in range(8)}) > 4


def test_one_theme_goes_through_the_film() -> None:
    piece = score.write([MoodCue(mood, 16.0) for mood in ("sadness", "wonder", "adventure", "joy")], 3)
    for section in piece.sections:
        sign = -1 if section.character.is_motif_inverted else 1
        statements = _contours(piece, section)
        assert statements
        assert set(statements) == {tuple(sign * step for step in piece.motif)}


def test_moods_change_at_bar_lines_that_lie_exactly_on_the_cues() -> None:
    piece = score.write(FILM, 1)
    starts = [bar.start_s for bar in piece.bars if bar.index == 0]
    assert starts == pytest.approx([0.0, 7.0, 13.5, 18.8])


def test_every_mood_keeps_near_its_own_pace() -> None:
    for mood in EMOTIONS:
        (section,) = score.write([MoodCue(mood, 20.0)], 1).sections
        assert section.tempo_bpm == pytest.approx(character_of(mood)[1], rel=0.2)


def test_the_voices_of_a_chord_hardly_move_to_the_next() -> None:
    for character in CHARACTERS:
        pads = [part for part in character.parts if part.role == "pad"]
        mood = next(mood for mood in EMOTIONS if character_of(mood)[0] is character)
        piece = score.write([MoodCue(mood, 60.0)], 2)
        for pad in pads:
            chords = [
                sorted(
                    note.key
                    for note in piece.notes
                    if note.part is pad and bar.start_s <= note.start_s < bar.start_s + 0.07
                )
                for bar in piece.bars
            ]
            moves = [
                abs(a - b)
                for one, two in itertools.pairwise(c for c in chords if c)
                for a, b in zip(one, two, strict=True)
            ]
            assert np.mean(moves) < 1.7


def test_the_opening_is_thinner_than_the_middle() -> None:
    piece = score.write([MoodCue("adventure", 60.0)], 1)
    opening, middle = (
        len({note.part.program for note in piece.notes if start <= note.start_s < start + 8}) for start in (0, 36)
    )
    assert opening < middle


def test_the_last_chord_is_the_tonic_and_nobody_moves_after_it() -> None:
    for mood in ("joy", "fear", "triumph", "neutral"):
        piece = score.write([MoodCue("peace", 10.0), MoodCue(mood, 14.0)], 4)
        last = piece.bars[-1]
        assert last.is_last
        assert (last.chord[0] - piece.home) % 12 == (0, 2, 4, 5, 7, 9, 11)[last.section.character.mode]
        assert max(note.start_s for note in piece.notes) < last.start_s + 0.7


def test_moods_differ_in_brightness(composer: BuiltinMusic, tmp_path: Path) -> None:
    heard = {}
    for mood in ("fear", "sadness", "warmth", "joy", "wonder"):
        composer.compose(tmp_path / "a.wav", [MoodCue(mood, 10.0)], seed=3)
        heard[mood] = _centroid_hz(_samples(tmp_path / "a.wav"))
    assert heard["fear"] < heard["sadness"] < heard["warmth"] < heard["joy"]
    assert heard["wonder"] > 2.5 * heard["fear"]


def test_what_sounds_is_what_was_written(composer: BuiltinMusic, tmp_path: Path) -> None:
    cues = [MoodCue("peace", 16.0)]
    composer.compose(tmp_path / "a.wav", cues, seed=1)
    samples, piece = _samples(tmp_path / "a.wav").mean(axis=1), score.write(cues, 1)
    for bar in piece.bars:
        part = samples[round(bar.start_s * RATE_HZ) :][: round(bar.lasts_s * RATE_HZ)]
        power = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
        frequency = np.fft.rfftfreq(len(part), 1 / RATE_HZ)
        audible = (frequency > 90) & (frequency < 1500)
        keys = np.round(69 + 12 * np.log2(frequency[audible] / 440)).astype(int) % 12
        chroma = np.bincount(keys, power[audible], 12)
        chord = sorted({key % 12 for key in bar.chord})
        assert chroma[chord].sum() > 0.7 * chroma.sum()


@pytest.mark.parametrize(("program", "key"), [(0, 60), (42, 48), (43, 38), (48, 67), (60, 62), (73, 84), (46, 72)])
def test_instruments_are_in_tune(font: SoundFont, program: int, key: int) -> None:
    sound = font.note(program, key, 90, 1.5)[12000:][:32768]
    ringing = np.fft.irfft(np.abs(np.fft.rfft(sound, 1 << 17)) ** 2)
    period = RATE_HZ / (440 * 2 ** ((key - 69) / 12))
    low = int(period * 0.9)
    near = ringing[low : int(period * 1.1) + 2]
    best = int(np.argmax(near[1:-1])) + 1
    left, peak, right = near[best - 1 : best + 2]
    found = low + best + 0.5 * (left - right) / (left - 2 * peak + right)
    assert abs(1200 * np.log2(period / found)) < 20


def test_a_held_string_note_sounds_as_long_as_it_is_held(font: SoundFont) -> None:
    sound = font.note(48, 60, 90, 7.0)
    assert np.abs(sound[int(6.5 * RATE_HZ) : int(6.9 * RATE_HZ)]).max() > 0.3 * np.abs(sound).max()
    assert len(sound) > 7 * RATE_HZ


def test_all_emotions_have_a_character_and_an_unknown_one_is_neutral() -> None:
    assert {character_of(mood)[0].name for mood in EMOTIONS} == {character.name for character in CHARACTERS}
    assert character_of("flabbergasted")[0] is character_of("neutral")[0]


def test_very_short_cues_still_make_a_bed(composer: BuiltinMusic, tmp_path: Path) -> None:
    composer.compose(tmp_path / "a.wav", [MoodCue("joy", 0.7), MoodCue("fear", 0.4)], seed=1)
    assert len(_samples(tmp_path / "a.wav")) == round(1.1 * RATE_HZ)


@pytest.mark.parametrize("cues", [[], [MoodCue("joy", 0.0)]])
def test_no_mood_or_no_time_is_refused(composer: BuiltinMusic, tmp_path: Path, cues: list[MoodCue]) -> None:
    with pytest.raises(UserError):
        composer.compose(tmp_path / "a.wav", cues, seed=1)
