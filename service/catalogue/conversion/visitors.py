"""How many visitors become leads, or at least show interest."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"conversions": 10, "visitors": 1000}, "0.01"),
    over_one="warn",
    serves=["leads", "sales"],
    aliases=["CR", "CVR", "goal completion rate"],
)
def conversion_rate(conversions: Number, visitors: Number) -> Number:
    """Conversion rate.

    Conversions divided by visitors of the same period. A conversion is whatever was set as the
    goal: an order, a sign-up, a lead. Every visitor counts, whatever they did on the site.

    Reading: Compare it only with rates for the same goal and the same kind of count: a rate per
    session is lower than one per person. Above 100% some visitors converted more than once or
    came in an earlier period.

    Source: https://piwik.pro/glossary/conversion-rate/ and, with visitors as the whole,
    https://netpeaksoftware.com/blog/10-kpis-every-digital-marketer-should-track
    """
    return conversions / visitors


@metric(
    "ratio",
    "up",
    Example({"landing_page_conversions": 45, "landing_page_visits": 900}, "0.05"),
    over_one="warn",
    serves=["leads", "sales"],
    aliases=["landing page CVR"],
)
def landing_page_conversion_rate(
    landing_page_conversions: Number, landing_page_visits: Number
) -> Number:
    """Landing page conversion rate.

    Conversions on a landing page divided by the visits to that page. Visits to other pages are
    not counted.

    Reading: Higher means that the page keeps the promise of the ad or link that brought the
    visit. Compare versions of a page that get the same traffic: another source changes the rate
    although the page is the same.

    Source: https://piwik.pro/glossary/conversion-rate/, which sets the rate of one landing page
    beside that of the whole site.
    """
    return landing_page_conversions / landing_page_visits


@metric(
    "ratio",
    "up",
    Example({"leads": 240, "visits": 12_000}, "0.02"),
    over_one="warn",
    serves=["leads"],
    aliases=["new contact rate", "visit-to-lead rate", "traffic-to-lead ratio"],
)
def traffic_to_lead_rate(leads: Number, visits: Number) -> Number:
    """Traffic-to-lead rate.

    New leads divided by visits of the same period: the share of visits that leave a contact to
    follow up.

    Reading: A steady rate with growing traffic means more leads. When it falls, look at each
    source on its own: one campaign that brings many visitors without interest lowers the whole.

    Source: HubSpot, "A quick tour of sources" (contact conversion rate),
    https://knowledge.hubspot.com/sources-user-guide-v2/a-quick-tour-of-sources
    """
    return leads / visits


@metric(
    "visit/lead",
    "down",
    Example({"visits": 12_000, "leads": 240}, 50),
    serves=["leads"],
)
def visits_per_lead(visits: Number, leads: Number) -> Number:
    """Visits per lead.

    Visits divided by leads of the same period: how many visits it takes to gain one lead.

    Reading: Lower is better. It is the traffic-to-lead rate the other way up, and handy for
    plans: the leads wanted times this figure is the traffic needed.

    Source: the inverse of HubSpot's contact conversion rate,
    https://knowledge.hubspot.com/sources-user-guide-v2/a-quick-tour-of-sources
    """
    return visits / leads


@metric(
    "ratio",
    "up",
    Example({"mqls": 96, "visits": 12_000}, "0.008"),
    over_one="warn",
    serves=["leads"],
    aliases=["traffic-to-MQL ratio", "visit-to-MQL rate"],
)
def traffic_to_mql_rate(mqls: Number, visits: Number) -> Number:
    """Traffic-to-MQL rate.

    Marketing qualified leads (MQLs) divided by visits of the same period, on one platform or on
    all.

    Reading: Tells traffic that fits the customer profile from traffic that merely comes. Compare
    platforms with it only while the MQL rule stays the same: a looser rule raises the rate
    without better visitors.

    Source: standard funnel rate; stages and their rates from visitor to MQL are in
    https://altiorco.com/revops-dictionary/conversion-rate
    """
    return mqls / visits


@metric(
    "ratio",
    "up",
    Example({"new_contacts": 30, "page_views": 2500}, "0.012"),
    over_one="warn",
    serves=["leads"],
    aliases=["view-to-contact ratio"],
)
def view_to_contact_rate(new_contacts: Number, page_views: Number) -> Number:
    """View-to-contact rate.

    New contacts that a page brought in, divided by the views of that page.

    Reading: Rank pages with it: a page with many views and a low rate is the first to improve.
    One person may view a page several times, so it is lower than a rate per visitor.

    Source: standard definition; https://climbtheladder.com/how-do-you-calculate-a-conversion-rate-in-hubspot/
    describes HubSpot's form of it, submissions divided by page views.
    """
    return new_contacts / page_views


@metric(
    "ratio",
    "up",
    Example({"interested_visitors": 350, "visitors": 1000}, "0.35"),
    over_one="refuse",
    serves=["sales"],
    aliases=["product view rate", "website interest rate"],
)
def product_interest_rate(interested_visitors: Number, visitors: Number) -> Number:
    """Product interest rate.

    Visitors who showed interest in a product, for example by opening its page, divided by all
    visitors.

    Reading: Low means that the traffic does not match the offer, or that the way to the products
    is hard to find. It says nothing about buying: read it with the add-to-cart rate and the
    conversion rate.

    Source: standard funnel rate, from visits to product views as in
    https://hyperskill.org/learn/step/32273
    """
    return interested_visitors / visitors


@metric(
    "lead/page",
    "up",
    Example({"leads": 240, "landing_pages": 8}, 30),
    serves=["leads"],
)
def leads_per_landing_page(leads: Number, landing_pages: Number) -> Number:
    """Leads per landing page.

    Leads divided by the number of landing pages that brought them in.

    Reading: It is an average: a few strong pages can hide many that bring nothing, so look at the
    pages one by one too. Count only pages that were live in the period.

    Source: standard definition of an average; pages are counted one by one in
    https://climbtheladder.com/how-do-you-calculate-a-conversion-rate-in-hubspot/
    """
    return leads / landing_pages
