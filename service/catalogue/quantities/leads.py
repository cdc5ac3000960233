"""Counts of the funnel: leads, their qualified forms, opportunities, trials, deals."""

from service.quantity import quantity

quantity("leads", "lead", minimum=0, serves=["leads"])
quantity("quality_leads", "lead", minimum=0, serves=["leads"])
quantity("leads_contacted", "lead", minimum=0, serves=["leads"])
quantity("leads_handed_over", "lead", minimum=0, serves=["leads"])
quantity("unqualified_leads_handed_over", "lead", minimum=0, serves=["leads"])
quantity("leads_in_both", "lead", minimum=0, serves=["leads"])
quantity("qualified_leads_now", "lead", minimum=0, serves=["leads"])
quantity("qualified_leads_before", "lead", minimum=0, serves=["leads"])
quantity("new_contacts", "contact", minimum=0, serves=["leads"])
quantity("mqls", "mql", "MQLs", minimum=0, serves=["leads"])
quantity("sqls", "sql", "SQLs", minimum=0, serves=["leads"])
quantity("sqls_handed_on_time", "sql", "SQLs handed over on time", minimum=0, serves=["leads"])
quantity("sqls_handed_over", "sql", "SQLs handed over", minimum=0, serves=["leads"])
quantity("sals", "sal", "SALs", minimum=0, serves=["leads"])
quantity("sqos", "sqo", "SQOs", minimum=0, serves=["leads"])
quantity("opportunities", "opportunity", minimum=0, serves=["leads"])
quantity(
    "opportunities_from_sqls", "opportunity", "opportunities from SQLs", minimum=0, serves=["leads"]
)
quantity("measured_opportunities", "opportunity", minimum=0, serves=["leads"])
quantity("free_trials", "trial", minimum=0, serves=["leads"])
quantity("trials_converted", "trial", minimum=0, serves=["leads"])
quantity("deals_closed", "deal", minimum=0, serves=["leads"])
quantity("deals_won", "deal", minimum=0, serves=["leads"])
quantity("deals_lost", "deal", minimum=0, serves=["leads"])
quantity("customers_from_sqls", "customer", "customers from SQLs", minimum=0, serves=["leads"])
quantity("customers_from_sals", "customer", "customers from SALs", minimum=0, serves=["leads"])
