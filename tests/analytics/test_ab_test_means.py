"""The A/B test of means: Welch, lift, plan and edges."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from experiment_arms import codes, comparison, measured, table
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from service.analytics.experiments.ab_test import ab_test

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "ab_test.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", LITERATURE["lift_signs"]["cases"], ids=str)
def test_lift_has_the_sign_of_the_difference(case: dict[str, Any]) -> None:
    """The lift of a mean is divided by |control|; a control of 0 has none."""
    outcome = ab_test(variants=measured((case["control"], 1, 9), (case["variant"], 1, 9)))

    assert case["lift"] == outcome.value == comparison(outcome)["lift"]
    assert (outcome.reason is None) == (case["lift"] is not None)


def test_welch_of_the_literature() -> None:
    """Two sets of screws get the published difference, t, degrees of freedom and p."""
    case = LITERATURE["welch"]
    arms = [
        (float(stats.tmean(one)), float(stats.tstd(one)), len(one))
        for one in (case["first"], case["second"])
    ]
    row = comparison(ab_test(variants=measured(*arms)))

    assert pytest.approx(case["difference"]) == row["difference"]
    assert pytest.approx(case["t"], abs=5e-4) == row["statistic"]
    assert pytest.approx(case["degrees_of_freedom"], abs=5e-4) == row["degrees_of_freedom"]
    assert pytest.approx(case["p"], abs=5e-6) == row["p_value"]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    *[st.tuples(st.floats(-1e6, 1e6), st.floats(0.1, 1e4), st.integers(2, 10**6))] * 2,
)
def test_welch_of_scipy(control: tuple[float, float, int], arm: tuple[float, float, int]) -> None:
    """Means are compared as scipy does it, with the interval of the difference."""
    expected = stats.ttest_ind_from_stats(*arm, *control, equal_var=False)
    row = comparison(ab_test(variants=measured(control, arm)))
    error = math.sqrt(sum(sd**2 / n for _, sd, n in (control, arm)))
    margin = stats.t.ppf(0.975, row["degrees_of_freedom"]) * error
    low, high = row["difference_interval"].values()

    assert pytest.approx(tuple(expected), rel=1e-6, abs=1e-12) == (
        row["statistic"],
        row["p_value"],
    )
    assert pytest.approx((row["difference"], margin), rel=1e-9, abs=1e-6) == (
        (low + high) / 2,
        (high - low) / 2,
    )


def test_means_are_planned_with_their_spread() -> None:
    """16·sd² ÷ effect² a variant, the rule of thumb, is what the plan says, nearly."""
    outcome = ab_test(variants=measured((50, 10, 100), (51, 10, 100)), minimum_detectable_effect=2)
    without = ab_test(variants=measured((50, 10, 393), (51, 10, 393)))

    assert (
        pytest.approx(16 * 10**2 / 2**2, rel=0.02) == table(outcome)["planned_visitors_per_variant"]
    )
    assert pytest.approx(2, rel=2e-3) == comparison(without)["detectable_effect"]
    assert (
        pytest.approx(stats.norm.cdf(2 / (10 * math.sqrt(2 / 100)) - 1.959964), abs=1e-6)
        == comparison(outcome)["power"]
    )


@pytest.mark.parametrize(("sd", "effect"), [(0, 2), (10, 0)])
def test_means_that_cannot_be_planned_are_a_warning(sd: float, effect: float) -> None:
    """Without spread, or for an effect of 0, means have no size and no power."""
    outcome = ab_test(
        variants=measured((50, sd, 100), (51, sd, 100)), minimum_detectable_effect=effect
    )

    assert comparison(outcome)["power"] is None
    assert "no_plan" in codes(outcome.warnings)


def test_means_without_spread_have_no_verdict() -> None:
    """Standard deviations of 0 leave nothing to test against: a lift, no p, a warning."""
    outcome = ab_test(variants=measured((50, 0, 100), (51, 0, 100)))

    assert pytest.approx(0.02) == outcome.value
    assert (None, None) == (comparison(outcome)["p_value"], comparison(outcome)["verdict"])
    assert "no_spread" in codes(outcome.warnings)


def test_one_observation_has_no_spread() -> None:
    """A mean of one visitor cannot be compared."""
    outcome = ab_test(variants=measured((50, 0, 1), (51, 3, 100)))

    assert outcome.reason is not None
    assert "division_by_zero" == outcome.reason.code


@pytest.mark.parametrize("mean", [1e299, 1e-299])
def test_means_at_the_ends_of_floats_give_no_infinity(mean: float) -> None:
    """A figure of 1e300 or more is answered as out of range, never as infinity."""
    outcome = ab_test(variants=measured((mean, 1e-200, 10), (-1e299, 1e299, 10)))

    assert outcome.result is None or table(outcome)
    assert outcome.value is None or math.isfinite(outcome.value)
