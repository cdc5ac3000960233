"""Fixed rules credit the touches they say, in the shares they say."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from service.analytics.attribution import rules
from service.analytics.attribution.journeys import Journeys, read_journeys
from service.message import Message, Refused, Undefined
from service.outcome import Outcome

PUBLISHED = {
    entry["id"]: entry
    for entry in json.loads(
        (Path(__file__).parents[1] / "literature/attribution/worked_examples.json").read_text()
    )
}


def one(*touches: Any, **fields: Any) -> Journeys:
    return read_journeys([{"touchpoints": list(touches), **fields}])


def grouped(paths: list[dict[str, Any]]) -> Journeys:
    return read_journeys(
        [
            {"touchpoints": p["path"], "conversions": p["conversions"], "not_converted": p["nulls"]}
            for p in paths
        ]
    )


def at_days(*days: int) -> Journeys:
    """One conversion worth 12,000 with touches T0, T1, ... on the given days."""
    first = date(2026, 1, 1)
    touches = [
        {"channel": f"T{i}", "at": (first + timedelta(day)).isoformat()}
        for i, day in enumerate(days)
    ]
    return one(*touches, value=12_000)


def staged(*stages: str | None) -> Journeys:
    """One conversion with touches T0, T1, ... carrying the given stages."""
    return one(*({"channel": f"T{i}", "stage": stage} for i, stage in enumerate(stages)))


def credit_of(outcome: Outcome, field: str = "conversions") -> dict[str, float]:
    assert outcome.result is not None
    return {row["channel"]: row[field] for row in outcome.result["channels"]}


def weights(outcome: Outcome) -> list[float]:
    """The credit of T0, T1, ... in order."""
    return [share for _, share in sorted(credit_of(outcome).items())]


def codes(messages: tuple[Message, ...]) -> list[str]:
    return [message.code for message in messages]


SMALL = PUBLISHED["mta_tests_small"]["cases"][2]


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (rules.first_touch_attribution, SMALL["first_touch"]),
        (rules.last_touch_attribution, SMALL["last_touch"]),
        (rules.linear_attribution, SMALL["linear"]),
        (
            rules.last_non_direct_attribution,
            {"search": 0, "social": 0, **SMALL["last_non_direct"]},
        ),
    ],
)
def test_published_single_and_linear_credits(model: Any, expected: dict[str, float]) -> None:
    """Ten conversions on three paths are credited as the published tests say."""
    assert pytest.approx(expected) == credit_of(model(journeys=grouped(SMALL["paths"])))


DEAL = PUBLISHED["b2b_deal_five_touches"]


@pytest.mark.parametrize(
    ("model", "expected", "absolute"),
    [
        (rules.linear_attribution, DEAL["linear"], 1e-9),
        (rules.position_based_attribution, DEAL["position_based"], 1e-9),
        (rules.time_decay_attribution, DEAL["time_decay"], 0.05),
    ],
)
def test_published_deal_of_five_touches(model: Any, expected: list[float], absolute: float) -> None:
    """Touches on days 0, 5, 12, 30 and 38 share 12,000 as published."""
    values = credit_of(model(journeys=at_days(*DEAL["days"])), "value")

    assert pytest.approx(expected, abs=absolute) == [values[f"T{i}"] for i in range(5)]


def test_a_click_eight_days_before_earns_half_of_one_a_day_before() -> None:
    """Google's time decay halves the credit every seven days."""
    google = PUBLISHED["google_ads_time_decay"]
    journeys = one(
        {"channel": "A", "at": "2026-03-02"},
        {"channel": "B", "at": "2026-03-09"},
        converted_at="2026-03-10",
    )

    assert pytest.approx(google["credit"]) == credit_of(
        rules.time_decay_attribution(journeys=journeys)
    )


def test_time_decay_over_three_weeks() -> None:
    """Touches 14, 7 and 0 days before share 1 : 2 : 4."""
    published = PUBLISHED["google_ads_time_decay"]["more"][0]["weights_normalised"]

    assert pytest.approx(published) == weights(
        rules.time_decay_attribution(journeys=at_days(0, 7, 14))
    )


def test_time_decay_counts_hours() -> None:
    """With instants a half life of half a day halves the credit twelve hours earlier."""
    journeys = one(
        {"channel": "T0", "at": "2026-03-01T08:00:00+07:00"},
        {"channel": "T1", "at": "2026-03-01T13:00:00Z"},
    )
    outcome = rules.time_decay_attribution(journeys=journeys, half_life_days=0.5)

    assert pytest.approx([1 / 3, 2 / 3]) == weights(outcome)


