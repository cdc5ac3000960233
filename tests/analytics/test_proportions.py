"""Rates and their tests, against statsmodels, scipy, published figures and fractions."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)

from service.analytics.proportions import (
    Proportion,
    difference_interval,
    normal_quantile,
    rate_difference,
    ratio_interval,
    smallest_expected,
    two_proportion_test,
    two_sided_quantile,
    wilson_interval,
)

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "ab_test.json").read_text("utf-8")
)
FEW = settings(max_examples=100, deadline=None, derandomize=True)


@st.composite
def proportions(draw: Any, most: int = 10**6) -> Proportion:
    trials = draw(st.integers(1, most))
    return Proportion(draw(st.integers(0, trials)), trials)


confidences = st.floats(0.5, 0.999)


@FEW
@given(proportions(), confidences)
def test_wilson_interval_of_statsmodels(sample: Proportion, confidence: float) -> None:
    """A rate has the interval that statsmodels gives it."""
    expected = proportion_confint(*sample, alpha=1 - confidence, method="wilson")

    assert pytest.approx(expected, rel=1e-9, abs=1e-12) == wilson_interval(sample, confidence)


@FEW
@given(proportions(10**15))
def test_wilson_interval_stays_within_zero_and_one(sample: Proportion) -> None:
    """The interval of a rate is part of [0, 1] and holds the rate."""
    low, high = wilson_interval(sample)

    assert 0 <= low <= sample.rate <= high <= 1


@FEW
@given(st.integers(1, 10**15), confidences)
def test_wilson_interval_reaches_the_ends_exactly(trials: int, confidence: float) -> None:
    """Nobody leaves the lower limit at 0, everybody the upper at 1, without a crumb."""
    nobody, everybody = (wilson_interval(Proportion(x, trials), confidence) for x in (0, trials))

    assert (0, 1) == (nobody.low, everybody.high)


@FEW
@given(proportions(), proportions())
def test_difference_interval_of_statsmodels(first: Proportion, second: Proportion) -> None:
    """A difference has Newcombe's interval as statsmodels computes it."""
    expected = confint_proportions_2indep(*second, *first, method="newcomb", compare="diff")

    assert pytest.approx(expected, rel=1e-7, abs=1e-10) == difference_interval(first, second)


@FEW
@given(proportions(), proportions())
def test_difference_interval_mirrors(first: Proportion, second: Proportion) -> None:
    """Swapping the samples turns the interval around."""
    low, high = difference_interval(first, second)

    assert pytest.approx((-high, -low), abs=1e-12) == difference_interval(second, first)


@FEW
@given(proportions(), proportions())
def test_ratio_interval_of_statsmodels(first: Proportion, second: Proportion) -> None:
    """A ratio has the adjusted-log interval of statsmodels, from 0 when nobody succeeded."""
    interval = ratio_interval(first, second)
    if interval is None:  # everybody succeeded in both
        return
    low, high = confint_proportions_2indep(*second, *first, method="log-adjusted", compare="ratio")

    assert pytest.approx((low if second.successes else 0, high), rel=1e-6) == interval


@FEW
@given(proportions(), proportions())
def test_ratio_interval_holds_the_ratio(first: Proportion, second: Proportion) -> None:
    """The interval of a ratio is never beside the ratio."""
    interval = ratio_interval(first, second)
    if interval is None or first.successes == 0:
        return
    ratio = second.rate / first.rate

    assert interval.low <= ratio * (1 + 1e-9)
    assert interval.high >= ratio * (1 - 1e-9)


def test_ratio_interval_without_failures_does_not_exist() -> None:
    """Where everybody succeeded in both samples no interval of no width is claimed."""
    assert ratio_interval(Proportion(3, 3), Proportion(9, 9)) is None


def test_intervals_of_fagerland() -> None:
    """The published intervals for 7 of 34 against 1 of 34 come out."""
    case = LITERATURE["intervals"]
    first, second = Proportion(*case["first"]), Proportion(*case["second"])

    assert pytest.approx(case["newcombe"], abs=0.005) == difference_interval(first, second)
    assert pytest.approx(case["ratio_adjusted_log"], rel=0.01) == ratio_interval(first, second)


@pytest.mark.parametrize("case", LITERATURE["two_proportions"], ids=lambda one: one["source"])
def test_pooled_z_of_the_literature(case: dict[str, Any]) -> None:
    """The published z and p come out, as far as they are printed."""
    test = two_proportion_test(Proportion(*case["control"]), Proportion(*case["variant"]))

    assert pytest.approx(case["z"], abs=5e-4) == test.statistic
    assert pytest.approx(case["p"], abs=5e-5) == test.p_value


