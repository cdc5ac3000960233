"""Whether customers keep what they bought, and are content with it."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "down",
    Example({"orders_returned": 45, "orders": 900}, "0.05"),
    over_one="refuse",
    serves=["sales", "retention"],
    aliases=["return rate"],
)
def order_return_rate(orders_returned: Number, orders: Number) -> Number:
    """Order return rate.

    The share of the orders of a period that were sent back, wholly or in part.

    Reading: Count the returns of the orders of the period, even when they arrive later, or a season
    of growth looks better than it is. High values in one product point at its description or size
    chart; clothing runs far above other goods.

    Source: returned over sold orders, as at
    https://www.growthops.tools/examples/return-rate-calculation-example/.
    """
    return orders_returned / orders


@metric(
    "ratio",
    "up",
    Example({"satisfied_responses": 340, "responses": 400}, "0.85"),
    over_one="refuse",
    serves=["retention"],
    aliases=["CSAT", "customer satisfaction"],
)
def customer_satisfaction_score(satisfied_responses: Number, responses: Number) -> Number:
    """Customer satisfaction score.

    The share of the answers to a satisfaction question that are positive: the two best of five
    marks, such as satisfied and very satisfied.

    Reading: It judges the last contact, not the whole relationship. Few answers make it jump, and
    the discontent and the delighted answer most: give the number of answers with it.

    Source: https://help.simplesat.io/en/articles/3456900-what-is-csat-customer-satisfaction.
    """
    return satisfied_responses / responses


@metric(
    "index",
    "up",
    Example({"promoters": 250, "detractors": 100, "respondents": 500}, 30),
    serves=["retention"],
    aliases=["NPS"],
    within=[(["promoters", "detractors"], "respondents")],
)
def net_promoter_score(promoters: Number, detractors: Number, respondents: Number) -> Number:
    """Net promoter score.

    On the question how likely they are to recommend the company, from 0 to 10: the percentage of
    answers 9 and 10 (promoters) less the percentage of answers 0 to 6 (detractors). Answers 7 and 8
    count only among the respondents.

    Reading: It runs from -100 to 100; above 0 more people recommend than warn. Very different mixes
    give the same score, and countries mark differently: compare with your own past and within one
    country.

    Source: Reichheld (2003), The One Number You Need to Grow, Harvard Business Review 81(12),
    46-54.
    """
    return (promoters - detractors) * 100 / respondents
