"""Is an A/B test large enough for the effect it looks for?"""

from __future__ import annotations

import math
from typing import NamedTuple

from service.analytics.experiments.means import SampleMean
from service.analytics.experiments.power import (
    detectable_mean_difference,
    detectable_rise,
    is_rate,
    power_of_means,
    power_of_rates,
    visitors_for_means,
    visitors_for_rates,
)
from service.analytics.proportions import Proportion


class Plan(NamedTuple):
    """What two arms of these sizes can see; None where it is not asked or does not exist.

    With an effect: its power, and the visitors an arm needs for 80%.  Without: the effect
    that has a power of 80%.
    """

    visitors_per_variant: int | None = None
    power: float | None = None
    detectable_effect: float | None = None


def plan_rates(
    control: Proportion, arm: Proportion, effect: float | None, significance: float
) -> Plan:
    """Return the plan for *effect* on the rate of the control."""
    sizes = control.trials, arm.trials
    if effect is None:
        return Plan(detectable_effect=detectable_rise(control.rate, sizes, significance))
    if effect == 0 or not is_rate(control.rate + effect):
        return Plan()
    return Plan(
        visitors_for_rates(control.rate, effect, significance),
        power_of_rates(control.rate, effect, sizes, significance),
    )


def plan_means(
    control: SampleMean, arm: SampleMean, effect: float | None, significance: float
) -> Plan:
    """Return the plan for *effect* on the mean, with the spreads that were seen."""
    error = math.hypot(control.standard_error, arm.standard_error)
    if error == 0 or effect == 0:
        return Plan()
    if effect is None:
        return Plan(detectable_effect=detectable_mean_difference(error, significance))
    return Plan(
        visitors_for_means(control, arm, effect, significance),
        power_of_means(effect, error, significance),
    )
