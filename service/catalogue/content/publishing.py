"""How much content is published."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "item/period",
    "up",
    Example({"items_published": 24, "periods": 4}, 6),
    serves=["awareness", "leads"],
    aliases=["publishing frequency", "content velocity"],
)
def content_publishing_rate(items_published: Number, periods: Number) -> Number:
    """Content publishing rate.

    The pieces of content published in an average period: blog posts, newsletters, podcasts, social
    posts, white papers. Periods are the weeks or months counted, including those in which nothing
    appeared.

    Reading: It measures effort, not effect: a steady rate helps, but read it beside the visits and
    leads each piece brings. A rate that rises while leads stand still only fills the calendar.

    Source: standard definition, as at https://kpi.insightworthy.com/publishing-frequency.
    """
    return items_published / periods
