"""A CTranslate2 folder of the user's, here a tiny one whose weights are set by hand: it translates word by word.

A decoder's place looks, through its position, at the same place of the source, and takes that word's translation.
"""

from __future__ import annotations

import pytest

from studio.engines.base import ToTranslate
from studio.engines.translate.ct2 import OwnModel
from studio.errors import BadInput, EngineUnavailable, UserError

ctranslate2 = pytest.importorskip("ctranslate2", reason="pip install ctranslate2", exc_type=ImportError)
np = pytest.importorskip("numpy")

WORDS = {"sea": "mar", "calm": "calmo", "robot": "robô", "waits": "espera", "Xk1": "Xk1", ".": "."}
CODES = ("eng_Latn", "por_Latn")
VOCABULARY = ["<unk>", "<s>", "</s>", *CODES, *dict.fromkeys((*WORDS, *WORDS.values()))]
PLACES = 16


def word_by_word(folder):
    """A model whose word at place ``n`` is the translation of the source's at ``n``."""
    from ctranslate2.specs import TransformerSpec

    count = len(VOCABULARY)
    depth = 2 * count + PLACES
    spec = TransformerSpec.from_config((1, 1), 1, no_final_norm=True)
    token, place, answer = slice(0, count), slice(count, count + PLACES), slice(count + PLACES, depth)

    def zeros(rows, columns=depth):
        return np.zeros((rows, columns), np.float32)

    def linear(layer, weight):
        layer.weight, layer.bias = weight, np.zeros(weight.shape[0], np.float32)

    def norm(layer):
        layer.gamma, layer.beta = np.ones(depth, np.float32), np.zeros(depth, np.float32)

    embeddings = zeros(count)
    embeddings[:, token] = np.eye(count)
    places = zeros(PLACES)
    places[:, place] = np.eye(PLACES)
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = places
        side.scale_embeddings = False
    spec.encoder.embeddings[0].weight = embeddings
    spec.decoder.embeddings.weight = embeddings
    for layer in (spec.encoder.layer[0], spec.decoder.layer[0]):
        norm(layer.self_attention.layer_norm)
        linear(layer.self_attention.linear[0], zeros(3 * depth))
        linear(layer.self_attention.linear[1], zeros(depth))
        norm(layer.ffn.layer_norm)
        linear(layer.ffn.linear_0, zeros(4))
        linear(layer.ffn.linear_1, zeros(depth, 4))
    cross = spec.decoder.layer[0].attention
    norm(cross.layer_norm)
    query, keys = zeros(depth), zeros(2 * depth)
    for n in range(PLACES):
        query[count + n, count + n] = 100.0
        keys[count + n, count + n] = 10.0
    for n, word in enumerate(VOCABULARY):
        to = VOCABULARY.index(WORDS.get(word, word))
        keys[depth + count + PLACES + to, n] = 1.0
    linear(cross.linear[0], query)
    linear(cross.linear[1], keys)
    linear(cross.linear[2], np.eye(depth, dtype=np.float32))
    projection = zeros(count)
    projection[:, answer] = 20 * np.eye(count)
    linear(spec.decoder.projection, projection)
    spec.register_source_vocabulary(VOCABULARY)
    spec.register_target_vocabulary(VOCABULARY)
    spec.validate()
    folder.mkdir(parents=True)
    spec.save(str(folder))
    write_tokenizer(folder)


def write_tokenizer(folder):
    from tokenizers import Tokenizer, decoders
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(VOCABULARY)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.save(str(folder / "tokenizer.json"))


def said(engine, *texts, glossary=None, target="pt"):
    lines = [ToTranslate(f"{n:04d}", text, 2.0) for n, text in enumerate(texts)]
    answers = engine.translate(lines, source="en", target=target, glossary=glossary or {})
    return [answers[line.id].text for line in lines]


def test_a_model_of_one_direction_translates_every_line_in_its_place(tmp_path):
    word_by_word(tmp_path / "mt-en-pt")
    engine = OwnModel(tmp_path)
    engine.check()
    assert engine.knows("en", "pt-BR")
    assert not engine.knows("pt", "en")
    assert said(engine, "sea calm.", "robot waits.", "robot calm sea.") == [
        "mar calmo.", "robô espera.", "robô calmo mar.",
    ]  # fmt: skip


def test_a_model_of_many_languages_is_told_which(tmp_path):
    word_by_word(tmp_path / "mt-nllb-tiny")
    engine = OwnModel(tmp_path)
    assert engine.knows("en", "hi")
    assert said(engine, "robot waits.") == ["robô espera."]


def test_the_glossary_is_kept_by_a_model_that_knows_nothing_of_it(tmp_path):
    word_by_word(tmp_path / "mt-en-pt")
    assert said(OwnModel(tmp_path), "robot waits.", glossary={"robot": "autômato"}) == ["autômato espera."]


def test_what_is_missing_is_said(tmp_path):
    with pytest.raises(EngineUnavailable, match="mt-SOURCE-TARGET"):
        OwnModel(tmp_path).check()
    word_by_word(tmp_path / "mt-en-pt")
    (tmp_path / "mt-en-pt" / "tokenizer.json").unlink()
    with pytest.raises(EngineUnavailable, match=r"mt-en-pt lacks tokenizer\.json"):
        OwnModel(tmp_path).check()


def test_a_pair_without_a_model_is_refused(tmp_path):
    word_by_word(tmp_path / "mt-en-pt")
    with pytest.raises(UserError, match="mt-en-de"):
        said(OwnModel(tmp_path), "sea.", target="de")


def test_a_torn_model_is_named(tmp_path):
    word_by_word(tmp_path / "mt-en-pt")
    (tmp_path / "mt-en-pt" / "model.bin").write_bytes(b"torn")
    with pytest.raises(BadInput, match="mt-en-pt"):
        said(OwnModel(tmp_path), "sea.")


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json"])
def test_a_file_beside_the_model_that_is_no_json_is_refused(tmp_path, name):
    word_by_word(tmp_path / "mt-en-pt")
    (tmp_path / "mt-en-pt" / name).write_text("{")
    with pytest.raises(BadInput, match="mt-en-pt"):
        said(OwnModel(tmp_path), "sea.")
