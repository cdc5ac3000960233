"""What holds for every model, whatever the journeys."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.attribution import rules
from service.analytics.attribution.comparison import attribution_comparison
from service.analytics.attribution.journeys import MOST_JOURNEYS, Journeys, read_journeys
from service.analytics.attribution.markov import markov_attribution
from service.analytics.attribution.overlap import channel_overlap
from service.analytics.attribution.shapley import shapley_attribution
from service.message import Refused
from service.outcome import Outcome

Model = Callable[..., Outcome]

MODELS: dict[str, Model] = {
    "first": rules.first_touch_attribution,
    "last": rules.last_touch_attribution,
    "last non-direct": rules.last_non_direct_attribution,
    "linear": rules.linear_attribution,
    "position": rules.position_based_attribution,
    "u": rules.u_shaped_attribution,
    "w": rules.w_shaped_attribution,
    "full path": rules.full_path_attribution,
    "time decay": rules.time_decay_attribution,
    "custom": partial(rules.custom_weights_attribution, weights=[3.0, 2.0, 1.0]),
    "markov 1": markov_attribution,
    "markov 2": partial(markov_attribution, order=2),
    "markov 3": partial(markov_attribution, order=3),
    "shapley": shapley_attribution,
}
every_model = pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)

touchpoints = st.builds(
    lambda channel, day, stage: {
        "channel": channel,
        "at": (date(2026, 1, 1) + timedelta(day)).isoformat(),
        "stage": stage,
    },
    st.sampled_from(["ads", "direct", "mail", "search"]),
    st.integers(0, 60),
    st.sampled_from([None, "lead", "opportunity"]),
)
journeys = st.lists(
    st.builds(
        lambda touches, conversions, each, lost: {
            "touchpoints": touches,
            "conversions": conversions,
            "value": conversions * each,
            "not_converted": lost,
        },
        st.lists(touchpoints, max_size=6),
        st.integers(0, 3),
        st.integers(-2, 9),
        st.integers(0, 3),
    ),
    max_size=6,
)
few = settings(deadline=None, derandomize=True, max_examples=30)


def credit_of(model: Model, raw: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
    result = model(journeys=read_journeys(raw), **options).result
    assert result is not None
    return {row["channel"]: (row["conversions"], row["value"]) for row in result["channels"]}


def as_close(credit: dict[str, Any]) -> dict[str, Any]:
    return {name: pytest.approx(pair, rel=1e-9, abs=1e-9) for name, pair in credit.items()}


@every_model
@few
@given(raw=journeys, lookback=st.sampled_from([None, 0.0, 7.0]))
def test_credits_add_up(model: Model, raw: list[dict[str, Any]], lookback: float | None) -> None:
    """Credits add up to the conversions and the value given, and none is negative."""
    credit = credit_of(model, raw, lookback_days=lookback)

    assert pytest.approx(sum(one["conversions"] for one in raw)) == sum(
        conversions for conversions, _ in credit.values()
    )
    assert pytest.approx(sum(one["value"] for one in raw)) == sum(v for _, v in credit.values())
    assert all(conversions >= 0 for conversions, _ in credit.values())


@every_model
@few
@given(raw=journeys, seed=st.randoms(use_true_random=False))
def test_the_order_of_journeys_changes_nothing(
    model: Model, raw: list[dict[str, Any]], seed: random.Random
) -> None:
    """Journeys may be listed in any order."""
    shuffled = seed.sample(raw, len(raw))

    assert as_close(credit_of(model, raw)) == credit_of(model, shuffled)


@every_model
@few
@given(raw=journeys)
def test_a_group_equals_its_single_journeys(model: Model, raw: list[dict[str, Any]]) -> None:
    """A count over identical journeys is the same as the journeys one by one."""
    single = [
        part
        for one in raw
        for part in (
            [
                {
                    "touchpoints": one["touchpoints"],
                    "value": one["value"] // max(1, one["conversions"]),
                }
            ]
            * one["conversions"]
            + [{"touchpoints": one["touchpoints"], "not_converted": 1}] * one["not_converted"]
        )
    ]
    grouped = {n: c for n, c in credit_of(model, raw).items() if any(c)}
    listed = {n: c for n, c in credit_of(model, single).items() if any(c)}

    assert as_close(grouped) == listed


@every_model
@few
@given(raw=journeys)
def test_answers_are_plain_json(model: Model, raw: list[dict[str, Any]]) -> None:
    """Nothing in an answer is NaN, infinite or foreign to JSON."""
    assert json.dumps(dict(model(journeys=read_journeys(raw)).result or {}), allow_nan=False)


@few
@given(raw=journeys)
def test_tables_are_plain_json(raw: list[dict[str, Any]]) -> None:
    """The comparison and the overlap are plain JSON too."""
    read = read_journeys(raw)

    assert json.dumps(dict(attribution_comparison(journeys=read).result or {}), allow_nan=False)
    assert json.dumps(dict(channel_overlap(journeys=read).result or {}), allow_nan=False)


@every_model
def test_huge_counts_stay_finite(model: Model) -> None:
    """Counts near the largest allowed give finite credits."""
    touches = [{"channel": c, "at": "2026-01-01"} for c in "abab"]
    raw = [{"touchpoints": touches, "conversions": 10**299, "value": -(10**299)}]

    assert pytest.approx(1e299) == sum(c for c, _ in credit_of(model, raw).values())


def random_journeys(count: int, channels: int) -> list[dict[str, Any]]:
    """Timed journeys of four touches on average, up to twenty."""
    pick = random.Random(count)  # noqa: S311 - sample data
    raw = []
    for _ in range(count):
        length = min(20, 1 + int(pick.expovariate(1 / 3.5)))
        touches = [
            {
                "channel": f"channel {pick.randrange(channels)}",
                "at": f"2026-03-{pick.randrange(1, 29):02d}T{pick.randrange(24):02d}:00:00Z",
                "stage": pick.choice([None, None, "lead", "opportunity"]),
            }
            for _ in range(length)
        ]
        raw.append({"touchpoints": touches, "not_converted": pick.randrange(3), "conversions": 1})
    return raw


def seconds(raw: list[dict[str, Any]]) -> float:
    """Processor time to read *raw* and to compute every model and table, the better of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        read = read_journeys(raw)
        attribution_comparison(journeys=read, weights=[2.0, 1.0])
        channel_overlap(journeys=read)
        times.append(time.process_time() - start)
    return min(times)


