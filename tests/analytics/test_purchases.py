"""The purchase summary: order value, frequency, gaps, repeat rate, who buys and by group."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from records import codes, on, order

from service.analytics.customers.orders import MOST_ORDERS
from service.analytics.customers.purchases import purchase_summary
from service.message import Refused

W15 = [
    order("ana", f"202{3 + i // 2}-0{i + 1}-10", v) for i, v in enumerate([50, 100, 150, 180, 220])
]


def summary(orders: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
    outcome = purchase_summary(orders=orders, **options)
    assert outcome.result is not None
    return {**outcome.result, "value": outcome.value, "outcome": outcome}


def test_lifetime_value_is_the_sum_of_a_list() -> None:
    """One customer's purchases of 50, 100, 150, 180 and 220 are worth 700 in all (W15)."""
    result = summary(W15)

    assert 700 == result["historical_lifetime_value"] == result["top_customers"][0]["revenue"]
    assert (140, 5, 5) == (result["value"], result["orders"], result["purchase_frequency"])


def test_five_fifties() -> None:
    """Five purchases of 50 are worth 250 (W15)."""
    result = summary([order("ana", f"2024-0{month}-01", 50) for month in range(1, 6)])

    assert 250 == result["historical_lifetime_value"]


def test_counts_and_ratios_by_hand() -> None:
    """Four orders of three customers, one of whom came back."""
    result = summary(
        [
            order("a", "2026-01-01", 10),
            order("b", "2026-01-05", 20),
            order("a", "2026-01-11", 30),
            order("c", "2026-01-20", 40),
        ],
        start=date(2026, 1, 1),
        end=date(2026, 1, 30),
    )

    assert (4, 3, 100, 25) == tuple(
        result[name] for name in ("orders", "customers", "revenue", "average_order_value")
    )
    assert (pytest.approx(4 / 3), 1, pytest.approx(1 / 3)) == (
        result["purchase_frequency"],
        result["repeat_customers"],
        result["repeat_rate"],
    )
    assert {"start": "2026-01-01", "end": "2026-01-30", "days": 30} == result["window"]
    assert pytest.approx(4 / 3 * 12) == result["annual_purchase_frequency"]


@pytest.mark.parametrize(("orders", "days"), [(2, 180), (3, 120)])
def test_time_between_purchases_of_a_year(orders: int, days: float) -> None:
    """Two purchases in a year of 360 days are 180 days apart, three 120 (W6, W7)."""
    result = summary(
        [order("a", f"2026-0{month}-01") for month in range(1, orders + 1)],
        start=on("2026-01-01"),
        end=on("2026-12-26"),
    )

    assert 360 == result["window"]["days"]
    assert pytest.approx(days) == result["time_between_purchases"]["by_frequency_days"]


def test_annual_frequency_takes_the_year_given() -> None:
    """A year of 365 days is a choice."""
    orders = [order("a", "2026-01-01"), order("a", "2026-01-10")]

    assert 73 == summary(orders, days_in_year=365)["annual_purchase_frequency"]


def test_observed_gaps_are_pooled_over_customers() -> None:
    """The mean of the gaps of 10, 20 and 3 days; who bought once has none."""
    result = summary(
        [
            order("a", "2026-01-31"),
            order("a", "2026-01-01"),
            order("a", "2026-01-11"),
            order("b", "2026-02-01"),
            order("b", "2026-02-04"),
            order("c", "2026-02-04"),
        ]
    )

    assert {"by_frequency_days": 17.5, "observed_days": 11, "gaps": 3} == result[
        "time_between_purchases"
    ]
    assert "observed_gaps" in codes(result["outcome"].assumptions)


def test_orders_of_one_day_are_orders_and_no_gap() -> None:
    """Two orders on a day make a repeat customer, with no time between purchases."""
    result = summary([order("a", "2026-01-01"), order("a", "2026-01-01")])

    assert (2, 1, 1.0) == (result["orders"], result["repeat_customers"], result["repeat_rate"])
    assert (None, 0) == (
        result["time_between_purchases"]["observed_days"],
        result["time_between_purchases"]["gaps"],
    )


