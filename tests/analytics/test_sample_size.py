"""How large a test must be and what one can see: published sizes, and both ways round."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

from service.analytics.experiments.power import detectable_rise, power_of_rates, visitors_for_rates
from service.analytics.experiments.sample_size import ab_test_sample_size
from service.message import Refused

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "ab_test.json").read_text("utf-8")
)
FEW = settings(max_examples=100, deadline=None, derandomize=True)


@pytest.mark.parametrize("case", LITERATURE["sample_sizes"], ids=lambda one: one["source"])
def test_published_sizes(case: dict[str, Any]) -> None:
    """20% + 5 points: 1,094 with the pooled variance, 1,030 with the baseline's, and it says so."""
    outcome = ab_test_sample_size(
        baseline_rate=0.2,
        minimum_detectable_effect=0.05,
        baseline_variance=case["baseline_variance"],
    )
    used = "baseline_variance" if case["baseline_variance"] else "pooled_variance"

    assert case["size"] == outcome.value
    assert used in {one.code for one in outcome.assumptions}


def test_result_repeats_what_was_planned() -> None:
    """The answer holds both sides, the rates and the conventions."""
    outcome = ab_test_sample_size(baseline_rate=0.2, minimum_detectable_effect=0.05)

    assert outcome.result == {
        "visitors_per_variant": 1094,
        "visitors": 2188,
        "baseline_rate": 0.2,
        "target_rate": 0.25,
        "effect": 0.05,
        "power": 0.8,
        "confidence": 0.95,
        "variance": "pooled",
    }


def test_power_of_r() -> None:
    """50 visitors a side see 50% against 75% with the power that R prints."""
    case = LITERATURE["power"][0]
    power = power_of_rates(case["baseline"], case["effect"], (case["size"],) * 2, 0.05)

    assert pytest.approx(case["power"], rel=1e-12) == power


def test_size_of_r() -> None:
    """R's 76.7 visitors a side for a power of 90% are 77."""
    case = LITERATURE["power"][1]
    outcome = ab_test_sample_size(
        baseline_rate=case["baseline"], minimum_detectable_effect=case["effect"], power=0.9
    )

    assert 77 == outcome.value


@FEW
@given(st.floats(0.01, 0.99), st.floats(-0.9, 0.9), st.floats(0.5, 0.99), st.floats(0.5, 0.99))
def test_size_of_statsmodels(rate: float, effect: float, power: float, confidence: float) -> None:
    """Any size is that of statsmodels, rounded up."""
    assume(0.01 <= rate + effect <= 0.99)
    assume(abs(effect) > 0.001)
    outcome = ab_test_sample_size(
        baseline_rate=rate, minimum_detectable_effect=effect, power=power, confidence=confidence
    )
    exact = samplesize_proportions_2indep_onetail(effect, rate, power, alpha=1 - confidence)

    assert outcome.value is not None
    assert exact * (1 - 1e-6) <= outcome.value < max(exact, 0) * (1 + 1e-6) + 1


@FEW
@given(st.floats(0.01, 0.99), st.floats(-0.9, 0.9))
def test_the_size_has_the_power_and_one_less_has_not(rate: float, effect: float) -> None:
    """Size and power are the same equation, solved for one and for the other."""
    assume(0.01 <= rate + effect <= 0.99)
    assume(abs(effect) > 0.001)
    size = visitors_for_rates(rate, effect, 0.05)

    assert size is not None
    assert power_of_rates(rate, effect, (size, size), 0.05) >= 0.8 - 1e-9
    assert size == 1 or power_of_rates(rate, effect, (size - 1, size - 1), 0.05) < 0.8 + 1e-9