def test_time_grows_with_the_number_of_journeys() -> None:
    """Eight times the journeys take about eight times as long, not sixty-four."""
    seconds(random_journeys(100, 12))  # loads numpy

    assert seconds(random_journeys(4_000, 12)) < 24 * seconds(random_journeys(500, 12))


@pytest.fixture(scope="module")
def channel_each() -> Journeys:
    """As many journeys as are accepted, each by a channel of its own."""
    return read_journeys(
        [{"touchpoints": [{"channel": f"c{i}", "at": "2026-01-01"}]} for i in range(MOST_JOURNEYS)]
    )


@pytest.mark.parametrize("name", ["linear", "time decay"])
def test_a_hundred_thousand_channels_are_fast(name: str, channel_each: Journeys) -> None:
    """As many channels as journeys are credited in linear time."""
    start = time.process_time()
    result = MODELS[name](journeys=channel_each).result or {}

    assert time.process_time() - start < 10
    assert MOST_JOURNEYS == len(result["channels"])


@pytest.mark.parametrize("model", [markov_attribution, attribution_comparison])
def test_a_hundred_thousand_channels_are_refused(model: Model, channel_each: Journeys) -> None:
    """What would take the square or the cube of the channels is refused, with the limit."""
    with pytest.raises(Refused, match=r"\d,?000"):
        model(journeys=channel_each)
