"""How present the brand is in talk, in search and in people's minds."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"own_mentions": 450, "all_mentions": 1800}, "0.25"),
    over_one="refuse",
    serves=["awareness"],
    aliases=["SOV"],
)
def share_of_voice(own_mentions: Number, all_mentions: Number) -> Number:
    """Share of voice.

    Mentions of the brand divided by the mentions of all brands compared, its own included, in the
    same channels and period.

    Reading: More talk is not always praise: read the tone as well. It depends on which competitors
    and channels are counted, so keep that list the same.

    Source: https://mention.com/en/share-of-voice-calculator/
    """
    return own_mentions / all_mentions


@metric(
    "ratio",
    "up",
    Example({"own_searches": 50_000, "category_searches": 200_000}, "0.25"),
    over_one="refuse",
    serves=["awareness"],
)
def share_of_search(own_searches: Number, category_searches: Number) -> Number:
    """Share of search.

    Unpaid searches for the brand divided by the searches for all brands of its category, its own
    included.

    Reading: It tends to move before market share does, in some categories by months. A scandal
    raises it too, and a name that is also an ordinary word inflates it. Follow the trend with one
    fixed list of brands.

    Source: Les Binet at the EffWorks Global 2020 conference, reported by the IPA,
    https://ipa.co.uk/news/binet-presents-fast-cheap-predictive-share-of-search-metric/
    """
    return own_searches / category_searches


@metric(
    "ratio",
    "up",
    Example({"people_aware": 320, "people_surveyed": 800}, "0.4"),
    over_one="refuse",
    serves=["awareness"],
    aliases=["brand awareness"],
)
def brand_awareness_rate(people_aware: Number, people_surveyed: Number) -> Number:
    """Brand awareness rate.

    People in a survey who know the brand divided by the people asked.

    Reading: Say whether the question named the brand (aided) or not (unaided): aided is higher. A
    small sample moves by chance, so compare only surveys that asked the same question of the same
    kind of people.

    Source: https://freemarketingmetrics.com/marketing-metric-topics/what-is-brand-awareness-and-how-do-marketers-use-it
    """
    return people_aware / people_surveyed
