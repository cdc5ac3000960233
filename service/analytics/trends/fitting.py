"""With which parameters, and from where, does exponential smoothing follow a series best?

Best is the smallest sum of squared one-step errors.  For given α, β, γ and φ the errors are
linear in the level and trend at the start, so these two are found exactly, by least squares
(J. K. Ord, A. B. Koehler and R. D. Snyder, Estimation and prediction for a class of dynamic
nonlinear statistical models, Journal of the American Statistical Association 92, 1997).  The
parameters are found on a grid, refined around its best point: no step depends on chance.  The
seasonal effects at the start are means of the first two seasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from service.analytics.trends.smoothing import Parameters, State, project, smooth

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]


class Choices(NamedTuple):
    """Values to choose each parameter from, evenly spaced; γ is *gamma_share* × (1 − α)."""

    alpha: Sequence[float]
    beta: Sequence[float] = (0.0,)
    gamma_share: Sequence[float] = (0.0,)
    phi: Sequence[float] = (1.0,)


class Fit(NamedTuple):
    """A fitted recursion: where it started, its one-step errors, where it ended."""

    parameters: Parameters
    start: State
    errors: list[float]
    end: State


_TENTHS = tuple(tenth / 10 for tenth in range(11))
_FIFTHS = _TENTHS[::2]

HOLT = Choices(_TENTHS, _TENTHS)
# φ as in section 8.2 of Forecasting: Principles and Practice: below 0.8 the trend is gone at
# once, above 0.98 it is hardly damped.
DAMPED = Choices(_TENTHS, _FIFTHS, phi=(0.8, 0.845, 0.89, 0.935, 0.98))
SEASONAL = Choices(_TENTHS, _FIFTHS, gamma_share=_FIFTHS)

_REFINEMENTS = 6
_ROUNDING = 1e-14


def seasonal_start(values: Sequence[float], season_length: int) -> tuple[float, ...]:
    """Return the effect of each place in the season, from the first two seasons of *values*.

    The trend, the mean change over a season, is taken out; the effects are the means of what
    is left, less their mean.  One season alone cannot tell trend from season: no trend then.
    """
    if season_length == 1:
        return (0.0,)
    two = values[: 2 * season_length]
    changes = [later - earlier for earlier, later in zip(two, two[season_length:], strict=False)]
    slope = sum(changes) / len(changes) / season_length if changes else 0.0
    level = [value - slope * index for index, value in enumerate(two)]
    places = [level[place::season_length] for place in range(season_length)]
    means = [sum(place) / len(place) for place in places]
    return tuple(mean - sum(means) / season_length for mean in means)


def fit(values: Sequence[float], season_length: int, choices: Choices) -> Fit:
    """Return the recursion with the smallest sum of squared errors over *values*.

    *season_length* is 1 for none; with a season, *values* hold at least one.
    """
    base = values[0]
    relative = [value - base for value in values]
    seasonal = seasonal_start(relative, season_length)
    best = _search(relative, seasonal, choices)
    for refinement in range(1, _REFINEMENTS + 1):
        closer = Choices(
            *(_around(*each, 3.0**refinement) for each in zip(best.choice, choices, strict=True))
        )
        best = min(best, _search(relative, seasonal, closer), key=lambda one: one.squares)
    parameters = _parameters(*best.choice)
    start = State(base + best.level, best.trend, seasonal)
    return Fit(parameters, start, *smooth(values, start, parameters))


def rolling_forecasts(
    values: Sequence[float], season_length: int, choices: Choices, origins: int, horizon: int
) -> list[list[float]]:
    """Return, from before each of the last *origins* values, the forecasts of what followed.

    Each list holds the next *horizon* values, or as many as there are.  Parameters, level and
    trend are chosen anew at every origin from the values before it, on the grid as it is; the
    seasonal effects at the start come from the values before the first origin.
    """
    base = values[0]
    relative = [value - base for value in values]
    first = len(values) - origins
    parameters = _parameter_columns(choices)
    followed = _follow(relative, seasonal_start(relative[:first], season_length), parameters)
    forecasts = []
    for origin, candidates in enumerate(islice(followed, first - 1, len(values) - 1), first):
        index, start, _ = _best(candidates.moments)
        turned = [candidates.seasonal[(origin + i) % season_length] for i in range(season_length)]
        state = State(
            base + float(start @ candidates.level[:, index]),
            float(start @ candidates.trend[:, index]),
            tuple(float(start @ slot[:, index]) for slot in turned),
        )
        phi = float(parameters[3, index])
        forecasts.append(project(state, phi, min(horizon, len(values) - origin)))
    return forecasts


class _Found(NamedTuple):
    """The best choice, its squared errors, and its level and trend at the start."""

    choice: tuple[float, ...]
    squares: float
    level: float
    trend: float


class _Candidates(NamedTuple):
    """How each choice of parameters (the last axis) has followed the values so far.

    The axis before it splits level, trend and seasonal effects into what is due to the values,
    to a level of 1 and to a trend of 1 at the start.  *moments* holds the products of the errors
    due to each, summed over the values.
    """

    level: Array
    trend: Array
    seasonal: Array
    moments: Array


def _search(values: Sequence[float], seasonal: Sequence[float], choices: Choices) -> _Found:
    *_, last = _follow(values, seasonal, _parameter_columns(choices))
    index, (_, level, trend), squares = _best(last.moments)
    return _Found(list(product(*choices))[index], squares, float(level), float(trend))


def _follow(
    values: Sequence[float], seasonal_effects: Sequence[float], parameters: Array
) -> Iterator[_Candidates]:
    """Yield the candidates after each of *values*; the arrays are reused."""
    import numpy as np

    alpha, beta, gamma, phi = parameters
    level = np.zeros((3, len(alpha)))
    level[1] = 1
    trend = np.zeros_like(level)
    trend[2] = 1
    seasonal = np.zeros((len(seasonal_effects), *level.shape))
    seasonal[:, 0] = np.reshape(seasonal_effects, (-1, 1))
    moments = np.zeros((3, *level.shape))
    for index, value in enumerate(values):
        slot = seasonal[index % len(seasonal)]
        trend *= phi
        level += trend
        error = -(level + slot)
        error[0] += value
        level += alpha * error
        trend += alpha * beta * error
        slot += gamma * error
        moments += error[:, None] * error
        yield _Candidates(level, trend, seasonal, moments)


def _best(moments: Array) -> tuple[int, Array, float]:
    """Return which candidate errs least, its start as (1, level, trend), its squared errors.

    Level l and trend b minimise Σ (e₀ + l·e₁ + b·e₂)², a system of two equations.
    """
    import numpy as np

    determinant = moments[1, 1] * moments[2, 2] - moments[1, 2] ** 2
    solvable = determinant > _ROUNDING * moments[1, 1] * moments[2, 2]
    divisor = np.where(solvable, determinant, 1)
    level = (moments[1, 2] * moments[0, 2] - moments[2, 2] * moments[0, 1]) / divisor
    trend = (moments[1, 2] * moments[0, 1] - moments[1, 1] * moments[0, 2]) / divisor
    squares = moments[0, 0] + level * moments[0, 1] + trend * moments[0, 2]
    # What rounding leaves of perfect fits must not choose between them: they go to the first.
    squares = np.where(solvable, np.maximum(squares, _ROUNDING * moments[0, 0].max()), np.inf)
    index = int(np.argmin(squares))
    return index, np.array([1, level[index], trend[index]]), float(squares[index])


def _parameter_columns(choices: Choices) -> Array:
    """Return α, β, γ and φ of every combination, one a column."""
    import numpy as np

    return np.array([_parameters(*choice) for choice in product(*choices)]).T


def _parameters(alpha: float, beta: float, gamma_share: float, phi: float) -> Parameters:
    return Parameters(alpha, beta, gamma_share * (1 - alpha), phi)


def _around(best: float, values: Sequence[float], finer: float) -> Sequence[float]:
    """Return *best* and four values about it, closer than *values* are by *finer*."""
    if len(values) == 1:
        return values
    step = (values[1] - values[0]) / finer
    near = {min(max(best + count * step, values[0]), values[-1]) for count in range(-2, 3)}
    return sorted(near)
