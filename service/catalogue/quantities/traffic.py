"""Counts of traffic: visits, sessions, pages, and what visitors did there."""

from service.quantity import quantity

quantity(
    "visits",
    "visit",
    minimum=0,
    aliases=["website traffic", "web traffic", "traffic", "sessions"],
    vanity=True,
)
quantity(
    "visitors",
    "visitor",
    minimum=0,
    aliases=["unique visitors", "users", "traffic", "website traffic"],
    vanity=True,
)
quantity(
    "sessions",
    "session",
    minimum=0,
    aliases=["visits", "traffic", "website traffic"],
    vanity=True,
)
quantity("page_views", "view", minimum=0, aliases=["pageviews", "views"], vanity=True)
quantity(
    "visits_now",
    "visit",
    minimum=0,
    aliases=["visits", "traffic now", "current visits"],
    vanity=True,
)
quantity(
    "visits_before",
    "visit",
    minimum=0,
    aliases=["traffic before", "previous visits"],
    vanity=True,
)

# Where the visits come from tells where to spend, which their sum does not.
quantity(
    "source_visits",
    "visit",
    "visits from the source",
    minimum=0,
    aliases=["traffic from the source", "channel traffic"],
    serves=["awareness", "leads"],
)
quantity(
    "organic_visits",
    "visit",
    minimum=0,
    aliases=["organic traffic", "unpaid search traffic"],
    serves=["awareness", "leads"],
)
quantity(
    "organic_keyword_traffic",
    "visit",
    "visits by organic keyword",
    minimum=0,
    aliases=["visits per keyword", "keyword traffic"],
    serves=["awareness", "leads"],
)
quantity(
    "abm_campaign_traffic",
    "visit",
    "visits from the ABM campaign",
    minimum=0,
    aliases=["ABM traffic"],
    serves=["leads", "sales"],
)
quantity(
    "social_visits",
    "visit",
    "visits from social media",
    minimum=0,
    aliases=["social traffic", "social media traffic"],
    serves=["awareness", "leads"],
)
quantity(
    "referral_visits",
    "visit",
    minimum=0,
    aliases=["referral traffic"],
    serves=["awareness", "leads"],
)
quantity("direct_visits", "visit", minimum=0, aliases=["direct traffic"], serves=["awareness"])
quantity(
    "mobile_visits",
    "visit",
    "visits from mobile devices",
    minimum=0,
    aliases=["mobile traffic"],
    serves=["leads"],
)
quantity(
    "device_visits",
    "visit",
    "visits by device",
    minimum=0,
    aliases=["traffic by device", "visits per device model"],
    serves=["leads"],
)
quantity(
    "entrances",
    "visit",
    "visits that begin on the page",
    minimum=0,
    aliases=["page entrances", "landings"],
    serves=["leads"],
)

# What they did on the site.
quantity(
    "single_page_sessions",
    "session",
    "single-page sessions",
    minimum=0,
    aliases=["bounces", "bounced sessions"],
    serves=["leads"],
)
quantity("engaged_sessions", "session", minimum=0, aliases=["engaged visits"], serves=["leads"])
quantity("mobile_sessions", "session", minimum=0, aliases=["mobile visits", "mobile traffic"])
quantity(
    "mobile_single_page_sessions",
    "session",
    "single-page sessions on mobile devices",
    minimum=0,
    aliases=["mobile bounces"],
    serves=["leads"],
)
quantity(
    "sessions_with_add_to_cart",
    "session",
    "sessions with something added to the cart",
    minimum=0,
    aliases=["add-to-carts"],
    serves=["sales"],
)
quantity("exits", "view", "exits from the page", minimum=0, serves=["leads"])
quantity(
    "full_scroll_views",
    "view",
    "page views scrolled to the end",
    minimum=0,
    aliases=["full scrolls"],
    serves=["leads"],
)
quantity(
    "interested_visitors",
    "visitor",
    "visitors interested in the product",
    minimum=0,
    aliases=["product viewers"],
    serves=["leads", "sales"],
)
quantity("landing_pages", "page", minimum=0, aliases=["number of landing pages"])
quantity(
    "landing_page_visits",
    "visit",
    minimum=0,
    aliases=["visits", "visitors", "landing page visitors", "landing page traffic"],
    serves=["leads"],
)
quantity(
    "mobile_landing_page_visits",
    "visit",
    "visits to mobile landing pages",
    minimum=0,
    aliases=["visits", "visitors", "mobile landing page visitors"],
    serves=["leads"],
)
