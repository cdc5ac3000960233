"""Counts of what people do in the end: order, return, buy again, or take the action wanted."""

from service.quantity import quantity

quantity(
    "orders",
    "order",
    minimum=0,
    aliases=["transactions", "successful orders"],
    serves=["sales"],
)
quantity("online_orders", "order", minimum=0, aliases=["web orders"], serves=["sales"])
quantity(
    "orders_from_messages",
    "order",
    minimum=0,
    aliases=["orders", "orders by message", "message orders"],
    serves=["sales"],
)
quantity(
    "orders_via_messages_or_comments",
    "order",
    "orders from messages or comments",
    minimum=0,
    aliases=["orders by message or comment"],
    serves=["sales"],
)
quantity(
    "orders_returned",
    "order",
    minimum=0,
    aliases=["returned orders", "returns"],
    serves=["sales", "retention"],
)
quantity(
    "repeat_orders",
    "order",
    minimum=0,
    aliases=["recurring purchases", "orders from returning customers"],
    serves=["retention"],
)
quantity(
    "units_sold",
    "unit",
    minimum=0,
    aliases=["units", "products sold", "sales volume in units"],
    serves=["sales"],
)
quantity("carts_created", "cart", minimum=0, aliases=["carts", "carts started"])
quantity("carts_ordered", "cart", minimum=0, aliases=["carts checked out"], serves=["sales"])
quantity(
    "actions",
    "action",
    minimum=0,
    aliases=["conversions", "desired actions"],
    serves=["leads", "sales"],
)
quantity(
    "conversions",
    "conversion",
    minimum=0,
    aliases=["goal completions", "actions"],
    serves=["leads", "sales"],
)
quantity(
    "mobile_conversions",
    "conversion",
    minimum=0,
    aliases=["conversions", "conversions on mobile devices"],
    serves=["leads", "sales"],
)
quantity(
    "social_conversions",
    "conversion",
    minimum=0,
    aliases=["conversions", "conversions from social media"],
    serves=["leads", "sales"],
)
quantity(
    "landing_page_conversions",
    "conversion",
    minimum=0,
    aliases=["conversions", "goal completions"],
    serves=["leads", "sales"],
)
quantity(
    "mobile_landing_page_conversions",
    "conversion",
    "conversions on mobile landing pages",
    minimum=0,
    aliases=["conversions", "goal completions"],
    serves=["leads", "sales"],
)
quantity(
    "form_completions",
    "conversion",
    minimum=0,
    aliases=["forms completed", "form fills"],
    serves=["leads"],
)
quantity(
    "white_paper_downloads",
    "download",
    minimum=0,
    aliases=["downloads", "content downloads"],
    serves=["leads"],
)
quantity(
    "newsletter_signups",
    "signup",
    "newsletter sign-ups",
    minimum=0,
    aliases=["newsletter subscriptions"],
    serves=["leads", "retention"],
)
quantity(
    "webinar_registrations",
    "registration",
    minimum=0,
    aliases=["webinar sign-ups"],
    serves=["leads"],
)
quantity(
    "voucher_registrations",
    "registration",
    minimum=0,
    aliases=["voucher sign-ups", "vouchers claimed"],
    serves=["leads", "sales"],
)
