"""Experiments and comparisons through the doors: answers, tables, languages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from service.catalogue import METRICS

IDS = [one.id for one in METRICS.values() if one.category == "experiments"]
BIG = 10**15

each_metric = pytest.mark.parametrize("metric_id", IDS)


def example(metric_id: str) -> dict[str, Any]:
    """Return the worked example of a metric, to be changed."""
    request: dict[str, Any] = json.loads(
        json.dumps(METRICS[metric_id].example_request(), default=float)
    )
    return request


def test_all_are_here() -> None:
    """The category holds the six metrics of the contract."""
    assert {
        "ab_test",
        "ab_test_sample_size",
        "incremental_holdout",
        "difference_in_differences",
        "association",
        "compare_groups",
    } == set(IDS)


@each_metric
def test_the_example_by_post_and_in_a_batch(client: FlaskClient, post: Any, metric_id: str) -> None:
    """Both doors give the value of the card."""
    told = post(metric_id, example(metric_id)).json
    items = [{"metric": metric_id, "inputs": example(metric_id)}]
    (item,) = client.post("/v1/batch", json={"items": items}).json["results"]

    assert pytest.approx(METRICS[metric_id].example.value) == told["value"]
    assert told["result"] == item["result"]


@each_metric
@pytest.mark.parametrize("language", ["vi", "zh"])
def test_an_answer_in_another_language(post: Any, metric_id: str, language: str) -> None:
    """Every sentence of the answer changes with the language, no number does."""
    english = post(metric_id, example(metric_id)).json
    other = post(metric_id, example(metric_id), lang=language).json

    assert english["result"] == other["result"]
    for key in ("name", "reading", "formula"):
        assert english[key] != other[key]
    for key in ("assumptions", "warnings"):
        for one, same in zip(english[key], other[key], strict=True):
            assert one["code"] == same["code"]
            assert one["message"] != same["message"]


VALUES = [
    {"name": name, "visitors": 40, "value_mean": mean, "value_sd": 2}
    for name, mean in (("a", 5), ("b", 6))
]
MANY = [{"name": str(i), "visitors": BIG, "conversions": i} for i in range(100)]
EMPTY = [{"name": name, "visitors": 0, "conversions": 0} for name in "abc"]
ARM = {"size": 10, "conversions": 1, "revenue": 50, "revenue_sd": 3}
FAR = {"treated_before": {"mean": 9e299}, "control_before": {"mean": -9e299}}
ODD = {"a": {"mqls": 0, "visits": 0}, "b": {"mqls": 9, "visits": 3}}
RICH = {name: {"revenue": 9e299, "orders": 1} for name in "ab"}


@pytest.mark.parametrize(
    ("metric_id", "change"),
    [
        *((one, {}) for one in IDS),
        ("ab_test", {"variants": VALUES}),
        ("ab_test", {"variants": EMPTY}),
        ("ab_test", {"minimum_detectable_effect": 0.01, "confidence": 0.99}),
        ("ab_test", {"variants": MANY}),
        ("ab_test_sample_size", {"baseline_rate": 0}),
        ("ab_test_sample_size", {"minimum_detectable_effect": 1e-9}),
        ("ab_test_sample_size", {"minimum_detectable_effect": 0}),
        ("ab_test_sample_size", {"relative": True, "baseline_variance": True, "power": 0.9}),
        (
            "incremental_holdout",
            {"treated": ARM, "held_out": ARM, "value_per_conversion": ...},
        ),
        ("incremental_holdout", {"treated": {"size": 0, "conversions": 0}}),
        ("incremental_holdout", {"cost": 0, "value_per_conversion": ..., "gross_margin": ...}),
        ("difference_in_differences", {"treated_before": {"mean": -1e299}}),
        ("difference_in_differences", FAR),
        ("association", {"pairs": []}),
        ("association", {"pairs": [[1, 2]] * 5}),
        ("association", {"pairs": [[i, -i] for i in range(200)]}),
        ("compare_groups", {"target": 0}),
        ("compare_groups", {"groups": ODD}),
        ("compare_groups", {"metric": "average_order_value", "groups": RICH}),
    ],
)
def test_the_table_has_the_shape_that_is_documented(
    post: Any, metric_id: str, change: dict[str, Any]
) -> None:
    """Every result, of odd inputs too, validates against the schema of the documents."""
    body = {k: v for k, v in (example(metric_id) | change).items() if v is not ...}
    reply = post(metric_id, body)
    shape = METRICS[metric_id].result

    assert 200 == reply.status_code, reply.text
    assert shape is not None
    if reply.json["result"] is None:
        assert "undefined" == reply.json["status"]
    else:
        schema = json.loads(json.dumps(shape.schema(), default=float))
        Draft202012Validator(schema).validate(reply.json["result"])


@pytest.mark.parametrize(("baseline_variance", "size"), [(False, 1_094), (True, 1_030)])
def test_the_published_sample_sizes(
    client: FlaskClient, post: Any, baseline_variance: object, size: int
) -> None:
    """20% and 5 points more need 1,094 a side; with the variance of the baseline, 1,030."""
    body = {**example("ab_test_sample_size"), "baseline_variance": baseline_variance}
    query = {name: str(value).lower() for name, value in body.items()}
    cell = client.get("/v1/metrics/ab_test_sample_size/value", query_string=query)

    assert size == post("ab_test_sample_size", body).json["value"]
    assert str(size) == cell.text.split(" ")[0]


def test_campaigns_by_return_on_ad_spend(post: Any) -> None:
    """K21: ad groups in the order of their return, with those below the pooled value marked."""
    groups = {
        "brand": {"ad_revenue": 900, "ad_spend": 100},
        "display": {"ad_revenue": 100, "ad_spend": 500},
    }
    told = post("compare_groups", {"metric": "return_on_ad_spend", "groups": groups}).json
    rows = told["result"]["groups"]

    assert [("brand", True), ("display", False)] == [
        (one["name"], one["better_than_pooled"]) for one in rows
    ]


def test_campaigns_by_their_part_of_the_goal(post: Any) -> None:
    """K45: profit of 60 and 30 against a goal of 120 is a half and a quarter of it."""
    groups = {"a": {"revenue": 100, "cost": 40}, "b": {"revenue": 50, "cost": 20}}
    told = post("compare_groups", {"metric": "profit", "groups": groups, "target": 120}).json

    assert {"a": 0.5, "b": 0.25} == {
        one["name"]: one["share_of_target"] for one in told["result"]["groups"]
    }


def test_a_default_of_the_compared_metric_is_told(post: Any) -> None:
    """What a group left out is named with the value that was used."""
    optional = next(
        one
        for one in METRICS.values()
        if one.expression is not None and any(not i.required for i in one.inputs)
    )
    inputs = {i.name: 1 for i in optional.inputs if i.required}
    body = {"metric": optional.id, "groups": {"a": inputs, "b": inputs}}

    told = post("compare_groups", body).json

    assert "default_used" in {one["code"] for one in told["assumptions"]}


def test_the_largest_requests_end_soon(post: Any) -> None:
    """A thousand groups, each with its test, are answered."""
    groups = {str(i): {"mqls": i % 7, "visits": 60 + i} for i in range(1_000)}
    body = {"metric": "traffic_to_mql_rate", "groups": groups}

    assert 1_000 == len(post("compare_groups", body).json["result"]["groups"])
