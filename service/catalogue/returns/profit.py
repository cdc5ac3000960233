"""What is left of revenue, and of what the firm owns, once costs are paid."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "money",
    "up",
    Example({"revenue": 200_000, "cost": 150_000}, 50_000, currency="VND"),
    serves=["sales"],
)
def profit(revenue: Number, cost: Number) -> Number:
    """Profit.

    Revenue less cost, over the same orders, campaign or period. Which costs are subtracted decides
    which profit it is: the goods alone leave gross profit, all costs leave net profit.

    Reading: Above 0 money was made, at 0 costs were just covered, below 0 money was lost. Two
    profits can be compared only if both subtract the same kinds of cost; compare campaigns of
    different size by profit margin.

    Source: standard definition;
    https://www.accountingverse.com/managerial-accounting/fs-analysis/profitability-ratios.html
    """
    return revenue - cost


@metric(
    "ratio",
    "up",
    Example({"profit": 50_000, "revenue": 200_000}, "0.25", currency="VND"),
    serves=["sales"],
    aliases=["net profit margin", "return on sales"],
)
def profit_margin(profit: Number, revenue: Number) -> Number:
    """Profit margin.

    Profit as a share of the revenue it was made on: how much of each sale is left after costs.

    Reading: 25% leaves a quarter of each sale, 0 is break-even, and a negative margin loses money
    on what is sold. A discount comes straight out of it: at a margin of 25%, selling 10% cheaper
    gives away 40% of the profit.

    Source:
    https://www.accountingverse.com/managerial-accounting/fs-analysis/profitability-ratios.html
    """
    return profit / revenue


@metric(
    "ratio",
    "up",
    Example({"revenue": 250_000, "cost_of_goods_sold": 150_000}, "0.4", currency="USD"),
    serves=["sales"],
    aliases=["gross profit margin"],
)
def gross_margin(revenue: Number, cost_of_goods_sold: Number) -> Number:
    """Gross margin.

    Revenue less the cost of the goods sold, as a share of revenue. Marketing, rent, administration
    and tax are not subtracted.

    Reading: The higher it is, the more of each sale can pay for marketing. Below 0 each sale costs
    more to make than it brings. Do not take a mark-up for it: a mark-up of 50% on cost is a gross
    margin of only 33%.

    Source: standard definition;
    https://www.accountingverse.com/managerial-accounting/fs-analysis/profitability-ratios.html
    """
    return (revenue - cost_of_goods_sold) / revenue


@metric(
    "ratio",
    "up",
    Example({"revenue": 250_000, "variable_costs": 162_500}, "0.35", currency="USD"),
    serves=["sales"],
    aliases=["contribution margin", "CM ratio"],
)
def contribution_margin_ratio(revenue: Number, variable_costs: Number) -> Number:
    """Contribution margin ratio.

    Revenue less all variable costs (goods, shipping, payment fees, commissions), as a share of
    revenue: what each sale leaves to pay fixed costs and then profit.

    Reading: Fixed costs divided by it give the revenue at which the business breaks even; below 0
    each further sale adds to the loss. It is usually lower than gross margin. Whether ads are
    among the variable costs changes it, so say so when you report it.

    Source: Lumen Learning, Managerial Accounting, Contribution Margin,
    https://courses.lumenlearning.com/wm-managerialaccounting/chapter/contribution-margin/
    """
    return (revenue - variable_costs) / revenue


@metric(
    "money/order",
    "up",
    Example({"profit": 6_000_000, "orders": 120}, 50_000, currency="VND"),
    serves=["sales"],
    aliases=["average profit per order"],
)
def profit_per_order(profit: Number, orders: Number) -> Number:
    """Profit per order.

    Profit divided by the number of orders it was made on.

    Reading: If the profit leaves out ads, it is the most that winning an order may cost: compare
    it with cost per order. Below 0 each order loses money, and more orders lose more. Larger
    baskets raise it; discounts and free shipping lower it.

    Source: https://www.statspresso.com/metrics/gross-profit-per-order-calculator
    """
    return profit / orders


@metric(
    "ratio",
    "up",
    Example({"net_income": 84_000, "total_assets": 1_200_000}, "0.07", currency="USD"),
    aliases=["ROA"],
)
def return_on_assets(net_income: Number, total_assets: Number) -> Number:
    """Return on assets.

    Net income of a period as a share of the assets the firm used to earn it; assets averaged over
    the period fit best.

    Reading: At 7% the whole firm earned 7 on every 100 that it owns; below 0 it made a loss. It
    says nothing of the return on marketing, for which it is sometimes mistaken. Firms that need
    much equipment have lower values, so compare within one industry.

    Source:
    https://www.accountingverse.com/managerial-accounting/fs-analysis/profitability-ratios.html
    """
    return net_income / total_assets
