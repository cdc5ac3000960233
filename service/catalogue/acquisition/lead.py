"""What a lead costs, stage by stage from a contact to an opportunity."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number, Parts, total
from service.metric import Example


@metric(
    "money/lead",
    "down",
    Example(
        {
            "campaign_costs": {"facebook": 100_000_000, "google": 100_000_000},
            "leads": 400,
        },
        500_000,
        currency="VND",
    ),
    serves=["leads"],
    aliases=["CPL"],
)
def cost_per_lead(campaign_costs: Parts, leads: Number) -> Number:
    """Cost per lead.

    Campaign costs, added up over channels, divided by the leads the campaign brought. Whether the
    leads are any good is not in it.

    Reading: Times the leads it takes for one customer, it is the cost of that customer: 50 a lead
    at one customer in ten leads is 500. The cheapest leads are often those that never buy, so
    compare channels by the cost per MQL or per opportunity as well.

    Source: https://www.calcbee.com/calculators/marketing/ppc/cost-per-sql-calculator
    """
    return total(campaign_costs) / leads


@metric(
    "money/lead",
    "down",
    Example({"cost_per_click": "1.2", "click_to_lead_rate": "0.08"}, 15, currency="USD"),
    serves=["leads"],
    aliases=["CPL from CPC", "expected cost per lead"],
)
def cost_per_lead_from_click(cost_per_click: Number, click_to_lead_rate: Number) -> Number:
    """Cost per lead from cost per click.

    Cost per click divided by the share of clicks that become leads: the cost per lead that a bid
    and a landing page lead to expect.

    Reading: A landing page that converts twice as well halves it at the same bid. Take the price
    and the rate from the same page and period: visitors who came without an ad do not belong in
    the rate.

    Source: cost per conversion as cost per click divided by conversion rate,
    https://metrictoolbox.com/guides/how-to-calculate-cpa
    """
    return cost_per_click / click_to_lead_rate


@metric(
    "money/mql",
    "down",
    Example({"campaign_costs": 15_000, "mqls": 120}, 125, currency="USD"),
    serves=["leads"],
    aliases=["CPMQL", "cost per marketing-qualified lead"],
)
def cost_per_mql(campaign_costs: Parts, mqls: Number) -> Number:
    """Cost per MQL.

    Campaign costs divided by the marketing-qualified leads they brought: leads that fit the ideal
    customer and have shown interest.

    Reading: It puts quality into the price: a channel whose leads are dear but fit well can win
    here. A looser definition lowers it without bringing one sale more, so keep the definition
    fixed and watch the MQL-to-SQL rate beside it.

    Source: https://www.tripledart.com/glossary/cost-per-mql
    """
    return total(campaign_costs) / mqls


@metric(
    "money/sql",
    "down",
    Example(
        {"campaign_costs": 15_000, "sqls": 36}, "416.6666666666666666666666667", currency="USD"
    ),
    serves=["leads"],
    aliases=["cost per sales-qualified lead"],
)
def cost_per_sql(campaign_costs: Parts, sqls: Number) -> Number:
    """Cost per SQL.

    Campaign costs divided by the sales-qualified leads they brought: leads that sales agrees are
    ready to be worked.

    Reading: If it rises while the cost per MQL stands still, fewer MQLs pass to sales: look at
    lead quality and the hand-over, not at the ads. It means something only if marketing and sales
    share one definition of an SQL.

    Source: https://www.calcbee.com/calculators/marketing/ppc/cost-per-sql-calculator
    """
    return total(campaign_costs) / sqls


@metric(
    "money/sqo",
    "down",
    Example({"campaign_costs": 15_000, "sqos": 24}, 625, currency="USD"),
    serves=["leads"],
    aliases=["cost per sales-qualified opportunity"],
)
def cost_per_sqo(campaign_costs: Parts, sqos: Number) -> Number:
    """Cost per SQO.

    Campaign costs divided by the sales-qualified opportunities they brought: possible deals that
    sales has checked and expects to be able to win.

    Reading: Divided by the share of these opportunities that are won, it is the cost of a deal.
    Some guides print cost per lead divided by spend, which is not an amount of money; spend per
    opportunity is meant. Small counts swing: judge a quarter, not a week.

    Source: https://kellblog.com/2025/03/01/how-to-calculate-cost-per-opportunity
    """
    return total(campaign_costs) / sqos


@metric(
    "money/sqo",
    "down",
    Example({"cost_per_lead": 50, "lead_to_sqo_rate": "0.08"}, 625, currency="USD"),
    serves=["leads"],
    aliases=["cost per SQO from CPL"],
)
def cost_per_sqo_from_lead(cost_per_lead: Number, lead_to_sqo_rate: Number) -> Number:
    """Cost per SQO from cost per lead.

    Cost per lead divided by the share of leads that become sales-qualified opportunities: the same
    figure as cost per SQO, reached through the funnel.

    Reading: It shows what drives the cost: half the price of a lead or twice the rate halves it.
    Both inputs must describe the same leads; the price of paid leads with the rate of all leads
    gives a cost that nobody pays.

    Source: cost per stage as spend over leads and stage rates,
    https://www.calcbee.com/calculators/marketing/ppc/cost-per-sql-calculator
    """
    return cost_per_lead / lead_to_sqo_rate


@metric(
    "money/opportunity",
    "down",
    Example(
        {
            "campaign_costs": {
                "people": 4_050_000,
                "programmes": 4_050_000,
                "technology": 900_000,
            },
            "opportunities": 1_000,
        },
        9_000,
        currency="USD",
    ),
    serves=["leads"],
)
def cost_per_opportunity(campaign_costs: Parts, opportunities: Number) -> Number:
    """Cost per opportunity.

    Costs divided by the sales opportunities they created, whatever has become of these since.

    Reading: It must stay well below what an opportunity is worth on average: win rate times deal
    value times gross margin. It does not tell what more opportunities would cost, since the
    cheapest sources are used first and salaries do not grow with each of them.

    Source: https://kellblog.com/2025/03/01/how-to-calculate-cost-per-opportunity
    """
    return total(campaign_costs) / opportunities
