"""Step ``translate``: drafts by line, what people write over them, and what a change costs."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from studio.core.events import ArtifactMade, Progress
from studio.core.pipeline import Pipeline
from studio.core.plan import plan
from studio.core.project import new_project, save_project
from studio.core.run import run
from studio.core.session import Session, Wanted
from studio.engines.base import TranslatedText
from studio.engines.fake import FakeTranslator
from studio.engines.translate.manual import ManualTranslation
from studio.errors import BadInput, EngineUnavailable, ToolFailed
from studio.model.dub import LINES, DubOptions, Line
from studio.steps.dubbing import names, translate_lines
from studio.steps.dubbing.translate_lines import TranslateLines


@dataclass
class BringLines:
    lines: tuple[Line, ...]
    name: str = "lines"
    typical_s: float = 1.0

    def run(self, ctx):
        def produce(out):
            out.write_bytes(LINES.dump_json(self.lines, by_alias=True))

        ctx.make(Wanted(names.LINES, produce, lambda p: None, given={"lines": self.lines}))

    def forecast(self):
        return (names.LINES,)


@dataclass
class Asked(FakeTranslator):
    """A fake that remembers what it was asked, and fails as it is told."""

    calls: list[list[str]] = field(default_factory=list)
    identity: str = "mt/asked/1"
    batch_lines: int = 4
    fails_on: dict[str, Exception] = field(default_factory=dict)
    missing: str = ""
    context: dict[str, tuple[str, str]] = field(default_factory=dict)

    def check(self):
        if self.missing:
            raise EngineUnavailable(self.missing)

    def translate(self, lines, *, source, target, glossary):
        self.calls.append([line.id for line in lines])
        self.context |= {line.id: (line.before, line.after) for line in lines}
        for line in lines:
            if line.text in self.fails_on:
                raise self.fails_on[line.text]
        return super().translate(lines, source=source, target=target, glossary=glossary)


SENTENCES = ("The sea is calm.", "The robot waits.", "Nobody comes.", "Then it rains.", "The end.", "Goodbye.")


def some_lines(texts=SENTENCES):
    return tuple(
        Line(id=f"{n:04d}", start_s=2.0 * n, end_s=2.0 * n + 1.5, text=text) for n, text in enumerate(texts, start=1)
    )


@pytest.fixture
def session(tmp_path):
    folder = tmp_path / "sessions" / "talk"
    folder.mkdir(parents=True)
    save_project(folder, new_project("talk", "film"))
    with Session(folder) as opened:
        yield opened


def pipeline(engines, lines, **options):
    if not isinstance(engines, dict):
        engines = {"pt": (engines,)}
    chosen = DubOptions(source_language="en", languages=tuple(engines), **options)
    return Pipeline("dub", (BringLines(lines), TranslateLines(engines, chosen)), lambda s: {})


def go(session, engines, lines=None, workers=3, **options):
    heard = []
    work = pipeline(engines, some_lines() if lines is None else lines, **options)
    with ThreadPoolExecutor(workers) as executor:
        result = run(session, work, executor, tell=lambda n, e: heard.append(e), stop=threading.Event())
    return result, heard


def translation(session, language="pt"):
    return json.loads(session.path(names.translation(language)).read_text())


def texts(session, language="pt"):
    return {entry["id"]: entry["text_translated"] for entry in translation(session, language)}


def write(session, change, language="pt"):
    """A person edits the file in a text editor."""
    entries = translation(session, language)
    for entry in entries:
        change(entry)
    session.path(names.translation(language)).write_text(json.dumps(entries, ensure_ascii=False, indent=4))


def typing(line_id, text):
    def change(entry):
        if entry["id"] == line_id:
            entry["text_translated"] = text

    return change


def test_every_line_is_translated_in_batches_and_stands_under_its_own_id(session):
    engine = Asked()
    result, _ = go(session, engine)
    assert result.problems == []
    assert texts(session) == {f"{n:04d}": f"pt {text}" for n, text in enumerate(SENTENCES, start=1)}
    assert sorted(map(len, engine.calls)) == [2, 4]


def test_the_file_has_the_times_and_source_of_every_line_in_order(session):
    go(session, Asked())
    found = [(entry["start"], entry["end"], entry["source"]) for entry in translation(session)]
    assert found == [(line.start_s, line.end_s, line.text) for line in some_lines()]


def test_an_engine_sees_the_neighbours_of_a_line(session):
    engine = Asked()
    go(session, engine)
    assert engine.context["0001"] == ("", "The robot waits.")
    assert engine.context["0003"] == ("The robot waits.", "Then it rains.")


def test_a_second_run_asks_for_nothing(session):
    go(session, Asked())
    engine = Asked()
    result, _ = go(session, engine)
    assert (engine.calls, result.made) == ([], [])


def test_one_changed_line_is_the_only_one_asked_for(session):
    go(session, Asked())
    engine = Asked()
    changed = some_lines(("The sea is calm.", "The robot sleeps.", *SENTENCES[2:]))
    result, _ = go(session, engine, changed)
    assert engine.calls == [["0002"]]
    assert result.made == [names.LINES, "translations/pt/0002.json", "translations/pt.json"]
    assert texts(session)["0002"] == "pt The robot sleeps."


def test_a_new_term_concerns_only_the_lines_that_hold_it(session):
    go(session, Asked())
    engine = Asked()
    go(session, engine, glossary={"pt": {"robot": "autômato", "whale": "baleia"}})
    assert engine.calls == [["0002"]]
    assert texts(session)["0002"] == "pt The autômato waits."


def test_a_retimed_line_is_not_translated_again_but_has_its_new_time(session):
    go(session, Asked())
    engine = Asked()
    moved = tuple(line.model_copy(update={"end_s": line.end_s + 0.2}) for line in some_lines())
    result, _ = go(session, engine, moved)
    assert engine.calls == []
    assert result.made == [names.LINES, "translations/pt.json"]
    assert translation(session)[0]["end"] == 3.7


def test_what_a_person_wrote_is_kept_as_it_stands(session):
    go(session, Asked())
    write(session, typing("0003", "Ninguém vem."))
    engine = Asked()
    before = session.path("translations/pt.json").read_bytes()
    result, _ = go(session, engine)
    assert (engine.calls, result.made) == ([], [])
    assert session.path("translations/pt.json").read_bytes() == before


def test_what_a_person_wrote_survives_a_change_of_another_line(session):
    go(session, Asked())
    write(session, typing("0003", "Ninguém vem."))
    go(session, Asked())
    engine = Asked()
    go(session, engine, some_lines(("The sea is wild.", *SENTENCES[1:])))
    assert engine.calls == [["0001"]]
    assert (texts(session)["0001"], texts(session)["0003"]) == ("pt The sea is wild.", "Ninguém vem.")


def test_what_a_person_wrote_survives_a_change_there_and_back(session):
    go(session, Asked())
    write(session, typing("0003", "Ninguém vem."))
    go(session, Asked(), some_lines(("The sea is wild.", *SENTENCES[1:])))
    write(session, typing("0005", "Fim."))
    go(session, Asked())
    assert (texts(session)["0003"], texts(session)["0005"]) == ("Ninguém vem.", "Fim.")
    assert texts(session)["0001"] == "pt The sea is calm."


def test_another_engine_is_not_asked_for_what_a_person_wrote(session):
    go(session, Asked())
    write(session, typing("0003", "Ninguém vem."))
    engine = Asked(identity="mt/other/1", batch_lines=10)
    go(session, engine)
    assert engine.calls == [["0001", "0002", "0004", "0005", "0006"]]
    assert texts(session)["0003"] == "Ninguém vem."


def test_a_persons_wording_of_a_line_that_changed_gives_way_and_is_told(session):
    go(session, Asked())
    write(session, typing("0003", "Ninguém vem."))
    _, heard = go(session, Asked(), some_lines((*SENTENCES[:2], "Everybody comes.", *SENTENCES[3:])))
    assert texts(session)["0003"] == "pt Everybody comes."
    assert any("0003" in getattr(event, "text", "") and "takes/" in event.text for event in heard)
    kept = "".join(path.read_text() for path in session.path("takes").rglob("*.json") if path.is_file())
    assert "Ninguém vem." in kept


def test_a_deleted_draft_is_made_alone(session):
    go(session, Asked())
    session.path("translations/pt/0004.json").unlink()
    engine = Asked()
    go(session, engine)
    assert engine.calls == [["0004"]]


def test_a_translation_that_somebody_put_there_is_kept_and_completed(session):
    brought = [
        {"id": "0001", "start": 2, "end": 3.5, "text_translated": "O mar está calmo."},
        {"id": "0002", "start": 4, "end": 5.5, "text_translated": "[TRANSLATE: The robot waits.]"},
    ]
    session.path("translations").mkdir()
    session.path("translations/pt.json").write_text(json.dumps(brought))
    engine = Asked(batch_lines=10)
    go(session, engine)
    assert engine.calls == [["0002", "0003", "0004", "0005", "0006"]]
    assert texts(session) == {"0001": "O mar está calmo."} | {
        f"{n:04d}": f"pt {text}" for n, text in enumerate(SENTENCES, start=1) if n > 1
    }
    assert go(session, Asked())[0].made == []


def test_typed_translations_are_empty_until_somebody_writes_them(session):
    result, _ = go(session, ManualTranslation())
    assert (result.status, result.problems) == ("completed", [])
    assert set(texts(session).values()) == {""}
    assert [entry["source"] for entry in translation(session)] == list(SENTENCES)


def test_typed_lines_stay_when_the_original_changes_and_bear_their_old_source(session):
    go(session, ManualTranslation())
    write(session, typing("0001", "O mar está calmo."))
    go(session, ManualTranslation(), some_lines(("The sea is wild.", *SENTENCES[1:])))
    first = translation(session)[0]
    assert (first["text_translated"], first["source"]) == ("O mar está calmo.", "The sea is calm.")


def test_drafts_stay_when_the_lines_are_to_be_typed_from_now_on(session):
    go(session, Asked())
    go(session, ManualTranslation())
    assert texts(session)["0001"] == "pt The sea is calm."


def test_a_computer_without_the_translator_goes_on_with_what_is_there(session):
    go(session, Asked())
    result, _ = go(session, Asked(missing="The translator is missing: pip install it"))
    assert (result.made, result.problems) == ([], [])


def test_a_computer_without_the_translator_says_what_is_missing_for_new_lines(session):
    go(session, Asked())
    result, heard = go(
        session, Asked(missing="pip install it"), some_lines(("The sea is wild.", *SENTENCES[1:], "More."))
    )
    assert result.problems == []
    assert any("2 lines are not translated" in getattr(e, "text", "") and "pip install it" in e.text for e in heard)
    assert texts(session)["0002"] == "pt The robot waits."


def test_a_language_without_a_translator_fails_alone_and_says_why(session):
    result, _ = go(session, {"hi": (Asked(missing="pip install it"),), "pt": (Asked(),)})
    assert [(problem.item, problem.error) for problem in result.problems] == [
        ("translations/hi.json", "pip install it")
    ]
    assert len(texts(session, "pt")) == 6


def test_the_first_translator_that_works_here_is_taken(session):
    engine = Asked(identity="mt/second/1")
    go(session, {"pt": (Asked(missing="not here"), engine)})
    assert engine.calls


def test_the_originals_own_language_is_taken_over_word_for_word(session):
    engine = Asked()
    go(session, {"en": (engine,)})
    assert engine.calls == []
    assert texts(session, "en")["0002"] == "The robot waits."


def test_a_line_that_fails_is_the_only_one_missing_and_comes_later(session):
    result, _ = go(session, Asked(fails_on={"Nobody comes.": ToolFailed("no")}))
    assert [problem.item for problem in result.problems] == ["translations/pt/0003.json"]
    assert [key for key, text in texts(session).items() if not text] == ["0003"]
    engine = Asked()
    go(session, engine)
    assert engine.calls == [["0003"]]
    assert texts(session)["0003"] == "pt Nobody comes."


def test_a_broken_edit_is_refused_with_its_place(session):
    go(session, Asked())
    session.path("translations/pt.json").write_text('[{"id": "0001", "start": 1, ')
    with pytest.raises(BadInput, match=r"translations/pt\.json"):
        plan(session, pipeline(Asked(), some_lines()))


def test_a_plan_names_what_a_run_then_makes_and_asks_nobody(session):
    go(session, Asked())
    engine = Asked()
    changed = some_lines(("The sea is calm.", "The robot sleeps.", *SENTENCES[2:]))
    go(session, engine, some_lines())
    session.path("translations/pt/0002.json").unlink()
    planned = plan(session, pipeline(engine, some_lines()))
    assert [item.name for item in planned.make] == ["translations/pt/0002.json", "translations/pt.json"]
    ahead = plan(session, pipeline(engine, changed))
    assert "translations/pt.json" in [item.name for item in ahead.make]
    assert engine.calls == []


def test_a_plan_over_a_finished_translation_makes_nothing(session):
    go(session, Asked())
    write(session, typing("0003", "Ninguém vem."))
    assert plan(session, pipeline(Asked(), some_lines())).make == []


def test_a_doubtful_line_is_told(session):
    class Deaf(Asked):
        def translate(self, lines, *, source, target, glossary):
            return {line.id: TranslatedText("O robô espera.") for line in lines}

    _, heard = go(session, Deaf(), glossary={"pt": {"robot": "autômato"}})
    told = [
        event.text
        for event in heard
        if getattr(event, "item", "") == "translations/pt/0002.json" and hasattr(event, "text")
    ]
    assert any("“robot” → “autômato”" in text for text in told)


_KILLED = """
    import os, signal, sys, threading, time
    from concurrent.futures import ThreadPoolExecutor
    from pathlib import Path
    from studio.core.run import run
    from studio.core.session import Session
    from tests.steps.test_translate_lines import Asked, pipeline, some_lines

    log, killed_at = Path(sys.argv[2]), int(sys.argv[3])

    class Mortal(Asked):
        def translate(self, lines, *, source, target, glossary):
            if len(self.calls) >= killed_at:
                while len(list(Path(sys.argv[1]).glob("translations/pt/*.json"))) < 8:
                    time.sleep(0.01)
                os.kill(os.getpid(), signal.SIGKILL)
            answers = super().translate(lines, source=source, target=target, glossary=glossary)
            with log.open("a") as file:
                file.write(" ".join(line.id for line in lines) + "\\n")
            return answers

    lines = some_lines([f"This is sentence {n}." for n in range(60)])
    with Session(Path(sys.argv[1])) as session, ThreadPoolExecutor(2) as executor:
        run(session, pipeline(Mortal(), lines), executor, tell=lambda n, e: None, stop=threading.Event())