@FEW
@given(proportions(), proportions())
def test_pooled_z_of_statsmodels(first: Proportion, second: Proportion) -> None:
    """With enough expected in each cell the test is the pooled z test of statsmodels."""
    if smallest_expected((first, second)) < 5:
        return
    counts, trials = zip(second, first, strict=True)
    statistic, p_value = proportions_ztest(counts, trials)
    test = two_proportion_test(first, second)

    assert test.name == "pooled_z"
    assert pytest.approx((statistic, p_value), rel=1e-6, abs=1e-12) == (
        test.statistic,
        test.p_value,
    )


def test_equal_rates_of_unequal_samples_differ_by_nothing() -> None:
    """1 of 3 and a third of ten billion are the same rate: difference 0, z 0, p 1."""
    first, second = Proportion(100, 300), Proportion(10**10, 3 * 10**10)
    test = two_proportion_test(first, second)

    assert (0, 0, 1) == (rate_difference(first, second), test.statistic, test.p_value)


def fisher_by_counting(first: Proportion, second: Proportion) -> float:
    """Add up, in fractions, the tables that are no likelier than the one seen."""
    successes, trials = first.successes + second.successes, first.trials + second.trials
    whole = math.comb(trials, successes)

    def probability(x: int) -> Fraction:
        ways = math.comb(first.trials, x) * math.comb(second.trials, successes - x)
        return Fraction(ways, whole)

    seen = probability(first.successes)
    likely = [probability(x) for x in range(min(first.trials, successes) + 1)]
    return float(sum(one for one in likely if one <= seen))


def test_fisher_counts_every_small_table() -> None:
    """With fewer than 5 expected in a cell p is that of the enumerated tables."""
    samples = [Proportion(x, n) for n in (1, 2, 3, 5, 9) for x in range(n + 1)]
    wrong = [
        (first, second)
        for first, second in product(samples, samples)
        if not math.isclose(
            fisher_by_counting(first, second),
            two_proportion_test(first, second).p_value,
            rel_tol=1e-9,
        )
    ]

    assert [] == wrong


@FEW
@given(st.integers(0, 30), proportions(10**5), st.integers(1, 50))
def test_fisher_of_scipy(rare: int, large: Proportion, small: int) -> None:
    """Rare outcomes and small samples beside large ones get the p of scipy."""
    for first, second in (
        (Proportion(min(rare, large.trials), large.trials), Proportion(rare % (small + 1), small)),
        (Proportion(small - rare % (small + 1), small), large),
    ):
        test = two_proportion_test(first, second)
        if test.name == "fisher_exact":
            table = [[x, n - x] for x, n in (first, second)]

            assert pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-6) == test.p_value


def test_fisher_of_huge_samples_is_a_coin_toss() -> None:
    """Four conversions, all in one of two endless equal samples: 2 ÷ 2⁴."""
    test = two_proportion_test(Proportion(0, 10**15), Proportion(4, 10**15))

    assert test.name == "fisher_exact"
    assert pytest.approx(0.125, rel=1e-9) == test.p_value


def test_fisher_of_long_tables_stays_short() -> None:
    """A table with ten million possible counts is summed where it has any weight.

    With an expected count of 0.1 the count is a Poisson variable; three are p = P(X ≥ 3).
    """
    few, many = Proportion(3, 10**7), Proportion(10**7 - 3, 10**15 - 10**7)
    test = two_proportion_test(few, many)

    assert test.name == "fisher_exact"
    assert pytest.approx(stats.poisson.sf(2, 0.1), rel=1e-6) == test.p_value


def test_fractional_counts_are_tested_too() -> None:
    """Conversions shared between channels get the z test, or Fisher's of the nearest counts."""
    z = two_proportion_test(Proportion(100.5, 1000), Proportion(130.25, 1000.5))
    fisher = two_proportion_test(Proportion(0.6, 10.2), Proportion(3.9, 9.7))

    assert pytest.approx(proportions_ztest([130.25, 100.5], [1000.5, 1000])) == (
        z.statistic,
        z.p_value,
    )
    assert pytest.approx(stats.fisher_exact([[1, 9], [4, 6]]).pvalue) == fisher.p_value


def test_fisher_far_in_the_tail_is_no_error() -> None:
    """A table too unlikely for a float has p = 0."""
    test = two_proportion_test(Proportion(1000, 1000), Proportion(0, 10**15))

    assert ("fisher_exact", 0) == (test.name, test.p_value)


def test_quantiles_of_the_tables() -> None:
    """95% lie within ± 1.96, and 80% below 0.84."""
    assert pytest.approx((1.959964, 0.841621), abs=1e-6) == (
        two_sided_quantile(0.95),
        normal_quantile(0.8),
    )
