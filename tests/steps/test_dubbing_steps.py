"""Lines and their translations become a dub: what is spoken, where it stands, and what is made again."""

from __future__ import annotations

import json
import shutil
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from studio.core.pipeline import Pipeline
from studio.core.plan import plan
from studio.core.project import new_project, save_project
from studio.core.run import run
from studio.core.session import Session, Wanted
from studio.engines.base import Voice
from studio.media.audio import loudness
from studio.media.probe import length_s, probe
from studio.media.subtitles import read_cues
from studio.model.dub import FIT, LINES, TRANSLATION, DubOptions, HeardBack, Line, Mix, Translated
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.cast_voices import CastVoices
from studio.steps.dubbing.check_lines import CheckLines
from studio.steps.dubbing.fit_lines import FitLines
from studio.steps.dubbing.mix_dub import MixDub
from studio.steps.dubbing.mux_dub import MuxDub
from studio.steps.dubbing.speak_lines import SpeakLines
from tests.dub_media import RATE_HZ, film, heard, music, onset_s, packets, speech, wav

SECONDS = 14.0
ORIGINAL = "original_video.mp4"
TEXTS = ("um dois três quatro", "cinco seis sete", "oito nove")
STARTS_S = (1.0, 5.0, 9.25)


class Buzzer:
    """Speaks in several languages: a buzz of 0.4 s a word, higher for the second voice of a language."""

    identity = "tts/buzzer/1"
    is_deterministic = True
    uses_seed = True
    voices = (
        Voice("pt_a", "pt", "female", 2.5),
        Voice("pt_b", "pt", "male", 2.5),
        Voice("es_a", "es-MX", "female", 2.5),
    )

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, str]] = []

    def check(self) -> None:
        pass

    def speak(self, out: Path, text: str, *, language: str, voice: str, speed: float = 1.0, seed: int = 1) -> None:
        self.calls.append((text, language, voice))
        pitch_hz = (200 if voice.endswith("b") else 120) + zlib.crc32(text.encode()) % 40
        wav(out, speech(0.4 * len(text.split()), hz=pitch_hz), rate_hz=24_000)


class Echo:
    """Hears every take as the same words."""

    identity = "asr/echo/1"
    is_deterministic = True
    uses_seed = False

    def check(self) -> None:
        pass

    def transcribe(self, out: Path, audio: Path, *, language: str | None = None) -> None:
        out.write_text(json.dumps([{"start": 0, "end": 1, "text": "Um dois três quatro."}]))


@dataclass(frozen=True)
class Brought:
    """Lines and translations as the user left them."""

    lines: tuple[Line, ...]
    texts: dict[str, tuple[Translated, ...]]
    name: str = "brought"
    typical_s: float = 0.1

    def run(self, ctx) -> None:
        self._file(ctx, dub_names.LINES, LINES.dump_json(self.lines, by_alias=True))
        for language, lines in self.texts.items():
            self._file(ctx, dub_names.translation(language), TRANSLATION.dump_json(lines, by_alias=True))

    def forecast(self) -> tuple[str, ...]:
        return (dub_names.LINES,)

    def _file(self, ctx, name: str, body: bytes) -> None:
        ctx.make(Wanted(name, lambda out: out.write_bytes(body), lambda path: None, given={"body": body.decode()}))


