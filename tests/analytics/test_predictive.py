"""Predictive lifetime value: both models together, money, horizons, and what is missing."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from lifetimes_oracle import purchases_with, spend_with
from records import cdnow, cdnow_customers, cdnow_orders, codes, on, order, published

from service.analytics.customers import predictive
from service.analytics.customers.predictive import predictive_lifetime_value
from service.message import Refused, Undefined

SEPTEMBER = on("1997-09-30")


def answer(**inputs: Any) -> dict[str, Any]:
    outcome = predictive_lifetime_value(**inputs)
    assert outcome.result is not None
    return {**outcome.result, "value": outcome.value, "outcome": outcome}


def test_published_parameters_from_transactions() -> None:
    """The CDNOW transactions of 39 weeks, without any preparation."""
    result = answer(orders=cdnow_orders(), as_of=SEPTEMBER)
    purchases, spend = published()["bg_nbd"]["published"], published()["gamma_gamma"]["published"]

    assert pytest.approx([purchases[name] for name in ("r", "alpha", "a", "b")], abs=5e-4) == [
        result["purchase_model"][name] for name in ("r", "alpha", "a", "b")
    ]
    assert pytest.approx([spend[name] for name in "pqv"], abs=0.01) == [
        result["spend_model"][name] for name in "pqv"
    ]
    assert (2357, 946, 946) == (
        result["customers"],
        result["repeat_customers"],
        result["spend_model"]["customers"],
    )
    assert ["after_last_day"] == codes(result["outcome"].warnings)


def test_value_as_lifetimes_has_it() -> None:
    """Value of all customers over 12 periods, discounted by 1% each."""
    result = answer(customers=cdnow_customers(), horizon=12, discount_rate=0.01)
    frequency, recency, age, value = cdnow()
    repeat = frequency > 0
    purchases = purchases_with(result["purchase_model"])
    bought = purchases.conditional_expected_number_of_purchases_up_to_time
    spend = spend_with(result["spend_model"])
    each = spend.conditional_expected_average_profit(frequency, np.where(repeat, value, 0))
    worth = sum(
        (
            bought(time, frequency, recency, age)
            - (bought(time - 1, frequency, recency, age) if time > 1 else 0)
        )
        / 1.01**time
        for time in range(1, 13)
    )

    assert pytest.approx(worth * each, rel=1e-7) == [row["value"] for row in result["values"]]
    assert pytest.approx(float((worth * each).sum()), rel=1e-9) == result["value"]


def test_the_prediction_of_the_holdout() -> None:
    """Of the next 39 weeks of CDNOW the model foresees the repeat purchases within 15%."""
    orders = cdnow_orders()
    result = answer(orders=orders, as_of=SEPTEMBER, horizon=39)
    later = {(one["customer"], one["at"]) for one in orders if one["at"] > SEPTEMBER}

    assert pytest.approx(len(later), rel=0.15) == result["expected_purchases"]


def test_totals_are_the_sums_of_the_rows() -> None:
    """And the value of a row without a discount is purchases times order value."""
    result = answer(customers=cdnow_customers())
    rows = result["values"]

    assert pytest.approx(result["value"]) == sum(row["value"] for row in rows)
    assert pytest.approx(result["expected_purchases"]) == sum(
        row["expected_purchases"] for row in rows
    )
    assert pytest.approx(result["customers_alive"]) == sum(row["probability_alive"] for row in rows)
    assert pytest.approx(rows[0]["value"]) == (
        rows[0]["expected_purchases"] * rows[0]["expected_order_value"]
    )


def test_discounting_lowers_the_value_and_not_the_purchases() -> None:
    """Purchases are counted, money is discounted."""
    plain, discounted = (
        answer(customers=cdnow_customers(), horizon=20, discount_rate=rate) for rate in (0.0, 0.01)
    )

    assert plain["expected_purchases"] == discounted["expected_purchases"]
    assert plain["value"] / 1.01**20 < discounted["value"] < plain["value"] / 1.01


@pytest.mark.parametrize(("unit", "periods", "days"), [("day", 365, 1), ("month", 12, 30.4375)])
def test_the_horizon_is_a_year_in_any_unit(unit: str, periods: int, days: float) -> None:
    """The unit changes α and the length of the horizon, hardly the value."""
    weeks = answer(orders=cdnow_orders(), as_of=SEPTEMBER)
    result = answer(orders=cdnow_orders(), as_of=SEPTEMBER, time_unit=unit)

    assert (52, periods) == (weeks["horizon"], result["horizon"])
    assert (
        pytest.approx(weeks["purchase_model"]["alpha"] * 7 / days)
        == (result["purchase_model"]["alpha"])
    )
    assert pytest.approx(weeks["value"], rel=0.01) == result["value"]


def test_the_answer_is_json() -> None:
    """Plain numbers and no NaN, whatever numpy made of them."""
    result = predictive_lifetime_value(customers=cdnow_customers()).result

    assert result == json.loads(json.dumps(result, allow_nan=False))


def test_without_values_the_purchases_remain() -> None:
    """Unknown mean values: a reason instead of the value, and everything else."""
    customers = [one | {"mean_value": None} for one in cdnow_customers()]
    result = answer(customers=customers)

    assert (None, "no_order_values") == (result["value"], result["outcome"].reason.code)
    assert (None, None, None) == (
        result["spend_model"],
        result["values"][0]["value"],
        result["values"][0]["expected_order_value"],
    )
    assert 2357 > result["customers_alive"] > 946
    assert () == result["outcome"].warnings


def test_repeat_buyers_without_a_value_are_told() -> None:
    """They are valued at the mean over all customers."""
    customers = cdnow_customers()
    customers[0] |= {"mean_value": 0.0}
    result = answer(customers=customers)

    assert ["no_mean_value"] == codes(result["outcome"].warnings)
    assert 945 == result["spend_model"]["customers"]
    assert (
        pytest.approx(result["spend_model"]["mean_order_value"])
        == (result["values"][0]["expected_order_value"])
    )


def test_refunds_are_left_out_and_told() -> None:
    """The answer is that without them."""
    orders = [one for one in cdnow_orders() if one["at"] <= SEPTEMBER]
    refunded = [*orders, order("0001", "1997-09-01", -50), order("nobody", "1997-09-01", -50)]
    result = answer(orders=refunded, as_of=SEPTEMBER)

    assert answer(orders=orders, as_of=SEPTEMBER)["value"] == result["value"]
    assert ["refunds_left_out"] == codes(result["outcome"].warnings)


def test_the_last_order_closes_the_records_unless_told() -> None:
    """Ages count to the latest order."""
    orders = [one for one in cdnow_orders() if one["at"] <= SEPTEMBER]

    assert "1997-09-30" == answer(orders=orders)["as_of"]


def test_the_choices_are_told() -> None:
    """What the model cannot know, how values are discounted, how orders were collapsed."""
    from_orders = codes(answer(orders=cdnow_orders())["outcome"].assumptions)
    from_summaries = codes(answer(customers=cdnow_customers())["outcome"].assumptions)

    assert ["probability_alive", "independent_spend", "discounting"] == from_summaries
    assert [*from_summaries, "one_purchase_a_day"] == from_orders


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"orders": []}, "no_customers"),
        ({"customers": []}, "no_customers"),
        ({"orders": [order("a", "2026-01-01")]}, "no_repeat_purchases"),
        ({"orders": [order("a", "2026-01-01")] * 2}, "no_repeat_purchases"),
        ({"orders": [order("a", "2026-01-01", -1)]}, "no_customers"),
        (
            {"orders": [order("a", "2026-01-01")], "as_of": on("2025-01-01")},
            "no_customers",
        ),
        (
            {"orders": [order("a", f"2026-01-{day:02}") for day in range(1, 20)]},
            "no_convergence",
        ),
    ],
)
def test_too_little_to_learn_from_is_a_reason(inputs: dict[str, Any], code: str) -> None:
    """Nobody, nobody who came back, or one customer alone."""
    with pytest.raises(Undefined) as undefined:
        predictive_lifetime_value(**inputs)

    assert code == undefined.value.message.code


@pytest.mark.parametrize(
    ("inputs", "pointer", "code"),
    [
        ({}, "/orders", "missing"),
        ({"orders": [], "customers": []}, "/customers", "inconsistent_inputs"),
    ],
)
def test_orders_or_customers(inputs: dict[str, Any], pointer: str, code: str) -> None:
    """One of the two, not both."""
    with pytest.raises(Refused) as refused:
        predictive_lifetime_value(**inputs)

    assert (pointer, code) == (refused.value.pointer, refused.value.message.code)


def test_too_much_to_discount_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is known before it begins; without a discount there is none."""
    monkeypatch.setattr(predictive, "MOST_EVALUATIONS", 1000)
    with pytest.raises(Refused) as refused:
        answer(customers=cdnow_customers(), discount_rate=0.01)

    assert ("/horizon", "too_many_items") == (refused.value.pointer, refused.value.message.code)
    assert math.isfinite(answer(customers=cdnow_customers(), discount_rate=0.0)["value"])


def test_money_beyond_all_numbers_is_a_reason() -> None:
    """The sum over the customers overflows, the answer does not."""
    customers = [one | {"mean_value": one["mean_value"] * 1e299} for one in cdnow_customers()]
    outcome = predictive_lifetime_value(customers=customers)

    assert (None, "out_of_range") == (outcome.value, outcome.reason and outcome.reason.code)
