"""How many trials, messages and carts end in a purchase."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"trials_converted": 30, "free_trials": 150}, "0.2"),
    over_one="refuse",
    serves=["sales"],
    aliases=["trial conversion rate", "free trial conversion rate"],
)
def trial_to_paid_rate(trials_converted: Number, free_trials: Number) -> Number:
    """Trial-to-paid rate.

    Free trials that became paid plans, divided by the free trials that started in the period,
    whenever they paid.

    Reading: Wait until the trials of the period have run out: before that the rate is too low.
    Trials that ask for a card convert far more often than those that do not, so never compare
    the two.

    Source: https://www.getmonetizely.com/articles/understanding-trial-to-paid-conversion-rate-a-crucial-metric-for-saas-success
    """
    return trials_converted / free_trials


@metric(
    "ratio",
    "up",
    Example({"orders_from_messages": 150, "messages": 600}, "0.25"),
    over_one="warn",
    serves=["sales"],
    aliases=["inquiry conversion rate", "chat-to-order rate"],
)
def message_to_order_rate(orders_from_messages: Number, messages: Number) -> Number:
    """Message-to-order rate.

    Orders placed through messages divided by the messages of the same period, where a message is
    one conversation with a customer.

    Reading: Shows how well questions are turned into orders. Low with quick answers points to
    price or stock, low with slow answers to the service. Count a conversation once, however many
    lines it has.

    Source: https://en.hb2b.com/ask/182535.html (inquiry conversion rate)
    """
    return orders_from_messages / messages


@metric(
    "ratio",
    "up",
    Example({"sessions_with_add_to_cart": 120, "sessions": 2000}, "0.06"),
    over_one="refuse",
    serves=["sales"],
    aliases=["ATC rate"],
)
def add_to_cart_rate(sessions_with_add_to_cart: Number, sessions: Number) -> Number:
    """Add-to-cart rate.

    Sessions in which something was put into the cart, divided by all sessions.

    Reading: It measures intent on the product page. High with few orders means that the obstacle
    comes later: delivery cost, account or payment. Some shoppers use the cart as a wish list.

    Source: https://www.metrichq.org/e-commerce/add-to-cart-rate/
    """
    return sessions_with_add_to_cart / sessions


@metric(
    "ratio",
    "down",
    Example({"carts_ordered": 300, "carts_created": 1000}, "0.7"),
    over_one="refuse",
    serves=["sales"],
    aliases=["abandoned cart rate"],
)
def cart_abandonment_rate(carts_ordered: Number, carts_created: Number) -> Number:
    """Cart abandonment rate.

    The share of the carts created in the period that did not end in an order.

    Reading: Most carts are abandoned, so compare with your own past and not with zero. A sudden
    rise usually has its cause in the checkout: costs shown late, a payment method that fails, a
    forced account.

    Source: https://www.metricuno.com/cart-abandonment-measurement
    """
    return 1 - carts_ordered / carts_created
