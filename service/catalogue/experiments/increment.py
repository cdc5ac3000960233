"""What did the campaign add that would not have come anyway?"""

from __future__ import annotations

from service.analytics.experiments import difference_in_differences as changes
from service.analytics.experiments import incremental_holdout as holdout
from service.catalogue.experiments.inputs import (
    Confidence,
    ControlAfter,
    ControlBefore,
    Cost,
    GrossMargin,
    HeldOut,
    Treated,
    TreatedAfter,
    TreatedBefore,
    ValuePerConversion,
)
from service.catalogue.experiments.results import DIFFERENCE, HOLDOUT
from service.declare import algorithm
from service.metric import Example
from service.outcome import Outcome


@algorithm(
    "conversion",
    "up",
    Example(
        {
            "treated": {"size": 10_000, "conversions": 300},
            "held_out": {"size": 5_000, "conversions": 100},
            "cost": 500,
            "value_per_conversion": 40,
            "gross_margin": 0.5,
        },
        100.0,
    ),
    statement="incremental conversions = xₜ − nₜ × xₕ ÷ nₕ; iROAS = incremental revenue ÷ cost;"
    " incremental profit = incremental revenue × gross margin − cost",
    result=HOLDOUT,
    serves=["leads", "sales"],
    aliases=["holdout test", "conversion lift", "iROAS", "incrementality test"],
)
def incremental_holdout(
    treated: Treated,
    held_out: HeldOut,
    cost: Cost,
    value_per_conversion: ValuePerConversion = None,
    gross_margin: GrossMargin = None,
    confidence: Confidence = 0.95,
) -> Outcome:
    """Incremental conversions against a holdout.

    The conversions that a campaign caused: those of the people it reached, less as many as they
    would have made at the rate of the people it was withheld from.

    Reading: Only what is incremental was bought with the cost; the rest would have come anyway. An
    interval that holds 0 says that the campaign may have added nothing. Who is held out must be
    left to chance, or the two groups differ from the start.

    Source: standard definition; interval of the difference by R. G. Newcombe (1998), Statistics in
    Medicine 17.
    """
    return holdout.incremental_holdout(
        treated=treated,
        held_out=held_out,
        cost=cost,
        value_per_conversion=value_per_conversion,
        gross_margin=gross_margin,
        confidence=confidence,
    )


@algorithm(
    "as result",
    "neither",
    Example(
        {
            "treated_before": {"mean": 100, "size": 40, "sd": 12},
            "treated_after": {"mean": 130, "size": 40, "sd": 15},
            "control_before": {"mean": 90, "size": 50, "sd": 11},
            "control_after": {"mean": 105, "size": 50, "sd": 14},
        },
        15.0,
    ),
    statement="difference = (treated after − treated before) − (control after − control before);"
    " standard error = √(Σ sd² ÷ size)",
    result=DIFFERENCE,
    serves=["leads", "sales"],
    aliases=["DiD", "diff-in-diff", "geo test"],
)
def difference_in_differences(
    treated_before: TreatedBefore,
    treated_after: TreatedAfter,
    control_before: ControlBefore,
    control_after: ControlAfter,
    confidence: Confidence = 0.95,
) -> Outcome:
    """Difference in differences.

    How much more a figure changed where something was done, such as in the cities of a campaign,
    than where nothing was done over the same time.

    Reading: The change of the control group stands for season and market, which are taken off. It
    holds if both groups would have moved alike without the campaign: check that they did in the
    periods before. Without size and standard deviation nobody can say whether it is chance.

    Source: D. Card & A. B. Krueger (1994), Minimum Wages and Employment: A Case Study of the
    Fast-Food Industry in New Jersey and Pennsylvania, American Economic Review 84.
    """
    return changes.difference_in_differences(
        treated_before=treated_before,
        treated_after=treated_after,
        control_before=control_before,
        control_after=control_after,
        confidence=confidence,
    )
