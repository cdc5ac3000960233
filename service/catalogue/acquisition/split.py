"""What a customer costs by digital marketing, by outbound sales and altogether."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from service.analytics.breakdowns import acquisition_split
from service.analytics.breakdowns.acquisition_split import CampaignType
from service.declare import algorithm
from service.metric import Example, Input
from service.outcome import Outcome
from service.shape import Shape
from service.shape.container import ListOf, MapOf, Nullable, Record
from service.shape.number import Real
from service.shape.word import Choice, Text
from service.units import unit

_AMOUNT = Real(minimum=0)
_COSTS = MapOf(_AMOUNT, acquisition_split.MAX_COSTS)
_BASKET = Choice(("digital", "outbound"))

DigitalCosts = Annotated[
    Mapping[str, float], Input("digital_costs", "costs of digital marketing", unit("money"), _COSTS)
]
OutboundCosts = Annotated[
    Mapping[str, float], Input("outbound_costs", "costs of outbound sales", unit("money"), _COSTS)
]
SharedCosts = Annotated[
    Mapping[str, float] | None, Input("shared_costs", "shared costs", unit("money"), _COSTS)
]
DigitalNewCustomers = Annotated[
    float,
    Input("digital_new_customers", "new customers by digital marketing", unit("customer"), _AMOUNT),
]
OutboundNewCustomers = Annotated[
    float,
    Input("outbound_new_customers", "new customers by outbound sales", unit("customer"), _AMOUNT),
]
DigitalShare = Annotated[
    float | None,
    Input(
        "digital_share_of_shared_costs",
        "digital marketing's share of the shared costs",
        unit("ratio"),
        Real(minimum=0, maximum=1),
    ),
]
CampaignTypes = Annotated[
    Sequence[CampaignType],
    Input(
        "campaign_types",
        "types of campaigns",
        unit("campaign"),
        ListOf(
            Record({"name": Text(), "basket": _BASKET, "cost": _AMOUNT, "new_customers": _AMOUNT}),
            acquisition_split.MAX_CAMPAIGN_TYPES,
        ),
    ),
]

_CUSTOMERS_AND_COST: dict[str, Shape] = {
    "direct_cost": _AMOUNT,
    "shared_cost": Nullable(_AMOUNT),
    "cost": Nullable(_AMOUNT),
    "new_customers": _AMOUNT,
    "customer_acquisition_cost": Nullable(_AMOUNT),
}
SPLIT = Record(
    {
        "digital": Record(_CUSTOMERS_AND_COST),
        "outbound": Record(_CUSTOMERS_AND_COST),
        "blended": Record(_CUSTOMERS_AND_COST),
        "components": ListOf(
            Record(
                {
                    "name": Text(),
                    "basket": Choice((*_BASKET.words, "shared")),
                    "cost": _AMOUNT,
                    "share": Nullable(_AMOUNT),
                }
            ),
            3 * acquisition_split.MAX_COSTS,
        ),
        "campaign_types": ListOf(
            Record({"name": Text(), "basket": _BASKET, **_CUSTOMERS_AND_COST}),
            acquisition_split.MAX_CAMPAIGN_TYPES + 2,
        ),
    }
)


@algorithm(
    "money/customer",
    "down",
    Example(
        {
            "digital_costs": {"salaries": 12_000, "software": 3_000},
            "outbound_costs": {"advertising": 10_000, "distribution": 5_000},
            "shared_costs": {"overhead": 6_000},
            "digital_new_customers": 100,
            "outbound_new_customers": 60,
            "campaign_types": [
                {"name": "search", "basket": "digital", "cost": 9_000, "new_customers": 80}
            ],
        },
        225.0,
        currency="USD",
    ),
    statement="blended = all costs ÷ all new customers; of digital and outbound each: (direct costs"
    " + its part of the shared costs) ÷ its new customers",
    result=SPLIT,
    serves=["sales"],
    aliases=["CAC by channel", "digital CAC", "outbound CAC", "blended CAC"],
)
def acquisition_cost_split(
    digital_costs: DigitalCosts,
    outbound_costs: OutboundCosts,
    digital_new_customers: DigitalNewCustomers,
    outbound_new_customers: OutboundNewCustomers,
    shared_costs: SharedCosts = None,
    digital_share_of_shared_costs: DigitalShare = None,
    campaign_types: CampaignTypes = (),
) -> Outcome:
    """Acquisition cost split.

    What a new customer costs by digital marketing, by outbound sales and altogether, from costs
    that add up to the whole: shared costs are divided in proportion to direct costs, or as told.

    Reading: The blended cost hides a cheap basket and a dear one; decide budgets by the two, and by
    the types of campaigns within them. How shared costs are divided is a convention: see whether
    the order of the two survives another share.

    Source: https://metrickittools.com/guides/blended-cac-guide; shared costs and overhead divided
    among channels as in
    https://inflectioncfo.co/blog/cac-by-channel-the-blended-cost-trap-killing-your-budget-allocation/
    """
    return acquisition_split.acquisition_cost_split(
        digital_costs=digital_costs,
        outbound_costs=outbound_costs,
        shared_costs=shared_costs,
        digital_new_customers=digital_new_customers,
        outbound_new_customers=outbound_new_customers,
        digital_share_of_shared_costs=digital_share_of_shared_costs,
        campaign_types=campaign_types,
    )
