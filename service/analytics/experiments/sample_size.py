"""How many visitors does an A/B test need?"""

from __future__ import annotations

from service.analytics.experiments.arm_comparison import two_sided
from service.analytics.experiments.power import POWER, is_rate, visitors_for_rates
from service.message import Message, Refused
from service.outcome import Outcome


def ab_test_sample_size(
    *,
    baseline_rate: float,
    minimum_detectable_effect: float,
    relative: bool = False,
    power: float = POWER,
    confidence: float = 0.95,
    baseline_variance: bool = False,
) -> Outcome:
    """Return the visitors that each of two variants needs to see the effect.

    *minimum_detectable_effect* is a change of the rate, up or down, or with *relative* a
    share of the baseline.  *power* and *confidence* are at least 0.5 and below 1.  The
    equation and *baseline_variance* are those of `visitors_for_rates`.

    Raises:
        Refused: `inconsistent_inputs`, where baseline and effect do not add up to a rate.
    """
    effect = minimum_detectable_effect * (baseline_rate if relative else 1)
    target_rate = baseline_rate + effect
    if not is_rate(target_rate):
        raise Refused(
            "/minimum_detectable_effect",
            "inconsistent_inputs",
            "baseline_rate {baseline_rate:.6g} with this effect gives {target_rate:.6g}, which is "
            "no rate between 0 and 1; give the effect as a share, such as 0.05, and say whether "
            "it is relative",
            baseline_rate=baseline_rate,
            target_rate=target_rate,
        )
    significance = round(1 - confidence, 12)
    size = None
    reason = _undefined(baseline_rate, effect, baseline_variance=baseline_variance)
    if reason is None:
        size = visitors_for_rates(
            baseline_rate, effect, significance, power, baseline_variance=baseline_variance
        )
        if size is None:
            reason = _too_small(effect)
    result = {
        "visitors_per_variant": size,
        "visitors": None if size is None else 2 * size,
        "baseline_rate": baseline_rate,
        "target_rate": min(max(target_rate, 0.0), 1.0),
        "effect": effect,
        "power": power,
        "confidence": confidence,
        "variance": "baseline" if baseline_variance else "pooled",
    }
    return Outcome(
        None if size is None else float(size),
        result,
        reason,
        (two_sided(significance), _variance_used(baseline_variance=baseline_variance)),
    )


def _undefined(baseline_rate: float, effect: float, *, baseline_variance: bool) -> Message | None:
    if effect == 0:
        return Message(
            "division_by_zero",
            "the effect to detect is 0, which no sample size can show; give an effect, and an "
            "absolute one when the baseline rate is 0",
        )
    if baseline_variance and baseline_rate in (0, 1):
        return Message(
            "no_variance",
            "a baseline rate of {baseline_rate:.6g} has no variance; leave baseline_variance out",
            {"baseline_rate": baseline_rate},
        )
    return None


def _too_small(effect: float) -> Message:
    return Message(
        "out_of_range",
        "an effect of {effect:.6g} needs more visitors than can be counted; look for a larger one",
        {"effect": effect},
    )


def _variance_used(*, baseline_variance: bool) -> Message:
    if baseline_variance:
        return Message(
            "baseline_variance",
            "the variance under no effect is that of the baseline rate and the size is rounded to "
            "the nearest; the pooled variance, the default, gives a different size",
        )
    return Message(
        "pooled_variance",
        "the variance under no effect is that of the mean of both rates and the size is rounded "
        "up; baseline_variance gives the size that calculators using the baseline rate alone show",
    )
