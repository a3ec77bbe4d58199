"""What a hero does before the story begins, and between its events: by role, by body, by place."""

from __future__ import annotations

from studio.engines.writer.cast import role_of
from studio.engines.writer.fits import is_swimmer, misfits
from studio.engines.writer.kitting import is_plainly
from studio.engines.writer.staging import Staging
from studio.engines.writer.things import is_big

_THING_DO = (
    "[wait] where somebody left {him}", "[be] smaller than everything around {him}", "[have] seen better days",
    "[stand] very still, day after day",
)  # fmt: skip
_NATURE_DO = (
    "[be] always there, and hardly anyone looks twice", "[have] seen it all before", "[take] no notice of the time",
    "[begin] the day like every other",
)  # fmt: skip
_LOOKS = (
    "[stop] and [listen]", "[look] for a better way", "[keep] going, a little slower", "[look] back once and [go] on",
)  # fmt: skip
_BEAST_DO = (
    "[sit] very still and [watch] everything", "[be] out and about before anyone else", "[know] every corner of this place",
    "[take] the same path every day", "[wait] for something, without knowing what",
)  # fmt: skip
_SWIM_DO = (
    "[glide] along without a sound", "[turn] slowly in the light", "[be] awake before all the others",
    "[know] every corner of this place",
)  # fmt: skip
_LIVELESS = ("thing", "plant", "food", "abstract", "place", "weather")
_IMMOBILE = ("scarecrow", "snowman", "snowwoman", "gargoyle", "statue", "puppet", "doll", "golem")
_OPEN_KITS = ("village", "home", "city", "road", "forest", "garden")


class Routines(Staging):
    """The part of a telling that knows what is usual."""

    def usual(self) -> str:
        """What the hero does day by day, unfilled; empty for nobody in particular."""
        hero = self.hero
        role = role_of(hero, self.tables)
        if hero.kind in _LIVELESS or hero.head in _IMMOBILE:
            small = hero.kind in ("thing", "creature") and not is_big(hero.head, self.table.code(hero.head))
            return self.chance.pick("thing", _THING_DO if small else _NATURE_DO)
        if hero.kind == "animal":
            is_elsewhere = role is not None and (
                not self.is_kit_sure or role.kit != self.kit.name and bool(self.idea.place)
            )
            if role is None or is_elsewhere or not role.is_animal:
                return self.chance.pick("beast", self._beast_do())
            return role.routine
        if role is not None and not role.is_animal and not is_plainly(hero, self.tables, self.table):
            role = None
        is_away = (
            role is not None
            and not role.is_animal
            and role.kit != self.kit.name
            and bool(self.idea.place)
            and hero.kind == "person"
            and role.kit not in _OPEN_KITS
        )
        if role is not None and not self.is_witness and not is_away and self._suits(role.routine):
            return role.routine
        options = [do for do in self.kit.do if self._suits(do)] if self.is_kit_sure or self.is_witness else []
        return self.chance.pick("do", options) if options and hero.is_living else ""

    def _own_routine(self) -> str:
        """What the hero's trade or kind does day by day, unfilled; empty if it is not known."""
        role = role_of(self.hero, self.tables)
        is_own = role is not None and not self.aspects["sad"] and self.usual() == role.routine
        return role.routine if role is not None and is_own else ""

    def meanwhile(self, name: str) -> str:
        """Something small that the hero does between two events, not done before if there is such."""
        if not self.hero.is_living:
            pool = list(_NATURE_DO)
        elif self.hero.kind == "animal":
            pool = [*self._beast_do(), *(do for do in _LOOKS if self._suits(do))]
        else:
            pool = [*(do for do in self.kit.do if self._suits(do)), *_LOOKS]
        if name == "setup2" and len(pool) > len(_LOOKS):
            pool = [do for do in pool if do not in _LOOKS]
        options = [do for do in pool if do not in self.used] or pool
        return self.chance.pick(f"{name} {len(self.used)}", options)

    def _beast_do(self) -> list[str]:
        return list(_SWIM_DO if is_swimmer(self.hero) else _BEAST_DO)

    def _suits(self, do: str) -> bool:
        return not misfits(
            do,
            self.hero,
            self.kit.name,
            era=self.kit.era,
            told=self.idea.text,
            is_peopled=True,
            is_tagged_beast=False,
        )
