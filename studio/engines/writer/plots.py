"""Which thread a story follows where the user's own words leave it open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from studio.engines.writer.deeds import TAGS
from studio.engines.writer.grammar import word_count
from studio.engines.writer.lines import Lines
from studio.engines.writer.setting import bare
from studio.engines.writer.sorts import SORTS
from studio.engines.writer.tables import Line, Thread
from studio.engines.writer.thing_deeds import THING_TAGS

_ARC = ("call", "attempt", "setback", "turn", "ending")
#: Deeds whose plots are also true of what is done every day.
_LASTING = frozenset(
    "never can lacks waits talks works reads_to being lives collects searches pretends argues conceals shares".split()
)
#: The object of the idea.
_NAMES = re.compile(r"(?i)\{(?:the |a )?(?:thing|other|claim|thing_noun|matter|object|last|one|two|three)\}")
_HERO = re.compile(r"(?i)\{the hero\}")
#: True of anything at all; told where no other thread fits.
_LAST_RESORT = "last_resort"
_LATE = {3: "late", 2: "late2", 1: "late1"}
#: Ends that are glad, and so are not told in a dark story.
_GLAD = ("late.simple", "late2.clear", "late.back", "late2.either")


class Plots(Lines):
    """The part of a telling that picks threads."""

    room_words = 1000
    """Words that the film has left beside the user's own."""

    def plan_threads(self, flat: Sequence[str], own: Mapping[str, object]) -> dict[str, Line]:
        """Lines by beat for those of ``flat`` that ``own``, the user's events, leave free.

        The frame's thread is told from its first beat until an event of the user's breaks it; from there on one of
        the general ends is told, which needs to know nothing of what came before.
        """
        free = [beat for beat in _ARC if beat in flat and not own.get(beat)]
        plan: dict[str, Line] = {}
        head = self._unbroken(flat, own)
        if head:
            thread = self._pick_thread(self.frame, head, own)
            if thread is not None:
                plan |= {beat: thread.beats[beat] for beat in head if beat in thread.beats}
        if self.topic_frame or self.frame not in self.tables.threads:
            return plan
        rest = [beat for beat in free if beat not in plan and beat != "call"]
        tail = [beat for beat in _ARC[2:] if beat in flat]
        while tail and tail != rest[-len(tail) :]:
            tail = tail[1:]
        late = self._pick_thread(_LATE[len(tail)], tail, own) if tail else None
        if late is not None:
            plan |= {beat: late.beats[beat] for beat in tail}
        if "setback" in rest and "setback" not in plan and (late := self._pick_thread("gap", ["setback"], own)):
            plan["setback"] = late.beats["setback"]
        return plan

    def plan_topic(self, flat: Sequence[str]) -> dict[str, Line]:
        """The lines by beat of a thread about the topic; none where the topic's frame has no threads."""
        thread = self._pick_thread(self.topic_frame, flat, {})
        return {beat: line for beat, line in thread.beats.items() if beat in flat} if thread is not None else {}

    def _unbroken(self, flat: Sequence[str], own: Mapping[str, object]) -> list[str]:
        """The beats from ``attempt`` on (from ``call`` if the idea has no event) before the first of the user's own."""
        arc = [beat for beat in (_ARC if not own.get("call") else _ARC[1:]) if beat in flat]
        head: list[str] = []
        for beat in arc:
            if own.get(beat):
                break
            head.append(beat)
        return head if "attempt" in head else []

    def _pick_thread(self, frame: str, beats: Sequence[str], own: Mapping[str, object]) -> Thread | None:
        """A thread of ``frame`` that fits as a whole, short and not told lately if there is one."""
        needs_call = frame in ("theme", "gift", "documentary", "keepsake")
        fitting = [
            thread
            for thread in self.tables.threads.get(frame, ())
            if all(self._fits(line, beat, is_thread=True) for beat, line in thread.beats.items() if beat in beats)
            and ("call" in thread.beats) == (needs_call and not own.get("call"))
            and not (self.is_dark and thread.name in _GLAD)
        ]
        if not fitting and frame == "plain":
            fitting = [thread for thread in self.tables.threads[frame] if thread.name == _LAST_RESORT]
        if not fitting:
            return None
        if frame == "plain":
            about = TAGS | THING_TAGS if not self.aspects["repeated"] else TAGS & _LASTING
            fitting = (
                _about(frozenset({"chooses"}), fitting)
                or _about(SORTS | {"asked", "whatif", "wondered"}, fitting)
                or _about(frozenset({"deadline", "unheard", "ours"}), fitting)
                or _about(
                    frozenset(
                        {
                            "order",
                            "unwanted",
                            "whoever",
                            "ceased",
                            "puzzled",
                            "excepted",
                            "unseen",
                            "nobody_came",
                            "i_am",
                        }
                    ),
                    fitting,
                )
                or _claiming(_naming(_about(about | {"does", "somebody_owns", "named1", "named2", "named3"}, fitting)))
                or _about(about, fitting)
                or _about(frozenset({"roughly", "itself"}), fitting)
                or _about(frozenset({"world"}), fitting)
                or _most_special(fitting)
            )
        elif frame in _LATE.values():
            fitting = (
                _about(frozenset({"chooses", "asks_on", "unheard", "taken_over", "puzzled"}), fitting)
                or _about(SORTS | {"dark"}, fitting)
                or _naming(fitting)
                or _naming(fitting, _HERO)
                or fitting
            )
        stale = {thread.name: self._staleness(thread) for thread in fitting}
        freshest = min(stale.values())
        return self.chance.pick(f"thread {frame}", [thread for thread in fitting if stale[thread.name] == freshest])

    def _staleness(self, thread: Thread) -> int:
        """How many of the thread's sentences recent films had, or are far too long for this one."""
        told = [self.fill(line.say) for line in thread.beats.values()]
        words = [word_count(text) for text in told]
        is_over = bool(self.events or self.topic_frame) and sum(words) > self.room_words
        return (
            sum(bare(text) in self.avoid for text in told)
            + sum(count > max(16, 1.6 * self.words_per_scene) for count in words)
            + (sum(words) if is_over else 0)
        )


def _about(tags: frozenset[str], threads: list[Thread]) -> list[Thread]:
    """Those that ask for one of ``tags``."""
    return [thread for thread in threads if any(tag in tags for line in thread.beats.values() for tag in line.tags)]


def _claiming(threads: list[Thread]) -> list[Thread]:
    """Those that say what the object does, if there are any."""
    return _about(frozenset({"claim"}), threads) or threads


def _naming(threads: list[Thread], names: re.Pattern[str] = _NAMES) -> list[Thread]:
    """Those that name what the idea's deed is done to in their turn and in their end."""
    return [
        thread
        for thread in threads
        if all(names.search(thread.beats[beat].say) for beat in ("turn", "ending") if beat in thread.beats)
    ]


def _most_special(threads: list[Thread]) -> list[Thread]:
    """Those that ask most of the idea, and so say most about it."""
    asks = {
        thread.name: min(
            3,
            len(
                {
                    tag
                    for line in thread.beats.values()
                    for tag in line.tags
                    if not tag.startswith("!") and tag != "voice"
                }
            ),
        )
        for thread in threads
    }
    most = max(asks.values(), default=0)
    return [thread for thread in threads if asks[thread.name] == most]
