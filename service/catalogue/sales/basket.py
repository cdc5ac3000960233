"""How much is in an order, and at what price it sells."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "unit/order",
    "up",
    Example({"units_sold": 450, "orders": 180}, "2.5"),
    serves=["sales"],
    aliases=["UPT", "units per transaction", "items per order"],
)
def units_per_order(units_sold: Number, orders: Number) -> Number:
    """Units per order.

    Units sold divided by the orders of the same period.

    Reading: Higher means that cross-selling and bundles work. Read it with the average order
    value: if units rise and the value does not, cheaper items are filling the basket.

    Source: http://www.investopedia.com/terms/u/units-per-transaction.asp
    """
    return units_sold / orders


@metric(
    "money/unit",
    "neither",
    Example({"revenue": 13_500, "units_sold": 450}, 30, currency="USD"),
    serves=["sales"],
    aliases=["ASP"],
)
def average_selling_price(revenue: Number, units_sold: Number) -> Number:
    """Average selling price.

    Revenue divided by units sold, for one product or for all.

    Reading: Neither high nor low is good in itself. It moves with discounts and with the mix of
    products sold, even when no price changed: look at one product at a time to tell them apart.

    Source: https://www.prodcamp.com/saas-glossary/average-selling-price
    """
    return revenue / units_sold
