"""Step ``scenes``: the three documents of a scene video, from its story, or as somebody brought them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.core.checkpoint import Artifact
from studio.core.fingerprint import Given
from studio.core.pipeline import Context
from studio.core.session import Produce, Wanted
from studio.media import verify
from studio.model.scene_video import VideoScene
from studio.model.scenes import ENVIRONMENTS, SCENES, SceneOptions, environments_as_json, film_numbers, scenes_as_json
from studio.planning.filming.scenes import Planned, plan_scenes, with_environments
from studio.steps.filming import names
from studio.steps.filming.write_story import STORY_SHAPE
from studio.steps.finding import brought_file

_DOCUMENTS = (names.ENVIRONMENTS, names.SCENE_NOTES, names.SCENES)


@dataclass(frozen=True)
class WriteScenes:
    """Environments, scenes without them, and scenes with them: each may be edited, and what follows is made again."""

    options: SceneOptions
    words_per_second: float
    name: str = "scenes"
    typical_s: float = 0.2

    def run(self, ctx: Context) -> None:
        """Make the documents."""
        story = ctx.artifact(names.STORY)
        assert story is not None
        options = self.options
        given: dict[str, Given] = {
            "story": story,
            "scenes": options.max_scenes,
            "environments": options.max_environments,
            "style": options.style,
            "pace": self.words_per_second,
        }

        def planned() -> Planned:
            return plan_scenes(ctx.read(story, STORY_SHAPE), options, self.words_per_second)

        def places(out: Path) -> None:
            out.write_bytes(environments_as_json(planned().environments))

        def notes(out: Path) -> None:
            out.write_bytes(scenes_as_json(planned().scenes, with_environment=False))

        environments = ctx.make(_document(names.ENVIRONMENTS, places, given))
        noted = ctx.make(_document(names.SCENE_NOTES, notes, given))

        def whole(out: Path) -> None:
            now = ctx.read(environments, ENVIRONMENTS)
            found = with_environments(planned(), now)
            out.write_bytes(scenes_as_json(_as_noted(found, ctx.read(noted, SCENES), now)))

        ctx.make(_document(names.SCENES, whole, {"environments": environments, "notes": noted, "story": story}))

    def forecast(self) -> tuple[str, ...]:
        """The three documents."""
        return _DOCUMENTS


@dataclass(frozen=True)
class ReadScenes:
    """Scenes that came finished; the other two documents are what of them they hold."""

    name: str = "scenes"
    typical_s: float = 0.1

    def run(self, ctx: Context) -> None:
        """Take the document, and make what is missing beside it."""
        brought = brought_file(names.SCENES)
        scenes = ctx.make(_document(names.SCENES, brought.produce, {}))

        def places(out: Path) -> None:
            out.write_bytes(environments_as_json(_places(ctx, scenes)))

        def notes(out: Path) -> None:
            listed = ctx.read(scenes, SCENES)
            out.write_bytes(scenes_as_json(listed, with_environment=False))

        if _places(ctx, scenes):
            ctx.make(_document(names.ENVIRONMENTS, places, {"scenes": scenes}))
        ctx.make(_document(names.SCENE_NOTES, notes, {"scenes": scenes}))

    def forecast(self) -> tuple[str, ...]:
        """The documents."""
        return _DOCUMENTS


def _document(name: str, produce: Produce, given: dict[str, Given]) -> Wanted:
    check = verify.json_of(ENVIRONMENTS) if name == names.ENVIRONMENTS else verify.json_of(SCENES)
    return Wanted(name, produce, check, given=given, is_hand_kept=True)


def _places(ctx: Context, scenes: Artifact) -> tuple[str, ...]:
    found = (scene.scene_physical_environment for scene in ctx.read(scenes, SCENES))
    return tuple(dict.fromkeys(words for words in found if words))


def _as_noted(
    planned: tuple[VideoScene, ...], noted: tuple[VideoScene, ...], environments: tuple[str, ...]
) -> tuple[VideoScene, ...]:
    """The scenes as the metadata has them now, each where somebody put it, else in its planned environment.

    A new one that nobody put anywhere stays where the last one was.
    """
    places = {scene.scene_number: scene.scene_physical_environment for scene in planned}
    numbers = film_numbers(noted)
    place, found = planned[0].scene_physical_environment, []
    for scene in noted:
        chosen = scene.environment_number
        if chosen and chosen <= len(environments):
            place = environments[chosen - 1]
        else:
            place = places.get(numbers[scene.scene_number], place)
        found.append(scene.model_copy(update={"scene_physical_environment": place}))
    return tuple(found)
