"""What the next periods will bring, and what would be a reasonable target."""

from __future__ import annotations

from service.analytics.trends import forecast as outlook
from service.catalogue.trends.inputs import (
    FORECAST,
    CompetitorValues,
    Confidence,
    Horizon,
    SeasonLength,
    Series,
    Uplift,
)
from service.declare import algorithm
from service.metric import Example
from service.outcome import Outcome

LEADS_PER_MONTH = [
    {"at": "2025-01-31", "value": 102},
    {"at": "2025-02-28", "value": 109},
    {"at": "2025-03-31", "value": 118},
    {"at": "2025-04-30", "value": 121},
    {"at": "2025-05-31", "value": 133},
    {"at": "2025-06-30", "value": 138},
    {"at": "2025-07-31", "value": 146},
    {"at": "2025-08-31", "value": 149},
    {"at": "2025-09-30", "value": 161},
    {"at": "2025-10-31", "value": 167},
    {"at": "2025-11-30", "value": 174},
    {"at": "2025-12-31", "value": 183},
]


@algorithm(
    "as actual",
    "as_the_kpi",
    Example({"series": LEADS_PER_MONTH, "horizon": 3, "uplift": 0.1}, 188.9090909090909),
    statement="ŷ(h) = l + (φ + … + φʰ) × b + s, ± z × σ × √(1 + Σ c_j² over j < h), by the method"
    " with the smallest mean absolute scaled error on the last points; target = ŷ + uplift × |ŷ|",
    result=FORECAST,
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["sales forecast", "revenue forecast", "demand forecast", "target setting"],
)
def forecast(
    series: Series,
    horizon: Horizon = 12,
    season_length: SeasonLength = None,
    uplift: Uplift = 0.0,
    competitor_values: CompetitorValues = (),
    confidence: Confidence = 0.95,
) -> Outcome:
    """Forecast.

    What the next periods will bring if the past goes on, each with an interval, and targets to
    choose from: the forecast with an uplift, what was reached before, what competitors reach. Of
    naive, Holt, damped Holt and Holt-Winters the method is taken that did best on the last points.

    Reading: A target above the interval needs a plan, not hope; one below the forecast asks for
    nothing. The intervals widen with every period ahead, and are rather too narrow. A campaign or a
    price change the past has not seen is not in it.

    Source: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, sections
    8.2, 8.3 and 8.7; Hyndman & Koehler (2006), Another look at measures of forecast accuracy,
    International Journal of Forecasting 22.
    """
    return outlook.forecast(
        series=series,
        horizon=horizon,
        season_length=season_length,
        uplift=uplift,
        competitor_values=competitor_values,
        confidence=confidence,
    )
