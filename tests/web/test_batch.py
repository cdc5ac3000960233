"""Many computations in one request: one answer or one error per item, in order."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import jsonable
from flask.testing import FlaskClient

ROI = {"metric": "marketing_roi", "inputs": {"revenue": 5, "marketing_cost": 1}}
UNDEFINED = {"metric": "marketing_roi", "inputs": {"revenue": 5, "marketing_cost": 0}}
BAD = {"metric": "cost_per_lead", "inputs": {"campaign_costs": -1, "leads": 3}}


@pytest.fixture
def batch(client: FlaskClient) -> Any:
    """Return a function that posts items, as data or JSON text, and gives back the response."""

    def send(items: Any, query: str = "", **more: Any) -> Any:
        body = items if isinstance(items, str) else jsonable({"items": items, **more})
        return client.post(f"/v1/batch{query}", data=body, content_type="application/json")

    return send


def test_in_order(batch: Any, post: Any) -> None:
    """Each item has its result in its place: an answer, undefined, or the error of POST."""
    body = batch([ROI, UNDEFINED, BAD, ROI]).json
    answer = post(ROI["metric"], ROI["inputs"]).json

    assert {"index": 0, "id": None, **answer} == body["results"][0]
    assert {"index": 3, "id": None, **answer} == body["results"][3]
    assert ["ok", "undefined", "error", "ok"] == [one["status"] for one in body["results"]]
    assert {"ok": 2, "undefined": 1, "error": 1} == body["summary"]


def test_the_error_of_an_item(batch: Any) -> None:
    """An item's error is a problem whose pointers are relative to the item."""
    (result,) = batch([{"id": "bad", **BAD}]).json["results"]

    assert {"index", "id", "metric", "status", "error"} == result.keys()
    assert (0, "bad", "cost_per_lead") == (result["index"], result["id"], result["metric"])
    assert {"type", "title", "status", "detail", "code", "errors"} == result["error"].keys()
    assert "/inputs/campaign_costs" == result["error"]["errors"][0]["pointer"]


def test_no_items(batch: Any) -> None:
    """No items are answered with no results."""
    assert {"results": [], "summary": {"ok": 0, "undefined": 0, "error": 0}} == batch([]).json


def test_detail_value(batch: Any) -> None:
    """detail=value keeps what a caller in bulk needs; asked for in the query, the body, an item."""
    kept = {"index", "id", "metric", "status", "value", "value_text", "unit", "reason"}
    for reply in (
        batch([ROI], "?detail=value"),
        batch([ROI], detail="value"),
        batch([{**ROI, "detail": "value"}]),
        batch([{**ROI, "detail": "value"}], "?detail=full"),
    ):
        assert kept == reply.json["results"][0].keys()


def test_detail_of_one_item(batch: Any) -> None:
    """An item's own detail stands before that of the batch."""
    results = batch([ROI, {**ROI, "detail": "full"}], detail="value").json["results"]

    assert ["formula" in one for one in results] == [False, True]


def test_language(batch: Any) -> None:
    """Answers and errors are in the language of the request."""
    english, chinese = (batch([ROI, BAD], f"?lang={one}").json["results"] for one in ("en", "zh"))

    assert english[0]["name"] != chinese[0]["name"]
    assert english[1]["error"]["detail"] != chinese[1]["error"]["detail"]


