"""How quickly and how cleanly leads reach sales."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"sqls_handed_on_time": 33, "sqls": 40}, "0.825"),
    over_one="refuse",
    serves=["leads", "sales"],
    aliases=["lead SLA rate", "lead SLA compliance"],
)
def lead_handoff_on_time_rate(sqls_handed_on_time: Number, sqls: Number) -> Number:
    """On-time lead hand-off rate.

    SQLs handed over to sales within the agreed number of hours, divided by all SQLs of the
    period.

    Reading: At 100% the agreement between marketing and sales was always kept. A lead handed over
    late has cooled down or bought elsewhere. A few very late leads hardly lower it, so read it
    with the average hand-off time.

    Source: standard definition of service level compliance; the agreement for leads is described
    in https://komo.ai/glossary/sales-accepted-lead
    """
    return sqls_handed_on_time / sqls


@metric(
    "hour/sql",
    "down",
    Example({"total_handoff_hours": 180, "sqls_handed_over": 40}, "4.5"),
    serves=["leads", "sales"],
    aliases=["average lead hand-off time"],
)
def average_handoff_hours(total_handoff_hours: Number, sqls_handed_over: Number) -> Number:
    """Average hand-off time.

    Hours from qualification to hand-off, added up over the SQLs handed over and divided by their
    number.

    Reading: Lower is better. A few leads left over a weekend raise the average: look at the
    slowest ones, and say whether only working hours count. SQLs that still wait are not in it.

    Source: standard definition of an average duration; notification and assignment lags are
    described in https://profitailab.com/blog/lead-response-time-measure-improve
    """
    return total_handoff_hours / sqls_handed_over


@metric(
    "minute/lead",
    "down",
    Example({"total_response_minutes": 1500, "leads_contacted": 120}, "12.5"),
    serves=["leads", "sales"],
    aliases=["lead response time", "speed to lead"],
)
def average_lead_response_minutes(
    total_response_minutes: Number, leads_contacted: Number
) -> Number:
    """Average lead response time.

    Minutes from the arrival of a lead to the first real contact, added up over the leads
    contacted and divided by their number.

    Reading: The chance to qualify a lead falls steeply within the first hour, so minutes matter.
    An automatic reply is not a contact. Leads never contacted are not in it: check how many there
    are.

    Source: https://kpitree.co/glossary/sales-metrics/lead-response-time
    """
    return total_response_minutes / leads_contacted


@metric(
    "ratio",
    "down",
    Example({"unqualified_leads_handed_over": 6, "leads_handed_over": 48}, "0.125"),
    over_one="refuse",
    serves=["leads", "sales"],
    aliases=["unqualified lead rate"],
)
def unqualified_leak_rate(
    unqualified_leads_handed_over: Number, leads_handed_over: Number
) -> Number:
    """Unqualified leak rate.

    Leads handed over to sales without being qualified, divided by all leads handed over.

    Reading: The aim is 0: weak leads cost selling time and lower every later rate of the funnel. A
    rise means that the check before the hand-off is skipped or its rule too loose.

    Source: standard definition of a share; the check that keeps unqualified leads from sales is
    described in https://leadsources.io/glossary/sales-accepted-lead-sal
    """
    return unqualified_leads_handed_over / leads_handed_over
