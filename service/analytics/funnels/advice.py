"""Which step of the funnel is the worst, and what should be done about it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from service.analytics.funnels.yardsticks import Reference, first_count, first_rate
from service.message import Message, Term
from service.names import key, without_diacritics

Row: TypeAlias = dict[str, Any]

_SHOWN = (
    *("impression", "impressions", "ad impressions", "reach"),
    *("lượt hiển thị", "số lần hiển thị", "lượt tiếp cận"),
    *("展示", "展示量", "展示次数", "曝光", "曝光量", "触达", "覆盖"),
)
_CLICKS = (
    *("click", "clicks", "link clicks"),
    *("click chuột", "lượt click", "lượt nhấp", "lượt nhấp chuột"),
    *("点击", "点击量", "点击次数"),
)
_ORDERS = (
    *("order", "orders", "purchase", "purchases", "sale", "sales"),
    *("đơn hàng", "đơn đặt hàng", "lượt mua"),
    *("订单", "订单量", "下单", "成交", "购买"),
)


def worst_step(
    steps: Sequence[Row], given: Sequence[Reference]
) -> tuple[Row | None, list[Message]]:
    """Return the step that falls shortest of the strongest yardstick, and what to know about it.

    Steps are compared by rate ÷ the rate of one and the same yardstick: the targets if
    they give any step a rate, else the benchmarks, else the previous period.  Without any
    it is the step with the lowest rate.  None where no step has a rate.
    """
    for reference in given:
        compared = [
            (step["rate"] / wanted, i)
            for i, (step, wanted) in enumerate(zip(steps, reference.rates, strict=True))
            if step["rate"] is not None and wanted
        ]
        if compared:
            quotient, i = min(compared)
            worst = _named(steps[i], reference.yardstick, reference.rates[i], quotient)
            return worst, _doubts(steps, reference, i, {j for _, j in compared})
    rated = [(step["rate"], i) for i, step in enumerate(steps) if step["rate"] is not None]
    if not rated:
        return None, []
    return _named(steps[min(rated)[1]], "lowest_rate", None, None), [_NO_YARDSTICK]


def advice(
    stages: Sequence[Row], steps: Sequence[Row], given: Sequence[Reference]
) -> tuple[list[Row], list[Message]]:
    """Return what to do, as rows for programs and as sentences for people.

    Too few impressions: raise the budget.  Too few clicks on them: change the content.
    Clicks that do not become orders: fix the page or the inbox.  Stages are recognised by
    their names, in English, Vietnamese or Chinese; "too few" is below the stage's or the
    step's own yardstick.
    """
    shown, clicks, orders = (_first(stages, words) for words in (_SHOWN, _CLICKS, _ORDERS))
    found = []
    if shown is not None:
        count = stages[shown]["count"]
        found.append(_shortfall(_BUDGET, stages[shown], count, first_count(given, shown)))
    if clicks is not None and clicks > 0:
        step = clicks - 1
        rate = steps[step]["rate"]
        found.append(_shortfall(_CONTENT, stages[clicks], rate, first_rate(given, step)))
    if clicks is not None and orders is not None and clicks < orders:
        found.append(_after_the_click(stages, steps, given, clicks, orders))
    rows = [row for row in found if row is not None]
    return rows, [_sentence(row) for row in rows]


def _after_the_click(
    stages: Sequence[Row],
    steps: Sequence[Row],
    given: Sequence[Reference],
    clicks: int,
    orders: int,
) -> Row | None:
    """Return the step between click and order that falls shortest, or clicks without orders."""
    short = [
        row
        for i in range(clicks, orders)
        if (row := _shortfall(_PAGE, stages[i + 1], steps[i]["rate"], first_rate(given, i)))
    ]
    if short:
        return min(short, key=lambda row: float(row["actual"] / row["expected"]))
    if stages[clicks]["count"] > 0 and stages[orders]["count"] == 0:
        return {
            "code": _PAGE,
            "stage": stages[orders]["name"],
            "yardstick": None,
            "actual": 0.0,
            "expected": None,
        }
    return None


def _shortfall(
    code: str, stage: Row, actual: float | None, wanted: tuple[str, float] | None
) -> Row | None:
    if actual is None or wanted is None or actual >= wanted[1]:
        return None
    return {
        "code": code,
        "stage": stage["name"],
        "yardstick": wanted[0],
        "actual": actual,
        "expected": wanted[1],
    }


def _sentence(row: Row) -> Message:
    code = row["code"]
    if row["yardstick"] is None:
        return Message(
            code,
            "there are clicks and no {stage}: look at the page people land on, and at the inbox",
            {"stage": row["stage"]},
        )
    values = {
        "stage": row["stage"],
        "yardstick": _YARDSTICKS[row["yardstick"]],
        "actual": _shown(row["actual"]),
        "expected": _shown(row["expected"]),
    }
    if code == _BUDGET:
        return Message(
            code,
            "{stage} ({actual}) is below its {yardstick} ({expected}): raise the budget",
            values,
        )
    if code == _CONTENT:
        return Message(
            code,
            "the rate of {stage} ({actual}) is below its {yardstick} ({expected}): change the"
            " content",
            values,
        )
    return Message(
        code,
        "the rate of {stage} ({actual}) is below its {yardstick} ({expected}): fix the page people"
        " land on, or the inbox",
        values,
    )


def _shown(value: float) -> str:
    """Return a count in full, a rate with four digits."""
    return f"{value:.15g}" if value >= 1 else f"{value:.4g}"


def _named(step: Row, yardstick: str, wanted: float | None, quotient: float | None) -> Row:
    return {
        "from": step["from"],
        "to": step["to"],
        "rate": step["rate"],
        "yardstick": yardstick,
        "yardstick_rate": wanted,
        "rate_to_yardstick": quotient,
    }


def _doubts(
    steps: Sequence[Row], reference: Reference, worst: int, compared: set[int]
) -> list[Message]:
    found = []
    wanted, interval = reference.rates[worst], steps[worst]["interval"]
    if wanted is not None and interval and interval["low"] <= wanted <= interval["high"]:
        found.append(_MAY_BE_CHANCE)
    rest = [step for i, step in enumerate(steps) if i not in compared]
    if rest:
        found.append(
            Message(
                "steps_not_compared",
                "steps without a rate of their own or of the yardstick are not compared: {steps}",
                {"steps": ", ".join(f"{step['from']} → {step['to']}" for step in rest)},
            )
        )
    return found


def _first(stages: Sequence[Row], words: Sequence[str]) -> int | None:
    known = {_typed(word) for word in words}
    return next((i for i, stage in enumerate(stages) if _typed(stage["name"]) in known), None)


def _typed(name: str) -> str:
    return without_diacritics(key(name))


_BUDGET = "raise_budget"
_CONTENT = "change_content"
_PAGE = "fix_page_or_inbox"

_YARDSTICKS = {
    "target": Term("target"),
    "benchmark": Term("benchmark"),
    "previous": Term("level of the previous period"),
}

_NO_YARDSTICK = Message(
    "no_yardstick",
    "without targets, benchmarks or a previous period the worst step is the one with the lowest"
    " rate, which may be low by nature; give rates to compare with",
)
_MAY_BE_CHANCE = Message(
    "may_be_chance",
    "the yardstick lies within the interval of the worst step: the difference may be chance",
)