@dataclass
class Dub:
    """A project with a film of fourteen seconds, three lines of two seconds, and what to do with them."""

    directory: Path
    voice: Buzzer = field(default_factory=Buzzer)
    lines: tuple[Line, ...] = tuple(
        Line(id=f"000{n}", start=at, end=at + 2.0, text=f"line {n}", speaker="Ana" if n == 2 else "")
        for n, at in enumerate(STARTS_S, start=1)
    )
    texts: tuple[str, ...] = TEXTS
    shorts: tuple[str, ...] = ("", "", "")
    original: str = ORIGINAL

    def options(self, **chosen) -> DubOptions:
        return DubOptions(**{"languages": ("pt",), "source_language": "en", **chosen})

    def pipeline(self, options: DubOptions, bed: str = "") -> Pipeline:
        words = tuple(
            Translated(id=line.id, start=line.start_s, end=line.end_s, text_translated=text, short=short)
            for line, text, short in zip(self.lines, self.texts, self.shorts, strict=True)
        )
        steps = [
            Brought(self.lines, dict.fromkeys(options.languages, words)),
            CastVoices(self.original, options, self.voice.voices),
            SpeakLines(self.voice, options),
            FitLines(self.original, options),
            MixDub(self.original, options, bed),
            MuxDub(self.original, options, "A talk"),
        ]
        if options.is_checked:
            steps.append(CheckLines(Echo(), options))
        return Pipeline("dubbing", tuple(steps), lambda session: {})

    def run(self, bed: str = "", **chosen):
        self.voice.calls.clear()
        with Session(self.directory) as session, ThreadPoolExecutor(2) as executor:
            pipeline = self.pipeline(self.options(**chosen), bed)
            return run(session, pipeline, executor, tell=lambda n, event: None, stop=threading.Event())

    def plan(self, **chosen):
        with Session(self.directory) as session:
            return plan(session, self.pipeline(self.options(**chosen)))

    def path(self, name: str) -> Path:
        return self.directory / name

    def fit(self, key: str = "pt"):
        return FIT.validate_json(self.path(dub_names.fit(key)).read_bytes())


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film, made once for all tests; each dubs a copy."""
    folder = tmp_path_factory.mktemp("talk")
    return film(folder / ORIGINAL, [wav(folder / "music.wav", music(SECONDS))], seconds=SECONDS)


@pytest.fixture
def dub(tmp_path: Path, talk: Path) -> Dub:
    folder = tmp_path / "sessions" / "talk"
    folder.mkdir(parents=True)
    save_project(folder, new_project("talk", "film"))
    shutil.copyfile(talk, folder / ORIGINAL)
    return Dub(folder)


FINAL = "final_videos/pt_final.mp4"
TAKES = ["audio/pt/0001.wav", "audio/pt/0002.wav", "audio/pt/0003.wav"]


def test_a_film_is_dubbed_in_sync_and_its_picture_is_untouched(dub: Dub) -> None:
    result = dub.run()
    assert result.status == "completed"
    assert result.problems == []
    final = dub.path(FINAL)
    assert packets(final) == packets(dub.path(ORIGINAL))
    assert abs(length_s(final) - SECONDS) <= 1 / 25
    assert loudness(final).integrated_lufs == pytest.approx(-16, abs=0.5)
    voices = heard(dub.path("audio/pt_audio.flac"))
    for start_s in STARTS_S:
        assert onset_s(voices, near_s=start_s) == pytest.approx(start_s, abs=0.05)
    cues = read_cues(dub.path("translations/pt.srt"))
    assert [cue.text for cue in cues] == list(TEXTS)
    assert [cue.start_s for cue in cues] == list(STARTS_S)


def test_a_second_run_makes_nothing_and_a_plan_says_so(dub: Dub) -> None:
    ahead = dub.plan()
    first = dub.run()
    assert not set(first.made) - {planned.name for planned in ahead.make} - set(TAKES)
    assert dub.plan().make == []
    assert dub.run().made == []
    assert dub.voice.calls == []


def test_one_changed_line_is_spoken_alone_and_the_plan_says_which(dub: Dub) -> None:
    dub.run()
    written = dub.path("translations/pt.json")
    written.write_text(written.read_text().replace("sete", "dez"))
    names = {planned.name for planned in dub.plan().make}
    result = dub.run()
    assert dub.voice.calls == [("cinco seis dez", "pt", "pt_a")]
    again = ["audio/pt/0002.wav", "audio/pt_audio.flac", "audio/pt_mix.m4a", FINAL]
    assert set(again) <= names
    assert set(result.made) == {*again, "translations/pt.srt", "audio/pt_fit.json"}


def test_another_preset_speed_or_loudness_speaks_nothing_anew(dub: Dub) -> None:
    dub.run()
    for chosen in (
        {"preset": "voice-over"},
        {"most_speed": 1.1},
        {"target_lufs": -23.0},
        {"language_gain_db": {"pt": 3}},
    ):
        dub.run(**chosen)
        assert dub.voice.calls == []


def test_a_retake_of_one_line_is_spoken_with_another_seed(dub: Dub) -> None:
    dub.run()
    dub.lines = (dub.lines[0].model_copy(update={"retakes": {"pt": 1}}), *dub.lines[1:])
    dub.run()
    assert dub.voice.calls == [(TEXTS[0], "pt", "pt_a")]


def test_a_speaker_has_the_voice_that_was_cast(dub: Dub) -> None:
    dub.run(voices={"pt": "pt_a"}, casting={"Ana": {"pt": "pt_b"}})
    assert sorted(voice for _, _, voice in dub.voice.calls) == ["pt_a", "pt_a", "pt_b"]
    assert (TEXTS[1], "pt", "pt_b") in dub.voice.calls


def test_where_nobody_chose_each_speaker_has_a_voice_like_the_originals(dub: Dub) -> None:
    sound = 0.05 * music(SECONDS)
    for line, hz in zip(dub.lines, (210, 105, 210), strict=True):
        words = speech(1.8, hz=hz, rate_hz=RATE_HZ)
        sound[round(line.start_s * RATE_HZ) :][: len(words)] += words
    film(dub.path(ORIGINAL), [wav(dub.directory.parent / "said.wav", sound)], seconds=SECONDS)
    usual = {"voices": {"pt": "pt_a"}, "by_ear": ("pt",)}
    assert dub.run(**usual).problems == []
    assert sorted((text, voice) for text, _, voice in dub.voice.calls) == sorted(
        zip(TEXTS, ("pt_a", "pt_b", "pt_a"), strict=True)
    )
    dub.run(**usual, casting={"Ana": {"pt": "pt_a"}})
    assert dub.voice.calls == [(TEXTS[1], "pt", "pt_a")]
    dub.lines = (dub.lines[0].model_copy(update={"end_s": 2.5}), *dub.lines[1:])
    assert dub_names.CAST_BY_EAR not in dub.run(**usual).made


def test_a_line_that_is_too_long_is_said_in_full_and_flagged(dub: Dub) -> None:
    dub.texts = ("palavra " * 14, TEXTS[1], TEXTS[2])
    dub.run()
    first, second, third = dub.fit()
    assert first.overrun_s > 0
    assert first.speed == 1.2
    assert second.start_s == pytest.approx(first.end_s)
    assert third.start_s == STARTS_S[2]
    voices = heard(dub.path("audio/pt_audio.flac"))
    assert onset_s(voices, near_s=second.start_s, within_s=0.05) == pytest.approx(second.start_s, abs=0.05)


def test_a_shorter_wording_is_spoken_only_where_the_usual_one_is_not_expected_to_fit(dub: Dub) -> None:
    dub.texts, dub.shorts = ("palavra " * 14, TEXTS[1], TEXTS[2]), ("palavra " * 7, "cinco", "oito")
    result = dub.run()
    assert [name for name in result.made if "short" in name] == ["audio/pt/0001_short.wav"]
    first = dub.fit()[0]
    assert (first.uses_short, first.overrun_s, first.speed) == (True, 0, 1.0)
    assert read_cues(dub.path("translations/pt.srt"))[0].text.replace("\n", " ") == ("palavra " * 7).strip()


def test_where_it_is_allowed_the_picture_waits_for_a_long_line(dub: Dub) -> None:
    dub.texts = ("palavra " * 14, TEXTS[1], TEXTS[2])
    assert dub.run(may_freeze=True).problems == []
    first = dub.fit()[0]
    assert first.freeze_s > 0.5
    assert length_s(dub.path(FINAL)) == pytest.approx(SECONDS + first.freeze_s, abs=0.05)
    voices = heard(dub.path("audio/pt_audio.flac"))
    assert onset_s(voices, near_s=5.0 + first.freeze_s, within_s=0.06) == pytest.approx(5.0 + first.freeze_s, abs=0.05)
    assert read_cues(dub.path("translations/pt.srt"))[-1].start_s == pytest.approx(9.25 + first.freeze_s, abs=0.002)


def test_all_languages_stand_in_one_file(dub: Dub) -> None:
    result = dub.run(languages=("pt", "es"), multi=True)
    assert result.problems == []
    facts = probe(dub.path("final_videos/multilang.mp4"))
    assert [(audio.language, audio.title) for audio in facts.audio] == [
        ("eng", "Original (English)"),
        ("por", "Portuguese"),
        ("spa", "Spanish"),
    ]
    assert [audio.is_default for audio in facts.audio] == [True, False, False]
    assert [subtitle.language for subtitle in facts.subtitles] == ["por", "spa"]
    assert packets(dub.path("final_videos/multilang.mp4")) == packets(dub.path(ORIGINAL))


def test_named_mixes_share_takes_and_speak_only_what_has_another_voice(dub: Dub) -> None:
    mixes = (
        Mix(name="quiet_original", language="pt", preset="voice-over"),
        Mix(name="deep", language="pt", voices={"Ana": "pt_b"}),
    )
    result = dub.run(mixes=mixes)
    assert result.problems == []
    assert sorted(dub.voice.calls) == sorted([(text, "pt", "pt_a") for text in TEXTS] + [(TEXTS[1], "pt", "pt_b")])
    assert {"mixed_videos/quiet_original_mixed.mp4", "mixed_videos/deep_mixed.mp4", FINAL} <= set(result.made)
    assert "audio/pt/pt_b/0002.wav" in result.made
    assert "audio/mix_deep_audio.flac" in result.made
    assert "audio/mix_quiet_original_audio.flac" not in result.made


def test_a_language_nobody_speaks_is_reported_and_stops_no_other(dub: Dub) -> None:
    result = dub.run(languages=("pt", "fi"))
    assert dub.path(FINAL).is_file()
    assert len(result.problems) == 3
    assert "no voice that speaks “fi”" in result.problems[0].error


def test_a_line_that_could_not_be_spoken_leaves_the_original_audible_and_the_rest_dubbed(dub: Dub) -> None:
    class Stumbles(Buzzer):
        def speak(self, out: Path, text: str, **call) -> None:
            if text == TEXTS[1]:
                wav(out, np.zeros((24_000, 1), np.float32), rate_hz=24_000)
            else:
                super().speak(out, text, **call)

    dub.voice = Stumbles()
    result = dub.run()
    assert [problem.item for problem in result.problems] == ["audio/pt/0002.wav"]
    assert "silent" in result.problems[0].error
    assert [place.id for place in dub.fit()] == ["0001", "0003"]
    mixed = heard(dub.path("audio/pt_mix.m4a"))

    def level(at_s: float) -> float:
        return float(np.abs(mixed[round(at_s * 48_000) : round((at_s + 0.5) * 48_000)]).mean())

    assert level(6.0) == pytest.approx(level(12.5), rel=0.4)


def test_a_take_of_nonsense_length_is_not_accepted_from_an_engine(dub: Dub) -> None:
    class Rambles(Buzzer):
        def speak(self, out: Path, text: str, **call) -> None:
            wav(out, speech(20.0), rate_hz=24_000)

    dub.voice = Rambles()
    result = dub.run()
    assert len(result.problems) == 3
    assert any("20.0 s for 4 words" in problem.error for problem in result.problems)


def test_a_mute_film_and_a_sound_alone_are_dubbed_too(dub: Dub, tmp_path: Path) -> None:
    film(dub.path("original_video.mkv"), seconds=SECONDS)
    dub.original = "original_video.mkv"
    assert dub.run().problems == []
    assert packets(dub.path(FINAL)) == packets(dub.path("original_video.mkv"))
    wav(dub.path("original_audio.wav"), music(SECONDS, channels=1))
    dub.original = "original_audio.wav"
    assert dub.run().problems == []
    assert length_s(dub.path("final_videos/pt_final.m4a")) == pytest.approx(SECONDS, abs=0.02)


def test_a_bed_without_voices_is_heard_instead_of_the_originals_sound(dub: Dub, tmp_path: Path) -> None:
    time_s = np.arange(round(SECONDS * 48_000)) / 48_000
    hum = np.repeat((0.1 * np.sin(2 * np.pi * 3000 * time_s))[:, None], 2, axis=1).astype(np.float32)
    wav(dub.path("original_bed.wav"), hum)
    assert dub.run(bed="original_bed.wav").problems == []
    mixed = heard(dub.path("audio/pt_mix.m4a"))[12 * 48_000 : round(13.5 * 48_000), 0]
    spectrum = np.abs(np.fft.rfft(mixed))
    assert np.argmax(spectrum) * 48_000 / len(mixed) == pytest.approx(3000, abs=2)


def test_lines_are_heard_back_and_compared_when_asked(dub: Dub) -> None:
    assert dub.run(is_checked=True).problems == []
    found = [HeardBack.model_validate_json(dub.path(f"checks/pt/000{n}.json").read_bytes()) for n in (1, 2, 3)]
    assert found[0].wer == found[0].cer == 0
    assert min(found[1].cer, found[2].cer) > 0.5


def test_the_users_own_take_is_kept_and_placed(dub: Dub) -> None:
    dub.run()
    wav(dub.path("audio/pt/0002.wav"), speech(1.0, hz=300), rate_hz=24_000)
    result = dub.run()
    assert dub.voice.calls == []
    assert "audio/pt_mix.m4a" in result.made
    assert dub.fit()[1].end_s == pytest.approx(6.0)


def test_subtitles_are_burned_in_only_when_asked(dub: Dub) -> None:
    assert dub.run(burned=True).problems == []
    assert probe(dub.path(FINAL)).subtitles == ()
    assert packets(dub.path(FINAL)) != packets(dub.path(ORIGINAL))
