"""Differences in differences: a published figure, a regression and edges."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from experiment_arms import codes, table
from scipy import stats

from service.analytics.experiments.difference_in_differences import difference_in_differences
from service.message import Refused

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "incrementality.json").read_text("utf-8")
)


def cell(mean: float, size: int | None = None, sd: float | None = None) -> dict[str, Any]:
    return {"mean": mean, "size": size, "sd": sd}


def test_published_difference_in_differences() -> None:
    """Fast-food employment rose by 2.75 more in New Jersey than in Pennsylvania."""
    case = LITERATURE["difference_in_differences"]
    before = case["control_before"] + case["treated_minus_control_before"]
    outcome = difference_in_differences(
        treated_before=cell(before),
        treated_after=cell(before + case["treated_change"]),
        control_before=cell(case["control_before"]),
        control_after=cell(case["control_before"] + case["control_change"]),
    )
    result = table(outcome)

    assert pytest.approx(case["difference"], abs=1e-6) == outcome.value == result["difference"]
    assert pytest.approx(case["treated_change"]) == result["treated_change"]
    assert pytest.approx(case["control_change"]) == result["control_change"]
    assert "parallel_trends" in codes(outcome.assumptions)


def test_difference_in_differences_is_a_regression() -> None:
    """Estimate and standard error are those of the saturated regression with HC2 errors."""
    random = np.random.default_rng(1994)
    sizes, means, spreads = (31, 29, 17, 23), (20.0, 21.0, 23.0, 21.5), (9.0, 8.0, 12.0, 6.0)
    samples = [
        random.normal(mean, sd, size) for mean, sd, size in zip(means, spreads, sizes, strict=True)
    ]
    outcome = difference_in_differences(
        **{
            name: cell(float(one.mean()), len(one), float(one.std(ddof=1)))
            for name, one in zip(
                ("treated_before", "treated_after", "control_before", "control_after"),
                samples,
                strict=True,
            )
        }
    )
    treated = np.repeat([1, 1, 0, 0], sizes)
    after = np.repeat([0, 1, 0, 1], sizes)
    design = np.column_stack([np.ones_like(treated), treated, after, treated * after])
    fit = sm.OLS(np.concatenate(samples), design).fit(cov_type="HC2")
    result = table(outcome)
    variances = [one.var(ddof=1) / len(one) for one in samples]
    degrees = sum(variances) ** 2 / sum(
        v**2 / (n - 1) for v, n in zip(variances, sizes, strict=True)
    )

    assert pytest.approx((fit.params[3], fit.bse[3])) == (
        result["difference"],
        result["standard_error"],
    )
    assert pytest.approx(degrees) == result["degrees_of_freedom"]
    assert pytest.approx(2 * stats.t.sf(abs(fit.tvalues[3]), degrees)) == result["p_value"]
    assert pytest.approx(stats.t.interval(0.95, degrees, fit.params[3], fit.bse[3])) == tuple(
        result["interval"].values()
    )


@pytest.mark.parametrize(
    "last", [cell(1.0), cell(1.0, 10), cell(1.0, 1, 2.0)], ids=["bare", "no sd", "of one"]
)
def test_no_spread_no_standard_error(last: dict[str, Any]) -> None:
    """One cell without a standard deviation of several leaves the difference alone."""
    full = cell(3.0, 10, 1.0)
    outcome = difference_in_differences(
        treated_before=full, treated_after=full, control_before=full, control_after=last
    )

    assert 2 == outcome.value
    assert {None} == {
        table(outcome)[key] for key in ("standard_error", "interval", "p_value", "verdict", "test")
    }
    assert {"no_standard_error"} == codes(outcome.warnings)


def test_constant_cells_have_no_standard_error() -> None:
    """Standard deviations of 0 everywhere are no measure of chance."""
    flat = cell(3.0, 10, 0.0)
    outcome = difference_in_differences(
        treated_before=flat, treated_after=flat, control_before=flat, control_after=flat
    )

    assert (0, None) == (outcome.value, table(outcome)["standard_error"])


@pytest.mark.parametrize(("after", "verdict"), [(9.0, "higher"), (1.0, "lower")])
def test_verdict_of_a_clear_difference(after: float, verdict: str) -> None:
    """A change far beyond chance has a direction."""
    flat = cell(5.0, 100, 1.0)
    outcome = difference_in_differences(
        treated_before=flat,
        treated_after=cell(after, 100, 1.0),
        control_before=flat,
        control_after=flat,
    )

    assert verdict == table(outcome)["verdict"]


def test_a_spread_without_its_size_is_refused() -> None:
    """A standard deviation says nothing without the number of observations."""
    bare = cell(1.0)
    with pytest.raises(Refused) as refusal:
        difference_in_differences(
            treated_before=bare,
            treated_after=bare,
            control_before=cell(1.0, None, 2.0),
            control_after=bare,
        )

    assert ("/control_before/size", "missing") == (
        refusal.value.pointer,
        refusal.value.message.code,
    )


def test_means_at_the_ends_of_floats_give_no_infinity() -> None:
    """Differences of 1e300 and more are out of range."""
    high, low = cell(9e299, 10, 1.0), cell(-9e299, 10, 1.0)
    outcome = difference_in_differences(
        treated_before=low, treated_after=high, control_before=high, control_after=low
    )

    assert (None, "out_of_range") == (outcome.value, outcome.reason and outcome.reason.code)
