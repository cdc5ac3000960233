"""A list of records in, a KPI out, with an account of what counted."""

from __future__ import annotations

import json
import statistics
from decimal import Decimal
from typing import Any

import pytest
from conftest import jsonable
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from service.metric import Metric

DEALS = [
    {"id": 1, "amount": "100.10", "stage": "won", "from": "2026-01-01", "to": "2026-01-11"},
    {"id": 2, "amount": 50, "stage": "lost", "from": "2026-01-02", "to": None},
    {"id": 3, "amount": "", "stage": "won", "from": "2026-01-05", "to": "2026-02-04"},
    {"id": 3, "amount": {"value": "20.3"}, "stage": "won", "from": None, "to": "2026-02-04"},
]


@pytest.fixture
def compute(client: FlaskClient) -> Any:
    """Return a function that posts a body to /v1/compute."""

    def to(metric: str, **body: Any) -> Any:
        return client.post("/v1/compute", json={"metric": metric, **body})

    return to


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ({"sum": "amount"}, "170.4"),
        ({"sum": "amount", "filter": {"stage": "won"}}, "120.4"),
        ({"average": "amount"}, "56.8"),
        ({"count": True}, "4"),
        ({"count": "amount"}, "3"),
        ({"distinct": "id"}, "3"),
        ({"distinct": "stage", "filter": {"stage": ["won", "lost", "open"]}}, "2"),
        ({"count": True, "filter": {"amount": None}}, "1"),
        ({"count": True, "filter": {"owner": ""}}, "4"),
        ({"count": True, "filter": {"owner": ["", "An"]}}, "4"),
        ({"count": True, "filter": {"owner": "An"}}, "0"),
        ({"sum": "days(from, to)"}, "40"),
        ({"average": "days(from,to)", "filter": {"stage": "won"}}, "20"),
        ({"sum": "nothing"}, "0"),
    ],
)
def test_figures(compute: Any, figure: Any, value: str) -> None:
    """Each figure is what it says, over the records that it concerns."""
    reply = compute("roas", records=DEALS, map={"ad_revenue": figure}, inputs={"ad_spend": "1"})

    assert value == reply.json["value_text"]


def test_the_account(compute: Any) -> None:
    """The answer shows which records counted for each input, and why others did not."""
    reply = compute(
        "average_deal_value",
        records=DEALS,
        map={"won_revenue": {"sum": "amount"}, "deals_won": {"count": True}},
        filter={"stage": "won"},
    ).json
    account = reply["records"]

    assert 4 == account["received"]
    assert {
        "figure": "sum",
        "source": "amount",
        "counted": 2,
        "indices": [0, 3],
        "filtered": 1,
        "empty": 1,
        "empty_indices": [2],
    } == account["inputs"]["won_revenue"]
    assert [0, 2, 3] == account["inputs"]["deals_won"]["indices"]
    assert [("empty_records", "1 records have no amount and did not count for won_revenue")] == [
        (one["code"], one["message"]) for one in reply["warnings"]
    ]


def test_the_account_of_a_figure_with_a_filter(compute: Any) -> None:
    """What the filter of one figure leaves out is told for that figure alone."""
    account = compute(
        "win_rate",
        records=DEALS,
        map={
            "deals_won": {"count": True, "filter": {"stage": "won"}},
            "deals_lost": {"count": True},
        },
    ).json["records"]["inputs"]

    assert (3, 1) == tuple(account["deals_won"][one] for one in ("counted", "filtered"))
    assert (4, 0) == tuple(account["deals_lost"][one] for one in ("counted", "filtered"))


def test_the_account_of_many_is_short(compute: Any) -> None:
    """Of many records the first are named, and all are counted."""
    records = [{"amount": n} for n in range(250)]
    reply = compute(
        "average_deal_value",
        records=records,
        map={"won_revenue": {"sum": "amount"}, "deals_won": {"count": True}},
    ).json
    told = reply["records"]["inputs"]["deals_won"]

    assert (250, list(range(100))) == (told["counted"], told["indices"])


def test_an_average_of_nothing(compute: Any) -> None:
    """An average without values is undefined, and so is what is computed from it."""
    reply = compute(
        "roas", records=[], map={"ad_revenue": {"average": "a"}}, inputs={"ad_spend": 1}
    )

    assert 200 == reply.status_code
    assert ("undefined", "no_records") == (reply.json["status"], reply.json["reason"]["code"])
    assert {"received": 0} == {k: v for k, v in reply.json["records"].items() if k == "received"}


def test_nothing_counted(compute: Any) -> None:
    """No won deals leave an average deal value undefined, never 0."""
    reply = compute(
        "average_deal_value",
        records=DEALS,
        map={"won_revenue": {"sum": "amount"}, "deals_won": {"count": True}},
        filter={"stage": "open"},
    ).json

    assert ("undefined", None) == (reply["status"], reply["value"])
    assert "division_by_zero" == reply["reason"]["code"]


