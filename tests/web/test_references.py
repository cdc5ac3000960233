"""References of a batch: an input that is the value of an earlier item."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import jsonable
from flask.testing import FlaskClient

CAC = {
    "id": "cac",
    "metric": "customer_acquisition_cost",
    "inputs": {
        "sales_and_marketing_costs": {"ads": 30_000, "salaries": 20_000},
        "new_customers": 100,
    },
}
LTV = {
    "id": "ltv",
    "metric": "historical_lifetime_value",
    "inputs": {"purchases": [50, 100, 150, 180, 220]},
}
RATIO = {
    "id": "ratio",
    "metric": "ltv_to_cac_ratio",
    "inputs": {
        "customer_lifetime_value": {"from": "ltv"},
        "customer_acquisition_cost": {"from": "cac"},
    },
}


@pytest.fixture
def results(client: FlaskClient) -> Any:
    """Return a function that posts items and gives back their results."""

    def send(*items: Any) -> Any:
        body = jsonable({"items": items})
        return client.post("/v1/batch", data=body, content_type="application/json").json["results"]

    return send


def test_values_of_earlier_items(results: Any) -> None:
    """The example of the contract: CAC and LTV, and the ratio of the two."""
    assert [500, 700, 1.4] == [one["value"] for one in results(CAC, LTV, RATIO)]


def test_what_was_used_is_echoed(results: Any) -> None:
    """The answer shows the values that the references led to."""
    ratio = results(CAC, LTV, RATIO)[2]

    assert {"customer_lifetime_value": 700, "customer_acquisition_cost": 500} == ratio["inputs"]
    assert "700 ÷ 500 = 1.4" == ratio["formula"]["substituted"]


def test_all_digits_are_passed_on(results: Any) -> None:
    """A reference hands on the exact value, not what a float would keep."""
    third = {
        "id": "third",
        "metric": "average_order_value",
        "inputs": {"revenue": 1, "orders": 3},
    }
    again = {
        "metric": "break_even_cost_per_acquisition",
        "inputs": {"average_order_value": {"from": "third"}, "gross_margin": 1},
    }

    assert f"0.{'3' * 28}" == results(third, again)[1]["value_text"]


@pytest.mark.parametrize(
    ("costs", "value"),
    [
        ({"from": "spend"}, 2),
        ([{"from": "spend"}, 4], 4),
        ({"ads": {"from": "spend"}, "tools": 4}, 4),
        ({"from": {"from": "spend"}, "tools": 4}, 4),
        ({"from": 6}, 3),
        ({"from": 6, "tools": 4}, 5),
    ],
)
def test_among_parts(results: Any, costs: Any, value: float) -> None:
    """A reference may be a part; with a number, "from" is the name of a part."""
    spend = {"id": "spend", "metric": "profit", "inputs": {"revenue": 5, "cost": 1}}
    item = {"metric": "cpl", "inputs": {"campaign_costs": costs, "leads": 2}}

    assert value == results(spend, item)[1]["value"]


@pytest.mark.parametrize(
    ("referent", "said"),
    [
        ("ratio", "no earlier item has the id ratio"),
        ("later", "no earlier item has the id later"),
        ("nobody", "no earlier item has the id nobody"),
        ("bad", "the item bad has no value: it failed"),
        ("unknown", "the item unknown has no value: it failed"),
        ("", "no earlier item has the id "),
    ],
    ids=["itself", "later", "unknown", "failed", "of no metric", "empty"],
)
def test_a_reference_that_leads_nowhere(results: Any, referent: str, said: str) -> None:
    """A failed, unknown or later referent is the error of the item that refers to it."""
    bad = {"id": "bad", "metric": "cpl", "inputs": {"campaign_costs": -1, "leads": 1}}
    unknown = {"id": "unknown", "metric": "nothing", "inputs": {}}
    inputs = RATIO["inputs"] | {"customer_lifetime_value": {"from": referent}}
    error = results(CAC, LTV, bad, unknown, {**RATIO, "inputs": inputs}, {**LTV, "id": "later"})[4][
        "error"
    ]

    assert "bad_reference" == error["code"]
    assert said in error["detail"]
    assert "/inputs/customer_lifetime_value" == error["errors"][0]["pointer"]


def test_a_chain_of_failures(results: Any) -> None:
    """What refers to a failed item has failed itself, for whoever refers to it."""
    first = {**RATIO, "id": "first"}
    second = {"metric": "kpi_attainment", "inputs": {"actual": {"from": "first"}, "target": 1}}
    codes = [one["error"]["code"] for one in results(first, second)]

    assert ["bad_reference", "bad_reference"] == codes


@pytest.mark.parametrize(
    "costs", [{"from": "none"}, [1, {"from": "none"}], {"ads": {"from": "none"}}]
)
def test_an_undefined_referent(results: Any, costs: Any) -> None:
    """What takes an undefined value is undefined, and says from whom."""
    projection = {"actual": 1, "days_total": 1, "days_elapsed": 0}
    none = {"id": "none", "metric": "kpi_projection", "inputs": projection}
    item = {"metric": "cpl", "inputs": {"campaign_costs": costs, "leads": 2}}
    result = results(none, item)[1]

    assert ("undefined", "undefined_input") == (result["status"], result["reason"]["code"])
    assert "none" in result["reason"]["message"]
    assert (None, "", "") == (result["value"], result["value_text"], result["display"])


def test_an_undefined_referent_hides_no_error(results: Any) -> None:
    """The other inputs of an item are checked all the same."""
    none = {"id": "none", "metric": "cpl", "inputs": {"campaign_costs": 1, "leads": 0}}
    inputs = {"cost_per_lead": {"from": "none"}, "lead_to_sqo_rate": 5}
    result = results(none, {"metric": "cost_per_sqo_from_lead", "inputs": inputs})[1]

    assert "out_of_range" == result["error"]["code"]


@pytest.mark.parametrize(
    ("ltv", "cac", "ratio", "status"),
    [
        ("VND", "VND", "VND", "ok"),
        ("VND", "VND", None, "ok"),
        (None, None, "VND", "ok"),
        ("VND", None, None, "ok"),
        ("VND", "VND", "USD", "error"),
        ("VND", "USD", None, "error"),
        ("VND", "USD", "VND", "error"),
    ],
)
def test_currencies(
    results: Any, ltv: str | None, cac: str | None, ratio: str | None, status: str
) -> None:
    """Money of different currencies does not meet in one item, stated there or not."""
    result = results(in_currency(CAC, cac), in_currency(LTV, ltv), in_currency(RATIO, ratio))[2]

    assert status == result["status"]
    assert status == "ok" or result["error"]["code"] == "bad_reference"


def test_a_currency_is_handed_on(results: Any) -> None:
    """Money keeps its currency through an item that states none."""
    copy = {
        "id": "ltv",
        "metric": "break_even_cost_per_acquisition",
        "inputs": {"average_order_value": {"from": "first"}, "gross_margin": 1},
    }
    first = in_currency({**LTV, "id": "first"}, "VND")
    result = results(in_currency(CAC, "USD"), first, copy, RATIO)[3]

    assert "bad_reference" == result["error"]["code"]


def test_a_ratio_has_no_currency(results: Any) -> None:
    """What is not money may be taken into any currency."""
    margin = {
        "id": "margin",
        "metric": "gross_margin",
        "inputs": {"revenue": 2, "cost_of_goods_sold": 1, "currency": "VND"},
    }
    item = {
        "metric": "break_even_cost_per_acquisition",
        "inputs": {"average_order_value": 3, "gross_margin": {"from": "margin"}, "currency": "USD"},
    }

    assert 1.5 == results(margin, item)[1]["value"]


def test_dimensions(results: Any) -> None:
    """A number of another dimension is refused, naming both units."""
    days = {
        "id": "days",
        "metric": "time_between_purchases",
        "inputs": {"purchase_frequency": 2},
    }
    item = {"metric": "profit", "inputs": {"revenue": {"from": "days"}, "cost": 1}}
    error = results(days, item)[1]["error"]

    assert "bad_reference" == error["code"]
    assert "is in day, and revenue is in money" in error["detail"]


def test_a_ratio_and_a_rate_per_period(results: Any) -> None:
    """A ratio and 1/period are interchangeable."""
    churn = {
        "id": "churn",
        "metric": "churn_rate",
        "inputs": {"customers_lost": 1, "customers_at_start": 4},
    }
    item = {"metric": "customer_lifespan", "inputs": {"churn_rate": {"from": "churn"}}}

    assert 4 == results(churn, item)[1]["value"]


def test_a_unit_the_caller_chooses(results: Any) -> None:
    """An actual or a target takes a value of any unit."""
    item = {"metric": "kpi_attainment", "inputs": {"actual": {"from": "cac"}, "target": 1000}}

    assert 0.5 == results(CAC, item)[1]["value"]


def test_bounds_hold_for_references(results: Any) -> None:
    """A value that is taken over keeps to the bounds of the input."""
    loss = {"id": "loss", "metric": "profit", "inputs": {"revenue": 1, "cost": 2}}
    item = {"metric": "cpl", "inputs": {"campaign_costs": {"from": "loss"}, "leads": 1}}
    error = results(loss, item)[1]["error"]

    assert [("/inputs/campaign_costs", "out_of_range")] == [
        (one["pointer"], one["code"]) for one in error["errors"]
    ]


def test_no_reference_for_a_label(results: Any) -> None:
    """Only numbers can be referred to."""
    item = {**LTV, "inputs": {**LTV["inputs"], "label": {"from": "cac"}}}

    assert "wrong_type" == results(CAC, item)[1]["error"]["code"]


def in_currency(item: dict[str, Any], currency: str | None) -> dict[str, Any]:
    """Return *item* with its money in a currency, if one is given."""
    return {**item, "inputs": item["inputs"] | ({"currency": currency} if currency else {})}
