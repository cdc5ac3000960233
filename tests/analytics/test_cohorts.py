"""Cohort retention: who is new, who is retained, what is not observed yet."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from records import cdnow_orders, codes, on, order

from service.analytics.customers.cohorts import MOST_CELLS, cohort_retention
from service.message import Refused

UNOBSERVED = {
    "customers": None,
    "retained": None,
    "rate": None,
    "revenue": None,
    "partial": None,
}

ORDERS = [
    order("a", "2026-01-05", 10),
    order("b", "2026-01-20", 20),
    order("a", "2026-02-03", 30),
    order("a", "2026-02-09", 5),
    order("c", "2026-02-10", 40),
    order("b", "2026-03-01", 50),
]


def answer(orders: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
    outcome = cohort_retention(orders=orders, **options)
    assert outcome.result is not None
    return {**outcome.result, "outcome": outcome}


def cells(orders: list[dict[str, Any]], **options: Any) -> dict[str, list[Any]]:
    """Return (retained, customers) per month of each cohort, None where it is not observed."""
    return {
        row["cohort"]: [
            None if cell["retained"] is None else (cell["retained"], cell["customers"])
            for cell in row["cells"]
        ]
        for row in answer(orders, **options)["cohorts"]
    }


def test_a_matrix_by_hand() -> None:
    """Two customers of January, one of February, seen until mid-March."""
    assert {
        "2026-01": [(2, 2), (1, 2), (1, 2)],
        "2026-02": [(1, 1), (0, 1), None],
    } == cells(ORDERS, as_of=on("2026-03-15"))


def test_what_is_not_observed_is_null() -> None:
    """A month that has not begun has no zeros in it."""
    february = answer(ORDERS, as_of=on("2026-03-15"))["cohorts"][1]

    assert {"month": 2} | UNOBSERVED == february["cells"][2]
    assert 0 == february["cells"][1]["retained"]


def test_the_month_that_is_running_is_partial() -> None:
    """The cells of March are partial until its last day is over."""
    for day, partial in [("2026-03-30", True), ("2026-03-31", False)]:
        rows = answer(ORDERS, as_of=on(day))["cohorts"]

        assert [False, False, partial] == [cell["partial"] for cell in rows[0]["cells"]]


def test_a_moment_of_the_last_day_does_not_end_the_month() -> None:
    """At noon of the 31st the month is still running."""
    row = answer(ORDERS, as_of=on("2026-03-31T12:00:00+00:00"))["cohorts"][0]

    assert row["cells"][2]["partial"] is True


def test_revenue_of_the_cells() -> None:
    """All orders of a month count, refunds taken off."""
    refunded = [*ORDERS, order("a", "2026-02-20", -15)]
    row = answer(refunded, as_of=on("2026-03-15"))["cohorts"][0]

    assert [30, 20, 50] == [cell["revenue"] for cell in row["cells"]]
    assert (100, 2) == (row["revenue"], row["customers"])


def test_a_refund_does_not_retain() -> None:
    """Whoever only sent something back did not come back."""
    orders = [order("a", "2026-01-05", 10), order("a", "2026-02-05", -10)]

    assert {"2026-01": [(1, 1), (0, 1)]} == cells(orders)


def test_who_bought_before_the_start_is_not_new() -> None:
    """Such a customer stands in no cohort, whatever they buy later."""
    result = answer(ORDERS, start=on("2026-02-01"), as_of=on("2026-03-15"))

    assert ["2026-02"] == [row["cohort"] for row in result["cohorts"]]
    assert (1, 2) == (result["customers"], result["existing_customers"])


def test_without_a_start_everyone_is_new() -> None:
    """The answer says so."""
    assert "everyone_is_new" in codes(answer(ORDERS)["outcome"].assumptions)
    assert "everyone_is_new" not in codes(
        answer(ORDERS, start=on("2026-01-01"))["outcome"].assumptions
    )


def test_orders_after_the_last_day_are_left_out() -> None:
    """They are counted in a warning, and change nothing."""
    result = answer(ORDERS, as_of=on("2026-02-28"))

    assert ["after_last_day"] == codes(result["outcome"].warnings)
    assert {"2026-01": [(2, 2), (1, 2)], "2026-02": [(1, 1), None]} == cells(
        ORDERS, as_of=on("2026-02-28")
    )


def test_a_refund_before_any_order_is_left_out() -> None:
    """It belongs to an order that the records do not show."""
    result = answer([order("a", "2026-01-01", -5), *ORDERS])

    assert ["refund_before_order"] == codes(result["outcome"].warnings)
    assert 30 == result["cohorts"][0]["cells"][0]["revenue"]


def test_pooled_months_leave_partial_cells_out() -> None:
    """Over the complete cells of both cohorts: month 1 knows January's customers only."""
    months = answer(ORDERS, as_of=on("2026-03-15"))["months"]

    assert [
        {"month": 0, "customers": 3, "retained": 3, "rate": 1.0, "revenue": 70},
        {"month": 1, "customers": 2, "retained": 1, "rate": 0.5, "revenue": 35},
    ] == months


