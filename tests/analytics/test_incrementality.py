"""Incremental holdouts: published figures, intervals and edges."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from experiment_arms import codes, table
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from service.analytics.experiments.incremental_holdout import incremental_holdout
from service.message import Refused

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "incrementality.json").read_text("utf-8")
)
FEW = settings(max_examples=100, deadline=None, derandomize=True)


def arm(
    conversions: int, size: int, revenue: float | None = None, revenue_sd: float | None = None
) -> dict[str, Any]:
    return {
        "size": size,
        "conversions": conversions,
        "revenue": revenue,
        "revenue_sd": revenue_sd,
    }


@pytest.mark.parametrize("case", LITERATURE["holdouts"], ids=lambda one: one["source"])
def test_published_holdouts(case: dict[str, Any]) -> None:
    """Conversions, lift, revenue, return and profit are those of the published examples."""
    outcome = incremental_holdout(
        treated=arm(*case["treated"]),
        held_out=arm(*case["held_out"]),
        cost=case["cost"],
        value_per_conversion=case["value_per_conversion"],
        gross_margin=case["gross_margin"],
    )
    result = table(outcome)

    assert case["incremental_conversions"] == outcome.value == result["incremental_conversions"]
    for figure in (
        "lift",
        "incremental_revenue",
        "incremental_return_on_ad_spend",
        "incremental_profit",
    ):
        assert case[figure] == pytest.approx(result[figure])


def test_published_share_of_incremental_conversions() -> None:
    """120 of 400 conversions would not have happened: 30%."""
    (case,) = LITERATURE["shares"]
    expected = case["conversions"] - case["incremental"]
    outcome = incremental_holdout(
        treated=arm(case["conversions"], 10_000), held_out=arm(expected, 10_000), cost=0
    )

    assert case["incremental_share"] == table(outcome)["incremental_share"]
    assert expected == table(outcome)["expected_conversions"]


@FEW
@given(st.data())
def test_interval_is_that_of_statsmodels_per_head(data: st.DataObject) -> None:
    """The interval is Newcombe's of the rates, times the people reached."""
    sizes = [data.draw(st.integers(1, 10**6)) for _ in range(2)]
    (x, n), (y, m) = ((data.draw(st.integers(0, size)), size) for size in sizes)
    outcome = incremental_holdout(treated=arm(x, n), held_out=arm(y, m), cost=1)
    low, high = confint_proportions_2indep(x, n, y, m, method="newcomb", compare="diff")
    result = table(outcome)

    assert pytest.approx((n * low, n * high), rel=1e-6, abs=1e-6) == tuple(
        result["interval"].values()
    )
    assert result["interval"]["low"] - 1e-6 <= result["incremental_conversions"]
    assert pytest.approx(x - n * y / m, abs=1e-9 * n) == outcome.value


@FEW
@given(
    *[st.tuples(st.integers(2, 10**5), st.floats(-1e6, 1e6), st.floats(0.1, 1e3))] * 2,
)
def test_revenue_interval_is_welch_per_head(
    treated: tuple[int, float, float], held_out: tuple[int, float, float]
) -> None:
    """With the spread of revenue its interval is Welch's of the means, times the people."""
    (n, revenue, sd), (m, revenue_without, sd_without) = treated, held_out
    outcome = incremental_holdout(
        treated=arm(1, n, revenue, sd), held_out=arm(1, m, revenue_without, sd_without), cost=10
    )
    result = table(outcome)
    welch = stats.ttest_ind_from_stats(
        revenue / n, sd, n, revenue_without / m, sd_without, m, equal_var=False
    )
    errors = [sd**2 / n, sd_without**2 / m]
    degrees = sum(errors) ** 2 / (errors[0] ** 2 / (n - 1) + errors[1] ** 2 / (m - 1))
    margin = n * stats.t.ppf(0.975, degrees) * math.sqrt(sum(errors))
    middle = n * welch.statistic * math.sqrt(sum(errors))

    assert pytest.approx(middle, rel=1e-6, abs=1e-3) == result["incremental_revenue"]
    assert pytest.approx((middle - margin, middle + margin), rel=1e-6, abs=1e-3) == tuple(
        result["incremental_revenue_interval"].values()
    )
    assert (
        pytest.approx(middle / 10, rel=1e-6, abs=1e-3) == result["incremental_return_on_ad_spend"]
    )


@pytest.mark.parametrize(
    ("treated", "held_out", "value"),
    [
        (arm(10, 100, 500.0), arm(5, 100, 200.0), None),
        (arm(10, 100), arm(5, 100), 60.0),
        (arm(1, 1, 500.0, 1.0), arm(5, 100, 200.0, 1.0), None),
        (arm(10, 100, 500.0, 0.0), arm(5, 100, 200.0, 0.0), None),
    ],
)
def test_revenue_of_unknown_spread_has_no_interval(
    treated: dict[str, Any], held_out: dict[str, Any], value: float | None
) -> None:
    """Without a spread between people the revenue has no interval, and it is said."""
    outcome = incremental_holdout(
        treated=treated, held_out=held_out, cost=1, value_per_conversion=value
    )

    assert table(outcome)["incremental_revenue"] is not None
    assert table(outcome)["incremental_revenue_interval"] is None
    assert "revenue_interval_unknown" in codes(outcome.warnings)