def test_time_decay_does_not_vanish_for_an_old_journey() -> None:
    """A conversion centuries after the touches still credits them in full."""
    journeys = one(
        {"channel": "T0", "at": "1900-01-01"},
        {"channel": "T1", "at": "1900-01-02"},
        converted_at="2026-01-01",
    )
    outcome = rules.time_decay_attribution(journeys=journeys, half_life_days=1)

    assert pytest.approx([1 / 3, 2 / 3]) == weights(outcome)


def test_time_decay_needs_times() -> None:
    """Without times the first journey that lacks them is refused."""
    journeys = read_journeys(
        [{"touchpoints": [{"channel": "a", "at": "2026-03-01"}]}, {"touchpoints": ["b"]}]
    )
    with pytest.raises(Refused) as caught:
        rules.time_decay_attribution(journeys=journeys)

    assert "/journeys/1/touchpoints/0/at" == caught.value.pointer
    assert "missing" == caught.value.message.code


@pytest.mark.parametrize("case", PUBLISHED["google_ads_time_decay"]["position_based"])
def test_position_based_credits_40_20_40(case: dict[str, Any]) -> None:
    """Both ends get 0.4, the rest shares 0.2; one touch gets all, two share equally."""
    journeys = one(*(f"T{i}" for i in range(case["n"])))

    assert pytest.approx(case["w"]) == weights(rules.position_based_attribution(journeys=journeys))


@pytest.mark.parametrize(
    ("touches", "first", "last", "expected"),
    [
        (2, 0.6, 0.2, [0.75, 0.25]),
        (2, 0.0, 0.0, [0.5, 0.5]),
        (3, 0.0, 0.0, [0.0, 1.0, 0.0]),
        (1, 0.0, 0.3, [1.0]),
        (4, 0.7, 0.3, [0.7, 0.0, 0.0, 0.3]),
    ],
)
def test_position_based_with_other_weights(
    touches: int, first: float, last: float, expected: list[float]
) -> None:
    """Two touches share first : last, or equally when both are 0; the middle gets the rest."""
    outcome = rules.position_based_attribution(
        journeys=one(*(f"T{i}" for i in range(touches))), first_weight=first, last_weight=last
    )

    assert pytest.approx(expected) == weights(outcome)


def test_position_weights_above_one_are_refused() -> None:
    """Weights that add up to more than 1 contradict themselves."""
    with pytest.raises(Refused) as caught:
        rules.position_based_attribution(journeys=one("a"), first_weight=0.7, last_weight=0.4)

    assert ("/first_weight", "inconsistent_inputs") == (
        caught.value.pointer,
        caught.value.message.code,
    )


def test_published_shapes() -> None:
    """With every milestone on its own touch the weights are the published ones."""
    shapes = PUBLISHED["b2b_shapes"]
    u, w, full = shapes["u_shaped"], shapes["w_shaped"], shapes["full_path"]
    journeys = staged(None, None, "lead", "opportunity", None, None)

    assert pytest.approx(
        [u["first"], u["middle"] / 4, u["lead"], *[u["middle"] / 4] * 3]
    ) == weights(rules.u_shaped_attribution(journeys=journeys))
    assert pytest.approx(
        [w["first"], w["middle"] / 3, w["lead"], w["opportunity"], *[w["middle"] / 3] * 2]
    ) == weights(rules.w_shaped_attribution(journeys=journeys))
    assert pytest.approx(
        [
            full["first"],
            full["middle"] / 2,
            full["lead"],
            full["opportunity"],
            full["middle"] / 2,
            full["closed"],
        ]
    ) == weights(rules.full_path_attribution(journeys=journeys))


def test_a_touch_with_two_roles_earns_both() -> None:
    """The first touch that is also the lead gets both weights."""
    assert pytest.approx([0.6, 0.05, 0.3, 0.05]) == weights(
        rules.w_shaped_attribution(journeys=staged("lead", None, "opportunity", None))
    )


def test_the_first_touch_with_a_stage_counts() -> None:
    """A second lead touch is an ordinary touch."""
    assert pytest.approx([0.4, 0.4, 0.2]) == weights(
        rules.u_shaped_attribution(journeys=staged(None, "lead", "lead"))
    )


def test_a_missing_stage_drops_its_weight() -> None:
    """Without an opportunity 0.3, 0.3 and 0.1 are what adds up to the whole, and it is said."""
    outcome = rules.w_shaped_attribution(journeys=staged(None, "lead", None))

    assert pytest.approx([3 / 7, 3 / 7, 1 / 7]) == weights(outcome)
    assert ["stage_missing"] == codes(outcome.warnings)


