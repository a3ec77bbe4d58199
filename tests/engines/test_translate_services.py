"""Translators at services: each line its own text, the glossary kept, every no the right error, no key in any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from studio.engines.base import ToTranslate
from studio.engines.setup import Setup
from studio.engines.translate.services import DeepL, Google, LibreTranslate
from studio.errors import EngineBusy, EngineError, EngineRefused, EngineUnavailable, UnusableOutput
from tests.servers.base import Drop, Status
from tests.servers.translators import Translators, in_portuguese

Make = Callable[..., DeepL | Google | LibreTranslate]
_KINDS = {"deepl": DeepL, "google": Google, "libretranslate": LibreTranslate}
_ASKS = {"deepl": "POST /v2/translate", "google": "POST /language/translate/v2", "libretranslate": "POST /translate"}
_KEYS = {"deepl": "deepl_api_key", "google": "google_translate_api_key", "libretranslate": "libretranslate_api_key"}
_PLACES = {"deepl": "deepl_url", "google": "google_translate_url", "libretranslate": "libretranslate_url"}

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def there() -> Iterator[Translators]:
    with Translators() as running:
        yield running


@pytest.fixture(params=sorted(_KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(there: Translators, kind: str, monkeypatch: pytest.MonkeyPatch) -> Make:
    monkeypatch.setattr("time.sleep", lambda seconds: None)

    def engine(key: str = there.key) -> DeepL | Google | LibreTranslate:
        return _KINDS[kind](Setup({_PLACES[kind]: there.url, _KEYS[kind]: key}, {}))

    return engine


def lines(*texts: str) -> list[ToTranslate]:
    return [ToTranslate(f"{number:04d}", text, 2.0) for number, text in enumerate(texts, start=1)]


def said(engine: DeepL | Google | LibreTranslate, *texts: str, glossary: dict[str, str] | None = None) -> list[str]:
    found = engine.translate(lines(*texts), source="en", target="pt", glossary=glossary or {})
    return [found[f"{number:04d}"].text for number in range(1, len(texts) + 1)]


def test_every_line_gets_its_own_text(make: Make) -> None:
    assert said(make(), "The ship leaves.", "The sea is calm.") == ["O navio parte.", "O mar está calmo."]


def test_more_lines_than_a_call_takes_go_in_several_and_come_back_in_order(make: Make, there: Translators) -> None:
    texts = [f"The ship {number} leaves the calm sea." for number in range(230)]
    assert said(make(), *texts) == [in_portuguese(text) for text in texts]
    assert len(there.created) > 1
    assert sum(map(len, there.created)) == 230


def test_a_term_of_the_glossary_becomes_what_it_must(make: Make) -> None:
    assert said(make(), "The pilot leaves.", glossary={"pilot": "prático"}) == ["O prático parte."]


def test_signs_of_html_stay_what_they_are(make: Make) -> None:
    assert said(make(), "Salt & pepper <3.") == ["Salt & pepper <3."]


def test_a_service_that_is_busy_is_asked_again(make: Make, there: Translators, kind: str) -> None:
    there.misbehave(_ASKS[kind], Status(429, {"Retry-After": "1"}), Status(503), Drop(after=True))
    assert said(make(), "The ship leaves.") == ["O navio parte."]
    assert len(there.created) == 2  # the answer that was lost on its way, and this one


def test_one_that_stays_busy_says_so(make: Make, there: Translators, kind: str) -> None:
    there.misbehave(_ASKS[kind], *[Status(429)] * 5)
    with pytest.raises(EngineBusy, match=f"mt/{kind}, translate: .*429"):
        said(make(), "The ship leaves.")


@pytest.mark.parametrize(
    ("status", "error"), [(403, EngineUnavailable), (400, EngineRefused), (413, EngineRefused)]
)  # fmt: skip
def test_a_no_is_the_right_error_with_stage_and_status(
    make: Make, there: Translators, kind: str, status: int, error: type[EngineError]
) -> None:
    there.misbehave(_ASKS[kind], Status(status, {"x-request-id": "r-7"}, b'{"message": "no"}'))
    with pytest.raises(error, match="translate") as told:
        said(make(), "The ship leaves.")
    answer = told.value.answer
    assert answer
    assert (answer.engine, answer.stage, answer.status, answer.request_id) == (f"mt/{kind}", "translate", status, "r-7")


def test_a_wrong_key_is_told_and_never_repeated(make: Make) -> None:
    with pytest.raises(EngineUnavailable) as told:
        said(make("wrong-key-98765"), "The ship leaves.")
    assert "wrong-key-98765" not in str(told.value)


def test_without_what_it_needs_it_says_what_to_set(kind: str) -> None:
    engine = _KINDS[kind](Setup({}, {}))
    assert f"STUDIO_{kind.upper()}" in engine.unset.replace("GOOGLE_TRANSLATE", "GOOGLE")
    for ask in (engine.check, lambda: said(engine, "The ship leaves.")):
        with pytest.raises(EngineUnavailable, match="Settings"):
            ask()


def test_a_text_that_is_lost_moves_no_other_into_its_place(make: Make, there: Translators) -> None:
    there.loses = 1
    with pytest.raises(UnusableOutput, match="2 texts were sent and 1 came back"):
        said(make(), "The ship leaves.", "The sea is calm.")


def test_a_check_passes_with_key_and_server(make: Make) -> None:
    make().check()


def test_the_used_up_month_of_deepl_is_told_by_the_check_and_by_the_asking(there: Translators) -> None:
    there.used = there.limit
    engine = DeepL(Setup({"deepl_url": there.url, "deepl_api_key": there.key}, {}))
    for ask in (engine.check, lambda: said(engine, "The ship leaves.")):
        with pytest.raises(EngineUnavailable, match=r"used up|Quota"):
            ask()


def test_deepl_reads_along_what_stands_around_the_lines(there: Translators) -> None:
    engine = DeepL(Setup({"deepl_url": there.url, "deepl_api_key": there.key}, {}))
    asked = [ToTranslate("0002", "It leaves.", 2.0, before="The ship is old.", after="Nobody waves.")]
    engine.translate(asked, source="en", target="pt", glossary={})
    body = there.calls[-1].json
    assert body["context"] == "The ship is old. It leaves. Nobody waves."
    assert (body["source_lang"], body["target_lang"]) == ("EN", "PT-BR")
