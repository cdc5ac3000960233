"""Whether people stop for a video, and how much of it they watch."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "second/view",
    "up",
    Example({"total_watch_seconds": 54_000, "video_views": 1_800}, 30),
    serves=["awareness"],
    aliases=["average view duration", "AVD", "video watch time"],
)
def average_watch_time(total_watch_seconds: Number, video_views: Number) -> Number:
    """Average watch time.

    The seconds that one view of a video lasts on average: all the time watched, divided by the
    views of the same videos and period.

    Reading: Compare it with the length of the video: 30 seconds is half of a one-minute clip and
    little of a lecture. Platforms start counting a view at different seconds, so compare within one
    platform only.

    Source: the division is at https://www.tella.tv/definition/average-view-duration; YouTube
    Analytics reports the same pair, https://support.google.com/youtube/answer/6299733.
    """
    return total_watch_seconds / video_views


@metric(
    "ratio",
    "up",
    Example({"plays_at_mark": 640, "video_starts": 1_000}, "0.64"),
    over_one="refuse",
    serves=["awareness", "leads"],
    aliases=["hook retention", "intro retention"],
)
def video_hook_retention(plays_at_mark: Number, video_starts: Number) -> Number:
    """Video hook retention.

    The share of the plays begun that still run at a mark of 3, 5 or 10 seconds. Starts are plays
    begun, not what a platform calls views, because many views are only counted from the third
    second on.

    Reading: A low value means that the opening loses people before the message comes. Keep one mark
    when you compare videos: fewer plays are left at 10 seconds than at 3.

    Source: YouTube Analytics help, https://support.google.com/youtube/answer/9314415, whose intro
    figure is the same share at 30 seconds.
    """
    return plays_at_mark / video_starts


@metric(
    "ratio",
    "up",
    Example({"three_second_plays": 18_000, "impressions": 75_000}, "0.24"),
    over_one="warn",
    serves=["awareness", "leads"],
    aliases=["hook rate", "thumb-stop ratio", "thumb-stop rate"],
)
def video_hook_rate(three_second_plays: Number, impressions: Number) -> Number:
    """Video hook rate.

    The share of the impressions of a video that become a play of at least three seconds: how often
    it stops somebody who scrolls.

    Reading: A low value points at the first frame and the opening line. It says nothing of what
    follows: read it with the completion rate and the click-through rate, and compare it with your
    own earlier videos on the same placement.

    Source: https://ignyteiq.com/glossary/hook-rate/, which also tells that other platforms use two
    seconds.
    """
    return three_second_plays / impressions


@metric(
    "ratio",
    "up",
    Example({"completed_views": 420, "video_starts": 1_200}, "0.35"),
    over_one="refuse",
    serves=["awareness"],
    aliases=["VCR"],
)
def video_completion_rate(completed_views: Number, video_starts: Number) -> Number:
    """Video completion rate.

    The share of the plays begun that reach the end of the video.

    Reading: Short videos and ads that cannot be skipped score high whatever their quality, so
    compare videos of one length and one placement. A good opening with few completions means that
    the middle is too long.

    Source: https://bidscube.com/blog/glossary/video-completion-rate-vcr/.
    """
    return completed_views / video_starts