def test_a_refund_lowers_the_revenue_and_is_no_order() -> None:
    """A negative value neither counts as an order nor makes a customer."""
    result = summary(
        [order("a", "2026-01-01", 100), order("a", "2026-01-03", -30), order("b", "2026-01-04", -5)]
    )

    assert (1, 1, 65, 0) == tuple(
        result[name] for name in ("orders", "customers", "revenue", "repeat_customers")
    )
    assert (2, 35) == (result["refunds"], result["refunded"])
    assert "refunds" in codes(result["outcome"].assumptions)


def test_a_free_order_is_an_order() -> None:
    """A value of 0 counts."""
    assert 5 == summary([order("a", "2026-01-01", 10), order("a", "2026-01-02", 0)])["value"]


@pytest.mark.parametrize(
    ("industry", "rate", "kind"),
    [
        ("general", 0.20, "upper_limit"),
        ("finance_and_insurance", 0.25, "typical"),
        ("saas", 0.35, "typical"),
    ],
)
def test_benchmarks_of_the_sources(industry: str, rate: float, kind: str) -> None:
    """Below 20% in general, 25% in finance and insurance, 35% in software as a service (W9)."""
    orders = [order("a", "2026-01-01"), order("a", "2026-02-01"), order("b", "2026-01-01")]
    benchmark = summary(orders, industry=industry)["benchmark"]

    assert (rate, kind) == (benchmark["rate"], benchmark["kind"])
    assert pytest.approx(0.5 - rate) == benchmark["gap"]


def test_orders_outside_the_window_are_left_out_and_told() -> None:
    """Both ends of a window count, and what lies beyond is said to be left out."""
    result = summary(
        [order("a", f"2026-01-0{day}") for day in range(1, 6)],
        start=on("2026-01-02"),
        end=on("2026-01-04"),
    )

    assert (3, ["outside_window"]) == (result["orders"], codes(result["outcome"].warnings))
    assert {"count": 2} == result["outcome"].warnings[0].values


def test_a_window_of_days_takes_orders_with_a_time() -> None:
    """A moment stands for the day it is written with."""
    orders = [order("a", "2026-01-04T23:30:00-08:00"), order("a", "2026-01-05T00:10:00+07:00")]

    assert 1 == summary(orders, end=on("2026-01-04"))["orders"]


def test_a_window_of_moments_cuts_exactly() -> None:
    """Between two moments the time decides, whatever the offset."""
    orders = [order("a", "2026-01-04T10:00:00+00:00"), order("a", "2026-01-04T17:00:01+07:00")]

    assert 1 == summary(orders, end=on("2026-01-04T10:00:00+00:00"))["orders"]


def test_as_of_is_another_name_of_the_end() -> None:
    """A window may be closed by either name."""
    assert 4 == summary(W15, end=on("2024-12-31"))["orders"]
    assert 4 == summary(W15, as_of=on("2024-12-31"))["orders"]


def test_the_window_that_is_not_given_is_told() -> None:
    """From the first to the last order is a guess that the answer names."""
    assert "window_from_orders" in codes(
        summary(W15, start=on("2023-01-01"))["outcome"].assumptions
    )
    assert "window_from_orders" not in codes(
        summary(W15, start=on("2023-01-01"), end=on("2025-12-31"))["outcome"].assumptions
    )


def test_groups_have_the_same_figures() -> None:
    """Each group is counted by itself, the ungrouped under no name, highest revenue first."""
    result = summary(
        [
            order("a", "2026-01-01", 10, group="ads"),
            order("a", "2026-01-02", 20, group="ads"),
            order("a", "2026-01-03", 60, group="mail"),
            order("b", "2026-01-03", 10),
        ]
    )

    assert [("mail", 1, 60, 0.6, 0), ("ads", 2, 30, 0.3, 1.0), (None, 1, 10, 0.1, 0)] == [
        (row["name"], row["orders"], row["revenue"], row["share"], row["repeat_rate"])
        for row in result["groups"]
    ]


