"""What marketing money brought back, against what was spent."""

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"revenue": 500_000_000, "marketing_cost": 100_000_000}, 4, currency="VND"),
    serves=["sales"],
    aliases=["ROMI", "ROI"],
)
def marketing_roi(revenue: Number, marketing_cost: Number) -> Number:
    """Marketing ROI.

    What marketing earned beyond its cost, for each unit of money spent on it in the same period.

    Reading: Above 0 the spend brought in more than it cost; at 0 it broke even; below 0 it lost
    money. It counts revenue, not profit: compare it with the ROI on gross profit.

    Source: standard definition; it is the one ROI formula the source documents print, and
    https://visualfoodie.com/the-importance-of-the-roi-formula-in-marketing shows its variants.
    """
    return (revenue - marketing_cost) / marketing_cost
