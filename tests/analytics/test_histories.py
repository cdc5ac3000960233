"""From orders to frequency, recency, age and mean value, as CDNOW was summed up."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from records import cdnow, cdnow_orders, on, order

from service.analytics.customers.histories import MOST_CUSTOMERS, Histories, of_orders, of_summaries
from service.message import Refused


def history(*orders: dict[str, Any], as_of: str = "2026-01-29") -> tuple[Any, ...]:
    """Return the four figures of one customer, in weeks."""
    histories = of_orders(orders, on(as_of), 7)
    return tuple(column.tolist()[0] for column in histories[1:])


def test_cdnow_from_its_transactions() -> None:
    """The published histories of 2,357 customers, to the digits of the file."""
    first_39_weeks = [one for one in cdnow_orders() if one["at"] <= on("1997-09-30")]
    histories = of_orders(first_39_weeks, on("1997-09-30"), 7)

    for published, built in zip(cdnow()[:3], histories[1:4], strict=True):
        assert pytest.approx(published, abs=0.006) == built
    assert pytest.approx(cdnow()[3], abs=0.006) == np.nan_to_num(histories.mean_value)


def test_one_purchase_has_no_repeats() -> None:
    """Frequency and recency are 0, and the mean of repeats is not known."""
    frequency, recency, age, value = history(order("a", "2026-01-01"))

    assert (0, 0, 4) == (frequency, recency, age)
    assert np.isnan(value)


def test_a_day_is_one_purchase_of_their_sum() -> None:
    """Three orders on two days are one repeat purchase."""
    assert (1, 1, 4, 50) == history(
        order("a", "2026-01-08", 20), order("a", "2026-01-01", 99), order("a", "2026-01-08", 30)
    )


def test_days_of_a_week_are_not_collapsed() -> None:
    """The unit of time measures, it does not merge."""
    assert 2 == history(*(order("a", f"2026-01-0{day}") for day in (5, 6, 7)))[0]


def test_a_refund_is_no_purchase() -> None:
    """It neither repeats nor lowers the value."""
    assert (1, 1, 4, 10) == history(
        order("a", "2026-01-01"), order("a", "2026-01-08"), order("a", "2026-01-15", -10)
    )


def test_customers_stand_as_they_first_appear() -> None:
    """Rows can be matched to the records."""
    orders = [order("b", "2026-01-05"), order("a", "2026-01-01"), order("b", "2026-01-06")]

    assert ["b", "a"] == of_orders(orders, on("2026-01-29"), 7).customers


def test_no_orders_are_no_histories() -> None:
    """Empty in every column."""
    histories = of_orders([], None, 7)

    assert ([], [0] * 4) == (histories.customers, [column.size for column in histories[1:]])


def test_offsets_do_not_make_a_negative_age() -> None:
    """A moment before as_of may be written with the day after it."""
    assert (
        0 == history(order("a", "2026-01-02T00:30:00+14:00"), as_of="2026-01-01T12:00:00+00:00")[2]
    )


def summary(**figures: Any) -> dict[str, Any]:
    one = {"customer": None, "frequency": 2, "recency": 3.0, "age": 9.0, "mean_value": None}
    return one | figures


def test_summaries_are_taken_over() -> None:
    """Column by column, an unknown mean value as NaN."""
    histories = of_summaries([summary(customer="a", mean_value=5.0), summary(frequency=1)])

    assert (["a", None], [2, 1], [3, 3], [9, 9]) == (
        histories.customers,
        *(column.tolist() for column in histories[1:4]),
    )
    assert 5 == histories.mean_value[0]
    assert np.isnan(histories.mean_value[1])


def test_no_summaries_are_no_histories() -> None:
    """Empty in every column."""
    assert [0] * 4 == [column.size for column in of_summaries([])[1:]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"recency": 9.1},
        {"recency": 0.0},
        {"frequency": 0},
    ],
    ids=["later than the age", "repeats in no time", "time without repeats"],
)
def test_what_cannot_have_been_is_refused(wrong: dict[str, Any]) -> None:
    """The pointer leads to the customer."""
    with pytest.raises(Refused) as refused:
        of_summaries([summary(), summary(**wrong)])

    assert ("/customers/1/recency", "inconsistent_inputs") == (
        refused.value.pointer,
        refused.value.message.code,
    )


def test_as_many_customers_as_the_limit_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit itself is not too many."""
    monkeypatch.setattr("service.analytics.customers.histories.MOST_CUSTOMERS", 2)

    assert 2 == len(of_summaries([summary(), summary()]).customers)


def test_more_customers_are_refused() -> None:
    """The limit is in the message."""
    with pytest.raises(Refused, match=str(MOST_CUSTOMERS)):
        of_summaries([summary()] * (MOST_CUSTOMERS + 1))


def test_columns_are_named() -> None:
    """In the order in which the models take them."""
    assert ("customers", "frequency", "recency", "age", "mean_value") == Histories._fields
