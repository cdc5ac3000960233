"""What the units sold and the people employed bring."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "money",
    "up",
    Example({"units_sold": 500, "unit_price": 200_000}, 100_000_000, currency="VND"),
    serves=["sales"],
    aliases=["sales revenue"],
)
def revenue_from_units(units_sold: Number, unit_price: Number) -> Number:
    """Revenue from units.

    The units sold times the price of one: the two parts of a revenue target.

    Reading: Take the average price paid, after discounts; the list price promises too much. Use it
    backwards to see how many units a target asks for, and remember that a higher price usually
    sells fewer.

    Source: https://calculator.academy/unit-sales-calculator/; the source documents name both as the
    parts of a revenue target.
    """
    return units_sold * unit_price


@metric(
    "money/employee",
    "up",
    Example({"revenue": 6_000_000, "employees": 40}, 150_000, currency="USD"),
    serves=["sales"],
    aliases=["sales per employee", "RPE"],
)
def revenue_per_employee(revenue: Number, employees: Number) -> Number:
    """Revenue per employee.

    The revenue of a period, usually a year, divided by the average number of employees, part-time
    work counted in proportion.

    Reading: Compare within one industry only: a software company and a restaurant are worlds apart.
    Work given to contractors raises it without anybody working better.

    Source: http://www.investopedia.com/terms/r/revenueperemployee.asp; full-time equivalents at
    https://wiki.treasurers.org/w/index.php?title=Revenue_per_employee.
    """
    return revenue / employees
