"""Money that goes out, and money for one of something: a click, a deal, a customer."""

from service.quantity import quantity

quantity(
    "marketing_cost",
    "money",
    minimum=0,
    aliases=["marketing spend", "marketing investment", "cost", "spend"],
    serves=["leads", "sales"],
)
quantity("cost", "money", minimum=0, aliases=["costs", "total cost", "expenses"], serves=["sales"])
quantity(
    "ad_spend",
    "money",
    minimum=0,
    aliases=["advertising spend", "advertising cost", "ad cost", "media spend", "cost", "spend"],
    serves=["awareness", "leads", "sales"],
)
quantity(
    "campaign_costs",
    "money",
    minimum=0,
    aliases=["campaign cost", "campaign spend", "cost", "spend"],
    serves=["leads", "sales"],
)
quantity(
    "sales_and_marketing_cost",
    "money",
    minimum=0,
    aliases=["sales and marketing costs", "sales marketing cost", "acquisition cost"],
    serves=["sales"],
)
quantity(
    "sales_and_marketing_costs",
    "money",
    minimum=0,
    aliases=[
        "sales and marketing cost",
        "sales marketing cost",
        "acquisition cost",
        "cost",
        "spend",
    ],
    serves=["sales"],
)
quantity(
    "digital_costs",
    "money",
    "costs of digital marketing",
    minimum=0,
    aliases=["digital marketing costs", "digital spend", "cost", "spend"],
    serves=["leads", "sales"],
)
quantity(
    "outbound_costs",
    "money",
    "costs of outbound marketing",
    minimum=0,
    aliases=["outbound marketing costs", "outbound spend", "cost", "spend"],
    serves=["leads", "sales"],
)
quantity(
    "compared_spend",
    "money",
    "spend to compare with",
    minimum=0,
    aliases=["brand spend", "product development spend"],
)
quantity(
    "actual_spend", "money", minimum=0, aliases=["money spent", "cost", "spend"], serves=["sales"]
)
quantity("budget", "money", minimum=0, aliases=["planned spend"], serves=["sales"])
quantity(
    "investment",
    "money",
    minimum=0,
    aliases=["amount invested", "cost", "spend"],
    serves=["sales"],
)
quantity(
    "cost_of_goods_sold", "money", minimum=0, aliases=["COGS", "cost of sales"], serves=["sales"]
)
quantity("variable_costs", "money", minimum=0, aliases=["variable cost"], serves=["sales"])
quantity("total_assets", "money", minimum=0, aliases=["assets"])
quantity("previous_cost", "money", minimum=0, aliases=["cost before"])
quantity("current_cost", "money", minimum=0, aliases=["cost now"], serves=["leads", "sales"])

# Money for one of something.
quantity(
    "price_per_action",
    "money/action",
    minimum=0,
    aliases=["CPA", "agreed price per action"],
    serves=["leads", "sales"],
)
quantity("cost_per_click", "money/click", minimum=0, aliases=["CPC"], serves=["leads", "sales"])
quantity("cost_per_lead", "money/lead", minimum=0, aliases=["CPL"], serves=["leads"])
quantity(
    "unit_price",
    "money/unit",
    minimum=0,
    aliases=["price", "selling price", "average selling price"],
    serves=["sales"],
)
quantity(
    "average_order_value",
    "money/order",
    minimum=0,
    aliases=["AOV", "average purchase value", "average sale"],
    serves=["sales", "retention"],
)
quantity(
    "average_deal_value",
    "money/deal",
    minimum=0,
    aliases=["average deal size"],
    serves=["sales"],
)
quantity(
    "purchases",
    "money/customer",
    "purchase amounts",
    aliases=["purchase values", "order values"],
    serves=["retention"],
)
quantity(
    "customer_acquisition_cost",
    "money/customer",
    minimum=0,
    aliases=["CAC", "acquisition cost per customer"],
    serves=["sales"],
)
quantity(
    "maximum_allowable_cac",
    "money/customer",
    "maximum allowable CAC",
    minimum=0,
    aliases=["maximum CAC", "allowable acquisition cost"],
    serves=["sales"],
)
quantity(
    "customer_lifetime_value",
    "money/customer",
    aliases=["CLV", "LTV", "CLTV", "lifetime value"],
    serves=["sales", "retention"],
)
quantity(
    "margin_per_customer",
    "money/customer",
    aliases=["profit per customer", "contribution per customer"],
    serves=["retention"],
)
quantity(
    "revenue_per_customer",
    "money/customer/period",
    minimum=0,
    aliases=["ARPU", "ARPA", "average revenue per customer"],
    serves=["retention"],
)
quantity(
    "monthly_revenue_per_customer",
    "money/customer/month",
    minimum=0,
    aliases=["ARPU", "ARPA", "revenue per customer", "average revenue per customer"],
    serves=["retention"],
)
