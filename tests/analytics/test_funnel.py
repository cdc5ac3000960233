"""A funnel tells how many go on at each step, and never more than there are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from service.analytics.funnels.funnel import funnel_analysis
from service.message import Refused
from service.outcome import Outcome

COUNTS = st.lists(st.integers(0, 10**9), min_size=2, max_size=8).map(
    lambda counts: sorted(counts, reverse=True)
)


def stages(*counts: float | None) -> list[Any]:
    return [{"name": f"s{i}", "count": count} for i, count in enumerate(counts)]


def named(**counts: float) -> list[Any]:
    return [{"name": name, "count": count} for name, count in counts.items()]


def wanted(name: str, count: float | None = None, rate: float | None = None) -> Any:
    return {"name": name, "count": count, "rate": rate}


def table(outcome: Outcome, key: str) -> Any:
    assert outcome.result is not None
    return outcome.result[key]


def column(outcome: Outcome, key: str) -> list[Any]:
    return [step[key] for step in table(outcome, "steps")]


def test_rates_of_a_small_funnel() -> None:
    """1000 impressions, 100 clicks and 25 orders convert at 10%, 25% and 2.5% overall."""
    outcome = funnel_analysis(stages=stages(1000.0, 100.0, 25.0))

    assert 0.025 == outcome.value
    assert [0.1, 0.25] == column(outcome, "rate")
    assert [900, 75] == column(outcome, "drop_off")
    assert [0.9, 0.75] == column(outcome, "drop_off_rate")
    assert [0.1, 0.025] == column(outcome, "cumulative_rate")


@settings(deadline=None, derandomize=True, max_examples=100)
@given(COUNTS)
def test_rates_multiply_to_the_overall_conversion(counts: list[int]) -> None:
    """No rate is above 1, and the steps multiply to the whole."""
    outcome = funnel_analysis(stages=stages(*map(float, counts)))
    rates, product = column(outcome, "rate"), 1.0
    for rate in rates:
        assert rate is None or 0 <= rate <= 1
        product *= rate or 0.0

    assert pytest.approx(outcome.value or 0.0) == product


@pytest.mark.parametrize(("entered", "advanced"), [(1000, 100), (7, 7), (5, 0), (100_000, 3)])
def test_intervals_are_wilsons(entered: int, advanced: int) -> None:
    """A step's interval is the one statsmodels computes by Wilson's formula."""
    outcome = funnel_analysis(stages=stages(entered, advanced), confidence=0.9)
    low, high = proportion_confint(advanced, entered, alpha=0.1, method="wilson")
    interval = column(outcome, "interval")[0]

    assert pytest.approx((low, high), abs=1e-12) == (interval["low"], interval["high"])
    assert interval == table(outcome, "overall")["interval"]


def test_nobody_of_nobody_is_not_everybody() -> None:
    """0 of 0 has no rate, no interval and no share of 100%."""
    outcome = funnel_analysis(stages=stages(10.0, 0.0, 0.0))

    assert [0.0, None] == column(outcome, "rate")
    assert [None, None] == [column(outcome, "interval")[1], column(outcome, "drop_off_rate")[1]]
    assert 0.0 == outcome.value


def test_an_empty_funnel_is_undefined() -> None:
    """Without anybody at the first stage there is no conversion, and a reason."""
    outcome = funnel_analysis(stages=stages(0.0, 0.0))

    assert outcome.value is None
    assert outcome.reason is not None
    assert "division_by_zero" == outcome.reason.code
    assert table(outcome, "worst_step") is None


def test_a_count_that_rises_is_refused() -> None:
    """More at a stage than at the one before it are not the same people."""
    with pytest.raises(Refused) as refused:
        funnel_analysis(stages=stages(100.0, 10.0, 11.0))

    assert "/stages/2/count" == refused.value.pointer
    assert "part_exceeds_whole" == refused.value.message.code


def test_an_open_funnel_may_rise_but_not_convert_above_all() -> None:
    """Where counts rise the step has no conversion: never a rate above 100%."""
    outcome = funnel_analysis(stages=stages(100.0, 10.0, 30.0, 15.0), open=True)

    assert [0.1, None, 0.5] == column(outcome, "rate")
    assert [90, None, 15] == column(outcome, "drop_off")
    assert [None, None, None] == column(outcome, "interval")
    assert 0.15 == outcome.value
    assert "count_rises" in [one.code for one in outcome.warnings]
    assert ["open_funnel"] == [one.code for one in outcome.assumptions]


def test_an_open_funnel_that_grew_has_no_overall_conversion() -> None:
    """More at the end than at the start is no conversion at all."""
    outcome = funnel_analysis(stages=stages(10.0, 30.0), open=True)

    assert outcome.value is None
    assert outcome.reason is not None
    assert "more_out_than_in" == outcome.reason.code


def test_an_open_funnel_may_keep_its_number() -> None:
    """As many at the end as at the start convert at 100%, whatever happened between."""
    outcome = funnel_analysis(stages=stages(10.0, 5.0, 10.0), open=True)

    assert (1.0, None) == (outcome.value, outcome.reason)


def test_worst_step_is_the_one_furthest_below_its_target() -> None:
    """25% against a target of 50% is worse than 10% against 12%."""
    outcome = funnel_analysis(
        stages=stages(1000.0, 100.0, 25.0),
        targets=[wanted("s1", rate=0.12), wanted("s2", rate=0.5)],
    )

    assert {
        "from": "s1",
        "to": "s2",
        "rate": 0.25,
        "yardstick": "target",
        "yardstick_rate": 0.5,
        "rate_to_yardstick": 0.5,
    } == table(outcome, "worst_step")


@pytest.mark.parametrize(
    ("given_inputs", "expected"),
    [
        (("targets", "benchmarks", "previous"), ("target", "s2")),
        (("benchmarks", "previous"), ("benchmark", "s2")),
        (("previous",), ("previous", "s2")),
        ((), ("lowest_rate", "s1")),
    ],
)
def test_the_strongest_yardstick_decides(
    given_inputs: tuple[str, ...], expected: tuple[str, str]
) -> None:
    """Targets come before benchmarks, those before the past, and the lowest rate is the last."""
    rates = [wanted("s1", rate=0.1), wanted("s2", rate=0.5)]
    outcome = funnel_analysis(
        stages=stages(1000.0, 100.0, 25.0), **dict.fromkeys(given_inputs, rates)
    )
    worst = table(outcome, "worst_step")

    assert expected == (worst["yardstick"], worst["to"])
    assert ("no_yardstick" in [one.code for one in outcome.warnings]) == (not given_inputs)


def test_steps_are_compared_by_one_yardstick() -> None:
    """A step with a target is not ranked against a step that has only a benchmark."""
    outcome = funnel_analysis(
        stages=stages(1000.0, 100.0, 25.0),
        targets=[wanted("s1", rate=0.11)],
        benchmarks=[wanted("s2", rate=0.9)],
    )

    left = next(one for one in outcome.warnings if one.code == "steps_not_compared")

    assert "s1" == table(outcome, "worst_step")["to"]
    assert str(left).endswith("not compared: s1 → s2")


def test_a_rate_is_taken_from_two_counts() -> None:
    """The counts of the previous period give the rate of the step between them."""
    outcome = funnel_analysis(
        stages=stages(1000.0, 100.0), previous=[wanted("s0", count=500), wanted("s1", count=100)]
    )

    assert [0.2] == column(outcome, "previous_rate")
    assert 0.5 == table(outcome, "worst_step")["rate_to_yardstick"]
    assert [500, 100] == [row["previous_count"] for row in table(outcome, "stages")]


@pytest.mark.parametrize(("rate", "expected"), [(0.11, True), (0.2, False)])
def test_a_shortfall_within_the_interval_may_be_chance(rate: float, *, expected: bool) -> None:
    """10% of 1000 is 8.3% to 12%: a target of 11% may be missed by chance, one of 20% not."""
    outcome = funnel_analysis(stages=stages(1000.0, 100.0), targets=[wanted("s1", rate=rate)])

    assert expected == ("may_be_chance" in [one.code for one in outcome.warnings])


def test_ties_go_to_the_earlier_step() -> None:
    """Of two equally bad steps the first is named, since it costs more people."""
    assert "s1" == table(funnel_analysis(stages=stages(100.0, 50.0, 25.0)), "worst_step")["to"]


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ([wanted("impressions", count=2000)], [("raise_budget", "impressions")]),
        ([wanted("clicks", rate=0.2)], [("change_content", "clicks")]),
        ([wanted("messages", rate=0.6)], [("fix_page_or_inbox", "messages")]),
        ([wanted("orders", rate=0.6)], [("fix_page_or_inbox", "orders")]),
        (
            [wanted("messages", rate=0.6), wanted("orders", rate=0.9)],
            [("fix_page_or_inbox", "orders")],
        ),
        (
            [wanted("impressions", count=2000), wanted("clicks", rate=0.2)],
            [("raise_budget", "impressions"), ("change_content", "clicks")],
        ),
        (
            [
                wanted("impressions", count=1000),
                wanted("clicks", rate=0.1),
                wanted("messages", rate=0.5),
                wanted("orders", rate=0.5),
            ],
            [],
        ),
        ([], []),
    ],
)
def test_advice_as_the_sources_give_it(targets: list[Any], expected: list[tuple[str, str]]) -> None:
    """Few impressions ask for budget, few clicks for content, lost clicks for page or inbox."""
    outcome = funnel_analysis(
        stages=named(impressions=1000, clicks=100, messages=50, orders=25), targets=targets
    )

    assert expected == [(row["code"], row["stage"]) for row in table(outcome, "advice")]
    assert {code for code, _ in expected} <= {one.code for one in outcome.warnings}


def test_advice_is_told_in_sentences() -> None:
    """Each piece of advice is a sentence with the stage, the yardstick and both figures."""
    outcome = funnel_analysis(
        stages=named(impressions=1_000_000, clicks=100, orders=25),
        targets=[
            wanted("impressions", count=2_000_000),
            wanted("clicks", rate=0.2),
            wanted("orders", rate=0.5),
        ],
    )

    assert [
        "impressions (1000000) is below its target (2000000): raise the budget",
        "the rate of clicks (0.0001) is below its target (0.2): change the content",
        "the rate of orders (0.25) is below its target (0.5): fix the page people land on,",
    ] == [str(one).removesuffix(" or the inbox") for one in outcome.warnings]


@pytest.mark.parametrize(("clicks", "expected"), [(1, 1), (0, 0)])
def test_clicks_without_any_order_need_no_yardstick(clicks: float, expected: int) -> None:
    """A click and not one order point to the page or the inbox by themselves; no click does not."""
    outcome = funnel_analysis(stages=named(clicks=clicks, orders=0))
    sentences = [str(one) for one in outcome.warnings if one.code == "fix_page_or_inbox"]

    assert [
        {
            "code": "fix_page_or_inbox",
            "stage": "orders",
            "yardstick": None,
            "actual": 0.0,
            "expected": None,
        }
    ] * expected == table(outcome, "advice")
    assert ["there are clicks and no orders"] * expected == [s.partition(":")[0] for s in sentences]


def test_a_funnel_that_starts_with_clicks_has_no_click_through() -> None:
    """Without a stage before the click there is no content to change."""
    outcome = funnel_analysis(
        stages=named(clicks=100, orders=5), targets=[wanted("orders", rate=0.9)]
    )

    assert ["fix_page_or_inbox"] == [row["code"] for row in table(outcome, "advice")]


@pytest.mark.parametrize(
    "names",
    [
        ("Impressions", "Link-Clicks", "ORDERS"),
        ("Lượt hiển thị", "lượt_nhấp", "Đơn hàng"),
        ("luot hien thi", "luot nhap", "don hang"),
        ("展示次数", "点击量", "订单"),
    ],
)
def test_advice_is_given_in_three_languages(names: tuple[str, str, str]) -> None:
    """Stages are recognised in English, Vietnamese and Chinese, however they are written."""
    outcome = funnel_analysis(
        stages=[{"name": n, "count": c} for n, c in zip(names, (100.0, 10.0, 1.0), strict=True)],
        targets=[
            wanted(names[0], count=200),
            wanted(names[1], rate=0.2),
            wanted(names[2], rate=0.2),
        ],
    )

    assert ["raise_budget", "change_content", "fix_page_or_inbox"] == [
        row["code"] for row in table(outcome, "advice")
    ]


def test_events_are_counted_by_person() -> None:
    """Two visits and a purchase of one person are one visitor and one buyer."""
    outcome = funnel_analysis(
        stages=stages(None, None),
        events=[
            {"who": "an", "stage": "s0", "at": date(2026, 4, 1)},
            {"who": "an", "stage": "s0", "at": date(2026, 4, 2)},
            {"who": "an", "stage": "s1", "at": date(2026, 4, 4)},
            {"who": "bo", "stage": "s0", "at": date(2026, 4, 1)},
            {"who": "bo", "stage": "elsewhere", "at": date(2026, 4, 2)},
        ],
    )

    assert 0.5 == outcome.value
    assert [3.0] == column(outcome, "median_days")
    assert ["first_events"] == [one.code for one in outcome.assumptions]
    assert "other_events" in [one.code for one in outcome.warnings]


def test_no_events_are_an_empty_funnel() -> None:
    """An empty list of events is a funnel that nobody entered."""
    outcome = funnel_analysis(stages=stages(None, None), events=[])

    assert outcome.value is None
    assert [None] == column(outcome, "median_days")


EVENT = {"who": "an", "stage": "s0", "at": date(2026, 4, 1)}


@pytest.mark.parametrize(
    ("pointer", "inputs"),
    [
        ("/stages", {"stages": stages(1.0)}),
        ("/stages/1/name", {"stages": [*stages(1.0), *stages(1.0)]}),
        ("/stages/1/count", {"stages": stages(1.0, None)}),
        ("/stages/0/count", {"stages": stages(1.0, None), "events": [EVENT]}),
        ("/open", {"stages": stages(None, None), "events": [EVENT], "open": True}),
        ("/within_days", {"stages": stages(2.0, 1.0), "within_days": 7.0}),
        ("/targets/0/name", {"stages": stages(2.0, 1.0), "targets": [wanted("x", rate=0.1)]}),
        ("/previous/0/rate", {"stages": stages(2.0, 1.0), "previous": [wanted("s0", rate=0.1)]}),
        ("/benchmarks/1/name", {"stages": stages(2.0, 1.0), "benchmarks": [wanted("s1", 1)] * 2}),
        (
            "/events",
            {
                "stages": stages(None, None),
                "events": [EVENT, EVENT | {"at": datetime(2026, 4, 1, tzinfo=UTC)}],
            },
        ),
    ],
)
def test_contradictions_are_refused(pointer: str, inputs: dict[str, Any]) -> None:
    """What does not fit together is refused where it stands."""
    with pytest.raises(Refused) as refused:
        funnel_analysis(**inputs)

    assert pointer == refused.value.pointer


def test_events_may_be_listed_in_any_order() -> None:
    """Events listed newest first are counted by their time."""
    start = datetime(2026, 4, 1, tzinfo=UTC)
    events: list[Any] = [
        {"who": str(i % 5), "stage": f"s{3 - i // 5}", "at": start - timedelta(hours=i)}
        for i in range(20)
    ]
    outcome = funnel_analysis(stages=stages(*[None] * 4), events=events)

    assert [5, 5, 5, 5] == [row["count"] for row in table(outcome, "stages")]
    assert pytest.approx([5 / 24] * 3) == column(outcome, "median_days")
