"""How often a deal closes, what it is worth and how long it takes."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"deals_closed": 12, "opportunities": 48}, "0.25"),
    over_one="warn",
    serves=["sales"],
    aliases=["close rate", "closing rate", "closing ratio"],
)
def sales_close_rate(deals_closed: Number, opportunities: Number) -> Number:
    """Sales close rate.

    Deals closed divided by the opportunities received in the same period, by one salesperson or
    by the team.

    Reading: Unlike in the win rate, open opportunities count, so many new ones lower it. Above
    100% some deals come from opportunities of an earlier period.

    Source: HubSpot, "Closing ratio", https://www.hubspot.com/glossary/closing-ratio
    """
    return deals_closed / opportunities


@metric(
    "ratio",
    "up",
    Example({"deals_won": 15, "deals_lost": 35}, "0.3"),
    serves=["sales"],
    aliases=["deal win rate"],
)
def win_rate(deals_won: Number, deals_lost: Number) -> Number:
    """Win rate.

    Deals won divided by the deals decided, won or lost. Deals still open are not counted.

    Reading: It is the rate that belongs in pipeline velocity. Dead deals that nobody marks as lost
    flatter it: close them before reading it.

    Source: https://kpitree.co/integrations/hubspot/win-rate
    """
    return deals_won / (deals_won + deals_lost)


@metric(
    "money/deal",
    "up",
    Example({"won_revenue": 90_000, "deals_won": 15}, 6000, currency="USD"),
    serves=["sales"],
    aliases=["average deal size"],
)
def average_deal_value(won_revenue: Number, deals_won: Number) -> Number:
    """Average deal value.

    Revenue of the deals won divided by their number.

    Reading: One very large deal can carry the average, so look at the middle value too. If it
    rises while the win rate falls, the offer is moving to bigger customers who are harder to win.

    Source: http://help.quarterone.com/en/articles/3650265-sales-velocity-metrics-calculations
    """
    return won_revenue / deals_won


@metric(
    "day/deal",
    "down",
    Example({"total_sales_cycle_days": 675, "deals_won": 15}, 45),
    serves=["sales"],
    aliases=["sales cycle length", "average deal cycle", "time to close"],
)
def average_sales_cycle(total_sales_cycle_days: Number, deals_won: Number) -> Number:
    """Average sales cycle.

    Days from opening to winning, added up over the deals won and divided by their number.

    Reading: Shorter brings the money sooner and lets the same team close more. Deals lost or still
    open are not in it, so it can look short while slow deals pile up. Always measure from the
    same stage.

    Source: https://www.clevenue.io/revenue-academy/how-to-calculate-deal-cycles
    """
    return total_sales_cycle_days / deals_won
