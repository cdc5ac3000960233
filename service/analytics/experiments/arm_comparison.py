"""How does one arm of an experiment differ from its control?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from service.analytics.experiments.means import SampleMean, welch_contrast
from service.analytics.magnitude import ratio
from service.analytics.proportions import (
    Interval,
    Proportion,
    difference_interval,
    rate_difference,
    ratio_interval,
    two_proportion_test,
)
from service.message import Message

Verdict = Literal["higher", "lower", "not_significant"]


class Comparison(NamedTuple):
    """Arm minus control, absolutely and relative to the control, and the test that it is 0.

    The lift is None on a control of 0.  Its interval is None there too, for means, and
    where everybody converted in both arms.
    """

    difference: float
    difference_interval: Interval | None
    lift: float | None
    lift_interval: Interval | None
    test: str
    statistic: float | None
    degrees_of_freedom: float | None
    p_value: float | None


def compare_rates(control: Proportion, arm: Proportion, confidence: float) -> Comparison:
    """Return how the rate of *arm* differs from that of *control*.

    Newcombe's interval of the difference, the adjusted-log interval of the lift, and the
    pooled z test or Fisher's.
    """
    test = two_proportion_test(control, arm)
    ratio_limits = ratio_interval(control, arm, confidence) if control.successes else None
    return Comparison(
        rate_difference(control, arm),
        difference_interval(control, arm, confidence),
        ratio(
            arm.successes * control.trials - control.successes * arm.trials,
            control.successes * arm.trials,
        ),
        ratio_limits and Interval(ratio_limits.low - 1, ratio_limits.high - 1),
        test.name,
        test.statistic,
        test.degrees_of_freedom,
        test.p_value,
    )


def compare_means(control: SampleMean, arm: SampleMean, confidence: float) -> Comparison:
    """Return how the mean of *arm* differs from that of *control*, by Welch's test.

    The lift is divided by |control|, so that its sign is that of the difference.
    """
    contrast = welch_contrast(((1, arm), (-1, control)), confidence)
    return Comparison(
        contrast.estimate,
        contrast.interval,
        ratio(contrast.estimate, abs(control.mean)),
        None,
        "welch_t",
        contrast.statistic,
        contrast.degrees_of_freedom,
        contrast.p_value,
    )


def verdict(difference: float, p_value: float | None, significance: float) -> Verdict | None:
    """Return which way a difference points, if p is below *significance*; None without a p."""
    if p_value is None:
        return None
    if p_value >= significance:
        return "not_significant"
    return "higher" if difference > 0 else "lower"


def limits(interval: Interval | None) -> dict[str, float] | None:
    """Return an interval as answers write it."""
    return interval and interval._asdict()


def as_row(comparison: Comparison | None) -> dict[str, Any]:
    """Return a comparison as answers write it; every field is None without one."""
    if comparison is None:
        return dict.fromkeys(Comparison._fields)
    return comparison._asdict() | {
        "difference_interval": limits(comparison.difference_interval),
        "lift_interval": limits(comparison.lift_interval),
    }


def contradicts(row: Mapping[str, Any]) -> bool:
    """Return whether the verdict of a comparison and its interval disagree about 0."""
    interval = row["difference_interval"]
    if interval is None or row["verdict"] is None:
        return False
    beyond_zero: bool = interval["low"] > 0 or interval["high"] < 0
    significant: bool = row["verdict"] != "not_significant"
    return beyond_zero != significant


def interval_disagrees(names: str) -> Message:
    """Return the warning that the p values of *names* and their intervals part ways."""
    return Message(
        "interval_disagrees",
        "p and the interval of the difference disagree about a difference of 0 for {names}; the "
        "verdict follows p, but treat it as undecided",
        {"names": names},
    )


def two_sided(significance: float) -> Message:
    """Return the assumption that differences either way count."""
    return Message(
        "two_sided_test",
        "the test is two-sided: a difference counts as significant when p is below {significance}",
        {"significance": significance},
    )


RATE_METHODS = Message(
    "rate_methods",
    "rates have Wilson intervals, their difference Newcombe's without continuity correction, the "
    "lift that of the adjusted log ratio; p is of the pooled z test, or of Fisher's exact test "
    "where a count under 5 is expected",
)
