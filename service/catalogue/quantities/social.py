"""Counts of social media: interactions with posts, and the people who follow."""

from service.quantity import quantity

quantity(
    "engagements",
    "engagement",
    minimum=0,
    aliases=["interactions", "social interactions", "social engagement"],
    vanity=True,
)
quantity("likes", "like", minimum=0, aliases=["post likes", "thumbs up"], vanity=True)
quantity("reactions", "reaction", minimum=0, aliases=["post reactions"], vanity=True)
quantity("comments", "comment", minimum=0, aliases=["post comments", "replies"], vanity=True)
quantity("shares", "share", minimum=0, aliases=["post shares", "reposts"], vanity=True)
quantity("views", "view", "content views", minimum=0, aliases=["post views"], vanity=True)
quantity("followers", "follower", minimum=0, aliases=["fans"], vanity=True)
quantity(
    "followers_now",
    "follower",
    minimum=0,
    aliases=["followers", "current followers"],
    vanity=True,
)
quantity(
    "followers_before",
    "follower",
    minimum=0,
    aliases=["previous followers"],
    vanity=True,
)
quantity(
    "online_community_size",
    "member",
    "members of the online community",
    minimum=0,
    aliases=["community members", "group members"],
    vanity=True,
)
