"""The targets a forecast suggests: with uplift, from the past, from competitors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from timeline import monthly, noisy

from service.analytics.trends.forecast import forecast


def answer(values: Any, **options: Any) -> dict[str, Any]:
    outcome = forecast(series=monthly(values), **options)
    assert outcome.result is not None
    return {**outcome.result}


def test_targets_from_the_past_are_its_quantiles() -> None:
    """Five quantiles of the past, with how many values are behind them."""
    values = noisy(17)
    past = [row for row in answer(values)["targets"] if row["name"] == "past"]

    shares = [row["quantile"] for row in past]
    assert list(np.quantile(values, shares)) == pytest.approx([row["value"] for row in past])
    assert {17} == {row["points"] for row in past}


def test_targets_from_competitors() -> None:
    """The lowest, the median and the highest of the competitors; none without."""
    targets = answer([1, 2], competitor_values=[30.0, 10.0, 20.0, 40.0])["targets"]

    rows = [row for row in targets if row["name"] == "competitors"]
    assert [10.0, 25.0, 40.0] == [row["value"] for row in rows]
    assert "competitors" not in {row["name"] for row in answer([1, 2])["targets"]}


@pytest.mark.parametrize(
    ("last", "uplift", "target"), [(200, 0.1, 220), (200, -0.1, 180), (-200, 0.1, -180), (0, 9, 0)]
)
def test_the_uplift_goes_up(last: float, uplift: float, target: float) -> None:
    """An uplift adds its share of the forecast's size, below 0 as well."""
    result = answer([last], uplift=uplift, horizon=1)

    named = {row["name"]: row["value"] for row in result["targets"]}
    assert (last, target) == (named["forecast"], pytest.approx(named["forecast_with_uplift"]))
    assert target == pytest.approx(result["forecasts"][0]["target"])
