"""Whether ads were seen, by whom, how often and with what response."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"clicks": 1200, "impressions": 80_000}, "0.015"),
    over_one="warn",
    serves=["awareness", "leads"],
    aliases=["CTR"],
)
def click_through_rate(clicks: Number, impressions: Number) -> Number:
    """Click-through rate.

    Clicks divided by impressions of the same ads in the same period.

    Reading: Shows how well an ad fits the people who see it. Search ads get more clicks than
    banners, so compare like with like. Many clicks without conversions mean that the ad promises
    what the page does not keep.

    Source: Google, Search Ads 360 help, https://support.google.com/sa360/answer/14295317
    """
    return clicks / impressions


@metric(
    "impression/person",
    "neither",
    Example({"impressions": 80_000, "reach": 32_000}, "2.5"),
    serves=["awareness"],
    aliases=["frequency", "average frequency"],
    within=[(["reach"], "impressions")],
)
def ad_frequency(impressions: Number, reach: Number) -> Number:
    """Ad frequency.

    Impressions divided by the people reached: how often, on average, each of them was shown the
    ad.

    Reading: Too low and the message goes unnoticed; too high and people tire of it while costs
    rise. It is an average: some saw the ad once, others many times. It is never below 1.

    Source: Meta's definition, quoted in
    https://smartlyiosupport.zendesk.com/hc/en-us/articles/360003580494-Understanding-frequency
    """
    return impressions / reach


@metric(
    "ratio",
    "up",
    Example({"reach": 32_000, "target_audience": 50_000}, "0.64"),
    over_one="warn",
    serves=["awareness"],
    aliases=["ad penetration", "audience penetration"],
)
def ad_penetration_rate(reach: Number, target_audience: Number) -> Number:
    """Ad penetration rate.

    People reached by the ads divided by the size of the target audience, for each type of media.

    Reading: At 100% everyone aimed at was reached at least once. Above it the ads also reach people
    outside the audience, or its size is estimated too low. Being reached is not yet noticing: read
    it with the frequency.

    Source: https://www.mightyroar.com/blog/ad-math-reach (reach as a percentage of the target
    audience)
    """
    return reach / target_audience


@metric(
    "ratio",
    "up",
    Example({"impressions": 80_000, "eligible_impressions": 125_000}, "0.64"),
    over_one="refuse",
    serves=["awareness", "leads"],
    aliases=["search impression share"],
)
def impression_share(impressions: Number, eligible_impressions: Number) -> Number:
    """Impression share.

    Impressions received divided by the impressions that the ads were eligible for, as the ad
    platform estimates them.

    Reading: What is missing was lost to the budget or to the ad rank; the platform tells which. The
    last few per cent are often expensive: aim high only where it is worth it, such as searches
    for your own brand.

    Source: Google Ads help, https://support.google.com/google-ads/answer/2497703
    """
    return impressions / eligible_impressions


@metric(
    "ratio",
    "up",
    Example({"viewable_impressions": 42_000, "measured_impressions": 60_000}, "0.7"),
    over_one="refuse",
    serves=["awareness"],
    aliases=["viewability", "viewable rate"],
)
def viewability_rate(viewable_impressions: Number, measured_impressions: Number) -> Number:
    """Viewability rate.

    Viewable impressions divided by measured impressions. By the MRC's guidelines a display ad is
    viewable when half of its pixels are in view for one continuous second, a video ad for two.

    Reading: Low means paying for ads that nobody had a chance to see. Impressions that could not be
    measured are left out, so check how many there are. Viewable does not mean looked at.

    Source: Media Rating Council, "MRC Viewable Ad Impression Measurement Guidelines", version 1.0,
    2014, https://studylib.net/doc/8133781/mrc-viewable-ad-impression-measurement-guidelines; video:
    https://digitalcontentnext.org/blog/the-resource-center/overview/viewability-standards
    """
    return viewable_impressions / measured_impressions


@metric(
    "index",
    "as_the_result",
    Example({"media_result": 40, "average_result": 50}, 80),
    serves=["awareness", "leads", "sales"],
    aliases=["media index", "media performance index"],
)
def media_success_index(media_result: Number, average_result: Number) -> Number:
    """Media success index.

    One medium's result times 100, divided by the pooled result of all media in the same unit: for
    the cost per lead, total spend divided by total leads.

    Reading: 100 is the pooled result. Which side is good follows the result: 80 is good for a cost
    and bad for a conversion rate. Do not use the mean of the media, in which a small medium counts
    as much as a large one.

    Source: the form is that of https://owox.com/marketing-metrics/campaign-performance-index; why
    to pool: https://mediadrive.pro/wiki/basics/efficiency
    """
    return media_result * 100 / average_result
