"""Whether visitors stay and read on, or leave at once."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "down",
    Example({"single_page_sessions": 4500, "sessions": 10_000}, "0.45"),
    over_one="refuse",
    serves=["leads", "sales"],
    aliases=["UA bounce rate", "single-page session rate"],
)
def bounce_rate(single_page_sessions: Number, sessions: Number) -> Number:
    """Bounce rate.

    Sessions with a single page view divided by all sessions, as Universal Analytics defined it.
    For one page, count only the sessions that began there.

    Reading: A reader who finds the answer on the first page bounces too, so high is bad only where
    a next step was wanted. It is not comparable with what Google Analytics 4 shows under the same
    name.

    Source: https://engage.primeone.global/question/bounce-rate-calculation-in-ua-vs-ga4
    """
    return single_page_sessions / sessions


@metric(
    "ratio",
    "down",
    Example({"engaged_sessions": 6200, "sessions": 10_000}, "0.38"),
    over_one="refuse",
    serves=["leads", "sales"],
    aliases=["GA4 bounce rate"],
)
def bounce_rate_by_engagement(engaged_sessions: Number, sessions: Number) -> Number:
    """Bounce rate by engagement.

    The share of sessions that were not engaged, as Google Analytics 4 defines it. A session is
    engaged if it lasts more than 10 seconds, has a key event or has two or more page views.

    Reading: It is one minus the engaged session rate. It is usually lower than the older bounce
    rate, because a long visit to one page is no bounce here: a fall after changing the tool is no
    success.

    Source: https://engage.primeone.global/question/bounce-rate-calculation-in-ua-vs-ga4 and
    https://www.bbccss.com/engagement-rate-vs-bounce-rate-in-ga4.html
    """
    return 1 - engaged_sessions / sessions


@metric(
    "ratio",
    "up",
    Example({"engaged_sessions": 6200, "sessions": 10_000}, "0.62"),
    over_one="refuse",
    serves=["awareness", "leads"],
    aliases=["engagement rate", "GA4 engagement rate", "website engagement"],
)
def engaged_session_rate(engaged_sessions: Number, sessions: Number) -> Number:
    """Engaged session rate.

    Engaged sessions divided by all sessions; Google Analytics 4 calls it the engagement rate.

    Reading: Ten seconds on a page are enough to count, so it does not prove interest: read it with
    the conversion rate. The threshold can be changed in the tool, which makes sites hard to
    compare.

    Source: https://www.bbccss.com/engagement-rate-vs-bounce-rate-in-ga4.html
    """
    return engaged_sessions / sessions


@metric(
    "ratio",
    "down",
    Example({"exits": 180, "page_views": 1200}, "0.15"),
    over_one="refuse",
    serves=["leads", "sales"],
    aliases=["page exit rate"],
)
def exit_rate(exits: Number, page_views: Number) -> Number:
    """Exit rate.

    How often a page was the last of its session, divided by all views of that page.

    Reading: Every session ends somewhere: high is normal on a thank-you page and a warning inside a
    checkout. Unlike the bounce rate, it counts visitors who saw other pages before.

    Source: https://datalady.uk/web-analytics/google-analytics-difference-between-bounce-and-exit-rate
    """
    return exits / page_views


@metric(
    "ratio",
    "down",
    Example({"mobile_single_page_sessions": 3510, "mobile_sessions": 6500}, "0.54"),
    over_one="refuse",
    serves=["leads", "sales"],
)
def mobile_bounce_rate(mobile_single_page_sessions: Number, mobile_sessions: Number) -> Number:
    """Mobile bounce rate.

    Sessions on mobile devices with a single page view, divided by all sessions on mobile devices.

    Reading: Compare it with the rate on desktop for the same pages and sources. A wide gap points
    to slow loading, small text or forms that are hard to fill in on a phone.

    Source: the bounce rate for one kind of device,
    https://engage.primeone.global/question/bounce-rate-calculation-in-ua-vs-ga4
    """
    return mobile_single_page_sessions / mobile_sessions


@metric(
    "second/session",
    "up",
    Example({"total_session_seconds": 1_450_000, "sessions": 10_000}, 145),
    vanity=True,
    aliases=["time on site"],
)
def average_session_duration(total_session_seconds: Number, sessions: Number) -> Number:
    """Average session duration.

    Seconds of all sessions added up and divided by the number of sessions.

    Reading: Long can mean interest or confusion: use it to find odd pages, not as a goal. Many
    tools cannot time the last page, so visits to a single page count as 0 seconds.

    Source: https://kpitree.co/integrations/google-analytics/session-duration; the last page is
    explained in https://adswerve.com/blog/why-is-my-session-duration-less-than-my-time-on-page
    """
    return total_session_seconds / sessions


@metric(
    "page/visit",
    "up",
    Example({"page_views": 32_000, "visits": 10_000}, "3.2"),
    serves=["awareness", "leads"],
    aliases=["pages per session", "page depth"],
)
def pages_per_visit(page_views: Number, visits: Number) -> Number:
    """Pages per visit.

    Page views divided by visits of the same period.

    Reading: Many pages can mean interest, or people searching in vain. Where a page should lead
    straight to an order, fewer are better. Compare leads with other visitors: whoever reads more
    is often closer to buying.

    Source: HubSpot, "A quick tour of sources" (page views per session),
    https://knowledge.hubspot.com/sources-user-guide-v2/a-quick-tour-of-sources
    """
    return page_views / visits


@metric(
    "ratio",
    "up",
    Example({"full_scroll_views": 420, "page_views": 1200}, "0.35"),
    over_one="refuse",
    serves=["awareness", "leads"],
    aliases=["scroll completion rate"],
)
def full_scroll_rate(full_scroll_views: Number, page_views: Number) -> Number:
    """Full scroll rate.

    Page views that were scrolled to the end, divided by all views of the page.

    Reading: Low means that what stands at the end of the page, often the form, goes unseen. Compare
    pages of similar length. Say what counts as the end: Google Analytics 4 reports 90% of the
    height.

    Source: https://ayudanteinc.com/ga4/ga4-calculated-metric-scroll-rate/
    """
    return full_scroll_views / page_views
