"""Retention and lifetime value from records over HTTP: worked examples, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

ORDER = {"customer": "An", "at": "2026-01-05", "value": 50}
SUMMARY = {"frequency": 2, "recency": 3, "age": 9, "mean_value": 20}
DEAL = {"id": "D-1", "value": 100, "created": "2026-01-05"}
COUNTS = {
    "customers_at_start": 200,
    "customers_at_end": 240,
    "new_customers": 60,
    "customers_lost": 20,
}
FROM_ORDERS = ("purchase_summary", "cohort_retention", "predictive_lifetime_value")


def refusal(reply: Any) -> tuple[str, str]:
    """Return the pointer and the code of the one thing that is wrong."""
    (found,) = reply.json["errors"]
    return found["pointer"], found["code"]


def test_the_purchases_of_three_years(post: Any) -> None:
    """W15: five purchases of one customer that add up to 700 are a lifetime value of 700."""
    orders = [
        {"customer": "An", "at": f"{year}-06-01", "value": value}
        for year, value in zip(range(2021, 2026), [50, 100, 150, 180, 220], strict=True)
    ]
    told = post("purchase_summary", {"orders": orders}).json

    assert (140, 700) == (told["value"], told["result"]["historical_lifetime_value"])


@pytest.mark.parametrize(
    ("industry", "rate"), [("general", 0.2), ("finance_and_insurance", 0.25), ("saas", 0.35)]
)
def test_the_repeat_rate_of_an_industry(post: Any, industry: str, rate: float) -> None:
    """W9: the repeat rate stands beside the benchmark of the industry."""
    orders = [ORDER, ORDER | {"at": "2026-02-01"}, ORDER | {"customer": "Binh"}]
    told = post("purchase_summary", {"orders": orders, "industry": industry}).json["result"]

    assert (0.5, rate) == (told["repeat_rate"], told["benchmark"]["rate"])
    assert pytest.approx(0.5 - rate) == told["benchmark"]["gap"]


def test_a_month_to_come_is_not_zero(post: Any) -> None:
    """What a cohort did in months that have not begun is null, in those that have it is a count."""
    orders = [ORDER, ORDER | {"customer": "Binh", "at": "2026-02-05"}]
    cohorts = post("cohort_retention", {"orders": orders}).json["result"]["cohorts"]

    assert [[1, 0], [1, None]] == [[cell["retained"] for cell in row["cells"]] for row in cohorts]


def test_three_denominators(post: Any) -> None:
    """The same loss is told by start, by mean, and by start plus new."""
    answer = post("churn_by_convention", COUNTS).json
    rates = [row["rate"] for row in answer["result"]["conventions"]]

    assert 0.1 == answer["value"]
    assert pytest.approx([20 / 200, 20 / 220, 20 / 260]) == rates


def test_churn_in_a_cell(client: Any) -> None:
    """The churn by start is one number made of four, which a spreadsheet can ask for."""
    told = client.get("/v1/metrics/churn_by_convention/value", query_string=COUNTS)

    assert "0.1" == told.text.split(" ")[0]


def test_the_velocity_of_a_pipeline(post: Any) -> None:
    """Open deals × mean won value × win rate ÷ mean cycle: 2 × 100 × 0.5 ÷ 20 = 5 a day."""
    closed = {"closed": "2026-01-25", "won": True}
    lost = {"id": "D-2", "closed": "2026-02-01", "won": False}
    deals = [DEAL | closed, DEAL | lost, DEAL | {"id": "D-3"}, DEAL | {"id": "D-4"}]
    answer = post("deal_summary", {"deals": deals}).json

    assert (0.5, 5) == (answer["value"], answer["result"]["pipeline_velocity"])


def test_published_residual_lifetime(post: Any) -> None:
    """The published cohort of high-end subscribers: 7.53 periods after seven renewals."""
    survivors = [1000, 869, 743, 653, 593, 551, 517, 491]
    told = post("survival_lifetime_value", {"survivors": survivors, "discount_rate": 0.1}).json

    assert pytest.approx(7.53, abs=0.005) == told["result"]["discounted_expected_residual_lifetime"]
    assert pytest.approx([460, 436, 414, 395, 378], abs=1) == [
        row["survivors"] for row in told["result"]["renewals"][8:13]
    ]


@pytest.mark.parametrize("metric_id", FROM_ORDERS)
@pytest.mark.parametrize(
    ("spoilt", "pointer", "code"),
    [
        ({"customer": None}, "customer", "wrong_type"),
        ({"customer": 7}, "customer", "wrong_type"),
        ({"customer": ""}, "customer", "out_of_range"),
        ({"customer": "x" * 201}, "customer", "out_of_range"),
        ({"at": "2026-13-01"}, "at", "wrong_type"),
        ({"at": None}, "at", "wrong_type"),
        ({"value": "50"}, "value", "wrong_type"),
        ({"value": True}, "value", "wrong_type"),
        ({"value": Decimal("1e300")}, "value", "out_of_range"),
        ({"group": 1}, "group", "wrong_type"),
        ({"cohort": ""}, "cohort", "out_of_range"),
        ({"costumer": "An"}, "costumer", "unknown_field"),
    ],
)
def test_a_malformed_order(
    post: Any, metric_id: str, spoilt: dict[str, Any], pointer: str, code: str
) -> None:
    """An order is refused at the field that is wrong, however many are right."""
    reply = post(metric_id, {"orders": [ORDER, ORDER | spoilt]})

    assert (422, (f"/orders/1/{pointer}", code)) == (reply.status_code, refusal(reply))


@pytest.mark.parametrize("name", ["customer", "at", "value"])
def test_an_order_without(post: Any, name: str) -> None:
    """An order says who, when and how much."""
    order = {key: one for key, one in ORDER.items() if key != name}

    assert (f"/orders/0/{name}", "missing") == refusal(
        post("purchase_summary", {"orders": [order]})
    )


@pytest.mark.parametrize("metric_id", FROM_ORDERS)
def test_a_list_of_orders(post: Any, metric_id: str) -> None:
    """Orders are a list, of dates or of moments, and nothing stands twice in one."""
    moment = ORDER | {"at": "2026-01-05T10:00:00Z"}
    twice = '{"orders": [{"customer": "An", "customer": "An", "at": "2026-01-05", "value": 1}]}'
    number = '{"orders": [{"customer": NaN, "at": "2026-01-05", "value": 1}]}'

    assert ("/orders", "wrong_type") == refusal(post(metric_id, {"orders": ORDER}))
    assert ("/orders", "inconsistent_inputs") == refusal(
        post(metric_id, {"orders": [ORDER, moment]})
    )
    assert ("/orders/0/customer", "duplicate_key") == refusal(post(metric_id, twice))
    assert ("/orders/0/customer", "wrong_type") == refusal(post(metric_id, number))


@pytest.mark.parametrize(
    ("metric_id", "reason"),
    [
        ("purchase_summary", "division_by_zero"),
        ("cohort_retention", "no_new_customers"),
        ("predictive_lifetime_value", "no_customers"),
    ],
)
def test_no_orders(post: Any, metric_id: str, reason: str) -> None:
    """An empty list is answered, with the reason for which there is no value."""
    answer = post(metric_id, {"orders": []}).json

    assert ("undefined", reason) == (answer["status"], answer["reason"]["code"])


@pytest.mark.parametrize(
    ("metric_id", "body", "pointer", "code"),
    [
        (
            "purchase_summary",
            {"orders": [ORDER], "start": "2026-02-01", "end": "2026-01-01"},
            "/start",
            "inconsistent_inputs",
        ),
        ("purchase_summary", {"orders": [ORDER], "industry": "x"}, "/industry", "wrong_type"),
        (
            "purchase_summary",
            {"orders": [ORDER], "days_in_year": 0},
            "/days_in_year",
            "out_of_range",
        ),
        ("purchase_summary", {"orders": [ORDER], "top": 1_001}, "/top", "out_of_range"),
        ("predictive_lifetime_value", {}, "/orders", "missing"),
        (
            "predictive_lifetime_value",
            {"orders": [ORDER], "customers": [SUMMARY]},
            "/customers",
            "inconsistent_inputs",
        ),
        ("predictive_lifetime_value", {"orders": [], "horizon": 0}, "/horizon", "out_of_range"),
        (
            "predictive_lifetime_value",
            {"orders": [], "time_unit": "year"},
            "/time_unit",
            "wrong_type",
        ),
        (
            "predictive_lifetime_value",
            {"customers": [SUMMARY, SUMMARY | {"frequency": 1.5}]},
            "/customers/1/frequency",
            "wrong_type",
        ),
        (
            "predictive_lifetime_value",
            {"customers": [SUMMARY, SUMMARY | {"recency": 10}]},
            "/customers/1/recency",
            "inconsistent_inputs",
        ),
        (
            "predictive_lifetime_value",
            {"customers": [SUMMARY | {"age": -1}]},
            "/customers/0/age",
            "out_of_range",
        ),
        ("churn_by_convention", COUNTS | {"new_customers": -1}, "/new_customers", "out_of_range"),
        (
            "churn_by_convention",
            COUNTS | {"customers_lost": 261},
            "/customers_lost",
            "part_exceeds_whole",
        ),
        ("deal_summary", {"deals": [DEAL, DEAL]}, "/deals/1/id", "inconsistent_inputs"),
        ("deal_summary", {"deals": [DEAL | {"won": True}]}, "/deals/0/closed", "missing"),
        ("deal_summary", {"deals": [DEAL | {"closed": "2026-02-01"}]}, "/deals/0/won", "missing"),
        ("deal_summary", {"deals": [DEAL | {"won": "yes"}]}, "/deals/0/won", "wrong_type"),
        (
            "deal_summary",
            {"deals": [DEAL | {"closed": "2026-01-01", "won": False}]},
            "/deals/0/closed",
            "inconsistent_inputs",
        ),
        (
            "survival_lifetime_value",
            {"survivors": [10, 11, 9], "discount_rate": 0.1},
            "/survivors/1",
            "inconsistent_inputs",
        ),
        (
            "survival_lifetime_value",
            {"survivors": [10] * 1_002, "discount_rate": 0.1},
            "/survivors",
            "too_many_items",
        ),
        (
            "survival_lifetime_value",
            {"survivors": [10, 9, 8], "discount_rate": -0.1},
            "/discount_rate",
            "out_of_range",
        ),
    ],
)
def test_what_cannot_be_computed_with(
    post: Any, metric_id: str, body: dict[str, Any], pointer: str, code: str
) -> None:
    """What is out of bounds or contradicts itself is refused at its place."""
    assert (pointer, code) == refusal(post(metric_id, body))
