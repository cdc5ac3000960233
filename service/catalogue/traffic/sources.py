"""What share of the visits each way to the site brings."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Benchmark, Example


@metric(
    "ratio",
    "neither",
    Example({"source_visits": 3000, "visits": 20_000}, "0.15"),
    over_one="refuse",
    serves=["awareness", "leads"],
    aliases=["share of traffic by source"],
)
def traffic_share(source_visits: Number, visits: Number) -> Number:
    """Traffic share.

    Visits from one source divided by all visits of the same period.

    Reading: The shares of all sources add up to 100%, so one may fall only because another grew:
    look at the visits themselves too. Relying on one source for most visits is a risk.

    Source: Google Analytics help, "Default channel grouping",
    https://support.google.com/analytics/answer/9756891
    """
    return source_visits / visits


@metric(
    "ratio",
    "up",
    Example({"organic_visits": 11_000, "visits": 20_000}, "0.55"),
    over_one="refuse",
    serves=["awareness", "leads"],
    aliases=["share of organic traffic"],
    benchmarks=[
        Benchmark(
            "Goal: more than half of the visits",
            "0.5",
            None,
            "the source documents' list of marketing KPIs, under unpaid search traffic",
        )
    ],
)
def organic_traffic_share(organic_visits: Number, visits: Number) -> Number:
    """Organic traffic share.

    Visits from unpaid search results divided by all visits.

    Reading: More than half is a common goal: people search and find you without being paid for. A
    low share means that visits stop when the ads stop. A falling share does no harm while the
    organic visits themselves grow.

    Source: standard definition; organic search is defined in Google Analytics help, "Default
    channel grouping", https://support.google.com/analytics/answer/9756891
    """
    return organic_visits / visits


@metric(
    "ratio",
    "neither",
    Example({"social_visits": 2400, "visits": 20_000}, "0.12"),
    over_one="refuse",
    serves=["awareness", "leads"],
    aliases=["social media traffic share"],
)
def social_traffic_share(social_visits: Number, visits: Number) -> Number:
    """Social traffic share.

    Visits from social networks divided by all visits, from posts and ads alike unless they are
    counted apart.

    Reading: Split it by network and set it beside the social conversion rate: visits that never
    convert raise the share and bring nothing. Links opened inside an app often lose their origin
    and count as direct.

    Source: standard definition; paid and organic social are defined in Google Analytics help,
    "Default channel grouping", https://support.google.com/analytics/answer/9756891
    """
    return social_visits / visits


@metric(
    "ratio",
    "neither",
    Example({"referral_visits": 1600, "visits": 20_000}, "0.08"),
    over_one="refuse",
    serves=["awareness", "leads"],
)
def referral_traffic_share(referral_visits: Number, visits: Number) -> Number:
    """Referral traffic share.

    Visits from links on other websites divided by all visits, without search engines and social
    networks.

    Reading: High means that others recommend you, and that you depend on them. Check the list of
    referring sites: your own payment page or spam can inflate it.

    Source: standard definition; referral is defined in Google Analytics help, "Default channel
    grouping", https://support.google.com/analytics/answer/9756891
    """
    return referral_visits / visits


@metric(
    "ratio",
    "neither",
    Example({"direct_visits": 5000, "visits": 20_000}, "0.25"),
    over_one="refuse",
    serves=["awareness", "leads"],
)
def direct_traffic_share(direct_visits: Number, visits: Number) -> Number:
    """Direct traffic share.

    Visits without a known origin divided by all visits: an address typed in, a bookmark, or a link
    that carries no origin.

    Reading: Partly a sign of a known brand, partly of missing tracking. After a sudden rise check
    whether campaign links lost their tags before praising the brand.

    Source: standard definition; direct is defined in Google Analytics help, "Default channel
    grouping", https://support.google.com/analytics/answer/9756891
    """
    return direct_visits / visits


@metric(
    "ratio",
    "neither",
    Example({"mobile_visits": 13_000, "visits": 20_000}, "0.65"),
    over_one="refuse",
    serves=["awareness", "leads", "sales"],
)
def mobile_traffic_share(mobile_visits: Number, visits: Number) -> Number:
    """Mobile traffic share.

    Visits from mobile devices divided by all visits.

    Reading: Tells for which screen to design first. A large mobile share that converts poorly is
    where the most can be gained. Say whether tablets count as mobile.

    Source: standard definition; how the mix of devices moves other rates is shown in
    https://www.peasy.nu/blog/how-device-mix-changes-conversion-rate
    """
    return mobile_visits / visits
