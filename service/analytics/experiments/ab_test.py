"""Which variant of a page, mail or offer works better, and could it be chance?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from service.analytics.experiments.ab_test_notes import assumptions, undefined, warnings
from service.analytics.experiments.arm_comparison import (
    Comparison,
    as_row,
    compare_means,
    compare_rates,
    limits,
    verdict,
)
from service.analytics.experiments.experiment_plan import Plan, plan_means, plan_rates
from service.analytics.experiments.means import SampleMean, welch_contrast
from service.analytics.experiments.sample_ratio import planned_shares, sample_ratio
from service.analytics.experiments.variants import (
    Variant,
    conversions_are_counted,
    proportion,
    sample_mean,
    variant_names,
)
from service.analytics.magnitude import in_range
from service.analytics.proportions import (
    Proportion,
    holm,
    homogeneity_test,
    smallest_expected,
    wilson_interval,
)
from service.message import Refused
from service.outcome import Outcome

Row: TypeAlias = dict[str, Any]
Sample: TypeAlias = Proportion | SampleMean

FEWEST_FOR_OVERALL_TEST = 3


@in_range
def ab_test(
    *,
    variants: Sequence[Variant],
    expected_share: Mapping[str, float] | None = None,
    minimum_detectable_effect: float | None = None,
    confidence: float = 0.95,
) -> Outcome:
    """Return the relative lift of the best variant over the control, which comes first.

    Rates are compared as in `compare_rates`, means as in `compare_means`.  For three
    variants and more a χ² test asks whether all rates are equal, and Holm's method adjusts
    the p values of the comparisons with the control.  *minimum_detectable_effect* is a
    change of the rate or of the mean.

    Raises:
        Refused: for variants that contradict themselves or each other, and for shares or an
            effect that do not fit them.
    """
    names = variant_names(variants)
    counted = conversions_are_counted(variants)
    shares = planned_shares(names, expected_share)
    if counted:
        _refuse_effect_beyond_rates(minimum_detectable_effect)
    significance = round(1 - confidence, 12)

    samples: list[Sample | None] = [
        proportion(one) if counted else sample_mean(one) for one in variants
    ]
    control, *arms = samples
    pairs = [(control, arm) if control and arm else None for arm in arms]
    compare, plan = _methods(counted=counted)
    # The first step of Holm's method, the hardest, is what a plan must stand.
    planned_significance = significance / len(arms)
    plans = [
        plan(*pair, minimum_detectable_effect, planned_significance) if pair else Plan()
        for pair in pairs
    ]
    comparisons = _comparison_rows(
        names[1:], [pair and compare(*pair, confidence) for pair in pairs], plans, significance
    )
    planned_size = max(one.visitors_per_variant or 0 for one in plans) or None
    leader = _leader(comparisons)
    result: Row = {
        "control": names[0],
        "leader": leader["name"],
        "winner": _winner(names[0], comparisons),
        "verdict": leader["verdict"],
        "variants": _variant_rows(variants, samples, shares, planned_size, confidence),
        "comparisons": comparisons,
        "overall": _overall(samples) if counted else None,
        "sample_ratio": sample_ratio([one["visitors"] for one in variants], shares),
        "minimum_detectable_effect": minimum_detectable_effect,
        "planned_visitors_per_variant": planned_size,
        "confidence": confidence,
    }
    return Outcome(
        leader["lift"],
        result,
        undefined(result, counted=counted),
        assumptions(result, significance, counted=counted, equal_split=expected_share is None),
        warnings(result, significance),
    )


def _refuse_effect_beyond_rates(effect: float | None) -> None:
    if effect is not None and abs(effect) > 1:
        raise Refused(
            "/minimum_detectable_effect",
            "out_of_range",
            "an effect of {effect:.6g} is no change of a rate; give it as a share, such as 0.05",
            effect=effect,
        )


def _methods(
    *, counted: bool
) -> tuple[
    Callable[[Any, Any, float], Comparison], Callable[[Any, Any, float | None, float], Plan]
]:
    if counted:
        return compare_rates, plan_rates
    return compare_means, plan_means


def _comparison_rows(
    names: Sequence[str],
    comparisons: Sequence[Comparison | None],
    plans: Sequence[Plan],
    significance: float,
) -> list[Row]:
    p_values = {
        name: one.p_value
        for name, one in zip(names, comparisons, strict=True)
        if one is not None and one.p_value is not None
    }
    adjusted = dict(zip(p_values, holm(list(p_values.values())), strict=True))
    rows = []
    for name, one, plan in zip(names, comparisons, plans, strict=True):
        p_value = adjusted.get(name)
        rows.append(
            {
                "name": name,
                **as_row(one),
                "adjusted_p_value": p_value,
                "verdict": one and verdict(one.difference, p_value, significance),
                "power": plan.power,
                "detectable_effect": plan.detectable_effect,
            }
        )
    return rows


def _leader(comparisons: Sequence[Row]) -> Row:
    """Return the row of the variant that is furthest above the control, the first of equals."""
    compared = [row for row in comparisons if row["difference"] is not None]
    if not compared:
        return {"name": None, "verdict": None, "lift": None}
    return max(compared, key=lambda row: row["difference"])


def _winner(control: str, comparisons: Sequence[Row]) -> str | None:
    """Return who is significantly ahead: the leader of the control, or the control of all."""
    leader = _leader(comparisons)
    if leader["verdict"] == "higher":
        return str(leader["name"])
    return control if all(row["verdict"] == "lower" for row in comparisons) else None


def _variant_rows(
    variants: Sequence[Variant],
    samples: Sequence[Sample | None],
    shares: Sequence[float],
    planned_size: int | None,
    confidence: float,
) -> list[Row]:
    visitors = sum(one["visitors"] for one in variants)
    rows = []
    for variant, sample, share in zip(variants, samples, shares, strict=True):
        interval = None
        if isinstance(sample, Proportion):
            interval = wilson_interval(sample, confidence)
        elif sample is not None:
            interval = welch_contrast([(1, sample)], confidence).interval
        rows.append(
            {
                **variant,
                "rate": sample.rate if isinstance(sample, Proportion) else None,
                "interval": limits(interval),
                "expected_visitors": visitors * share,
                "visitors_needed": None
                if planned_size is None
                else max(0, planned_size - variant["visitors"]),
            }
        )
    return rows


def _overall(samples: Sequence[Sample | None]) -> Row | None:
    """Return the χ² test that all rates are equal, None for fewer than three."""
    rates = [one for one in samples if isinstance(one, Proportion)]
    if len(rates) < FEWEST_FOR_OVERALL_TEST:
        return None
    test = homogeneity_test(rates)
    return {
        "test": test.name,
        "statistic": test.statistic,
        "degrees_of_freedom": test.degrees_of_freedom,
        "p_value": test.p_value,
        "smallest_expected_count": smallest_expected(rates),
    }
