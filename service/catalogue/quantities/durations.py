"""Time: how long things take, and how many days, years or periods are looked at."""

from service.quantity import quantity

quantity(
    "sales_cycle_days",
    "day",
    "sales cycle in days",
    minimum=0,
    aliases=["sales cycle", "sales cycle length", "time to close"],
    serves=["sales"],
)
quantity(
    "total_sales_cycle_days",
    "day",
    "days of all sales cycles",
    minimum=0,
    aliases=["sum of sales cycles"],
    serves=["sales"],
)
quantity(
    "total_handoff_hours",
    "hour",
    "hours of all hand-offs",
    minimum=0,
    aliases=["sum of hand-off times"],
    serves=["leads"],
)
quantity(
    "total_response_minutes",
    "minute",
    "minutes of all responses",
    minimum=0,
    aliases=["sum of response times"],
    serves=["leads"],
)
quantity(
    "total_session_seconds",
    "second",
    "seconds of all sessions",
    minimum=0,
    aliases=["time on site", "total session duration"],
    vanity=True,
)
quantity(
    "total_watch_seconds",
    "second",
    "seconds watched",
    minimum=0,
    aliases=["watch time", "total watch time", "video watch time"],
    vanity=True,
)
quantity(
    "lifespan_years",
    "year",
    "customer lifespan in years",
    minimum=0,
    aliases=["customer lifespan", "lifespan", "average customer lifespan"],
    serves=["retention"],
)
quantity(
    "total_customer_lifespan_years",
    "year",
    "years of all customers",
    minimum=0,
    aliases=["sum of customer lifespans"],
    serves=["retention"],
)
quantity("years", "ratio", "number of years", minimum=0, aliases=["year count"])
quantity("periods", "period", "number of periods", minimum=0, aliases=["weeks", "months"])
quantity("window_days", "day", "days in the window", minimum=0, aliases=["days observed", "window"])
quantity("days_in_year", "day", "days in the year", minimum=0, aliases=["year length"])
quantity(
    "days_total", "day", "days in the period", minimum=0, aliases=["total days", "period length"]
)
quantity("days_elapsed", "day", minimum=0, aliases=["elapsed days", "days gone"])
