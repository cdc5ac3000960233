"""What a new customer costs, and how much a first order can pay for one."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number, Parts, total
from service.metric import Example


@metric(
    "money/customer",
    "down",
    Example(
        {
            "sales_and_marketing_costs": {
                "advertising": 30_000,
                "salaries_marketing": 12_000,
                "software": 8_000,
            },
            "new_customers": 100,
        },
        500,
        currency="BRL",
    ),
    serves=["sales"],
    aliases=["CAC", "cost to acquire a customer", "blended CAC"],
)
def customer_acquisition_cost(sales_and_marketing_costs: Parts, new_customers: Number) -> Number:
    """Customer acquisition cost.

    All sales and marketing costs of a period (ads, salaries, commissions, agencies, tools,
    overheads) divided by the customers won in it. Customers who came back are not counted.

    Reading: Lower is better as long as the customers are as good: compare it with lifetime value
    and with the months it takes to pay back. Salaries and tools are the parts most often left out.
    With a long sales cycle, the customers of this period were paid for in an earlier one.

    Source: HubSpot's six marketing metrics for the CEO, in the copy at
    http://affiliateseo.com/the-6-key-marketing-metrics-your-ceo-actually-cares-about/
    """
    return total(sales_and_marketing_costs) / new_customers


@metric(
    "money/customer",
    "down",
    Example(
        {
            "digital_costs": {
                "advertising": 24_500,
                "salaries_creative": 18_000,
                "technology": 7_500,
            },
            "digital_new_customers": 80,
        },
        625,
        currency="USD",
    ),
    serves=["sales"],
    aliases=["digital CAC", "inbound CAC"],
)
def digital_customer_acquisition_cost(
    digital_costs: Parts, digital_new_customers: Number
) -> Number:
    """Digital customer acquisition cost.

    Costs of digital sales and marketing in a period (ads, staff, technology, software, a share of
    the overheads) divided by the customers won through digital channels in it.

    Reading: Set it beside the outbound cost to decide where the next budget goes, and beside what
    the customers of each side are worth. Split shared salaries and overheads by one rule, or they
    are counted twice, or not at all.

    Source: cost of acquisition by channel, https://elir.app/blog/cac-by-channel
    """
    return total(digital_costs) / digital_new_customers


@metric(
    "money/customer",
    "down",
    Example(
        {
            "outbound_costs": {
                "advertising": 40_000,
                "distribution": 15_000,
                "salaries_sales": 35_000,
            },
            "outbound_new_customers": 75,
        },
        1_200,
        currency="USD",
    ),
    serves=["sales"],
    aliases=["outbound CAC"],
)
def outbound_customer_acquisition_cost(
    outbound_costs: Parts, outbound_new_customers: Number
) -> Number:
    """Outbound customer acquisition cost.

    Costs of outbound sales and marketing in a period (calls, cold e-mail, direct mail, mass
    advertising, sales staff) divided by the customers won that way. Outbound means that the firm
    makes the first contact, not that it sells abroad.

    Reading: It is often above the digital cost, since people make each contact; that pays only if
    these customers are worth more. A customer who read your site before the call can count for one
    side only: settle which before you compare the two.

    Source: cost of acquisition by channel, outbound among them,
    https://elir.app/blog/cac-by-channel
    """
    return total(outbound_costs) / outbound_new_customers


@metric(
    "money/customer",
    "down",
    Example({"campaign_costs": 1_000, "campaign_customers": 100}, 10, currency="USD"),
    serves=["sales"],
    aliases=["CPA", "cost per new customer"],
)
def cost_per_acquisition(campaign_costs: Parts, campaign_customers: Number) -> Number:
    """Cost per acquisition.

    Costs of one campaign or channel divided by the new customers it brought. Salaries, tools and
    overheads are in it only as far as they are given among the campaign costs.

    Reading: Keep it below the profit of a first order, or below what a customer is worth over
    time. It is usually lower than customer acquisition cost, which carries all sales and marketing
    costs. CPA also stands for cost per action: say what was counted.

    Source: https://netpeaksoftware.com/blog/10-kpis-every-digital-marketer-should-track
    """
    return total(campaign_costs) / campaign_customers


@metric(
    "money/customer",
    "down",
    Example({"cost_per_click": "0.5", "click_to_customer_rate": "0.04"}, "12.5", currency="USD"),
    serves=["sales"],
    aliases=["CPA from CPC", "expected cost per acquisition"],
)
def cost_per_acquisition_from_click(
    cost_per_click: Number, click_to_customer_rate: Number
) -> Number:
    """Cost per acquisition from cost per click.

    Cost per click divided by the share of clicks that become customers: the cost per acquisition
    that bids and a conversion rate lead to expect, before the money is spent.

    Reading: Halving the price of a click and doubling the conversion rate lower it equally, so
    work on the easier one. A rate from few sales makes it uncertain: at 2 sales in 100 clicks, one
    more sale takes a third off and one fewer doubles it.

    Source: https://danzarrella.com/ppc-cost-per-acquisition-formula.html
    """
    return cost_per_click / click_to_customer_rate


@metric(
    "money/customer",
    "neither",
    Example({"average_order_value": 120, "gross_margin": "0.35"}, 42, currency="USD"),
    serves=["sales"],
    aliases=["break-even CPA", "maximum CPA"],
)
def break_even_cost_per_acquisition(average_order_value: Number, gross_margin: Number) -> Number:
    """Break-even cost per acquisition.

    Average order value times gross margin: the gross profit of a first order, and so the most that
    a customer who buys once may cost.

    Reading: A cost per acquisition below it earns money on the first order; one above it loses
    money unless the customer comes back. It is a ceiling and not a target, since it leaves nothing
    for fixed costs. Below 0, every order loses money before any advertising.

    Source: https://www.roichecker.com/en/guides/cpa/what-is-cpa
    """
    return average_order_value * gross_margin


@metric(
    "ratio",
    "neither",
    Example({"marketing_cost": 20_000, "sales_and_marketing_cost": 50_000}, "0.4", currency="USD"),
    over_one="refuse",
    serves=["sales"],
    aliases=["M%-CAC", "marketing percentage of CAC"],
)
def marketing_share_of_cac(marketing_cost: Number, sales_and_marketing_cost: Number) -> Number:
    """Marketing share of acquisition cost.

    Marketing cost as a share of all sales and marketing costs of the same period: how much of the
    price of a new customer is marketing.

    Reading: A rise can mean that marketing spends too much, that sales earned fewer commissions, or
    that marketing took over work of sales; acquisition cost itself tells which. Personal selling
    keeps it low, self-service keeps it high, so neither end is good by itself.

    Source: https://blog.mediapost-martech.com/6-marketing-metrics-any-marketer-should-care-about
    """
    return marketing_cost / sales_and_marketing_cost
