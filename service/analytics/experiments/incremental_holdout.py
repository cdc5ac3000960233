"""What did a campaign add, judged by people it was withheld from?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from service.analytics.experiments.arm_comparison import (
    RATE_METHODS,
    as_row,
    compare_rates,
    contradicts,
    interval_disagrees,
    limits,
    two_sided,
    verdict,
)
from service.analytics.experiments.means import SampleMean, welch_contrast
from service.analytics.experiments.variants import SMALLEST_SAMPLE, refuse_excess_conversions
from service.analytics.magnitude import in_range, ratio
from service.analytics.proportions import Interval, Proportion, wilson_interval
from service.message import Message, Refused
from service.outcome import Outcome

Arm: TypeAlias = Mapping[str, Any]


@in_range
def incremental_holdout(
    *,
    treated: Arm,
    held_out: Arm,
    cost: float,
    value_per_conversion: float | None = None,
    gross_margin: float | None = None,
    confidence: float = 0.95,
) -> Outcome:
    """Return the conversions that the campaign caused: xₜ − nₜ·xₕ ÷ nₕ.

    An arm is {size, conversions, revenue, revenue_sd}, the last two for all of its people
    together and as the standard deviation between them.  The interval is nₜ times Newcombe's
    of the difference of the rates.  Revenue is that of the arms, rₜ − nₜ·rₕ ÷ nₕ with Welch's
    interval, or the incremental conversions times *value_per_conversion*.

    Raises:
        Refused: for more conversions than people, a figure that only one arm has, or two
            figures for the revenue.
    """
    arms = {"treated": treated, "held_out": held_out}
    _refuse_contradictions(arms, value_per_conversion)
    for name, arm in arms.items():
        if not arm["size"]:
            return Outcome(None, reason=_nobody(name))
    control, reached = (Proportion(one["conversions"], one["size"]) for one in (held_out, treated))
    comparison = compare_rates(control, reached, confidence)
    conversions = (
        reached.successes * control.trials - reached.trials * control.successes
    ) / control.trials
    revenue, revenue_interval = _revenue(arms, conversions, value_per_conversion, confidence)
    significance = round(1 - confidence, 12)
    result = {
        "incremental_conversions": conversions,
        "interval": limits(_times(reached.trials, comparison.difference_interval)),
        "expected_conversions": reached.successes - conversions,
        "incremental_share": ratio(conversions, reached.successes),
        **as_row(comparison),
        "verdict": verdict(comparison.difference, comparison.p_value, significance),
        "incremental_revenue": revenue,
        "incremental_revenue_interval": limits(revenue_interval),
        "incremental_return_on_ad_spend": None if revenue is None else ratio(revenue, cost),
        "incremental_profit": None
        if revenue is None or gross_margin is None
        else revenue * gross_margin - cost,
        "cost_per_incremental_conversion": ratio(cost, conversions) if conversions > 0 else None,
        "treated": _arm_row(treated, reached, confidence),
        "held_out": _arm_row(held_out, control, confidence),
        "cost": cost,
        "confidence": confidence,
    }
    return Outcome(
        conversions,
        result,
        assumptions=(_RANDOM_HOLDOUT, two_sided(significance), RATE_METHODS),
        warnings=tuple(_warnings(result, gross_margin)),
    )


def _refuse_contradictions(arms: Mapping[str, Arm], value_per_conversion: float | None) -> None:
    for name, arm in arms.items():
        refuse_excess_conversions(arm["conversions"], arm["size"], f"/{name}/conversions")
    for field in ("revenue", "revenue_sd"):
        lacking = [name for name, arm in arms.items() if arm[field] is None]
        if len(lacking) == 1:
            raise Refused(
                f"/{lacking[0]}/{field}",
                "missing",
                "{field} is given for one arm only; give it for both",
                field=field,
            )
    measured = arms["treated"]["revenue"] is not None
    if not measured and arms["treated"]["revenue_sd"] is not None:
        raise Refused(
            "/treated/revenue", "missing", "revenue_sd is given without revenue; give both"
        )
    if measured and value_per_conversion is not None:
        raise Refused(
            "/value_per_conversion",
            "inconsistent_inputs",
            "value_per_conversion and the revenue of the arms both say what was earned; give one",
        )


def _revenue(
    arms: Mapping[str, Arm],
    conversions: float,
    value_per_conversion: float | None,
    confidence: float,
) -> tuple[float | None, Interval | None]:
    """Return the incremental revenue with its interval, None for what is not known."""
    treated, held_out = arms["treated"], arms["held_out"]
    if treated["revenue"] is None:
        if value_per_conversion is None:
            return None, None
        return conversions * value_per_conversion, None
    size = treated["size"]
    revenue = treated["revenue"] - size * (held_out["revenue"] / held_out["size"])
    if treated["revenue_sd"] is None or min(size, held_out["size"]) < SMALLEST_SAMPLE:
        return revenue, None
    per_person = welch_contrast(
        [(1, _mean_revenue(treated)), (-1, _mean_revenue(held_out))], confidence
    )
    return revenue, _times(size, per_person.interval)


def _mean_revenue(arm: Arm) -> SampleMean:
    return SampleMean(arm["revenue"] / arm["size"], arm["revenue_sd"], arm["size"])


def _times(factor: float, interval: Interval | None) -> Interval | None:
    return interval and Interval(factor * interval.low, factor * interval.high)


def _arm_row(arm: Arm, sample: Proportion, confidence: float) -> dict[str, Any]:
    return {
        **arm,
        "rate": sample.rate,
        "interval": limits(wilson_interval(sample, confidence)),
    }


def _nobody(name: str) -> Message:
    return Message(
        "division_by_zero",
        "nobody is in {arm}, so there is nothing to compare with; give the size of both arms",
        {"arm": name},
    )


def _warnings(result: Mapping[str, Any], gross_margin: float | None) -> Iterator[Message]:
    if contradicts(result):
        yield interval_disagrees("treated")
    if result["incremental_revenue"] is None:
        yield Message(
            "revenue_unknown",
            "incremental revenue, return and profit need the revenue of both arms or "
            "value_per_conversion",
        )
        return
    if result["incremental_revenue_interval"] is None:
        yield Message(
            "revenue_interval_unknown",
            "how far incremental revenue may be off is not known: it needs revenue and "
            "revenue_sd, which vary, for at least two people in each arm",
        )
    if result["incremental_return_on_ad_spend"] is None:
        yield Message("no_cost", "cost is 0 or next to it, so the return on it is undefined")
    if gross_margin is None:
        yield Message("profit_unknown", "incremental profit needs gross_margin")


_RANDOM_HOLDOUT = Message(
    "random_holdout",
    "who was held out was left to chance, and the campaign did not reach them",
)
