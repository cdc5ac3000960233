"""What one contact with an ad costs: a showing, a person reached, a click, a message, a view."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "money/click",
    "down",
    Example({"ad_spend": 450, "clicks": 900}, "0.5", currency="USD"),
    serves=["leads", "sales"],
    aliases=["CPC", "average cost per click"],
)
def cost_per_click(ad_spend: Number, clicks: Number) -> Number:
    """Cost per click.

    Ad spend divided by the clicks on the ads: the average price that was paid for a click, not the
    highest bid.

    Reading: Cheap clicks are worth little if nobody converts: divided by the conversion rate, it
    is the cost of a customer. It rises with competition and falls as ads become more relevant, so
    compare it within one network and one audience.

    Source: Google Ads Help, average cost-per-click,
    https://support.google.com/adwords/answer/14074?hl=en
    """
    return ad_spend / clicks


@metric(
    "money/1000 impressions",
    "down",
    Example({"ad_spend": 1_250, "impressions": 500_000}, "2.5", currency="USD"),
    serves=["awareness"],
    aliases=["CPM", "cost per mille"],
)
def cost_per_thousand_impressions(ad_spend: Number, impressions: Number) -> Number:
    """Cost per thousand impressions.

    Ad spend for each thousand times that the ads were shown, whether anybody looked or not.

    Reading: It is the price of showings and not of results. Lower is better only for the same
    audience and placement: a narrow audience of buyers costs more and is worth more. To count
    people instead of showings, use cost per thousand people reached.

    Source: Google Ads API, average CPM,
    https://developers.google.com/google-ads/api/reference/rpc/v24/RateMetrics
    """
    return ad_spend * 1000 / impressions


@metric(
    "money/1000 people",
    "down",
    Example({"ad_spend": 1_250, "reach": 200_000}, "6.25", currency="USD"),
    serves=["awareness"],
    aliases=["cost per 1000 people reached"],
)
def cost_per_thousand_reached(ad_spend: Number, reach: Number) -> Number:
    """Cost per thousand people reached.

    Ad spend for each thousand different people who saw the ads at least once.

    Reading: It equals CPM times frequency, so it rises when the same people see the ads again
    while CPM stands still. Reach is the platform's estimate, and people reached on two platforms
    are counted twice when you add the two up.

    Source: http://vorpalsabre.com/2017/08/08/cost-per-1000-people-reached/
    """
    return ad_spend * 1000 / reach


@metric(
    "money/message",
    "down",
    Example({"ad_spend": 3_000_000, "messages": 150}, 20_000, currency="VND"),
    serves=["leads", "sales"],
    aliases=["cost per messaging conversation started", "cost per conversation"],
)
def cost_per_message(ad_spend: Number, messages: Number) -> Number:
    """Cost per message.

    Ad spend divided by the conversations that people started by message because of the ads; later
    messages of the same conversation are not counted again.

    Reading: A cheap message is not an order: times the messages it takes for one order, it is what
    an order costs. If it falls and the share of messages that end in an order falls with it, the
    ads reach people who only ask.

    Source: https://leadenforce.com/blog/why-cost-per-message-can-hide-weak-sales-efficiency-in-messaging-ads
    """
    return ad_spend / messages


@metric(
    "money/view",
    "down",
    Example({"ad_spend": 600, "video_views": 12_000}, "0.05", currency="USD"),
    serves=["awareness"],
    aliases=["CPV"],
)
def cost_per_view(ad_spend: Number, video_views: Number) -> Number:
    """Cost per view.

    Ad spend divided by video views, as the platform counts a view.

    Reading: Platforms count a view after different lengths of time, so compare it only within one
    of them. A low cost says that people let the video play, not that they remember it or buy: read
    it with the completion rate.

    Source: Google Ads API, average TrueView cost-per-view,
    https://developers.google.com/google-ads/api/reference/rpc/v23/RateMetrics
    """
    return ad_spend / video_views


@metric(
    "money/engagement",
    "down",
    Example({"ad_spend": 540, "engagements": 1_800}, "0.3", currency="USD"),
    serves=["awareness"],
    aliases=["CPE"],
)
def cost_per_engagement(ad_spend: Number, engagements: Number) -> Number:
    """Cost per engagement.

    Ad spend divided by engagements: reactions, comments, shares and whatever else the platform
    counts as taking part.

    Reading: It suits ads that should start a conversation, and says little of sales, since a like
    costs a person nothing. Find out what the platform counts before you compare two of them, and
    look at comments and shares apart from likes.

    Source: Google Ads API, average cost-per-engagement,
    https://developers.google.com/google-ads/api/reference/rpc/v24/RateMetrics
    """
    return ad_spend / engagements


@metric(
    "money/install",
    "down",
    Example({"ad_spend": 4_200, "installs": 1_750}, "2.4", currency="USD"),
    serves=["leads"],
    aliases=["CPI"],
)
def cost_per_install(ad_spend: Number, installs: Number) -> Number:
    """Cost per install.

    Ad spend divided by the installs of an app that it brought. Installs by people who found the
    app without an ad do not belong in it.

    Reading: An install is not yet a user, since many apps are opened once and removed. Compare it
    with what a user brings in over time, and channels by the cost of a user who is still there
    after a week.

    Source: https://www.applovin.com/glossary/cpi/
    """
    return ad_spend / installs
