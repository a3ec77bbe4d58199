"""What OpenAPI says can be asked, is asked with made-up words: nothing breaks, and nothing is open that should not be."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings

from tests.api.conftest import HOME, PASSWORD

SHORT, WHOLE = 2, pytest.param(100, marks=pytest.mark.soak)


def _operations(client: TestClient) -> list[Any]:
    schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
    return [found.ok() for found in schema.get_all_operations()]


def _ask(client: TestClient, case: Any) -> Any:
    body = case.body if isinstance(case.body, (dict, list)) else None
    headers = {key: str(value) for key, value in (case.headers or {}).items()}
    return client.request(case.method, case.formatted_path, params=case.query, json=body, headers=headers)


@pytest.mark.parametrize("count", [SHORT, WHOLE])
def test_no_request_makes_the_server_fail(client, home, count):
    home.film()
    for operation in _operations(client):

        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            if "name" in (case.path_parameters or {}) and case.method != "DELETE":
                case.path_parameters["name"] = "boat"
            answer = _ask(client, case)
            assert answer.status_code < 500, (answer.status_code, answer.text, case.as_curl_command())

        ask()


def test_beyond_this_computer_nothing_is_answered_without_the_password(home):
    home.film()
    with TestClient(home.app(password=PASSWORD), base_url=HOME, headers={"origin": HOME}) as stranger:
        paths = stranger.get("/api/openapi.json", auth=("", PASSWORD)).json()["paths"]
        stranger.cookies.clear()  # it was let in
        for path, methods in paths.items():
            for method in methods:
                answer = stranger.request(method, path.replace("{name}", "boat"))
                assert answer.status_code in (401, 403), (method, path, answer.status_code)
