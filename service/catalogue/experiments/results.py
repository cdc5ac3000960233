"""What experiments and comparisons answer, described once."""

from __future__ import annotations

from service.analytics.experiments.association import MOST_PAIRS
from service.analytics.experiments.group_comparison import MOST_GROUPS
from service.analytics.experiments.variants import MOST_VARIANTS
from service.catalogue.experiments.inputs import (
    CERTAINTY,
    COUNT,
    MOST_INPUTS,
    MOST_PEOPLE,
    NAME,
    SHARE,
)
from service.shape import Shape
from service.shape.container import ListOf, MapOf, Nullable, Record
from service.shape.number import Real, Whole
from service.shape.word import Choice, Flag

NUMBER = Nullable(Real())
P_VALUE = Nullable(SHARE)
INTERVAL = Nullable(Record({"low": Real(), "high": Real()}))
VERDICT = Nullable(Choice(("higher", "lower", "not_significant")))
TEST = Nullable(Choice(("pooled_z", "fisher_exact", "welch_t")))
_COMPARISON: dict[str, Shape] = {
    "difference": NUMBER,
    "difference_interval": INTERVAL,
    "lift": NUMBER,
    "lift_interval": INTERVAL,
    "test": TEST,
    "statistic": NUMBER,
    "degrees_of_freedom": NUMBER,
    "p_value": P_VALUE,
    "verdict": VERDICT,
}
_CHI_SQUARED: dict[str, Shape] = {
    "statistic": Real(minimum=0),
    "degrees_of_freedom": Whole(1, 1_000),
    "p_value": SHARE,
}
OVERALL = Nullable(
    Record(
        {
            "test": Choice(("chi_squared",)),
            **_CHI_SQUARED,
            "smallest_expected_count": Real(minimum=0),
        }
    )
)
AB_TEST = Record(
    {
        "control": NAME,
        "leader": Nullable(NAME),
        "winner": Nullable(NAME),
        "verdict": VERDICT,
        "variants": ListOf(
            Record(
                {
                    "name": NAME,
                    "visitors": COUNT,
                    "conversions": Nullable(COUNT),
                    "value_mean": NUMBER,
                    "value_sd": NUMBER,
                    "rate": P_VALUE,
                    "interval": INTERVAL,
                    "expected_visitors": Real(minimum=0),
                    "visitors_needed": Nullable(COUNT),
                }
            ),
            MOST_VARIANTS,
        ),
        "comparisons": ListOf(
            Record(
                {
                    "name": NAME,
                    **_COMPARISON,
                    "adjusted_p_value": P_VALUE,
                    "power": P_VALUE,
                    "detectable_effect": NUMBER,
                }
            ),
            MOST_VARIANTS,
        ),
        "overall": OVERALL,
        "sample_ratio": Nullable(Record({**_CHI_SQUARED, "mismatch": Flag()})),
        "minimum_detectable_effect": NUMBER,
        "planned_visitors_per_variant": Nullable(Whole(1, 2**53)),
        "confidence": CERTAINTY,
    }
)
SAMPLE_SIZE = Record(
    {
        "visitors_per_variant": Nullable(Whole(1, 2**53)),
        "visitors": Nullable(Whole(2, 2**54)),
        "baseline_rate": SHARE,
        "target_rate": SHARE,
        "effect": Real(),
        "power": CERTAINTY,
        "confidence": CERTAINTY,
        "variance": Choice(("pooled", "baseline")),
    }
)
_ARM_RESULT = Record(
    {
        "size": COUNT,
        "conversions": COUNT,
        "revenue": NUMBER,
        "revenue_sd": NUMBER,
        "rate": SHARE,
        "interval": INTERVAL,
    }
)
HOLDOUT = Record(
    {
        "incremental_conversions": Real(),
        "interval": INTERVAL,
        "expected_conversions": Real(),
        "incremental_share": NUMBER,
        **_COMPARISON,
        "incremental_revenue": NUMBER,
        "incremental_revenue_interval": INTERVAL,
        "incremental_return_on_ad_spend": NUMBER,
        "incremental_profit": NUMBER,
        "cost_per_incremental_conversion": NUMBER,
        "treated": _ARM_RESULT,
        "held_out": _ARM_RESULT,
        "cost": Real(minimum=0),
        "confidence": CERTAINTY,
    }
)
DIFFERENCE = Record(
    {
        "treated_change": Real(),
        "control_change": Real(),
        "difference": Real(),
        "standard_error": NUMBER,
        "interval": INTERVAL,
        "test": TEST,
        "statistic": NUMBER,
        "degrees_of_freedom": NUMBER,
        "p_value": P_VALUE,
        "verdict": VERDICT,
        "cells": ListOf(
            Record(
                {
                    "name": NAME,
                    "mean": Real(),
                    "size": Nullable(Whole(1, MOST_PEOPLE)),
                    "sd": NUMBER,
                }
            ),
            4,
        ),
        "confidence": CERTAINTY,
    }
)
_INPUTS = MapOf(Real(), MOST_INPUTS)
GROUPS = Record(
    {
        "metric": NAME,
        "unit": NAME,
        "better": Choice(("up", "down")),
        "pooled": NUMBER,
        "pooled_inputs": Nullable(_INPUTS),
        "target": NUMBER,
        "pooled_gap_to_target": NUMBER,
        "pooled_share_of_target": NUMBER,
        "groups": ListOf(
            Record(
                {
                    "name": NAME,
                    "rank": Nullable(Whole(1, MOST_GROUPS)),
                    "value": NUMBER,
                    "undefined": Nullable(NAME),
                    "gap_to_pooled": NUMBER,
                    "better_than_pooled": Nullable(Flag()),
                    "gap_to_target": NUMBER,
                    "contribution": NUMBER,
                    "share_of_total": NUMBER,
                    "pooled_without": NUMBER,
                    "influence": NUMBER,
                    "share_of_target": NUMBER,
                    "interval": INTERVAL,
                    "test": TEST,
                    "p_value": P_VALUE,
                    "adjusted_p_value": P_VALUE,
                    "verdict": VERDICT,
                    "inputs": _INPUTS,
                }
            ),
            MOST_GROUPS,
        ),
        "overall": OVERALL,
        "confidence": CERTAINTY,
    }
)
ASSOCIATION = Record(
    {
        "rho": Nullable(Real(minimum=-1, maximum=1)),
        "p_value": P_VALUE,
        "pairs": Whole(0, MOST_PAIRS),
        "test": Choice(("permutation", "t")),
    }
)
