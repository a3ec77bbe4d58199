"""A subject while it is being put together from the words of a prompt."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.engines.storyboard.sheet.brief import Relation, Subject
from studio.engines.storyboard.things.records import Record


@dataclass
class Part:
    """A subject being put together."""

    record: Record
    noun: str
    at: int
    end: int
    count: int = 1
    pose: str = ""
    age: str = ""
    gender: str = ""
    hair: str = ""
    colour: str = ""
    clothes: list[tuple[str, str]] = field(default_factory=list)
    props: list[str] = field(default_factory=list)
    relation: Relation = "on_ground"
    relative_to: str = ""
    weight: float = 0.0
    aliases: set[str] = field(default_factory=set)
    """Other nouns that mean the same one."""
    look_end: int = 0
    """Where its description ends: after its noun, clothes, hair and the like."""
    is_clothed_for: bool = False
    """True for the horse of ``a boy and his horse, in a coat``: the coat is the boy's."""
    is_settled: bool = False
    """True once the verb right after its look has given the pose."""
    deed_at: int = -1
    """Where the verb of its pose stands."""
    worn: set[int] = field(default_factory=set)
    """Tokens of its description: no doings, no things of their own."""

    def frozen(self) -> Subject:
        return Subject(
            kind=self.record.kind,
            noun=self.noun,
            count=self.count,
            pose=self.pose,
            age=self.age,
            gender=self.gender,
            clothes=tuple(self.clothes),
            hair=self.hair,
            colour=self.colour,
            props=tuple(self.props),
            relation=self.relation,
            relative_to=self.relative_to,
        )
