"""Do two figures rise and fall together?"""

from __future__ import annotations

from typing import Annotated

from service.analytics.experiments import association as ranks
from service.catalogue.experiments.results import ASSOCIATION
from service.declare import algorithm
from service.metric import Example, Input
from service.outcome import Outcome
from service.shape.container import ListOf
from service.shape.number import Real
from service.units import unit

_PAIR = ListOf(Real(), most=2, least=2)
Pairs = Annotated[
    list[list[float]],
    Input("pairs", "pairs of figures", unit("record"), ListOf(_PAIR, ranks.MOST_PAIRS)),
]


@algorithm(
    "ratio",
    "neither",
    Example({"pairs": [[3, 40], [5, 35], [8, 30], [10, 18], [12, 20]]}, -0.9),
    statement="ρ = covariance of the ranks of x and y ÷ the product of their standard deviations;"
    " t = ρ·√((n − 2) ÷ (1 − ρ²))",
    result=ASSOCIATION,
    serves=["leads", "sales"],
    display="plain",
    aliases=["Spearman correlation", "rank correlation"],
)
def association(pairs: Pairs) -> Outcome:
    """Association of two figures.

    Whether one figure rises or falls with another, such as the days until a deal closes with the
    pages that were read: Spearman's ρ of the pairs.

    Reading: At 1 both always rise together, at −1 one falls whenever the other rises, near 0 they
    have no common order. A small p says that chance rarely looks like this. It is association, not
    cause: both may follow a third.

    Source: C. Spearman (1904), The Proof and Measurement of Association between Two Things,
    American Journal of Psychology 15.
    """
    return ranks.association(pairs=pairs)
