"""Which revenue streams carry the revenue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from service.analytics.breakdowns import mix
from service.declare import algorithm
from service.metric import Example, Input
from service.outcome import Outcome
from service.shape.container import ListOf, MapOf, Nullable, Record
from service.shape.number import Real, Whole
from service.shape.word import Choice, Text
from service.units import unit

Streams = Annotated[
    Mapping[str, float],
    Input("streams", "revenue per stream", unit("money"), MapOf(Real(), mix.MAX_PARTS, least=1)),
]

STREAMS = Record(
    {
        "total": Real(),
        "mean": Real(),
        "streams": ListOf(
            Record(
                {
                    "rank": Whole(1, mix.MAX_PARTS),
                    "name": Text(),
                    "value": Real(),
                    "share": Nullable(Real()),
                    "gap_to_mean": Real(),
                    "compared_to_mean": Choice(("above", "at", "below")),
                }
            ),
            mix.MAX_PARTS,
        ),
    }
)


@algorithm(
    "ratio",
    "neither",
    Example(
        {"streams": {"subscriptions": 120_000, "services": 54_000, "training": 6_000}},
        None,
        currency="USD",
    ),
    statement="share = revenue of a stream ÷ total revenue; mean = total revenue ÷ number of"
    " streams",
    result=STREAMS,
    serves=["sales"],
    aliases=["revenue by stream", "revenue mix", "revenue streams"],
)
def revenue_breakdown(streams: Streams) -> Outcome:
    """Revenue breakdown.

    The revenue of each stream, such as a product, region or channel, the largest first, with its
    share of the total and its distance from the mean stream.

    Reading: Streams above the mean carry the business; those below it are to be grown or given up.
    One stream with most of the revenue is a risk. After refunds a stream may be negative, and the
    shares of the others are then of a smaller total.

    Source: revenue mix analysis, https://www.hyperbots.com/glossary/revenue-mix-analysis
    """
    return mix.revenue_breakdown(streams=streams)