def test_values_as_they_stand(compute: Any) -> None:
    """A path alone gives a list where the input takes one, and one value from one record."""
    listed = compute(
        "historical_lifetime_value",
        records=[{"total": "50"}, {"total": 100}, {"total": None}],
        map={"purchases": "total"},
    )
    single = compute(
        "cpl", records=[{"cost": "90", "n": 3}], map={"campaign_costs": "cost", "leads": "n"}
    )

    assert "150" == listed.json["value_text"]
    assert [0, 1] == listed.json["records"]["inputs"]["purchases"]["indices"]
    assert "30" == single.json["value_text"]


def test_inputs_without_records(compute: Any) -> None:
    """Numbers may be texts here: Zapier and Make send them so."""
    reply = compute("marketing_roi", inputs={"revenue": "500", "marketing_cost": "100.0"})

    assert "4" == reply.json["value_text"]
    assert "records" not in reply.json


def test_the_answer_is_that_of_the_metric(compute: Any, post: Any) -> None:
    """Without records the answer is the one of the metric's own path, byte by byte."""
    inputs = {"revenue": 500, "marketing_cost": 100, "currency": "VND"}

    assert post("marketing_roi", inputs).text == compute("marketing_roi", inputs=inputs).text


def test_every_metric(post: Any, client: FlaskClient, metric: Metric) -> None:
    """Every metric is computed here as at its own path, records of its own included."""
    example = jsonable(metric.example_request())
    body = f'{{"metric": "{metric.id}", "inputs": {example}}}'
    reply = client.post("/v1/compute", data=body, content_type="application/json")

    assert post(metric.id, example).json == reply.json


def test_every_formula_from_texts(client: FlaskClient, formula: Metric) -> None:
    """Every formula gives the same for its numbers as texts, as CRMs send them."""
    inputs = formula.example_request()
    body = {"metric": formula.id, "inputs": as_texts(inputs)}
    known = client.get(f"/v1/metrics/{formula.id}").json["example"]["answer"]

    assert known["value_text"] == client.post("/v1/compute", json=body).json["value_text"]


def as_texts(value: Any) -> Any:
    """Return *value* with every number as a text."""
    if isinstance(value, dict):
        return {name: as_texts(one) for name, one in value.items()}
    return [as_texts(one) for one in value] if isinstance(value, list) else str(value)


def test_dates_of_a_crm(compute: Any) -> None:
    """A date may come as Microsoft's, as milliseconds or as ISO."""
    days = {
        "start": "/Date(1775001600000)/",
        "end": "1777507200000",
        "as_of": "2026-04-20T00:00:00Z",
    }
    sent = compute("kpi_status", inputs={"target": "500", "actual": 150, "accumulates": 1, **days})
    known = {"start": "2026-04-01T00:00:00+00:00", "end": "2026-04-30T00:00:00+00:00"}

    assert 200 == sent.status_code
    assert known == {name: sent.json["inputs"][name] for name in known}


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"map": {"leads": {"sum": "a"}}}, "/records", "missing"),
        ({"records": {}}, "/records", "wrong_type"),
        ({"records": [1], "map": {"leads": {"sum": "a"}}}, "/records/0", "wrong_type"),
        ({"records": [], "map": []}, "/map", "wrong_type"),
        ({"records": [], "map": {"leads": 5}}, "/map/leads", "wrong_type"),
        ({"records": [], "map": {"leads": {}}}, "/map/leads", "wrong_type"),
        ({"records": [], "map": {"leads": {"sum": "a", "count": "b"}}}, "/map/leads", "wrong_type"),
        ({"records": [], "map": {"leads": {"total": "a"}}}, "/map/leads/total", "unknown_field"),
        ({"records": [], "map": {"leads": {"sum": "[@,@]|[]"}}}, "/map/leads/sum", "wrong_type"),
        ({"records": [], "map": {"leads": {"sum": True}}}, "/map/leads/sum", "wrong_type"),
        ({"records": [], "map": {"lead": {"sum": "a"}}}, "/map/lead", "unknown_field"),
        ({"records": [], "map": {}, "filter": []}, "/filter", "wrong_type"),
        ({"records": [], "map": {}, "filter": {"a": {}}}, "/filter/a", "wrong_type"),
        ({"records": [], "map": {}, "filter": {"a|b": 1}}, "/filter/a|b", "wrong_type"),
        (
            {"records": [], "map": {"leads": {"count": True}}, "inputs": {"leads": 1}},
            "/map/leads",
            "duplicate_key",
        ),
        ({"records": [{"a": "x"}], "map": {"leads": {"sum": "a"}}}, "/records/0/a", "wrong_type"),
        ({"records": [{"a": True}], "map": {"leads": {"sum": "a"}}}, "/records/0/a", "wrong_type"),
        (
            {"records": [{"a": 1}, {"a": 2}], "map": {"leads": "a"}},
            "/map/leads",
            "inconsistent_inputs",
        ),
        (
            {"records": [{"a": "x", "b": "y"}], "map": {"leads": {"sum": "days(a,b)"}}},
            "/records/0/a",
            "wrong_type",
        ),
        ({"inputs": []}, "/inputs", "wrong_type"),
        ({"inputs": {"leeds": 1}}, "/leeds", "unknown_field"),
        ({"input": {}}, "/input", "unknown_field"),
        ({"inputs": {"leads": "1,5"}}, "/leads", "wrong_type"),
    ],
)
def test_what_is_refused(compute: Any, body: Any, pointer: str, code: str) -> None:
    """A request that cannot be followed is refused with the place that is wrong."""
    reply = compute("cost_per_lead", **body)

    assert 422 == reply.status_code
    assert (pointer, code) == (reply.json["errors"][0]["pointer"], reply.json["errors"][0]["code"])


