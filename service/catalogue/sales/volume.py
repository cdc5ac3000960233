"""Whether the leads became as many deals as expected."""

from __future__ import annotations

from typing import Annotated

from service.analytics.funnels import sales_volume
from service.declare import algorithm
from service.metric import Example, Input
from service.outcome import Outcome
from service.shape.container import Nullable, Record
from service.shape.number import Real
from service.shape.word import Flag
from service.units import unit

_COUNT = Real(minimum=0)

Leads = Annotated[float, Input("leads", "leads", unit("lead"), _COUNT)]
Opportunities = Annotated[
    float, Input("opportunities", "opportunities", unit("opportunity"), _COUNT)
]
DealsWon = Annotated[float, Input("deals_won", "deals won", unit("deal"), _COUNT)]
ExpectedDeals = Annotated[float, Input("expected_deals", "expected deals", unit("deal"), _COUNT)]
SalesAmount = Annotated[float | None, Input("sales_amount", "sales amount", unit("money"), Real())]
ExpectedSalesAmount = Annotated[
    float | None, Input("expected_sales_amount", "expected sales amount", unit("money"), Real())
]

_MAYBE = Nullable(Real())
VOLUME = Record(
    {
        "leads": _COUNT,
        "opportunities": _COUNT,
        "deals_won": _COUNT,
        "expected_deals": _COUNT,
        "sales_amount": _MAYBE,
        "expected_sales_amount": _MAYBE,
        "lead_to_opportunity_rate": _MAYBE,
        "opportunity_to_deal_rate": _MAYBE,
        "attainment": _MAYBE,
        "gap": Real(),
        "reached": Flag(),
        "sales_amount_attainment": _MAYBE,
        "sales_amount_gap": _MAYBE,
    }
)


@algorithm(
    "ratio",
    "up",
    Example(
        {
            "leads": 400,
            "opportunities": 100,
            "deals_won": 30,
            "expected_deals": 40,
            "sales_amount": 45_000,
            "expected_sales_amount": 50_000,
        },
        0.75,
        currency="USD",
    ),
    statement="attainment = deals won ÷ expected deals; lead to opportunity = opportunities ÷"
    " leads; opportunity to deal = deals won ÷ opportunities",
    result=VOLUME,
    serves=["leads", "sales"],
    aliases=["sales volume analysis", "volume report", "sales attainment"],
)
def sales_volume_report(
    leads: Leads,
    opportunities: Opportunities,
    deals_won: DealsWon,
    expected_deals: ExpectedDeals,
    sales_amount: SalesAmount = None,
    expected_sales_amount: ExpectedSalesAmount = None,
) -> Outcome:
    """Sales volume report.

    The three points of the sales volume, leads, opportunities and deals won, the two rates between
    them, and the deals held against those that were expected.

    Reading: Below 1 deals are missing; the two rates say whether leads were too few, too poor or
    not closed. The counts are of one period, so a deal may come from a lead of an earlier one. More
    deals with a lower sales amount are smaller deals.

    Source: standard funnel rates, defined stage by stage in
    https://altiorco.com/revops-dictionary/conversion-rate
    """
    return sales_volume.sales_volume_report(
        leads=leads,
        opportunities=opportunities,
        deals_won=deals_won,
        expected_deals=expected_deals,
        sales_amount=sales_amount,
        expected_sales_amount=expected_sales_amount,
    )
