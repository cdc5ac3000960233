"""What a customer brings over the whole relationship, and how long that lasts."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number, Parts, total
from service.metric import Example


@metric(
    "money/customer",
    "up",
    Example(
        {"average_order_value": 200_000, "purchases_per_year": 2, "lifespan_years": 3},
        1_200_000,
        currency="VND",
    ),
    serves=["sales", "retention"],
    aliases=["CLV", "LTV", "CLTV", "lifetime value"],
    primary=["CLV", "LTV"],
)
def customer_lifetime_value(
    average_order_value: Number, purchases_per_year: Number, lifespan_years: Number
) -> Number:
    """Customer lifetime value.

    The revenue expected from one customer: what an order is worth, times the orders of a year,
    times the years a customer stays.

    Reading: It counts revenue: before you hold it against the acquisition cost, take the lifetime
    profit. Averages hide that most customers buy once, so compute it for each channel. Rising
    values justify spending more to win a customer.

    Source: HubSpot, https://blog.hubspot.com/service/how-to-calculate-customer-lifetime-value;
    Campaign Monitor, https://www.campaignmonitor.com/resources/glossary/lifetime-value/.
    """
    return average_order_value * purchases_per_year * lifespan_years


@metric(
    "money/customer",
    "up",
    Example({"purchases": [50, 100, 150, 180, 220]}, 700, currency="BRL"),
    serves=["retention"],
    aliases=["historic CLV", "LTV", "CLV"],
)
def historical_lifetime_value(purchases: Parts) -> Number:
    """Historical lifetime value.

    All that one customer has spent so far: the sum of the purchases from the first contact to the
    last transaction.

    Reading: A fact, not a forecast: it can only be compared among customers known for the same
    time, and a young customer always looks poor. It is revenue before any cost.

    Source: https://bluxblog.com/what-is-the-sum-of-lifetime-values-of-all-customers, which calls it
    the actual amount a customer has spent; the sum is worked out in the source documents.
    """
    return total(purchases)


@metric(
    "money/customer",
    "up",
    Example(
        {
            "average_order_value": 200_000,
            "purchases_per_year": 2,
            "lifespan_years": 3,
            "gross_margin": "0.25",
        },
        300_000,
        currency="VND",
    ),
    serves=["sales", "retention"],
    aliases=["LTV", "CLV", "profit-based lifetime value"],
)
def lifetime_profit(
    average_order_value: Number,
    purchases_per_year: Number,
    lifespan_years: Number,
    gross_margin: Number,
) -> Number:
    """Lifetime profit.

    The gross profit expected from one customer: the customer lifetime value times the gross margin.

    Reading: Hold this one against the customer acquisition cost; three times the cost is the usual
    bar. A negative margin makes it negative: then every further order loses money. The cost to win
    the customer is not in it.

    Source: https://glossary.digital/definition/customer-lifetime-value-_clv, which multiplies by
    the average gross margin at the end.
    """
    return average_order_value * purchases_per_year * lifespan_years * gross_margin


@metric(
    "money/customer",
    "up",
    Example(
        {"revenue_per_customer": 50, "gross_margin": "0.8", "churn_rate": "0.05"},
        800,
        currency="USD",
    ),
    serves=["retention"],
    aliases=["LTV", "CLV", "subscription lifetime value"],
    base_reason="when nobody leaves, a lifetime has no end",
)
def lifetime_value_by_churn(
    revenue_per_customer: Number, gross_margin: Number, churn_rate: Number
) -> Number:
    """Lifetime value by churn.

    The gross profit expected from one subscriber: the margin of a period divided by the share of
    customers lost in such a period. Revenue and churn must be of the same period, both monthly or
    both yearly.

    Reading: Halving churn doubles it. A very small churn gives a value that no company lives to
    collect, so cap it at a few years. Monthly revenue with yearly churn is the usual mistake and
    makes it twelve times too small.

    Source: https://www.metrickittools.com/guides/ltv-guide.
    """
    return revenue_per_customer * gross_margin / churn_rate


@metric(
    "money/customer",
    "up",
    Example(
        {"margin_per_customer": 100, "retention_rate": "0.8", "discount_rate": "0.2"},
        200,
        currency="USD",
    ),
    serves=["retention"],
    aliases=["LTV", "CLV", "discounted lifetime value", "residual lifetime value"],
)
def lifetime_value_by_retention(
    margin_per_customer: Number, retention_rate: Number, discount_rate: Number
) -> Number:
    """Lifetime value by retention.

    The present value of the margins still to come from a customer who has already paid once: each
    period the customer stays with the retention rate, and later money is discounted. Margin,
    retention and discount are of the same period.

    Reading: Use it for what a customer won today is still worth, or set it against the acquisition
    cost when that cost is compared after the first payment; otherwise take the version with the
    first payment. It assumes one retention rate for all time, while in truth loyal customers remain
    and the rate rises.

    Source: Fader and Hardie (2012), Reconciling and Clarifying CLV Formulas,
    http://brucehardie.com/notes/024/, equation (2).
    """
    return margin_per_customer * retention_rate / (1 + discount_rate - retention_rate)


@metric(
    "money/customer",
    "up",
    Example(
        {"margin_per_customer": 100, "retention_rate": "0.8", "discount_rate": "0.2"},
        300,
        currency="USD",
    ),
    serves=["retention"],
    aliases=["LTV", "CLV"],
)
def lifetime_value_with_first_payment(
    margin_per_customer: Number, discount_rate: Number, retention_rate: Number
) -> Number:
    """Lifetime value with the first payment.

    The present value of all margins of a new customer, the first one included: the customer pays at
    once and then stays each period with the retention rate. Margin, retention and discount are of
    the same period.

    Reading: This is the value to hold against the cost of winning a customer who has not paid yet.
    It is one margin more than the lifetime value by retention; mixing the two in one report is the
    usual error.

    Source: Fader and Hardie (2012), Reconciling and Clarifying CLV Formulas,
    http://brucehardie.com/notes/024/, equation (1).
    """
    return margin_per_customer * (1 + discount_rate) / (1 + discount_rate - retention_rate)


@metric(
    "period",
    "up",
    Example({"churn_rate": "0.05"}, 20),
    serves=["retention"],
    aliases=["expected customer lifetime"],
    base_reason="when nobody leaves, a lifetime has no end",
)
def customer_lifespan(churn_rate: Number) -> Number:
    """Customer lifespan.

    The periods that a customer is expected to stay, from the share that leaves in one period: with
    a churn of 5% a month, 20 months.

    Reading: The answer is in the periods of the churn rate, months for monthly churn. It assumes
    that everybody is equally likely to leave at any time; most customers leave early, so check it
    against the average customer lifespan measured on those who left.

    Source: https://www.sender.net/marketing-glossary/average-customer-lifespan; the limits of the
    shortcut at https://acxpa.com.au/glossary/customer-lifespan.
    """
    return 1 / churn_rate


@metric(
    "year/customer",
    "up",
    Example({"total_customer_lifespan_years": 450, "customers": 150}, 3),
    serves=["retention"],
    aliases=["ACL", "average customer lifetime"],
)
def average_customer_lifespan(total_customer_lifespan_years: Number, customers: Number) -> Number:
    """Average customer lifespan.

    The years from the first to the last purchase, added up over customers and divided by their
    number.

    Reading: Measure it on customers who have left, or it comes out too short, because those who
    still buy are cut off today. It is the lifespan that the customer lifetime value asks for.

    Source: https://scaleshopify.com/2025/02/10/5-metrics-to-predict-clv-on-shopify/, total active
    years over total customers.
    """
    return total_customer_lifespan_years / customers