def test_a_name_that_stands_twice(client: FlaskClient) -> None:
    """Which of two values counts would be a guess, in a record too."""
    body = '{"metric": "cpl", "records": [{"a": 1, "a": 2}], "map": {"leads": {"sum": "a"}}}'
    reply = client.post("/v1/compute", data=body, content_type="application/json")

    assert "duplicate_key" == reply.json["code"]


def test_a_metric_that_is_not_known(client: FlaskClient) -> None:
    """An unknown metric is a problem of its own; a missing one is named."""
    unknown = client.post("/v1/compute", json={"metric": "nothing_like_it"})
    missing = client.post("/v1/compute", json={"inputs": {}})

    assert (404, "unknown_metric") == (unknown.status_code, unknown.json["code"])
    assert (422, "/metric") == (missing.status_code, missing.json["errors"][0]["pointer"])


def test_a_body_that_is_no_object(client: FlaskClient) -> None:
    """The shape of the body is told."""
    reply = client.post("/v1/compute", json=[])

    assert (422, "wrong_type") == (reply.status_code, reply.json["code"])


def test_too_many_records(compute: Any) -> None:
    """More than 100,000 records are refused with the limit."""
    reply = compute("cpl", records=[{}] * 100_001, map={})

    assert 413 == reply.status_code
    assert "100000" in reply.json["detail"]


def test_too_much_to_follow(compute: Any) -> None:
    """A hundred thousand records with twenty filters of twenty steps are refused at once."""
    filters = {".".join(["a"] * 19 + [f"b{n}"]): None for n in range(20)}
    reply = compute("cpl", records=[{}] * 10_000, map={"leads": {"count": True}}, filter=filters)

    assert (413, "too_many_items") == (reply.status_code, reply.json["code"])


AMOUNTS = st.decimals(0, 10**9, places=3)


@given(st.lists(st.none() | AMOUNTS, min_size=1, max_size=30))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_sums_are_exact(client: FlaskClient, amounts: list[Decimal | None]) -> None:
    """Sum, count and average are those of Python's own decimals, whatever is empty."""
    known = [one for one in amounts if one is not None]
    body = {
        "metric": "roas",
        "records": [{"a": None if one is None else str(one)} for one in amounts],
        "map": {"ad_revenue": {"sum": "a"}},
        "inputs": {"ad_spend": 1},
    }
    summed = client.post("/v1/compute", json=body).json
    body["map"] = {"ad_revenue": {"average": "a"}}
    average = client.post("/v1/compute", json=body).json

    assert sum(known, Decimal(0)) == Decimal(summed["value_text"])
    assert len(known) == summed["records"]["inputs"]["ad_revenue"]["counted"]
    if known:
        assert float(statistics.mean(known)) == pytest.approx(float(average["value_text"]))


def test_a_bare_list(send: Any) -> None:
    """A list alone may be posted to the generic hook, with the figures in its URL."""
    plan = "sum[won_revenue]=amount&count[deals_won]&filter[stage]=won"
    url = f"/v1/hooks/generic/average_deal_value?{plan}"
    reply = send("generic", json.dumps(DEALS), url)

    assert "40.13333333333333333333333333" == reply.json["value_text"]


def test_the_filters_of_url_and_body_both_count(send: Any) -> None:
    """What the URL leaves out stays out, and so does what the body leaves out."""
    body = {
        "records": DEALS,
        "map": {"won_revenue": {"sum": "amount"}, "deals_won": {"count": True}},
        "filter": {"id": ["1", "2"]},
    }
    url = "/v1/hooks/generic/average_deal_value?filter[stage]=won"

    assert 100.1 == send("generic", json.dumps(body), url).json["value"]


def test_constants_beside_records(send: Any) -> None:
    """What is not in the records may stand in the URL."""
    url = "/v1/hooks/generic/roas?sum[ad_revenue]=amount&ad_spend=2"

    assert 85.2 == send("generic", json.dumps(DEALS), url).json["value"]
