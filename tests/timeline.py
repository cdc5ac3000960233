"""Series of points for the tests of trends, forecasts and growth."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np


def daily(values: Iterable[float]) -> list[dict[str, Any]]:
    """Return *values* as a series of days."""
    start = date(2026, 1, 1)
    return [{"at": start + timedelta(day), "value": float(v)} for day, v in enumerate(values)]


def monthly(values: Iterable[float]) -> list[dict[str, Any]]:
    """Return *values* as a series of months, from January 2020."""
    return [
        {"at": date(2020 + i // 12, i % 12 + 1, 1), "value": float(value)}
        for i, value in enumerate(values)
    ]


def noisy(length: int, season_length: int = 1) -> list[float]:
    """Return values with a trend, a level that wanders, a season and noise, always the same."""
    random = np.random.default_rng(1)
    steps = np.arange(length)
    season = 8 * np.sin(2 * np.pi * steps / season_length) if season_length > 1 else 0 * steps
    wander = random.normal(size=length).cumsum()
    return list(map(float, 100 + 0.5 * steps + season + wander + random.normal(size=length)))
