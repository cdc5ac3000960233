"""Counts of the funnel: leads, their qualified forms, opportunities, trials, deals."""

from service.quantity import quantity

quantity(
    "leads",
    "lead",
    minimum=0,
    aliases=["lead volume", "new leads", "leads generated", "new contacts"],
    serves=["leads"],
)
quantity(
    "quality_leads",
    "lead",
    minimum=0,
    aliases=["good leads", "leads likely to buy"],
    serves=["leads", "sales"],
)
quantity(
    "organic_keyword_leads",
    "lead",
    "leads by organic keyword",
    minimum=0,
    aliases=["leads per keyword"],
    serves=["leads"],
)
quantity(
    "abm_campaign_leads",
    "lead",
    "leads from the ABM campaign",
    minimum=0,
    aliases=["ABM leads"],
    serves=["leads"],
)
quantity(
    "social_lead_conversions",
    "lead",
    "leads from social media",
    minimum=0,
    aliases=["social leads", "leads by social network"],
    serves=["leads"],
)
quantity(
    "mobile_lead_conversions",
    "lead",
    "leads from mobile devices",
    minimum=0,
    aliases=["mobile leads", "leads by device"],
    serves=["leads"],
)
quantity(
    "leads_contacted",
    "lead",
    minimum=0,
    aliases=["leads answered", "leads responded to"],
    serves=["leads", "sales"],
)
quantity(
    "leads_handed_over",
    "lead",
    minimum=0,
    aliases=["leads passed to sales"],
    serves=["leads", "sales"],
)
quantity(
    "unqualified_leads_handed_over",
    "lead",
    minimum=0,
    aliases=["unqualified leads passed to sales"],
    serves=["leads", "sales"],
)
quantity(
    "leads_in_both",
    "lead",
    "leads that are SQL and SAL at once",
    minimum=0,
    aliases=["overlap of SQLs and SALs"],
)
quantity(
    "qualified_leads_now",
    "lead",
    minimum=0,
    aliases=["qualified leads", "qualified leads this month"],
    serves=["leads", "sales"],
)
quantity(
    "qualified_leads_before",
    "lead",
    minimum=0,
    aliases=["qualified leads last month"],
)
quantity("new_contacts", "contact", minimum=0, aliases=["contacts", "leads"], serves=["leads"])
quantity(
    "mqls",
    "mql",
    "MQLs",
    minimum=0,
    aliases=["MQL", "marketing-qualified leads"],
    serves=["leads"],
)
quantity(
    "sqls",
    "sql",
    "SQLs",
    minimum=0,
    aliases=["SQL", "sales-qualified leads"],
    serves=["leads", "sales"],
)
quantity(
    "sqls_handed_on_time",
    "sql",
    "SQLs handed over on time",
    minimum=0,
    aliases=["SQLs within the agreed hours"],
    serves=["leads", "sales"],
)
quantity(
    "sqls_handed_over",
    "sql",
    "SQLs handed over",
    minimum=0,
    aliases=["SQLs", "SQLs passed to sales"],
    serves=["leads", "sales"],
)
quantity(
    "sals",
    "sal",
    "SALs",
    minimum=0,
    aliases=["SAL", "sales-accepted leads"],
    serves=["leads", "sales"],
)
quantity(
    "sqos",
    "sqo",
    "SQOs",
    minimum=0,
    aliases=["SQO", "sales-qualified opportunities"],
    serves=["leads", "sales"],
)
quantity(
    "opportunities",
    "opportunity",
    minimum=0,
    aliases=["sales opportunities", "opportunities created"],
    serves=["leads", "sales"],
)
quantity(
    "opportunities_from_sqls",
    "opportunity",
    "opportunities from SQLs",
    minimum=0,
    aliases=["opportunities"],
    serves=["leads", "sales"],
)
quantity(
    "measured_opportunities",
    "opportunity",
    minimum=0,
    aliases=["opportunities", "opportunities tracked"],
    serves=["sales"],
)
quantity(
    "free_trials",
    "trial",
    minimum=0,
    aliases=["free-trial sign-ups", "free-trial signups", "trials", "trials started"],
    serves=["leads"],
)
quantity(
    "trials_converted",
    "trial",
    minimum=0,
    aliases=["paid trials", "trials that became paid"],
    serves=["leads", "sales"],
)
quantity(
    "deals_closed",
    "deal",
    minimum=0,
    aliases=["deals", "deals won", "new deals"],
    serves=["sales"],
)
quantity(
    "deals_won",
    "deal",
    minimum=0,
    aliases=["deals", "deals closed", "closed-won deals"],
    serves=["sales"],
)
quantity("deals_lost", "deal", minimum=0, aliases=["closed-lost deals"], serves=["sales"])

# Any two stages of a funnel.
quantity(
    "entered",
    "contact",
    "contacts that entered the stage",
    minimum=0,
    aliases=["entries into the stage"],
)
quantity(
    "advanced",
    "contact",
    "contacts that went on to the next stage",
    minimum=0,
    aliases=["advances to the next stage"],
    serves=["leads", "sales"],
)
