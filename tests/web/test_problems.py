"""Every problem is told in one shape, with a stable code, and never with our internals."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.problem import PROBLEMS

ROI = "/v1/metrics/marketing_roi"
OF_ACCESS = {"rate_limited", "unauthorized", "forbidden"}
"""Codes that need keys and limits, which are configured: they have their own tests."""


def ask(
    method: str, path: str, body: Any = None, mimetype: str = "application/json", **more: Any
) -> dict[str, Any]:
    """Return the arguments of a request."""
    sent = {} if body is None else {"data": body, "content_type": mimetype}
    return {"method": method, "path": path, **sent, **more}


def batch(item: str) -> dict[str, Any]:
    """Return the arguments of a batch of one item."""
    return ask("POST", "/v1/batch", f'{{"items": [{item}]}}')


CASES = {
    "not_json": (400, ask("POST", ROI, "{")),
    "too_deep": (400, ask("POST", ROI, "[" * 33 + "]" * 33)),
    "duplicate_key": (422, ask("POST", ROI, '{"revenue": 1, "revenue": 1, "marketing_cost": 1}')),
    "missing": (422, ask("POST", ROI, "{}")),
    "unknown_field": (422, ask("POST", ROI, '{"revenue": 1, "marketing_cost": 1, "x": 1}')),
    "wrong_type": (422, ask("POST", ROI, '{"revenue": "1", "marketing_cost": 1}')),
    "not_finite": (422, ask("POST", ROI, '{"revenue": NaN, "marketing_cost": 1}')),
    "out_of_range": (422, ask("POST", ROI, '{"revenue": 1, "marketing_cost": -1}')),
    "part_exceeds_whole": (
        422,
        ask("POST", "/v1/metrics/exit_rate", '{"exits": 2, "page_views": 1}'),
    ),
    "inconsistent_inputs": (
        422,
        ask(
            "POST",
            ROI,
            '{"revenue": 1, "marketing_cost": 1,'
            ' "period": {"start": "2026-03-02", "end": "2026-03-01"}}',
        ),
    ),
    "unknown_currency": (
        422,
        ask("POST", ROI, '{"revenue": 1, "marketing_cost": 1, "currency": "?"}'),
    ),
    "unknown_metric": (404, ask("GET", "/v1/metrics/marketing_roy")),
    "ambiguous_metric": (404, ask("POST", "/v1/metrics/cpa", "{}")),
    "not_found": (404, ask("GET", "/v2/metrics")),
    "method_not_allowed": (405, ask("DELETE", ROI)),
    "not_acceptable": (406, ask("GET", f"{ROI}?lang=fr")),
    "too_many_items": (413, ask("POST", "/v1/batch", f'{{"items": [{"0," * 10_000}0]}}')),
    "body_too_large": (413, ask("POST", ROI, " " * 65_537)),
    "url_too_long": (414, ask("GET", f"{ROI}?{'x' * 8_100}")),
    "unsupported_media_type": (415, ask("POST", ROI, "a=1", "application/x-www-form-urlencoded")),
}


@pytest.mark.parametrize(("code", "case"), CASES.items(), ids=list(CASES))
def test_every_code(client: FlaskClient, code: str, case: tuple[int, dict[str, Any]]) -> None:
    """Each code that can be reached is reached, with its status and in one shape."""
    status, request = case
    reply = client.open(**request)
    told = reply.json

    assert (status, code) == (reply.status_code, told["code"])
    assert "application/problem+json" == reply.mimetype
    assert {"type", "title", "status", "detail", "code", "instance", "request_id"} <= told.keys()
    assert (status, f"/problems/{code}") == (told["status"], told["type"])
    assert (request["path"].partition("?")[0], reply.headers["X-Request-Id"]) == (
        told["instance"],
        told["request_id"],
    )
    assert PROBLEMS[code][1] == told["title"]
    assert told["detail"]


def test_no_code_is_left_out() -> None:
    """The codes above, a bad reference, a failure and those of access are in the list."""
    assert CASES.keys() | OF_ACCESS | {"bad_reference", "internal"} <= PROBLEMS.keys()


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_what_a_code_means(client: FlaskClient, code: str) -> None:
    """`type` leads to what the problem means and what to do, in three languages."""
    told = [client.get(f"/problems/{code}?lang={one}").json for one in ("en", "vi", "zh")]
    status, title, remedy = PROBLEMS[code]

    assert {"code": code, "status": status, "title": title, "remedy": remedy} == told[0]
    assert 3 == len({one["title"] for one in told}) == len({one["remedy"] for one in told})


def test_no_such_problem(client: FlaskClient) -> None:
    """A code that nobody answers with is not found."""
    assert "not_found" == client.get("/problems/nothing").json["code"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", ROI, "GET, HEAD, OPTIONS, POST"),
        ("GET", "/v1/batch", "OPTIONS, POST"),
        ("POST", "/v1/metrics", "GET, HEAD, OPTIONS"),
        ("POST", f"{ROI}/value", "GET, HEAD, OPTIONS"),
        ("BREW", "/livez", "GET, HEAD, OPTIONS"),
    ],
)
def test_allow(client: FlaskClient, method: str, path: str, allowed: str) -> None:
    """405 lists what is allowed, in Allow and in the sentence."""
    reply = client.open(path, method=method)

    assert (405, allowed) == (reply.status_code, reply.headers["Allow"])
    assert allowed in reply.json["detail"]


@pytest.mark.parametrize("length", [65_536, 65_537])
@pytest.mark.parametrize("chunked", [True, False])
def test_the_limit_of_a_body(client: FlaskClient, length: int, chunked: bool) -> None:  # noqa: FBT001  a case
    """64 KiB are read for one formula and not a byte more, announced or in chunks."""
    body = b'{"revenue": 5, "marketing_cost": 1}'.ljust(length)
    more = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True} if chunked else {}
    reply = client.post(ROI, data=body, content_type="application/json", environ_overrides=more)

    assert (200 if length == 65_536 else 413) == reply.status_code


@pytest.mark.parametrize(
    "mimetype", ["application/json", "text/plain", "application/ld+json", "application/json; x=y"]
)
def test_media_types(client: FlaskClient, mimetype: str) -> None:
    """JSON is read under its own name, +json, and the text/plain of a simple request."""
    body = '{"revenue": 5, "marketing_cost": 1}'

    assert 4 == client.post(ROI, data=body, content_type=mimetype).json["value"]


@pytest.mark.parametrize("mimetype", ["", "text/html", "application/xml", "application/x-ndjson"])
def test_other_media_types(client: FlaskClient, mimetype: str) -> None:
    """Any other type is refused with those that are read."""
    reply = client.post(ROI, data="{}", content_type=mimetype)

    assert 415 == reply.status_code
    assert "application/json" in reply.json["detail"]


def test_the_types_of_a_batch(client: FlaskClient) -> None:
    """A batch names its streams among the types it reads."""
    reply = client.post("/v1/batch", data="{}", content_type="text/csv")

    assert "application/json, text/plain, application/x-ndjson" in reply.json["detail"]


def test_cut_short(client: FlaskClient) -> None:
    """A body that breaks off is not JSON, whatever the Content-Length said."""
    reply = client.post(ROI, data='{"revenue"', content_length=100, content_type="application/json")

    assert (400, "not_json") == (reply.status_code, reply.json["code"])


@pytest.mark.parametrize("given", ["abc-1.2_Z", "x" * 64])
def test_request_id(client: FlaskClient, given: str) -> None:
    """A request id is taken over and returned."""
    assert given == client.get("/livez", headers={"X-Request-Id": given}).headers["X-Request-Id"]


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "<script>", "đ"])
def test_no_request_id(client: FlaskClient, given: str) -> None:
    """Any other one is replaced by our own."""
    reply = client.get("/livez", headers={"X-Request-Id": given})

    assert given != reply.headers["X-Request-Id"]
    assert 32 == len(reply.headers["X-Request-Id"])


@pytest.mark.parametrize("request_line", ["/v1/metrics/%ff%fe", "/v1/metrics/%00", "/%0a%0d"])
def test_odd_addresses(client: FlaskClient, request_line: str) -> None:
    """What no address is, is not found."""
    assert 404 == client.get(request_line).status_code


def test_an_odd_host(client: FlaskClient) -> None:
    """A Host that no host is leads nowhere."""
    reply = client.get("/livez", headers={"Host": "x" * 300})

    assert (404, "not_found") == (reply.status_code, reply.json["code"])


def test_internal(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A failure of ours is 500 with an id that the log has too, and nothing of the inside."""
    monkeypatch.setattr("service.web.metrics.search", lambda _: 1 / 0)
    with caplog.at_level(logging.ERROR, "service"):
        reply = create_app().test_client().get("/v1/metrics?q=roi")

    assert (500, "internal") == (reply.status_code, reply.json["code"])
    assert reply.json["request_id"] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "ivision" not in json.dumps(reply.json)
