"""Money that comes in: revenue, sales, profit, the pipeline."""

from service.quantity import quantity

# What comes in may be negative: refunds and corrections are revenue too.
quantity(
    "revenue",
    "money",
    aliases=["sales", "sales revenue", "turnover", "income"],
    serves=["sales"],
)
quantity(
    "ad_revenue",
    "money",
    "revenue from ads",
    aliases=["revenue", "sales from ads", "conversion value"],
    serves=["sales"],
)
quantity(
    "incremental_revenue",
    "money",
    aliases=["incremental sales", "additional revenue"],
    serves=["sales"],
)
quantity(
    "new_sales_revenue",
    "money",
    "revenue from new sales",
    aliases=["new sales", "revenue from new customers"],
    serves=["sales"],
)
quantity(
    "stream_revenue",
    "money",
    "revenue of the stream",
    aliases=["revenue by stream", "product revenue"],
    serves=["sales"],
)
quantity(
    "won_revenue",
    "money",
    "revenue of deals won",
    aliases=["revenue", "closed-won revenue"],
    serves=["sales"],
)
quantity(
    "marketing_attributed_revenue",
    "money",
    "marketing-attributed revenue",
    aliases=["attributed revenue", "revenue from marketing"],
    serves=["sales"],
)
quantity(
    "marketing_influenced_revenue",
    "money",
    "marketing-influenced revenue",
    aliases=["influenced revenue"],
    serves=["sales"],
)
quantity(
    "marketing_sourced_won_revenue",
    "money",
    "marketing-sourced revenue of deals won",
    aliases=["marketing-sourced revenue"],
    serves=["sales"],
)
quantity(
    "revenue_now",
    "money",
    aliases=["revenue", "sales now", "current revenue"],
    serves=["sales"],
)
quantity("revenue_before", "money", aliases=["sales before", "previous revenue"], serves=["sales"])
quantity("sales", "money", aliases=["revenue", "sales revenue", "turnover"], serves=["sales"])
quantity("online_sales", "money", aliases=["online revenue", "e-commerce sales"], serves=["sales"])
quantity("sales_now", "money", aliases=["sales", "revenue now", "current sales"], serves=["sales"])
quantity("sales_before", "money", aliases=["revenue before", "previous sales"], serves=["sales"])
quantity("baseline_sales", "money", aliases=["baseline", "expected sales"], serves=["sales"])
quantity(
    "sales_growth",
    "money",
    aliases=["increase in sales", "additional sales"],
    serves=["sales"],
)
quantity("own_sales", "money", aliases=["sales", "revenue", "company sales"], serves=["sales"])
quantity(
    "market_sales",
    "money",
    "sales of the whole market",
    minimum=0,
    aliases=["market size", "industry sales"],
)
quantity(
    "market_now",
    "money",
    "market size now",
    minimum=0,
    aliases=["market size", "current market size"],
)
quantity(
    "market_before", "money", "market size before", minimum=0, aliases=["previous market size"]
)
quantity(
    "amount_returned",
    "money",
    aliases=["return", "revenue", "proceeds"],
    serves=["sales"],
)
quantity("profit", "money", aliases=["earnings", "net income"], serves=["sales"])
quantity("net_income", "money", aliases=["net profit", "profit"], serves=["sales"])
quantity("sales_target", "money", minimum=0, aliases=["target", "quota"], serves=["sales"])
quantity(
    "pipeline_value", "money", minimum=0, aliases=["pipeline", "open pipeline"], serves=["sales"]
)
quantity(
    "pipeline_created", "money", minimum=0, aliases=["new pipeline"], serves=["leads", "sales"]
)
quantity(
    "marketing_sourced_pipeline",
    "money",
    "marketing-sourced pipeline",
    minimum=0,
    aliases=["pipeline from marketing"],
    serves=["leads", "sales"],
)
quantity(
    "starting_revenue",
    "money",
    minimum=0,
    aliases=["revenue at start", "opening MRR"],
    serves=["retention"],
)
quantity(
    "new_revenue",
    "money",
    minimum=0,
    aliases=["new MRR", "revenue of new customers"],
    serves=["sales"],
)
quantity(
    "expansion_revenue",
    "money",
    minimum=0,
    aliases=["expansion MRR", "upsell revenue"],
    serves=["sales", "retention"],
)
quantity(
    "contraction_revenue",
    "money",
    minimum=0,
    aliases=["contraction MRR", "downgrades"],
    serves=["retention"],
)
quantity(
    "churned_revenue",
    "money",
    minimum=0,
    aliases=["churned MRR", "lost revenue"],
    serves=["retention"],
)
quantity("value_at_start", "as start", "value at the start", aliases=["starting value"])
quantity("value_at_end", "as start", "value at the end", minimum=0, aliases=["ending value"])