def test_revenue_is_scaled_to_the_people_reached() -> None:
    """2 a head without the campaign, 5 with it: 80 people bring 240 more."""
    outcome = incremental_holdout(
        treated=arm(10, 80, 400.0), held_out=arm(5, 20, 40.0), cost=100, gross_margin=0.5
    )

    assert 240 == table(outcome)["incremental_revenue"]
    assert 2.4 == table(outcome)["incremental_return_on_ad_spend"]
    assert 20 == table(outcome)["incremental_profit"]


def test_what_cannot_be_known_is_said() -> None:
    """Without revenue, cost or margin the figures that need them are null, with a warning."""
    bare = incremental_holdout(treated=arm(10, 100), held_out=arm(5, 100), cost=5)
    free = incremental_holdout(
        treated=arm(10, 100), held_out=arm(5, 100), cost=0, value_per_conversion=3
    )

    assert table(bare)["incremental_revenue"] is None
    assert "revenue_unknown" in codes(bare.warnings)
    assert table(free)["incremental_return_on_ad_spend"] is None
    assert table(free)["incremental_profit"] is None
    assert {"no_cost", "profit_unknown"} <= codes(free.warnings)


@pytest.mark.parametrize(
    ("conversions", "cost_each"), [(10, 20.0), (5, None), (2, None)], ids=["more", "same", "fewer"]
)
def test_cost_per_incremental_conversion(conversions: int, cost_each: float | None) -> None:
    """The cost is shared by the conversions it brought, if it brought any."""
    outcome = incremental_holdout(treated=arm(conversions, 100), held_out=arm(5, 100), cost=100)

    assert cost_each == table(outcome)["cost_per_incremental_conversion"]


def test_a_harmful_campaign_is_negative() -> None:
    """Fewer conversions than without it: negative, significantly lower."""
    outcome = incremental_holdout(treated=arm(100, 1000), held_out=arm(200, 1000), cost=1)

    assert -100 == outcome.value
    assert "lower" == table(outcome)["verdict"]
    assert table(outcome)["interval"]["high"] < 0


def test_a_disagreeing_interval_of_a_holdout_is_a_warning() -> None:
    """Where p and the interval disagree about 0 the verdict follows p, and it is said."""
    outcome = incremental_holdout(treated=arm(46, 50), held_out=arm(47, 60), cost=1)

    assert "higher" == table(outcome)["verdict"]
    assert table(outcome)["interval"]["low"] < 0
    assert "interval_disagrees" in codes(outcome.warnings)


@pytest.mark.parametrize("sizes", [(0, 10), (10, 0), (0, 0)])
def test_an_empty_arm_is_undefined(sizes: tuple[int, int]) -> None:
    """Without people in both arms there is nothing to compare."""
    outcome = incremental_holdout(treated=arm(0, sizes[0]), held_out=arm(0, sizes[1]), cost=1)

    assert outcome.value is None
    assert outcome.reason is not None
    assert "division_by_zero" == outcome.reason.code
    assert "{" not in str(outcome.reason)


@pytest.mark.parametrize(
    ("treated", "held_out", "value", "pointer", "code"),
    [
        (arm(11, 10), arm(1, 10), None, "/treated/conversions", "part_exceeds_whole"),
        (arm(1, 10), arm(11, 10), None, "/held_out/conversions", "part_exceeds_whole"),
        (arm(1, 10, 5.0), arm(1, 10), None, "/held_out/revenue", "missing"),
        (arm(1, 10, 5.0, 1.0), arm(1, 10, 5.0), None, "/held_out/revenue_sd", "missing"),
        (arm(1, 10, None, 1.0), arm(1, 10, None, 1.0), None, "/treated/revenue", "missing"),
        (arm(1, 10, 5.0), arm(1, 10, 5.0), 3.0, "/value_per_conversion", "inconsistent_inputs"),
    ],
)
def test_contradicting_arms_are_refused(
    treated: dict[str, Any], held_out: dict[str, Any], value: float | None, pointer: str, code: str
) -> None:
    """More conversions than people, half a figure or two figures of revenue are errors."""
    with pytest.raises(Refused) as refusal:
        incremental_holdout(treated=treated, held_out=held_out, cost=1, value_per_conversion=value)

    assert (pointer, code) == (refusal.value.pointer, refusal.value.message.code)
    assert "{" not in str(refusal.value)


@pytest.mark.parametrize("revenue", [1e299, -1e299])
def test_revenue_at_the_end_of_floats_gives_no_infinity(revenue: float) -> None:
    """A figure beyond 1e300 is out of range, not infinite."""
    outcome = incremental_holdout(
        treated=arm(1, 10**12, revenue, 1e299), held_out=arm(1, 2, -revenue, 1e299), cost=1e-299
    )

    assert (None, "out_of_range") == (outcome.value, outcome.reason and outcome.reason.code)
