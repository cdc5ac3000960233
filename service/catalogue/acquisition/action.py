"""What an action or an order costs."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number, Parts, total
from service.metric import Example


@metric(
    "money/action",
    "down",
    Example({"ad_spend": 2_400, "actions": 160}, 15, currency="USD"),
    serves=["leads", "sales"],
    aliases=["CPA", "cost per conversion"],
)
def cost_per_action(ad_spend: Number, actions: Number) -> Number:
    """Cost per action.

    Ad spend divided by the actions it brought, an action being what you chose to count: a
    purchase, a form sent, a sign-up, a download.

    Reading: Compare it only with the cost of the same action in the same attribution window: a
    sign-up is always cheap beside a purchase. If repeats are worth nothing, count an action once
    per person. CPA also stands for cost per acquisition, which counts new customers.

    Source: Google Ads API, average CPA as cost divided by conversions,
    https://developers.google.com/google-ads/api/reference/rpc/v24/KeywordForecastMetrics
    """
    return ad_spend / actions


@metric(
    "money",
    "neither",
    Example({"actions": 240, "price_per_action": 8}, 1_920, currency="USD"),
    serves=["sales"],
    aliases=["CPA accrued cost", "accrued cost under CPA pricing"],
)
def cost_per_action_accrued(actions: Number, price_per_action: Number) -> Number:
    """Accrued cost of paying per action.

    What an advertiser owes under the CPA pricing model: the actions that happened times the price
    agreed for one. Without an action there is no cost.

    Reading: It is a bill, not a result: a higher one is welcome while an action is worth more than
    its price. Returned orders and refused leads are often not paid for, so settle the count with
    the publisher before you book it.

    Source: IAB UK, cost-per-action, https://www.iabuk.com/node/30354
    """
    return actions * price_per_action


@metric(
    "money/order",
    "down",
    Example(
        {
            "campaign_costs": {"facebook": 100_000_000, "google": 100_000_000},
            "orders": 200,
        },
        1_000_000,
        currency="VND",
    ),
    serves=["sales"],
    aliases=["CPW", "CPO", "cost per win"],
)
def cost_per_order(campaign_costs: Parts, orders: Number) -> Number:
    """Cost per order.

    Campaign costs, added up over channels, divided by the orders the campaign brought. Orders
    count and not customers, so one customer may count several times.

    Reading: Below the gross profit of an average order the campaign pays for itself at once.
    Existing customers order more easily, so a low value may only mean that ads reach people who
    would have bought; cost per acquisition counts new customers alone.

    Source: https://www.daasity.com/post/cost-per-order
    """
    return total(campaign_costs) / orders
