"""The worked examples of the source documents, by their W-numbers, in the source's currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

FUNNEL_OF_THE_SOURCES = {"facebook": 100_000_000, "google": 100_000_000}
ORDERS = {"actual": 150, "target": 500}
MONTH = {"days_total": 30, "days_elapsed": 20}

EXAMPLES = [
    ("W1", "marketing_roi", {"revenue": 5 * 10**8, "marketing_cost": 10**8}, "VND", "4"),
    ("W1", "return_on_ad_spend", {"ad_revenue": 5 * 10**8, "ad_spend": 10**8}, "VND", "5"),
    ("W1", "marketing_net_return", {"revenue": 5 * 10**8, "marketing_cost": 10**8}, "VND", "4e8"),
    ("W2", "cpw", {"campaign_costs": FUNNEL_OF_THE_SOURCES, "orders": 200}, "VND", "1e6"),
    ("W3", "cpl", {"campaign_costs": FUNNEL_OF_THE_SOURCES, "leads": 400}, "VND", "500000"),
    ("W4", "conversion_rate", {"conversions": 10, "visitors": 1000}, None, "0.01"),
    ("W5", "incremental_sales", {"sales": 10**8, "contribution_share": "0.1"}, "VND", "1e7"),
    (
        "W5",
        "incremental_sales_over_baseline",
        {"sales": 10**8, "baseline_sales": 9 * 10**7},
        "VND",
        "1e7",
    ),
    (
        "W5",
        "incremental_sales_lift",
        {"sales": 10**8, "baseline_sales": 9 * 10**7},
        "VND",
        "0.1111111111111111111111111111",
    ),
    (
        "W5",
        "incremental_sales_share",
        {"sales": 10**8, "baseline_sales": 9 * 10**7},
        "VND",
        "0.1",
    ),
    ("W6", "time_between_purchases", {"purchase_frequency": 2}, None, "180"),
    (
        "W6",
        "time_between_purchases",
        {"purchase_frequency": 2, "days_in_year": 365},
        None,
        "182.5",
    ),
    ("W7", "time_between_purchases", {"purchase_frequency": 3}, None, "120"),
    ("W8", "aov", {"revenue": 200_000, "orders": 1}, "VND", "200000"),
    ("W8", "aov", {"revenue": 400_000, "orders": 1}, "VND", "400000"),
    ("W8", "profit_per_order", {"profit": 50_000, "orders": 1}, "VND", "50000"),
    ("W8", "profit_per_order", {"profit": 100_000, "orders": 1}, "VND", "100000"),
    ("W8", "profit_margin", {"profit": 50_000, "revenue": 200_000}, "VND", "0.25"),
    ("W12", "kpi_attainment", ORDERS, None, "0.3"),
    ("W12", "kpi_gap", ORDERS, None, "350"),
    ("W12", "kpi_pacing_index", ORDERS | MONTH, None, "0.45"),
    ("W12", "kpi_projection", {"actual": 150} | MONTH, None, "225"),
    ("W12", "kpi_run_rate", {"actual": 150, "days_elapsed": 20}, None, "7.5"),
    ("W12", "kpi_required_rate", ORDERS | MONTH, None, "35"),
    ("W12", "kpi_required_rate", ORDERS | MONTH | {"days_total": 28}, None, "43.75"),
    ("W13", "cost_per_acquisition", {"campaign_costs": 1000, "campaign_customers": 100}, "USD", 10),
    ("W14", "cac", {"sales_and_marketing_costs": 50_000, "new_customers": 100}, "BRL", "500"),
    ("W15", "historical_lifetime_value", {"purchases": [50, 100, 150, 180, 220]}, "BRL", "700"),
    ("W15", "historical_lifetime_value", {"purchases": [50] * 5}, "BRL", "250"),
    (
        "W16",
        "ltv_to_cac_ratio",
        {"customer_lifetime_value": 700, "customer_acquisition_cost": 500},
        "BRL",
        "1.4",
    ),
    (
        "W16",
        "ltv_to_cac_ratio",
        {"customer_lifetime_value": 250, "customer_acquisition_cost": 500},
        "BRL",
        "0.5",
    ),
]


@pytest.mark.parametrize(
    ("metric_id", "inputs", "currency", "value"),
    [one[1:] for one in EXAMPLES],
    ids=[f"{one[0]}-{one[1]}" for one in EXAMPLES],
)
def test_worked_example(
    post: Any, metric_id: str, inputs: dict[str, Any], currency: str | None, value: str
) -> None:
    """The service gives the number that the source prints or implies."""
    body = {name: Decimal(one) if isinstance(one, str) else one for name, one in inputs.items()}
    answer = post(metric_id, body | ({"currency": currency} if currency else {})).json

    assert Decimal(value) == Decimal(answer["value_text"])
    assert currency == answer["currency"]


@pytest.mark.parametrize(
    ("metric_id", "body", "shown"),
    [
        (
            "marketing_roi",
            {"revenue": 5 * 10**8, "marketing_cost": 10**8, "currency": "VND"},
            "400%",
        ),
        ("cpl", {"campaign_costs": 2 * 10**8, "leads": 400, "currency": "VND"}, "₫500,000 / lead"),
        ("conversion_rate", {"conversions": 10, "visitors": 1000}, "1%"),
        (
            "incremental_sales_lift",
            {"sales": 10**8, "baseline_sales": 9 * 10**7},
            "11.11%",
        ),
        ("time_between_purchases", {"purchase_frequency": 2}, "180 days"),
        (
            "cac",
            {"sales_and_marketing_costs": 50_000, "new_customers": 100, "currency": "BRL"},
            "R$500.00 / customer",
        ),
        (
            "ltv_to_cac_ratio",
            {"customer_lifetime_value": 700, "customer_acquisition_cost": 500},
            "1.4x",
        ),
    ],
)
def test_as_the_source_prints_it(
    post: Any, metric_id: str, body: dict[str, Any], shown: str
) -> None:
    """The display of a worked example reads as its source writes the number."""
    assert shown == post(metric_id, body).json["display"]


def test_roi_is_roas_less_one(value: Any) -> None:
    """ROI = ROAS - 1 when the cost is the ad spend (W1)."""
    roi = value("marketing_roi", revenue=730, marketing_cost=80)

    assert roi == value("return_on_ad_spend", ad_revenue=730, ad_spend=80) - 1


def test_cost_per_order_from_cost_per_lead(value: Any) -> None:
    """CPW = CPL ÷ (lead to order rate) (W2, W3)."""
    per_lead = value("cpl", campaign_costs=2 * 10**8, leads=400)
    rate = value("stage_conversion_rate", entered=400, advanced=200)

    assert per_lead / rate == value("cpw", campaign_costs=2 * 10**8, orders=200)


@pytest.mark.parametrize(
    ("metric_id", "rate", "clicks_to"),
    [
        ("cost_per_lead_from_click", "click_to_lead_rate", 50),
        ("cost_per_acquisition_from_click", "click_to_customer_rate", 20),
    ],
)
def test_cost_from_the_click(value: Any, metric_id: str, rate: str, clicks_to: int) -> None:
    """CPL = CPC ÷ (click to lead rate), and CPA = CPC ÷ CR."""
    click = value("cost_per_click", ad_spend=600, clicks=1000)
    derived = value(metric_id, cost_per_click=click, **{rate: Decimal(clicks_to) / 1000})

    assert derived == value("cost_per_action", ad_spend=600, actions=clicks_to)


def test_three_ways_to_revenue(value: Any) -> None:
    """Revenue = units × price = orders × AOV = customers × purchase frequency × AOV (W11)."""
    revenue = value("revenue_from_units", units_sold=400, unit_price=250_000)
    order = value("aov", revenue=revenue, orders=200)
    frequency = value("purchase_frequency", orders=200, unique_customers=80)

    assert 10**8 == revenue == 200 * order == 80 * frequency * order


def test_two_ways_to_lifetime_value(value: Any) -> None:
    """CLV = AOV × purchases a year × lifespan is the sum of the purchases (W15)."""
    order = value("aov", revenue=700, orders=5)
    simple = value(
        "clv", average_order_value=order, purchases_per_year=Decimal("1.25"), lifespan_years=4
    )

    assert simple == value("historical_lifetime_value", purchases=[50, 100, 150, 180, 220])


@pytest.mark.parametrize("year", [360, 365])
def test_days_between_purchases_fill_the_year(value: Any, year: int) -> None:
    """Time between purchases × frequency = days in the year (W6, W7)."""
    days = value("time_between_purchases", purchase_frequency=4, days_in_year=year)

    assert year == days * 4


def test_retention_is_one_less_churn(value: Any) -> None:
    """Retention = 1 - churn on one set of customers."""
    kept = value(
        "customer_retention_rate",
        customers_at_start=200,
        customers_at_end=230,
        new_customers_at_end=50,
    )

    assert kept == 1 - value("churn_rate", customers_lost=20, customers_at_start=200)


def test_cost_per_sqo_two_ways(value: Any) -> None:
    """Cost per SQO = CPL ÷ (lead to SQO rate) = spend ÷ SQOs."""
    lead = value("cpl", campaign_costs=8000, leads=400)
    rate = value("lead_to_sqo_rate", sqos=50, leads=400)
    derived = value("cost_per_sqo_from_lead", cost_per_lead=lead, lead_to_sqo_rate=rate)

    assert derived == value("cost_per_sqo", campaign_costs=8000, sqos=50)


def test_channel_shares_are_the_whole(value: Any) -> None:
    """The shares of all channels of traffic add up to 1."""
    shares = [
        value("organic_traffic_share", organic_visits=50, visits=100),
        value("social_traffic_share", social_visits=20, visits=100),
        value("referral_traffic_share", referral_visits=18, visits=100),
        value("direct_traffic_share", direct_visits=12, visits=100),
    ]

    assert 1 == sum(shares)


def test_attainment_is_pacing_times_elapsed(value: Any) -> None:
    """Attainment = pacing × the elapsed part of the period (W12)."""
    pacing = value("kpi_pacing_index", **ORDERS, days_total=40, days_elapsed=20)

    assert value("kpi_attainment", **ORDERS) == pacing / 2


@pytest.fixture
def value(post: Any) -> Any:
    """Return a function that computes over HTTP and gives the exact value."""

    def compute(metric_id: str, **inputs: Any) -> Decimal:
        return Decimal(post(metric_id, inputs).json["value_text"])

    return compute