@FEW
@given(st.floats(0, 0.99), st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_detectable_rise_is_seen_with_the_power(rate: float, control: int, arm: int) -> None:
    """The detectable rise has a power of 80% at these sizes, or even the largest has less."""
    rise = detectable_rise(rate, (control, arm), 0.05)
    if rise is None:
        assert power_of_rates(rate, 1 - rate, (control, arm), 0.05) < 0.8
    else:
        assert pytest.approx(0.8, abs=1e-6) == power_of_rates(rate, rise, (control, arm), 0.05)


def test_nothing_rises_above_everybody() -> None:
    """Where everybody converts there is no rise to detect."""
    assert detectable_rise(1, (100, 100), 0.05) is None


def test_power_counts_one_tail_of_unequal_arms() -> None:
    """100 against 300 visitors, 10% against 20%: the normal probability by hand."""
    pooled = (100 * 0.1 + 300 * 0.2) / 400
    null_error = (pooled * (1 - pooled) * (1 / 100 + 1 / 300)) ** 0.5
    error = (0.1 * 0.9 / 100 + 0.2 * 0.8 / 300) ** 0.5
    expected = stats.norm.cdf((0.1 - stats.norm.ppf(0.975) * null_error) / error)

    assert pytest.approx(expected, rel=1e-12) == power_of_rates(0.1, 0.1, (100, 300), 0.05)


@pytest.mark.parametrize(("size", "power"), [(1, 0), (3, 1)])
def test_from_nobody_to_everybody_is_certain(size: int, power: int) -> None:
    """0% against 100%: the outcome is fixed, and so is whether it is significant."""
    assert power == power_of_rates(0, 1, (size, size), 0.05)


def test_a_relative_effect_is_a_share_of_the_baseline() -> None:
    """25% over a baseline of 20% are 5 points."""
    outcome = ab_test_sample_size(baseline_rate=0.2, minimum_detectable_effect=0.25, relative=True)

    assert 1094 == outcome.value


def test_a_fall_may_be_planned() -> None:
    """A fall from 25% to 20% needs what the rise needs."""
    outcome = ab_test_sample_size(baseline_rate=0.25, minimum_detectable_effect=-0.05)

    assert 1094 == outcome.value


@pytest.mark.parametrize(("baseline", "effect"), [(0.3, -0.3), (0.9, 0.1), (0, 0.5), (1, -1)])
def test_rates_of_nobody_and_everybody_can_be_targets(baseline: float, effect: float) -> None:
    """0 and 1 are rates."""
    outcome = ab_test_sample_size(baseline_rate=baseline, minimum_detectable_effect=effect)

    assert outcome.value is not None
    assert outcome.value >= 1


def test_a_test_has_at_least_one_visitor() -> None:
    """From one in a thousand to nearly all, the nearest size would be none."""
    outcome = ab_test_sample_size(
        baseline_rate=0.001, minimum_detectable_effect=0.998, baseline_variance=True
    )

    assert 1 == outcome.value


@pytest.mark.parametrize(("baseline", "effect"), [(0.9, 0.2), (0.1, -0.2), (0.2, 5)])
def test_a_target_that_is_no_rate_is_refused(baseline: float, effect: float) -> None:
    """Baseline and effect contradict each other when they lead out of [0, 1]."""
    with pytest.raises(Refused, match="0 and 1") as refusal:
        ab_test_sample_size(baseline_rate=baseline, minimum_detectable_effect=effect)

    assert ("/minimum_detectable_effect", "inconsistent_inputs") == (
        refusal.value.pointer,
        refusal.value.message.code,
    )


@pytest.mark.parametrize(
    ("baseline", "effect", "options", "code"),
    [
        (0.2, 0, {}, "division_by_zero"),
        (0, 0.5, {"relative": True}, "division_by_zero"),
        (0, 0.5, {"baseline_variance": True}, "no_variance"),
        (1, -0.5, {"baseline_variance": True}, "no_variance"),
        (0.2, 1e-9, {}, "out_of_range"),
        (0.2, 1e-300, {}, "out_of_range"),
    ],
)
def test_sizes_that_do_not_exist(
    baseline: float, effect: float, options: dict[str, bool], code: str
) -> None:
    """No effect, no variance or too many visitors: a reason instead of a size."""
    outcome = ab_test_sample_size(
        baseline_rate=baseline, minimum_detectable_effect=effect, **options
    )

    assert outcome.value is None
    assert outcome.reason is not None
    assert code == outcome.reason.code
    assert "{" not in str(outcome.reason)


@pytest.mark.parametrize(("power", "confidence"), [(0.9, 0.95), (0.8, 0.99)])
def test_more_certainty_costs_more_visitors(power: float, confidence: float) -> None:
    """More power and more confidence each need a larger test."""
    outcome = ab_test_sample_size(
        baseline_rate=0.2, minimum_detectable_effect=0.05, power=power, confidence=confidence
    )

    assert outcome.value is not None
    assert outcome.value > 1094


def test_the_significance_is_named_without_rounding_dust() -> None:
    """95% confidence is a significance of 0.05, not of 0.050000000000000044."""
    outcome = ab_test_sample_size(baseline_rate=0.2, minimum_detectable_effect=0.05)

    assert str(outcome.assumptions[0]).endswith("below 0.05")
