"""Rates, multiples and free values: numbers that are not counted and not money."""

from service.quantity import quantity

quantity(
    "gross_margin",
    "ratio",
    maximum=1,
    aliases=["gross margin rate", "gross profit margin", "margin"],
    serves=["sales"],
)
quantity(
    "contribution_share",
    "ratio",
    minimum=0,
    maximum=1,
    aliases=["campaign's share of sales", "contribution"],
    serves=["sales"],
)
quantity(
    "click_to_customer_rate",
    "ratio",
    "click-to-customer rate",
    minimum=0,
    maximum=1,
    aliases=["conversion rate", "CR", "CVR"],
    serves=["sales"],
)
quantity(
    "click_to_lead_rate",
    "ratio",
    "click-to-lead rate",
    minimum=0,
    maximum=1,
    aliases=["conversion rate", "CR", "CVR"],
    serves=["leads"],
)
quantity(
    "lead_to_sqo_rate",
    "ratio",
    "lead-to-SQO rate",
    minimum=0,
    maximum=1,
    aliases=["lead-to-opportunity rate"],
    serves=["leads", "sales"],
)
quantity("win_rate", "ratio", minimum=0, maximum=1, aliases=["close rate"], serves=["sales"])
quantity(
    "retention_rate",
    "ratio",
    minimum=0,
    below=1,
    aliases=["customer retention rate", "CRR"],
    serves=["retention"],
)
quantity(
    "churn_rate",
    "1/period",
    minimum=0,
    maximum=1,
    aliases=["churn", "customer churn rate"],
    serves=["retention"],
)
quantity("discount_rate", "ratio", minimum=0, aliases=["cost of capital"])
quantity(
    "own_growth_rate", "ratio", aliases=["growth rate", "company growth rate"], serves=["sales"]
)
quantity("market_growth_rate", "ratio", aliases=["growth of the market"], serves=["sales"])
quantity(
    "target_ltv_to_cac",
    "ratio",
    "target LTV to CAC",
    minimum=0,
    aliases=["target LTV:CAC", "LTV to CAC"],
    serves=["sales"],
)
quantity(
    "purchase_frequency",
    "order/customer",
    minimum=0,
    aliases=["PF", "orders per customer", "purchases per year"],
    serves=["retention"],
)
quantity(
    "purchases_per_year",
    "1/year",
    minimum=0,
    aliases=["purchase frequency", "annual purchase frequency"],
    serves=["retention"],
)
quantity(
    "keyword_rank",
    "rank",
    minimum=1,
    aliases=["keyword position", "search position", "SEO ranking"],
    serves=["awareness", "leads"],
)

# What they measure, only the caller knows; so no objective can be named.
quantity("actual", "as target", "actual value", aliases=["result", "value so far"])
quantity("target", "as target", aliases=["goal", "KPI target"])
quantity("benchmark", "as target", aliases=["reference value", "industry average"])
quantity(
    "media_result",
    "as result",
    "result of the media type",
    minimum=0,
    aliases=["result of the medium"],
)
quantity(
    "average_result",
    "as result",
    "average result of all media types",
    minimum=0,
    aliases=["mean result"],
)
