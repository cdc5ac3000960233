"""How the deals on record are won, for how much and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from service.analytics import deals as records
from service.declare import algorithm
from service.metric import Example, Input
from service.outcome import Outcome
from service.shape import Shape
from service.shape.container import ListOf, Nullable, Record
from service.shape.number import Real, Whole
from service.shape.word import Flag, Moment, Text
from service.units import unit

_COUNT = Whole(0, records.MOST_DEALS)
_NAME = Nullable(Text())
_NUMBER = Nullable(Real())
_OPTIONAL: dict[str, Shape] = {
    "stage": _NAME,
    "closed": Nullable(Moment()),
    "won": Nullable(Flag()),
    "owner": _NAME,
}

Deals = Annotated[
    Sequence[records.Deal],
    Input(
        "deals",
        "deals",
        unit("deal"),
        ListOf(
            Record(
                {"id": Text(), "value": Real(), "created": Moment(), **_OPTIONAL},
                dict.fromkeys(_OPTIONAL),
            ),
            records.MOST_DEALS,
        ),
    ),
]
AsOf = Annotated[date | None, Input("as_of", "last day observed", unit("date"), Moment())]

_PIPELINE: dict[str, Shape] = {"open_deals": _COUNT, "pipeline_value": Real()}
_FIGURES: dict[str, Shape] = {
    "deals": _COUNT,
    "deals_won": _COUNT,
    "deals_lost": _COUNT,
    "win_rate": Nullable(Real(minimum=0, maximum=1)),
    "won_value": Real(),
    "average_deal_value": _NUMBER,
    "average_sales_cycle_days": _NUMBER,
    "median_sales_cycle_days": _NUMBER,
    "pipeline_velocity": _NUMBER,
    **_PIPELINE,
}
DEALS = Record(
    {
        "as_of": Nullable(Moment()),
        **_FIGURES,
        "owners": ListOf(Record({"name": _NAME, **_FIGURES}), records.MOST_DEALS),
        "stages": ListOf(Record({"name": _NAME, **_PIPELINE}), records.MOST_DEALS),
    }
)

SPRING = [
    {
        "id": "D-1",
        "value": 4_000,
        "created": "2026-01-10",
        "closed": "2026-02-19",
        "won": True,
        "owner": "Lan",
    },
    {
        "id": "D-2",
        "value": 2_500,
        "created": "2026-01-15",
        "closed": "2026-02-04",
        "won": False,
        "owner": "Lan",
    },
    {
        "id": "D-3",
        "value": 6_000,
        "created": "2026-02-01",
        "closed": "2026-03-13",
        "won": True,
        "owner": "Minh",
    },
    {
        "id": "D-4",
        "value": 3_000,
        "created": "2026-02-20",
        "closed": "2026-03-22",
        "won": False,
        "owner": "Minh",
    },
    {
        "id": "D-5",
        "value": 5_000,
        "created": "2026-03-05",
        "stage": "proposal",
        "owner": "Lan",
    },
]


@algorithm(
    "ratio",
    "up",
    Example({"deals": SPRING, "as_of": "2026-03-31"}, 0.5, currency="USD"),
    statement="win rate = won ÷ (won + lost); pipeline velocity = open deals × average value of the"
    " won × win rate ÷ mean sales cycle of the won",
    result=DEALS,
    serves=["sales"],
    aliases=["pipeline report", "win rate from deals", "sales velocity from deals"],
)
def deal_summary(deals: Deals, as_of: AsOf = None) -> Outcome:
    """Deal summary.

    What the deals of a pipeline tell on a given day: which share is won, what a won deal is worth,
    how long it took, what lies in the pipeline and how much of it comes in per day; for all deals
    and for each owner.

    Reading: The win rate knows closed deals only: deals left open for ever make it look better than
    it is. Velocity rises with more open deals, larger ones, a higher win rate or a shorter cycle;
    look which of the four moved. Owners with few deals differ by chance.

    Source: standard definitions, as in Triblio, https://www.triblio.com/pipeline-velocity
    """
    return records.deal_summary(deals=deals, as_of=as_of)
