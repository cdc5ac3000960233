"""What does a series do next, going by its level, trend and season?

One recursion serves Holt's method, its damped form and additive Holt-Winters:

    ŷ = l + φ·b + s          e = y − ŷ
    l ← l + φ·b + α·e        b ← φ·b + α·β·e        s ← s + γ·e

Source: R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 3rd edition,
sections 8.2, 8.3 and 8.7 (there β* is this β).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple


class Parameters(NamedTuple):
    """α, β and γ of the recursion, each from 0 to 1, and the damping φ."""

    alpha: float
    beta: float
    gamma: float
    phi: float


class State(NamedTuple):
    """Level, trend, and the seasonal effects from the next point on: one 0 without a season."""

    level: float
    trend: float
    seasonal: tuple[float, ...]


def smooth(
    values: Sequence[float], start: State, parameters: Parameters
) -> tuple[list[float], State]:
    """Return the error at each of *values* and the state after the last."""
    alpha, beta, gamma, phi = parameters
    level, trend = start.level, start.trend
    seasonal = list(start.seasonal)
    errors = []
    for index, value in enumerate(values):
        slot = index % len(seasonal)
        error = value - (level + phi * trend + seasonal[slot])
        level += phi * trend + alpha * error
        trend = phi * trend + alpha * beta * error
        seasonal[slot] += gamma * error
        errors.append(error)
    turn = len(values) % len(seasonal)
    return errors, State(level, trend, (*seasonal[turn:], *seasonal[:turn]))


def project(state: State, phi: float, horizon: int) -> list[float]:
    """Return the forecasts of the next *horizon* points: l + (φ + … + φʰ)·b + s."""
    forecasts = []
    level, trend = state.level, state.trend
    for step in range(horizon):
        trend *= phi
        level += trend
        forecasts.append(level + state.seasonal[step % len(state.seasonal)])
    return forecasts


def error_growth(parameters: Parameters, season_length: int, horizon: int) -> list[float]:
    """Return the standard deviation of the error of each forecast, in those of the first.

    σ_h² = σ²·(1 + Σ c_j²) over j = 1 … h − 1, with c_j = α + αβ·(φ + … + φʲ), and γ more where
    j is a multiple of the season: how far an error of 1 moves the forecast j steps later.
    """
    alpha, beta, gamma, phi = parameters
    variance, damped = 1.0, 0.0
    deviations = []
    for ahead in range(1, horizon + 1):
        deviations.append(sqrt(variance))
        damped = phi * (1 + damped)
        moved = alpha * (1 + beta * damped) + (0 if ahead % season_length else gamma)
        variance += moved**2
    return deviations
