"""How many leads go on to an opportunity, and how many become customers."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"customers_from_sqls": 9, "sqls": 36}, "0.25"),
    over_one="refuse",
    serves=["sales"],
    aliases=["SQL-to-customer rate"],
)
def sql_conversion_rate(customers_from_sqls: Number, sqls: Number) -> Number:
    """SQL conversion rate.

    Customers won from a set of SQLs, divided by those SQLs.

    Reading: Follow one set of SQLs until each is won or lost; counted too early, the rate looks
    low. Compare it with the SAL conversion rate to see which label foretells a sale better.

    Source: standard funnel rate; stage-to-stage rates are defined in
    https://altiorco.com/revops-dictionary/conversion-rate
    """
    return customers_from_sqls / sqls


@metric(
    "ratio",
    "up",
    Example({"customers_from_sals": 9, "sals": 72}, "0.125"),
    over_one="refuse",
    serves=["sales"],
    aliases=["SAL-to-customer rate"],
)
def sal_conversion_rate(customers_from_sals: Number, sals: Number) -> Number:
    """SAL conversion rate.

    Customers won from a set of SALs, divided by those SALs.

    Reading: Shows whether sales accepts the right leads: much accepted and little won means that
    too much is accepted. Let a full sales cycle pass before judging a recent set.

    Source: standard funnel rate; https://saber.app/glossary/sales-accepted-lead-sal names
    conversion to closed deals among the measures of SALs.
    """
    return customers_from_sals / sals


@metric(
    "ratio",
    "up",
    Example({"opportunities_from_sqls": 27, "sqls": 36}, "0.75"),
    over_one="refuse",
    serves=["leads", "sales"],
)
def sql_to_opportunity_rate(opportunities_from_sqls: Number, sqls: Number) -> Number:
    """SQL-to-opportunity rate.

    Opportunities opened from a set of SQLs, divided by those SQLs.

    Reading: Low means that leads called ready for sales turn out to have no budget, need or date.
    Opening opportunities too early raises it: watch the win rate at the same time.

    Source: https://altiorco.com/revops-dictionary/conversion-rate
    """
    return opportunities_from_sqls / sqls


@metric(
    "ratio",
    "up",
    Example({"opportunities": 30, "leads": 240}, "0.125"),
    over_one="warn",
    serves=["leads", "sales"],
)
def lead_to_opportunity_rate(opportunities: Number, leads: Number) -> Number:
    """Lead-to-opportunity rate.

    Opportunities divided by leads of the same period: how many leads come through the funnel as
    a possible sale.

    Reading: Compare channels with it, for it is known long before the revenue. Above 100% some
    opportunities come from earlier leads or from sales' own search.

    Source: standard funnel rate; the stages are defined in
    https://firstpagesage.com/seo-blog/sales-lead-funnel-stages-explained/
    """
    return opportunities / leads


@metric(
    "ratio",
    "up",
    Example({"sqos": 18, "leads": 240}, "0.075"),
    over_one="warn",
    serves=["leads", "sales"],
    aliases=["SQO conversion rate"],
)
def lead_to_sqo_rate(sqos: Number, leads: Number) -> Number:
    """Lead-to-SQO rate.

    Sales qualified opportunities (SQOs) divided by leads of the same period.

    Reading: The cost per lead divided by this rate is the cost per SQO. It depends on what makes
    an SQO (budget, need, decision maker, date): agree on that before comparing teams.

    Source: https://www.getmonetizely.com/articles/how-to-calculate-sales-qualified-opportunity-sqo-metrics-a-comprehensive-guide
    """
    return sqos / leads


@metric(
    "ratio",
    "up",
    Example({"new_customers": 12, "leads": 240}, "0.05"),
    over_one="warn",
    serves=["leads", "sales"],
    aliases=["lead-to-customer ratio", "lead conversion rate", "lead close rate"],
)
def lead_to_customer_rate(new_customers: Number, leads: Number) -> Number:
    """Lead-to-customer rate.

    New customers divided by leads of the same period: the whole way from first contact to sale.

    Reading: With a long sales cycle this month's customers were leads of earlier months: follow
    the leads of one month for a true rate. Fewer leads at a higher rate can be worth more than
    many that never buy.

    Source: https://kpitree.co/integrations/hubspot/lead-conversion-rate
    """
    return new_customers / leads


@metric(
    "ratio",
    "up",
    Example({"advanced": 130, "entered": 200}, "0.65"),
    over_one="refuse",
    serves=["leads", "sales"],
    aliases=["step conversion rate", "funnel step rate", "stage-to-stage conversion rate"],
)
def stage_conversion_rate(advanced: Number, entered: Number) -> Number:
    """Stage conversion rate.

    Those who moved on to the next stage divided by those who entered the stage, for any two
    stages of a funnel.

    Reading: The rates of all stages multiplied give the rate of the whole funnel, so look first at
    the lowest. One minus the rate is the drop-off. Count both on the same people, once all had
    time to move.

    Source: https://altiorco.com/revops-dictionary/conversion-rate
    """
    return advanced / entered