"""


def test_a_run_killed_between_batches_asks_again_only_for_what_was_not_saved(session, tmp_path):
    folder, log = session.directory, tmp_path / "asked.txt"
    session.close()
    for killed_at, code in ((6, -9), (3, -9), (999, 0)):
        log.write_text("")
        saved = {path.stem for path in folder.glob("translations/pt/*.json")}
        command = [sys.executable, "-c", textwrap.dedent(_KILLED), str(folder), str(log), str(killed_at)]
        assert subprocess.run(command, check=False, timeout=120, cwd=Path(__file__).parents[2]).returncode == code
        asked = log.read_text().split()
        assert saved.isdisjoint(asked)
    entries = json.loads((folder / "translations/pt.json").read_text())
    assert [entry["text_translated"] for entry in entries] == [f"pt This is sentence {n}." for n in range(60)]
    assert saved


def test_a_stop_does_not_wait_for_what_was_made_ahead(session):
    stop, executor = threading.Event(), ThreadPoolExecutor(1)

    def tell(number, event):
        if isinstance(event, Progress) and not stop.is_set():
            executor.submit(int).result()  # what was handed over before is made by then
            stop.set()

    with executor:
        result = run(session, pipeline(FakeTranslator(), some_lines(["Hello."] * 200)), executor, tell=tell, stop=stop)
    assert result.status == "paused"
    assert 64 <= len(result.made) < 100


def test_a_stop_is_heard_while_finished_lines_are_looked_through(session):
    stop = threading.Event()

    def tell(number, event):
        if isinstance(event, ArtifactMade) and event.step == "translate":
            stop.set()

    go(session, FakeTranslator())
    with ThreadPoolExecutor(1) as executor:
        result = run(session, pipeline(FakeTranslator(), some_lines()), executor, tell=tell, stop=stop)
    assert (result.status, result.kept) == ("paused", [names.LINES, names.translated_line("pt", "0001")])


def test_a_translation_that_is_moved_while_a_plan_looks_is_no_fault(session, monkeypatch):
    go(session, FakeTranslator())
    write(session, lambda entry: entry.pop("draft"))
    place = session.path(names.translation("pt"))
    monkeypatch.setattr(translate_lines, "is_foreign", lambda standing: place.unlink() is None and bool(standing))
    found = plan(session, pipeline(FakeTranslator(), some_lines()))
    assert names.translation("pt") in found.looks
