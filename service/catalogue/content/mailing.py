"""Whether e-mails arrive, are opened and clicked, and keep their readers."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"emails_delivered": 9_700, "emails_sent": 10_000}, "0.97"),
    over_one="refuse",
    serves=["leads"],
    aliases=["delivery rate"],
)
def email_delivery_rate(emails_delivered: Number, emails_sent: Number) -> Number:
    """E-mail delivery rate.

    The share of the e-mails sent that the receiving servers accepted, that is, all but the bounced
    ones.

    Reading: Below 95% look for old addresses in the list. Delivered does not mean seen: an e-mail
    in the spam folder counts as delivered.

    Source: https://help.returnpath.com/hc/en-us/articles/220227548-What-is-delivered- for the
    division; the 95% is the bar given at
    https://ayuda.easymailing.com/hc/en-us/articles/360004376857-What-is-the-delivery-rate.
    """
    return emails_delivered / emails_sent


@metric(
    "ratio",
    "up",
    Example({"unique_opens": 2_425, "emails_delivered": 9_700}, "0.25"),
    over_one="refuse",
    vanity=True,
    aliases=["open rate"],
)
def email_open_rate(unique_opens: Number, emails_delivered: Number) -> Number:
    """E-mail open rate.

    The share of the e-mails delivered that were opened, each recipient counted once.

    Reading: Mail programs that load images by themselves count as opens and lift the rate, those
    that block images lower it: use it to compare subject lines sent to one list, not as a goal.
    Some vendors divide by the e-mails sent, which gives less.

    Source: Twilio SendGrid, https://www.twilio.com/docs/glossary/open-rate.md; the variant on
    e-mails sent is https://www.getresponse.com/help/glossary/open-rate.html.
    """
    return unique_opens / emails_delivered


@metric(
    "ratio",
    "up",
    Example({"unique_clicks": 291, "emails_delivered": 9_700}, "0.03"),
    over_one="refuse",
    serves=["leads"],
    aliases=["e-mail click-through rate"],
)
def email_click_rate(unique_clicks: Number, emails_delivered: Number) -> Number:
    """E-mail click rate.

    The share of the e-mails delivered in which somebody clicked a link, each recipient counted
    once.

    Reading: It judges list, subject line and content together. When it falls, the click-to-open
    rate tells whether the content is to blame or fewer people opened.

    Source: unique clicks over the e-mails that did not bounce, as at
    https://www.emailmarketingjournal.com/2019/11/case-study-a-100-increase-in-site-traffic-from-email-2/.
    """
    return unique_clicks / emails_delivered


@metric(
    "ratio",
    "up",
    Example({"unique_clicks": 291, "unique_opens": 2_425}, "0.12"),
    over_one="warn",
    serves=["leads"],
    aliases=["CTOR"],
)
def click_to_open_rate(unique_clicks: Number, unique_opens: Number) -> Number:
    """Click-to-open rate.

    The share of the people who opened an e-mail that also clicked a link in it.

    Reading: It judges the content alone: those who did not open are left out. Opens counted by mail
    programs and not by people make it look lower; above 1, clicks came from readers whose opens
    could not be counted.

    Source: Campaign Monitor,
    https://www.campaignmonitor.com/resources/glossary/click-to-open-rate-ctor/.
    """
    return unique_clicks / unique_opens


@metric(
    "ratio",
    "down",
    Example({"unsubscribes": 24, "emails_delivered": 9_600}, "0.0025"),
    over_one="refuse",
    serves=["leads", "retention"],
    aliases=["unsubscribe rate", "opt-out rate"],
)
def email_unsubscribe_rate(unsubscribes: Number, emails_delivered: Number) -> Number:
    """E-mail unsubscribe rate.

    The share of the e-mails delivered after which the recipient left the list.

    Reading: A jump after one mailing blames that mailing; a slow rise blames the frequency. It
    counts only those who bother to leave: readers who stop opening do not show here.

    Source: https://bettermerge.com/glossary/unsubscribe-rate.
    """
    return unsubscribes / emails_delivered


@metric(
    "ratio",
    "down",
    Example({"emails_bounced": 300, "emails_sent": 10_000}, "0.03"),
    over_one="refuse",
    serves=["leads"],
)
def email_bounce_rate(emails_bounced: Number, emails_sent: Number) -> Number:
    """E-mail bounce rate.

    The share of the e-mails sent that came back: hard bounces, to addresses that do not exist, and
    soft ones, to full or busy mailboxes.

    Reading: It is what the delivery rate lacks to 1. Remove hard bounces at once, because senders
    who keep trying are blocked. It has nothing to do with the bounce rate of a website.

    Source: hard and soft bounces over the e-mails sent, as at
    https://www.wiredplus.com/support/how-is-the-delivery-rate-calculated.
    """
    return emails_bounced / emails_sent


@metric(
    "ratio",
    "up",
    Example(
        {"new_subscribers": 300, "subscribers_lost": 100, "subscribers_at_start": 5_000}, "0.04"
    ),
    serves=["leads"],
    aliases=["list growth rate"],
)
def email_list_growth_rate(
    new_subscribers: Number, subscribers_lost: Number, subscribers_at_start: Number
) -> Number:
    """E-mail list growth rate.

    The subscribers won less those lost in a period, against the size of the list at its start. Lost
    are those who unsubscribed and those removed because their e-mails bounced.

    Reading: Below 0 the list shrinks. Growth bought with a prize draw is often lost again: watch
    the clicks of the new subscribers as well.

    Source: https://thecalcu.com/list-growth-rate-calculator/.
    """
    return (new_subscribers - subscribers_lost) / subscribers_at_start
