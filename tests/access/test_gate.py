"""The gate: which requests come in, and what the others are told."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.access.keys import new_key
from service.app import create_app
from service.configuration import Configuration

ROI = {"revenue": 5, "marketing_cost": 2}
PATH = "/v1/metrics/marketing_roi"


@pytest.fixture
def tokens(tmp_path: Path) -> dict[str, str]:
    """Return a token for each scope, whose lines are in a key file."""
    made = {scope: new_key(scope, (scope,)) for scope in ("compute", "hooks", "metrics")}
    (tmp_path / "keys").write_text("\n".join(line for _, line in made.values()))
    return {scope: token for scope, (token, _) in made.items()}


@pytest.fixture
def guarded(tmp_path: Path, tokens: dict[str, str]) -> FlaskClient:  # noqa: ARG001  the file is there
    """Return a client of a service that asks for keys."""
    return create_app(Configuration(key_file=str(tmp_path / "keys"))).test_client()


def _ways(token: str) -> list[dict[str, str]]:
    basic = base64.b64encode(f"crm:{token}".encode()).decode()
    return [
        {"Authorization": f"Bearer {token}"},
        {"Authorization": f"Basic {basic}"},
        {"X-API-Key": token},
    ]


def test_a_key_opens_by_every_header(guarded: FlaskClient, tokens: dict[str, str]) -> None:
    """Bearer, Basic's password and X-API-Key are one key."""
    for headers in _ways(tokens["compute"]):
        assert 200 == guarded.post(PATH, json=ROI, headers=headers).status_code


def test_a_key_in_the_url_is_for_get_alone(guarded: FlaskClient, tokens: dict[str, str]) -> None:
    """A cell sends its key in the URL; a POST has headers for it."""
    key = tokens["compute"]
    cell = guarded.get(f"{PATH}/value?revenue=5&marketing_cost=2&key={key}")

    assert "1.5" == cell.text
    assert cell.headers["Cache-Control"].startswith("private")
    assert 401 == guarded.post(f"{PATH}?key={key}", json=ROI).status_code


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer nobody"},
        {"Authorization": "Basic !!!"},
        {"Authorization": "Basic /w=="},
        {"Authorization": "Digest x"},
        {"X-API-Key": "\u00e9"},
    ],
)
def test_no_valid_key_is_401(guarded: FlaskClient, headers: dict[str, str]) -> None:
    """Without a valid key the answer is a problem that says how to send one."""
    reply = guarded.post(PATH, json=ROI, headers=headers)

    assert (401, "unauthorized") == (reply.status_code, reply.json["code"])
    assert "Bearer" in reply.headers["WWW-Authenticate"]


def test_scopes(guarded: FlaskClient, tokens: dict[str, str]) -> None:
    """A key opens what its scope names, and 403 tells the one that is missing."""
    refused = guarded.post(PATH, json=ROI, headers={"X-API-Key": tokens["metrics"]})

    assert (403, "forbidden") == (refused.status_code, refused.json["code"])
    assert "compute" in refused.json["detail"]
    assert 200 == guarded.get("/metrics", headers={"X-API-Key": tokens["metrics"]}).status_code
    assert 403 == guarded.get("/metrics", headers={"X-API-Key": tokens["compute"]}).status_code


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/version", "/docs", "/openapi.json"])
def test_health_and_documents_are_open(guarded: FlaskClient, path: str) -> None:
    """Health and the documents answer without a key."""
    assert 200 == guarded.get(path).status_code


def test_a_hook_may_open_with_its_own_secret(guarded: FlaskClient) -> None:
    """The gate leaves hooks to their own proof, which refuses what proves nothing."""
    reply = guarded.post("/v1/hooks/generic/marketing_roi", json=ROI)

    assert 401 == reply.status_code


def test_quota_headers_and_refusal() -> None:
    """Each answer tells what is left; beyond the limit it is 429 with seconds to wait."""
    client = create_app(Configuration(rate_limit=2)).test_client()
    replies = [client.post(PATH, json=ROI) for _ in range(3)]

    assert [200, 200, 429] == [reply.status_code for reply in replies]
    assert '"default";q=2;w=60' == replies[0].headers["RateLimit-Policy"]
    assert replies[1].headers["RateLimit"].startswith('"default";r=0;t=')
    assert "rate_limited" == replies[2].json["code"]
    assert 1 <= int(replies[2].headers["Retry-After"]) <= 60


def test_head_options_and_health_are_not_counted() -> None:
    """What one cell of a spreadsheet sends besides its GET costs nothing."""
    client = create_app(Configuration(rate_limit=1)).test_client()
    url = f"{PATH}/value?revenue=5&marketing_cost=2"
    before = [client.head(url), client.options(url), client.get("/livez"), client.head(url)]

    assert {200} == {reply.status_code for reply in before}
    assert 200 == client.get(url).status_code
    assert 429 == client.get(url).status_code


def test_origins() -> None:
    """A page of an allowed origin may call and read; one of another may not."""
    client = create_app(Configuration(cors_origins=("https://a.example",))).test_client()

    def preflight(origin: str) -> Any:
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        return client.options(PATH, headers=asked)

    allowed, other = preflight("https://a.example"), preflight("https://b.example")
    answer = client.post(PATH, json=ROI, headers={"Origin": "https://a.example"})

    assert (204, "https://a.example") == (
        allowed.status_code,
        allowed.headers["Access-Control-Allow-Origin"],
    )
    assert "Access-Control-Allow-Origin" not in other.headers
    assert "RateLimit" in answer.headers["Access-Control-Expose-Headers"]
    assert "Origin" in answer.headers["Vary"]


def test_security_headers() -> None:
    """Every answer forbids sniffing, framing and leaking the URL; the page loads only its own."""
    client = create_app(Configuration()).test_client()
    for reply in (client.post(PATH, json=ROI), client.get("/nowhere"), client.get("/livez")):
        assert "nosniff" == reply.headers["X-Content-Type-Options"]
        assert "no-referrer" == reply.headers["Referrer-Policy"]
        assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]
    assert "script-src 'self'" in client.get("/docs").headers["Content-Security-Policy"]
