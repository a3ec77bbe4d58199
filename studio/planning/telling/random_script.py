"""A made-up script: what it is about where nobody says it, and a story as a text that people can read and change."""

from __future__ import annotations

from studio.model.story import Story, StoryRequest
from studio.planning.language import capitalised, chosen, one_line, words_per_second

IDEAS = (
    "a lighthouse keeper finds a stranded whale",
    "a robot in a workshop builds a friend out of old clocks",
    "two sisters sail to an island to look for their lost dog",
    "a baker bakes the last bread before the storm",
    "a fox follows a trail of blue feathers through the snow",
    "a museum guard falls asleep among the dinosaurs",
    "a boy finds an old bicycle in a barn",
    "an old clockmaker repairs the clock of the town",
    "a girl builds a kite out of old letters",
    "a gardener plants a tree in the desert",
    "a fisherman finds a letter in a bottle",
    "a violinist plays for an empty street",
    "a shepherd looks for a lost lamb in the fog",
    "a train driver sees a deer on the tracks at night",
    "a cook opens a small restaurant on a mountain",
    "a diver discovers a sunken ship",
)
TONES = ("hopeful", "quiet", "sad", "funny", "dark", "adventurous")
SECONDS = 45.0
_SCENE_S = 9.0


def request_for(theme: str, tone: str, seconds: float, *, seed: int, language: str = "en") -> StoryRequest:
    """What a text engine is asked for a made-up script: theme and tone as given, else as ``seed`` has them."""
    theme = one_line(theme)
    tone = one_line(tone) or chosen(TONES, "tone", seed)
    what = f"about {theme}" if theme else chosen(IDEAS, "idea", seed)
    start = f"{'An' if tone[:1].lower() in 'aeiou' else 'A'} {tone} story"
    idea = f"{start} {what}" if theme else f"{start}: {what}"
    return StoryRequest(
        idea=idea,
        duration_s=seconds,
        scene_count=max(1, round(seconds / _SCENE_S)),
        seed=seed,
        language=language,
        words_per_second=words_per_second(language),
    )


def as_script(story: Story) -> str:
    """``story`` as a script that ``read_script`` reads back: a heading a scene, what is seen, what the narrator says."""
    looks = {character.name: character.look for character in story.cast if character.look}
    parts = [f"Title: {one_line(story.title)}"]
    for number, scene in enumerate(story.scenes, start=1):
        where = ", ".join(part for part in (scene.location, scene.time_of_day, scene.weather) if part)
        parts.append(f"Scene {number}: {one_line(where)}")
        action = one_line(scene.action)
        for name in [name for name in looks if name in action]:  # each is told once, where it is seen first
            action = action.replace(name, f"{name} ({looks.pop(name)})", 1)
        parts += [capitalised(action)] if action else []
        parts += [f"NARRATOR (V.O.)\n{one_line(scene.narration)}"] if scene.narration else []
    return "\n\n".join(parts) + "\n"
