"""Where is a likelihood greatest, and did the search really get there?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from service.message import Undefined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector: TypeAlias = NDArray[np.float64]

_NEWTON_STEPS = 20
_LEAST_GAIN = 1e-12
_DIFFERENCE = 1e-4


def maximise(
    mean_log_likelihood: Callable[[Vector], tuple[float, Vector]],
    parameters: int,
    largest: float = 1e6,
) -> Vector:
    """Return the positive parameters at which the mean log likelihood is greatest.

    *mean_log_likelihood* takes the parameters and returns the mean log likelihood of an
    observation and its gradient.  In suitable units a usual parameter is not far from 1:
    they are sought between *largest* and its reciprocal.  The search runs over their
    logarithms, from 1 each: BFGS to come near, then Newton's method until a further step
    would gain less than 1e-12 per observation.

    Raises:
        Undefined: `no_convergence` when there is no such point: the likelihood is flat,
            or keeps rising as a parameter goes to 0 or to infinity.
    """
    import numpy as np
    from scipy.optimize import minimize

    bound = np.log(largest)

    def descent(logs: Vector) -> tuple[float, Vector]:
        values = np.exp(np.clip(logs, -bound, bound))
        height, slope = mean_log_likelihood(values)
        return -height, -slope * values

    # Not L-BFGS-B: its threads take a hundred times as long where the processors are busy.
    logs: Vector = minimize(
        descent, np.zeros(parameters), jac=True, method="BFGS", options={"gtol": 1e-6}
    ).x
    for _ in range(_NEWTON_STEPS):
        slope = descent(logs)[1]
        curvature = _curvature(descent, logs)
        if np.abs(logs).max() >= bound or np.linalg.eigvalsh(curvature).min() <= 0:
            break
        step = np.linalg.solve(curvature, slope)
        logs = logs - step
        if slope @ step / 2 < _LEAST_GAIN:
            return np.exp(logs)
    raise Undefined(
        "no_convergence",
        "the records do not determine the parameters of the model: the likelihood has no"
        " maximum within; send more customers or a longer time",
    )


def _curvature(descent: Callable[[Vector], tuple[float, Vector]], logs: Vector) -> Vector:
    """Return the matrix of second derivatives, by central differences of the first."""
    import numpy as np

    rows = [
        (descent(logs + shift)[1] - descent(logs - shift)[1]) / (2 * _DIFFERENCE)
        for shift in _DIFFERENCE * np.eye(logs.size)
    ]
    matrix = np.array(rows)
    return (matrix + matrix.T) / 2