@pytest.mark.parametrize(
    ("item", "pointer", "code"),
    [
        ("5", "", "wrong_type"),
        ("null", "", "wrong_type"),
        ("NaN", "", "wrong_type"),
        ("{}", "/metric", "missing"),
        ('{"metric": 5}', "/metric", "wrong_type"),
        ('{"metric": "marketing_roy"}', None, "unknown_metric"),
        ('{"metric": "cpa"}', None, "ambiguous_metric"),
        ('{"metric": "cpl"}', "/inputs/campaign_costs", "missing"),
        ('{"metric": "cpl", "inputs": null}', "/inputs", "wrong_type"),
        ('{"metric": "cpl", "inputs": [1]}', "/inputs", "wrong_type"),
        ('{"metric": "cpl", "input": {}}', "/input", "unknown_field"),
        ('{"metric": "cpl", "metric": "cpl"}', "/metric", "duplicate_key"),
        ('{"metric": "cpl", "id": 5}', "/id", "wrong_type"),
        (f'{{"metric": "cpl", "id": "{"x" * 129}"}}', "/id", "out_of_range"),
        ('{"metric": "cpl", "detail": "all"}', "/detail", "wrong_type"),
        ('{"metric": "cpl", "inputs": {"leads": NaN, "campaign_costs": 1}}', "/inputs/leads", None),
        (
            '{"metric": "cpl", "inputs": {"leads": 1, "leads": 2, "campaign_costs": 1}}',
            "/inputs/leads",
            "duplicate_key",
        ),
        (
            '{"metric": "cpl", "inputs": {"leads": 1, "campaign_costs": {"a": 1, "a": 2}}}',
            "/inputs/campaign_costs/a",
            "duplicate_key",
        ),
        (
            '{"metric": "churn_rate", "inputs": {"customers_lost": 2, "customers_at_start": 1}}',
            "/inputs/customers_lost",
            "part_exceeds_whole",
        ),
    ],
)
def test_one_bad_item(batch: Any, item: str, pointer: str | None, code: str | None) -> None:
    """One bad item spoils no other, and its error says where in the item."""
    roi = jsonable(ROI)
    body = batch(f'{{"items": [{roi}, {item}, {roi}]}}').json
    error = body["results"][1]["error"]

    assert ["ok", "error", "ok"] == [one["status"] for one in body["results"]]
    assert (code or "not_finite") == error["code"]
    assert pointer in ({one["pointer"] for one in error.get("errors", [])} or {None, ""})


def test_ids(batch: Any) -> None:
    """An id of 128 characters, an empty one and none are all right, and come back."""
    ids = ["x" * 128, "", None, "đ/~\"'"]
    results = batch([{"id": one, **ROI} for one in ids]).json["results"]

    assert ids == [one["id"] for one in results]


def test_an_id_twice(batch: Any) -> None:
    """The second use of an id is that item's error; the first can be referred to."""
    again = {"id": "a", **ROI}
    follow = {
        "metric": "kpi_attainment",
        "inputs": {"actual": {"from": "a"}, "target": 8},
    }
    results = batch([again, again, follow]).json["results"]

    assert ["ok", "error", "ok"] == [one["status"] for one in results]
    assert "/id" == results[1]["error"]["errors"][0]["pointer"]
    assert 0.5 == results[2]["value"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("[]", 422, "wrong_type"),
        ("{}", 422, "missing"),
        ('{"items": {}}', 422, "wrong_type"),
        ('{"items": NaN}', 422, "wrong_type"),
        ('{"items": [], "items": []}', 422, "duplicate_key"),
        ('{"items": [], "item": 1}', 422, "unknown_field"),
        ('{"items": [], "detail": "some"}', 422, "wrong_type"),
        ('{"items": [}', 400, "not_json"),
        (f'{{"items": {"[" * 40}{"]" * 40}}}', 400, "too_deep"),
        (f'{{"items": [{"1," * 10_000}1]}}', 413, "too_many_items"),
    ],
)
def test_the_body_as_a_whole(batch: Any, body: str, status: int, code: str) -> None:
    """What no item can be blamed for is refused whole."""
    reply = batch(body)

    assert (status, code) == (reply.status_code, reply.json["code"])


def test_most_items(batch: Any) -> None:
    """10,000 items are answered."""
    items = ",".join(['{"metric": "break_even_roas", "inputs": {"gross_margin": 1}}'] * 10_000)

    summary = batch(f'{{"items": [{items}], "detail": "value"}}').json["summary"]

    assert {"ok": 10_000, "undefined": 0, "error": 0} == summary
