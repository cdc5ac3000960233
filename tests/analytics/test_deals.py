"""The deal summary: win rate, value, cycle, velocity, by owner and by stage."""

from __future__ import annotations

from typing import Any

import pytest
from records import codes, deal, on

from service.analytics.deals import MOST_DEALS, deal_summary
from service.message import Refused

DEALS = [
    deal("2026-01-01", "2026-01-11", value=100.0, owner="kim"),
    deal("2026-01-01", "2026-01-31", value=300.0, owner="lee"),
    deal("2026-01-01", "2026-02-01", won=False, value=900.0, owner="lee"),
    deal("2026-01-01", "2026-02-20", won=False, value=900.0, owner="lee"),
    deal("2026-02-01", value=50.0, stage="offer", owner="kim"),
    deal("2026-02-01", value=70.0, stage="talk"),
    deal("2026-02-02", value=80.0, stage="offer"),
]


def summary(deals: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
    outcome = deal_summary(deals=deals, **options)
    assert outcome.result is not None
    return {**outcome.result, "value": outcome.value, "outcome": outcome}


def test_figures_by_hand() -> None:
    """Two won, two lost, three open."""
    result = summary(DEALS)

    assert (0.5, 2, 2, 3, 7) == tuple(
        result[name] for name in ("value", "deals_won", "deals_lost", "open_deals", "deals")
    )
    assert (200, 400, 200) == (
        result["average_deal_value"],
        result["won_value"],
        result["pipeline_value"],
    )
    assert (20, 20) == (result["average_sales_cycle_days"], result["median_sales_cycle_days"])


def test_velocity_is_money_per_day() -> None:
    """3 open deals × 200 × 0.5 ÷ 20 days."""
    assert 15 == summary(DEALS)["pipeline_velocity"]


def test_velocity_of_the_literature() -> None:
    """50 open deals × 25,000 × 25% ÷ 60 days are 5,208.33 a day (prospectengine.com)."""
    deals = [
        deal("2026-01-01", "2026-03-02", value=25_000.0),
        *(deal("2026-01-01", "2026-03-02", won=False) for _ in range(3)),
        *(deal("2026-01-01") for _ in range(50)),
    ]

    assert 5208.33 == round(summary(deals)["pipeline_velocity"], 2)


def test_the_cycle_of_moments_is_exact() -> None:
    """Twelve hours are half a day, across offsets."""
    deals = [deal("2026-01-01T12:00:00+07:00", "2026-01-01T17:00:00+00:00")]

    assert 0.5 == summary(deals)["average_sales_cycle_days"]


def test_the_median_is_not_moved_by_one_long_deal() -> None:
    """Cycles of 1, 2 and 30 days have the median 2 and the mean 11."""
    deals = [deal("2026-01-01", f"2026-01-{day:02}") for day in (2, 3, 31)]
    result = summary(deals)

    assert (11, 2) == (result["average_sales_cycle_days"], result["median_sales_cycle_days"])


def test_what_closes_later_is_open_on_the_day() -> None:
    """On 15 January one deal was won and none lost; the deals of February did not exist."""
    result = summary(DEALS, as_of=on("2026-01-15"))

    assert (1.0, 1, 0, 3) == tuple(
        result[name] for name in ("value", "deals_won", "deals_lost", "open_deals")
    )
    assert ["created_later"] == codes(result["outcome"].warnings)
    assert {"count": 3} == result["outcome"].warnings[0].values


def test_the_last_day_is_the_latest_on_record() -> None:
    """Without as_of, everything on record has happened."""
    assert "2026-02-20" == summary(DEALS)["as_of"]


def test_owners_have_the_same_figures() -> None:
    """By name, deals without an owner last; the counts add up."""
    result = summary(DEALS)
    rows = result["owners"]

    assert [("kim", 1.0, 1), ("lee", 1 / 3, 0), (None, None, 2)] == [
        (row["name"], row["win_rate"], row["open_deals"]) for row in rows
    ]
    assert result["deals"] == sum(row["deals"] for row in rows)
    assert rows[0].keys() - {"name"} <= result.keys()


def test_stages_show_the_pipeline() -> None:
    """The open deals of each stage, and what they are worth."""
    stages = summary(DEALS)["stages"]

    assert {"name": "offer", "open_deals": 2, "pipeline_value": 130} == stages[0]
    assert {"name": "talk", "open_deals": 1, "pipeline_value": 70} == stages[1]


def test_a_lost_flag_without_a_closing_is_an_open_deal() -> None:
    """Many exports write false for what is not won yet."""
    assert 1 == summary([deal("2026-01-01", won=False)])["open_deals"]


@pytest.mark.parametrize("deals", [[], [deal("2026-01-01")]], ids=["none", "open"])
def test_without_closed_deals_there_is_a_reason(deals: list[dict[str, Any]]) -> None:
    """Nothing won and nothing lost is no rate."""
    result = summary(deals)

    assert (None, "division_by_zero") == (result["value"], result["outcome"].reason.code)
    assert len(deals) == result["open_deals"]


def test_nothing_won_has_no_value_and_no_cycle() -> None:
    """The win rate is 0, the rest does not exist."""
    result = summary([deal("2026-01-01", "2026-01-02", won=False)])

    assert (0, None, None, None, None) == tuple(
        result[name]
        for name in (
            "value",
            "average_deal_value",
            "average_sales_cycle_days",
            "median_sales_cycle_days",
            "pipeline_velocity",
        )
    )


def test_deals_closed_at_once_have_no_velocity() -> None:
    """A cycle of 0 days divides nothing, and is told."""
    result = summary([deal("2026-01-01", "2026-01-01")])

    assert (0, None) == (result["average_sales_cycle_days"], result["pipeline_velocity"])
    assert ["no_velocity"] == codes(result["outcome"].warnings)


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        (deal("2026-01-02", "2026-01-01"), "/deals/1/closed", "inconsistent_inputs"),
        (deal("2026-01-02", won=True), "/deals/1/closed", "missing"),
        (deal("2026-01-02", "2026-01-03", won=None), "/deals/1/won", "missing"),
        (deal("2026-01-02", id=DEALS[0]["id"]), "/deals/1/id", "inconsistent_inputs"),
        (
            deal("2026-01-02", "2026-01-03T00:00:00+00:00"),
            "/deals/1/closed",
            "inconsistent_inputs",
        ),
        (deal("2026-01-02T00:00:00+00:00"), "/deals", "inconsistent_inputs"),
    ],
)
def test_a_contradictory_deal_is_refused(wrong: dict[str, Any], pointer: str, code: str) -> None:
    """The pointer leads to what is wrong."""
    with pytest.raises(Refused) as refused:
        deal_summary(deals=[DEALS[0], wrong])

    assert (pointer, code) == (refused.value.pointer, refused.value.message.code)


def test_a_longer_list_is_refused_at_once() -> None:
    """The limit is in the message."""
    with pytest.raises(Refused, match=str(MOST_DEALS)):
        summary([DEALS[0]] * (MOST_DEALS + 1))


def test_an_overflow_is_a_reason() -> None:
    """A value beyond all numbers is undefined, not infinite."""
    deals = [deal("2026-01-01", "2026-01-02", value=1.7e308) for _ in range(2)]
    outcome = deal_summary(deals=deals)

    assert "out_of_range" == outcome.reason.code  # type: ignore[union-attr]
