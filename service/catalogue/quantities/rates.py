"""Rates, multiples and free values: numbers that are not counted and not money."""

from service.quantity import quantity

quantity("gross_margin", "ratio", maximum=1, serves=["sales"])
quantity("contribution_share", "ratio", minimum=0, maximum=1, serves=["sales"])
quantity("click_to_customer_rate", "ratio", minimum=0, maximum=1, serves=["sales"])
quantity("click_to_lead_rate", "ratio", minimum=0, maximum=1, serves=["leads"])
quantity("lead_to_sqo_rate", "ratio", "lead-to-SQO rate", minimum=0, maximum=1, serves=["leads"])
quantity("win_rate", "ratio", minimum=0, maximum=1, serves=["sales"])
quantity("retention_rate", "ratio", minimum=0, below=1, serves=["retention"])
quantity("churn_rate", "1/period", minimum=0, maximum=1, serves=["retention"])
quantity("discount_rate", "ratio", minimum=0)
quantity("own_growth_rate", "ratio", serves=["sales"])
quantity("market_growth_rate", "ratio", serves=["sales"])
quantity("target_ltv_to_cac", "ratio", "target LTV to CAC", minimum=0)
quantity("purchase_frequency", "order/customer", minimum=0, serves=["retention"])
quantity("purchases_per_year", "1/year", minimum=0, serves=["retention"])

quantity("actual", "as target")
quantity("target", "as target")
quantity("benchmark", "as target")
quantity("media_result", "as result", minimum=0)
quantity("average_result", "as result", minimum=0)