def test_a_missing_stage_is_counted_where_it_is_missing() -> None:
    """The warning counts the conversions without the stage, and is not given without any."""
    lead = {"channel": "a", "stage": "lead"}
    some = read_journeys([{"touchpoints": [lead]}, {"touchpoints": ["b"], "conversions": 4}])

    assert () == rules.u_shaped_attribution(journeys=one(lead)).warnings
    assert ["4 conversions have no touch with stage lead; its weight was dropped there"] == [
        str(message) for message in rules.u_shaped_attribution(journeys=some).warnings
    ]


def test_milestones_share_all_when_nothing_else_was_touched() -> None:
    """Without other touches the milestones share the rest in proportion."""
    outcome = rules.w_shaped_attribution(
        journeys=staged(None, "lead", "opportunity"), first_weight=0.1
    )

    assert pytest.approx([1 / 7, 3 / 7, 3 / 7]) == weights(outcome)


def test_a_stage_is_compared_without_case() -> None:
    """Lead and LEAD are the same stage."""
    assert pytest.approx([0.4, 0.2, 0.4]) == weights(
        rules.u_shaped_attribution(journeys=staged(None, None, "LEAD"))
    )


def test_an_all_direct_journey_goes_to_direct() -> None:
    """Where every touch is direct, direct earns the conversion."""
    outcome = rules.last_non_direct_attribution(journeys=one("Direct", "direct"))

    assert {"Direct": 0.0, "direct": 1.0} == credit_of(outcome)


def test_direct_channels_can_be_named() -> None:
    """The channels that count as direct are the caller's."""
    outcome = rules.last_non_direct_attribution(
        journeys=one("ads", "bookmark", "none"), direct_channels=["none", "bookmark"]
    )

    assert 1.0 == credit_of(outcome)["ads"]


def test_without_direct_touches_it_is_said() -> None:
    """A list of direct channels that matches nothing deserves a warning."""
    assert ["no_direct_touch"] == codes(
        rules.last_non_direct_attribution(journeys=one("a", "b")).warnings
    )


@pytest.mark.parametrize(
    ("touches", "given", "expected"),
    [
        (3, [3, 2, 1], [1 / 6, 2 / 6, 3 / 6]),
        (4, [3, 1], [0, 0, 1 / 4, 3 / 4]),
        (2, [0, 5, 5], [1, 0]),
        (2, [1e300, 1e300], [0.5, 0.5]),
    ],
)
def test_custom_weights_count_from_the_last_touch(
    touches: int, given: list[float], expected: list[float]
) -> None:
    """The first weight is the last touch's, and touches beyond the list get nothing."""
    outcome = rules.custom_weights_attribution(
        journeys=one(*(f"T{i}" for i in range(touches))), weights=given
    )

    assert pytest.approx(expected) == weights(outcome)


@pytest.mark.parametrize("given", [[0, 0], [], [0, 0, 1]])
def test_custom_weights_of_nothing_are_refused(given: list[float]) -> None:
    """Weights that add up to 0, for all or for one journey, credit nobody."""
    with pytest.raises(Refused) as caught:
        rules.custom_weights_attribution(journeys=one("a", "b"), weights=given)

    assert ("/weights", "inconsistent_inputs") == (caught.value.pointer, caught.value.message.code)


def test_repeats_count() -> None:
    """Consecutive touches of one channel are all kept."""
    assert pytest.approx({"a": 2 / 3, "b": 1 / 3}) == credit_of(
        rules.linear_attribution(journeys=one("a", "a", "b"))
    )


def test_lookback_counts_back_from_the_conversion() -> None:
    """A touch exactly as old as the look-back counts, an older one does not."""
    journeys = one(
        {"channel": "old", "at": "2026-03-01"},
        {"channel": "new", "at": "2026-03-02"},
        converted_at="2026-03-31",
    )

    assert {"old": 0.0, "new": 1.0} == credit_of(
        rules.first_touch_attribution(journeys=journeys, lookback_days=29)
    )
    assert {"old": 1.0, "new": 0.0} == credit_of(
        rules.first_touch_attribution(journeys=journeys, lookback_days=30)
    )


def test_lookback_counts_back_from_the_last_touch_otherwise() -> None:
    """Without a time of conversion the last touch stands for it."""
    assert [0.0, 0.5, 0.5] == weights(
        rules.linear_attribution(journeys=at_days(0, 5, 12), lookback_days=7)
    )


