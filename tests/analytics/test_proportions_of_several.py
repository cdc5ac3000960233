"""Several rates, several p values and the split of a sample, against R, scipy and statsmodels."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_chisquare

from service.analytics.proportions import (
    Proportion,
    goodness_of_fit_test,
    holm,
    homogeneity_test,
    two_proportion_test,
)

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "ab_test.json").read_text("utf-8")
)

proportions = st.integers(1, 10**6).flatmap(
    lambda trials: st.builds(Proportion, st.integers(0, trials), st.just(trials))
)


def test_homogeneity_of_r() -> None:
    """Four samples get the χ², degrees of freedom and p of R."""
    case = LITERATURE["k_samples"]
    test = homogeneity_test([Proportion(*one) for one in case["samples"]])

    assert pytest.approx((case["statistic"], case["degrees_of_freedom"], case["p"]), rel=1e-9) == (
        test.statistic,
        test.degrees_of_freedom,
        test.p_value,
    )


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(proportions, min_size=2, max_size=8))
def test_homogeneity_of_statsmodels(samples: list[Proportion]) -> None:
    """Several samples get the χ² of statsmodels, and 0 where nothing varies."""
    successes, trials = (sum(column) for column in zip(*samples, strict=True))
    test = homogeneity_test(samples)
    if successes in (0, trials):
        assert (0, 1) == (test.statistic, test.p_value)
    else:
        statistic, p_value, _ = proportions_chisquare(*zip(*samples, strict=True))

        assert pytest.approx((statistic, p_value), rel=1e-6, abs=1e-12) == (
            test.statistic,
            test.p_value,
        )


def test_homogeneity_of_two_is_the_square_of_z() -> None:
    """Two samples ask the same of χ² as of the pooled z test."""
    pair = Proportion(100, 1000), Proportion(130, 1000)
    chi_squared, z = homogeneity_test(pair), two_proportion_test(*pair)

    assert z.statistic is not None
    assert pytest.approx((z.statistic**2, z.p_value)) == (
        chi_squared.statistic,
        chi_squared.p_value,
    )


def test_holm_of_r() -> None:
    """The six pairs of four samples get the raw and the adjusted p values of R."""
    case = LITERATURE["k_samples"]
    samples = [Proportion(*one) for one in case["samples"]]
    # R uses the z test for all of them, whatever is expected.
    raw = [homogeneity_test(pair).p_value for pair in combinations(samples, 2)]

    assert pytest.approx(case["pairs_raw"], rel=1e-9) == raw
    assert pytest.approx(case["pairs_holm"], rel=1e-9) == holm(raw)


@pytest.mark.parametrize(
    "p_values",
    [[0.2], [0.04, 0.01, 0.03], [0.02, 0.02, 0.02], [0.9, 0.8, 0.001], [0, 1, 0.5, 0.01, 0.02]],
    ids=str,
)
def test_holm_of_statsmodels(p_values: list[float]) -> None:
    """One, unsorted, tied, large and extreme p values are adjusted as statsmodels does."""
    expected = multipletests(p_values, method="holm")[1]

    assert pytest.approx(list(expected), abs=1e-12) == holm(p_values)


def test_holm_of_nothing_is_nothing() -> None:
    """No comparisons need no adjustment."""
    assert [] == holm([])


@pytest.mark.parametrize("case", LITERATURE["sample_ratios"], ids=lambda one: one["source"])
def test_goodness_of_fit_of_the_literature(case: dict[str, Any]) -> None:
    """The published p of an uneven split comes out, as far as it is printed."""
    test = goodness_of_fit_test(case["visitors"], [0.5, 0.5])

    assert pytest.approx(case["p"], rel=0.05) == test.p_value


def test_goodness_of_fit_of_scipy() -> None:
    """Unequal shares are tested as scipy does."""
    expected = stats.chisquare([5100, 2400, 2500], [5000, 2500, 2500])
    test = goodness_of_fit_test([5100, 2400, 2500], [0.5, 0.25, 0.25])

    assert pytest.approx(tuple(expected)) == (test.statistic, test.p_value)
    assert test.degrees_of_freedom == 2