def test_named_cohorts() -> None:
    """A name replaces the month; a month counts only the customers who have reached it."""
    orders = [
        order("a", "2026-01-05", cohort="fair"),
        order("b", "2026-02-05", cohort="fair"),
        order("a", "2026-03-05"),
        order("c", "2026-03-05", cohort="web"),
    ]

    assert {"fair": [(2, 2), (0, 2), (1, 1)], "web": [(1, 1), None, None]} == cells(
        orders, as_of=on("2026-03-31")
    )


def test_a_named_cohort_is_partial_where_one_of_it_is_in_the_running_month() -> None:
    """The customers of January have seen all of month 1, those of February not."""
    orders = [order("a", "2026-01-05", cohort="fair"), order("b", "2026-02-05", cohort="fair")]
    row = answer(orders, as_of=on("2026-03-15"))["cohorts"][0]

    assert [False, True, True] == [cell["partial"] for cell in row["cells"]]


def test_a_customer_in_two_cohorts_is_refused() -> None:
    """The pointer leads to the second."""
    orders = [order("a", "2026-01-05", cohort="x"), order("a", "2026-01-06", cohort="y")]
    with pytest.raises(Refused) as refused:
        cohort_retention(orders=orders)

    assert ("/orders/1/cohort", "inconsistent_inputs") == (
        refused.value.pointer,
        refused.value.message.code,
    )


def test_a_customer_without_a_cohort_among_named_ones_is_refused() -> None:
    """Either all are named or none."""
    orders = [order("a", "2026-01-05", cohort="x"), order("b", "2026-01-06")]
    with pytest.raises(Refused) as refused:
        cohort_retention(orders=orders)

    assert "/orders/1/cohort" == refused.value.pointer


@pytest.mark.parametrize(
    "orders", [[], [order("a", "2026-01-01", -1)]], ids=["no orders", "a refund alone"]
)
def test_without_new_customers_there_is_a_reason(orders: list[dict[str, Any]]) -> None:
    """Nobody to follow is an empty matrix and a reason."""
    result = answer(orders)

    assert "no_new_customers" == result["outcome"].reason.code
    assert ([], [], 0) == (result["cohorts"], result["months"], result["customers"])


def test_there_is_no_headline_and_no_reason_for_that() -> None:
    """The matrix is the answer."""
    outcome = cohort_retention(orders=ORDERS)

    assert (None, None) == (outcome.value, outcome.reason)


def test_the_largest_matrix_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cohorts over three months are six cells."""
    monkeypatch.setattr("service.analytics.customers.cohorts.MOST_CELLS", 6)

    assert 2 == len(answer(ORDERS)["cohorts"])


def test_a_matrix_too_large_is_refused() -> None:
    """Cohorts over centuries are a mistake in the dates."""
    orders = [order(f"{year}", f"{year}-01-01") for year in range(1900, 2000)]
    with pytest.raises(Refused, match=str(MOST_CELLS)):
        cohort_retention(orders=orders)


def test_offsets_may_move_a_month_past_the_closing() -> None:
    """An order written with February, before a closing written with January, has its cell."""
    orders = [order("a", "2026-02-01T00:30:00+14:00"), order("b", "2026-01-31T12:00:00+00:00")]

    assert {"2026-01": [(1, 1), (0, 1)], "2026-02": [(1, 1), None]} == cells(orders)


def test_the_order_of_the_list_does_not_matter() -> None:
    """Records come in any order."""
    assert answer(ORDERS)["cohorts"] == answer(ORDERS[::-1])["cohorts"]


def test_cdnow_against_a_count_in_sets() -> None:
    """The matrix of the CDNOW customers is what counting sets of customers gives."""
    orders = cdnow_orders()
    months: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for one in orders:
        months[one["customer"]].add((one["at"].year, one["at"].month))
    rows = answer(orders)["cohorts"]
    expected = [
        [
            sum(
                min(active) == (1997, first)
                and (1997 + (first - 1 + age) // 12, (first - 1 + age) % 12 + 1) in active
                for active in months.values()
            )
            for age in range(18 - first + 1)
        ]
        for first in (1, 2, 3)
    ]

    assert expected == [
        [cell["retained"] for cell in row["cells"] if cell["retained"] is not None] for row in rows
    ]
    assert 2357 == sum(row["customers"] for row in rows)
