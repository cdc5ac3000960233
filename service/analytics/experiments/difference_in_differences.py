"""How much more did a figure change where something was done than where nothing was?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from service.analytics.experiments.arm_comparison import limits, two_sided, verdict
from service.analytics.experiments.means import Contrast, SampleMean, welch_contrast
from service.analytics.experiments.variants import SMALLEST_SAMPLE
from service.analytics.magnitude import in_range
from service.message import Message, Refused
from service.outcome import Outcome

Cell: TypeAlias = Mapping[str, Any]


@in_range
def difference_in_differences(
    *,
    treated_before: Cell,
    treated_after: Cell,
    control_before: Cell,
    control_after: Cell,
    confidence: float = 0.95,
) -> Outcome:
    """Return (treated after − treated before) − (control after − control before).

    A cell is {mean, size, sd}.  With size and sd in all four, Welch's contrast gives the
    standard error √(Σ sd² ÷ size), the interval and p.

    Raises:
        Refused: `missing`, for a sd without its size.

    Source: D. Card & A. B. Krueger, Minimum wages and employment: a case study of the
    fast-food industry in New Jersey and Pennsylvania, American Economic Review 84 (1994).
    """
    cells = {
        "treated_before": treated_before,
        "treated_after": treated_after,
        "control_before": control_before,
        "control_after": control_after,
    }
    _refuse_spread_without_size(cells)
    treated_change = treated_after["mean"] - treated_before["mean"]
    control_change = control_after["mean"] - control_before["mean"]
    difference = treated_change - control_change
    contrast = _contrast(cells, difference, confidence)
    significance = round(1 - confidence, 12)
    known = contrast.interval is not None
    result = {
        "treated_change": treated_change,
        "control_change": control_change,
        "difference": difference,
        "standard_error": contrast.standard_error if known else None,
        "interval": limits(contrast.interval),
        "test": "welch_t" if known else None,
        "statistic": contrast.statistic,
        "degrees_of_freedom": contrast.degrees_of_freedom,
        "p_value": contrast.p_value,
        "verdict": verdict(difference, contrast.p_value, significance),
        "cells": [{"name": name, **cell} for name, cell in cells.items()],
        "confidence": confidence,
    }
    return Outcome(
        difference,
        result,
        assumptions=(_PARALLEL_TRENDS, _INDEPENDENT, two_sided(significance))
        if known
        else (_PARALLEL_TRENDS,),
        warnings=() if known else (_NO_STANDARD_ERROR,),
    )


def _refuse_spread_without_size(cells: Mapping[str, Cell]) -> None:
    for name, cell in cells.items():
        if cell["sd"] is not None and cell["size"] is None:
            raise Refused(
                f"/{name}/size",
                "missing",
                "sd is given without size, the number of observations it is of; give both",
            )


def _contrast(cells: Mapping[str, Cell], difference: float, confidence: float) -> Contrast:
    """Return the contrast of the four means, without an interval where it is not known."""
    samples = [
        SampleMean(cell["mean"], cell["sd"], cell["size"])
        for cell in cells.values()
        if cell["sd"] is not None and cell["size"] >= SMALLEST_SAMPLE
    ]
    if len(samples) < len(cells):
        return Contrast(difference, 0)
    return welch_contrast(list(zip((-1, 1, 1, -1), samples, strict=True)), confidence)


_PARALLEL_TRENDS = Message(
    "parallel_trends",
    "without the treatment both groups would have changed by the same amount",
)
_INDEPENDENT = Message(
    "independent_samples",
    "the four means are of different observations; where the same ones were measured before and "
    "after, the standard error is usually too large",
)
_NO_STANDARD_ERROR = Message(
    "no_standard_error",
    "whether the difference could be chance is not known: it needs sd, not 0 everywhere, and a "
    "size of at least 2 in all four cells",
)
