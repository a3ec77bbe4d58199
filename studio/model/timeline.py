"""When each shot is seen and each sentence is heard, in whole frames and in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence of a shot: its file's name, its words, and its length as really spoken."""

    name: str
    text: str
    length_s: float


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence in the film, in seconds from the film's start."""

    name: str
    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Slot:
    """A shot's place in the film. ``cues`` count from the film's start."""

    index: int
    scene: int
    start_frame: int
    frames: int
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole film, shot by shot without gaps."""

    fps: int
    slots: tuple[Slot, ...]

    @property
    def duration_s(self) -> float:
        """Length of the film."""
        return sum(slot.frames for slot in self.slots) / self.fps

    @property
    def cues(self) -> tuple[Cue, ...]:
        """Every sentence in order."""
        return tuple(cue for slot in self.slots for cue in slot.cues)

    def start_s(self, slot: Slot) -> float:
        """When the slot's picture comes on."""
        return slot.start_frame / self.fps

    def length_s(self, slot: Slot) -> float:
        """How long the slot's picture stays."""
        return slot.frames / self.fps

    def scenes(self) -> tuple[tuple[int, float, float], ...]:
        """``(scene, start_s, length_s)`` of every unbroken run of shots of one scene."""
        runs: list[tuple[int, int, int]] = []
        for slot in self.slots:
            if runs and runs[-1][0] == slot.scene:
                scene, start, frames = runs[-1]
                runs[-1] = (scene, start, frames + slot.frames)
            else:
                runs.append((slot.scene, slot.start_frame, slot.frames))
        return tuple((scene, start / self.fps, frames / self.fps) for scene, start, frames in runs)
