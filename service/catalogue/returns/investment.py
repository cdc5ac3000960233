"""What an investment brought back beyond what was put in."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"revenue": 500_000_000, "marketing_cost": 100_000_000}, 4, currency="VND"),
    serves=["sales"],
    aliases=["ROMI", "ROI", "return on marketing investment"],
)
def marketing_roi(revenue: Number, marketing_cost: Number) -> Number:
    """Marketing ROI.

    What marketing brought in beyond its cost, for each unit of money spent on it: the revenue it
    produced in a period less its cost, divided by that cost.

    Reading: Above 0 more came in than was spent, 0 is break-even on revenue, and -100% means that
    nothing came in. It counts revenue, not profit: at a gross margin of 40% it takes 150%, not 0,
    to pay for the goods as well, so check it against the ROI on gross profit.

    Source: standard definition; its variants are in
    https://visualfoodie.com/the-importance-of-the-roi-formula-in-marketing
    """
    return (revenue - marketing_cost) / marketing_cost


@metric(
    "ratio",
    "up",
    Example({"sales_growth": 150_000, "marketing_cost": 60_000}, "1.5", currency="USD"),
    serves=["sales"],
    aliases=["digital marketing ROI"],
)
def marketing_roi_on_sales_growth(sales_growth: Number, marketing_cost: Number) -> Number:
    """Marketing ROI on sales growth.

    Growth in sales less the marketing cost of the period, divided by that cost. The growth is an
    amount of money, sales now minus sales before, and not a rate.

    Reading: Above 0 sales grew by more than was spent, at 0 the growth just covered the cost, and
    below -100% sales fell. All growth is credited to marketing: take out what would have come
    anyway (season, prices, organic trend) before you rely on it.

    Source: https://visualfoodie.com/the-importance-of-the-roi-formula-in-marketing; with organic
    growth removed in
    https://forbesinn.com/how-to-measure-roi-on-your-marketing-campaigns-a-practical-guide
    """
    return (sales_growth - marketing_cost) / marketing_cost


@metric(
    "ratio",
    "up",
    Example(
        {"revenue": 80_000, "gross_margin": "0.45", "marketing_cost": 15_000},
        "1.4",
        currency="USD",
    ),
    serves=["sales"],
    aliases=["marketing ROI on profit", "profit-based marketing ROI"],
)
def marketing_roi_on_gross_profit(
    revenue: Number, gross_margin: Number, marketing_cost: Number
) -> Number:
    """Marketing ROI on gross profit.

    Gross profit on the revenue that marketing brought in, less the marketing cost, divided by that
    cost. The cost of the goods is taken out of the return; overheads are not.

    Reading: Above 0 the campaign earned money after paying for the goods, 0 is break-even, and
    below 0 it lost money even if its ROI on revenue looks good. Use the margin of the products
    sold, after discounts: the company's average margin flatters a sale.

    Source: https://calculatorlib.com/return-on-marketing-investment-calculator
    """
    return (revenue * gross_margin - marketing_cost) / marketing_cost


@metric(
    "ratio",
    "up",
    Example({"amount_returned": 11_500, "investment": 10_000}, "0.15", currency="USD"),
    serves=["sales"],
    aliases=["ROI"],
)
def return_on_investment(amount_returned: Number, investment: Number) -> Number:
    """Return on investment.

    Gain or loss on any investment as a share of what was put in: the amount it returned less the
    amount invested, divided by the amount invested.

    Reading: 0 returned exactly what was invested, 100% doubled it, -100% lost all of it. Time is
    not in it: 15% in a month and 15% in five years look the same, so compare investments of equal
    length or use the compound annual growth rate.

    Source: standard definition; https://godigitallab.com/glossary/return-on-investment-roi/
    """
    return (amount_returned - investment) / investment
