"""Calls to a service: what may be asked again is, what may cost money never is, and every no is the right error."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio.engines.answers import retry_after_s
from studio.engines.http import Http, Said, read_error
from studio.errors import EngineBusy, EngineError, EngineRefused, EngineUnavailable, OutcomeUnknown
from tests.servers.base import Call, Double, Drop, Hang, Reply, Status, Torn

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

_KEY = "sk-very-secret-1234"
_FILM = bytes(range(256)) * 1600


class Shop(Double):
    """Sells one order a POST, and has a film to fetch."""

    takes_ranges = True

    def answer(self, call: Call) -> Reply:
        if call.what == "POST /orders":
            self.created.append(call.json)
            return Reply({"id": f"order-{len(self.created)}"})
        if call.path == "/film.mp4":
            return Reply(_FILM, takes_ranges=self.takes_ranges)
        if call.path == "/page":
            return Reply("<html>a router's page</html>", headers={"Content-Type": "text/html"})
        if call.what == "GET /orders":
            return Reply({"count": len(self.created)})
        return Reply({"detail": "nothing of that name"}, status=404)


@pytest.fixture
def shop():
    with Shop() as shop:
        yield shop


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def http(shop: Shop, pauses: list[float]) -> Http:
    key = {"Authorization": f"Bearer {_KEY}"}
    return Http("video/shop", shop.url, key, timeout_s=0.15, sleep=pauses.append, jitter=lambda: 1.0)


@pytest.mark.parametrize("misdeed", [Drop(), Hang(), *map(Status, (408, 425, 429, 500, 502, 503, 504, 529))], ids=repr)
def test_a_question_is_asked_again_until_it_is_answered(shop: Shop, http: Http, misdeed: object) -> None:
    shop.misbehave("GET /orders", misdeed)
    assert http.get("/orders", stage="look") == {"count": 0}
    assert len(shop.asked("GET /orders")) == 2


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422])
def test_a_question_that_was_refused_is_not_repeated(shop: Shop, http: Http, status: int) -> None:
    shop.misbehave("GET /orders", Status(status))
    with pytest.raises(EngineError) as caught:
        http.get("/orders", stage="look")
    assert caught.value.answer.status == status
    assert len(shop.asked("GET /orders")) == 1


def test_pauses_grow_and_a_named_one_is_kept(shop: Shop, http: Http, pauses: list[float]) -> None:
    shop.misbehave("GET /orders", Status(503), Status(429, {"Retry-After": "7"}), Status(503), Drop())
    http.get("/orders", stage="look")
    assert pauses == [1.0, 7.0, 4.0, 8.0]


def test_a_service_that_stays_down_is_said_to_be_down(shop: Shop, http: Http) -> None:
    shop.stop()
    with pytest.raises(EngineUnavailable, match=r"video/shop does not answer at http://127\.0\.0\.1"):
        http.get("/orders", stage="look")


def test_both_forms_of_retry_after_are_read() -> None:
    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    assert retry_after_s({"Retry-After": "12"}) == 12
    assert retry_after_s({"Retry-After": "Sat, 21 Nov 2026 12:00:30 GMT"}, now=now) == 30
    assert retry_after_s({"Retry-After": "Sat, 21 Nov 2026 11:00:00 GMT"}, now=now) == 0
    assert retry_after_s({"Retry-After": "soon"}) is None
    assert retry_after_s({}) is None


@pytest.mark.parametrize("form", ["90", "Fri, 31 Dec 2099 23:59:59 GMT"])
def test_a_post_that_was_put_off_says_how_long_to_wait(shop: Shop, http: Http, form: str) -> None:
    shop.misbehave("POST /orders", Status(429, {"Retry-After": form}))
    with pytest.raises(EngineBusy) as caught:
        http.post_json("/orders", stage="order", json={})
    assert caught.value.retry_after_s >= 90
    assert shop.created == []


@pytest.mark.parametrize(
    "misdeed", [Drop(), Drop(after=True), Hang(), Hang(after=True), *map(Status, (500, 502, 504))], ids=repr
)
def test_a_post_that_may_have_been_accepted_is_never_repeated(shop: Shop, http: Http, misdeed: object) -> None:
    shop.misbehave("POST /orders", misdeed)
    with pytest.raises(OutcomeUnknown, match="may have"):
        http.post_json("/orders", stage="order", json={})
    assert len(shop.asked("POST /orders")) == 1


@pytest.mark.parametrize("body", [b"", b'{"id": "l1", "sta', b"<html>Please log in</html>", b"[" * 200_000])
def test_an_answer_to_an_order_that_cannot_be_read_is_no_proof_that_nothing_began(
    shop: Shop, http: Http, body: bytes
) -> None:
    shop.misbehave("POST /orders", Status(200, body=body))
    with pytest.raises(
        OutcomeUnknown,
        match=r"an answer came that cannot be read \(it sent [\w/ -]+\), so it may have begun.*--ask-again",
    ):
        http.post_json("/orders", stage="order", json={})
    assert len(shop.asked("POST /orders")) == 1


def test_a_post_to_nobody_surely_began_nothing(shop: Shop, http: Http) -> None:
    shop.stop()
    with pytest.raises(EngineUnavailable):
        http.post("/orders", stage="order", json={})


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, EngineRefused), (401, EngineUnavailable), (402, EngineUnavailable), (403, EngineUnavailable),
     (404, EngineRefused), (413, EngineRefused), (422, EngineRefused), (503, EngineBusy), (529, EngineBusy)],
)  # fmt: skip
def test_every_no_is_the_right_error_with_what_was_answered(
    shop: Shop, http: Http, status: int, kind: type[EngineError]
) -> None:
    said = {"error": {"type": "bad_thing", "message": "The thing is bad."}}
    shop.misbehave("POST /orders", Status(status, {"x-request-id": "req-9"}, said))
    with pytest.raises(kind) as caught:
        http.post("/orders", stage="order", json={})
    answer = caught.value.answer
    assert (answer.engine, answer.stage, answer.status, answer.kind, answer.request_id) == (
        "video/shop", "order", status, "bad_thing", "req-9",
    )  # fmt: skip
    for words in ("video/shop", "order", "The thing is bad", str(status), "req-9"):
        assert words in str(caught.value)


def test_the_verdict_of_the_service_goes_before_its_status(shop: Shop) -> None:
    http = Http("a/b", shop.url, verdict=lambda status, said: EngineUnavailable if said.kind == "no_credit" else None)
    shop.misbehave("POST /orders", Status(400, {}, {"error": {"code": "no_credit"}}))
    with pytest.raises(EngineUnavailable):
        http.post("/orders", stage="order", json={})


def test_what_is_no_service_at_all_is_told_apart(http: Http) -> None:
    with pytest.raises(EngineUnavailable, match=r"text/html.*Check the address"):
        http.get("/page", stage="look")


def test_what_is_unknown_there_is_none(http: Http) -> None:
    assert http.try_get("/nothing", stage="look") is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"error": {"type": "t", "message": "m"}}, Said("t", "m")),
        ({"error": "no prompt", "node_errors": []}, Said("", "no prompt")),
        ({"detail": "gone"}, Said("", "gone")),
        ({"message": "m", "code": 7}, Said("", "m")),
        ({"error": {"status": "RESOURCE_EXHAUSTED", "message": "m", "details": [{"retryDelay": "3.5s"}]}},
         Said("RESOURCE_EXHAUSTED", "m", 3.5)),
        ({"detail": [{"loc": ["body", "text"], "msg": "Field required"}, {"msg": "odd"}]},
         Said("", "text: Field required; request: odd")),
        ([1, 2], Said()),
    ],
)  # fmt: skip
def test_the_usual_error_bodies_are_read(body: object, said: Said) -> None:
    assert read_error(body) == said


@pytest.mark.parametrize("takes_ranges", [True, False])
def test_a_torn_download_ends_whole(shop: Shop, http: Http, tmp_path: Path, takes_ranges: bool) -> None:
    shop.takes_ranges = takes_ranges
    shop.misbehave("GET /film.mp4", Torn(200_000), Drop(), Torn(100_000))
    http.download(f"{shop.url}/film.mp4", tmp_path / "film")
    assert (tmp_path / "film").read_bytes() == _FILM
    ranges = [call.headers.get("range") for call in shop.asked("GET /film.mp4")]
    assert ranges == [None, "bytes=200000-", "bytes=200000-", f"bytes={300000 if takes_ranges else 100000}-"]


def test_a_download_that_always_breaks_off_is_given_up_for_now(shop: Shop, http: Http, tmp_path: Path) -> None:
    shop.misbehave("GET /film.mp4", *[Torn(10)] * 5)
    with pytest.raises(EngineBusy, match="broke off"):
        http.download("/film.mp4", tmp_path / "film")


def test_a_signed_address_is_fetched_without_the_key(shop: Shop, http: Http, tmp_path: Path) -> None:
    http.download(f"{shop.url}/film.mp4?signature=x", tmp_path / "a")
    http.download("/film.mp4", tmp_path / "b", with_key=True)
    assert ["authorization" in call.headers for call in shop.asked("GET /film.mp4")] == [False, True]


def test_a_part_of_the_key_is_in_no_error_either(shop: Shop, http: Http) -> None:
    shop.misbehave("GET /orders", Status(401, {}, {"error": f"wrong key {_KEY[:-1]} of today"}))
    with pytest.raises(EngineUnavailable, match="wrong key … of today"):
        http.get("/orders", stage="list")


def test_the_key_is_in_no_error_and_no_repr(shop: Shop, http: Http) -> None:
    shop.misbehave("GET /orders", Status(401, {}, {"error": "wrong key"}))
    with pytest.raises(EngineUnavailable) as caught:
        http.get("/orders", stage="look")
    assert _KEY not in f"{caught.value!r} {caught.value} {caught.value.answer} {http!r}"
