"""Counts of people: customers, those who might become customers, and answers to surveys."""

from service.quantity import quantity

quantity(
    "customers",
    "customer",
    minimum=0,
    aliases=["customer base", "active customers"],
    serves=["sales", "retention"],
)
quantity(
    "new_customers",
    "customer",
    minimum=0,
    aliases=["customers acquired", "customers won"],
    serves=["sales"],
)
quantity(
    "digital_new_customers",
    "customer",
    "new customers from digital marketing",
    minimum=0,
    aliases=["new customers", "digital customers"],
    serves=["sales"],
)
quantity(
    "outbound_new_customers",
    "customer",
    "new customers from outbound marketing",
    minimum=0,
    aliases=["new customers", "outbound customers"],
    serves=["sales"],
)
quantity(
    "campaign_customers",
    "customer",
    "customers from the campaign",
    minimum=0,
    aliases=["new customers", "acquisitions", "customers acquired"],
    serves=["sales"],
)
quantity(
    "social_customer_conversions",
    "customer",
    "new customers from social media",
    minimum=0,
    aliases=["social customers", "customers by social network"],
    serves=["sales"],
)
quantity(
    "planned_new_customers",
    "customer",
    minimum=0,
    aliases=["customers to acquire", "target for new customers"],
    serves=["sales"],
)
quantity(
    "customers_from_sqls",
    "customer",
    "customers from SQLs",
    minimum=0,
    aliases=["customers", "new customers", "SQLs won"],
    serves=["leads", "sales"],
)
quantity(
    "customers_from_sals",
    "customer",
    "customers from SALs",
    minimum=0,
    aliases=["customers", "new customers", "SALs won"],
    serves=["leads", "sales"],
)
quantity(
    "unique_customers",
    "customer",
    minimum=0,
    aliases=["customers", "distinct customers", "buyers"],
    serves=["sales", "retention"],
)
quantity(
    "customers_at_start",
    "customer",
    "customers at the start",
    minimum=0,
    aliases=["starting customers", "opening customers"],
    serves=["retention"],
)
quantity(
    "customers_at_end",
    "customer",
    "customers at the end",
    minimum=0,
    aliases=["ending customers", "closing customers"],
    serves=["retention"],
)
quantity(
    "new_customers_at_end",
    "customer",
    "new customers at the end",
    minimum=0,
    aliases=["new customers", "new customers still active"],
    serves=["sales", "retention"],
)
quantity(
    "customers_lost",
    "customer",
    minimum=0,
    aliases=["lost customers", "churned customers", "cancellations"],
    serves=["retention"],
)
quantity(
    "repeat_customers",
    "customer",
    minimum=0,
    aliases=["returning customers", "repeat buyers"],
    serves=["retention"],
)
quantity(
    "customer_outreach_count",
    "customer",
    "customers contacted in person",
    minimum=0,
    aliases=["customer outreach", "customers called or visited"],
    serves=["retention"],
)
quantity(
    "target_market",
    "customer",
    "customers in the target market",
    minimum=0,
    aliases=["potential customers", "addressable market"],
    serves=["sales"],
)
quantity("employees", "employee", minimum=0, aliases=["headcount", "staff"])

# Surveys.
quantity(
    "responses",
    "response",
    minimum=0,
    aliases=["survey responses", "answers", "respondents"],
)
quantity(
    "satisfied_responses",
    "response",
    minimum=0,
    aliases=["positive responses", "satisfied customers"],
    serves=["retention"],
)
quantity(
    "respondents", "response", minimum=0, aliases=["survey respondents", "responses", "answers"]
)
quantity("promoters", "response", minimum=0, aliases=["scores of 9 and 10"], serves=["retention"])
quantity("detractors", "response", minimum=0, aliases=["scores of 0 to 6"], serves=["retention"])
quantity("people_surveyed", "person", minimum=0, aliases=["people asked", "respondents"])
quantity(
    "people_aware",
    "person",
    "people who know the brand",
    minimum=0,
    aliases=["people aware of the brand", "people who recognise the brand"],
    serves=["awareness"],
)
