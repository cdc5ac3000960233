"""How many of the people on a social network react, and whether more follow."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"engagements": 450, "reach": 9_000}, "0.05"),
    over_one="warn",
    vanity=True,
    aliases=["engagement rate by reach", "ERR", "engagement rate", "social engagement"],
)
def social_engagement_rate_by_reach(engagements: Number, reach: Number) -> Number:
    """Social engagement rate by reach.

    The reactions, comments, shares and clicks on a post, against the people it reached.

    Reading: The fairest of the three engagement rates, because only those who saw the post are
    counted. Engagement does not pay by itself: look for the visits and leads behind it. Above 1,
    people reacted more than once on average.

    Source: Hootsuite, https://blog.hootsuite.com/calculate-engagement-rate/.
    """
    return engagements / reach


@metric(
    "ratio",
    "up",
    Example({"engagements": 450, "impressions": 15_000}, "0.03"),
    over_one="warn",
    vanity=True,
    aliases=["engagement rate by impressions", "engagement rate"],
)
def social_engagement_rate_by_impressions(engagements: Number, impressions: Number) -> Number:
    """Social engagement rate by impressions.

    The reactions, comments, shares and clicks on a post, against the times it was shown.

    Reading: It is lower than the rate by reach, since one person may see a post several times. Use
    it for paid posts, which are bought by the impression, and do not mix it with the other two
    rates in one report.

    Source: Hootsuite, https://blog.hootsuite.com/calculate-engagement-rate/, its rate by
    impressions.
    """
    return engagements / impressions


@metric(
    "ratio",
    "up",
    Example({"engagements": 450, "followers": 18_000}, "0.025"),
    over_one="warn",
    vanity=True,
    aliases=["engagement rate by followers", "engagement rate"],
)
def social_engagement_rate_by_followers(engagements: Number, followers: Number) -> Number:
    """Social engagement rate by followers.

    The reactions, comments, shares and clicks on a post, against the followers of the account.

    Reading: Easy to compute for rivals too, as followers are public. It falls as an account grows,
    because fewer of its followers see each post; above 1, a post spread far beyond them.

    Source: Hootsuite, https://blog.hootsuite.com/calculate-engagement-rate/, its rate by posts.
    """
    return engagements / followers


@metric(
    "ratio",
    "up",
    Example({"followers_now": 10_500, "followers_before": 10_000}, "0.05"),
    vanity=True,
    aliases=["audience growth rate"],
    base_reason="growth needs followers to start from",
)
def follower_growth_rate(followers_now: Number, followers_before: Number) -> Number:
    """Follower growth rate.

    The change in the number of followers over a period, against the number at its start.

    Reading: Below 0 more people left than came. A small account grows fast in percent with few new
    followers, and bought followers never buy: judge the account by its visits and leads.

    Source: https://www.mailmodo.com/tools/follower-growth-rate-calculator/.
    """
    return (followers_now - followers_before) / followers_before