def test_a_conversion_without_a_touch_is_unattributed() -> None:
    """What no touch within the look-back can earn stands under (unattributed), and is said."""
    journeys = read_journeys(
        [
            {
                "touchpoints": [{"channel": "a", "at": "2026-01-01"}],
                "converted_at": "2026-03-01",
                "conversions": 3,
                "value": 30,
            },
            {"touchpoints": [{"channel": "b", "at": "2026-02-28"}], "value": 7},
        ]
    )
    outcome = rules.last_touch_attribution(journeys=journeys, lookback_days=30)
    assert outcome.result is not None

    assert [
        {"channel": "(unattributed)", "conversions": 3.0, "value": 30.0, "share": 0.75},
        {"channel": "b", "conversions": 1.0, "value": 7.0, "share": 0.25},
        {"channel": "a", "conversions": 0.0, "value": 0.0, "share": 0.0},
    ] == outcome.result["channels"]
    assert ["unattributed_conversions"] == codes(outcome.warnings)


def test_lookback_needs_times() -> None:
    """A look-back over touches without times is refused."""
    with pytest.raises(Refused) as caught:
        rules.linear_attribution(journeys=one("a"), lookback_days=30)

    assert "missing" == caught.value.message.code


def test_another_field_can_earn_the_credit() -> None:
    """By campaign, touches of one campaign over two channels earn together."""
    journeys = one(
        {"channel": "mail", "campaign": "tet"},
        {"channel": "ads", "campaign": "tet"},
        {"channel": "ads"},
        {"channel": "ads", "campaign": "summer"},
    )
    outcome = rules.linear_attribution(journeys=journeys, by="campaign")

    assert {"tet": 0.5, "(not set)": 0.25, "summer": 0.25} == credit_of(outcome)
    assert ["field_not_set"] == codes(outcome.warnings)


def test_direct_is_a_channel_whatever_earns_the_credit() -> None:
    """By effort, the direct channel is still passed over."""
    journeys = one({"channel": "ads", "effort": "video"}, {"channel": "direct", "effort": "none"})

    assert {"video": 1.0, "none": 0.0} == credit_of(
        rules.last_non_direct_attribution(journeys=journeys, by="effort")
    )


def test_a_field_no_touch_has_is_refused() -> None:
    """Credit by a field that no touchpoint carries is a mistake in the request."""
    with pytest.raises(Refused) as caught:
        rules.linear_attribution(journeys=one("a"), by="effort")

    assert "/by" == caught.value.pointer


def test_totals_carry_what_was_given_and_credited() -> None:
    """Totals hold conversions, value, what was credited and the difference."""
    journeys = one("a", "b", "c", conversions=2, value=10, not_converted=5)
    outcome = rules.linear_attribution(journeys=journeys)
    assert outcome.result is not None

    assert {
        "conversions": 2.0,
        "value": 10.0,
        "not_converted": 5.0,
        "credited_conversions": 2.0,
        "credited_value": 10.0,
        "conversions_difference": 0.0,
        "value_difference": 0.0,
    } == outcome.result["totals"]
    assert outcome.value is None
    assert outcome.reason is None


def test_ties_are_listed_by_name() -> None:
    """The highest credit comes first, equal credits by name."""
    outcome = rules.linear_attribution(journeys=one("c", "b", "b", "a"))
    assert outcome.result is not None

    assert ["b", "a", "c"] == [row["channel"] for row in outcome.result["channels"]]


@pytest.mark.parametrize(
    "journeys", [one("a", "b", not_converted=10), read_journeys([]), one("a", conversions=0)]
)
def test_no_conversions_credit_nothing(journeys: Journeys) -> None:
    """Without conversions every credit is 0, every share null, and the reason is given."""
    outcome = rules.linear_attribution(journeys=journeys)
    assert outcome.result is not None
    assert outcome.reason is not None

    assert "no_conversions" == outcome.reason.code
    assert all(
        (row["conversions"], row["value"], row["share"]) == (0.0, 0.0, None)
        for row in outcome.result["channels"]
    )


def test_totals_too_large_for_the_answer_are_undefined() -> None:
    """Journeys that add up to more than a number may be are answered with a reason."""
    many = [{"touchpoints": ["a"], "conversions": 9 * 10**299}] * 2
    with pytest.raises(Undefined) as caught:
        rules.linear_attribution(journeys=read_journeys(many))

    assert "out_of_range" == caught.value.message.code
