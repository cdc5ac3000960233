"""Counts of media: impressions, clicks, messages, plays, searches."""

from service.quantity import quantity

quantity("impressions", "impression", minimum=0, aliases=["ad impressions"], vanity=True)
quantity("reach", "person", minimum=0, aliases=["people reached", "unique reach"], vanity=True)
quantity(
    "target_audience",
    "person",
    "people in the target audience",
    minimum=0,
    aliases=["audience size"],
    serves=["awareness"],
)
quantity(
    "clicks",
    "click",
    minimum=0,
    aliases=["ad clicks", "link clicks"],
    serves=["awareness", "leads"],
)
quantity(
    "messages",
    "message",
    minimum=0,
    aliases=["conversations started", "inbox messages"],
    serves=["leads", "sales"],
)
quantity("installs", "install", minimum=0, aliases=["app installs"], serves=["leads"])
quantity(
    "eligible_impressions",
    "impression",
    minimum=0,
    aliases=["available impressions"],
    serves=["awareness"],
)
quantity("measured_impressions", "impression", minimum=0, aliases=["measurable impressions"])
quantity(
    "viewable_impressions",
    "impression",
    minimum=0,
    aliases=["impressions in view"],
    serves=["awareness"],
)
quantity(
    "lead_magnet_views",
    "view",
    minimum=0,
    aliases=["people who saw the lead magnet"],
    vanity=True,
)
quantity(
    "lead_magnet_clicks",
    "click",
    minimum=0,
    aliases=["people who clicked the lead magnet"],
    serves=["leads"],
)
quantity(
    "own_mentions",
    "mention",
    "mentions of the brand",
    minimum=0,
    aliases=["mentions", "brand mentions", "buzz", "buzz mentions"],
    serves=["awareness"],
)
quantity(
    "all_mentions",
    "mention",
    "mentions of all brands",
    minimum=0,
    aliases=["category mentions"],
)
quantity(
    "own_searches",
    "search",
    "searches for the brand",
    minimum=0,
    aliases=["brand searches"],
    serves=["awareness"],
)
quantity(
    "category_searches",
    "search",
    "searches for all brands of the category",
    minimum=0,
    aliases=["searches for all brands"],
)
quantity(
    "items_published",
    "item",
    minimum=0,
    aliases=["content published", "pieces published", "publications"],
    serves=["awareness"],
)

# Video.
quantity("video_views", "view", minimum=0, aliases=["views", "views by channel"], vanity=True)
quantity("video_starts", "play", minimum=0, aliases=["plays", "video plays"], vanity=True)
quantity(
    "plays_at_mark",
    "play",
    "plays still running at the mark",
    minimum=0,
    aliases=["viewers left at the mark"],
    serves=["awareness"],
)
quantity(
    "three_second_plays",
    "play",
    "three-second plays",
    minimum=0,
    aliases=["3-second plays", "3-second video views"],
    serves=["awareness"],
)
quantity(
    "completed_views",
    "play",
    minimum=0,
    aliases=["video completions", "plays to the end"],
    serves=["awareness"],
)
