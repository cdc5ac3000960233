"""What does a customer cost through digital marketing, through outbound, and overall?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypedDict

from service.analytics.magnitude import in_range, ratio, reaches
from service.message import Message, Refused
from service.outcome import Outcome

MAX_COSTS = 1_000
MAX_CAMPAIGN_TYPES = 1_000

Basket: TypeAlias = Literal["digital", "outbound"]
Row: TypeAlias = dict[str, Any]


class CampaignType(TypedDict):
    """A kind of campaign, its direct cost and the new customers it brought."""

    name: str
    basket: Basket
    cost: float
    new_customers: float


@in_range
def acquisition_cost_split(
    *,
    digital_costs: Mapping[str, float],
    outbound_costs: Mapping[str, float],
    digital_new_customers: float,
    outbound_new_customers: float,
    shared_costs: Mapping[str, float] | None = None,
    digital_share_of_shared_costs: float | None = None,
    campaign_types: Sequence[CampaignType] = (),
) -> Outcome:
    """Return the blended customer acquisition cost, and those of its two baskets.

        cost of a basket = direct cost + its share of the shared cost
        customer acquisition cost = cost ÷ new customers
        blended = (digital cost + outbound cost) ÷ (digital + outbound new customers)

    so that the blended cost is the mean of the two, weighted by new customers.  Shared
    cost is divided in proportion to direct cost, or as *digital_share_of_shared_costs*
    says.  A campaign type carries its direct cost and, in proportion to it, part of the
    shared cost of its basket; what the types leave of a basket is its "(rest)".

    The result holds `digital`, `outbound` and `blended` (`direct_cost`, `shared_cost`,
    `cost`, `new_customers`, `customer_acquisition_cost`), `components` (`name`, `basket`,
    `cost`, `share` of all cost) and `campaign_types` (as a basket, with `name` and
    `basket`).  A cost per customer is None where there are no customers or no rule to
    divide the shared cost by.

    Raises:
        Refused: Campaign types that cost more, or win more customers, than their basket.
    """
    direct: dict[Basket, float] = {
        "digital": math.fsum(digital_costs.values()),
        "outbound": math.fsum(outbound_costs.values()),
    }
    customers: dict[Basket, float] = {
        "digital": digital_new_customers,
        "outbound": outbound_new_customers,
    }
    shared = math.fsum((shared_costs or {}).values())
    share = digital_share_of_shared_costs
    if share is None:
        share = (
            0.0 if shared == 0 else ratio(direct["digital"], direct["digital"] + direct["outbound"])
        )
    parts: dict[Basket, float | None] = {
        "digital": None if share is None else shared * share,
        "outbound": None if share is None else shared * (1 - share),
    }
    cost, won = math.fsum((*direct.values(), shared)), math.fsum(customers.values())
    value = cost / won if won else None
    result = {
        "digital": _basket(direct["digital"], parts["digital"], customers["digital"]),
        "outbound": _basket(direct["outbound"], parts["outbound"], customers["outbound"]),
        "blended": _basket(math.fsum(direct.values()), shared, won),
        "components": _components(
            {"digital": digital_costs, "outbound": outbound_costs, "shared": shared_costs or {}},
            cost,
        ),
        "campaign_types": _by_campaign_type(campaign_types, direct, parts, customers),
    }
    reason = None
    if value is None:
        reason = Message(
            "division_by_zero", "there are no new customers, so their cost is undefined"
        )
    return Outcome(
        value,
        result,
        reason,
        (_BY_DIRECT_COST if digital_share_of_shared_costs is None else _AS_GIVEN,),
        () if share is not None else (_NO_RULE,),
    )


def _basket(direct: float, shared: float | None, customers: float) -> Row:
    cost = None if shared is None else direct + shared
    return {
        "direct_cost": direct,
        "shared_cost": shared,
        "cost": cost,
        "new_customers": customers,
        "customer_acquisition_cost": None if cost is None else ratio(cost, customers),
    }


def _components(costs: Mapping[str, Mapping[str, float]], whole: float) -> list[Row]:
    return [
        {"name": name, "basket": basket, "cost": cost, "share": ratio(cost, whole)}
        for basket, parts in costs.items()
        for name, cost in parts.items()
    ]


def _by_campaign_type(
    types: Sequence[CampaignType],
    direct: Mapping[Basket, float],
    shared: Mapping[Basket, float | None],
    customers: Mapping[Basket, float],
) -> list[Row]:
    """Return a row for each campaign type, and one for what they leave of a basket."""
    rows = [
        _type(one["name"], one["basket"], one["cost"], one["new_customers"], direct, shared)
        for one in types
    ]
    for basket in direct:
        inside = [one for one in types if one["basket"] == basket]
        cost = math.fsum(one["cost"] for one in inside)
        won = math.fsum(one["new_customers"] for one in inside)
        _refuse_excess(basket, "cost", cost, direct[basket])
        _refuse_excess(basket, "new_customers", won, customers[basket])
        left = max(0.0, direct[basket] - cost), max(0.0, customers[basket] - won)
        if inside and any(left):
            rows.append(_type("(rest)", basket, *left, direct, shared))
    return rows


def _type(
    name: str,
    basket: Basket,
    cost: float,
    customers: float,
    direct: Mapping[Basket, float],
    shared: Mapping[Basket, float | None],
) -> Row:
    portion, whole = ratio(cost, direct[basket]), shared[basket]
    part = None if portion is None or whole is None else whole * portion
    return {"name": name, "basket": basket, **_basket(cost, part, customers)}


def _refuse_excess(basket: Basket, field: str, part: float, whole: float) -> None:
    if not reaches(whole, part):
        raise Refused(
            "/campaign_types",
            "part_exceeds_whole",
            "the campaign types of {basket} have {field} {part_value} together, more than the"
            " {whole_value} of the basket; a part cannot exceed its whole",
            basket=basket,
            field=field,
            part_value=f"{part:.15g}",
            whole_value=f"{whole:.15g}",
        )


_BY_DIRECT_COST = Message(
    "shared_by_direct_cost", "shared cost is divided in proportion to direct cost"
)
_AS_GIVEN = Message(
    "shared_as_given", "shared cost is divided as digital_share_of_shared_costs says"
)
_NO_RULE = Message(
    "no_rule_for_shared_cost",
    "neither basket has a direct cost to divide the shared cost by, so only the blended cost is"
    " known; give digital_share_of_shared_costs",
)
