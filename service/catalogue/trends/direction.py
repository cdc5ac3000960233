"""Which way a series is going, before it becomes a crisis."""

from __future__ import annotations

from service.analytics.trends import seasonal, trend
from service.catalogue.trends.inputs import (
    GROWTH,
    TREND,
    AsOf,
    Better,
    Confidence,
    SeasonBefore,
    SeasonLength,
    Series,
    Window,
)
from service.declare import algorithm
from service.metric import Example
from service.outcome import Outcome

WEEKLY_VISITS = [
    {"at": "2026-01-05", "value": 520},
    {"at": "2026-01-12", "value": 506},
    {"at": "2026-01-19", "value": 513},
    {"at": "2026-01-26", "value": 499},
    {"at": "2026-02-02", "value": 492},
    {"at": "2026-02-09", "value": 478},
    {"at": "2026-02-16", "value": 485},
    {"at": "2026-02-23", "value": 464},
    {"at": "2026-03-02", "value": 457},
    {"at": "2026-03-09", "value": 415},
]
MONTHLY_SALES = [
    {"at": "2025-01-01", "value": 120},
    {"at": "2025-02-01", "value": 110},
    {"at": "2025-03-01", "value": 130},
    {"at": "2025-04-01", "value": 125},
    {"at": "2025-05-01", "value": 140},
    {"at": "2025-06-01", "value": 150},
    {"at": "2025-07-01", "value": 145},
    {"at": "2025-08-01", "value": 135},
    {"at": "2025-09-01", "value": 150},
    {"at": "2025-10-01", "value": 160},
    {"at": "2025-11-01", "value": 190},
    {"at": "2025-12-01", "value": 240},
    {"at": "2026-01-01", "value": 135},
]


@algorithm(
    "as actual/day",
    "neither",
    Example({"series": WEEKLY_VISITS}, -1.2),
    statement="slope = median of (y_j − y_i) ÷ (t_j − t_i) over i < j; S = Σ sign(y_j − y_i);"
    " band = median ± 3 × 1.4826 × MAD of the points before the last; CUSUM with k = 0.5 and h = 5",
    result=TREND,
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["trend detection", "early warning", "Mann-Kendall trend test", "Sen's slope"],
)
def trend_signal(
    series: Series,
    better: Better = "up",
    window: Window = None,
    season_length: SeasonLength = None,
    confidence: Confidence = 0.95,
) -> Outcome:
    """Trend signal.

    How much a series gains or loses a day, whether that is more than chance, whether the last value
    or a run of late ones breaks out, and one verdict: falling, steady or rising.

    Reading: Severity counts how many of the three signals (trend, band, CUSUM) point the worse way:
    at 1 look closer, at 2 or 3 act. Choose a short window to see a sudden fall, a long one to see a
    slow slide; give the season's length where weekdays or months differ by nature.

    Source: Mann (1945), Nonparametric tests against trend, Econometrica 13; Sen (1968), Estimates
    of the regression coefficient based on Kendall's tau, Journal of the American Statistical
    Association 63; Hirsch, Slack & Smith (1982), Water Resources Research 18; Montgomery,
    Introduction to Statistical Quality Control, for the CUSUM.
    """
    return trend.trend_signal(
        series=series,
        better=better,
        window=window,
        season_length=season_length,
        confidence=confidence,
    )


@algorithm(
    "ratio",
    "as_the_kpi",
    Example({"series": MONTHLY_SALES}, 0.125),
    statement="year over year = (value − value a season earlier) ÷ value a season earlier; period"
    " over period = (value − value one period earlier) ÷ value one period earlier",
    result=GROWTH,
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["year over year", "YoY growth", "month over month", "period over period"],
)
def seasonal_growth(
    series: Series, season_length: SeasonBefore = None, as_of: AsOf = None
) -> Outcome:
    """Seasonal growth.

    How each period has grown over the one before it and over the same period a year earlier; the
    value is that of the last complete period over the year before.

    Reading: Over the year before the season cancels out: a January is held against a January. Over
    the period before it does not: a fall after the holidays is no alarm. Give the last day
    observed, so that a period that is not over is not taken for a weak one.

    Source: standard definition, as in
    https://learnbusinessconcepts.com/sample-spreadsheet-excel-for-year-over-year-growth-calculation/
    """
    return seasonal.seasonal_growth(series=series, season_length=season_length, as_of=as_of)