def test_without_groups_there_is_no_table_of_them() -> None:
    """No order names a group."""
    assert [] == summary(W15)["groups"]


def test_top_customers_by_revenue() -> None:
    """The best come first, equal ones by name, and only as many as asked for."""
    orders = [
        order("b", "2026-01-01", 30),
        order("a", "2026-01-01", 30),
        order("c", "2026-01-01", 40),
    ]

    assert [
        {"customer": "c", "orders": 1, "revenue": 40, "share": 0.4},
        {"customer": "a", "orders": 1, "revenue": 30, "share": 0.3},
    ] == summary(orders, top=2)["top_customers"]


def test_top_customers_count_orders_and_no_refunds() -> None:
    """A free order counts, a refund lowers the revenue alone."""
    orders = [order("a", "2026-01-01", value) for value in (0.5, 0, -0.25)]

    assert [{"customer": "a", "orders": 2, "revenue": 0.25, "share": 1}] == summary(orders)[
        "top_customers"
    ]


def test_there_is_no_share_of_nothing() -> None:
    """Where refunds take everything back, shares are left open."""
    result = summary([order("a", "2026-01-01", 30), order("b", "2026-01-01", -30)])

    assert [None, None] == [row["share"] for row in result["top_customers"]]


def test_no_orders_have_no_average() -> None:
    """An empty list is a reason, with the same fields as ever."""
    result = summary([])

    assert (None, "division_by_zero") == (result["value"], result["outcome"].reason.code)
    assert summary(W15).keys() == result.keys()
    assert {"start": None, "end": None, "days": None} == result["window"]


def test_refunds_alone_have_no_average() -> None:
    """A refund is not an order to average over."""
    assert "division_by_zero" == summary([order("a", "2026-01-01", -1)])["outcome"].reason.code


def test_the_sum_is_rounded_once() -> None:
    """Ten times 0.1 is 1."""
    assert 1 == summary([order("a", "2026-01-01", 0.1)] * 10)["revenue"]


def test_an_overflow_is_a_reason() -> None:
    """A revenue beyond all numbers is undefined, not infinite."""
    outcome = purchase_summary(orders=[order("a", "2026-01-01", 1.7e308)] * 2)

    assert "out_of_range" == outcome.reason.code  # type: ignore[union-attr]


def test_offsets_do_not_shorten_the_window_to_nothing() -> None:
    """The later moment may carry the earlier date; the window still has a day."""
    orders = [order("a", "2026-01-02T00:30:00+14:00"), order("a", "2026-01-01T12:00:00+00:00")]

    assert 1 == summary(orders)["window"]["days"]


@pytest.mark.parametrize(
    ("options", "pointer"),
    [
        ({"start": on("2026-02-01"), "end": on("2026-01-01")}, "/start"),
        ({"end": on("2026-02-01"), "as_of": on("2026-01-01")}, "/as_of"),
    ],
)
def test_a_contradictory_window_is_refused(options: dict[str, Any], pointer: str) -> None:
    """A window ends after it starts, and ends once."""
    with pytest.raises(Refused) as refused:
        purchase_summary(orders=W15, **options)

    assert (pointer, "inconsistent_inputs") == (refused.value.pointer, refused.value.message.code)


def test_dates_and_moments_in_one_list_are_refused() -> None:
    """They have no common order."""
    with pytest.raises(Refused, match="mixed"):
        summary([order("a", "2026-01-01"), order("a", "2026-01-01T00:00:00+00:00")])


def test_the_longest_list_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many orders as the limit are accepted."""
    monkeypatch.setattr("service.analytics.customers.orders.MOST_ORDERS", len(W15))

    assert 140 == summary(W15)["value"]


def test_a_longer_list_is_refused_at_once() -> None:
    """The limit is in the message."""
    with pytest.raises(Refused, match=str(MOST_ORDERS)):
        summary([order("a", "2026-01-01")] * (MOST_ORDERS + 1))
