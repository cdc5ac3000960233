"""How many leads are good enough to work on."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"mqls": 96, "leads": 240}, "0.4"),
    over_one="warn",
    serves=["leads"],
    aliases=["lead-to-MQL conversion rate"],
)
def lead_to_mql_rate(mqls: Number, leads: Number) -> Number:
    """Lead-to-MQL rate.

    Marketing qualified leads (MQLs) divided by leads of the same period: the share that marketing
    finds both suitable and interested.

    Reading: Low means that the campaigns attract the wrong people or that the rule is strict;
    near 100% the rule filters nothing. Above 100% some MQLs were leads of an earlier period.

    Source: standard funnel rate; the stages are defined in
    https://firstpagesage.com/seo-blog/sales-lead-funnel-stages-explained/
    """
    return mqls / leads


@metric(
    "ratio",
    "up",
    Example({"sqls": 36, "leads": 240}, "0.15"),
    over_one="warn",
    serves=["leads", "sales"],
    aliases=["lead-to-SQL conversion rate"],
)
def lead_to_sql_rate(sqls: Number, leads: Number) -> Number:
    """Lead-to-SQL rate.

    Sales qualified leads (SQLs) divided by leads of the same period: the whole way from first
    contact to ready for sales.

    Reading: It joins the lead-to-MQL and the MQL-to-SQL rate; when it changes, see which of the
    two moved. Qualifying takes time, so a month with many new leads lowers it at first.

    Source: standard funnel rate; the stages are defined in
    https://firstpagesage.com/seo-blog/sales-lead-funnel-stages-explained/
    """
    return sqls / leads


@metric(
    "ratio",
    "up",
    Example({"sqls": 36, "mqls": 96}, "0.375"),
    over_one="warn",
    serves=["leads", "sales"],
    aliases=["MQL-to-SQL conversion rate"],
)
def mql_to_sql_rate(sqls: Number, mqls: Number) -> Number:
    """MQL-to-SQL rate.

    SQLs divided by MQLs of the same period: the share of marketing's qualified leads that sales
    finds ready for a conversation.

    Reading: Here the two teams' ideas of a good lead meet. Low means that the MQL rule is too
    loose or that sales follows up too late: check the response time before changing the rule.

    Source: https://altiorco.com/revops-dictionary/conversion-rate
    """
    return sqls / mqls


@metric(
    "ratio",
    "up",
    Example({"sals": 72, "mqls": 96}, "0.75"),
    over_one="warn",
    serves=["leads", "sales"],
    aliases=["sales acceptance rate", "SAL rate", "MQL-to-SAL conversion rate"],
)
def mql_to_sal_rate(sals: Number, mqls: Number) -> Number:
    """MQL-to-SAL rate.

    Sales accepted leads (SALs) divided by MQLs of the same period: the share of marketing's
    qualified leads that sales agrees to work on.

    Reading: Low means that marketing and sales disagree on what a good lead is; near 100% sales
    may be accepting everything unread. Acceptance is a promise to follow up, not yet a judgement
    that the lead will buy.

    Source: https://komo.ai/glossary/sales-accepted-lead
    """
    return sals / mqls


@metric(
    "ratio",
    "up",
    Example({"quality_leads": 84, "leads": 240}, "0.35"),
    over_one="refuse",
    serves=["leads"],
    aliases=["qualified lead rate", "lead qualification rate"],
)
def lead_quality_rate(quality_leads: Number, leads: Number) -> Number:
    """Lead quality rate.

    Quality leads divided by all leads. Quality leads are those likely to become paying customers,
    by a score or by a sign such as starting a free trial.

    Reading: Read it with the cost per lead: cheap leads of low quality cost more per customer.
    Keep the rule for quality the same, or periods cannot be compared.

    Source: https://taglab.net/marketing-metrics/qualified-lead-rate/
    """
    return quality_leads / leads


@metric(
    "ratio",
    "neither",
    Example({"leads_in_both": 28, "sqls": 36, "sals": 72}, "0.35"),
    over_one="refuse",
    serves=["leads"],
    aliases=["Jaccard index of SQLs and SALs", "SQL-SAL overlap"],
    within=[(["leads_in_both"], "sqls"), (["leads_in_both"], "sals")],
)
def sql_sal_overlap_rate(leads_in_both: Number, sqls: Number, sals: Number) -> Number:
    """SQL and SAL overlap.

    Leads that are both SQL and SAL, divided by the leads that are at least one of the two: the
    Jaccard index of the two sets.

    Reading: At 100% both labels name the same leads and one of them is superfluous; at 0 no
    lead carries both. Never add SQLs and SALs to a total: the overlap would count twice.

    Source: the Jaccard index, https://machinelearning.wtf/terms/jaccard-index
    """
    return leads_in_both / (sqls + sals - leads_in_both)
