"""How well the built-in reader finds what an illustrator would choose, in passages that were marked before it read them."""

from __future__ import annotations

from tests.engines.analysis.reading import marked_passages, read_builtin

_FLOOR = 0.85


def test_most_marked_moments_are_found_and_most_found_moments_are_marked(tmp_path):
    passages = marked_passages()
    assert len(passages) == 20
    chosen = right = found = marked = 0
    by_chance = 0.0
    for passage in passages:
        moments = read_builtin(passage.text, tmp_path / "a.json", most=len(passage.marks)).moments
        spans = [(moment.start_position, moment.end_position) for moment in moments]
        hits = [span for span in spans if any(_touch(span, mark) for mark in passage.marks)]
        chosen, right = chosen + len(spans), right + len(hits)
        found += sum(any(_touch(span, mark) for span in spans) for mark in passage.marks)
        marked += len(passage.marks)
        by_chance += len(passage.marks) ** 2 / sum(bool(line) for line in passage.text.split("\n"))
    print(f"precision {right}/{chosen}, recall {found}/{marked}, by chance {by_chance / marked:.2f}")
    assert right / chosen >= _FLOOR
    assert found / marked >= _FLOOR


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
