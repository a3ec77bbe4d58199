"""A made-up script: what it is about where nobody says it, and a story as a text that people can read and change."""

from __future__ import annotations

from studio.model.story import Story, StoryRequest
from studio.planning.language import capitalised, chosen, one_line, words_per_second

THEMES = (
    "a lighthouse keeper", "a robot in a workshop", "two sisters on an island", "a fisherman and a whale",
    "a baker in a mountain village", "a girl who builds a kite", "an old clockmaker", "a fox in the snow",
    "a boy and his bicycle", "a gardener in a walled garden", "a train in the night", "a violinist in a small town",
    "a shepherd in a storm", "a letter in a bottle", "a night in a museum", "a ferry in the fog",
)  # fmt: skip
TONES = ("hopeful", "quiet", "sad", "funny", "dark", "adventurous")
SECONDS = 45.0
_SCENE_S = 9.0


def request_for(theme: str, tone: str, seconds: float, *, seed: int, language: str = "en") -> StoryRequest:
    """What a text engine is asked for a made-up script: theme and tone as given, else as ``seed`` has them."""
    theme = one_line(theme) or chosen(THEMES, "theme", seed)
    tone = one_line(tone) or chosen(TONES, "tone", seed)
    article = "An" if tone[:1].lower() in "aeiou" else "A"
    return StoryRequest(
        idea=f"{article} {tone} story about {theme}",
        duration_s=seconds,
        scene_count=max(1, round(seconds / _SCENE_S)),
        seed=seed,
        language=language,
        words_per_second=words_per_second(language),
    )


def as_script(story: Story) -> str:
    """``story`` as a script that ``read_script`` reads back: a heading a scene, what is seen, what the narrator says."""
    parts = [f"Title: {one_line(story.title)}"]
    for number, scene in enumerate(story.scenes, start=1):
        where = ", ".join(part for part in (scene.location, scene.time_of_day, scene.weather) if part)
        parts.append(f"Scene {number}: {one_line(where)}")
        action = one_line(scene.action)
        for character in story.cast:
            if character.look and character.name in action:
                action = action.replace(character.name, f"{character.name} ({character.look})", 1)
        parts += [capitalised(action)] if action else []
        parts += [f"NARRATOR (V.O.)\n{one_line(scene.narration)}"] if scene.narration else []
    return "\n\n".join(parts) + "\n"
