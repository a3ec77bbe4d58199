"""Step ``mux``: each dub joins the picture, which is copied as it is; and one file may hold all languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.core.checkpoint import Artifact
from studio.core.fingerprint import Given
from studio.core.pipeline import Context, NotMadeYet
from studio.core.session import Wanted
from studio.media import verify
from studio.media.languages import language_name
from studio.media.mux import DubTrack, carried_subtitles, mux_dub, suffix_for
from studio.media.probe import MediaFacts, length_s, probe
from studio.model.dub import DubOptions
from studio.model.transcript import LANGUAGE
from studio.planning.dubbing.fit import film_s, holds
from studio.steps.dubbing import names as dub_names
from studio.steps.dubbing.parts import Cut, cuts_of, fitted_lines, mix_name, plan_to_make
from studio.steps.finding import the_original

_FRAME_S = 0.05
"""Sound and picture of the original may themselves end a frame apart."""


@dataclass(frozen=True)
class MuxDub:
    """``final_videos/<lang>_final.mp4``, ``mixed_videos/<name>_mixed.mp4``, ``final_videos/multilang.mp4``."""

    original: str
    options: DubOptions
    title: str
    name: str = "mux"
    typical_s: float = 3.0

    def run(self, ctx: Context) -> None:
        """Put together again what anything in it is new."""
        original = the_original(ctx, self.original)
        facts = ctx.facts(original, probe)
        total_s = ctx.facts(original, length_s)
        if facts is None or total_s is None:
            return
        wanted: list[Wanted | None] = []
        for cut in cuts_of(self.options):
            try:
                wanted.append(self._final(ctx, cut, original, facts, total_s))
            except NotMadeYet:
                plan_to_make(ctx, cut, _name(cut, suffix_for(facts, is_encoded=self.options.burned)))
        if self.options.multi:
            wanted.append(self._multi(ctx, original, facts, total_s))
        self._tell_what_is_left_out(ctx, facts)
        ctx.make_all([one for one in wanted if one])

    def forecast(self) -> tuple[str, ...]:
        """What is made of a film in MP4; the container of others is known when their mix is."""
        finals = [_name(cut, ".mp4") for cut in cuts_of(self.options)]
        return (*finals, *([dub_names.multi(".mp4")] if self.options.multi else []))

    def _tell_what_is_left_out(self, ctx: Context, facts: MediaFacts) -> None:
        """What of the original no dub holds, and where it could be had."""
        if len(facts.audio) > 1 and not self.options.multi:
            others = len(facts.audio) - 1
            beside = "the other audio track" if others == 1 else f"the {others} other audio tracks"
            ctx.notice(self.original, f"{beside} of the original will only be in the file of all languages")
        held = carried_subtitles(facts, suffix_for(facts, with_original=self.options.multi))
        lost = len(facts.subtitles) - len(held)
        if lost:
            subtitles = "one subtitle track" if lost == 1 else f"{lost} subtitle tracks"
            could = not self.options.multi and len(carried_subtitles(facts, ".mkv")) > len(held)
            remedy = ": only the file of all languages can hold them" if could else ""
            text = f"{subtitles} of the original, which are no text, will not be in the dub{remedy}"
            ctx.notice(self.original, text)

    def _final(self, ctx: Context, cut: Cut, original: Artifact, facts: MediaFacts, total_s: float) -> Wanted | None:
        sound, subtitles = ctx.artifact(mix_name(cut)), ctx.artifact(dub_names.subtitles(cut.key))
        fitted = fitted_lines(ctx, cut)
        if sound is None or fitted is None:
            return None
        held = holds(fitted)
        is_burned = self.options.burned and facts.has_film
        suffix = suffix_for(facts, is_encoded=is_burned or bool(held))
        drawn, beside = (subtitles, None) if is_burned else (None, subtitles if facts.has_film else None)
        given: dict[str, Given] = {"original": original, "sound": sound, "beside": beside, "drawn": drawn}
        given |= {"holds": held, "title": self.title, "language": cut.language}
        given |= _beside(carried_subtitles(facts, suffix, is_held=bool(held)))
        if held and carried_subtitles(facts, suffix):
            ctx.notice(
                _name(cut, suffix),
                "is without the subtitles of the original: after its picture was held they would come too early",
            )

        def produce(out: Path) -> None:
            track = DubTrack(ctx.path(sound), cut.language, "", ctx.path(beside) if beside else None)
            mux_dub(
                out,
                original=ctx.path(original),
                tracks=[track],
                title=self.title,
                burned=ctx.path(drawn) if drawn else None,
                holds=held,
            )

        check = verify.dubbed_film(
            film_s(total_s, held),
            sounds=1,
            subtitles=1 if beside else 0,
            has_picture=facts.has_film,
            tolerance_s=_tolerance_s(facts),
        )
        return Wanted(_name(cut, suffix), produce, check, given=given)

    def _multi(self, ctx: Context, original: Artifact, facts: MediaFacts, total_s: float) -> Wanted | None:
        own = [cut for cut in cuts_of(self.options) if cut.mix is None]
        there = [
            (cut.language, sound, ctx.artifact(dub_names.subtitles(cut.key)) if facts.has_film else None)
            for cut in own
            if (sound := ctx.artifact(mix_name(cut)))
        ]
        if not there:
            return None
        language = self._source_language(ctx)
        suffix = suffix_for(facts, with_original=True)
        given: dict[str, Given] = {"original": original, "tracks": there, "title": self.title, "language": language}
        given |= _beside(carried_subtitles(facts, suffix))

        def produce(out: Path) -> None:
            tracks = [
                DubTrack(ctx.path(sound), code, language_name(code), ctx.path(subtitles) if subtitles else None)
                for code, sound, subtitles in there
            ]
            mux_dub(out, original=ctx.path(original), tracks=tracks, title=self.title, original_language=language)

        check = verify.dubbed_film(
            total_s,
            sounds=len(facts.audio) + len(there),
            subtitles=sum(subtitles is not None for _, _, subtitles in there),
            has_picture=facts.has_film,
            tolerance_s=_tolerance_s(facts),
        )
        return Wanted(dub_names.multi(suffix), produce, check, given=given)

    def _source_language(self, ctx: Context) -> str:
        found = ctx.artifact(dub_names.LANGUAGE)
        if self.options.source_language or found is None:
            return self.options.source_language
        return ctx.read(found, LANGUAGE).language


def _name(cut: Cut, suffix: str) -> str:
    return dub_names.mixed(cut.mix.name, suffix) if cut.mix else dub_names.final(cut.language, suffix)


def _beside(subtitles: tuple[int, ...]) -> dict[str, Given]:
    """Subtitles of the original, where it has some: films made before they were carried stay good where it has none."""
    return {"subtitles": subtitles} if subtitles else {}


def _tolerance_s(facts: MediaFacts) -> float:
    """A frame, and never less than what sound and picture of films are apart anyway."""
    pictures = [video for video in facts.video if not video.is_cover]
    return max(_FRAME_S, 1 / pictures[0].fps if pictures and pictures[0].fps else 0.0)
