"""What the visits of a device or a network bring in."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"mobile_conversions": 234, "mobile_visits": 13_000}, "0.018"),
    over_one="warn",
    serves=["leads", "sales"],
)
def mobile_conversion_rate(mobile_conversions: Number, mobile_visits: Number) -> Number:
    """Mobile conversion rate.

    Conversions on mobile devices divided by visits from mobile devices.

    Reading: It is usually lower than on desktop, partly because people look on the phone and buy at
    the computer. Compare it with its own past, and try forms and payment on a real phone before
    blaming the visitors.

    Source: https://webmasterid.com/conversion-analytics/conversion-by-device-type
    """
    return mobile_conversions / mobile_visits


@metric(
    "ratio",
    "up",
    Example({"mobile_landing_page_conversions": 48, "mobile_landing_page_visits": 1500}, "0.032"),
    over_one="warn",
    serves=["leads", "sales"],
)
def mobile_landing_page_conversion_rate(
    mobile_landing_page_conversions: Number, mobile_landing_page_visits: Number
) -> Number:
    """Mobile landing page conversion rate.

    Conversions on landing pages made for mobile devices, divided by the visits to those pages.

    Reading: Compare it with the rate of the same pages on desktop: the gap is what the small screen
    costs. Fast loading and short forms matter most here; test one change at a time.

    Source: https://taglab.net/marketing-metrics/conversion-rate-by-device
    """
    return mobile_landing_page_conversions / mobile_landing_page_visits


@metric(
    "ratio",
    "up",
    Example({"social_conversions": 36, "social_visits": 2400}, "0.015"),
    over_one="warn",
    serves=["leads", "sales"],
    aliases=["social media conversion rate"],
)
def social_conversion_rate(social_conversions: Number, social_visits: Number) -> Number:
    """Social conversion rate.

    Conversions from social networks divided by visits from social networks. Say whether a
    conversion is a lead or a customer.

    Reading: Compute it for each network: one may bring leads while another brings only views.
    Social visits often prepare a sale that is credited elsewhere, so low does not prove that they
    are worthless.

    Source: https://www.socialpilot.co/social-media-terms/conversion-rate
    """
    return social_conversions / social_visits


@metric(
    "money/visitor",
    "up",
    Example({"revenue": 25_000, "visitors": 10_000}, "2.5", currency="USD"),
    serves=["sales"],
    aliases=["RPV"],
)
def revenue_per_visitor(revenue: Number, visitors: Number) -> Number:
    """Revenue per visitor.

    Revenue divided by visitors of the same period.

    Reading: Where orders are the conversions, it is the conversion rate times the average order
    value, so a test cannot win by trading one for the other. A visitor who costs more than this
    loses money even before the goods are paid for.

    Source: https://www.omniconvert.com/what-is/revenue-per-visitor-rpv/
    """
    return revenue / visitors
